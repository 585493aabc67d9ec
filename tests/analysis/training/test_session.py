"""One session summed up: topics over both forms, gains of linked people, counts only where there are too few."""

import numpy as np
import pandas as pd
import pytest

from evaluation.analysis.training.scores import Scored
from evaluation.analysis.training.session import session_believed, session_counts, session_topics, topics_of
from evaluation.analysis.training.session_change import session_change, session_gain
from evaluation.core.provenance import Provenance
from evaluation.instruments.model import ItemKind
from tests.kit.instruments import sample_instrument

ORIGIN = Provenance((), "test", 0, 0)
SAMPLE = sample_instrument()
CLOSED = [one.name for one in SAMPLE.of_kind(ItemKind.CLOSED)]


def scored(right: list[tuple[str, str, str, int]]) -> Scored:
    """Sheets told as occasion, form, link and how many of the first questions of the form are right."""
    people, items = [], []
    for number, (occasion, form, link, count) in enumerate(right):
        asked = [one.name for one in SAMPLE.of_kind(ItemKind.CLOSED, form)]
        people.append(("s1", number, occasion, form, link, 12, 12, count / 12))
        items.append({name: float(place < count) for place, name in enumerate(asked)})
    columns = ["session", "sheet", "occasion", "form", "link", "answered", "of", "score"]
    return Scored(pd.DataFrame(people, columns=columns), pd.DataFrame(items, columns=CLOSED), {})


def pairs(counts: list[tuple[int, int]]) -> Scored:
    """Everybody has form A before and B after, or the other way round."""
    sheets = []
    for person, (before, after) in enumerate(counts):
        first, second = ("A", "B") if person % 2 else ("B", "A")
        sheets += [("pre", first, f"p{person}", before), ("post", second, f"p{person}", after)]
    return scored(sheets)


def rows(result) -> dict[tuple[str, str], dict]:
    return {(row["measure"], row["period"] or row["level"]): row for row in result.table.to_dict("records")}


def test_a_topic_is_an_anchor_or_an_item_with_its_twin():
    topics = topics_of(SAMPLE)
    assert len(topics) == 12
    assert (topics["core_who"], topics["sum_a3"]) == (
        {"A": "core_who", "B": "core_who"},
        {"A": "sum_a3", "B": "sum_b3"},
    )


def test_a_topic_counts_everybody_whichever_form_they_had():
    # Two right on their second question before (one on A, one on B), three after.
    found = rows(session_topics(pairs([(2, 2), (2, 2), (1, 2)]), SAMPLE, provenance=ORIGIN))
    assert [(found["sum_a1", when]["numerator"], found["sum_a1", when]["n"]) for when in ("pre", "post")] == [
        (2, 3),
        (3, 3),
    ]


def test_an_omitted_answer_leaves_the_base_of_its_topic():
    sheets = pairs([(2, 2), (2, 2)])
    sheets.items.loc[0, "sum_b1"] = np.nan
    assert rows(session_topics(sheets, SAMPLE, provenance=ORIGIN))["sum_a1", "pre"]["n"] == 1


def test_the_gain_is_in_questions_with_students_interval():
    # Ten gains of 1, 2, 3, ..., 10 questions less the mean 5.5: sd = 3.02765, t(9) = 2.26216, half width 2.16583.
    found = rows(session_gain(pairs([(0, gain) for gain in range(1, 11)]), SAMPLE, provenance=ORIGIN))
    gain = found["gain", "all"]
    assert (gain["estimate"], gain["n"]) == (pytest.approx(5.5), 10)
    assert (gain["ci_low"], gain["ci_high"]) == (
        pytest.approx(3.33417, abs=1e-4),
        pytest.approx(7.66583, abs=1e-4),
    )


def test_nine_pairs_have_counts_but_no_mean():
    found = rows(session_gain(pairs([(3, 4)] * 4 + [(3, 3)] * 3 + [(4, 3)] * 2), SAMPLE, provenance=ORIGIN))
    assert {found[name, "all"]["status"] for name in ("before", "after", "gain")} == {"too_few"}
    assert [found["direction", level]["estimate"] for level in ("all", "rose", "same", "fell")] == [
        9,
        4,
        3,
        2,
    ]


def test_people_without_a_second_sheet_are_in_no_gain():
    sheets = scored(
        [("pre", "A", "p1", 3), ("post", "B", "p1", 5), ("pre", "A", "", 9), ("post", "B", "p2", 9)]
    )
    assert rows(session_gain(sheets, SAMPLE, provenance=ORIGIN))["direction", "all"]["estimate"] == 1


def test_a_paired_change_has_the_interval_of_bonett_and_price():
    # n = 10, six learn the topic, one forgets it: 5 / 10; adjusted 7/12 and 2/12, difference 5/12,
    # variance (9/12 - 25/144) / 12 = 0.0480324, half width 1.959964 * 0.2191629 = 0.429551.
    # Mid-p: 2 * P(X <= 1; 7, 1/2) - P(X = 1) = 2 * 8/128 - 7/128 = 9/128.
    told = pairs([(0, 1)] * 6 + [(1, 0)] + [(1, 1)] * 3)
    row = rows(session_change(told, SAMPLE, provenance=ORIGIN))["core_who", "all"]
    assert (row["estimate"], row["n"]) == (pytest.approx(0.5), 10)
    assert (row["ci_low"], row["ci_high"]) == (
        pytest.approx(-0.012884, abs=1e-5),
        pytest.approx(0.846218, abs=1e-5),
    )
    assert row["p_value"] == pytest.approx(9 / 128)


def test_the_most_believed_wrong_choice_is_named_with_its_base():
    # core_who: the right answer is c; three say a, one b, two c.
    table = pd.DataFrame({name: [""] * 6 for name in CLOSED}).assign(occasion="post", core_who=list("aabcca"))
    found = session_believed(table, SAMPLE, provenance=ORIGIN).table
    assert found[["measure", "numerator", "denominator"]].to_numpy().tolist() == [["core_who.a", 3, 6]]


def test_what_the_trainer_did_not_say_is_not_collected():
    table = pd.DataFrame({"occasion": ["pre", "post"]})
    found = rows(
        session_counts(pairs([(1, 2)]), table, provenance=ORIGIN, told={"invited": None, "present_pre": 4}, written={"post": 1})
    )  # fmt: skip
    assert (found["invited", "all"]["status"], found["present_pre", "all"]["estimate"]) == (
        "not_collected",
        4,
    )
