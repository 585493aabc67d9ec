"""A paper says what its report says: the files of the judgement must be those that the report was built with."""

from pathlib import Path

import pytest

from evaluation.core.project import Project, find_project
from evaluation.core.provenance import digest_file
from evaluation.judgement.judged_files import changed_judgement
from evaluation.judgement.matrix import MATRIX

ASSESSMENT = "interim-2026"
ROOT = find_project(Path(__file__).resolve().parents[2]).root
HOME = f"data_raw/judgement/{ASSESSMENT}"
KIT_MATRIX = "evaluation/judgement/frame/matrix.yaml"
WRITTEN = ("findings.yaml", "conclusions.yaml", "recommendations.yaml", "declarations.yaml", "chains.yaml")


@pytest.fixture
def project(tmp_path):
    folder = tmp_path / "judgement" / ASSESSMENT
    folder.mkdir(parents=True)
    for name in (*WRITTEN, "comments.yaml", "responses.yaml"):
        (folder / name).write_text(f"# {name}\n", encoding="utf-8")
    return Project(ROOT, tmp_path)


@pytest.fixture
def inputs(project):
    """What the manifest of a report on these files says."""
    folder = project.judgement / ASSESSMENT
    return {f"{HOME}/{path.name}": digest_file(path) for path in folder.iterdir()} | {
        KIT_MATRIX: digest_file(MATRIX)
    }


def test_files_that_stayed_as_they_were_are_no_change(project, inputs):
    assert changed_judgement(inputs, project, ASSESSMENT) == ()


@pytest.mark.parametrize("name", WRITTEN)
def test_a_file_that_was_edited_or_taken_away_is_told(project, inputs, name):
    path = project.judgement / ASSESSMENT / name
    path.write_text("# other\n", encoding="utf-8")
    assert changed_judgement(inputs, project, ASSESSMENT) == (f"{HOME}/{name}",)
    path.unlink()
    assert changed_judgement(inputs, project, ASSESSMENT) == (f"{HOME}/{name}",)


def test_a_file_that_came_since_is_told(project, inputs):
    del inputs[f"{HOME}/chains.yaml"]
    assert changed_judgement(inputs, project, ASSESSMENT) == (f"{HOME}/chains.yaml",)


def test_a_matrix_of_the_team_that_came_or_went_is_told(project, inputs):
    path = project.judgement / ASSESSMENT / "matrix.yaml"
    path.write_text("# own\n", encoding="utf-8")
    assert changed_judgement(inputs, project, ASSESSMENT) == (f"{HOME}/matrix.yaml",)
    with_own = inputs | {f"{HOME}/matrix.yaml": digest_file(path)}
    assert changed_judgement(with_own, project, ASSESSMENT) == ()
    path.unlink()
    assert changed_judgement(with_own, project, ASSESSMENT) == (f"{HOME}/matrix.yaml",)


def test_another_matrix_of_the_kit_is_told(project, inputs):
    assert changed_judgement(inputs | {KIT_MATRIX: "0" * 64}, project, ASSESSMENT) == (KIT_MATRIX,)


def test_answers_and_comments_come_after_the_report(project, inputs):
    for name in ("comments.yaml", "responses.yaml"):
        (project.judgement / ASSESSMENT / name).write_text("# later\n", encoding="utf-8")
    assert changed_judgement(inputs, project, ASSESSMENT) == ()


def test_the_place_of_the_folder_of_data_does_not_matter_its_content_does(project, inputs):
    elsewhere = {name.replace("data_raw/", "data_raw/example/"): digest for name, digest in inputs.items()}
    assert changed_judgement(elsewhere, project, ASSESSMENT) == ()


def test_a_folder_of_data_without_the_judgement_of_the_report_is_told(tmp_path, inputs):
    (tmp_path / "empty").mkdir()
    found = changed_judgement(inputs, Project(ROOT, tmp_path / "empty"), ASSESSMENT)
    assert found == tuple(f"{HOME}/{name}" for name in WRITTEN)
