"""What people know, through the gate: adults' answers are kept, small figures about children are not."""

import pytest

from evaluation.core.errors import DisclosureError
from evaluation.core.provenance import Provenance, Source
from evaluation.core.results import Result, make_table
from evaluation.disclosure.policy import policy_named
from evaluation.disclosure.release import release, release_together

ORIGIN = Provenance((Source("training/answers.xlsx", "0" * 64),), "test", 48, 48)


def topics(parts: list[int], *, whole: int, name: str = "session_topics") -> Result:
    rows = [
        {
            "measure": f"topic_{place}", "quantity": "proportion", "period": "post", "level": "all",
            "n": whole, "numerator": part, "denominator": whole, "estimate": part / whole,
        }
        for place, part in enumerate(parts)
    ]  # fmt: skip
    return Result(name, make_table(rows), ORIGIN)


def test_what_adults_know_is_kept():
    released = release(topics([0, 1, 24], whole=24), policy_named("training_knowledge"))
    assert released.table["numerator"].tolist() == [0, 1, 24]


def test_a_result_that_the_policy_does_not_list_stays_inside():
    with pytest.raises(DisclosureError, match="does not list"):
        release(topics([3], whole=24, name="session_counties"), policy_named("training_knowledge"))


def test_figures_from_elsewhere_stay_inside():
    origin = Provenance((Source("data_raw/secondary/series.csv", "0" * 64),), "test", 1, 1)
    result = topics([3], whole=24)
    with pytest.raises(DisclosureError, match="source 0"):
        release(Result(result.id, result.table, origin), policy_named("training_knowledge"))


def test_one_or_two_children_right_or_wrong_are_not_shown():
    (released,) = release_together(
        [topics([1, 2, 3, 12, 21, 22, 23], whole=24)], policy_named("training_knowledge_children")
    )
    assert released.table["status"].tolist() == ["suppressed"] * 2 + ["ok"] * 3 + ["suppressed"] * 2


def test_that_all_children_know_is_shown_from_ten_on():
    policy = policy_named("training_knowledge_children")
    for whole, status in ((9, "suppressed"), (10, "ok")):
        (released,) = release_together([topics([whole, 4], whole=whole)], policy)
        assert released.table["status"].tolist() == [status, "ok"]


def test_a_direction_hidden_for_children_cannot_be_subtracted_from_its_total():
    rows = [
        {
            "measure": "direction",
            "quantity": "count",
            "group": "direction",
            "level": level,
            "estimate": number,
        }
        for level, number in (("all", 20), ("rose", 12), ("same", 7), ("fell", 1))
    ]
    rows[0]["group"] = ""
    result = Result("session_gain", make_table(rows), ORIGIN)
    (released,) = release_together([result], policy_named("training_knowledge_children"))
    assert (released.table["status"] == "suppressed").sum() >= 2
