"""``snitp findings``: drafts out, decisions in, the list; nothing is written unless everything holds."""

import hashlib
import json
from zipfile import ZipFile

import pytest

from evaluation.judgement.store import load_judgement
from tests.judgement.drafting.decisions import (
    ACCEPT,
    ASSESSMENT,
    REJECT,
    SECRET,
    fill,
    folder_of,
    register,
)

DELIVERED, IMPROVED = "F-DELIVERED-O2", "F-IMPROVED-IND-1-1-1-1"


def seal(folder, records, *, assessment=ASSESSMENT):
    """A run's folder as the build seals it."""
    folder.mkdir()
    for name, content in (
        ("manifest.json", {"assessment": assessment, "synthetic": True}),
        ("register.json", records),
    ):
        (folder / name).write_text(json.dumps(content), encoding="utf-8")
    names = ("manifest.json", "register.json")
    sums = [f"{hashlib.sha256((folder / one).read_bytes()).hexdigest()}  {one}\n" for one in names]
    (folder / "SHA256SUMS").write_text("".join(sums), encoding="utf-8")
    return folder


@pytest.fixture
def run(tmp_path):
    return seal(tmp_path / "20261130-abc", register())


@pytest.fixture
def judgement(tmp_path):
    return folder_of(tmp_path)


@pytest.fixture
def call(invoke, tmp_path, run, judgement):
    """A command of the group on the copy of the example and the small run."""

    def made(command, *args):
        return invoke(
            "--lang", "en", "findings", command, *args, "--assessment", ASSESSMENT, "--run", str(run),
            "--data", str(tmp_path),
        )  # fmt: skip

    return made


@pytest.fixture
def drafts(call, tmp_path):
    path = tmp_path / "ciorne.xlsx"
    done = call("draft", "--out", str(path))
    assert done.exit_code == 0, done.stderr
    return path


def test_drafts_are_written_and_counted_and_the_report_is_named(call, tmp_path):
    done = call("draft", "--out", str(tmp_path / "new" / "ciorne.xlsx"))
    assert done.stdout.splitlines()[0].endswith("new/ciorne.xlsx")
    assert done.stderr.splitlines() == [
        "Numbers of the report 20261130-abc.",
        "3 drafts to decide; they enter the report only once an evaluator accepts them.",
    ]


def test_a_workbook_that_is_there_is_replaced_only_on_request(call, drafts):
    fill(drafts, DELIVERED, {"note.en": "x"})
    filled = drafts.read_bytes()
    assert call("draft", "--out", str(drafts)).exit_code == 2
    assert drafts.read_bytes() == filled
    assert call("draft", "--out", str(drafts), "--force").exit_code == 0
    assert drafts.read_bytes() != filled


def test_decisions_go_round_and_a_second_reading_changes_nothing(call, drafts, judgement):
    fill(fill(drafts, DELIVERED, ACCEPT), IMPROVED, REJECT)
    done = call("read", str(drafts))
    assert done.stdout.strip().endswith("judgement/interim-2026/findings.yaml")
    assert (
        done.stderr.splitlines()[-1] == "2 decisions recorded; 0 already there; 1 draft without a decision."
    )
    assert [one.id for one in load_judgement(judgement).findings[-2:]] == ["F-14", "F-15"]
    once = (judgement / "findings.yaml").read_bytes()
    again = call("read", str(drafts))
    assert (again.exit_code, again.stdout) == (0, "")
    assert (
        again.stderr.splitlines()[-1] == "0 decisions recorded; 2 already there; 1 draft without a decision."
    )
    assert (judgement / "findings.yaml").read_bytes() == once


def test_after_the_last_decision_no_workbook_is_written(call, drafts, tmp_path):
    for draft in (DELIVERED, IMPROVED, "F-NOT-REPORTED-O2"):
        fill(drafts, draft, REJECT)
    assert call("read", str(drafts)).exit_code == 0
    done = call("draft", "--out", str(tmp_path / "again.xlsx"))
    assert (done.exit_code, done.stdout, (tmp_path / "again.xlsx").exists()) == (0, "", False)
    assert "Every draft of this report is decided" in done.stderr


def test_one_wrong_cell_and_nothing_is_written(call, drafts, judgement):
    before = {one.name: one.read_bytes() for one in judgement.glob("*") if one.is_file()}
    fill(fill(drafts, DELIVERED, ACCEPT), IMPROVED, REJECT | {"reviewer": SECRET})
    done = call("read", str(drafts))
    assert (done.exit_code, done.stdout) == (1, "")
    assert "no declaration of independence" in done.stderr and SECRET not in done.stderr
    assert {one.name: one.read_bytes() for one in judgement.glob("*") if one.is_file()} == before


def test_a_workbook_with_macros_is_refused_unread(call, drafts, judgement):
    before = (judgement / "findings.yaml").read_bytes()
    with ZipFile(fill(drafts, DELIVERED, ACCEPT), "a") as parts:
        parts.writestr("xl/vbaProject.bin", b"Sub AutoOpen()")
    done = call("read", str(drafts))
    assert done.exit_code == 1 and "macro" in done.stderr
    assert (judgement / "findings.yaml").read_bytes() == before


def test_a_run_of_another_assessment_is_a_wrong_call(invoke, tmp_path, judgement):
    other = seal(tmp_path / "20281130-abc", register(), assessment="final-2028")
    done = invoke(
        "findings", "draft", "--assessment", ASSESSMENT, "--run", str(other), "--data", str(tmp_path),
        "--out", str(tmp_path / "x.xlsx"),
    )  # fmt: skip
    assert (done.exit_code, done.stdout) == (2, "")


def test_a_run_that_was_changed_gives_no_drafts(call, run, tmp_path):
    (run / "register.json").write_text("[]", encoding="utf-8")
    done = call("draft", "--out", str(tmp_path / "x.xlsx"))
    assert done.exit_code == 1 and "changed since the report was sealed" in done.stderr


def test_the_list_tells_state_grade_reviewer_and_draft(invoke, tmp_path, judgement):
    args = ("findings", "list", "--assessment", ASSESSMENT, "--data", str(tmp_path))
    records = {one["id"]: one for one in json.loads(invoke(*args, "--format", "json").stdout)}
    assert len(records) == 13
    told = ("state", "grade", "reviewer", "on", "draft", "key", "synthetic")
    assert [records["F-03"][one] for one in told] == [
        "edited", "weak", "evaluator fictiv", "2027-02-02", "F-DELIVERED-PLAN", False, True,
    ]  # fmt: skip
    assert [records["F-13"][one] for one in ("state", "grade", "draft")] == [
        "rejected", "", "F-IMPROVED-IND-1-1-3-3",
    ]  # fmt: skip
    shown = invoke("--lang", "en", *args).stdout
    assert "accepted as" in shown and shown.splitlines()[-1] == "13 findings"
    assert (
        invoke(*args, "--format", "csv")
        .stdout.splitlines()[0]
        .endswith(
            "id,state,criterion,question,grade,key,reviewer,on,draft,synthetic,statement.ro,statement.en"
        )
    )
