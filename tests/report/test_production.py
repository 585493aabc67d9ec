"""The main job end to end: six files, the same bytes again, nothing half done, changes that arrive everywhere."""

import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.report.conftest import copy_project, run_kit

SIX = [f"report.{language}.{form}" for language in ("ro", "en") for form in ("html", "pdf", "docx")]


def digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def replace_in(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) >= 1, f"{old} is not in {path.name} any more"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_build_leaves_six_files_and_their_evidence(built):
    names = {path.name for path in built.iterdir()}
    assert names == {*SIX, "register.json", "decisions.json", "witnesses.json", "manifest.json", "SHA256SUMS"}


def test_a_sealed_report_verifies(built):
    assert run_kit(built.parents[2], "verify", str(built)).returncode == 0


def test_a_changed_byte_is_found(project_copy, built):
    copy = project_copy()
    page = copy / built.relative_to(built.parents[2]) / "report.ro.html"
    page.write_bytes(page.read_bytes().replace(b"<h2", b"<h3", 1))
    outcome = run_kit(copy, "verify", str(page.parent))
    assert outcome.returncode == 1
    assert "report.ro.html" in outcome.stdout + outcome.stderr


def test_a_second_build_runs_no_notebook_and_gives_the_same_folder(built):
    before = digests(built)
    outcome = run_kit(built.parents[2], "report", "--assessment", "interim-2026")
    assert outcome.returncode == 0
    assert Path(outcome.stdout.splitlines()[0]).parent.name == built.name
    assert digests(built) == before


def test_same_inputs_give_the_same_bytes_elsewhere(built, tmp_path):
    other = copy_project(tmp_path / "another place" / "kit")
    elsewhere = {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C.UTF-8"}
    outcome = run_kit(other, "report", "--assessment", "interim-2026", "--lang", "ro", **elsewhere)
    assert outcome.returncode == 0, outcome.stderr
    again = other / Path(outcome.stdout.splitlines()[0]).parent
    own = {name: one for name, one in digests(again).items() if name not in ("manifest.json", "SHA256SUMS")}
    assert {"report.ro.html", "report.ro.pdf", "report.ro.docx"} <= set(own)
    assert own == {name: one for name, one in digests(built).items() if name in own}


def test_a_build_killed_at_any_moment_leaves_the_earlier_report_alone(project_copy, built):
    copy = project_copy()
    earlier = copy / built.relative_to(built.parents[2])
    before = digests(earlier)
    replace_in(copy / "notebooks/01_object.ipynb", '"## ', '"##  ')
    for seconds in (0.6, 2.5, 5.0):
        child = subprocess.Popen(
            [sys.executable, "-m", "evaluation.cli", "report", "--assessment", "interim-2026"],
            cwd=copy,
            env={**os.environ, "PYTHONPATH": str(copy)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(seconds)
        child.send_signal(signal.SIGKILL)
        child.wait()
        sealed = [path for path in earlier.parent.iterdir() if not path.name.startswith(".")]
        assert digests(earlier) == before
        assert all((path / "SHA256SUMS").is_file() for path in sealed)
        assert left_running(copy) == []
    outcome = run_kit(copy, "report", "--assessment", "interim-2026", "--format", "html")
    assert outcome.returncode == 0, outcome.stderr
    assert not list(earlier.parent.glob(".draft-*"))


def test_a_changed_ledger_figure_arrives_in_prose_table_figure_and_register(project_copy, built):
    copy = project_copy()
    ledger = copy / "evaluation/strategy/baselines/ledger.yaml"
    entry = re.search(
        r'- id: "?BL-\d+"?\n(?:(?!- id).*\n)*?.*printed: "?357"?\n(?:(?!- id).*\n)*', ledger.read_text()
    )
    assert entry is not None
    number = re.search(r"BL-\d+", entry[0])[0]
    changed = re.sub(r"(value|lower|upper): (\"?)357", r"\1: \g<2>358", entry[0])
    assert changed != entry[0]
    replace_in(ledger, entry[0], changed)
    outcome = run_kit(copy, "report", "--assessment", "interim-2026", "--lang", "ro,en", "--format", "html")
    assert outcome.returncode == 0, outcome.stderr
    folder = copy / Path(outcome.stdout.splitlines()[0]).parent
    values = {
        e["id"]: e["value"]
        for e in json.loads((folder / "register.json").read_text())
        if e["measure"] == number
    }
    assert set(values.values()) == {358.0}
    old, new = ((one / "report.ro.html").read_text() for one in (built, folder))
    pictures = [set(re.findall(r'src="data:image/png;base64,([^"]+)"', page)) for page in (old, new)]
    assert pictures[0] != pictures[1]
    for kind in ("td", "p"):
        shown = re.findall(rf"<{kind}[^>]*>(?:(?!</{kind}>).)*\b358\b", new, flags=re.DOTALL)
        assert shown, f"no {kind} shows the changed figure"


def test_a_missing_romanian_text_stops_the_build_and_is_named(project_copy):
    copy = project_copy()
    wording = copy / "evaluation/reporting/wording/context.yaml"
    text = wording.read_text(encoding="utf-8")
    entry, key = re.search(r"(?ms)^(([\w.\-]+):\n  ro: .+?)\n  en: ", text).groups()
    replace_in(wording, entry, f'{key}:\n  ro: ""')
    outcome = run_kit(copy, "report", "--assessment", "interim-2026")
    assert outcome.returncode == 1
    assert key in outcome.stderr


def test_the_final_assessment_on_real_returns_says_what_is_missing(built, tmp_path):
    data = tmp_path / "arrived"
    shutil.copytree(built.parents[2] / "data_raw" / "secondary", data / "secondary")
    (data / "returns").mkdir()
    outcome = run_kit(built.parents[2], "report", "--assessment", "final-2028", "--data", str(data))
    assert outcome.returncode == 1
    assert "pna_2027_2028" in outcome.stderr


def left_running(folder: Path, *, seconds: float = 15) -> list[int]:
    """Processes that still work in a folder after they had time to notice that their build is gone."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        found = [int(one.name) for one in Path("/proc").glob("[0-9]*") if works_in(one, folder)]
        if not found:
            return []
        time.sleep(0.5)
    return found


def works_in(process: Path, folder: Path) -> bool:
    try:
        return (process / "cwd").readlink() == folder.resolve()
    except OSError:  # it has ended meanwhile
        return False
