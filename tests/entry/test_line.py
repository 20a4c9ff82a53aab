"""What people type on one line, and what is read in it: the table of examples, and its laws."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.entry.amounts import read_amount, read_amounts
from pipeline.entry.dates import read_date, read_dates
from pipeline.entry.days import Around
from pipeline.entry.line import read, written
from pipeline.entry.parts import Company, Known, Line, Sure, best
from pipeline.entry.tongues import locales, tongue

TODAY = date(2026, 11, 24)
"""A Tuesday."""
KNOWN = [
    Known(no="20000", name="Trey Research"),
    Known(no="ADATUM", name="Adatum Corporation", owner_code="LT"),
    Known(no="DEPOT", name="Office Depot"),
    Known(no="AM", name="April Meyer", company_name="Adatum Corporation"),
    Known(no="SG", name="Société Générique"),
    Known(no="3M", name="3M"),
]


def around(locale: str = "en", **more: object) -> Around:
    """What days are read against."""
    return Around(today=TODAY, tongue=tongue(locale), **more)  # type: ignore[arg-type]


def company(locale: str = "en", *, contact_is_known: bool = False) -> Company:
    """Three who sell by two cycles, in euros."""
    return Company(
        around=around(locale),
        owners={"OF": "Otto Frank", "JO": "Jim Olive", "LT": "Lina Townsend"},
        cycles={"NEW": "New customers", "EXISTING": "Existing customers"},
        currency="EUR",
        contact_is_known=contact_is_known,
    )


def line(typed: str, locale: str = "en", *, contact_is_known: bool = False) -> Line:
    """Read a line of the example company, whose every contact may be meant."""
    return read(typed, company(locale, contact_is_known=contact_is_known), lambda _: KNOWN)


def said(read_line: Line) -> dict[str, object]:
    """The value of each part."""
    return {name: part.value for name, part in read_line.parts.items()}


# --- amounts --------------------------------------------------------------------------------------

AMOUNTS = [
    ("en", "12k", "12000", Sure.EXACT),
    ("en", "12 k", "12000", Sure.EXACT),
    ("en", "12.5k", "12500", Sure.EXACT),
    ("de", "12,5k", "12500", Sure.EXACT),
    ("en", "12,5k", "12500", Sure.EXACT),
    ("en", "1.2m", "1200000", Sure.EXACT),
    ("de", "1,5 Mio", "1500000", Sure.EXACT),
    ("de", "1,5 Mio. €", "1500000", Sure.EXACT),
    ("de", "250 Tsd", "250000", Sure.EXACT),
    ("de", "12 T€", "12000", Sure.EXACT),
    ("de", "12 TEUR", "12000", Sure.EXACT),
    ("de", "2 Mrd", "2000000000", Sure.EXACT),
    ("de_CH", "EUR 3'000", "3000", Sure.EXACT),
    ("de_CH", "€ 3’000", "3000", Sure.EXACT),
    ("de_CH", "3'000.-", "3000", Sure.EXACT),
    ("de_CH", "Fr. 1'250.50", "1250.50", Sure.EXACT),
    ("de_CH", "CHF 12'500", "12500", Sure.EXACT),
    ("fr", "3 500", "3500", Sure.EXACT),
    ("fr", "12 000,50 €", "12000.50", Sure.EXACT),
    ("fr", "2 milliards", "2000000000", Sure.EXACT),
    ("en", "$1.5 million", "1500000", Sure.EXACT),
    ("en", "1,234,567.89", "1234567.89", Sure.EXACT),
    ("de", "1.234.567,89", "1234567.89", Sure.EXACT),
    ("en", "3,500", "3500", Sure.EXACT),
    ("de", "3.500", "3500", Sure.EXACT),
    ("en", "1.234", "1234", Sure.NEARLY),
    ("en", "1.250m", "1250000", Sure.NEARLY),
    ("en", "99.95", "99.95", Sure.EXACT),
    ("en", "0.5m", "500000", Sure.EXACT),
    ("en", "500", "500", Sure.EXACT),
]


@pytest.mark.parametrize(("locale", "typed", "amount", "sure"), AMOUNTS)
def test_an_amount_alone(locale: str, typed: str, amount: str, sure: Sure) -> None:
    """As in a cell of a sheet: the whole text is the amount."""
    found = read_amount(typed, tongue(locale))
    assert found is not None
    assert (found.value.amount, found.sure) == (Decimal(amount), sure)


@pytest.mark.parametrize(
    "typed",
    ["40 swivel chairs", "40x desk", "40 %", "40%", "12.5kg", "14:30", "-500", "A4-500", "10-12",
     "99.9512k5", "v2.5.1", "try 5 try", "3rd floor", "1e3", "", "12345678901234567890", "3/4"],
)  # fmt: skip
def test_what_is_no_amount(typed: str) -> None:
    """Quantities, units, times, versions, numbers of things and what no store can hold."""
    assert not read_amounts(typed, tongue("en"))


def test_both_readings_of_a_mark_before_a_scale_are_offered() -> None:
    """1.250m is one and a quarter million in English; a German means more than a billion."""
    found = read_amount("1.250m", tongue("en"))
    assert found is not None
    assert [one.amount for one in found.others] == [Decimal(1_250_000_000)]


# --- days -----------------------------------------------------------------------------------------

DAYS = [
    ("en", "2026-12-01", "2026-12-01"),
    ("en", "2026/12/01", "2026-12-01"),
    ("de", "30.9.", "2027-09-30"),
    ("de", "30.9.27", "2027-09-30"),
    ("de", "30. 9. 2027", "2027-09-30"),
    ("de", "bis 30.9", "2027-09-30"),
    ("de", "24.11.", "2026-11-24"),
    ("de", "23.11.", "2027-11-23"),
    ("en", "29.2.", "2028-02-29"),
    ("en", "12/31/2026", "2026-12-31"),
    ("en", "9/30", "2027-09-30"),
    ("en", "30/9", "2027-09-30"),
    ("en_GB", "31/12/2026", "2026-12-31"),
    ("en", "Q3", "2027-09-30"),
    ("en", "Q4", "2026-12-31"),
    ("en", "Q3 2027", "2027-09-30"),
    ("en", "Q1'27", "2027-03-31"),
    ("en", "2Q", "2027-06-30"),
    ("en", "2027 Q2", "2027-06-30"),
    ("en", "start of Q2", "2027-04-01"),
    ("de", "3. Quartal", "2027-09-30"),
    ("fr", "T3 2027", "2027-09-30"),
    ("en", "H1", "2027-06-30"),
    ("en", "end of Sept", "2027-09-30"),
    ("en", "by the end of September 2028", "2028-09-30"),
    ("en", "mid Jan", "2027-01-15"),
    ("de", "Ende September", "2027-09-30"),
    ("de", "Mitte März", "2027-03-15"),
    ("fr", "fin septembre", "2027-09-30"),
    ("fr", "début mars", "2027-03-01"),
    ("it", "fine settembre", "2027-09-30"),
    ("es", "finales de septiembre", "2027-09-30"),
    ("pl", "30 września 2027", "2027-09-30"),
    ("en", "Jan 2027", "2027-01-31"),
    ("en", "30 Sept", "2027-09-30"),
    ("en", "Sept 30", "2027-09-30"),
    ("en", "September 30th, 2027", "2027-09-30"),
    ("en", "30-Sep-27", "2027-09-30"),
    ("de", "30. September", "2027-09-30"),
    ("fr", "1er mars", "2027-03-01"),
    ("en", "next month", "2026-12-31"),
    ("en", "this month", "2026-11-30"),
    ("en", "next week", "2026-12-04"),
    ("en", "next quarter", "2027-03-31"),
    ("en", "end of next year", "2027-12-31"),
    ("de", "nächsten Monat", "2026-12-31"),
    ("de", "Ende nächste Woche", "2026-12-04"),
    ("fr", "le mois prochain", "2026-12-31"),
    ("en", "end of the month", "2026-11-30"),
    ("en", "EOY", "2026-12-31"),
    ("de", "Jahresende", "2026-12-31"),
    ("de", "Monatsende", "2026-11-30"),
    ("en", "in 6 weeks", "2027-01-05"),
    ("en", "in ten days", "2026-12-04"),
    ("en", "in 3 months", "2027-02-24"),
    ("de", "in einer Woche", "2026-12-01"),
    ("fr", "dans deux mois", "2027-01-24"),
    ("en", "today", "2026-11-24"),
    ("en", "tomorrow", "2026-11-25"),
    ("de", "übermorgen", "2026-11-26"),
    ("fr", "demain", "2026-11-25"),
    ("en", "Friday", "2026-11-27"),
    ("en", "Tuesday", "2026-12-01"),
    ("de", "bis Fr", "2026-11-27"),
    ("en", "CM", "2026-11-30"),
    ("en", "CQ+10D", "2027-01-10"),
    ("en", "1M+10D", "2027-01-03"),
    ("en", "+6W", "2027-01-05"),
    ("de", "KW 50", "2026-12-11"),
    ("en", "by 2027", "2027-12-31"),
]


@pytest.mark.parametrize(("locale", "typed", "day"), DAYS)
def test_a_day_alone(locale: str, typed: str, day: str) -> None:
    """What comes next after a Tuesday in November; a period by its last day."""
    found = read_date(typed, around(locale))
    assert found is not None
    assert (found.value.isoformat(), found.sure) == (day, Sure.EXACT)


@pytest.mark.parametrize(
    ("locale", "typed", "day", "other"),
    [
        ("en", "3/4", "2027-03-04", "2027-04-03"),
        ("en_GB", "3/4", "2027-04-03", "2027-03-04"),
        ("en", "next Friday", "2026-12-04", "2026-11-27"),
    ],
)
def test_a_day_that_may_be_another_offers_it(locale: str, typed: str, day: str, other: str) -> None:
    """In America 3/4 is in March; the other reading is one click away."""
    found = read_date(typed, around(locale))
    assert found is not None
    assert found.sure is Sure.NEARLY
    assert [found.value.isoformat(), *(one.isoformat() for one in found.others)] == [day, other]


@pytest.mark.parametrize(
    "typed",
    ["31.2.", "30.9", "24/7 support", "cm", "may", "sun", "12.5k", "40 chairs", "Q5", "A30.9.", "",
     "2026-13-01", "32/1", "W", "march of progress"],
)  # fmt: skip
def test_what_is_no_day(typed: str) -> None:
    """Days there are not, amounts, words, and centimetres."""
    assert not read_dates(typed, around())


def test_quarters_are_those_of_the_fiscal_year() -> None:
    """From April, named by the year it ends in: its third quarter of 2027 ends this December."""
    fiscal = around(year_starts=4, named_by_end=True)
    found = {typed: read_date(typed, fiscal) for typed in ("Q3 2027", "Q3", "EOY", "end of 2027")}
    days = {typed: one.value.isoformat() for typed, one in found.items() if one is not None}
    assert days == {
        "Q3 2027": "2026-12-31",
        "Q3": "2026-12-31",
        "EOY": "2027-03-31",
        "end of 2027": "2027-03-31",
    }


# --- lines ----------------------------------------------------------------------------------------

LINES = [
    ("en", "Adatum 40 swivel chairs 12.5k end of Sept OF",
     ["ADATUM", "40 swivel chairs", 12_500, "2027-09-30", "OF"]),
    ("en", "OF end of Sept 12.5k 40 swivel chairs Adatum",
     ["ADATUM", "40 swivel chairs", 12_500, "2027-09-30", "OF"]),
    ("en", "12.5k for Adatum by 30.9. 40 chairs", ["ADATUM", "40 chairs", 12_500, "2027-09-30"]),
    ("en", "Adatum Corporation: 40 chairs; 12k", ["ADATUM", "40 chairs", 12_000]),
    ("en", "40 chairs for Trey Research worth 12k", ["20000", "40 chairs", 12_000]),
    ("en", "20000 40 chairs 5k", ["20000", "40 chairs", 5_000]),
    ("en", "3M 40 tapes 5k", ["3M", "40 tapes", 5_000]),
    ("en", "Adatum server 2026 12k", ["ADATUM", "server 2026", 12_000]),
    ("en", "Adatum 24/7 support 12k Q1", ["ADATUM", "24/7 support", 12_000, "2027-03-31"]),
    ("en", "office chairs Adatum 500 OF", ["ADATUM", "office chairs", 500, "OF"]),
    ("en", "Adatum 40 pairs of chairs 12k NEW", ["ADATUM", "40 pairs of chairs", 12_000, "NEW"]),
    ("en", "Adatum chairs 12k @jim #exist", ["ADATUM", "chairs", 12_000, "JO", "EXISTING"]),
    ("en", "Jim Olive Adatum chairs 1.2m next month",
     ["ADATUM", "chairs", 1_200_000, "2026-12-31", "JO"]),
    ("de", "Trey Research 40 Drehstühle für 12,5k bis Ende September OF",
     ["20000", "40 Drehstühle", 12_500, "2027-09-30", "OF"]),
    ("de_CH", "Adatum Bürostühle CHF 3'000.- bis 31.12. OF",
     ["ADATUM", "Bürostühle", 3_000, "2026-12-31", "OF"]),
    ("fr", "Societe Generique 3 serveurs 12 000,50 € fin septembre",
     ["SG", "3 serveurs", Decimal("12000.50"), "2027-09-30"]),
    ("fr", "30 chaises pour Société Générique 8k le mois prochain",
     ["SG", "30 chaises", 8_000, "2026-12-31"]),
    ("en", 'Adatum "12k run in Q3" 5k', ["ADATUM", "12k run in Q3", 5_000]),
    ("en", 'contact:20000 amount:"3 500" close:Q3 owner:of cycle:new "40 ""good"" chairs"',
     ["20000", '40 "good" chairs', 3_500, "2027-09-30", "OF", "NEW"]),
    ("en", 'new:"Adatum Two" chairs 3k', ["Adatum Two", "chairs", 3_000]),
    ("en", "Adatum <b>bold</b> $a$ ![x](https://evil.example/x.png) 12k",
     ["ADATUM", "<b>bold</b> $a$ ![x](https://evil.example/x.png)", 12_000]),
    ("en", "Adatum '; drop table contacts; -- 12k", ["ADATUM", "'; drop table contacts", 12_000]),
    ("en", "Adatum =cmd|' /C calc'!A0 12k", ["ADATUM", "=cmd|' /C calc'!A0", 12_000]),
    ("en", "  Adatum\t40\nchairs\u200b 12k ", ["ADATUM", "40 chairs", 12_000]),
    ("en", "\x1f\x1fAdatum 12k", ["ADATUM", 12_000]),
]  # fmt: skip


@pytest.mark.parametrize(("locale", "typed", "parts"), LINES)
def test_a_line_becomes_its_parts(locale: str, typed: str, parts: Sequence[object]) -> None:
    """In any order, in the words of the company; hostile text is a description like any other."""
    values = said(line(typed, locale)).values()
    assert [one.isoformat() if isinstance(one, date) else one for one in values] == parts


def test_every_part_of_the_example_is_sure_and_says_where_it_was_read() -> None:
    """Nothing in it can mean anything else."""
    parts = line("Adatum 40 swivel chairs 12.5k end of Sept OF").parts
    assert all(part.sure is Sure.EXACT for part in parts.values())
    assert [part.said for part in parts.values()] == [
        "Adatum", "40 swivel chairs", "12.5k", "end of Sept", "OF",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "field", "value", "others"),
    [
        ("adatom chairs 12k", "contact_no", "ADATUM", ()),
        ("Adat chairs 12k", "contact_no", "ADATUM", ()),
        ("Meyer chairs 12k", "contact_no", "AM", ()),
        ("Trey Reserch chairs 12k", "contact_no", "20000", ()),
        ("Office chairs Adatom 12k", "contact_no", "DEPOT", ("ADATUM",)),
        ("Adatum chairs jo 12k", "owner_code", "JO", ()),
        ("Adatum chairs Jim Olivv 12k", "owner_code", "JO", ()),
        ("Adatum 5000 chairs", "amount", 5_000, ()),
        ("Adatum 3M tapes 5k", "amount", 5_000, (Decimal(3_000_000),)),
        ("Adatum chairs $5k", "amount", 5_000, ()),
        ("Adatum chairs 12k May", "expected_close_on", date(2027, 5, 31), ()),
        ("Northwind Traders chairs 12k", "company_name", "Northwind Traders", ()),
    ],
)
def test_what_is_not_sure_says_so(typed: str, field: str, value: object, others: object) -> None:
    """A typing error, a first part, a code in small letters, another currency, a new contact."""
    part = line(typed).parts[field]
    assert (part.value, part.sure, part.others) == (value, Sure.NEARLY, others)
    assert part.why


def test_of_two_contacts_of_one_name_neither_is_sure() -> None:
    """Both are offered."""
    twins = [Known(no="A", name="Coho Ltd"), Known(no="B", name="Coho Inc")]
    part = read("Coho chairs 12k", company(), lambda _: twins).parts["contact_no"]
    assert (part.value, part.sure, part.others) == ("B", Sure.NEARLY, ("A",))


def test_words_like_of_are_no_owner_and_new_is_no_cycle() -> None:
    """A code that is a word counts in capitals only; a cycle in small letters only behind #."""
    assert set(said(line("Adatum 40 pairs of desks 12k"))) == {
        "contact_no",
        "description",
        "amount",
    }


def test_the_whole_name_of_a_cycle_is_it_and_not_a_part_of_the_description() -> None:
    """The code of New customers is NEW: its name is not torn, with one half left over."""
    parts = said(line("Adatum chairs 12k new customers"))
    assert parts["cycle_code"] == "NEW"
    assert parts["description"] == "chairs"


def test_on_the_page_of_a_contact_the_first_word_is_no_new_one() -> None:
    """The contact is known from the page; only another one's whole name outweighs it."""
    assert said(line("Swivel chairs 12k", contact_is_known=True)) == {
        "description": "Swivel chairs",
        "amount": 12_000,
    }
    assert line("Adatum chairs", contact_is_known=True).value("contact_no") == "ADATUM"
    assert line("office chairs", contact_is_known=True).value("contact_no") is None


def test_of_two_days_the_one_that_by_leads_to_is_meant() -> None:
    """Two of one kind are both possible."""
    assert best(read_dates("kick-off 1.10. by 30.9.", around())).value == date(2027, 9, 30)  # type: ignore[union-attr]
    assert best(read_dates("1.10. 30.9.", around())).others == (date(2027, 10, 1),)  # type: ignore[union-attr]


def test_every_locale_can_be_read_in() -> None:
    """None of the more than a thousand makes the reader stumble; English is understood in each."""
    for locale in list(locales())[::9]:
        found = line("Adatum 40 chairs 12.5k end of Sept", locale)
        assert found.value("expected_close_on") == date(2027, 9, 30), locale
        assert found.value("amount") == 12_500, locale


# --- laws -----------------------------------------------------------------------------------------

_WORDS = (
    "Adatum adatom Trey Research 20000 3M 40 chairs of 12.5k 12k 3'000 500 2026 Q3 by end Sept"
    " 30.9. next Friday"
    ' OF jo @jim #new NEW - , ; : " "" \' € EUR k May in 6 weeks CM+1D <b> $a$ [x](y)'
    " contact: new: amount:12 close:x owner: İ ß ﬁ \u0301 \U0001f600"
)
WORDS = st.sampled_from(sorted(set(_WORDS.split(" "))))
TYPED = st.lists(WORDS, max_size=12).map(" ".join) | st.text(max_size=80)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(typed=TYPED, locale=st.sampled_from(["en", "de", "de_CH", "fr", "tr"]))
def test_the_parts_said_aloud_are_read_as_exactly_them(typed: str, locale: str) -> None:
    """Whatever was read can be written down unmistakably; reading that gives the same, all sure."""
    first = line(typed, locale)
    again = line(written(first), locale)
    assert said(again) == said(first)
    assert all(part.sure is Sure.EXACT for part in again.parts.values())


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(typed=TYPED)
def test_no_letter_is_lost(typed: str) -> None:
    """Every word of a line is in what some part was read from, or a small word that led to one."""
    found = line(typed)
    read_from = " ".join(part.said for part in found.parts.values())
    lost = [
        word for word in found.text.split() if not all(s in read_from for s in word if s.isalnum())
    ]
    assert all(word.lower() in {"for", "by", "and", "about", "to", "with", "at"} for word in lost)


@pytest.mark.parametrize("typed", ["<b>x</b> =1+1 *y*", "=chairs", "*Chairs*", "A/B chairs"])
def test_a_word_that_touches_a_sign_is_no_new_company(typed: str) -> None:
    """Nothing is torn out of it; the line asks for a contact instead of making one up."""
    read_line = line(f"{typed} 12k")
    assert "company_name" not in read_line.parts
    assert read_line.value("description") == typed


@pytest.mark.parametrize("typed", ["Northwind, chairs", "Northwind: chairs", "Northwind <b>X</b>"])
def test_a_new_company_stands_between_blanks_or_commas(typed: str) -> None:
    """What follows it may be anything, as long as it does not touch it."""
    assert line(typed).value("company_name") == "Northwind"
