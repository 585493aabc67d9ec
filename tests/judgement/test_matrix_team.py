"""The team's own matrix: it stands in for the kit's wherever the matrix of an assessment counts, and only there."""

from datetime import date
from pathlib import Path
from shutil import copytree

import pytest

from evaluation.core.errors import JudgementError
from evaluation.core.project import Project
from evaluation.disclosure.policy import load_policies
from evaluation.disclosure.release import release
from evaluation.judgement.analysis_plan import load_analysis_plan, load_deviations, register_plan
from evaluation.judgement.analysis_plan_state import Holding, check_analysis_plan, matrix_state, plan_states
from evaluation.judgement.judged import load_judged
from evaluation.judgement.matrix import MATRIX, digest_matrix, load_matrix, matrix_file, matrix_source
from evaluation.judgement.matrix_listing import list_left_out, list_matrix
from evaluation.judgement.matrix_rows import Matrix, Row
from evaluation.judgement.matrix_write import matrix_yaml
from evaluation.judgement.refused import list_refused
from evaluation.judgement.store import unasked_findings
from evaluation.judgement.terms import draw_terms
from evaluation.strategy.words import Text

ROOT = Path(__file__).resolve().parents[2]
ASSESSMENT = "interim-2026"
FIRST = "EQ-relevance-strategy-1"
DROPPED = "EQ-coherence-1-1"
"""A question that no yardstick depends on alone, so that the matrix stands without it."""
LEVEL = Text(ro="Un prag al echipei.", en="A level of the team.")
EMPTY = {
    "findings": "evidence: []\nfindings: []\n",
    "conclusions": "conclusions: []\n",
    "recommendations": "recommendations: []\n",
    "responses": "responses: []\n",
    "declarations": "declarations: []\n",
}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Data of their own, with a judgement in which nothing is written yet."""
    folder = tmp_path / "judgement" / ASSESSMENT
    folder.mkdir(parents=True)
    for name, text in EMPTY.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return Project(ROOT, tmp_path)


def folder_of(project: Project) -> Path:
    return project.judgement / ASSESSMENT


def with_rows(*rows: Row) -> Matrix:
    return load_matrix(ASSESSMENT).model_copy(update={"rows": rows})


def edited() -> Matrix:
    """The kit's matrix with another level of judgement in its first row."""
    rows = load_matrix(ASSESSMENT).rows
    levels = rows[0].judgement.model_copy(update={"yes": LEVEL})
    return with_rows(rows[0].model_copy(update={"judgement": levels}), *rows[1:])


def shortened(question: str = DROPPED) -> Matrix:
    return with_rows(*(one for one in load_matrix(ASSESSMENT).rows if one.id != question))


def put(project: Project, matrix: Matrix) -> Matrix:
    """The matrix as the team's file."""
    (folder_of(project) / "matrix.yaml").write_text(matrix_yaml(matrix, ASSESSMENT), encoding="utf-8")
    return matrix


def register(project: Project) -> None:
    planned = "analyses:\n  - {ro: Livrarea la termen., en: Delivery on time.}\n"
    (folder_of(project) / "planned_analyses.yaml").write_text(planned, encoding="utf-8")
    register_plan(
        folder_of(project), assessment=ASSESSMENT, by="E. Probă", on=date(2024, 7, 15),
        first_data_on=date(2024, 9, 1), synthetic=False,
    )  # fmt: skip


@pytest.mark.parametrize("assessment", ["interim-2026", "final-2028"])
def test_what_is_written_reads_back_with_the_same_digest(tmp_path: Path, assessment: str):
    kit = load_matrix(assessment)
    file = tmp_path / "matrix.yaml"
    file.write_text(matrix_yaml(kit, assessment), encoding="utf-8")
    assert load_matrix(assessment, file=file) == kit
    assert digest_matrix(load_matrix(assessment, file=file)) == digest_matrix(kit)


def test_a_matrix_with_a_gap_is_not_given_out():
    rows = (one for one in load_matrix(ASSESSMENT).rows if one.criterion != "impact")
    with pytest.raises(JudgementError, match="criterion impact is neither asked about"):
        matrix_yaml(with_rows(*rows), ASSESSMENT)


def test_a_file_of_one_assessment_answers_for_that_one_only(project: Project):
    rows = load_matrix(ASSESSMENT).rows
    put(project, with_rows(*(one.model_copy(update={"assessments": (ASSESSMENT,)}) for one in rows)))
    assert len(load_matrix(ASSESSMENT, file=matrix_file(project, ASSESSMENT)).rows) == 30
    with pytest.raises(JudgementError, match="final-2028: no question about general objective 1"):
        load_matrix("final-2028", file=matrix_file(project, ASSESSMENT))


def test_the_kits_matrix_is_in_force_until_the_team_has_its_own(project: Project):
    assert matrix_file(project, ASSESSMENT) == MATRIX
    put(project, edited())
    assert matrix_file(project, ASSESSMENT) == folder_of(project) / "matrix.yaml"
    assert matrix_file(project, "final-2028") == MATRIX


def test_the_bundled_example_uses_the_kits_matrix():
    for assessment in ("interim-2026", "final-2028"):
        assert matrix_file(Project(ROOT), assessment) == MATRIX


def test_an_edited_level_reaches_the_judgement_and_the_kits_file_stays(project: Project):
    before = MATRIX.read_bytes()
    assert load_judged(project, ASSESSMENT, []).matrix.row(FIRST).judgement.yes != LEVEL
    put(project, edited())
    assert load_judged(project, ASSESSMENT, []).matrix.row(FIRST).judgement.yes == LEVEL
    assert MATRIX.read_bytes() == before
    assert load_matrix(ASSESSMENT).row(FIRST).judgement.yes != LEVEL


def test_an_edited_level_is_printed_with_the_teams_file_as_source(project: Project):
    matrix = put(project, edited())
    origin = matrix_source(project, ASSESSMENT)
    listing = list_matrix(matrix, origin)
    assert listing.texts.set_index("id").loc[FIRST, "yes.ro"] == LEVEL.ro
    assert origin.file == f"data_raw/judgement/{ASSESSMENT}/matrix.yaml"
    assert listing.provenance.sources == (origin,)


def test_the_gate_lets_the_teams_matrix_and_the_kits_pass_as_written_judgement(project: Project):
    policies = load_policies()
    kit, kits = load_matrix(ASSESSMENT), matrix_source(project, ASSESSMENT)
    assert kits.file == "evaluation/judgement/frame/matrix.yaml"
    matrix = put(project, edited())
    own = matrix_source(project, ASSESSMENT)
    for source, asked in ((kits, kit), (own, matrix)):
        for listing in (list_matrix(asked, source), list_left_out(asked, source)):
            assert release(listing, policies["written_judgement"]).texts is not None
    assert release(list_matrix(kit, kits), policies["published_source"]).texts is not None


def test_refused_analyses_name_only_questions_that_the_team_asks(project: Project):
    def questions() -> str:
        released = release(list_refused(project, ASSESSMENT), load_policies()["written_judgement"])
        assert released.texts is not None
        return str(released.texts.set_index("id").loc["RA02", "questions"])

    assert questions() == "EQ-efficiency-strategy-1, EQ-efficiency-3-1"
    put(project, shortened("EQ-efficiency-3-1"))
    assert questions() == "EQ-efficiency-strategy-1"


def test_terms_of_reference_ask_the_teams_questions(project: Project):
    put(project, shortened())

    def asked(file: Path) -> set[str]:
        sections = draw_terms(ASSESSMENT, file=file)
        (table,) = (one for section in sections for one in section.tables if one.id == "questions")
        return {row[1].ro for row in table.rows if row[1]}

    assert asked(MATRIX) - asked(matrix_file(project, ASSESSMENT)) == {DROPPED}


def test_a_finding_on_a_question_that_was_removed_is_refused(tmp_path: Path):
    example = ROOT / "data_raw" / "example" / "judgement" / ASSESSMENT
    copytree(example, tmp_path / "judgement" / ASSESSMENT)
    project, text = Project(ROOT, tmp_path), (example / "findings.yaml").read_text(encoding="utf-8")
    assert DROPPED not in text
    moved = text.replace("question: EQ-efficiency-strategy-1", f"question: {DROPPED}")
    assert moved != text
    (folder_of(project) / "findings.yaml").write_text(moved, encoding="utf-8")
    assert unasked_findings(folder_of(project), load_matrix(ASSESSMENT)) == ()
    matrix = put(project, shortened())
    assert unasked_findings(folder_of(project), matrix) == ("F-12",)
    with pytest.raises(
        JudgementError, match=rf"F-12: the question {DROPPED} is not in the evaluation matrix"
    ):
        load_judged(project, ASSESSMENT, [])


def test_a_plan_registers_the_teams_matrix_and_a_later_edit_is_a_deviation(project: Project):
    put(project, edited())
    register(project)
    plan = load_analysis_plan(folder_of(project), assessment=ASSESSMENT)
    assert plan is not None and plan.registered["matrix"] == digest_matrix(edited())
    check_analysis_plan(folder_of(project), ASSESSMENT, synthetic=False)
    (folder_of(project) / "matrix.yaml").unlink()
    with pytest.raises(JudgementError, match=r"1 undeclared deviation\(s\): matrix"):
        check_analysis_plan(folder_of(project), ASSESSMENT, synthetic=False)


def test_an_edit_after_the_plan_is_undeclared_until_a_row_gives_its_digest(project: Project):
    register(project)
    digest = digest_matrix(put(project, edited()))
    folder = folder_of(project)
    with pytest.raises(JudgementError, match=rf"matrix \({digest}\)"):
        check_analysis_plan(folder, ASSESSMENT, synthetic=False)
    row = (
        f"deviations:\n  - {{id: DEV-1, concerns: matrix, digest: {digest}, by: E. Probă, 'on': 2026-01-01,\n"
        "     planned: {ro: a, en: a}, done: {ro: b, en: b}, why: {ro: c, en: c}}\n"
    )
    (folder / "deviations.yaml").write_text(row, encoding="utf-8")
    check_analysis_plan(folder, ASSESSMENT, synthetic=False)
    plan = load_analysis_plan(folder, assessment=ASSESSMENT)
    assert plan is not None
    states = {one.part: one for one in plan_states(folder, plan, load_deviations(folder, plan=plan))}
    assert states["matrix"].holding is Holding.DECLARED
    told = matrix_state(folder, ASSESSMENT, digest)
    assert told is not None and (told.holding, told.deviation) == (Holding.DECLARED, "DEV-1")


def test_without_a_plan_a_matrix_deviates_from_nothing(project: Project):
    assert matrix_state(folder_of(project), ASSESSMENT, "a" * 64) is None
