"""What is refused of the way lines are read."""

from collections.abc import Iterable

from pipeline.domain.errors.unknown import UnknownCodeError


class UnknownLocaleError(UnknownCodeError):
    """No locale has this name; they are written like de_CH."""

    noun = "locale"
    field = "value"

    def __init__(self, name: str, known: Iterable[str] = ()) -> None:
        """Take the name that was given and those there are, in whatever case."""
        by_capitals = {locale.upper(): locale for locale in known}
        super().__init__(name, by_capitals)
        self.nearest = [by_capitals[locale] for locale in self.nearest]
        hint = f" Did you mean {self.nearest[0]}?" if self.nearest else ""
        self.args = (f"There is no locale “{name}”.{hint} Write it like en, de_CH or fr.",)
