"""The example's judgement: invented throughout, without a problem, and following the rules that it shows."""

from datetime import date
from pathlib import Path

import pytest

from evaluation.judgement.contribution import chain_problems, judge_chain, load_chains
from evaluation.judgement.recommendations import follow_up
from evaluation.judgement.store import (
    accepted_conclusions,
    accepted_findings,
    accepted_recommendations,
    load_judgement,
)
from evaluation.judgement.triangulation import single_source_findings
from evaluation.strategy.frame import load_criteria
from evaluation.strategy.plan import load_plan

FOLDER = Path(__file__).resolve().parents[2] / "data_raw" / "example" / "judgement" / "interim-2026"


@pytest.fixture(scope="module")
def judgement():
    return load_judgement(FOLDER)


def test_it_has_what_a_report_needs(judgement):
    assert len(accepted_findings(judgement, synthetic=True)) == 12
    assert len(accepted_conclusions(judgement, synthetic=True)) == 6
    assert len(accepted_recommendations(judgement, synthetic=True)) == 6
    assert len(judgement.responses) == 4


def test_nothing_of_it_enters_a_real_report(judgement):
    assert accepted_findings(judgement, synthetic=False) == ()
    assert accepted_conclusions(judgement, synthetic=False) == ()
    assert accepted_recommendations(judgement, synthetic=False) == ()
    assert {one.evaluator for one in judgement.declarations} == {"evaluator fictiv"}
    assert all(one.synthetic for one in judgement.responses)


def test_every_criterion_in_use_is_concluded(judgement):
    asked = {one.id for one in load_criteria() if one.state != "left_out"}
    assert {one.criterion for one in judgement.conclusions} == asked


def test_findings_on_one_source_carry_the_flag(judgement):
    flagged = single_source_findings(judgement, synthetic=True)
    assert flagged == ("F-01", "F-03", "F-04", "F-05", "F-06", "F-07", "F-08", "F-09", "F-10")


def test_the_recommendations_of_2026_are_followed_to_the_end_of_2028(judgement):
    followed = follow_up(judgement.recommendations, judgement.responses, on=date(2028, 12, 31))
    assert {one.recommendation.id: one.outcome.value for one in followed} == {
        "R-01": "overdue",
        "R-02": "done",
        "R-03": "unanswered",
        "R-04": "overdue",
        "R-05": "refused",
        "R-06": "unanswered",
    }


def test_each_general_objective_has_a_chain_without_a_problem(judgement):
    chains = load_chains(FOLDER / "chains.yaml")
    sources = {one.id: one.source_group for one in judgement.evidence}
    objectives = [one.code for one in load_plan().general]
    assert chain_problems(chains, objectives=objectives, source_of=sources) == []
    assert {one.objective: judge_chain(one, sources).weakest for one in chains} == {
        "1": "impact",
        "2": "outcome",
        "3": "output",
        "4": "outcome",
        "5": "output",
    }


def test_the_delivery_of_an_objective_is_not_told_by_the_share_of_the_whole_plan(judgement):
    rows = {one.id: one.row for one in judgement.evidence if one.row}
    states = [
        (chain.objective, rows[piece].group, rows[piece].level)
        for chain in load_chains(FOLDER / "chains.yaml")
        for link in chain.links[:1]
        for piece in link.evidence
        if rows[piece].result == "monitoring_states"
    ]
    assert {one for one, _, _ in states} == {"1", "2", "3", "5"}
    assert all(group == "general_objective" and level == objective for objective, group, level in states)
