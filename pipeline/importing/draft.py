"""From files to a plan: read, recognise, understand, match with the store, write the log."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd

from pipeline.commands import Command, RecordHistory
from pipeline.commands.continuation import ContinueHistory
from pipeline.importing import faults
from pipeline.importing import profile as profiles
from pipeline.importing.catalogue import Catalogue
from pipeline.importing.columns import Values
from pipeline.importing.continuing import Standing, continued, differences, handed_over, newer
from pipeline.importing.dating import dated, lived
from pipeline.importing.deals import deals_of
from pipeline.importing.errors import NothingToImportError
from pipeline.importing.export import no_events, read, stacked
from pipeline.importing.fields import SET_UP, Role
from pipeline.importing.histories import histories_of, with_companions, with_ends, with_histories
from pipeline.importing.known import Known, known
from pipeline.importing.lives import lives_of
from pipeline.importing.log import NO_TRANSITIONS, log_of
from pipeline.importing.matching import Matches, matched, with_keys
from pipeline.importing.meaning import understood
from pipeline.importing.money import counted, counted_then
from pipeline.importing.notes import notes_on
from pipeline.importing.numbers import kept_numbers, moved_on
from pipeline.importing.options import labelled
from pipeline.importing.parties import told_apart, with_parties
from pipeline.importing.plan import ImportPlan
from pipeline.importing.profile import Profile
from pipeline.importing.reading import read_files
from pipeline.importing.recognise import Recognised, known_headers, recognise
from pipeline.importing.said import refuse_strange, words_of
from pipeline.importing.setup_commands import set_up
from pipeline.importing.translate import among, translated
from pipeline.store import Session

Progress = Callable[[str], None]
"""Told the name of each step as it begins."""


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What a person said about the files, on top of the profile."""

    profile: Profile | None = None
    won: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


def plan_import(
    session: Session,
    paths: Sequence[str | Path],
    *,
    answers: Answers | None = None,
    by: str,
    today: date,
    now: datetime | None = None,
    progress: Progress = lambda _: None,
) -> ImportPlan:
    """Work out what importing files would do, without recording anything.

    Raises the `ImportRefusedError` of the first thing that stops the whole import; what is wrong
    with single rows stands in the plan.
    """
    answers = answers or Answers()
    progress("Reading")
    recognised = _recognised(paths, answers)
    progress("Understanding columns")
    values = read(recognised)
    moment = pd.Timestamp(now or datetime.now(UTC).replace(tzinfo=None))
    there = known(session, recognised.profile.source, today)
    draft = _Draft(recognised, values, there, by=by, today=today, now=moment, progress=progress)
    return draft.plan(answers)


def _recognised(paths: Sequence[str | Path], answers: Answers) -> Recognised:
    parsing = answers.profile.parsing if answers.profile else None
    tables = read_files(paths, known_headers(), parsing)
    found = recognise(tables, answers.profile)
    return Recognised(
        profile=profiles.with_outcomes(found.profile, won=answers.won, lost=answers.lost),
        tables=found.tables,
        unused=found.unused,
    )


class _Draft:
    """The steps from values to a plan, with the faults they find on the way."""

    def __init__(
        self,
        recognised: Recognised,
        values: list[Values],
        there: Known,
        *,
        by: str,
        today: date,
        now: pd.Timestamp,
        progress: Progress,
    ) -> None:
        self._recognised = recognised
        self._profile = recognised.profile
        self._values = values
        self._there = there
        self._by = by
        self._today = pd.Timestamp(today)
        self._now = now
        self._progress = progress
        self._faults: list[pd.DataFrame] = []
        self._said: tuple[str, ...] = ()

    def plan(self, answers: Answers) -> ImportPlan:
        """Give the plan. Raises `NothingToImportError` when not one row can be taken."""
        self._progress("Checking rows")
        deals, events, catalogue = self._understood(answers)
        standing = Standing(rows=self._there.opportunities)
        there = among(deals["external_id"], standing.rows["external_id"])
        fresh, before = deals[~there], deals[there]
        self._progress("Matching owners, contacts and reasons")
        lives = self._lives(fresh, events)
        more = self._goes_on(before, events, standing)
        spoken = pd.concat([lives, more], ignore_index=True)
        matches = matched(fresh, deals, spoken, self._values, self._there, self._profile)
        self._progress("Writing the log")
        transitions = self._transitions(lives, deals, catalogue, matches)
        continued_rows = self._continued(more, deals, catalogue, matches, standing)
        opportunities = self._opportunities(fresh, matches)
        numbered = kept_numbers(opportunities, self._there, self._profile)
        opportunities = numbered.opportunities
        return ImportPlan(
            profile=self._profile,
            tables=tuple(self._values),
            unused=self._recognised.unused,
            commands=self._commands(opportunities, transitions, continued_rows, catalogue, matches),
            opportunities=opportunities,
            transitions=transitions,
            continued=continued_rows,
            already_there=len(before),
            catalogue=catalogue,
            new_owners=matches.owners.new,
            new_contacts=matches.contacts.new,
            new_close_reasons=matches.close_reasons.new,
            new_campaigns=matches.campaigns.new,
            faults=self._all_faults(),
            notes=(
                *self._said,
                *numbered.notes,
                *notes_on(fresh, lives, self._profile),
                *(catalogue.notes() if len(opportunities) else ()),
                *standing.notes(before),
            ),
        )

    def _lives(self, deals: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
        mine = events[among(events["external_id"], deals["external_id"])]
        return lives_of(deals, mine, self._profile, self._now)

    def _goes_on(
        self, deals: pd.DataFrame, events: pd.DataFrame, standing: Standing
    ) -> pd.DataFrame:
        """Give the events by which opportunities that were imported before go on."""
        if deals.empty:
            return no_events()
        taken = deals[standing.taken_on(deals)]
        has_history = among(taken["external_id"], events["external_id"])
        lived, flat = taken[has_history], taken[~has_history & ~taken["is_draft"]]
        lives = newer(self._lives(lived, events), standing)
        changes = differences(flat, standing, self._profile, self._now, self._today)
        if self._profile.is_complete:
            owned = handed_over(lived, standing, self._today)
            changes = pd.concat([changes, owned], ignore_index=True)
        return pd.concat([lives, changes], ignore_index=True)

    def _understood(self, answers: Answers) -> tuple[pd.DataFrame, pd.DataFrame, Catalogue]:
        """Give the opportunities that can be taken, their events, and the stages of both."""
        deals = self._kept(deals_of(self._values))
        histories = histories_of(self._values, deals, self._profile)
        self._said = histories.notes
        self._faults.append(histories.faults)
        deals = with_histories(deals, histories, self._values)
        events = histories.events[among(histories.events["external_id"], deals["external_id"])]
        deals = with_parties(deals, events)
        if self._profile.keeps_numbers:
            deals = told_apart(deals, stacked(self._values, Role.CONTACTS))
        deals, events = (labelled(rows, self._values) for rows in (deals, events))
        refuse_strange(answers.won, answers.lost, words_of(deals, events, self._values))
        meaning = understood(deals, events, self._values, self._profile, self._there.stages)
        self._faults.append(meaning.faults)
        self._said += meaning.notes
        deals = with_ends(with_keys(meaning.deals), meaning.events)
        deals = self._kept(counted(deals, self._profile))
        events = self._kept(counted_then(meaning.events))
        deals = self._kept(dated(deals, self._profile, self._today))
        deals = self._kept(lived(deals, events, self._profile, self._today))
        if deals.empty and not self._sets_up:
            raise self._nothing()
        return deals, events[among(events["external_id"], deals["external_id"])], meaning.catalogue

    @property
    def _sets_up(self) -> bool:
        """Whether tables of set-up are there that are taken even without an opportunity."""
        roles = {one.profile.role for one in self._values}
        return self._profile.takes_set_up and bool(roles & SET_UP)

    def _kept(self, step: tuple[pd.DataFrame, pd.DataFrame]) -> pd.DataFrame:
        """Give what a step keeps, and remember what it found wrong."""
        kept, found = step
        self._faults.append(found)
        return kept

    def _all_faults(self) -> pd.DataFrame:
        whole = with_companions(faults.together(self._faults), self._values)
        return self._named(whole)

    def _named(self, found: pd.DataFrame) -> pd.DataFrame:
        """Give the faults with the columns as their files name them, not as our fields."""
        names = {
            (one.table.name, field): column
            for one in self._values
            for field, column in one.columns.items()
        }
        pairs = zip(found["file"], found["column"], strict=True)
        return found.assign(column=[names.get(pair, pair[1]) for pair in pairs])

    def _nothing(self) -> NothingToImportError:
        found = faults.together(self._faults)
        table = self._values[0].table
        reasons = found["reason"].value_counts()
        reason = str(reasons.index[0]) if len(reasons) else "no row holds anything."
        return NothingToImportError(table.name, len(table.frame) + len(table.unfit), reason)

    def _transitions(
        self, lives: pd.DataFrame, deals: pd.DataFrame, catalogue: Catalogue, matches: Matches
    ) -> pd.DataFrame:
        placed = catalogue.placed(matches.resolved(lives, deals))
        log = log_of(placed, catalogue.positions(), self._by)
        self._faults.append(log.faults)
        return log.transitions

    def _continued(
        self,
        more: pd.DataFrame,
        deals: pd.DataFrame,
        catalogue: Catalogue,
        matches: Matches,
        standing: Standing,
    ) -> pd.DataFrame:
        if more.empty:
            return NO_TRANSITIONS
        placed = catalogue.placed(matches.resolved(more, deals))
        log = continued(placed, standing, catalogue.positions(), self._by)
        self._faults.append(log.faults)
        return log.transitions

    def _opportunities(self, deals: pd.DataFrame, matches: Matches) -> pd.DataFrame:
        named = deals["description"].fillna(deals["company"]).fillna(deals["external_id"])
        return pd.DataFrame(
            {
                "external_id": deals["external_id"],
                "description": named.str.split().str.join(" ").str.slice(0, 250),
                "contact_no": translated(deals["contact_key"], matches.contacts.codes),
                "owner_code": translated(deals["owner_key"], matches.owners.codes),
                "cycle_code": deals["cycle_code"],
                "campaign_no": translated(deals["campaign_id"], matches.campaigns.codes),
                "priority": deals["priority"]
                .str.lower()
                .where(deals["priority"].str.lower().isin(["low", "normal", "high"]), "normal"),
                "created_on": deals["created_on"],
            }
        ).reset_index(drop=True)

    def _commands(
        self,
        opportunities: pd.DataFrame,
        transitions: pd.DataFrame,
        more: pd.DataFrame,
        catalogue: Catalogue,
        matches: Matches,
    ) -> tuple[Command, ...]:
        source = self._profile.source
        histories: list[Command] = []
        contacts = matches.contact_rows()
        if len(opportunities) or (self._sets_up and len(contacts)):
            histories.append(
                RecordHistory(
                    source=source,
                    opportunities=opportunities,
                    transitions=transitions,
                    contacts=contacts,
                )
            )
        if len(more):
            histories.append(ContinueHistory(source=source, transitions=more))
        if not histories and not self._sets_up:
            return ()
        made = set_up(catalogue, matches, self._profile, self._there)
        return (*made, *moved_on(opportunities, self._there), *histories)
