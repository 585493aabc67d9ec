"""Chapters whose data are not there give way to a page that says so."""

import json
from dataclasses import replace

import pytest

from evaluation.core.project import find_project
from evaluation.reporting.chapters import find_chapters, plan_runs
from evaluation.strategy.frame import get_assessment
from tests.report.conftest import ROOT

PROJECT = find_project(ROOT)
INTERIM = "interim-2026"
NEEDING = {
    "training": ("training", "annex_training_validity"),
    "feedback": ("feedback", "annex_feedback_validation"),
    f"judgement/{INTERIM}/findings.yaml": ("summary", "findings", "conclusions", "recommendations"),
}
NAMES = tuple(name for names in NEEDING.values() for name in names)


def make(path):
    """A folder of data, or a file of the judgement."""
    (path.parent if path.suffix else path).mkdir(parents=True, exist_ok=True)
    if path.suffix:
        path.write_text("", encoding="utf-8")


def find(project, names=NAMES):
    return find_chapters(project, names, assessment=INTERIM)


def test_with_data_the_chapter_itself_is_run():
    assert all("absent" not in path.parts for path in find(PROJECT).values())


@pytest.mark.parametrize("there", [(), *((one,) for one in NEEDING), tuple(NEEDING)])
def test_without_data_its_stand_in_is_run(tmp_path, there):
    for name in there:
        make(tmp_path / name)
    found = find(replace(PROJECT, data=tmp_path), ("context", *NAMES))
    expected = [name for folder in there for name in NEEDING[folder]]
    assert sorted(name for name in NAMES if "absent" not in found[name].parts) == sorted(expected)
    assert "absent" not in found["context"].parts
    assert all(path.is_file() for path in found.values())


def test_the_judgement_of_another_assessment_does_not_count(tmp_path):
    make(tmp_path / "judgement" / "final-2028" / "findings.yaml")
    found = find(replace(PROJECT, data=tmp_path))
    assert "absent" in found["findings"].parts


def test_a_judgement_that_has_only_a_plan_of_analysis_has_no_findings_yet(tmp_path):
    make(tmp_path / "judgement" / INTERIM / "analysis_plan.yaml")
    assert "absent" in find(replace(PROJECT, data=tmp_path))["findings"].parts


def test_chapters_that_judge_run_after_all_others():
    runs = plan_runs(get_assessment(INTERIM), PROJECT)
    judging = {run.id for run in runs if run.judges}
    assert judging >= {"summary", "findings", "conclusions", "recommendations"}
    assert judging.isdisjoint({"object", "context", "training", "annex_measures"})


def test_every_chapter_that_needs_data_has_a_stand_in():
    needing = [
        path
        for path in PROJECT.notebooks.glob("*.ipynb")
        if "needs" in json.loads(path.read_text(encoding="utf-8"))["metadata"].get("kit", {})
    ]
    assert len(needing) >= len(NAMES)
    assert all((PROJECT.notebooks / "absent" / path.name).is_file() for path in needing)
