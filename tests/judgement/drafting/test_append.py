"""Decisions in the judgement's file: added behind what is there, once, and only when the whole still holds."""

import pytest

from evaluation.core.errors import JudgementError
from evaluation.judgement.drafting.append import append_decisions, check_appended
from evaluation.judgement.drafting.read import Decided, read_decisions
from evaluation.judgement.matrix import load_matrix
from evaluation.judgement.store import accepted_findings, load_judgement
from tests.judgement.cases import judgement_files, write_judgement
from tests.judgement.drafting.decisions import (
    ACCEPT,
    ASSESSMENT,
    EXAMPLE,
    REJECT,
    fill,
    folder_of,
    proposals_of,
    register,
    write_drafts,
)

QUESTIONS = [one.id for one in load_matrix(ASSESSMENT).rows]
DELIVERED, IMPROVED = "F-DELIVERED-O2", "F-IMPROVED-IND-1-1-1-1"


@pytest.fixture
def folder(tmp_path):
    return folder_of(tmp_path)


@pytest.fixture
def workbook(tmp_path, folder):
    path = write_drafts(tmp_path / "ciorne.xlsx", proposals_of(folder))
    return fill(fill(path, DELIVERED, ACCEPT), IMPROVED, REJECT)


def record(folder, workbook, records=None):
    """What the command does between reading the workbook and writing the file."""
    proposals = proposals_of(folder, records)
    decided = read_decisions(workbook, proposals)
    path = folder / "findings.yaml"
    text = append_decisions(path.read_bytes().decode("utf-8"), decided)
    check_appended(folder, text, decided, proposals, questions=QUESTIONS)
    path.write_bytes(text.encode("utf-8"))
    return decided


def test_what_was_there_stays_character_by_character(folder, workbook):
    before = (folder / "findings.yaml").read_text(encoding="utf-8")
    record(folder, workbook)
    after = (folder / "findings.yaml").read_text(encoding="utf-8")
    evidence, findings = before.split("findings:\n", 1)
    assert after.startswith(evidence + "  - id: EV-DELIVERED-O2-1\n")
    assert f"findings:\n{findings}  - id: F-14\n" in after


def test_the_judgement_reads_back_what_was_decided(folder, workbook):
    decided = record(folder, workbook)
    judgement = load_judgement(folder, questions=QUESTIONS)
    assert judgement.findings[-2:] == decided.findings
    assert judgement.evidence[-3:] == decided.evidence
    assert [one.id for one in decided.evidence] == [
        "EV-DELIVERED-O2-1", "EV-DELIVERED-O2-2", "EV-IMPROVED-IND-1-1-1-1-1",
    ]  # fmt: skip


def test_reading_the_same_workbook_twice_changes_nothing(folder, workbook):
    record(folder, workbook)
    once = (folder / "findings.yaml").read_bytes()
    again = record(folder, workbook)
    assert (again.findings, again.evidence, again.recorded, again.undecided) == ((), (), 2, 1)
    assert (folder / "findings.yaml").read_bytes() == once


def test_the_rest_is_decided_later_with_the_next_code(folder, workbook):
    record(folder, workbook)
    decided = record(folder, fill(workbook, "F-NOT-REPORTED-O2", ACCEPT))
    assert [one.id for one in decided.findings] == ["F-16"]


def test_a_recorded_decision_is_not_made_again_in_another_way(folder, workbook):
    record(folder, workbook)
    with pytest.raises(JudgementError, match="already decided otherwise, as F-14"):
        read_decisions(fill(workbook, DELIVERED, {"reason.en": "Another."}), proposals_of(folder))


def test_only_what_was_accepted_enters_a_report_and_nothing_invented_a_real_one(folder, workbook):
    record(folder, workbook)
    judgement = load_judgement(folder)
    printed = [one.draft for one in accepted_findings(judgement, synthetic=True)]
    assert DELIVERED in printed and IMPROVED not in printed and "F-NOT-REPORTED-O2" not in printed
    assert accepted_findings(judgement, synthetic=False) == ()


def test_a_real_finding_by_a_real_evaluator_enters_a_real_report(folder, tmp_path):
    declarations = folder / "declarations.yaml"
    real = declarations.read_text(encoding="utf-8").replace("    synthetic: true\n", "")
    declarations.write_text(real, encoding="utf-8")
    records = register(synthetic=False)
    path = write_drafts(tmp_path / "real.xlsx", proposals_of(folder, records))
    record(folder, fill(fill(path, DELIVERED, ACCEPT), IMPROVED, REJECT), records)
    assert [one.id for one in accepted_findings(load_judgement(folder), synthetic=False)] == ["F-14"]


def empty_folder(home):
    """A judgement in which nothing but the declaration is written yet."""
    lists = judgement_files()
    for name in ("evidence", "findings", "conclusions", "recommendations", "responses"):
        lists[name] = []
    return write_judgement(home, lists)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_first_findings_go_into_empty_lists(tmp_path, end):
    folder = empty_folder(tmp_path)
    text = end.join(["# Constatări", "evidence: []", "", "# Aici", "findings: []  # nimic"])
    (folder / "findings.yaml").write_bytes(text.encode("utf-8"))
    path = write_drafts(tmp_path / "ciorne.xlsx", proposals_of(folder))
    record(folder, fill(path, DELIVERED, ACCEPT | {"reviewer": "E. Probă"}))
    judgement = load_judgement(folder)
    assert [one.id for one in judgement.findings] == ["F-01"]
    assert len(judgement.evidence) == 2
    after = (folder / "findings.yaml").read_bytes().decode("utf-8")
    assert after.startswith(f"# Constatări{end}evidence:{end}  - id: EV-DELIVERED-O2-1{end}")
    assert f"{end}{end}# Aici{end}findings:  # nimic{end}  - id: F-01{end}" in after


def test_another_indentation_is_followed(tmp_path):
    lists = judgement_files()
    lists["findings"][0]["question"] = "EQ-effectiveness-strategy-1"
    folder = write_judgement(tmp_path, lists)
    path = write_drafts(tmp_path / "ciorne.xlsx", proposals_of(folder))
    record(folder, fill(path, DELIVERED, ACCEPT | {"reviewer": "E. Probă"}))
    assert "\n- id: EV-DELIVERED-O2-1\n" in (folder / "findings.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "layout",
    ["{evidence: [], findings: []}\n", "findings: []\n'evidence': []\n", "evidence: []\nfindings: []\n...\n"],
)
def test_a_layout_that_would_have_to_be_rewritten_is_refused(tmp_path, layout):
    folder = empty_folder(tmp_path)
    (folder / "findings.yaml").write_text(layout, encoding="utf-8")
    path = write_drafts(tmp_path / "ciorne.xlsx", proposals_of(folder))
    with pytest.raises(JudgementError, match="nothing can be added without changing what is there"):
        record(folder, fill(path, DELIVERED, ACCEPT | {"reviewer": "E. Probă"}))
    assert (folder / "findings.yaml").read_text(encoding="utf-8") == layout


def test_a_folder_that_would_not_hold_is_not_written(folder, workbook):
    proposals = proposals_of(folder)
    read = read_decisions(workbook, proposals)
    broken = Decided(read.findings, (), 0, 0)
    before = (folder / "findings.yaml").read_bytes()
    text = append_decisions(before.decode("utf-8"), broken)
    with pytest.raises(JudgementError, match="the evidence EV-DELIVERED-O2-1 does not exist"):
        check_appended(folder, text, broken, proposals, questions=QUESTIONS)
    assert (folder / "findings.yaml").read_bytes() == before


def test_the_example_itself_is_not_touched():
    assert len(load_judgement(EXAMPLE).findings) == 13
