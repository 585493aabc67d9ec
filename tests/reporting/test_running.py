"""Chapters that judge run last, on the register of the others, and again when a number of it changes."""

from dataclasses import replace

import pytest

from evaluation.reporting import run_register
from evaluation.reporting.running import run_chapters
from tests.kit.project import chapter, make_project
from tests.kit.words import use_wording

SHOWN = """
from tests.kit.released import published
from evaluation.reporting.words import say
"""
COUNTED = (
    SHOWN
    + """
rows = [{{"measure": "victims", "quantity": "count", "estimate": {count}}}]
say("said", published(rows, name="a"), language=language)
"""
)
JUDGING = (
    SHOWN
    + """
from evaluation.core.project import find_project
from evaluation.reporting.run_register import load_run_register
register = load_run_register(find_project(), assessment)
rows = [{"measure": "victims", "quantity": "count", "estimate": 2 * register[0]["value"]}]
say("said", published(rows, name="b"), language=language)
"""
)


@pytest.fixture
def project(tmp_path, monkeypatch):
    monkeypatch.setattr(run_register, "_given", {})
    use_wording(
        monkeypatch, tmp_path / "wording", {"said": {"ro": "Sunt {victims}.", "en": "There are {victims}."}}
    )
    return make_project(tmp_path / "kit")


def in_both_languages(run):
    return [replace(run, language=language) for language in ("ro", "en")]


def judging(project):
    return in_both_languages(replace(chapter(project, JUDGING, slug="findings"), judges=True))


def counting(project, count):
    return in_both_languages(chapter(project, COUNTED.format(count=count)))


def built(project, runs):
    """The values that the chapters show, in Romanian, and how many notebooks ran."""
    records, ran = run_chapters(runs, project, versions={}, progress=lambda _: None, prepare=lambda: None)
    return {one["chapter"]: one["exhibits"][0]["entries"][0]["value"] for one in records["ro"]}, ran


def test_they_run_on_the_numbers_of_the_others_and_again_when_one_changes(project):
    findings, plan = judging(project), counting(project, 21)
    assert built(project, findings + plan) == ({"findings": 42.0, "plan": 21.0}, 4)
    assert built(project, findings + plan) == ({"findings": 42.0, "plan": 21.0}, 0)
    assert built(project, findings + counting(project, 30)) == ({"findings": 60.0, "plan": 30.0}, 4)


def test_a_change_that_moves_no_number_does_not_make_them_run_again(project):
    findings = judging(project)
    built(project, findings + counting(project, 21))
    assert built(project, findings + counting(project, "21 + 0")) == ({"findings": 42.0, "plan": 21.0}, 2)


def test_the_order_is_that_of_the_report_and_not_of_the_turns(project):
    records, _ = run_chapters(
        judging(project) + counting(project, 1),
        project,
        versions={},
        progress=lambda _: None,
        prepare=lambda: None,
    )
    assert [one["chapter"] for one in records["ro"]] == ["findings", "plan"]
