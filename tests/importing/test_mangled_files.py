"""Whatever a file holds, an import ends with an intact log or a refusal and an unchanged store."""

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from pipeline.commands import carry_out
from pipeline.domain.errors import PipelineError
from pipeline.importing import profile
from pipeline.importing.draft import Answers, plan_import
from pipeline.importing.summary import summary
from pipeline.store import Store
from pipeline.store.check import check
from tests.importing.conftest import ACME
from tests.random_stories import examples

SOUND = (
    "Deal,What,Customer,Seller,State,Begun,Ended,Expected,Value,Why\n"
    "A,Pump,Ajax,Ann,Won,2024-01-02,2024-03-04,,1000.50,Price\n"
    "B,Hose,Ajax,Bob,Lost,2024-01-03,2024-02-05,,200,Price\n"
    'C,"Tank, large",Bolt,Ann,Offer,2024-04-01,,2024-09-01,"1,070",\n'
    "D,Lid,,,Talk,2024-05-01,,,,\n"
)
TODAY = date(2024, 6, 30)
ACME_ANSWERS = Answers(profile=profile.parse(ACME, "acme"))

pieces = st.one_of(
    st.sampled_from([",", '"', "\n", "\r", ";", "\t", "=1+1", "-", "\x00", "\ufeff", "'", "''"]),
    st.sampled_from(["Won", "Lost", "2024-13-45", "1.234,5", "99999999999999999999", "A", "﷽"]),
    st.text(max_size=6),
)
cuts = st.lists(st.tuples(st.integers(0, 400), st.integers(0, 12), pieces), max_size=6)


def mangled(edits: list[tuple[int, int, str]]) -> bytes:
    """Give the sound file with pieces of it replaced."""
    text = SOUND
    for start, length, piece in edits:
        text = text[:start] + piece + text[start + length :]
    return text.encode("utf-8", "surrogatepass")


def everything(store: Store) -> list[object]:
    """Give all there is in a store."""
    tables = ["opportunities", "transitions", "contacts", "salespeople", "stages", "batches"]
    return [store.rows(f"select * from {table}") for table in tables]  # noqa: S608


@examples(8)
@given(cuts, st.sampled_from(["utf-8", "bytes cut"]), st.integers(0, 500))
def test_a_mangled_file_is_imported_or_refused(
    edits: list[tuple[int, int, str]], way: str, length: int
) -> None:
    """Four sound rows, then up to six cuts; nothing but a refusal is ever raised."""
    content = mangled(edits)
    content = content[:length] if way == "bytes cut" else content
    with Store.open(":memory:") as store, TemporaryDirectory() as folder:
        before = everything(store)
        path = Path(folder, "mangled.csv")
        path.write_bytes(content)
        try:
            plan = plan_import(store, [path], answers=ACME_ANSWERS, by="ME", today=TODAY)
        except PipelineError:
            assert everything(store) == before
            return
        assert summary(plan)
        assert everything(store) == before
        carry_out(store, *plan.commands, by="ME", today=TODAY)
        assert check(store).intact
        assert len(store.rows("select 1 from opportunities")) == len(plan.opportunities)


HISTORY = (
    "OpportunityId,StageName,Amount,CloseDate,Probability,CreatedDate,CreatedById\n"
    "A,Prospecting,100,2024-03-01,10,2024-01-02T08:00:00Z,u1\n"
    "A,Qualification,120,2024-03-01,20,2024-01-12T08:00:00Z,u1\n"
    "A,Closed Won,120,2024-03-01,100,2024-03-01T08:00:00Z,u2\n"
    "B,Prospecting,50,2024-09-01,10,2024-02-02T08:00:00Z,u1\n"
    "B,Closed Lost,50,2024-09-01,0,2024-02-20T08:00:00Z,u1\n"
    "B,Qualification,55,2024-09-01,10,2024-03-20T08:00:00Z,u1\n"
)
LINES = HISTORY.splitlines(keepends=True)


@examples(6)
@given(st.lists(st.integers(1, 6), max_size=12), cuts)
def test_a_mangled_history_is_imported_or_refused(
    order: list[int], edits: list[tuple[int, int, str]]
) -> None:
    """Lines in any order, several times or not at all, then cuts; the log stays intact."""
    text = LINES[0] + "".join(LINES[place] for place in order)
    for start, length, piece in edits[:2]:
        text = text[:start] + piece + text[start + length :]
    with Store.open(":memory:") as store, TemporaryDirectory() as folder:
        before = everything(store)
        path = Path(folder, "history.csv")
        path.write_bytes(text.encode("utf-8", "surrogatepass"))
        try:
            plan = plan_import(store, [path], by="ME", today=TODAY)
        except PipelineError:
            assert everything(store) == before
            return
        carry_out(store, *plan.commands, by="ME", today=TODAY)
        assert check(store).intact
        again = plan_import(store, [path], by="ME", today=TODAY)
        assert again.commands == ()
