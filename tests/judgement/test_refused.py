"""Analyses that are not made: each with a reason, and with questions that the matrix asks."""

from pathlib import Path

import pytest

from evaluation.core.errors import JudgementError
from evaluation.core.project import Project
from evaluation.disclosure.policy import load_policies
from evaluation.disclosure.release import release
from evaluation.judgement.refused import REFUSED, list_refused, load_refused

PROJECT = Project(Path(__file__).resolve().parents[2])


def test_a_question_that_the_matrix_does_not_have_is_refused(tmp_path: Path):
    text = REFUSED.read_text(encoding="utf-8").replace("EQ-efficiency-3-1", "EQ-efficiency-9-9")
    (tmp_path / "refused.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(JudgementError, match=r"RA02.*EQ-efficiency-9-9"):
        load_refused(tmp_path / "refused.yaml")


def test_a_question_of_the_final_assessment_is_not_named_in_the_interim_one():
    def questions(assessment: str) -> str:
        texts = list_refused(PROJECT, assessment).texts
        return str(texts.set_index("id").loc["RA01", "questions"])

    assert questions("interim-2026") == "EQ-impact-strategy-1"
    assert questions("final-2028") == "EQ-impact-strategy-1, EQ-impact-strategy-2"


def test_the_list_passes_the_gate_as_published_text():
    released = release(list_refused(PROJECT, "interim-2026"), load_policies()["published_source"])
    assert released.texts is not None and len(released.texts) == len(load_refused().refused)
