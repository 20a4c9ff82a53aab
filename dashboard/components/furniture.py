"""What every report page is set with: heading, answer, tiles, figure, table, definition, file."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboard import formats, session
from dashboard.components.downloads import downloads, picture_options
from dashboard.components.drill import opens
from dashboard.theme import palette
from pipeline.domain.scope import Scope
from pipeline.glossary import COLUMNS
from pipeline.reports.report import Report

PLAIN_CHART = {"scrollZoom": False, "doubleClick": False}


@dataclass(frozen=True, kw_only=True)
class Tile:
    """One figure of the row under the answer line."""

    label: str
    value: str
    note: str = ""
    """What it is measured against, in a few words; it stands under the value in grey."""
    help: str = ""


def heading(title: str, answer: str = "") -> None:
    """The page's title and, under it, the one sentence that answers its question.

    `answer` is Markdown of our own; people's words in it have been escaped.
    """
    st.title(title, anchor=False)
    if answer:
        st.markdown(answer)


def tiles(row: Sequence[Tile]) -> None:
    """At most five figures in a row; they wrap on a phone."""
    with st.grid(len(row), min_column_width=140, gap="small", key="tiles"):
        for tile in row:
            _tile(tile)


def _tile(tile: Tile) -> None:
    st.metric(
        tile.label,
        tile.value,
        delta=tile.note or None,
        delta_color="off",
        delta_arrow="off",
        help=tile.help or None,
    )


def empty(why: str, todo: str) -> None:
    """Say why a page has nothing to show and what to do about it."""
    with st.container(key="empty", gap="xsmall"):
        st.markdown(f"**{why}**")
        st.markdown(todo)


def chart(
    figure: go.Figure, *, key: str, alt: str, on_select: Callable[[], None] | None = None
) -> None:
    """A figure in the page; with `on_select`, its marks can be clicked.

    It has the page's own ground, so that its picture can be read wherever it is pasted.
    """
    st.plotly_chart(
        figure.update_layout(paper_bgcolor=palette(session.mode()).background),
        key=key,
        theme=None,
        config=PLAIN_CHART | picture_options(key),
        alt=alt,
        on_select=on_select or "ignore",
        selection_mode="points",
    )


def table(
    frame: pd.DataFrame,
    *,
    key: str,
    columns: Sequence[str] | None = None,
    on_select: Callable[[], None] | None = None,
    widths: Mapping[str, int] | None = None,
    height: int | Literal["content"] = "content",
) -> None:
    """A table with exact figures: labels, formats and definitions come from the glossary.

    A long one scrolls inside the `height` in pixels that it is given.
    """
    shown = frame if columns is None else frame[[name for name in columns if name in frame]]
    st.dataframe(
        styled(shown),
        key=key,
        hide_index=True,
        height=height,
        column_config=column_config(list(shown.columns), widths or {}),
        on_select=on_select or "ignore",
        selection_mode="single-row",
        placeholder=formats.NOTHING,
    )


def styled(frame: pd.DataFrame) -> Any:  # noqa: ANN401 (the Styler ships no type)
    """The frame with every cell written by its column's format; sorting still sees the values."""
    writers: dict[Any, str | Callable[[object], str] | None] = {
        name: formats.writer(COLUMNS[name].format) for name in frame.columns if name in COLUMNS
    }
    return frame.reset_index(drop=True).style.format(writers, na_rep=formats.NOTHING)


def column_config(names: Sequence[str], widths: Mapping[str, int]) -> dict[str, Any]:
    """Labels, tooltips and alignment of the columns, from the glossary."""
    return {name: _column(name, widths.get(name)) for name in names if name in COLUMNS}


def _column(name: str, width: int | None) -> Any:  # noqa: ANN401 (Streamlit's column configuration is a dict)
    column = COLUMNS[name]
    right = column.format in formats.NUMERIC_FORMATS
    return st.column_config.Column(
        column.label,
        width=width,
        help=column.definition,
        alignment="right" if right else "left",
    )


def footing(
    report: Report,
    *,
    key: str,
    whole: Callable[[], Report] | None = None,
    rows: int | None = None,
) -> None:
    """What the figures mean, what was left out, as of when, and the table as a file.

    Where the report is a page of a longer list, `whole` asks for all its `rows`.
    """
    with st.container(gap="xxsmall", key=f"{key}-definition"):
        if report.opens and len(report.frame):
            st.caption("Choose a row or a mark of the figure to see its opportunities.")
        st.caption(report.definition)
        for sentence in left_out(report.excluded):
            st.caption(sentence)
    with st.container(
        horizontal=True, vertical_alignment="center", gap="small", key=f"{key}-footing"
    ):
        st.caption(_as_of(report.scope))
        downloads(report, key=key, whole=whole, rows=rows)


def _as_of(scope: Scope) -> str:
    """Say which day a report looks at and, where it matters, by when things were known."""
    known = f", as known on {formats.day(scope.known_at)}" if scope.known_at else ""
    return f"As of the end of {formats.day(scope.as_of)}{known}"


def set_up_footing(
    frame: pd.DataFrame,
    *,
    name: str,
    definition: str,
    key: str,
    whole: Callable[[], pd.DataFrame] | None = None,
    rows: int | None = None,
) -> None:
    """The footing of a table of what is set up, as it is today; see `footing`."""
    today = Scope(as_of=session.today())

    def report(rows_of_it: pd.DataFrame) -> Report:
        return Report(name=name, definition=definition, frame=rows_of_it, scope=today)

    all_of_it = None if whole is None else lambda: report(whole())
    footing(report(frame), key=key, whole=all_of_it, rows=rows)


def report_table(report: Report, *, key: str, columns: Sequence[str] | None = None) -> None:
    """The table of a report, each row of which opens to its opportunities, and its footing."""
    table(
        report.frame,
        key=key,
        columns=columns,
        on_select=opens(report, key) if report.opens else None,
    )
    footing(report, key=key)


def nothing_in_scope(report: Report, why: str) -> None:
    """An empty report: say whether the company has nothing, or the bar leaves nothing."""
    scope = report.scope
    if scope != Scope(as_of=scope.as_of):
        empty(f"{why} in this scope.", "Widen the bar above: fewer filters, another day.")
    else:
        empty(
            f"{why} on {formats.day(scope.as_of)}.",
            "Enter an opportunity, or choose another day in the bar above.",
        )
        st.page_link("app_pages/new_opportunity.py", label="New opportunity", icon=":material/add:")
    for sentence in left_out(report.excluded):
        st.caption(sentence)


def switch(key: str, options: Sequence[str]) -> str:
    """One of a few views of a page, kept in the address; the first is the one to begin with."""
    chosen: str = st.segmented_control(
        "View",
        options,
        default=options[0],
        required=True,
        key=key,
        bind="query-params",
        label_visibility="collapsed",
    )
    return chosen


def left_out(excluded: Mapping[str, int]) -> list[str]:
    """A sentence for each group of opportunities the figures leave out."""
    return [
        f"Left out: opportunities {reason} ({formats.count(number)})."
        for reason, number in excluded.items()
        if number
    ]


def of_company(name: str, currency: str) -> None:
    """Whose figures these are and in which currency, said once beside every page."""
    words = [formats.escape_markdown(name)] if name else []
    with st.sidebar:
        st.caption(" · ".join([*words, f"amounts in {formats.escape_markdown(currency)}"]))


def ready() -> None:
    """The mark that is written last: what waits for it sees the whole page."""
    st.container(key="ready").html("<i></i>")
