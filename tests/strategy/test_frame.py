"""What stands around the plan: counts as printed, links that exist, both assessments."""

from datetime import date

import pytest

from evaluation.core.errors import StrategyError
from evaluation.strategy.frame import (
    frame_sources,
    get_assessment,
    load_assessments,
    load_expected_results,
    load_monitoring,
    load_pillars,
    load_problems,
    load_terms,
    plan_sources,
)
from evaluation.strategy.institutions import load_registry
from evaluation.strategy.plan import DefinitionStatus, Direction, Kind, load_plan

PLAN = load_plan()
SPECIFIC = {one.code for one in PLAN.specific}


def test_eight_expected_results_fifteen_problems_four_pillars_two_assessments():
    counts = [len(load()) for load in (load_expected_results, load_problems, load_pillars, load_assessments)]
    assert counts == [8, 15, 4, 2]


@pytest.mark.parametrize("load", [load_expected_results, load_problems])
def test_links_lead_to_objectives_that_exist(load):
    codes = SPECIFIC | {one.code for one in PLAN.general}
    assert {code for one in load() for code in one.objectives} <= codes


def test_pillars_lead_to_general_objectives():
    assert {code for one in load_pillars() for code in one.general_objectives} <= {
        one.code for one in PLAN.general
    }


def test_actors_of_the_monitoring_rules_are_registered_or_said_to_be_undefined():
    known = {one.id for one in load_registry().registry}
    rules = load_monitoring().rules
    assert {name for rule in rules for name in (rule.actor, *rule.other_actors, *rule.support)} <= known | {
        "undefined"
    }


def test_open_questions_name_rules_that_exist():
    monitoring = load_monitoring()
    ids = {rule.id for rule in monitoring.rules}
    assert {name for one in monitoring.questions for name in one.rules} <= ids


def test_the_interim_assessment_covers_2024_to_2026():
    interim = get_assessment("interim-2026")
    assert (interim.period_start, interim.period_end) == (date(2024, 1, 1), date(2026, 12, 31))
    assert interim.missing_plans == ()


def test_the_final_assessment_knows_which_plan_it_lacks():
    assert [one.plan for one in get_assessment("final-2028").missing_plans] == ["pna_2027_2028"]


def test_an_unknown_assessment_is_refused_with_those_that_exist():
    with pytest.raises(StrategyError, match="interim-2026 and final-2028"):
        get_assessment("interim-2025")


def test_sources_are_the_definition_files_with_their_digests():
    files = [one.file for one in (*frame_sources("problems"), *plan_sources())]
    assert files[0] == "evaluation/strategy/frame/problems.yaml"
    # objectives and one file for each of the 18 specific objectives
    assert len(files) == 1 + 1 + 18
    assert all(len(one.digest) == 64 for one in plan_sources())


@pytest.mark.parametrize(
    ("name", "classes"), [("kind", Kind), ("direction", Direction), ("definition", DefinitionStatus)]
)
def test_every_class_of_an_indicator_has_its_words(name, classes):
    assert {one.value for one in classes} <= set(load_terms()[name])
