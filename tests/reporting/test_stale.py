"""Only a change of content makes a chapter run again."""

import os
from dataclasses import replace

import pytest

from evaluation.core.provenance import digest_file
from evaluation.reporting import stale
from evaluation.reporting.stale import cached_record, chapter_key, keep_record, library_versions, write_whole
from tests.kit.project import chapter, make_project

VERSIONS = {"pandas": "3.0"}


@pytest.fixture
def kept(tmp_path):
    """A chapter that has run, with the one file that it read."""
    project = make_project(tmp_path)
    run = chapter(project, "x = 1")
    data = project.data_raw / "secondary" / "series.csv"
    data.write_text("year,value\n2023,1451\n", encoding="utf-8")
    record = {"chapter": "plan", "reads": {project.relative(data): digest_file(data)}}
    keep_record(run, project, record, key=chapter_key(run, code="c", versions=VERSIONS, names=[]))
    return project, run, data


def is_kept(project, run, *, code: str = "c", versions: dict[str, str] = VERSIONS) -> bool:
    return (
        cached_record(run, project, key=chapter_key(run, code=code, versions=versions, names=[])) is not None
    )


def test_nothing_changed_nothing_to_do(kept):
    project, run, _ = kept
    assert is_kept(project, run)


def test_touching_a_file_is_no_change(kept):
    project, run, data = kept
    for path in (data, run.notebook):
        os.utime(path, (0, 0))
    assert is_kept(project, run)


def test_writing_the_same_bytes_again_is_no_change(kept):
    project, run, data = kept
    data.write_bytes(data.read_bytes())
    assert is_kept(project, run)


def test_one_byte_of_a_file_that_was_read_is_a_change(kept):
    project, run, data = kept
    data.write_bytes(data.read_bytes().replace(b"1451", b"1452"))
    assert not is_kept(project, run)


def test_a_file_that_was_read_and_is_gone_is_a_change(kept):
    project, run, data = kept
    data.unlink()
    assert not is_kept(project, run)


def test_a_file_that_was_not_read_is_no_change(kept):
    project, run, data = kept
    data.with_name("other.csv").write_text("new", encoding="utf-8")
    assert is_kept(project, run)


def test_one_byte_of_the_notebook_is_a_change(kept):
    project, run, _ = kept
    run.notebook.write_text(run.notebook.read_text(encoding="utf-8") + " ", encoding="utf-8")
    assert not is_kept(project, run)


@pytest.mark.parametrize("other", [{"language": "ro"}, {"assessment": "final-2028"}])
def test_another_parameter_is_a_change(kept, other):
    project, run, _ = kept
    assert not is_kept(project, replace(run, **other))


def test_other_code_or_another_library_is_a_change(kept):
    project, run, _ = kept
    assert not is_kept(project, run, code="d")
    assert not is_kept(project, run, versions={"pandas": "3.1"})


def test_a_parameter_alone_changes_the_key(kept):
    _, run, _ = kept
    keys = {
        chapter_key(one, code="c", versions=VERSIONS, names=[]) for one in (run, replace(run, language="ro"))
    }
    assert len(keys) == 2


@pytest.mark.parametrize("broken", [b"", b"{", b"\xff\xfe"])
def test_a_broken_memory_is_no_memory(kept, broken):
    project, run, _ = kept
    for path in (project.outputs / ".cache").iterdir():
        path.write_bytes(broken)
    assert not is_kept(project, run)


def test_data_elsewhere_count_by_their_content(kept, tmp_path):
    project, run, data = kept
    far = tmp_path / "far" / "secondary"
    far.mkdir(parents=True)
    (far / "series.csv").write_bytes(data.read_bytes())
    moved = replace(project, data=far.parent)
    assert is_kept(moved, run)
    (far / "series.csv").write_bytes(b"other")
    assert not is_kept(moved, run)


def test_a_file_is_replaced_whole_and_leaves_no_draft(tmp_path):
    path = tmp_path / "a.json"
    path.write_bytes(b"old")
    write_whole(path, b"new")
    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("a.json", b"new")]


def test_python_counts_among_the_libraries():
    assert "python" in library_versions()
    assert "pandas" in library_versions()


def test_a_questionnaire_that_changes_makes_every_chapter_stale(monkeypatch, tmp_path):
    key = tmp_path / "training_police" / "key.yaml"
    key.parent.mkdir()
    monkeypatch.setattr(stale, "questionnaires", lambda: tmp_path)
    digests = set()
    for text in ("a: 1", "a: 2"):
        key.write_text(text, encoding="utf-8")
        digests.add((stale.code_digest(), stale.page_digest()))
    assert len({code for code, _ in digests}) == 2
    assert len({page for _, page in digests}) == 2


def test_the_rules_of_intake_are_read_for_all_chapters_and_count_for_each(monkeypatch, tmp_path):
    rules = tmp_path / "intake" / "headings.yaml"
    rules.parent.mkdir()
    monkeypatch.setattr(stale, "PACKAGE", tmp_path)
    digests = set()
    for text in ("a: 1", "a: 2"):
        rules.write_text(text, encoding="utf-8")
        digests.add(stale.code_digest())
    assert len(digests) == 2
