"""Rules of reading figures, dates and periods; every row is worked by hand."""

import re
from pathlib import Path

import pytest

from evaluation.intake.returns.problems import load_problems
from evaluation.intake.returns.values import parse_date, parse_period, parse_value
from evaluation.strategy.plan import Kind

COUNT, SHARE, MONEY, DAYS = Kind.COUNT, Kind.PROPORTION, Kind.MONEY, Kind.DURATION


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1234", 1234),
        ("1 234", 1234),
        ("1\u00a0234", 1234),
        ("1\u202f234", 1234),
        ("1.234", 1234),
        ("1.234.567", 1_234_567),
        ("1,234,567", 1_234_567),
        ("007", 7),
        ("125*", 125),
        ("125 1)", 125),
        ("125¹", 125),
        ("125 (include și 2023)", 125),
        ("125 persoane", 125),
        ("100 de victime", 100),
        ("zece", 10),
        ("Douăsprezece", 12),
        ("niciun caz", 0),
        ("1,2 mii", 1200),
        ("3,0", 3),
        (125.0, 125),
    ],
)
def test_a_count_is_read_as_romanian_writes_it(written, value):
    assert parse_value(written, unit=COUNT).value == value


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("3.5", "count_fraction"),
        (45.7, "count_fraction"),
        ("1.234,5", "count_fraction"),
        ("1,234", "number_ambiguous"),
        ("-5", "negative"),
        ("(125)", "negative"),
        (-5, "negative"),
        ("15.03.2025", "date_for_number"),
        ("10-15", "range_given"),
        ("între 10 și 15", "range_given"),
        ("45 din 100", "fraction_given"),
        ("12,5%", "percent_for_number"),
        ("125 EUR", "foreign_currency"),
        ("5 luni", "unit_unexpected"),
        ("125 (mii)", "unit_unexpected"),
        ("125 persoane și 3 copii", "number_unreadable"),
        ("nu sunt cazuri", "number_unreadable"),
        ("1O", "number_unreadable"),
        ("12345 678", "number_unreadable"),
        ("9" * 30, "number_unreadable"),
        (float("inf"), "number_unreadable"),
    ],
)
def test_a_count_that_can_be_read_in_no_or_two_ways_is_refused(written, code):
    found = parse_value(written, unit=COUNT)
    assert (found.status, found.value, found.codes) == ("refused", None, (code,))


@pytest.mark.parametrize(
    ("kind", "value", "code"),
    [
        ("date", "2025-05-03", "date_for_number"),
        ("bool", True, "boolean_for_number"),
        ("error", "#REF!", "excel_error"),
        ("formula", None, "formula_without_value"),
    ],
)
def test_a_cell_of_another_kind_is_refused(kind, value, code):
    assert parse_value(value, kind=kind, unit=COUNT).codes == (code,)


@pytest.mark.parametrize(
    ("written", "lower", "upper", "qualifier"),
    [
        ("<5", 0, 4, "less_than"),  # fewer than five whole things: at most 4
        ("sub 5", 0, 4, "less_than"),
        ("mai puțin de 5", 0, 4, "less_than"),
        ("cel mult 5", 0, 5, "less_than"),
        ("peste 100", 101, None, "more_than"),
        ("cel puțin 100", 100, None, "more_than"),
        ("minim 100", 100, None, "more_than"),
        ("100+", 100, None, "more_than"),
    ],
)
def test_a_bounded_count_has_bounds_and_no_value(written, lower, upper, qualifier):
    found = parse_value(written, unit=COUNT)
    assert (found.value, found.lower, found.upper, found.qualifier) == (None, lower, upper, qualifier)


@pytest.mark.parametrize("written", ["aprox. 1.200", "circa 1200", "~1200", "cca 1 200", "1200 (estimativ)"])
def test_an_approximate_count_keeps_value_and_says_so(written):
    found = parse_value(written, unit=COUNT)
    assert (found.value, found.qualifier) == (1200, "about")


@pytest.mark.parametrize(
    ("written", "status"),
    [
        ("nu este cazul", "not_applicable"),
        ("Nu se aplică", "not_applicable"),
        ("n/a", "not_available"),
        ("NA", "not_available"),
        ("-", "not_available"),
        ("—", "not_available"),
        ("nu deținem date", "not_available"),
        ("nu dispunem", "not_available"),
        ("în curs de centralizare", "not_available"),
        ("", "empty"),
        (None, "empty"),
    ],
)
def test_absence_keeps_its_reason_and_is_never_zero(written, status):
    found = parse_value(written, unit=COUNT)
    assert (found.status, found.value) == (status, None)


@pytest.mark.parametrize(
    ("written", "number_format", "value"),
    [
        ("45%", "General", 0.45),
        ("12,5%", "General", 0.125),
        ("45 la sută", "General", 0.45),
        ("1%", "General", 0.01),
        (45, "General", 0.45),
        (0.45, "General", 0.45),
        (0.45, "0.0%", 0.45),
        (1, "0%", 1.0),
        ("3.5", "General", 0.035),  # never 35 %
        ("3.500", "General", 0.035),  # 3,500 would be above the whole, so the point is the decimal sign
        (0, "General", 0.0),
    ],
)
def test_a_share_is_a_fraction_of_one(written, number_format, value):
    assert parse_value(written, number_format=number_format, unit=SHARE).value == value


@pytest.mark.parametrize(
    ("written", "number_format", "code"),
    [
        (1, "General", "share_one"),
        ("1", "General", "share_one"),
        ("145%", "General", "share_above_whole"),
        (1.45, "0%", "share_above_whole"),
        ("45 din 100", "General", "fraction_given"),
        ("45 persoane", "General", "unit_unexpected"),
    ],
)
def test_a_share_that_is_open_or_impossible_is_refused(written, number_format, code):
    assert parse_value(written, number_format=number_format, unit=SHARE).codes == (code,)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1,2 mil. lei", 1_200_000),
        ("12.500 lei", 12_500),
        ("12.500,50", 12_500.5),
        ("3 milioane de lei", 3_000_000),
    ],
)
def test_money_is_in_lei(written, value):
    assert parse_value(written, unit=MONEY).value == value


@pytest.mark.parametrize(
    ("written", "number_format"),
    [("5 EUR", "General"), ("EUR 5", "General"), ("5 €", "General"), (5.0, "#,##0.00 [$€-1]")],
)
def test_no_exchange_rate_is_invented(written, number_format):
    assert parse_value(written, number_format=number_format, unit=MONEY).codes == ("foreign_currency",)


def test_a_remark_that_changes_the_unit_is_not_taken_off():
    assert parse_value("125 (mii lei)", unit=MONEY).status == "refused"


def test_a_duration_is_in_days_and_months_are_refused():
    assert parse_value("45 de zile", unit=DAYS).value == 45
    assert parse_value("2 săptămâni", unit=DAYS).value == 14
    assert parse_value("2 luni", unit=DAYS).codes == ("duration_unit",)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("15.03.2025", "2025-03-15"),
        ("15/03/2025", "2025-03-15"),
        ("03/04/2025", "2025-04-03"),
        ("2025-03-15", "2025-03-15"),
        ("2025-03-15T00:00:00", "2025-03-15"),
        ("15.03.25", "2025-03-15"),
        ("15 martie 2025", "2025-03-15"),
        ("15.III.2025", "2025-03-15"),
        (45731, "2025-03-15"),  # 2025-01-01 is 45658; 31 + 28 + 14 days later
    ],
)
def test_a_date_is_read_day_first(written, day):
    assert parse_date(written).date == day


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("martie 2025", "date_without_day"),
        ("2025", "date_without_day"),
        ("04/15/2025", "date_month_first"),
        ("31.02.2025", "date_unreadable"),
        ("15.03.1925", "date_implausible"),
    ],
)
def test_a_date_that_would_need_a_guess_is_refused(written, code):
    assert parse_date(written).codes == (code,)


def test_a_date_that_could_be_month_first_is_listed():
    assert parse_date("03/04/2025").codes == ("date_day_first",)
    assert parse_date("03.04.2025").codes == ()


@pytest.mark.parametrize(
    ("written", "label"),
    [
        ("sem. I 2025", "2025-S1"),
        ("S1", "2025-S1"),
        ("trim. III", "2025-Q3"),
        ("T3 2025", "2025-Q3"),
        ("2025", "2025"),
        (2025, "2025"),
        ("ian-iun 2025", "2025-S1"),
        ("luna martie 2025", "2025-03"),
        ("01.01.2025-30.06.2025", "2025-S1"),
        ("2024-2026", "2024-2026"),
        ("apr-sep 2025", ""),
        ("trim. 5 2025", ""),
    ],
)
def test_a_period_becomes_the_label_that_the_kit_uses(written, label):
    assert parse_period(written, year=2025).label == label


def test_every_code_that_the_readers_of_cells_and_files_raise_is_in_the_catalogue():
    folder = Path(parse_value.__code__.co_filename).parent
    known = load_problems()
    prefixes = (
        "number|thousands|decimal|leading|multiple|footnote|remark|unit|count|negative|date|share|fraction"
    )
    prefixes += "|range|foreign|duration|weeks|dash|na|still|period|county|file|sheet|csv"
    own = "values numerals marks statuses dates names screen archive package xlsx older delimited plain child sandbox"
    raised = {
        code
        for module in own.split()
        for code in re.findall(rf'"((?:{prefixes})_[a-z_]+)"', (folder / f"{module}.py").read_text("utf-8"))
    }
    assert {"share_one", "file_bomb", "county_sector"} <= raised
    assert raised - set(known) == set()
