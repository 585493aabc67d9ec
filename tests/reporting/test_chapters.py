"""Chapters whose data are not there give way to a page that says so."""

import json
from dataclasses import replace

import pytest

from evaluation.core.project import find_project
from evaluation.reporting.chapters import find_chapters
from tests.report.conftest import ROOT

PROJECT = find_project(ROOT)
NEEDING = ("training", "annex_training_validity", "feedback", "annex_feedback_validation")


def test_with_data_the_chapter_itself_is_run():
    assert all("absent" not in path.parts for path in find_chapters(PROJECT, NEEDING).values())


@pytest.mark.parametrize(
    ("there", "run"),
    [((), ()), (("training",), NEEDING[:2]), (("training", "feedback"), NEEDING)],
    ids=["none", "training", "both"],
)
def test_without_data_its_stand_in_is_run(tmp_path, there, run):
    for name in there:
        (tmp_path / name).mkdir()
    found = find_chapters(replace(PROJECT, data=tmp_path), ("context", *NEEDING))
    assert tuple(name for name in NEEDING if "absent" not in found[name].parts) == run
    assert "absent" not in found["context"].parts
    assert all(path.is_file() for path in found.values())


def test_every_chapter_that_needs_data_has_a_stand_in():
    needing = [
        path
        for path in PROJECT.notebooks.glob("*.ipynb")
        if "kit" in json.loads(path.read_text(encoding="utf-8"))["metadata"]
    ]
    assert len(needing) == len(NEEDING)
    assert all((PROJECT.notebooks / "absent" / path.name).is_file() for path in needing)
