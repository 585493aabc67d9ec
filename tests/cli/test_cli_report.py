"""``snitp report`` and ``verify``: what the builder is told, what is printed, and how failures end."""

from pathlib import Path

import pytest

from evaluation.core.errors import DisclosureError, ReportError
from evaluation.reporting import report as builder
from evaluation.reporting import verify as checker

CALL = ("report", "--assessment", "interim-2026")


@pytest.fixture
def built(monkeypatch, project):
    """A builder that only notes what it is told, in a project of its own."""
    monkeypatch.chdir(project)
    told = {}

    def build_report(root, assessment, *, hooks, **settings):
        told.update(settings, root=root.root, assessment=assessment)
        hooks.progress("chapter plan ro")
        hooks.progress("a new {step}")
        folder = project / "outputs" / "run"
        return builder.BuiltReport(folder, (folder / "report.ro.html", folder / "report.ro.pdf"), True, 1)

    monkeypatch.setattr(builder, "build_report", build_report)
    return told


def test_paths_from_the_working_folder_stand_on_standard_output_one_a_line(invoke, built):
    done = invoke(*CALL)
    assert (done.exit_code, done.stdout) == (0, "outputs/run/report.ro.html\noutputs/run/report.ro.pdf\n")


def test_progress_stands_on_standard_error_in_words(invoke, built):
    shown = invoke(*CALL).stderr.splitlines()
    assert shown == ["capitol gata: plan ro", "a new {step}", "Sigilat: outputs/run"]


def test_the_builder_gets_both_languages_and_all_formats_by_default(invoke, built):
    invoke(*CALL)
    assert (built["languages"], built["formats"]) == (("ro", "en"), ("html", "pdf", "docx"))
    assert (built["out"], built["force"], built["data"]) == (None, False, None)


def test_choices_are_passed_on_in_the_order_given_each_once(invoke, built):
    invoke(*CALL, "--lang", "en,ro,en", "--format", "pdf, html", "--out", "here", "--force")
    assert (built["languages"], built["formats"]) == (("en", "ro"), ("pdf", "html"))
    assert (built["out"], built["force"]) == (Path("here"), True)


def test_another_data_folder_is_passed_on(invoke, built, tmp_path):
    other = tmp_path / "other"
    (other / "secondary").mkdir(parents=True)
    invoke(*CALL, "--data", str(other))
    assert built["data"] == other


def test_a_data_folder_without_the_published_series_is_a_wrong_call(invoke, built, tmp_path):
    (tmp_path / "empty").mkdir()
    done = invoke(*CALL, "--data", str(tmp_path / "empty"), "--format", "html")
    assert (done.exit_code, done.stdout, built) == (2, "", {})


@pytest.mark.parametrize(
    ("error", "status", "sentence"),
    [
        (ReportError("chapter plan (ro), cell 3:\n  a remedy"), 1, "chapter plan (ro), cell 3: a remedy"),
        (DisclosureError("table x: refused."), 3, "table x: refused."),
        (PermissionError(13, "Permission denied", "/somewhere/outputs"), 1, "outputs: "),
        (RuntimeError("canary value"), 1, "RuntimeError"),
    ],
    ids=["falls short", "gate", "file system", "unexpected"],
)
@pytest.mark.usefixtures("built")
def test_a_failure_is_one_sentence_a_status_and_never_a_traceback(
    invoke, monkeypatch, error, status, sentence
):
    def fail(*_args, **_settings):
        raise error

    monkeypatch.setattr(builder, "build_report", fail)
    done = invoke(*CALL)
    assert (done.exit_code, done.stdout) == (status, "")
    assert len(done.stderr.splitlines()) == 1 and sentence in done.stderr
    assert "canary" not in done.stderr


def test_debug_shows_where_an_unexpected_error_arose_but_not_what_it_says(invoke, built, monkeypatch):
    def fail(*_args, **_settings):
        raise RuntimeError("canary" + " value")

    monkeypatch.setattr(builder, "build_report", fail)
    shown = invoke("--debug", *CALL).stderr
    assert "in fail\n" in shown and "RuntimeError" in shown
    assert "canary value" not in shown


def test_verify_prints_every_problem_and_ends_with_1(invoke, monkeypatch, tmp_path):
    problem = checker.Problem("report.ro.html", "changed", "restore it")
    monkeypatch.setattr(checker, "verify_run", lambda _folder: [problem])
    done = invoke("verify", str(tmp_path), "--format", "csv")
    assert (done.exit_code, done.stderr) == (1, "")
    assert done.stdout.removeprefix("\ufeff").splitlines() == [
        "file,problem,remedy",
        "report.ro.html,changed,restore it",
    ]


def test_verify_of_an_intact_report_says_so(invoke, monkeypatch, tmp_path):
    monkeypatch.setattr(checker, "verify_run", lambda _folder: [])
    done = invoke("verify", str(tmp_path), "--lang", "en")
    assert done.exit_code == 0
    assert done.stdout.endswith("everything agrees.\n")


def test_a_folder_that_is_no_sealed_report_falls_short(invoke, tmp_path):
    assert invoke("verify", str(tmp_path)).exit_code == 1


def test_answers_that_cannot_be_read_stop_the_build_before_it_begins(invoke, built, project):
    home = project / "data_raw" / "example" / "judgement" / "interim-2026"
    home.mkdir(parents=True)
    (home / "audit_answers.yaml").write_text("report: r\nanswers: [\n", encoding="utf-8")
    done = invoke(*CALL)
    assert done.exit_code == 1 and "audit_answers.yaml" in done.stderr
    assert built == {}


def test_answers_to_another_version_do_not_stop_it(invoke, built, project):
    home = project / "data_raw" / "example" / "judgement" / "interim-2026"
    home.mkdir(parents=True)
    (home / "audit_answers.yaml").write_text('report: "r"\nanswers: {}\n', encoding="utf-8")
    assert invoke(*CALL).exit_code == 0
