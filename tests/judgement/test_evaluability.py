"""Evaluability: facts from the plan, ratings by the written rules, counts that add up."""

from dataclasses import replace
from pathlib import Path

import pytest

from evaluation.core.errors import JudgementError
from evaluation.judgement.evaluability import (
    Assessed,
    assess_evaluability,
    count_evaluability,
    list_evaluability,
    list_evaluability_reasons,
)
from evaluation.judgement.evaluability_facts import measure_facts
from evaluation.judgement.evaluability_rules import DIMENSIONS, RULES, Rating, load_evaluability_rules
from evaluation.judgement.plan_data import PlanData, load_plan_data, plan_data_sources


@pytest.fixture(scope="module")
def data() -> PlanData:
    return load_plan_data()


@pytest.fixture(scope="module")
def assessed(data: PlanData) -> dict[str, Assessed]:
    return {one.code: one for one in assess_evaluability(data)}


def ratings(one: Assessed) -> list[str]:
    return [one.rating(dimension).value for dimension in DIMENSIONS]


def test_every_objective_and_measure_is_rated_once(assessed: dict[str, Assessed]):
    units = [one.unit for one in assessed.values()]
    assert [units.count(one) for one in ("general", "specific", "measure")] == [5, 18, 104]


def test_facts_of_a_measure_as_the_plan_prints_it(data: PlanData):
    """Measure 1.2.1: three counts, one percentage with both parts, all defined; two institutions; no figure."""
    measure = next(one for one in data.plan.measures if one.code == "1.2.1")
    facts = measure_facts(measure, data)
    assert (facts["cards"], facts["outcome"], facts["product"], facts["sound"]) == (4, 1, 0, 4)
    assert (facts["responsible"], facts["named"], facts["linked"]) == (2, 2, 0)


@pytest.mark.parametrize(
    ("code", "dimension", "expected", "why"),
    [
        ("1.2.1", "logic", "EV-M1", "a percentage beside the counts"),
        ("1.1.1", "logic", "EV-M3", "counts only"),
        ("2.1.5", "logic", "EV-M2", "one document"),
        ("4.1.6", "logic", "EV-M4", "no result printed"),
        ("1.2.1", "indicator", "EV-M5", "all defined"),
        ("1.1.2", "indicator", "EV-M6", "one ambiguous of four"),
        ("2.2.7", "indicator", "EV-M7", "ambiguous and undefined only"),
        ("3.3.3", "baseline", "EV-M8", "BL-077 is linked to IND-3.3.3-4"),
        ("2.1.5", "baseline", "EV-M9", "a document"),
        ("1.5.1", "baseline", "EV-M10", "figures about 1.5, none of the indicator"),
        ("1.2.1", "baseline", "EV-M11", "no figure about 1.2"),
        ("1.1.1", "data", "EV-M12", "ANITP alone"),
        ("1.2.1", "data", "EV-M13", "IGPR and ANITP"),
        ("3.1.1", "data", "EV-M14", "the Committee's members"),
        ("3.1.1", "use", "EV-M17", "the Committee's members"),
        ("4.1.9", "use", "EV-M16", "evaluation stage 2027, plan ends in 2026"),
    ],
)
def test_rule_that_decides_on_a_measure(
    assessed: dict[str, Assessed], code: str, dimension: str, expected: str, why: str
):
    assert assessed[code].decided[dimension].id == expected, why


def test_objectives_take_figures_of_their_own_before_those_below(assessed: dict[str, Assessed]):
    """Ledger: figures of objective 1 itself; none of 5, some of 5.1; none of 4 or 4.1, and its gap names none."""
    assert [assessed[code].rating("baseline") for code in ("1", "5", "4")] == [
        Rating.YES,
        Rating.PARTLY,
        Rating.NO,
    ]


def test_objective_without_expected_result_has_no_full_logic(assessed: dict[str, Assessed]):
    assert {code: assessed[code].rating("logic").value for code in ("2.1", "2.3", "4.1")} == {
        "2.1": "partly",
        "2.3": "no",
        "4.1": "partly",
    }


def test_shares_of_an_objective_are_worked_from_its_measures(assessed: dict[str, Assessed]):
    """3.1 has five measures; three are left to the Committee's members, so 60% have nobody named."""
    facts = assessed["3.1"].facts
    assert (facts["measures"], facts["data_no"], facts["use_no"]) == (5, 60, 60)
    assert assessed["3.1"].rating("data") is Rating.NO


def test_without_links_no_measure_has_a_figure_of_its_own(data: PlanData):
    found = assess_evaluability(replace(data, linked=frozenset()))
    assert "EV-M8" not in {rule.id for one in found for rule in one.decided.values()}


def test_counts_cover_every_unit_kind_and_dimension(assessed: dict[str, Assessed]):
    rules = load_evaluability_rules()
    result = count_evaluability(tuple(assessed.values()), rules, sources=plan_data_sources())
    table = result.table
    assert len(table) == 3 * 5 * 3
    totals = table.groupby(["group", "measure"])["estimate"].sum().unstack()
    assert (totals.loc["measure"] == 104).all()
    assert (totals.loc["specific"] == 18).all()
    assert result.texts is not None and set(result.texts["rating.ro"]) == {"da", "în parte", "nu"}


def test_listing_says_what_follows_from_what_is_lacking(assessed: dict[str, Assessed]):
    rules = load_evaluability_rules()
    texts = list_evaluability(tuple(assessed.values()), rules, sources=()).texts.set_index("code")
    assert texts.loc["1.1.1", "logic.ro"] == "în parte"
    assert texts.loc["1.1.1", "consequence.en"] == (
        "Delivery is judged; the result needs another source: tests, feedback or interviews. Judgement rests on the "
        "clear indicators; the question on the card is asked about the others. The first yearly value reported is the "
        "point of departure and is called that."
    )
    reasons = list_evaluability_reasons(tuple(assessed.values()), rules, sources=()).texts
    assert len(reasons) == 127 * 5


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("id: EV-M2\n", "id: EV-M1\n", "the id EV-M1 is given twice"),
        ("    at_least: {sound: 1}\n", "", "measure, indicator: exactly the last rule must have no bounds"),
        ("rating: partly", "rating: perhaps", "rules.2.rating"),
    ],
)
def test_broken_rules_are_refused(tmp_path: Path, old: str, new: str, message: str):
    text = RULES.read_text(encoding="utf-8")
    assert old in text
    file = tmp_path / "evaluability.yaml"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(JudgementError, match=message):
        load_evaluability_rules(file)


def test_bound_on_a_fact_that_does_not_exist_is_refused(tmp_path: Path, data: PlanData):
    text = RULES.read_text(encoding="utf-8").replace("{results: 1, outcome: 1}", "{results: 1, beauty: 1}", 1)
    file = tmp_path / "evaluability.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(JudgementError, match="EV-M1: beauty is not a fact"):
        assess_evaluability(data, load_evaluability_rules(file))
