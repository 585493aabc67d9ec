"""Chapters that judge get the register of the build, or that of the newest sealed report."""

import json

import pytest

from evaluation.core.errors import ReportError
from evaluation.core.project import Project
from evaluation.reporting import run_register
from evaluation.reporting.run_register import digest_given, give_register, load_run_register


@pytest.fixture(autouse=True)
def nothing_given(monkeypatch):
    monkeypatch.setattr(run_register, "_given", {})


def sealed(root, name, records, *, at="2026-12-01T08:00:00+00:00"):
    folder = root / "outputs" / "interim-2026" / name
    folder.mkdir(parents=True)
    (folder / "register.json").write_text(json.dumps(records), encoding="utf-8")
    (folder / "manifest.json").write_text(json.dumps({"built_at": at}), encoding="utf-8")


def test_what_the_build_gives_comes_first(tmp_path):
    sealed(tmp_path, "20261201-a", [{"id": "old"}])
    give_register("interim-2026", [{"id": "new"}])
    assert load_run_register(Project(tmp_path), "interim-2026") == [{"id": "new"}]


def test_a_notebook_opened_by_hand_reads_the_newest_report(tmp_path):
    sealed(tmp_path, "20261201-f", [{"id": "old"}])
    sealed(tmp_path, "20261201-a", [{"id": "newer"}], at="2026-12-01T17:00:00+00:00")
    assert load_run_register(Project(tmp_path), "interim-2026") == [{"id": "newer"}]


def test_without_a_report_the_remedy_is_told(tmp_path):
    with pytest.raises(ReportError, match="snitp report --assessment final-2028 once"):
        load_run_register(Project(tmp_path), "final-2028")


def test_another_number_in_any_register_is_another_digest():
    give_register("final-2028", [{"id": "a", "value": 1.0}])
    before = digest_given()
    give_register("interim-2026", [{"id": "a", "value": 1.0}])
    both = digest_given()
    give_register("interim-2026", [{"id": "a", "value": 1.5}])
    assert len({before, both, digest_given()}) == 3
