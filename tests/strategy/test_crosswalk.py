"""The second plan and its crosswalk: every indicator has one way from plan to plan."""

import pytest

from evaluation.core.errors import StrategyError
from evaluation.strategy.crosswalk import (
    Crosswalk,
    Relation,
    Step,
    check_crosswalk,
    load_crosswalk,
    load_plans,
    plan_of_year,
    reporting_plans,
)
from evaluation.strategy.frame import assessment_for, get_assessment
from evaluation.strategy.plan import load_plan

SECOND = "pna_2027_2028_synthetic"


def test_every_indicator_of_both_plans_has_exactly_one_step():
    check_crosswalk(load_crosswalk(SECOND), load_plan(), load_plan(SECOND))


def test_the_second_plan_says_that_it_is_synthetic_on_every_measure():
    plan = load_plan(SECOND)
    assert plan.head.synthetic
    assert all(one.action.ro.startswith("Plan sintetic") for one in plan.measures)
    assert "SYNTHETIC" in plan.head.title.en


def test_an_indicator_without_a_step_is_named():
    crosswalk = load_crosswalk(SECOND)
    shorter = crosswalk.model_copy(update={"indicators": crosswalk.indicators[1:]})
    with pytest.raises(StrategyError, match=crosswalk.indicators[0].old):
        check_crosswalk(shorter, load_plan(), load_plan(SECOND))


def test_a_changed_indicator_needs_the_reason():
    with pytest.raises(ValueError, match="changed needs a note"):
        Step(old="IND-1.1.1-1", new="IND27-1.1.1-1", relation=Relation.CHANGED)


def test_a_series_goes_on_for_continuing_and_changed_indicators_only():
    note = {"ro": "altă unitate", "en": "other unit"}
    steps = (
        Step(old="IND-1.1.1-1", new="IND27-1.1.1-1", relation=Relation.CONTINUING),
        Step(old="IND-1.1.1-2", new="IND27-1.1.1-2", relation=Relation.CHANGED, note=note),
        Step(old="IND-1.1.1-3", relation=Relation.DROPPED),
        Step(new="IND27-1.1.1-3", relation=Relation.NEW),
    )
    crosswalk = Crosswalk(from_plan="a", to_plan="b", indicators=steps)
    assert crosswalk.earlier_ids == {"IND27-1.1.1-1": "IND-1.1.1-1", "IND27-1.1.1-2": "IND-1.1.1-2"}
    assert crosswalk.changed == {"IND-1.1.1-2"}


def test_the_synthetic_plan_stands_in_for_invented_returns_only(tmp_path):
    assert [one.head.id for one in reporting_plans(synthetic=False)] == ["pna_2024_2026"]
    assert [one.head.id for one in reporting_plans(synthetic=True)] == ["pna_2024_2026", SECOND]
    real = assessment_for("final-2028", tmp_path)
    with pytest.raises(StrategyError, match="pna_2027_2028 is not published"):
        load_plans(real)


def test_a_year_has_the_plan_whose_window_holds_it():
    plans = reporting_plans(synthetic=True)
    found = [plan_of_year(plans, year) for year in (2023, 2024, 2026, 2027, 2028, 2029)]
    first, second = "pna_2024_2026", SECOND
    assert [one.head.id if one else "" for one in found] == ["", first, first, second, second, ""]


def test_one_plan_has_no_crosswalk():
    plans = load_plans(get_assessment("interim-2026"))
    assert (plans.first.head.id, plans.later, plans.crosswalk) == ("pna_2024_2026", None, None)
