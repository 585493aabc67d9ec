"""States of measures from several institutions, and the reasons of unmet ones."""

import pytest

from evaluation.analysis.monitoring.reasons import count_reasons, list_unmet
from evaluation.analysis.monitoring.states import count_states, judge_measure, measure_states
from tests.analysis.monitoring.ledger import definitions, ledger, line, real_plan, registry, words


@pytest.mark.parametrize(
    ("said", "state"),
    [
        (["delivered", "delivered"], "delivered"),
        (["delivered"], "under_way"),  # the other institution has not reported
        (["delivered", "not_started"], "under_way"),
        (["not_started", "not_started"], "not_started"),
        (["dropped"], "dropped"),
        (["dropped", "under_way"], "under_way"),
        (["dropped", "delivered"], "contradicted"),
        ([], "not_reported"),
    ],
)
def test_the_state_of_a_measure_of_two_institutions(said, state):
    assert judge_measure(said, asked=2, begun=True)[0] == state


def test_a_measure_that_has_not_begun_is_not_due():
    assert judge_measure([], asked=2, begun=False) == ("not_due", "not_begun")


# 2.1.1: MJ and DIICOT, 2024-2025
REPORTS = """
| measure | year | institution | stage       | reason    |
| 2.1.1   | 2024 | MJ          | delivered   |           |
| 2.1.1   | 2025 | DIICOT      | delivered   |           |
| 2.1.2   | 2025 | MJ          | not_started | no_budget |
| 2.1.2   | 2025 | MP          | not_started |           |
| 2.1.1   | 2025 | IGPR        | dropped     | other     |
"""


def test_delivered_of_an_earlier_year_lasts():
    result = measure_states(real_plan(), ledger(measures=REPORTS), year=2025, definitions=definitions())
    assert line(result, "2.1.1")["level"] == "delivered"


def test_an_earlier_not_started_does_not_last():
    result = measure_states(real_plan(), ledger(measures=REPORTS), year=2026, definitions=definitions())
    assert line(result, "2.1.2")["level"] == "not_reported"


def test_a_state_says_how_many_institutions_reported():
    result = measure_states(real_plan(), ledger(measures=REPORTS), year=2025, definitions=definitions())
    found = line(result, "2.1.2")
    assert (found["numerator"], found["denominator"]) == (2, 2)


def test_a_measure_called_delivered_while_its_deliverable_is_overdue_is_contradicted():
    from datetime import date

    from evaluation.analysis.monitoring.deliverables import deliverable_states

    observations = ledger(
        """
        | indicator   | year | period    | institution | stage     |
        | IND-2.1.1-1 | 2025 | 2024-2025 | MJ          | under_way |
        """,
        measures=REPORTS,
    )
    due = deliverable_states(real_plan(), observations, cutoff=date(2025, 12, 31), definitions=definitions())
    result = measure_states(real_plan(), observations, year=2025, definitions=definitions(), deliverables=due)
    found = line(result, "2.1.1")
    assert found["level"] == "contradicted"
    assert words(result, found)["reason_key"] == "deliverable_missing"


def test_states_add_up_to_the_measures():
    result = measure_states(real_plan(), ledger(measures=REPORTS), year=2025, definitions=definitions())
    counted = count_states(real_plan(), result, definitions=definitions())
    whole = counted.table[(counted.table["level"] == "all") & (counted.table["quantity"] == "count")]
    counts = whole.set_index("measure")["estimate"]
    assert counts["measures"] == 104
    assert counts.drop(["measures", "begun"]).sum() == 104


def test_reasons_are_counted_by_report_of_a_responsible_institution():
    result = count_reasons(real_plan(), ledger(measures=REPORTS), year=2025, definitions=definitions())
    whole = result.table[result.table["level"] == "all"].set_index("measure")["estimate"]
    # 2.1.2 twice, once with a reason; IGPR is not responsible for 2.1.1 and does not count
    assert (whole["reports"], whole["measures"], whole["no_budget"], whole["no_reason"]) == (2, 1, 1, 1)
    assert whole["other"] == 0


def test_unmet_measures_are_listed_with_stage_and_reason():
    listing = list_unmet(
        real_plan(), ledger(measures=REPORTS), year=2025, registry=registry(), definitions=definitions()
    )
    assert listing.texts[["code", "stage_key", "reason_key"]].values.tolist() == [
        ["2.1.2", "not_started", "no_budget"],
        ["2.1.2", "not_started", "no_reason"],
    ]
