"""Triangulation: for, against, silent, and the flag of a single source."""

from evaluation.judgement.store import load_judgement
from evaluation.judgement.triangulation import single_source_findings, triangulate
from tests.judgement.cases import finding, judgement_files, piece, write_judgement

EXPECTED = {"EQ-1": ("returns", "feedback", "interviews"), "EQ-2": ("text",), "EQ-3": ("text", "ledger")}


def table(tmp_path):
    lists = judgement_files()
    lists["evidence"] += [
        piece("EV-3", "b.1.estimate", source="text"),
        piece("EV-4", "b.2.estimate", source="ledger"),
    ]
    lists["findings"] = [
        finding(contrary={"evidence": ["EV-2"]}),
        finding(id="F-2", question="EQ-3", evidence=["EV-1", "EV-3", "EV-4"]),
        finding(id="F-3", question="EQ-2", state="draft", review=None),
    ]
    read = load_judgement(write_judgement(tmp_path, lists))
    return read, {one.question: one for one in triangulate(read, EXPECTED, synthetic=False)}


def test_a_source_speaks_for_against_or_not_at_all(tmp_path):
    _, lines = table(tmp_path)
    assert lines["EQ-1"].speaks_for == ("returns",)
    assert lines["EQ-1"].against == ("feedback",)
    assert lines["EQ-1"].silent == ("interviews",)
    assert lines["EQ-1"].single_source


def test_a_question_with_a_draft_only_is_unanswered(tmp_path):
    _, lines = table(tmp_path)
    assert (lines["EQ-2"].findings, lines["EQ-2"].unanswered, lines["EQ-2"].single_source) == (
        (),
        True,
        False,
    )
    assert lines["EQ-2"].silent == ("text",)


def test_two_sources_of_one_origin_are_one_voice(tmp_path):
    read, lines = table(tmp_path)
    assert lines["EQ-3"].speaks_for == ("ledger", "returns", "text")
    assert not lines["EQ-3"].single_source
    assert single_source_findings(read, synthetic=False) == ("F-1",)
