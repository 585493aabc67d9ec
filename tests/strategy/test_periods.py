"""Every printed form of a period, with its dates worked by hand."""

from datetime import date

import pytest

from evaluation.core.errors import StrategyError
from evaluation.strategy.periods import Window, is_recurring, read_period, split_window
from evaluation.strategy.plan import load_plan


def span(start: str, end: str) -> Window:
    return Window(date.fromisoformat(start), date.fromisoformat(end))


PLAN = span("2024-01-01", "2026-12-31")
YEARS = [span(f"{year}-01-01", f"{year}-12-31") for year in (2024, 2025, 2026)]
SEMESTERS = [
    span(*days)
    for year in (2024, 2025, 2026)
    for days in ((f"{year}-01-01", f"{year}-06-30"), (f"{year}-07-01", f"{year}-12-31"))
]
QUARTERS = [
    span(*days)
    for year in (2024, 2025, 2026)
    for days in (
        (f"{year}-01-01", f"{year}-03-31"),
        (f"{year}-04-01", f"{year}-06-30"),
        (f"{year}-07-01", f"{year}-09-30"),
        (f"{year}-10-01", f"{year}-12-31"),
    )
]
FORMS = {
    "Permanent": [PLAN],
    "Anual": YEARS,
    "Anuală": YEARS,
    "Semestrial": SEMESTERS,
    "Semestrial/anual": SEMESTERS,
    "Semestrial și la nevoie": SEMESTERS,
    "Trimestrial și la nevoie": QUARTERS,
    "2025": [span("2025-01-01", "2025-12-31")],
    "2026": [span("2026-01-01", "2026-12-31")],
    "2027": [span("2027-01-01", "2027-12-31")],
    "2024-2025": [span("2024-01-01", "2025-12-31")],
    "2024-2026": [span("2024-01-01", "2026-12-31")],
    "2025-2026": [span("2025-01-01", "2026-12-31")],
    "SEM I 2024": [span("2024-01-01", "2024-06-30")],
    "Semestrul II 2024": [span("2024-07-01", "2024-12-31")],
    "Semestrul I 2025": [span("2025-01-01", "2025-06-30")],
    "Semestrul I 2026": [span("2026-01-01", "2026-06-30")],
    "Semestrul II 2026": [span("2026-07-01", "2026-12-31")],
    "Semestrul I 2027": [span("2027-01-01", "2027-06-30")],
    "Semestrul1 2027": [span("2027-01-01", "2027-06-30")],
    "Trimestrul IV 2024": [span("2024-10-01", "2024-12-31")],
    "Trimestrul II 2026": [span("2026-04-01", "2026-06-30")],
    "Trimestrul IV 2026": [span("2026-10-01", "2026-12-31")],
    "Trimestrul I 2027": [span("2027-01-01", "2027-03-31")],
}


def test_the_forms_below_are_all_that_the_plan_prints():
    measures = load_plan().measures
    assert {form for one in measures for form in (*one.period, *one.evaluation_stage)} == set(FORMS)


@pytest.mark.parametrize("printed", FORMS)
def test_a_printed_period_is_these_days(printed):
    assert list(read_period(printed, within=PLAN)) == FORMS[printed]


@pytest.mark.parametrize("printed", ["SEM  I 2024", " SEM I 2024 ", "SEM I\n2024"])
def test_spaces_of_the_layout_do_not_matter(printed):
    assert list(read_period(printed, within=PLAN)) == FORMS["SEM I 2024"]


@pytest.mark.parametrize(
    "printed",
    ["", "Curând", "2024-", "Semestrul III 2025", "Semestrul IV 2025", "Trimestrul V 2025", "Lunar"],
)
def test_a_form_that_the_plan_does_not_use_is_refused(printed):
    with pytest.raises(StrategyError, match="not a form that the plan uses"):
        read_period(printed, within=PLAN)


def test_a_span_of_years_backwards_is_refused():
    with pytest.raises(StrategyError):
        read_period("2026-2024", within=PLAN)


@pytest.mark.parametrize(
    ("printed", "recurring"),
    [
        ("Anual", True),
        ("Anuală", True),
        ("Semestrial/anual", True),
        ("2027", False),
        ("Semestrul I 2025", False),
    ],
)
def test_a_stage_recurs_or_has_a_date(printed, recurring):
    assert is_recurring(printed) is recurring


def test_a_window_is_cut_at_the_calendar_and_keeps_its_own_ends():
    # May to August 2025 touches the second and the third quarter.
    assert split_window(span("2025-05-10", "2025-08-20"), frequency="quarterly") == (
        span("2025-05-10", "2025-06-30"),
        span("2025-07-01", "2025-08-20"),
    )


def test_once_leaves_a_window_whole():
    assert split_window(PLAN, frequency="once") == (PLAN,)


def test_the_pieces_of_a_window_leave_no_day_out():
    pieces = split_window(PLAN, frequency="quarterly")
    # 2024 is a leap year: 366 + 365 + 365 = 1096 days
    assert sum((piece.end - piece.start).days + 1 for piece in pieces) == 1096
