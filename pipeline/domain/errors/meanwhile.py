"""What somebody else did to a set-up record after a person had read it."""

from pipeline.domain.errors.refusal import PipelineError


class SetUpChangedError(PipelineError):
    """Two people changed the same field of a record; the second is asked to look again."""

    def __init__(self, what: str, field: str, *, was: object, now: object) -> None:
        """Take the record in words, the field, what was shown and what stands there now."""
        self.field = field
        label = field.removesuffix("_no").removesuffix("_code").replace("_", " ")
        super().__init__(
            f"{what} was changed meanwhile: {label} is {_said(now)} now, it was {_said(was)} when "
            "you began. Nothing was saved; look at it and save again."
        )


class SetUpRemovedError(PipelineError):
    """The record that should be changed is gone."""

    def __init__(self, what: str) -> None:
        """Take the record in words."""
        super().__init__(f"{what} was removed meanwhile. Nothing was saved.")


def _said(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "blank" if value in (None, "") else f"“{value}”"
