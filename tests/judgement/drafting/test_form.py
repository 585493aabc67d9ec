"""The workbook of drafts: one line a draft that nobody has decided, as it will read, with the rules beside it."""

from dataclasses import replace

import pytest
from openpyxl import load_workbook

from evaluation.core.errors import JudgementError
from evaluation.judgement.drafting.form import findings_form, make_findings_workbook
from tests.judgement.drafting.decisions import (
    EXAMPLE,
    fill,
    line_of,
    number,
    proposals_of,
    register,
    write_drafts,
)

DELIVERED = "F-DELIVERED-O2"


@pytest.fixture(scope="module")
def proposals():
    return proposals_of(EXAMPLE)


@pytest.fixture
def written(tmp_path, proposals):
    return write_drafts(tmp_path / "ciorne.xlsx", proposals)


def cell(path, draft, field):
    form = findings_form()
    return load_workbook(path)[form.sheet.ro].cell(line_of(path, draft), form.place(field) + 1).value


def test_every_undecided_draft_has_a_line(written):
    codes = [one.value for one in load_workbook(written)["Ciorne"]["A"][2:]]
    assert codes == [DELIVERED, "F-NOT-REPORTED-O2", "F-IMPROVED-IND-1-1-1-1"]


def test_accepted_edited_and_rejected_drafts_of_the_example_are_not_proposed_again():
    plan = {"group": "plan", "level": "all"}
    records = [
        *register(),
        number("monitoring_states.2.estimate", 104.0, measure="begun", **plan),
        number("monitoring_states.3.estimate", 72.0, measure="delivered", **plan),
        number("monitoring_deliverable_counts.4.estimate", 24.0, measure="overdue", period="", **plan),
        number("monitoring_deliverable_counts.13.estimate", 123.0, measure="due", period="", **plan),
        number("monitoring_changes.11.estimate", 1.09, measure="IND-1.1.3-3", quantity="rate_ratio",
               period="2024-2026", group="reading", level="improved", ci_low=1.07, ci_high=1.11),
    ]  # fmt: skip
    found = proposals_of(EXAMPLE, records)
    decided = {"F-DELIVERED-PLAN", "F-OVERDUE-PLAN", "F-IMPROVED-IND-1-1-3-3"}
    assert decided <= {one.id for one in found.drafts}
    assert decided.isdisjoint(one.id for one in found.undecided)


def test_a_line_shows_the_text_with_its_numbers_and_the_text_to_edit(written):
    assert cell(written, DELIVERED, "told.ro").startswith(
        "La obiectivul general 2, numărul măsurilor raportate ca îndeplinite este 18, din totalul de 24 care"
    )
    assert "is 18, of 24 that" in cell(written, DELIVERED, "told.en")
    assert "este {number:monitoring_states.31.estimate}" in cell(written, DELIVERED, "text.ro")
    assert cell(written, DELIVERED, "evidence") == "EV-DELIVERED-O2-1, EV-DELIVERED-O2-2"
    assert cell(written, DELIVERED, "question").startswith("EQ-effectiveness-strategy-1\n")
    assert cell(written, DELIVERED, "criterion") == "Eficacitate / Effectiveness"


def test_an_interval_is_told_in_both_languages(written):
    improved = "F-IMPROVED-IND-1-1-1-1"
    assert "este 1,38 (interval de încredere: de la 1,25 la 1,50)" in cell(written, improved, "told.ro")
    assert "is 1.38 (confidence interval from 1.25 to 1.50)" in cell(written, improved, "told.en")


def test_the_computed_grade_is_told_with_its_weakest_aspect(written):
    assert cell(written, DELIVERED, "computed").splitlines() == [
        "Gradul calculat: slab; cel mai slab aspect: surse independente (o singură sursă).",
        "Computed grade: weak; weakest aspect: independent sources (single source).",
    ]


def test_titles_of_the_evidence_are_words_and_not_codes(proposals):
    titles = {one.id: one.title for one in proposals.proposed}
    assert titles["EV-DELIVERED-O2-1"].ro == "măsuri raportate ca îndeplinite, la obiectivul general 2"
    assert (
        titles["EV-IMPROVED-IND-1-1-1-1-1"].en
        == "ratio of the last to the first value, indicator IND-1.1.1-1"
    )


def test_what_the_kit_wrote_is_locked_and_decisions_are_chosen_from_lists(written):
    page, form = load_workbook(written)["Ciorne"], findings_form()
    places = {field: form.place(field) + 1 for field in ("told.ro", "text.ro", "decision", "reviewer")}
    locked = {field: page.cell(3, place).protection.locked for field, place in places.items()}
    assert locked == {"told.ro": True, "text.ro": False, "decision": False, "reviewer": False}
    lists = [one for one in page.data_validations.dataValidation if one.type == "list"]
    assert len(lists) == 4


def test_the_rules_of_grades_and_of_wording_are_in_the_workbook(written):
    book = load_workbook(written)
    told = " ".join(str(one.value) for one in book["Instrucțiuni"]["B"])
    assert "trec numai de la gradul „puternic” în sus" in told
    weak = [row[2].value for row in book["Liste"].iter_rows() if row[1].value == "slab / weak"]
    assert weak[0].startswith("slab: surse independente ≥\xa01; numărul de cazuri ≥\xa010;")


def test_invented_numbers_carry_the_mark(written):
    assert "DATE SINTETICE" in [one.value for one in load_workbook(written)["Instrucțiuni"]["B"]]


def test_equal_drafts_give_equal_bytes(proposals):
    assert make_findings_workbook(proposals) == make_findings_workbook(proposals)


def test_without_a_declaration_nobody_is_asked_to_decide(proposals):
    alone = replace(proposals, judgement=replace(proposals.judgement, declarations=()))
    with pytest.raises(JudgementError, match="no evaluator has declared independence"):
        make_findings_workbook(alone)


def test_a_cell_that_was_filled_in_stands_where_the_form_says(written):
    fill(written, DELIVERED, {"note.en": "x"})
    assert load_workbook(written)["Ciorne"][f"AC{line_of(written, DELIVERED)}"].value == "x"
