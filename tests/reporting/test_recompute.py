"""Which chapters are computed again, and where published numbers are found."""

import pytest

from evaluation.core.errors import ReportError
from evaluation.core.project import Project, find_project
from evaluation.judgement.published import CHAPTERS, NUMBERS, load_numbers, numbers_csv
from evaluation.reporting import recompute, run_register
from evaluation.strategy.frame import get_assessment


@pytest.fixture
def asked(monkeypatch):
    """The runs that would be executed; none is."""
    runs = []

    def note(chosen, project, **given):
        runs.extend(chosen)
        return {"ro": [], "en": []}, 0

    monkeypatch.setattr(recompute, "run_chapters", note)
    recompute.recompute_published(
        find_project(), "interim-2026", progress=lambda _: None, prepare=lambda: None
    )
    return runs


def test_only_the_published_chapters_run_and_in_one_language(asked):
    assert {one.id.split("-")[0] for one in asked} == set(CHAPTERS)
    assert [one.id for one in asked if one.id.startswith("progress")] == [
        f"progress-{n}" for n in range(1, 6)
    ]
    assert {(one.assessment, one.language) for one in asked} == {("interim-2026", "ro")}


def test_the_final_assessment_finds_what_the_interim_one_published(tmp_path):
    assert recompute.published_before(find_project(), "final-2028") == "interim-2026"
    assert recompute.published_before(find_project(), "interim-2026") == ""
    assert recompute.published_before(Project(find_project().root, tmp_path), "final-2028") == ""


def record(**changes):
    given = {
        "result": "monitoring_values", "row": 1, "column": "estimate", "measure": "IND-3.2.4-1", "quantity": "count",
        "period": "2025", "group": "", "level": "all", "value": 4.0, "ci_low": None, "ci_high": None, "n": None,
        "status": "ok", "policy": "monitoring_activity", "synthetic": False, "shown": [{"chapter": "progress-3"}],
    }  # fmt: skip
    return {**given, **changes}


@pytest.fixture
def real(tmp_path):
    """A project whose data are not the example's, with one published number."""
    home = tmp_path / "judgement" / "interim-2026" / "published"
    home.mkdir(parents=True)
    (home / NUMBERS).write_bytes(numbers_csv(recompute.numbers_of([record()])))
    return Project(find_project().root, tmp_path)


def test_a_real_report_stops_on_a_difference_that_nobody_explained(real):
    assert len(load_numbers(real.judgement / "interim-2026" / "published")) == 1
    recompute.check_explained(real, "interim-2026", [record()])
    with pytest.raises(ReportError, match="1 published number"):
        recompute.check_explained(real, "interim-2026", [record(value=5.0)])
    with pytest.raises(ReportError, match="1 published number"):
        recompute.check_explained(real, "interim-2026", [])


def test_what_is_computed_again_is_given_to_the_chapters_that_judge(real, monkeypatch):
    monkeypatch.setattr(run_register, "_given", {})
    monkeypatch.setattr(recompute, "recompute_published", lambda *_, **__: [record()])
    quiet = {"progress": lambda _: None, "prepare": lambda *_: None}
    recompute.give_earlier(real, get_assessment("interim-2026"), **quiet)
    assert run_register._given == {}
    recompute.give_earlier(real, get_assessment("final-2028"), **quiet)
    assert run_register.load_run_register(real, "interim-2026") == [record()]
