"""Facts of a grade come from the register: the least n, the widest interval, the worst quality."""

import math

import pytest

from evaluation.core.errors import JudgementError
from evaluation.judgement.facts import (
    check_evidence,
    claims_above_grade,
    gather_facts,
    grade_finding,
    index_register,
)
from evaluation.judgement.grades import Grade
from evaluation.judgement.store import read_judgement
from tests.judgement.cases import BOTH, finding, judgement_files, piece, record, write_judgement

REGISTER = index_register(
    [
        record("a.1.estimate", n=120, ci_low=0.40, ci_high=0.60),
        record("a.2.estimate", n=300, ci_low=0.45, ci_high=0.55),
        record("a.3.estimate", quantity="count", n=4),
        record("q.1.estimate", value=0.75),
        record("q.2.estimate", value=0.9),
    ]
)
CHANGE = {"value": 0.05, "reason": BOTH}


def read(tmp_path, **given):
    lists = judgement_files()
    lists["evidence"] = [
        piece("EV-1", "a.1.estimate", quality={"reliability": "q.1.estimate", "answered": "q.2.estimate"}),
        piece("EV-2", "a.2.estimate", source="feedback"),
        piece("EV-3", "a.3.estimate", row={"result": "a", "measure": "m", "quantity": "count"}),
    ]
    lists["findings"] = [finding(**given)]
    return read_judgement(write_judgement(tmp_path, lists))


def test_the_chain_is_as_good_as_its_weakest_piece(tmp_path):
    judgement = read(tmp_path, evidence=["EV-1", "EV-2"], meaningful_change=CHANGE)
    facts = gather_facts(judgement.finding("F-1"), judgement, REGISTER)
    assert (facts.sources, facts.n, facts.reliability) == (2, 120, 0.75)
    assert facts.half_width == pytest.approx(0.10)
    assert facts.missing_share == pytest.approx(0.10)


def test_a_full_count_has_no_sample(tmp_path):
    judgement = read(tmp_path, evidence=["EV-3"])
    assert gather_facts(judgement.finding("F-1"), judgement, REGISTER).n is None


def test_a_hidden_number_is_no_base(tmp_path):
    judgement = read(tmp_path)
    hidden = index_register([record("a.1.estimate", status="suppressed", value=None)])
    with pytest.raises(JudgementError, match="no number of its evidence was released"):
        gather_facts(judgement.finding("F-1"), judgement, hidden)


def test_the_grade_that_stands_is_the_lower_and_one_source_is_flagged(tmp_path):
    judgement = read(tmp_path, judged={"grade": "strong", "reason": BOTH})
    graded = grade_finding(judgement.finding("F-1"), judgement, REGISTER, marked=False)
    assert (graded.computed.grade, graded.judged, graded.final) == (Grade.WEAK, Grade.STRONG, Grade.WEAK)
    assert graded.single_source


def test_wording_is_held_to_the_grade_that_stands(tmp_path):
    causal = {"ro": "Programul a redus traficul.", "en": "The programme led to a fall."}
    judgement = read(tmp_path, statement=causal, judged={"grade": "strong", "reason": BOTH})
    found = claims_above_grade(judgement, REGISTER, marked=False)
    assert [(one, language, place.phrase) for one, language, place in found] == [
        ("F-1", "ro", "a redus"),
        ("F-1", "en", "led to"),
    ]


def test_a_pointer_that_left_its_row_is_named(tmp_path):
    judgement = read(tmp_path)
    moved = index_register([record("a.1.estimate", period="2025"), record("a.3.estimate", quantity="count")])
    problems = check_evidence(judgement, moved)
    assert "EV-1: a.1.estimate is another row now (period); correct the pointer." in problems
    assert any(line.startswith("EV-2: a.2.estimate is not in the register") for line in problems)
    assert any(line.startswith("EV-1: q.1.estimate is not in the register") for line in problems)
    unnamed = ["q.1.estimate", "q.2.estimate"]
    assert check_evidence(judgement, REGISTER) == [
        f"EV-1: the quality {one} is no piece of evidence with its row; add it as one." for one in unnamed
    ]


def test_a_conclusion_is_held_to_the_lowest_grade_that_stands(tmp_path):
    causal = {"ro": "Programul a redus traficul.", "en": "The programme led to a fall."}
    lists = judgement_files()
    lists["findings"] = [finding(judged={"grade": "strong", "reason": BOTH})]
    lists["conclusions"][0]["text"] = causal
    judgement = read_judgement(write_judgement(tmp_path, lists))
    found = claims_above_grade(judgement, REGISTER, marked=False)
    assert [(one, language, place.phrase) for one, language, place in found] == [
        ("C-1", "ro", "a redus"),
        ("C-1", "en", "led to"),
    ]


def test_an_interval_that_is_open_on_a_side_is_not_precise(tmp_path):
    judgement = read(tmp_path, meaningful_change=CHANGE)
    open_above = index_register([*REGISTER.values(), record("a.1.estimate", n=120, ci_low=0.4, ci_high=None)])
    facts = gather_facts(judgement.finding("F-1"), judgement, open_above)
    assert facts.half_width == math.inf


def test_an_exhibit_must_be_in_the_run(tmp_path):
    lists = judgement_files()
    lists["evidence"] = [{"id": "EV-1", "kind": "exhibit", "source_group": "text", "exhibit": "audit_counts"}]
    judgement = read_judgement(write_judgement(tmp_path, lists))
    shown = index_register([record("a.1.estimate", shown=[{"exhibit": "audit_counts"}])])
    assert check_evidence(judgement, shown) == []
    assert check_evidence(judgement, REGISTER) == [
        "EV-1: the exhibit audit_counts is not in this run; point to one that is."
    ]
