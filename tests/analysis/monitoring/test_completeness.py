"""Who answered what was asked, and when."""

import pytest

from evaluation.analysis.monitoring.completeness import (
    completeness,
    count_timeliness,
    missing_reasons,
    timeliness,
)
from evaluation.core.results import Result
from tests.analysis.monitoring.ledger import (
    asked,
    definitions,
    ledger,
    line,
    real_plan,
    registry,
    rules,
    words,
)

# Objective 1.6 in 2025; ANITP is asked for the three counts of 1.6.2.
TEXT = """
| indicator   | year | institution | value | status         | reason   |
| IND-1.6.2-1 | 2025 | ANITP       | 3     | reported       |          |
| IND-1.6.2-2 | 2025 | ANITP       |       | not_available  | no_staff |
"""


def complete(text: str) -> Result:
    return completeness(
        real_plan(), ledger(text), asked=asked(2025), years=(2025,), registry=registry(),
        definitions=definitions(), objective="1.6",
    )  # fmt: skip


def test_asked_is_the_sum_of_all_answers():
    found = complete(TEXT).table
    counts = found[(found["group"] == "measure") & (found["level"] == "1.6.2")].set_index("measure")[
        "estimate"
    ]
    assert (counts["asked"], counts["reported"], counts["not_available"], counts["silent"]) == (3, 1, 1, 1)


def test_the_share_reported_names_its_denominator():
    share = line(complete(TEXT), "share_reported", level="1.6.2")
    assert (share["numerator"], share["denominator"]) == (1, 3)


def test_a_contradicted_answer_is_an_answer():
    result = complete("""
    | indicator   | year | institution | value | state        |
    | IND-1.6.2-1 | 2025 | ANITP       | 3     | contradicted |
    """)
    assert line(result, "reported", level="1.6.2")["estimate"] == 1


def test_reasons_of_missing_figures_are_counted():
    result = missing_reasons(
        real_plan(),
        ledger(TEXT),
        asked=asked(2025),
        years=(2025,),
        registry=registry(),
        definitions=definitions(),
    )
    assert line(result, "no_staff", level="all")["estimate"] == 1


DELIVERIES = """
| institution | year | received   | state    | file  |
| ANITP       | 2025 | 2026-02-15 | accepted | a.xls |
| ANITP       | 2025 | 2026-05-01 | accepted | b.xls |
| IGPR        | 2025 | 2026-02-25 | partly   | c.xls |
| MAE         | 2025 |            | accepted | d.xls |
| ME          | 2025 | 2026-01-10 | refused  | e.xls |
"""


def timely() -> Result:
    return timeliness(
        ledger(deliveries=DELIVERIES), asked=asked(2025), years=(2025,), rules=rules(), registry=registry(),
        definitions=definitions(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("institution", "state", "days"),
    [("ANITP", "in_time", 0), ("IGPR", "late", 10), ("MAE", "unknown_date", None), ("ME", "refused", None)],
)
def test_the_first_usable_return_counts(institution, state, days):
    result = timely()
    found = line(result, "delivery", level=institution)
    assert words(result, found)["timeliness_key"] == state
    assert (found["estimate"] == days) if days is not None else found["status"] == "not_collected"


def test_institutions_without_a_return_are_counted():
    counted = count_timeliness(timely(), definitions=definitions())
    whole = line(counted, "institutions")["estimate"]
    assert line(counted, "not_delivered")["estimate"] == whole - 4
