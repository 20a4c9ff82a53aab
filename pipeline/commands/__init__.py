"""The one door in: what can be asked, and the transaction that carries it out."""

import re
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

from pipeline.commands.activities import DefineActivity, RemoveActivity
from pipeline.commands.amend import Amend
from pipeline.commands.as_new import AsNew
from pipeline.commands.bake_off import StoreForecasts
from pipeline.commands.categories import SetCategory
from pipeline.commands.comments import AddComment, EditComment, RemoveComment
from pipeline.commands.contact_lists import (
    CreateForList,
    DefineContactList,
    DefineListLine,
    ListContacts,
    RemoveContactList,
    UnlistContacts,
)
from pipeline.commands.contacts import DefineContact, RemoveContact
from pipeline.commands.cycles import (
    BlockSalesCycle,
    DefineCloseReason,
    DefineSalesCycle,
    DefineStage,
    RemoveCloseReason,
    RemoveSalesCycle,
    RemoveStage,
    ReorderStages,
)
from pipeline.commands.desk import Command, Desk, Recorded
from pipeline.commands.history import RecordHistory
from pipeline.commands.imports import ImportAgain, RecordImport, SaveImportProfile, UndoImport
from pipeline.commands.interactions import CancelInteraction, CreateFromInteraction, LogInteraction
from pipeline.commands.many import DeleteClosed
from pipeline.commands.merging import KeepApart, MergeOpportunities, UnmergeOpportunities
from pipeline.commands.moves import (
    ActivateFirstStage,
    CloseAsLost,
    CloseAsWon,
    JumpToStage,
    MoveToNextStage,
    MoveToPreviousStage,
    Reopen,
    RetractLastTransition,
    SkipToStage,
    UpdateOpportunity,
)
from pipeline.commands.opportunities import (
    CreateOpportunity,
    DeleteOpportunity,
    EditOpportunity,
    Reassign,
)
from pipeline.commands.people import (
    DefineCampaign,
    DefineSalesperson,
    DefineTeam,
    RemoveCampaign,
    RemoveSalesperson,
    RemoveTeam,
)
from pipeline.commands.quotes import (
    AssignQuote,
    CreateQuote,
    DefineQuote,
    MakeOrder,
    RemoveQuote,
)
from pipeline.commands.restoring import RestoreTables
from pipeline.commands.rows import ChangeSeveral, CreateSeveral, rehearse
from pipeline.commands.setup import DefineNumberSeries, DefineSetting
from pipeline.commands.targets import (
    ImportQuotas,
    RemoveQuota,
    SetDaysActive,
    SetQuota,
    SubmitCall,
)
from pipeline.commands.tasks import (
    CancelTask,
    CompleteTask,
    CreateTask,
    EditTask,
    PostponeTask,
    ReopenTask,
)
from pipeline.commands.undo import UndoBatch
from pipeline.commands.usual import StartWithUsual
from pipeline.commands.views import RemoveView, RenameView, SaveView
from pipeline.store import Session
from pipeline.store import recording as record
from pipeline.store.journal import Journal

__all__ = [
    "ActivateFirstStage",
    "AddComment",
    "Amend",
    "AsNew",
    "AssignQuote",
    "BlockSalesCycle",
    "CancelInteraction",
    "CancelTask",
    "ChangeSeveral",
    "CloseAsLost",
    "CloseAsWon",
    "Command",
    "CompleteTask",
    "CreateForList",
    "CreateFromInteraction",
    "CreateOpportunity",
    "CreateQuote",
    "CreateSeveral",
    "CreateTask",
    "DefineActivity",
    "DefineCampaign",
    "DefineCloseReason",
    "DefineContact",
    "DefineContactList",
    "DefineListLine",
    "DefineNumberSeries",
    "DefineQuote",
    "DefineSalesCycle",
    "DefineSalesperson",
    "DefineSetting",
    "DefineStage",
    "DefineTeam",
    "DeleteClosed",
    "DeleteOpportunity",
    "EditComment",
    "EditOpportunity",
    "EditTask",
    "ImportAgain",
    "ImportQuotas",
    "JumpToStage",
    "KeepApart",
    "ListContacts",
    "LogInteraction",
    "MakeOrder",
    "MergeOpportunities",
    "MoveToNextStage",
    "MoveToPreviousStage",
    "PostponeTask",
    "Reassign",
    "RecordHistory",
    "RecordImport",
    "Recorded",
    "RemoveActivity",
    "RemoveCampaign",
    "RemoveCloseReason",
    "RemoveComment",
    "RemoveContact",
    "RemoveContactList",
    "RemoveQuota",
    "RemoveQuote",
    "RemoveSalesCycle",
    "RemoveSalesperson",
    "RemoveStage",
    "RemoveTeam",
    "RemoveView",
    "RenameView",
    "Reopen",
    "ReopenTask",
    "ReorderStages",
    "RestoreTables",
    "RetractLastTransition",
    "SaveImportProfile",
    "SaveView",
    "SetCategory",
    "SetDaysActive",
    "SetQuota",
    "SkipToStage",
    "StartWithUsual",
    "StoreForecasts",
    "SubmitCall",
    "UndoBatch",
    "UndoImport",
    "UnlistContacts",
    "UnmergeOpportunities",
    "UpdateOpportunity",
    "carry_out",
    "rehearse",
]


def carry_out(
    store: Session,
    *commands: Command,
    by: str,
    today: date,
    at: datetime | None = None,
) -> list[Recorded]:
    """Carry out commands as one batch: all of them are recorded, or none.

    `today` is the work date that defaults and checks use; `at` the moment of recording (UTC
    without a zone; now, unless a history is told). Raises the `PipelineError` of the first
    command that is refused, and `BusyError` when others wrote at the same time too often.
    """
    return store.transaction(_batch(commands, by=by, today=today, at=at))


def _batch(
    commands: tuple[Command, ...], *, by: str, today: date, at: datetime | None
) -> Callable[[Session], list[Recorded]]:
    def work(session: Session) -> list[Recorded]:
        stamp = record.Stamp(batch_id=time.time_ns(), at=at or _now(), by=by)
        session.journal = Journal()
        desk = Desk(session=session, today=today, stamp=stamp)
        recorded = [command.apply(desk) for command in commands]
        record.batch(session, stamp, names=[_words(command) for command in commands])
        return [replace(each, batch_id=stamp.batch_id) for each in recorded]

    return work


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


def _words(command: Command) -> str:
    """Give the name of a command in words: `MoveToNextStage` is `move to next stage`."""
    wish = command.wish if isinstance(command, AsNew | Amend) else command
    return re.sub(r"(?<!^)(?=[A-Z])", " ", type(wish).__name__).lower()
