"""The grids of salespeople and teams: what edits amount to, and what they would do."""

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import formats
from dashboard.components.edit_grid import Changed, Delta, Grid, Values, add_row, amended, named
from dashboard.components.fields import Form
from pipeline import commands

_text, _number = st.column_config.TextColumn, st.column_config.NumberColumn
_choice, _flag = st.column_config.SelectboxColumn, st.column_config.CheckboxColumn


def salespeople(people: pd.DataFrame, teams: Mapping[str, str]) -> None:
    """Who sells: changed and removed in the grid, added in the line below."""
    grid = Grid(
        form=Form("people"),
        columns={
            "owner_code": _text("Code", width=80, help="It names the person in the log for good."),
            "name": _text("Name", max_chars=250, required=True),
            "team_code": _choice("Team", options=list(teams), format_func=named(teams)),
            "blocked": _flag("Blocked", width=80, help="A blocked person gets nothing new."),
            "open_now": _number("Open", width=80, help="Opportunities neither won nor lost."),
            "contacts_owned": _number("Contacts", width=90),
        },
        fixed=("owner_code", "open_now", "contacts_owned"),
        wishes=_of_people,
        effects=lambda delta: effects_on_people(delta, teams),
    )
    if len(people):
        grid.draw(people, save="Save people")
    form = Form("person-new")
    add_row(
        form,
        "Add",
        [
            lambda: form.text("name", "Name", placeholder="Jim Olive", max_chars=250),
            lambda: form.text("code", "Code", placeholder="Initials, unless you say", max_chars=20),
            lambda: form.choice("team_code", "Team", teams, placeholder="None"),
        ],
        lambda: commands.DefineSalesperson(
            name=form.words("name"),
            code=form.words("code") or None,
            team_code=form.value("team_code"),
        ),
    )


def begin_for(owners: Mapping[str, str]) -> None:
    """A link to a new opportunity of whoever is chosen; their code is filled in there."""
    with st.popover("New opportunity for …", icon=":material/add:"):
        for code, name in owners.items():
            st.page_link(
                "app_pages/new_opportunity.py",
                label=formats.escape_markdown(name),
                query_params={"owner": code},
            )


def _of_people(delta: Delta) -> Iterable[Any]:
    yield from (commands.RemoveSalesperson(code=row["owner_code"]) for row in delta.removed)
    yield from (amended(change, _person) for change in delta.changed)


def _person(row: Values) -> commands.DefineSalesperson:
    return commands.DefineSalesperson(
        code=row["owner_code"],
        name=row["name"] or "",
        team_code=row["team_code"],
        blocked=bool(row["blocked"]),
    )


def effects_on_people(delta: Delta, teams: Mapping[str, str]) -> Iterable[str]:
    """What edits of people would do to opportunities, contacts and reports."""
    for row in delta.removed:
        yield (
            f"{row['name']} leaves; reports show the code {row['owner_code']} from then on. "
            f"{formats.counted(int(row['contacts_owned']), 'contact')} will have no salesperson. "
            "Blocking keeps the name."
        )
    for change in delta.changed:
        yield from _effects_on_person(change, teams)


def _effects_on_person(change: Changed, teams: Mapping[str, str]) -> Iterable[str]:
    name, open_now = change.after["name"], int(change.before["open_now"])
    if change.has("blocked") and change.after["blocked"] and open_now:
        yield f"{name} keeps {formats.opportunities(open_now)} that are open, and gets no new ones."
    if change.has("team_code"):
        team = teams.get(change.after["team_code"], "no team")
        yield f"Reports by team count all of {name}, the past too, for {team}."


def team_grid(teams: pd.DataFrame, owners: Mapping[str, str]) -> None:
    """Teams and who manages them."""
    grid = Grid(
        form=Form("teams"),
        columns={
            "team_code": _text("Code", width=110),
            "name": _text("Name", max_chars=250, required=True),
            "manager_code": _choice("Manager", options=list(owners), format_func=named(owners)),
            "members": _number("Members", width=90),
        },
        fixed=("team_code", "members"),
        wishes=_of_teams,
    )
    if len(teams):
        grid.draw(teams, save="Save teams")
    form = Form("team-new")
    add_row(
        form,
        "Add",
        [
            lambda: form.text("code", "Code", placeholder="EAST", max_chars=20),
            lambda: form.text("name", "Name", placeholder="East", max_chars=250),
            lambda: form.choice("manager_code", "Manager", owners, placeholder="None"),
        ],
        lambda: commands.DefineTeam(
            code=form.words("code"),
            name=form.words("name"),
            manager_code=form.value("manager_code"),
        ),
    )


def _of_teams(delta: Delta) -> Iterable[Any]:
    yield from (commands.RemoveTeam(code=row["team_code"]) for row in delta.removed)
    yield from (amended(change, _team) for change in delta.changed)


def _team(row: Values) -> commands.DefineTeam:
    return commands.DefineTeam(
        code=row["team_code"], name=row["name"] or "", manager_code=row["manager_code"]
    )
