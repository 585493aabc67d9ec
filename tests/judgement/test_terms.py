"""Terms of reference: drawn from the strategy, with nothing made up where it says nothing."""

import pytest

from evaluation.judgement.terms import draw_terms, list_budget, list_deliverables, list_terms
from evaluation.judgement.terms_words import load_terms_words
from evaluation.strategy.frame import load_monitoring


def tables(assessment):
    return {table.id: table for section in draw_terms(assessment) for table in section.tables}


@pytest.mark.parametrize("assessment", ["interim-2026", "final-2028"])
def test_no_amount_date_or_declaration_is_filled_in(assessment):
    found = tables(assessment)
    budget = found["budget"].rows
    assert all(row[3:] == (None, None, None) for row in budget[:-1]) and budget[-1][5] is None
    assert all(
        row[-1] is None for name in ("calendar", "deliverables", "declaration") for row in found[name].rows
    )


def test_the_plan_is_told_by_its_counts():
    # 5 general and 18 specific objectives, 104 measures: the strategy's own numbers
    row = tables("interim-2026")["extent"].rows[0]
    assert [cell.ro for cell in row[1:4]] == ["5", "18", "104"]


def test_the_four_conditions_of_independence_stand_there_with_their_lines():
    rows = tables("final-2028")["conditions"].rows
    assert [row[0].en for row in rows] == ["IC1", "IC2", "IC3", "IC4"]
    assert rows[3][2].en == "1174-1175"


def test_the_interim_evaluation_asks_no_question_of_the_final_one_only():
    asked = {row[1].en for row in tables("interim-2026")["questions"].rows}
    assert asked and not any("final" in one for one in asked)
    assert len(tables("final-2028")["questions"].rows) > len(asked)


def test_every_rule_named_is_a_rule_of_the_strategy():
    known = {one.id for one in load_monitoring().rules}
    assert {one for many in load_terms_words().rules.values() for one in many} <= known


def test_a_plan_that_is_not_published_is_said_to_be_so():
    scope = next(one for one in draw_terms("final-2028") if one.id == "object").paragraphs[0]
    assert "nu este publicat" in scope.ro and "is not published" in scope.en


def test_the_annex_has_a_row_a_section_and_a_row_a_budget_line():
    assert len(list_terms("interim-2026").texts) == len(load_terms_words().sections)
    assert len(list_budget().texts) == len(load_terms_words().budget)
    assert set(list_budget().texts["amount.ro"]) == {"…"} == set(list_deliverables().texts["due.en"])
