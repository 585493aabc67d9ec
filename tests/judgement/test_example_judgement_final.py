"""The example's judgement of the final assessment: invented throughout, complete, within its grades."""

import pytest

from evaluation.core.project import find_project
from evaluation.judgement.contribution import chain_problems, load_chains
from evaluation.judgement.matrix import load_matrix
from evaluation.judgement.published import compare_numbers, load_numbers
from evaluation.judgement.published_errata import load_errata
from evaluation.judgement.store import accepted_findings, load_judgement
from evaluation.strategy.frame import load_criteria
from evaluation.strategy.plan import load_plan

HOME = find_project().judgement
FOLDER = HOME / "final-2028"


@pytest.fixture(scope="module")
def judgement():
    return load_judgement(FOLDER, questions=[one.id for one in load_matrix("final-2028").rows])


def test_it_is_invented_and_enters_no_real_report(judgement):
    assert len(accepted_findings(judgement, synthetic=True)) == 10
    assert accepted_findings(judgement, synthetic=False) == ()
    assert {one.assessment for one in judgement.findings} == {"final-2028"}


def test_every_criterion_in_use_has_a_finding_and_a_conclusion(judgement):
    used = {one.id for one in load_criteria() if one.state != "left_out"}
    assert {one.criterion for one in judgement.findings} == used
    assert {one.criterion for one in judgement.conclusions} == used


def test_change_since_2024_and_the_recommendations_of_2026_are_among_the_findings(judgement):
    rows = {one.id: one.row for one in judgement.evidence if one.row}
    changes = [
        one.id
        for one in judgement.findings
        if any(piece in rows and rows[piece].period == "2024-2028" for piece in one.evidence)
    ]
    followed = [one.id for one in judgement.findings if one.question == "EQ-effectiveness-strategy-2"]
    assert (changes, followed) == (["F-05", "F-06"], ["F-04"])


def test_the_chains_cover_every_general_objective(judgement):
    sources = {one.id: one.source_group for one in judgement.evidence}
    objectives = [one.code for one in load_plan().general]
    chains = load_chains(FOLDER / "chains.yaml")
    assert chain_problems(chains, objectives=objectives, source_of=sources) == []


def test_the_planted_difference_is_one_that_the_bundled_erratum_names():
    then = load_numbers(HOME / "interim-2026" / "published")
    planted = [one for one in then if (one.measure, one.period, one.group) == ("IND-3.2.4-2", "2025", "")]
    assert [(one.value, one.result) for one in planted] == [(89.0, "monitoring_values")]
    gone = compare_numbers(planted, [])
    assert [one.explains(gone[0]) for one in load_errata(HOME / "interim-2026")] == [True]
