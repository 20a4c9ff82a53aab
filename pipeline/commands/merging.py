"""Merge two opportunities that are one, take them apart again, or say that they are two."""

from dataclasses import dataclass

from pipeline.commands.desk import Desk, Recorded
from pipeline.commands.seen import read
from pipeline.domain.errors import (
    NotMergedError,
    SameOpportunityError,
    SurvivorGoneError,
    UnknownOpportunityError,
    WinWouldGoError,
)
from pipeline.domain.opportunities import Opportunity, Status
from pipeline.store import merging, records


@dataclass(frozen=True, kw_only=True)
class MergeOpportunities:
    """Let one opportunity go into another: it is removed today, and both keep their histories.

    Its tasks and interactions go over, and its campaign and quote where the survivor has none.
    """

    survivor_no: str
    loser_no: str
    seen: int | None = None
    """The version of the survivor that the person looked at."""
    seen_loser: int | None = None

    def apply(self, desk: Desk) -> Recorded:
        """Raises `SameOpportunityError`, `UnknownOpportunityError`, `ChangedMeanwhileError`, ….

        And `WinWouldGoError`.
        """
        if self.survivor_no == self.loser_no:
            raise SameOpportunityError(self.loser_no)
        survivor = read(desk, self.survivor_no, self.seen)
        loser = read(desk, self.loser_no, self.seen_loser)
        if loser.status is Status.WON and survivor.status is not Status.WON:
            raise WinWouldGoError(loser.no, survivor.no)
        merging.merge(desk.session, survivor, loser, desk.today, desk.stamp)
        return Recorded(what="opportunity", no=survivor.no)


@dataclass(frozen=True, kw_only=True)
class UnmergeOpportunities:
    """Take an opportunity that was merged out of the other one again.

    It is there again from today on, in progress where it was; what had gone over comes back unless
    somebody changed it since.
    """

    loser_no: str

    def apply(self, desk: Desk) -> Recorded:
        """Raises `NotMergedError`, `SurvivorGoneError`."""
        merged = merging.into(desk.session, self.loser_no)
        if merged is None:
            raise NotMergedError(self.loser_no)
        try:
            records.opportunity(desk.session, merged.survivor_no)
        except UnknownOpportunityError as error:
            raise SurvivorGoneError(merged.loser_no, merged.survivor_no) from error
        merging.unmerge(desk.session, merged, max(desk.today, merged.merged_on), desk.stamp)
        return Recorded(what="opportunity", no=merged.loser_no)


@dataclass(frozen=True, kw_only=True)
class KeepApart:
    """Remember that opportunities are not the same, whatever they look like."""

    other_nos: tuple[str, ...]
    opportunity_no: str | None = None
    """None: the one that was entered just before, in the same batch."""

    def apply(self, desk: Desk) -> Recorded:
        """Raises `UnknownOpportunityError`, `SameOpportunityError`."""
        one = self._one(desk)
        for no in self.other_nos:
            other = records.opportunity(desk.session, no)
            if other.id == one.id:
                raise SameOpportunityError(no)
            merging.keep_apart(desk.session, one, other, desk.stamp)
        return Recorded(what="opportunity", no=one.no)

    def _one(self, desk: Desk) -> Opportunity:
        number = self.opportunity_no
        if number is None:
            row = desk.session.one(
                "select max_by(opportunity_no, opportunity_id) from opportunities "
                "where batch_id = ?",
                [desk.stamp.batch_id],
            )
            number = row[0] if row else None
        return records.opportunity(desk.session, number or "")
