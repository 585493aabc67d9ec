"""Decisions that come back: taken whole, or refused with every problem by its cell and nothing typed quoted."""

from dataclasses import replace
from datetime import date

import pytest
from openpyxl import load_workbook

from evaluation.core.errors import JudgementError
from evaluation.judgement.drafting.read import read_decisions
from evaluation.judgement.findings import State
from evaluation.judgement.grades import Grade
from tests.judgement.drafting.decisions import (
    ACCEPT,
    EDIT,
    EXAMPLE,
    NOTE,
    REJECT,
    SECRET,
    fill,
    line_of,
    proposals_of,
    register,
    write_drafts,
)

DELIVERED, NOT_REPORTED, IMPROVED = "F-DELIVERED-O2", "F-NOT-REPORTED-O2", "F-IMPROVED-IND-1-1-1-1"
COUNT = "{number:monitoring_states.31.estimate}"


@pytest.fixture(scope="module")
def proposals():
    return proposals_of(EXAMPLE)


@pytest.fixture
def written(tmp_path, proposals):
    return write_drafts(tmp_path / "ciorne.xlsx", proposals)


def texts(ro, en):
    return {"text.ro": ro, "text.en": en}


def test_lines_without_a_decision_stay_drafts(written, proposals):
    fill(written, DELIVERED, {"reason.ro": "Neterminat."})
    read = read_decisions(written, proposals)
    assert (read.findings, read.evidence, read.recorded, read.undecided) == ((), (), 0, 3)


def test_an_accepted_draft_becomes_the_next_finding(written, proposals):
    read = read_decisions(fill(written, DELIVERED, ACCEPT | {"key": "da / yes"}), proposals)
    (finding,) = read.findings
    assert (finding.id, finding.state, finding.draft) == ("F-14", State.ACCEPTED, DELIVERED)
    assert finding.statement == next(one for one in proposals.drafts if one.id == DELIVERED).statement
    assert (finding.judged.grade, finding.judged.reason.ro) == (Grade.WEAK, "O singură sursă.")
    assert finding.contrary.none_found.en == ACCEPT["searched.en"]
    assert (finding.review.reviewer, finding.review.on, finding.review.note) == (
        "evaluator fictiv", date(2027, 2, 10), None,
    )  # fmt: skip
    assert finding.synthetic and finding.key
    assert [one.id for one in read.evidence] == ["EV-DELIVERED-O2-1", "EV-DELIVERED-O2-2"]


def test_an_edited_draft_may_cite_other_evidence_for_and_against(written, proposals):
    text = texts(f"Îndeplinite: {COUNT}.", f"Delivered: {COUNT}.")
    cells = EDIT | text | {"evidence": "EV-DELIVERED-O2-1; EV-07", "against": "EV-08", "searched.ro": None,
                           "searched.en": None}  # fmt: skip
    (finding,) = read_decisions(fill(written, DELIVERED, cells), proposals).findings
    assert (finding.state, finding.evidence) == (State.EDITED, ("EV-DELIVERED-O2-1", "EV-07"))
    assert finding.contrary.evidence == ("EV-08",)
    assert finding.statement.ro == f"Îndeplinite: {COUNT}."


def test_a_rejected_draft_keeps_its_text_and_the_reason(written, proposals):
    (finding,) = read_decisions(fill(written, IMPROVED, REJECT), proposals).findings
    assert (finding.state, finding.in_force, finding.judged) == (State.REJECTED, False, None)
    assert finding.review.on == date(2027, 2, 11)
    assert finding.review.note.en == NOTE["note.en"]


def test_several_decisions_are_numbered_in_the_order_of_the_sheet(written, proposals):
    fill(fill(written, IMPROVED, REJECT), DELIVERED, ACCEPT)
    read = read_decisions(written, proposals)
    assert [(one.id, one.draft) for one in read.findings] == [("F-14", DELIVERED), ("F-15", IMPROVED)]
    assert read.undecided == 1


def test_cedillas_of_old_keyboards_are_read_with_a_comma(written, proposals):
    reason = "Aceea\u015fi surs\u0103."
    (finding,) = read_decisions(fill(written, DELIVERED, ACCEPT | {"reason.ro": reason}), proposals).findings
    assert finding.judged.reason.ro == "Aceeași sursă."


REFUSED = [
    (ACCEPT | {"reviewer": SECRET}, "reviewer", "no declaration of independence"),
    (ACCEPT | {"reviewer": None}, "reviewer", "the decision in this line needs this cell"),
    (ACCEPT | {"on": None}, "on", "needs this cell"),
    (ACCEPT | {"on": SECRET}, "on", "not a day"),
    (ACCEPT | {"grade": None}, "grade", "needs this cell"),
    (ACCEPT | {"grade": SECRET}, "grade", "not in the list"),
    (ACCEPT | {"reason.en": None}, "reason.en", "needs this cell"),
    (ACCEPT | {"unintended.ro": None}, "unintended.ro", "needs this cell"),
    (ACCEPT | {"disaggregation.en": None}, "disaggregation.en", "needs this cell"),
    (ACCEPT | {"gender_rights.ro": None}, "gender_rights.ro", "needs this cell"),
    (ACCEPT | {"searched.ro": None, "searched.en": None}, "searched.ro", "needs this cell"),
    (ACCEPT | {"searched.en": None}, "searched.en", "missing in this language"),
    (ACCEPT | {"against": "EV-08"}, "against", "keep one of the two"),
    (ACCEPT | {"raised.ro": SECRET}, "raised.en", "missing in this language"),
    (ACCEPT | {"evidence": f"EV-DELIVERED-O2-1, {SECRET}"}, "evidence", "unknown evidence id (number 2"),
    (ACCEPT | {"evidence": None}, "evidence", "needs this cell"),
    (ACCEPT | {"decision": SECRET}, "decision", "not in the list"),
    (ACCEPT | texts(f"Altfel: {COUNT}.", f"Other: {COUNT}."), "decision", "the text or the evidence was changed"),
    (EDIT, "decision", "neither the text nor the evidence was changed"),
    (EDIT | texts(f"Altfel: {COUNT}.", f"Other: {COUNT}.") | {"note.ro": None}, "note.ro", "needs this cell"),
    (REJECT | {"note.en": None}, "note.en", "needs this cell"),
    (REJECT | {"grade": "slab / weak"}, "reason.ro", "needs this cell"),
    (EDIT | texts(f"Sunt 18, {COUNT}.", f"They are {COUNT}."), "text.ro", "a number typed into the text"),
    (EDIT | texts("Sunt multe.", f"They are {COUNT}."), "text.en", "do not ask for the same numbers"),
    (EDIT | texts("Sunt {numar:x}.", "They are."), "text.ro", "a place that is not written"),
    (EDIT | texts(*["{number:monitoring_states.11.estimate}"] * 2), "text.en", "not among the evidence cited"),
    (EDIT | texts(*["{number:monitoring_states.31.estimate|canary}"] * 2), "text.ro", "cannot be written from"),
    (EDIT | texts(f"Planul a redus cazurile: {COUNT}.", f"Cases: {COUNT}."), "text.ro", "at character 8"),
    (EDIT | texts(f"Cazuri: {COUNT}.", f"The plan led to {COUNT}."), "text.en", "states a cause"),
    (ACCEPT | {"evidence": "EV-DELIVERED-O2-1, EV-DELIVERED-O2-1"}, "evidence", "given twice"),
    (ACCEPT | {"grade": "puternic / strong", "raised.ro": "a", "raised.en": "a"}, "grade", "more steps above"),
    (ACCEPT | {"reason.ro": f'=HYPERLINK("{SECRET}")'}, "reason.ro", "a formula"),
    (ACCEPT | {"reason.ro": "=cmd|' /C calc'!A0"}, "reason.ro", "a formula"),
    (ACCEPT | {"reason.ro": "#REF!"}, "reason.ro", "not text"),
    (ACCEPT | {"reason.ro": 12}, "reason.ro", "not text"),
    (ACCEPT | {"unintended.en": "a\u2028b"}, "unintended.en", "a control character"),
    (ACCEPT | {"told.ro": SECRET}, "draft", "a locked cell of this line was changed"),
    ({"draft": SECRET}, "draft", f"put back {DELIVERED}"),
]  # fmt: skip


@pytest.mark.parametrize(("cells", "field", "problem"), REFUSED)
def test_a_wrong_cell_is_named_with_its_remedy_and_not_quoted(written, proposals, cells, field, problem):
    from evaluation.judgement.drafting.form import findings_form
    from evaluation.judgement.forms.read import cell_name

    row = line_of(written, DELIVERED)
    fill(written, DELIVERED, cells)
    with pytest.raises(JudgementError) as refused:
        read_decisions(written, proposals)
    told = str(refused.value)
    assert f"{cell_name(findings_form(), field, row)}: " in told and problem in told
    assert SECRET not in told and "canary" not in told


def test_all_problems_are_told_at_once_and_in_romanian_too(written, proposals):
    fill(fill(written, DELIVERED, ACCEPT | {"grade": None}), IMPROVED, REJECT | {"note.ro": None})
    with pytest.raises(JudgementError, match=r"corectați locurile arătate \(2\)") as refused:
        read_decisions(written, proposals, language="ro")
    rows = (line_of(written, DELIVERED), line_of(written, IMPROVED))
    assert f"K{rows[0]}: goală" in str(refused.value) and f"AB{rows[1]}: goală" in str(refused.value)


def test_a_cause_needs_rivals_which_the_workbook_does_not_hold(written, proposals):
    """Three independent sources and a strong grade would let the words pass."""
    cells = EDIT | texts(f"Planul a dus la {COUNT}.", f"Cases: {COUNT}.")
    cells |= {"evidence": "EV-DELIVERED-O2-1, EV-17, EV-15", "grade": "puternic / strong"}
    with pytest.raises(JudgementError, match="claims a cause without rival explanations"):
        read_decisions(fill(written, DELIVERED, cells), proposals)


def test_evidence_that_the_gate_hid_carries_no_finding(tmp_path):
    records = [one | ({"status": "suppressed", "value": None} if one["id"].endswith(".11.estimate") else {})
               for one in register()]  # fmt: skip
    proposals = proposals_of(EXAMPLE, records)
    path = write_drafts(tmp_path / "ciorne.xlsx", proposals)
    fill(
        path,
        DELIVERED,
        EDIT | texts("Unele se contrazic.", "Some contradict each other.") | {"evidence": "EV-08"},
    )
    with pytest.raises(JudgementError, match="no number among the evidence was released"):
        read_decisions(path, proposals)


def test_a_draft_whose_number_has_changed_since_is_not_decided(written):
    records = [one | ({"value": 19.0} if one["id"].endswith(".31.estimate") else {}) for one in register()]
    with pytest.raises(JudgementError, match="the report has changed since the draft was written"):
        read_decisions(fill(written, DELIVERED, ACCEPT), proposals_of(EXAMPLE, records))


def test_a_workbook_of_another_assessment_is_refused(written, proposals):
    with pytest.raises(JudgementError, match="belongs to another assessment, interim-2026"):
        read_decisions(written, replace(proposals, assessment="final-2028"))


def test_an_excluded_evaluator_decides_nothing(written, proposals):
    excluded = tuple(one.model_copy(update={"drafting": True}) for one in proposals.judgement.declarations)
    changed = replace(proposals, judgement=replace(proposals.judgement, declarations=excluded))
    with pytest.raises(JudgementError, match="is excluded by it"):
        read_decisions(fill(written, DELIVERED, ACCEPT), changed)


def test_a_file_that_is_no_workbook_is_refused(tmp_path, proposals):
    path = tmp_path / "ciorne.xlsx"
    path.write_text(SECRET, encoding="utf-8")
    with pytest.raises(JudgementError, match="not a workbook"):
        read_decisions(path, proposals)


def test_a_line_that_was_added_is_refused(written, proposals):
    book = load_workbook(written)
    book["Ciorne"]["A20"].value = "F-OTHER"
    book.save(written)
    with pytest.raises(JudgementError, match="A20: a line that was not in the form"):
        read_decisions(written, proposals)


def test_an_invented_evaluator_makes_an_invented_finding(tmp_path):
    proposals = proposals_of(EXAMPLE, register(synthetic=False))
    path = write_drafts(tmp_path / "ciorne.xlsx", proposals)
    (finding,) = read_decisions(fill(path, DELIVERED, ACCEPT), proposals).findings
    assert finding.synthetic
