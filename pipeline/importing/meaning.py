"""What the words of the files mean: outcome, sales cycle and stage of every opportunity."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import pandas as pd

from pipeline.importing import faults
from pipeline.importing.catalogue import Catalogue, catalogue, cycle_code_of
from pipeline.importing.columns import Values
from pipeline.importing.cycle_methods import cycle_table, differing, shown_methods
from pipeline.importing.errors import OutcomeUnknownError, sounds_like
from pipeline.importing.export import stacked
from pipeline.importing.fields import Role
from pipeline.importing.headers import plain
from pipeline.importing.numbered_stages import most_usual, with_spoken
from pipeline.importing.outcomes import outcomes_of
from pipeline.importing.profile import NOT_STARTED, Profile
from pipeline.importing.translate import among, translated

ONLY_STAGE = "In progress"
"""Of a source that tells open from closed and no more."""
_NO_STAGE = "0"
"""The stage of a closed opportunity, where stages have numbers."""
_NO_HISTORY = 1e6
"""Places from here on are of rows without history: they come behind all that was lived."""


@dataclass(frozen=True, kw_only=True)
class Meaning:
    """Opportunities and events whose words are understood."""

    deals: pd.DataFrame
    """With `outcome`, `cycle_code` and `stage_number`."""
    events: pd.DataFrame
    """With `outcome` (missing: as before), `cycle_code` and `stage_number`."""
    catalogue: Catalogue
    faults: pd.DataFrame
    notes: tuple[str, ...] = ()


def understood(
    deals: pd.DataFrame,
    events: pd.DataFrame,
    values: list[Values],
    profile: Profile,
    known_stages: pd.DataFrame,
) -> Meaning:
    """Give the deals and events with their outcomes and cycles, and the stages they speak of.

    An opportunity with a stage that is none of those known, now or in its history, is refused.
    Raises `OutcomeUnknownError` when nothing says which of them are won or lost.
    """
    table = _stage_table(values, profile)
    deals = _with_some_stage(deals, events, table, profile)
    if profile.keeps_numbers:
        deals = deals.assign(stage=deals["stage"].mask(deals["stage"] == _NO_STAGE))
    words = {**profile.outcomes, **_table_outcomes(table)}
    deals, said = _drafts_told(deals, outcomes_of(deals, words, profile.statuses), events)
    words = {**_told_by_rows(deals, said, profile), **words}
    profile = replace(profile, outcomes=words)
    then = _outcomes_then(events, words, profile)
    stages = pd.concat([deals["stage"], events["stage"]])
    unsaid = deals["status"].isna().all() and said.isna().all() and not _closes(then).any()
    if unsaid and not words and stages.notna().any():
        raise OutcomeUnknownError(str(deals["file"].iloc[0]), sorted(stages.dropna().unique()))
    strange = deals["status"].notna() & said.isna()
    wrong = _strange_status(deals[strange])
    deals, said = deals[~strange], said[~strange]
    deals, names = _cycles(deals, events, values, profile)
    deals = _with_last(deals.assign(outcome=said), events.assign(outcome=then))
    cycles = deals.drop_duplicates("external_id").set_index("external_id")["cycle_code"]
    events = events.assign(outcome=then, cycle_code=translated(events["external_id"], cycles))
    events = events.assign(
        stage=_spelled(events["stage"], deals, table, profile),
        action=translated(events["action"].str.casefold(), profile.actions),
    )
    if profile.keeps_numbers:
        table = with_spoken(table, events, known_stages)
    used = _words(deals, events, names, usual=profile.is_complete)
    found = catalogue(profile, table, used, known_stages, names)
    found, notes = _with_methods(found, events, values, profile)
    return replace(_mapped(deals, events, found, wrong), notes=notes)


def _drafts_told(
    deals: pd.DataFrame, said: "pd.Series[str]", events: pd.DataFrame
) -> tuple[pd.DataFrame, "pd.Series[str]"]:
    """Mark the deals that are not started; one with a history has been, whatever it says."""
    waits = said == NOT_STARTED
    draft = waits & ~among(deals["external_id"], events["external_id"])
    told = deals.assign(is_draft=draft, stage=deals["stage"].mask(draft))
    return told, said.mask(waits, "open")


def _with_methods(
    found: Catalogue, events: pd.DataFrame, values: list[Values], profile: Profile
) -> tuple[Catalogue, tuple[str, ...]]:
    """Give the catalogue with the method of every cycle to make, and notes on the unsure ones."""
    table = cycle_table(values, profile).set_index("cycle_code")
    said = {str(code): str(method) for code, method in table["method"].dropna().items()}
    open_ones = [code for code in found.new_cycles if code not in said]
    shown, notes = shown_methods(open_ones, events, profile.cycle.probability_method)
    blocked = frozenset(table.index[table["blocked"]]) & set(found.new_cycles)
    whole = replace(found, methods={**shown, **said}, blocked=frozenset(blocked))
    return whole, (*notes, *differing(events, whole))


def _with_some_stage(
    deals: pd.DataFrame, events: pd.DataFrame, table: pd.DataFrame, profile: Profile
) -> pd.DataFrame:
    """Give deals of a source that knows no stages the one stage of being open."""
    if (
        profile.stages
        or len(table)
        or deals["stage"].notna().any()
        or events["stage"].notna().any()
    ):
        return deals
    return deals.assign(stage=pd.Series(ONLY_STAGE, index=deals.index, dtype="str"))


def _told_by_rows(deals: pd.DataFrame, said: "pd.Series[str]", profile: Profile) -> dict[str, str]:
    """Give the stage words that mean won or lost because every row in that stage says so.

    Flags follow from the stage; a status may stand beside any stage, so that with a status the
    word must sound like it, too: who was lost in “Offer” had got as far as that.
    """
    rows = pd.DataFrame(
        {
            "word": deals["stage"].str.casefold(),
            "outcome": said,
            "by_status": deals["status"].notna() | (profile.rules.flags_follow != "stage"),
        }
    ).dropna(subset=["word"])
    told = rows.groupby("word").agg(
        outcome=("outcome", "first"),
        outcomes=("outcome", lambda some: some.nunique(dropna=False)),
        by_status=("by_status", "any"),
    )
    sure = told[(told["outcomes"] == 1) & told["outcome"].isin(["won", "lost"])]
    return {
        str(word): str(outcome)
        for word, outcome, by_status in sure[["outcome", "by_status"]].itertuples()
        if not by_status or sounds_like(str(word)) == outcome
    }


def _outcomes_then(
    events: pd.DataFrame, words: dict[str, str], profile: Profile
) -> "pd.Series[str]":
    """Give the outcome each event says; missing where it says none.

    Where stages alone tell the outcome, an event in a stage that is neither won nor lost says
    open; where a status is kept beside the stage, only the status does.
    """
    said = outcomes_of(events, words, profile.statuses)
    said = said.mask(said == NOT_STARTED, "open")
    if profile.rules.reason_means:
        said = said.mask(said.isna() & events["close_reason"].notna(), profile.rules.reason_means)
    if events["status"].isna().all():
        said = said.mask(said.isna() & events["stage"].notna(), "open")
    return said


def _closes(outcomes: "pd.Series[str]") -> "pd.Series[bool]":
    return outcomes.isin(["won", "lost"])


def _with_last(deals: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """Give deals without an outcome or stage of their own those of their last event."""
    ordered = events.sort_values(["external_id", "at", "order", "row"])
    last = ordered.groupby("external_id", sort=False)[["outcome", "stage"]].last()
    open_stage = ordered[ordered["outcome"].fillna("open") == "open"]
    stage = open_stage.groupby("external_id", sort=False)["stage"].last()
    keys = deals["external_id"]
    return deals.assign(
        outcome=deals["outcome"].fillna(translated(keys, last["outcome"])).fillna("open"),
        stage=deals["stage"].fillna(translated(keys, stage)),
    )


def _spelled(
    words: "pd.Series[str]", deals: pd.DataFrame, table: pd.DataFrame, profile: Profile
) -> "pd.Series[str]":
    """Give stage words of a history as the deals, the stage table or the profile spell them.

    A column `hs_v2_date_entered_closedwon` means the stage “Closed Won”.
    """
    known = [
        *deals["stage"].dropna().unique(),
        *table["stage_id"],
        *table["stage"],
        *profile.outcomes,
    ]
    known += [word for stage in profile.stages for word in (stage.name, *stage.words)]
    exact = {word.casefold() for word in known}
    by_plain = {plain(word): word for word in reversed(known) if word}
    meant = {
        word: by_plain.get(plain(word), word)
        for word in words.dropna().unique()
        if word.casefold() not in exact
    }
    return translated(words, meant).fillna(words)


def _stage_table(values: list[Values], profile: Profile) -> pd.DataFrame:
    """Give the source's own stages, with the outcome each of them means."""
    table = stacked(values, Role.STAGES)
    labels = table["cycle"].fillna(table["cycle_id"]).fillna("")
    codes = labels.map(lambda word: cycle_code_of(word, profile) if word else "")
    outcome = outcomes_of(table, profile.outcomes, {}).fillna("open")
    return table.assign(
        cycle_code=codes.astype("str"),
        outcome=outcome,
        stage_id=table["stage_id"].fillna(""),
        stage=table["stage"].fillna(""),
        position=table["position"].fillna(table["row"].astype("float64")),
    )


def _table_outcomes(table: pd.DataFrame) -> dict[str, str]:
    """Give the words of the stage table that close; its open ones say nothing by themselves."""
    closing = table[table["outcome"] != "open"].set_index("outcome")
    words = pd.concat([closing["stage_id"], closing["stage"]])
    return {str(word).casefold(): str(outcome) for outcome, word in words.items() if word}


def _cycles(
    deals: pd.DataFrame, events: pd.DataFrame, values: list[Values], profile: Profile
) -> tuple[pd.DataFrame, dict[str, str]]:
    """Give the deals with their cycle_code, and the description of each cycle.

    A deal that names none is in that of its history.
    """
    lived = events.groupby("external_id")["cycle"].last()
    deals = deals.assign(cycle=deals["cycle"].fillna(translated(deals["external_id"], lived)))
    table = stacked(values, Role.STAGES).dropna(subset=["cycle_id", "cycle"])
    labels = dict(zip(table["cycle_id"], table["cycle"], strict=True))
    spelled = translated(deals["cycle"], labels).fillna(deals["cycle"]).fillna("")
    words = {word: cycle_code_of(str(word), profile) for word in spelled.unique()}
    names = {
        code: str(word) or profile.cycle.description or profile.title
        for word, code in words.items()
    }
    return deals.assign(cycle_code=translated(spelled, words)), _called(names, values, profile)


def _called(names: dict[str, str], values: list[Values], profile: Profile) -> dict[str, str]:
    """Give the cycles with the names of the source's tables; all of those where they are taken."""
    table = cycle_table(values, profile)
    own = dict(zip(map(str, table["cycle_code"]), map(str, table["description"]), strict=True))
    if not profile.takes_set_up:
        return {code: own.get(code, name) for code, name in names.items()}
    staged = _stage_table(values, profile)
    labels = staged["cycle"].fillna(staged["cycle_id"]).dropna()
    return {**{cycle_code_of(word, profile): word for word in labels}, **names, **own}


def _words(
    deals: pd.DataFrame, events: pd.DataFrame, cycles: Iterable[str], *, usual: bool
) -> pd.DataFrame:
    """Give each stage word in use, with its mean (or usual) chances and how early lives come to it.

    The rank is the mean place of a stage among the stages a life visits, in the order of first
    visits; without history it is the place of its first row in the files.
    """
    is_open = events["outcome"].fillna("open") == "open"
    visits = events[is_open & events["stage"].notna()].sort_values(
        ["external_id", "at", "order", "row"], kind="stable"
    )
    firsts = visits.drop_duplicates(["external_id", "stage"])
    lived = firsts.assign(place=firsts.groupby("external_id", sort=False).cumcount().astype(float))
    now = deals[deals["stage"].notna()]
    now = now.assign(place=[_NO_HISTORY + place for place in range(len(now))])
    columns = ["cycle_code", "stage", "chances", "completed", "place"]
    used = pd.concat([lived[columns], now.reindex(columns=columns)], ignore_index=True)
    used = used.assign(
        word=used["stage"].str.casefold(), lived=used["place"].where(used["place"] < _NO_HISTORY)
    )
    seen = used.groupby(["cycle_code", "word"], as_index=False, sort=False).agg(
        spelled=("stage", "first"),
        mean_chances=("chances", most_usual if usual else "mean"),
        completed=("completed", "last"),
        lived=("lived", "mean"),
        first=("place", "min"),
    )
    coded = pd.DataFrame({"cycle_code": pd.Series(list(cycles), dtype="str")})
    return coded.merge(seen.assign(rank=seen["lived"].fillna(seen["first"])), how="left")


def _strange_status(rows: pd.DataFrame) -> pd.DataFrame:
    return faults.of_rows(
        rows,
        rows["status"],
        column="status",
        reason="Nothing says whether this status means open, won or lost.",
        remedy="Add it under [statuses] in the profile, or say it with --won or --lost.",
    )


def _mapped(
    deals: pd.DataFrame, events: pd.DataFrame, stages: Catalogue, wrong: pd.DataFrame
) -> Meaning:
    """Take out the opportunities whose stage, now or then, is missing or none of those known."""
    deals = deals.assign(stage_number=stages.numbers(deals["cycle_code"], deals["stage"]))
    events = events.assign(stage_number=stages.numbers(events["cycle_code"], events["stage"]))
    is_open = deals["outcome"] == "open"
    has_history = among(deals["external_id"], events["external_id"])
    blank = is_open & deals["stage"].isna() & ~has_history & ~deals["is_draft"]
    strange = is_open & deals["stage"].notna() & deals["stage_number"].isna()
    strange_then = events["outcome"].fillna("open").eq("open") & events["stage"].notna()
    strange_then &= events["stage_number"].isna()
    names = ", ".join(stages.stages["name"].astype("str").drop_duplicates().head(12))
    found = [
        wrong,
        faults.of_rows(
            deals[blank],
            deals.loc[blank, "external_id"],
            column="stage",
            reason="It is open and in no stage.",
            remedy=f"Fill in one of: {names}.",
        ),
        *(
            faults.of_rows(
                rows,
                rows["stage"],
                column="stage",
                reason="The stage is neither one of the profile's stages nor won nor lost.",
                remedy=f"Use one of: {names}; or add the stage to the profile.",
            )
            for rows in (deals[strange], events[strange_then])
        ),
    ]
    out = {*deals.loc[blank | strange, "external_id"], *events.loc[strange_then, "external_id"]}
    return Meaning(
        deals=deals[~among(deals["external_id"], out)],
        events=events[~among(events["external_id"], out)],
        catalogue=stages,
        faults=faults.together(found),
    )
