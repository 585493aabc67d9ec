"""``snitp papers``: forms out and back without loss, and a summary of exactly what its report was built with."""

import hashlib
import json
from pathlib import Path
from shutil import copytree
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from evaluation.judgement.comments import load_comments
from evaluation.judgement.forms.model import load_form
from evaluation.judgement.store import load_judgement

ASSESSMENT = "interim-2026"
EXAMPLE = Path(__file__).resolve().parents[2] / "data_raw" / "example" / "judgement"
SECRET = "CANARY"
NEW_COMMENT = {
    "place": "progress", "text.ro": "Tabelul este greu de citit.", "text.en": "The table is hard to read.",
    "by": "ANITP", "on": "2027-03-01",
}  # fmt: skip


@pytest.fixture
def folder(tmp_path):
    """The judgement of the example where it may be written to."""
    return copytree(EXAMPLE, tmp_path / "data" / "judgement") / ASSESSMENT


@pytest.fixture
def call(invoke, tmp_path, folder):
    return lambda *args: invoke(
        "--lang", "en", "papers", *(str(one) for one in args), "--data", str(tmp_path / "data")
    )


@pytest.fixture
def form(call, tmp_path):
    """A form as it goes out, by the command that writes it."""

    def made(command: str) -> Path:
        done = call(command, "--assessment", ASSESSMENT, "--out", tmp_path / "out", "--force")
        assert done.exit_code == 0, done.stderr
        return tmp_path / "out" / f"{command}.xlsx"

    return made


@pytest.fixture
def read(call):
    return lambda command, path, out, *more: call(
        command, "--read", path, "--assessment", ASSESSMENT, "--out", out, *more
    )


def fill(path: Path, command: str, row: int, cells: dict[str, str]) -> Path:
    book, layout = load_workbook(path), load_form(command)
    for field, value in cells.items():
        book[layout.sheet.ro].cell(row, layout.place(field) + 1).value = value
    book.save(path)
    return path


def test_a_comment_goes_straight_into_the_stored_file(form, read, folder):
    before = load_comments(folder, load_judgement(folder))
    done = read("comments", fill(form("comments"), "comments", 6, NEW_COMMENT), folder / "comments.yaml")
    assert (done.exit_code, done.stderr.splitlines()) == (0, ["4 lines read, nothing lost."])
    after = load_comments(folder, load_judgement(folder))
    assert after[:3] == before and (after[3].id, after[3].place, after[3].synthetic) == (
        "AC-04",
        "progress",
        True,
    )


@pytest.mark.parametrize(("command", "name"), [("comments", "comments.yaml"), ("response", "responses.yaml")])
def test_a_form_older_than_the_stored_file_overwrites_nothing_unless_forced(
    form, read, folder, command, name
):
    path, stored = form(command), folder / name
    stored.write_bytes(stored.read_bytes() + b"# a later correction\n")
    later = stored.read_bytes()
    done = read(command, path, stored)
    assert (done.exit_code, done.stdout) == (1, "") and "the stored file changed" in done.stderr
    assert stored.read_bytes() == later
    assert read(command, path, stored, "--force").exit_code == 0
    assert stored.read_bytes() != later


def test_another_file_that_is_there_is_replaced_only_on_request(form, read, tmp_path):
    path, other = form("response"), tmp_path / "other.yaml"
    other.write_text("kept", encoding="utf-8")
    assert read("response", path, other).exit_code == 2
    assert other.read_text(encoding="utf-8") == "kept"
    assert read("response", path, other, "--force").exit_code == 0
    assert other.read_text(encoding="utf-8").startswith("# DATE SINTETICE")


def test_a_control_character_is_told_by_its_cell_and_nothing_is_written(form, read, folder):
    before = (folder / "comments.yaml").read_bytes()
    path = fill(form("comments"), "comments", 6, NEW_COMMENT | {"text.ro": f"{SECRET}\x7f"})
    done = read("comments", path, folder / "comments.yaml")
    assert done.exit_code == 1 and "C6: a control character" in done.stderr and SECRET not in done.stderr
    assert (folder / "comments.yaml").read_bytes() == before


def test_a_form_with_macros_is_refused_unread(form, read, folder):
    path = form("response")
    with ZipFile(path, "a") as parts:
        parts.writestr("xl/vbaProject.bin", b"Sub AutoOpen()")
    done = read("response", path, folder / "responses.yaml")
    assert done.exit_code == 1 and "macro" in done.stderr


def test_on_real_data_a_new_comment_on_a_chapter_has_no_mark(form, read, folder):
    (folder.parent / "DATE_SINTETICE.yaml").unlink()
    path = fill(form("comments"), "comments", 6, NEW_COMMENT)
    assert read("comments", path, folder / "comments.yaml").exit_code == 0
    marks = [one.synthetic for one in load_comments(folder, load_judgement(folder))]
    assert marks == [True, True, True, False]


def test_a_summary_is_refused_when_a_finding_is_not_that_of_the_report(call, folder, tmp_path):
    """The report was built with every file as it is, but with other findings."""
    run = tmp_path / "20261130-abc"
    run.mkdir()
    inputs = {
        f"data_raw/judgement/{ASSESSMENT}/{one.name}": hashlib.sha256(one.read_bytes()).hexdigest()
        for one in folder.glob("*.yaml")
    }
    matrix = EXAMPLE.parents[2] / "evaluation" / "judgement" / "frame" / "matrix.yaml"
    inputs["evaluation/judgement/frame/matrix.yaml"] = hashlib.sha256(matrix.read_bytes()).hexdigest()
    inputs[f"data_raw/judgement/{ASSESSMENT}/findings.yaml"] = "0" * 64
    manifest = {"assessment": ASSESSMENT, "synthetic": True, "inputs": inputs}
    for name, content in (("manifest.json", manifest), ("register.json", [])):
        (run / name).write_text(json.dumps(content), encoding="utf-8")
    sums = [
        f"{hashlib.sha256((run / one).read_bytes()).hexdigest()}  {one}\n"
        for one in ("manifest.json", "register.json")
    ]
    (run / "SHA256SUMS").write_text("".join(sums), encoding="utf-8")
    done = call("summary", run, "--out", tmp_path / "papers")
    assert done.exit_code == 1 and not (tmp_path / "papers").exists()
    assert (
        f"data_raw/judgement/{ASSESSMENT}/findings.yaml: not the file that the report was built with; "
        "build the report again." in done.stderr
    )
