"""A chapter in a child of a warm parent: what it shows is kept, everything else is an error without a value."""

import contextlib
import os
import struct
import tempfile

import pytest

from evaluation.core.errors import DisclosureError, ReportError
from evaluation.reporting import pool
from evaluation.reporting.chapters import find_chapters
from evaluation.reporting.engine import register_engine
from evaluation.reporting.pool import run_all
from tests.kit.project import chapter, make_project
from tests.kit.words import use_wording

MARK = "CANARY987654"
SHOWN = """
from tests.kit.released import published
from evaluation.reporting.words import say
rows = [{"measure": "victims", "quantity": "count", "estimate": 1451}]
"""


@pytest.fixture(scope="module", autouse=True)
def warm():
    """What the parent imports once, so that every child has it."""
    import nbconvert.exporters  # noqa: F401
    import pandas  # noqa: F401

    register_engine()


@pytest.fixture
def project(tmp_path, monkeypatch):
    made = make_project(tmp_path / "kit")
    for name in ("home", "temporary"):
        (tmp_path / name).mkdir()
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    use_wording(
        monkeypatch, tmp_path / "wording", {"said": {"ro": "Sunt {victims}.", "en": "There are {victims}."}}
    )
    return made


def run(project, *runs):
    records = {}
    run_all(
        runs, project, workers=2, done=lambda one, record: records.update({(one.id, one.language): record})
    )
    return records


def refusal(project, *cells: str) -> str:
    """The message that ends the build; it never holds the marker."""
    with pytest.raises(ReportError) as refused:
        run(project, chapter(project, *cells))
    assert MARK not in str(refused.value)
    assert refused.value.__cause__ is None
    return str(refused.value)


def test_a_chapter_keeps_title_sentence_and_entries(project):
    one = chapter(project, SHOWN.strip(), 'say("said", published(rows), language=language)')
    record = run(project, one)["plan", "en"]
    assert record["title"] == "The plan & the frame"
    assert "There are <a" in record["html"]
    assert record["cells"] == 3
    assert [(shown["kind"], shown["id"], shown["cell"]) for shown in record["exhibits"]] == [
        ("sentence", "said", 5)
    ]
    assert [entry["value"] for entry in record["exhibits"][0]["entries"]] == [1451]


def test_prose_is_that_of_the_language_and_code_is_not_shown(project):
    record = run(project, chapter(project, "secret_name = 1", language="ro"))["plan", "ro"]
    assert record["title"] == "Planul & cadrul"
    assert "secret_name" not in record["html"]
    assert "The plan" not in record["html"]


def test_files_that_a_chapter_reads_are_noted_with_their_digest(project):
    data = project.data_raw / "secondary" / "series.csv"
    data.write_bytes(b"abc")
    record = run(project, chapter(project, f"text = open({str(data)!r}).read()"))["plan", "en"]
    # SHA-256 of "abc", FIPS 180-2
    assert record["reads"]["data_raw/secondary/series.csv"].startswith("ba7816bf8f01cfea")


def test_one_chapter_knows_nothing_of_another(project):
    first = chapter(project, "left_over = 1", slug="first")
    second = chapter(project, "assert 'left_over' not in globals()", slug="second")
    assert set(run(project, first, second)) == {("first", "en"), ("second", "en")}


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        (f"raise ValueError('{MARK}')", "ValueError"),
        (f"{{}}['{MARK}']", "KeyError"),
        (f"import pandas as pd\npd.Series(['{MARK}']).astype(float)", "ValueError"),
        (f"x = '{MARK}' +", "SyntaxError"),
        ("import sys\nsys.exit(0)", "Exit"),
        (f"import sys\nsys.exit('{MARK}')", "Exit"),
        ("raise SystemExit", "Exit"),
        ("raise KeyboardInterrupt", "KeyboardInterrupt"),
        (f"print('{MARK}')", "a cell prints text"),
        (f"import pandas as pd\npd.DataFrame({{'a': ['{MARK}']}})", "the gate did not release"),
        (f"'{MARK}'", "the gate did not release"),
        (f"display('{MARK}')", "the gate did not release"),
        ("!false", "a command that a cell calls has failed"),
        (f"!echo {MARK}", "a cell prints text"),
    ],
)
def test_what_is_not_released_or_fails_ends_the_build_with_its_place_and_class(project, cell, problem):
    message = refusal(project, cell)
    assert message.startswith("chapter plan (en), cell 4: ")
    assert problem in message


def test_the_number_of_the_cell_is_that_of_the_committed_notebook(project):
    # Cells 1 to 3 are parameters and title; the second own cell is number 5.
    assert refusal(project, "x = 1", "1 / 0", "y = 2") == "chapter plan (en), cell 5: ZeroDivisionError"


@pytest.mark.parametrize("waits", ["thread.join()", "pass"], ids=["waited for", "left behind"])
def test_the_error_of_a_thread_is_an_error(project, waits):
    cell = f"""import threading, time
def late():
    time.sleep(0.1)
    raise ValueError("{MARK}")
thread = threading.Thread(target=late)
thread.start()
{waits}"""
    assert refusal(project, cell) == "chapter plan (en), cell 4: ValueError"


@pytest.mark.parametrize(
    "cell", ["import os, signal\nos.kill(os.getpid(), signal.SIGKILL)", "import os\nos._exit(0)"]
)
def test_a_child_that_dies_ends_the_build(project, cell):
    assert "chapter plan (en): its process ended without a result" in refusal(project, cell)


def test_a_child_that_dies_while_it_reports_ends_the_build(project, monkeypatch):
    def half(one, of, sender):
        os.write(sender.fileno(), struct.pack("!i", 100) + b"half")
        os._exit(0)

    monkeypatch.setattr(pool, "_child", half)
    assert "its process ended without a result" in refusal(project, "x = 1")


def test_a_chapter_that_takes_too_long_is_stopped(project, monkeypatch):
    monkeypatch.setattr(pool, "_LIMIT_SECONDS", 0.5)
    assert "took longer than 15 minutes" in refusal(project, "import time\ntime.sleep(30)")


def test_a_chapter_without_a_title_is_refused(project):
    with pytest.raises(ReportError, match=r"chapter plan \(en\): no title"):
        run(project, chapter(project, "x = 1", title=False))


@pytest.mark.parametrize(
    "end",
    ["pass", "1 / 0", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"],
    ids=["success", "failure", "killed"],
)
def test_an_executed_notebook_leaves_no_file_behind(project, tmp_path, end):
    one = chapter(project, f"answer = '{MARK}' * 2", end)
    with contextlib.suppress(ReportError):
        run(project, one)
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path.name for path in written if path.suffix == ".ipynb"] == ["01_plan.ipynb"]
    assert [path.name for path in written if MARK * 2 in path.read_bytes().decode("latin-1")] == []
    assert list((tmp_path / "temporary").iterdir()) == []


def test_the_marker_of_a_failing_cell_reaches_neither_output_nor_log(project, capfd):
    refusal(project, f"value = '{MARK}'", "raise ValueError(value)")
    written = capfd.readouterr()
    assert MARK not in written.out + written.err


def test_chapters_are_found_by_name_in_the_order_of_their_numbers(project):
    for name in ("02_plan", "01_object", "03_other"):
        (project.notebooks / f"{name}.ipynb").write_text("{}")
    assert list(find_chapters(project, ("plan", "object"))) == ["object", "plan"]


def test_a_chapter_that_has_no_notebook_is_named(project):
    with pytest.raises(ReportError, match="chapter method: no notebook"):
        find_chapters(project, ("method",))


def test_what_the_gate_refuses_is_refused_by_the_gate_and_not_by_the_report(project):
    cell = "from evaluation.core.errors import DisclosureError\nraise DisclosureError('table t: nothing is released.')"
    with pytest.raises(DisclosureError, match="cell 4: DisclosureError: table t"):
        run(project, chapter(project, cell))
