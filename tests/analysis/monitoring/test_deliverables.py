"""Deliverables against their due dates, alone and jointly."""

from datetime import date

import pytest

from evaluation.analysis.monitoring.deliverables import count_deliverables, deliverable_states
from evaluation.core.results import Result
from tests.analysis.monitoring.ledger import definitions, ledger, line, real_plan, words

# IND-2.1.1-1 is due by 31.12.2025 (2024-2025); MJ and DIICOT are responsible
CARD = "IND-2.1.1-1"


def states(*rows: str, cutoff: date = date(2026, 6, 30)) -> Result:
    head = "| indicator | year | period | institution | stage | date | status |\n"
    text = head + "\n".join(rows) if rows else ""
    return deliverable_states(
        real_plan(), ledger(text), cutoff=cutoff, definitions=definitions(), objective="2.1"
    )


def row(institution: str, stage: str, day: str = "", *, year: int = 2025, status: str = "reported") -> str:
    return f"| {CARD} | {year} | 2024-2025 | {institution} | {stage} | {day} | {status} |"


@pytest.mark.parametrize(
    ("day", "state", "days"),
    [("2025-12-31", "done", 0), ("2025-12-21", "done", -10), ("2026-01-10", "done_late", 10)],
)
def test_the_due_day_itself_is_in_time(day, state, days):
    found = line(states(row("MJ", "delivered", day)), CARD)
    assert (found["level"], found["estimate"]) == (state, days)


def test_one_institution_delivers_for_all():
    found = line(states(row("MJ", "delivered", "2025-12-01"), row("DIICOT", "under_way")), CARD)
    assert found["level"] == "done"


@pytest.mark.parametrize("stage", ["not_started", "dropped"])
def test_a_joint_deliverable_that_another_denies_is_contradicted(stage):
    found = line(states(row("MJ", "delivered", "2025-12-01"), row("DIICOT", stage)), CARD)
    assert (found["level"], found["status"]) == ("contradicted", "not_applicable")


def test_an_earlier_denial_contradicts_nothing():
    result = states(row("MJ", "delivered", "2025-12-01", year=2025), row("DIICOT", "not_started", year=2024))
    assert line(result, CARD)["level"] == "done"


def test_a_delivery_without_a_date_is_neither_in_time_nor_late():
    found = line(states(row("MJ", "delivered")), CARD)
    assert (found["level"], found["status"]) == ("done_undated", "not_collected")


def test_what_is_under_way_after_the_due_day_is_overdue_up_to_the_cut_off():
    found = line(states(row("MJ", "under_way"), cutoff=date(2026, 1, 30)), CARD)
    assert (found["level"], found["estimate"]) == ("overdue", 30)  # 31 December to 30 January


def test_what_nobody_reported_is_not_called_overdue():
    found = line(states(), CARD)
    assert (found["level"], found["status"]) == ("not_reported", "not_collected")


@pytest.mark.parametrize(
    ("rows", "state"),
    [
        ((), "not_due"),
        ((row("MJ", "under_way"),), "under_way_not_due"),
        ((row("MJ", "not_started"),), "not_started_not_due"),
        ((row("MJ", "delivered", "2025-11-30"),), "under_way_not_due"),
    ],
)
def test_before_the_due_day_nothing_is_late(rows, state):
    found = line(states(*rows, cutoff=date(2025, 6, 30)), CARD)
    assert (found["level"], found["status"]) == (state, "not_due")


def test_the_latest_year_tells_the_state():
    result = states(row("MJ", "delivered", "2024-11-01", year=2024), row("MJ", "under_way", year=2025))
    found = line(result, CARD)
    assert found["level"] == "overdue"
    assert words(result, found)["flag_key"] == "turned_back"


def test_dropped_and_not_applicable_need_all_who_reported():
    assert line(states(row("MJ", "dropped")), CARD)["level"] == "dropped"
    assert line(states(row("MJ", "", status="not_applicable")), CARD)["level"] == "not_applicable"
    assert line(states(row("MJ", "dropped"), row("DIICOT", "under_way")), CARD)["level"] == "overdue"


def test_shares_are_of_what_was_due():
    result = states(row("MJ", "delivered", "2025-12-01"))
    counted = count_deliverables(real_plan(), result, definitions=definitions(), objective="2.1")
    due = line(counted, "due")["estimate"]
    share = line(counted, "share_delivered")
    assert (share["numerator"], share["denominator"]) == (1, due)


def test_every_due_date_has_one_state():
    result = states()
    counted = count_deliverables(real_plan(), result, definitions=definitions(), objective="2.1")
    assert line(counted, "all")["estimate"] == len(result.table)
