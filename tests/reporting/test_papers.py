"""Papers for those who commission: numbers from the register, four pages at most, the mark where data are invented."""

import io
import json
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from pypdf import PdfReader

from evaluation.core.errors import ReportError
from evaluation.judgement.matrix import load_matrix
from evaluation.judgement.store import load_judgement
from evaluation.reporting.page.pdf import build_pdf
from evaluation.reporting.papers.response import response_docx
from evaluation.reporting.papers.summary import check_length, read_run, summary_docx, summary_html
from evaluation.reporting.papers.summary_content import SealedRun, draw_summary
from evaluation.reporting.papers.terms import terms_docx

ASSESSMENT = "interim-2026"
MATRIX = load_matrix(ASSESSMENT)
FOLDER = Path(__file__).resolve().parents[2] / "data_raw" / "example" / "judgement" / ASSESSMENT


@pytest.fixture(scope="module")
def judgement():
    """One finding of the example with its conclusion and recommendation, on a register of two numbers."""
    whole = load_judgement(FOLDER)
    return replace(
        whole,
        findings=tuple(one for one in whole.findings if one.id in ("F-04", "F-12")),
        conclusions=tuple(
            one.model_copy(update={"findings": ("F-04",)}) if one.id == "C-03" else one
            for one in whole.conclusions
            if one.id in ("C-03", "C-06")
        ),
        recommendations=tuple(one for one in whole.recommendations if one.id in ("R-02", "R-03")),
    )


def record(row: int, measure: str, value: float) -> dict[str, object]:
    result = "monitoring_deliverable_counts"
    return {
        "id": f"{result}.{row}.estimate", "result": result, "row": row, "column": "estimate", "measure": measure,
        "quantity": "count", "period": "", "group": "plan", "level": "all", "value": value, "ci_low": None,
        "ci_high": None, "n": value, "status": "ok", "method": "count", "sources": [], "policy": "monitoring",
        "decision": "kept", "kit_version": "0.1.0", "synthetic": True, "shown": [],
    }  # fmt: skip


@pytest.fixture
def run():
    register = [record(4, "overdue", 24.0), record(13, "due", 1234.0)]
    return SealedRun("20270101-abc", ASSESSMENT, register, "d" * 64, synthetic=True)


def words_of(document: bytes) -> str:
    found = Document(io.BytesIO(document))
    return " ".join(
        "".join(text.text or "" for text in one.iter(qn("w:t"))) for one in found.element.body.iter(qn("w:p"))
    )


@pytest.mark.parametrize(
    ("language", "number", "grade"), [("ro", "1.234", "dovezi: slab"), ("en", "1,234", "evidence: weak")]
)
def test_numbers_come_from_the_register_as_the_language_writes_them(run, judgement, language, number, grade):
    summary = draw_summary(run, judgement, MATRIX, language=language)
    found = {one.id: one for group in summary.criteria for one in group.findings}["F-04"]
    assert " 24 " in found.text and number in found.text and grade in found.grade
    assert found.codes == (
        "monitoring_deliverable_counts.4.estimate",
        "monitoring_deliverable_counts.13.estimate",
    )
    assert all(text in summary_html(summary) for text in (found.text, found.codes[0], "20270101-abc"))


def test_a_number_that_is_not_in_the_register_stops_the_summary(run, judgement):
    with pytest.raises(ReportError, match="not in the register"):
        draw_summary(replace(run, register=run.register[:1]), judgement, MATRIX, language="ro")


def test_recommendations_stand_most_urgent_first_with_who_when_and_cost(run, judgement):
    rows = draw_summary(run, judgement, MATRIX, language="en").recommendations
    assert [one[0] for one in rows] == ["R-02", "R-03"]
    assert rows[0][2:] == (
        "C-03", "ANITP, Inter-ministerial Committee", "30 April 2027", "high", "no additional cost",
    )  # fmt: skip


def test_what_could_not_be_judged_is_told_with_the_reason(run, judgement):
    told = dict(draw_summary(run, judgement, MATRIX, language="en").unjudged)
    assert told["Sustainability"].startswith("The plan is being carried out")
    assert "EU added value" in told


def test_invented_findings_do_not_enter_the_summary_of_a_real_report(run, judgement):
    summary = draw_summary(replace(run, synthetic=False), judgement, MATRIX, language="ro")
    assert (summary.criteria, summary.recommendations, summary.mark) == ((), (), "")
    page = summary_html(summary)
    assert "Nu există încă nicio constatare acceptată." in page and "SINTETICE" not in page


def test_every_page_of_the_pdf_has_the_mark_and_there_are_at_most_four(run, judgement):
    summary = draw_summary(run, judgement, MATRIX, language="ro")
    pdf = build_pdf(summary_html(summary), date_iso=summary.date_iso, language="ro")
    pages = PdfReader(io.BytesIO(pdf)).pages
    assert 1 <= len(pages) <= 4
    assert all("DATE SINTETICE" in page.extract_text() for page in pages)
    check_length(pdf, summary)


def test_a_summary_of_more_than_four_pages_is_refused_with_what_to_shorten(run, judgement):
    summary = draw_summary(run, judgement, MATRIX, language="ro")
    group = summary.criteria[0]
    long = replace(group, findings=tuple(replace(one, text="Text lung. " * 1500) for one in group.findings))
    summary = replace(summary, criteria=(long, *summary.criteria[1:]))
    pdf = build_pdf(summary_html(summary), date_iso=summary.date_iso, language="ro")
    with pytest.raises(ReportError, match=r"pages, 4 at most; shorten the texts of F-04"):
        check_length(pdf, summary)


def test_the_word_summary_says_the_same_with_the_mark_in_its_head(run, judgement):
    summary = draw_summary(run, judgement, MATRIX, language="en")
    made = summary_docx(summary)
    text = words_of(made)
    assert all(
        one in text for one in (summary.title, summary.mark, summary.recommendations[0][1], summary.check)
    )
    assert all(one.text in text for group in summary.criteria for one in group.findings)
    head = Document(io.BytesIO(made)).sections[0].header
    assert "SYNTHETIC DATA" in head.paragraphs[0].text
    assert not list(head._element.iter(qn("w:fldSimple")))
    assert made == summary_docx(summary)


def test_a_run_that_was_changed_after_sealing_is_refused(tmp_path):
    files = {
        "manifest.json": json.dumps({"assessment": ASSESSMENT, "synthetic": True}),
        "register.json": "[]",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "SHA256SUMS").write_text(f"{'0' * 64}  register.json\n", encoding="utf-8")
    with pytest.raises(ReportError, match="changed since the report was sealed"):
        read_run(tmp_path)


@pytest.mark.parametrize("language", ["ro", "en"])
def test_the_terms_are_a_word_document_with_headings_and_cells_to_fill_in(language):
    made = terms_docx(ASSESSMENT, language=language)
    document = Document(io.BytesIO(made))
    headings = [one.text for one in document.paragraphs if one.style.name == "Heading 2"]
    assert len(headings) == 12 and headings[0].startswith("1. ")
    budget = document.tables[-1]
    assert {cell.text for row in budget.rows[1:-1] for cell in row.cells[3:]} == {""}
    assert made == terms_docx(ASSESSMENT, language=language)


def test_the_response_form_has_a_block_a_recommendation_with_what_was_answered(judgement):
    whole = load_judgement(FOLDER)
    made = response_docx(ASSESSMENT, whole.recommendations, whole.responses, language="ro")
    tables = Document(io.BytesIO(made)).tables
    assert [one.cell(0, 0).text for one in tables] == ["R-02", "R-01", "R-06", "R-04", "R-03", "R-05"]
    answered = {row.cells[0].text: row.cells[1].text for row in tables[3].rows}
    assert (answered["Acceptată"], answered["Termenul acțiunii"]) == ("în parte", "30 iunie 2028")
    empty = {row.cells[0].text: row.cells[1].text for row in tables[4].rows}
    assert empty["Acțiunea"] == "" and empty["Acceptată"].startswith("□ da")
    assert "DATE SINTETICE" in words_of(made)
