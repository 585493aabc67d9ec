"""Interval arithmetic, the formula reader and the verdicts."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluation.analysis.consistency import Interval, Verdict, audit, combine, evaluate, holds
from evaluation.core.errors import AnalysisError
from evaluation.strategy.ledger import Ledger, Relation, Rule

WORDS = {"ro": "cuvinte", "en": "words"}


def span(low: str, high: str | None = None) -> Interval:
    return Interval(Fraction(low), Fraction(high or low))


def constant(identifier: str, low: str, high: str) -> dict[str, object]:
    return {
        "id": identifier, "quantity": WORDS, "value": low, "lower": low, "upper": high,
        "unit": "count", "period": "2018", "sources": ["x"],
    }  # fmt: skip


def ledger(**bounds: tuple[str, str]) -> Ledger:
    external = [constant(name.replace("_", "-"), *ends) for name, ends in bounds.items()]
    return Ledger.model_validate({"entries": [], "external": external})


def rule(*readings: dict[str, object]) -> Rule:
    named = [{"name": WORDS} | reading for reading in readings]
    return Rule.model_validate({
        "id": "AR-01", "claim": WORDS, "stated": "x", "readings": named, "question": WORDS,
        "lines": [1], "how_found": WORDS,
    })  # fmt: skip


def compare(left: str, relation: str, right: str) -> dict[str, object]:
    return {"left": left, "relation": relation, "right": right}


MISSING: dict[str, object] = {"missing": WORDS}


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("BL-001 + BL-002", span("12", "24")),  # 2+10 .. 4+20
        ("BL-001 - BL-002", span("-18", "-6")),  # 2-20 .. 4-10
        ("BL-001 * BL-002", span("20", "80")),  # 2*10 .. 4*20
        ("BL-002 / BL-001", span("5/2", "10")),  # 10/4 .. 20/2
        ("-BL-001", span("-4", "-2")),
        ("sum(BL-001, BL-002, 1)", span("13", "25")),
        ("mean(BL-001, BL-002)", span("6", "12")),  # (2+10)/2 .. (4+20)/2
        ("min(BL-001, 3)", span("2", "3")),
        ("max(BL-001, 3)", span("3", "4")),
        ("interval(BL-001, BL-002)", span("2", "20")),
        ("(BL_001 - 3) * 2", span("-2", "2")),
        ("0.1 + 0.2", span("3/10")),  # exact, unlike binary floating point
    ],
)
def test_formula_has_the_hand_worked_interval(formula: str, expected: Interval):
    assert evaluate(formula, {"BL-001": span("2", "4"), "BL-002": span("10", "20")}) == expected


@pytest.mark.parametrize(
    "formula",
    ["2 ** 9", "__import__('os')", "open('x')", "BL-001.value", "[1]", "1 if 1 else 2", "sum()", "'a'",
     "True", "1 < 2", "lambda: 1", "sum(*BL-001)", "mean(BL-001, x=1)", "1 // 2", "1 +", "interval(1)", ""],
)  # fmt: skip
def test_anything_but_arithmetic_is_refused(formula: str):
    with pytest.raises(AnalysisError):
        evaluate(formula, {"BL-001": span("1")})


def test_an_unknown_id_is_named():
    with pytest.raises(AnalysisError, match="BL-999"):
        evaluate("BL-999 + 1", {})


def test_division_by_an_interval_with_zero_names_the_rule():
    with pytest.raises(AnalysisError, match=r"AR-01.*contains 0"):
        audit(ledger(EX_001=("-1", "1")), [rule(compare("1 / EX-001", "equals", "1"))])


@pytest.mark.parametrize(
    ("left", "relation", "right", "expected"),
    [
        (span("1", "2"), Relation.EQUALS, span("2", "3"), True),  # 2 is in both
        (span("1", "2"), Relation.EQUALS, span("2.1", "3"), False),
        (span("1", "2"), Relation.BETWEEN, span("0", "1.5"), True),
        (span("1", "2"), Relation.OVERLAPS, span("3", "4"), False),
        (span("3", "5"), Relation.AT_MOST, span("2", "3"), True),  # 3 <= 3
        (span("3", "5"), Relation.AT_MOST, span("1", "2"), False),
        (span("1", "3"), Relation.AT_LEAST, span("3", "9"), True),
        (span("1", "3"), Relation.AT_LEAST, span("4", "9"), False),
        (span("3", "5"), Relation.LESS, span("1", "3"), False),  # 3 < 3 is false
        (span("3", "5"), Relation.LESS, span("1", "4"), True),  # 3 < 4
        (span("1", "3"), Relation.GREATER, span("3", "4"), False),
        (span("1", "5"), Relation.GREATER, span("3", "4"), True),
    ],
)
def test_a_relation_holds_when_some_pair_of_values_satisfies_it(
    left: Interval, relation: Relation, right: Interval, expected: bool
):
    assert holds(left, relation, right) is expected


def test_whole_asks_for_an_integer_inside_the_interval():
    assert holds(span("1.5", "2.5"), Relation.WHOLE)
    assert holds(span("2"), Relation.WHOLE)
    assert not holds(span("2.1", "2.9"), Relation.WHOLE)


def test_an_interval_has_its_ends_in_order():
    with pytest.raises(AnalysisError, match="lower end"):
        span("2", "1")


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ("consistent", "consistent"),
        ("consistent consistent", "consistent"),
        ("inconsistent inconsistent", "inconsistent"),
        ("not_determinable", "not_determinable"),
        ("consistent inconsistent", "depends_on_reading"),
        ("inconsistent not_determinable", "depends_on_reading"),
        ("consistent not_determinable", "depends_on_reading"),
    ],
)
def test_readings_that_disagree_make_the_verdict_depend_on_them(verdicts: str, expected: str):
    assert combine([Verdict(one) for one in verdicts.split()]) is Verdict(expected)


def test_a_rule_without_readings_has_no_verdict():
    with pytest.raises(AnalysisError):
        combine([])


def test_a_missing_input_is_not_determinable_and_shows_no_number():
    (finding,) = audit(ledger(), [rule(MISSING)])
    assert finding.verdict is Verdict.NOT_DETERMINABLE
    assert (finding.recomputed_lower, finding.recomputed_upper) == (None, None)


def test_a_finding_shows_inputs_numbers_and_outcome():
    (finding,) = audit(
        ledger(EX_001=("2", "3"), EX_002=("4", "4")), [rule(compare("EX-001 * 2", "less", "EX-002"))]
    )
    assert finding.inputs == ("EX-001", "EX-002")
    assert (finding.recomputed_lower, finding.recomputed_upper) == (4.0, 6.0)
    assert finding.formula == "EX-001 * 2 < EX-002"
    assert finding.arithmetic == "[2, 3] * 2 = [4, 6] < 4 → inconsistent"


def test_a_number_that_does_not_end_is_marked_as_rounded():
    (finding,) = audit(ledger(EX_001=("3", "3")), [rule(compare("2 / EX-001", "less", "1"))])
    assert finding.arithmetic == "2 / 3 = ≈0.666667 < 1 → consistent"


def test_a_reference_rule_gives_its_own_verdict_and_both_words():
    reference = Rule.model_validate({
        "id": "AR-02", "kind": "reference", "claim": WORDS, "stated": "x", "found": "720", "expected": "120",
        "verdict": "inconsistent", "reason": WORDS, "question": WORDS, "lines": [1], "how_found": WORDS,
    })  # fmt: skip
    (finding,) = audit(ledger(), [reference])
    assert finding.verdict is Verdict.INCONSISTENT
    assert "720" in finding.arithmetic and "120" in finding.arithmetic


numbers = st.fractions(min_value=-50, max_value=50, max_denominator=20)
widths = st.fractions(min_value=0, max_value=10, max_denominator=20)
FORMULAS = ["EX-001 + EX-002", "EX-001 - EX-002", "EX-001 * EX-002", "EX-001 / (EX-002 * EX-002 + 9999)",
            "mean(EX-001, EX-002)", "max(EX-001, EX-002)", "min(EX-001, -EX-002)",
            "sum(EX-001, EX-002) * EX-001"]  # fmt: skip


intervals = st.builds(lambda low, width: Interval(low, low + width), numbers, widths)
shares = st.fractions(0, 1)


@given(
    intervals,
    intervals,
    st.tuples(widths, widths),
    st.sampled_from(FORMULAS),
    st.sampled_from(list(Relation)),
)
def test_widening_an_input_never_turns_consistent_into_inconsistent(
    first: Interval, second: Interval, margin: tuple[Fraction, Fraction], formula: str, relation: Relation
):
    narrow = {"EX-001": first, "EX-002": second}
    wide = narrow | {"EX-001": Interval(first.low - margin[0], first.high + margin[1])}
    stated = span("2", "3")
    if holds(evaluate(formula, narrow), relation, stated):
        assert holds(evaluate(formula, wide), relation, stated)


@given(intervals, intervals, shares, shares, st.sampled_from(FORMULAS))
def test_the_interval_of_a_formula_holds_the_value_of_any_point_inside(
    first: Interval, second: Interval, here: Fraction, there: Fraction, formula: str
):
    one = first.low + here * (first.high - first.low)
    two = second.low + there * (second.high - second.low)
    point = evaluate(formula, {"EX-001": Interval(one, one), "EX-002": Interval(two, two)})
    around = evaluate(formula, {"EX-001": first, "EX-002": second})
    assert around.low <= point.low and point.high <= around.high
