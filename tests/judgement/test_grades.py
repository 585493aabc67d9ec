"""Grades: the weakest aspect decides and is named; judging lowers freely and raises by one step with a reason."""

import pytest

from evaluation.core.errors import JudgementError
from evaluation.judgement.grades import (
    Facts,
    Grade,
    compute_grade,
    final_grade,
    independent_sources,
    load_grade_rules,
    worst_grade,
)
from evaluation.strategy.words import Text

REASON = Text(ro="Motiv.", en="Reason.")
BEST = {
    "sources": 3,
    "n": 200,
    "half_width": 0.025,
    "meaningful_change": 0.05,
    "reliability": 0.8,
    "missing_share": 0.05,
    "linkage_error": 0.03,
}


def test_evidence_on_every_bound_is_strong():
    assert compute_grade(Facts(**BEST)).grade is Grade.STRONG


@pytest.mark.parametrize(
    ("change", "grade", "weakest"),
    [
        ({"sources": 2}, "moderate", "sources"),
        ({"sources": 1}, "weak", "sources"),
        ({"n": 199}, "moderate", "n"),
        ({"n": 9}, "insufficient", "n"),
        ({"half_width": 0.05}, "moderate", "precision"),  # as wide as the change that matters
        ({"half_width": 0.11}, "insufficient", "precision"),
        ({"reliability": 0.79}, "moderate", "reliability"),
        ({"reliability": 0.59}, "insufficient", "reliability"),
        ({"missing_share": 0.21}, "weak", "missing_share"),
        ({"linkage_error": 0.05}, "moderate", "linkage_error"),
        ({"sources": 2, "missing_share": 0.5}, "insufficient", "missing_share"),
    ],
)
def test_the_weakest_aspect_decides_and_is_named(change, grade, weakest):
    computed = compute_grade(Facts(**(BEST | change)))
    assert (computed.grade.value, computed.weakest) == (grade, weakest)


def test_an_aspect_that_the_evidence_does_not_have_is_not_judged():
    assert set(compute_grade(Facts(sources=3)).aspects) == {"sources"}


def test_invented_data_are_insufficient_unless_the_report_says_so():
    facts = Facts(**BEST, synthetic=True)
    assert (compute_grade(facts).grade, compute_grade(facts).weakest) == (Grade.INSUFFICIENT, "synthetic")
    assert compute_grade(facts, marked=True).grade is Grade.STRONG
    assert compute_grade(facts, marked=True).synthetic


def test_an_interval_without_the_change_that_matters_is_refused():
    with pytest.raises(JudgementError, match="without the change that matters"):
        compute_grade(Facts(sources=2, half_width=0.1))


@pytest.mark.parametrize(
    ("computed", "judged", "raised", "final"),
    [
        ("strong", "weak", None, "weak"),
        ("weak", "strong", None, "weak"),
        ("weak", "moderate", REASON, "moderate"),
        ("moderate", "weak", REASON, "weak"),
    ],
)
def test_the_lower_grade_stands_unless_a_reason_raises_it(computed, judged, raised, final):
    assert final_grade(Grade(computed), Grade(judged), raised=raised) is Grade(final)


def test_a_reason_raises_by_one_step_only():
    with pytest.raises(JudgementError, match="by 1 at most"):
        final_grade(Grade.WEAK, Grade.STRONG, raised=REASON)


def test_combining_takes_the_worst_and_nothing_is_insufficient():
    assert worst_grade([Grade.STRONG, Grade.WEAK, Grade.MODERATE]) is Grade.WEAK
    assert worst_grade([]) is Grade.INSUFFICIENT


def test_sources_of_one_origin_count_once():
    assert independent_sources(["text", "ledger", "returns", "reports"]) == {"text", "returns"}


def test_every_aspect_and_grade_has_words_and_a_reason():
    rules = load_grade_rules()
    assert {one.id for one in rules.aspects} == {
        "sources",
        "n",
        "precision",
        "reliability",
        "missing_share",
        "linkage_error",
    }
    assert set(rules.names) == set(Grade)
