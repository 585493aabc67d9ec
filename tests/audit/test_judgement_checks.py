"""Checks that need chapters of judgement: a small report meets each, one change breaks it, with a pointer."""

import pytest

from evaluation.audit.catalogue import load_catalogue
from evaluation.audit.run import FUNCTIONS

CHECKS = (
    "S08",
    "S09",
    "S10",
    "S11",
    "S13",
    "S16",
    "M01",
    "M04",
    "M06",
    "F02",
    "F04",
    "F05",
    "F06",
    "C01",
    "R01",
    "G01",
)
BROKEN = [
    ("S08", "<h2>Findings</h2>", "<h2>Other</h2>", "not_told"),
    ("S09", '"recommendations"><h1 id="recommendations">11 Recommendations', '"x"><h1 id="x">11 Other', "chapter_missing"),
    ("S10", "Annex A Terms of reference", "Annex A Text", "annex_missing"),
    ("S11", "Annex B Evaluation matrix", "Annex B Text", "annex_missing"),
    ("S13", "Annex E The instruments", "Annex E Text", "annex_missing"),
    ("S16", "Annex G Management response form", "Annex G Form", "annex_missing"),
    ("M01", "yes: all; partly: half; no: fewer", "", "cell_empty"),
    ("M01", "Judgement criterion", "Remarks", "column_missing"),
    ("M04", "reports not verified", "", "cell_empty"),
    ("M06", "a" * 64, "b" * 64, "not_printed"),
    ("F02", "1, single source", "1", "too_few_sources"),
    ("F02", "returns; training", "returns", "too_few_sources"),
    ("F04", "The number of trained people rose", "The training reduced the number of victims", "above_grade"),
    ("F04", "weak", "", "cell_empty"),
    ("F05", "none found, searched in returns", "", "cell_empty"),
    ("F06", "too few by sex", "–", "cell_empty"),
    ("C01", "F1; F2", "F9", "no_findings"),
    ("R01", "C0, C1", "C99", "no_conclusions"),
    ("R01", "2027-06-30", "", "cell_empty"),
    ("G01", "<p>Gender equality and human rights are dealt with.</p>", "<p>Human rights.</p>", "not_told"),
]  # fmt: skip


def found(run, name):
    return FUNCTIONS[name](run, load_catalogue().check(name))


@pytest.mark.parametrize("name", CHECKS)
def test_the_small_report_meets_the_check(small_run, name):
    assert found(small_run(), name) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "problem"), BROKEN, ids=[f"{one[0]}-{n}" for n, one in enumerate(BROKEN)]
)
def test_one_change_breaks_that_check_with_a_pointer_and_no_other(small_run, name, old, new, problem):
    run = small_run(old, new)
    assert {one.problem for one in found(run, name)} == {problem}
    assert all(one.file.startswith("report.en.") and one.place for one in found(run, name))
    related = {"S11": {"M01"}, "S09": {"R01", "G01"}}.get(name, set())
    assert {other for other in CHECKS if found(run, other)} - related == {name}


def test_a_summary_of_four_pages_is_too_long(small_run):
    run = small_run()
    run.summary_pages = 4
    assert [(one.problem, one.detail) for one in found(run, "S08")] == [("too_long", "4")]


def test_a_plan_of_analysis_as_old_as_the_data_is_late(small_run):
    run = small_run()
    run.manifest["analysis_plan"]["registered_on"] = "2026-02-01"
    assert [one.problem for one in found(run, "M06")] == ["plan_late"]


def test_chapters_out_of_order_are_named(small_run):
    run = small_run('"conclusions"><h1 id="conclusions">10 Conclusions', '"x"><h1 id="x">10 Text')
    run.path.write_text(
        run.path.read_text(encoding="utf-8").replace(
            "<main>",
            '<main><section aria-labelledby="conclusions"><h1 id="conclusions">10 Conclusions</h1></section>',
        ),
        encoding="utf-8",
    )
    assert {one.problem for one in found(run, "S09")} == {"wrong_order"}


def test_a_criterion_without_conclusion_is_open_unless_it_is_said_that_it_cannot_be_assessed(small_run):
    from evaluation.strategy.frame import load_criteria

    last = load_criteria()[-1].name.en
    run = small_run(f"<td>{last}</td><td>F1; F2</td>", "<td></td><td>F1; F2</td>")
    assert [(one.problem, one.detail) for one in found(run, "C01")] == [("criterion_open", last.casefold())]
    run = small_run(
        f"<td>{last}</td><td>F1; F2</td></tr></tbody></table>",
        f"<td></td><td>F1; F2</td></tr></tbody></table><p>{last} is not assessable on these data.</p>",
    )
    assert found(run, "C01") == []


def test_a_finding_that_cites_nothing_is_named(small_run):
    run = small_run('<a href="#fig-f">Figure 1</a>', "see above")
    cites = [one for one in found(run, "F01") if one.problem == "no_evidence"]
    assert [one.detail for one in cites] == ["F2"]


def test_a_data_set_without_a_part_on_its_sample_is_named(small_run):
    run = small_run("<p>Some.</p>", "<p>Some.</p><h2>Who took part in training</h2><p>Every session was chosen; two are missing.</p><table><tr><td>1</td></tr></table>")  # fmt: skip
    run.register = {"a.1.estimate": {"sources": [{"file": "data_raw/example/training/sessions.csv"}]}}
    assert found(run, "M03") == []
    run.register["b.1.estimate"] = {"sources": [{"file": "data_raw/example/returns/2024"}]}
    assert [one.place for one in found(run, "M03")] == ["returns"]


MEANS = (
    "<tr><th>Code</th><th>Question</th><th>Judgement criterion: yes</th><th>Judgement criterion: no</th></tr>",
    "<tr><th>Code</th><th>Indicators</th><th>Sources</th><th>Method</th></tr>",
)


def matrix_in_two(code="EQ1", no="fewer"):
    asked = f"<tr><td>EQ1</td><td>Was it done?</td><td>all</td><td>{no}</td></tr>"
    means = f"<tr><td>{code}</td><td>IND-1.1.1-1</td><td>returns</td><td>count</td></tr>"
    return "".join(
        f"<table><thead>{head}</thead><tbody>{row}</tbody></table>"
        for head, row in zip(MEANS, (asked, means), strict=True)
    )


def in_two(small_run, **cells):
    first = '<h1 id="matrix">Annex B Evaluation matrix</h1>'
    run = small_run(first, f"{first}{matrix_in_two(**cells)}")
    return [(one.problem, one.detail) for one in found(run, "M01")]


def test_a_matrix_in_two_tables_is_read_question_by_question(small_run):
    assert in_two(small_run) == []


def test_a_question_without_its_means_is_named(small_run):
    lacking = in_two(small_run, code="EQ2")
    assert ("cell_empty", "EQ2, question") in lacking and ("cell_empty", "EQ2, judgement") in lacking


def test_every_level_of_a_judgement_criterion_is_looked_at(small_run):
    assert in_two(small_run, no="–") == [("cell_empty", "EQ1, Judgement criterion: no")]
