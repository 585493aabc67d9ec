"""The project is found from any folder inside it, and prints no place of a machine."""

from pathlib import Path

import pytest

from evaluation.core import project as places
from evaluation.core.errors import ProjectError
from evaluation.core.project import Project, find_project
from tests.kit.project import make_project


@pytest.fixture(autouse=True)
def no_other_data(monkeypatch):
    monkeypatch.delenv("SNITP_DATA", raising=False)


@pytest.mark.parametrize("inside", [".", "notebooks", "data_raw/secondary"])
def test_the_project_is_found_from_inside(tmp_path, inside):
    made = make_project(tmp_path / "kit")
    assert find_project(made.root / inside).root == made.root.resolve()


def test_a_folder_with_notebooks_but_no_project_file_is_not_a_project(tmp_path, monkeypatch):
    monkeypatch.setattr(places, "PACKAGE", tmp_path / "elsewhere" / "evaluation")
    (tmp_path / "notebooks").mkdir()
    with pytest.raises(ProjectError, match="no project of the kit"):
        find_project(tmp_path)


def test_the_refusal_names_the_folder_without_its_place(tmp_path, monkeypatch):
    monkeypatch.setattr(places, "PACKAGE", tmp_path / "elsewhere" / "evaluation")
    with pytest.raises(ProjectError) as refused:
        find_project(tmp_path)
    assert str(tmp_path) not in str(refused.value)


def test_a_path_is_printed_below_the_root(tmp_path):
    made = make_project(tmp_path / "kit")
    assert made.relative(made.data_raw / "secondary" / "series.csv") == "data_raw/secondary/series.csv"


def test_a_path_outside_is_refused(tmp_path):
    made = make_project(tmp_path / "kit")
    with pytest.raises(ValueError, match="not in the subpath"):
        made.relative(tmp_path / "other.csv")


def test_data_elsewhere_are_printed_as_if_they_lay_in_their_room(tmp_path):
    other = tmp_path / "far" / "away"
    project = Project(tmp_path / "kit", other)
    assert project.relative(other / "w1" / "a.csv") == "data_raw/w1/a.csv"
    assert project.locate("data_raw/w1/a.csv") == other / "w1" / "a.csv"
    assert project.locate("notebooks/01_plan.ipynb") == Path(tmp_path / "kit" / "notebooks" / "01_plan.ipynb")


def test_the_environment_can_name_the_data_folder(tmp_path, monkeypatch):
    made = make_project(tmp_path / "kit")
    monkeypatch.setenv("SNITP_DATA", str(tmp_path / "far"))
    assert find_project(made.root).data_raw == (tmp_path / "far").resolve()
