"""A sealed run is there whole or not at all, says when it was touched, and is built by one build at a time."""

import json
import os
import socket
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from evaluation.core.errors import ReportError
from evaluation.reporting import seal
from evaluation.reporting.seal import as_json, broken_files, build_lock, find_run, publish_run

ROOT = Path(__file__).resolve().parents[2]
FILES = {"report.ro.html": b"<p>unu</p>", "report.en.html": b"<p>one</p>", "register.json": b"[]\n"}
OLD, NEW = "a" * 64, "b" * 64


def accept(paths: list[Path]) -> None:
    """A look at the files that finds nothing."""


def publish(home: Path, digest: str = OLD, *, check: Callable[[list[Path]], None] = accept) -> Path:
    return publish_run(home, FILES, {"inputs_digest": digest}, check=check)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_a_run_holds_its_files_a_manifest_and_the_sums(tmp_path):
    run = publish(tmp_path)
    assert set(contents(run)) == {*FILES, "manifest.json", "SHA256SUMS"}
    assert {name: contents(run)[name] for name in FILES} == FILES
    assert broken_files(run) == []


def test_sums_can_be_checked_with_the_usual_command(tmp_path):
    run = publish(tmp_path)
    checked = subprocess.run(
        ["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=run, capture_output=True, check=False
    )
    assert checked.returncode == 0


def test_a_run_is_named_by_day_and_inputs_and_never_replaces_another(tmp_path):
    first, second = publish(tmp_path), publish(tmp_path)
    assert first.name.endswith("-aaaaaaaa")
    assert second.name == f"{first.name}-2"


def test_the_same_inputs_give_the_same_bytes_but_for_the_manifest(tmp_path):
    first, second = contents(publish(tmp_path)), contents(publish(tmp_path))
    assert [name for name in first if first[name] != second[name]] in (
        [],
        ["SHA256SUMS", "manifest.json"],
    )


def test_json_is_written_in_one_way():
    assert as_json({"b": 1, "a": "ș"}) == '{\n "a": "ș",\n "b": 1\n}\n'.encode()


@pytest.mark.parametrize(
    ("touch", "broken"),
    [
        (lambda run: (run / "report.ro.html").write_bytes(b"<p>doi</p>"), ["report.ro.html"]),
        (lambda run: (run / "register.json").unlink(), ["register.json"]),
        (lambda run: (run / "more.txt").write_text(""), ["more.txt"]),
        (lambda run: (run / "manifest.json").write_text("{}"), ["manifest.json"]),
        (lambda run: (run / "register.json").rename(run / "renamed.json"), ["register.json", "renamed.json"]),
        (lambda run: os.utime(run / "register.json", (0, 0)), []),
    ],
    ids=["changed", "missing", "extra", "manifest", "renamed", "date only"],
)
def test_what_was_touched_after_sealing_is_named(tmp_path, touch, broken):
    run = publish(tmp_path)
    touch(run)
    assert broken_files(run) == broken


def test_a_folder_without_sums_is_no_sealed_run(tmp_path):
    with pytest.raises(ReportError, match="not a sealed run"):
        broken_files(tmp_path)


def test_an_intact_run_of_the_same_inputs_is_found(tmp_path):
    run = publish(tmp_path)
    assert find_run(tmp_path, inputs_digest=OLD, names=["report.ro.html"]) == run


@pytest.mark.parametrize(("digest", "names"), [(NEW, ["report.ro.html"]), (OLD, ["report.ro.pdf"])])
def test_a_run_of_other_inputs_or_other_files_is_not_taken(tmp_path, digest, names):
    publish(tmp_path)
    assert find_run(tmp_path, inputs_digest=digest, names=names) is None


@pytest.mark.parametrize("name", ["report.ro.html", "SHA256SUMS", "manifest.json"])
def test_a_run_that_lost_a_file_is_not_taken(tmp_path, name):
    (publish(tmp_path) / name).unlink()
    assert find_run(tmp_path, inputs_digest=OLD, names=["report.ro.html"]) is None


def test_nothing_is_found_where_nothing_was_built(tmp_path):
    assert find_run(tmp_path / "none", inputs_digest=OLD, names=[]) is None


def test_a_full_disk_leaves_no_draft_and_the_earlier_run(tmp_path, monkeypatch):
    run = publish(tmp_path)
    before = contents(run)

    def full(path: Path, content: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(seal, "_write", full)
    with pytest.raises(OSError, match="No space left"):
        publish(tmp_path, NEW)
    assert [path.name for path in tmp_path.iterdir()] == [run.name]
    assert contents(run) == before


def test_what_the_last_look_refuses_is_not_published_and_leaves_nothing(tmp_path):
    run = publish(tmp_path)
    seen = []

    def refuse(paths: list[Path]) -> None:
        seen.extend(path.name for path in paths)
        raise ReportError("found")

    with pytest.raises(ReportError, match="found"):
        publish(tmp_path, NEW, check=refuse)
    assert seen == sorted(FILES)
    assert [path.name for path in tmp_path.iterdir()] == [run.name]


# Dies at the first write to a name, or right before the rename, as kill -9 would let it.
DYING = textwrap.dedent("""
    import os, signal, sys
    from pathlib import Path
    from evaluation.reporting import seal

    home, moment = Path(sys.argv[1]), sys.argv[2]
    write, sync = seal._write, seal._sync_folder

    def dying_write(path, content):
        if path.name == moment:
            path.write_bytes(content[: len(content) // 2])
            os.kill(os.getpid(), signal.SIGKILL)
        write(path, content)

    def dying_sync(folder):
        if moment == "rename":
            os.kill(os.getpid(), signal.SIGKILL)
        sync(folder)

    seal._write, seal._sync_folder = dying_write, dying_sync
    files = {"report.ro.html": b"<p>new</p>", "report.en.html": b"<p>new</p>", "register.json": b"[1]"}
    seal.publish_run(home, files, {"inputs_digest": "b" * 64}, check=lambda paths: None)
""")


@pytest.mark.parametrize(
    "moment", ["register.json", "report.ro.html", "manifest.json", "SHA256SUMS", "rename"]
)
def test_a_build_killed_at_any_moment_leaves_the_earlier_run_and_counts_for_nothing(tmp_path, moment):
    run = publish(tmp_path)
    before = contents(run)
    killed = subprocess.run(
        [sys.executable, "-c", DYING, str(tmp_path), moment], cwd=ROOT, capture_output=True, check=False
    )
    assert killed.returncode == -9
    assert contents(run) == before
    assert find_run(tmp_path, inputs_digest=OLD, names=list(FILES)) == run
    assert find_run(tmp_path, inputs_digest=NEW, names=list(FILES)) is None
    again = publish(tmp_path, NEW)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
    assert find_run(tmp_path, inputs_digest=NEW, names=list(FILES)) == again


def lock_of(outputs: Path, **owner: object) -> Path:
    outputs.mkdir(exist_ok=True)
    lock = outputs / ".lock"
    lock.write_text(
        json.dumps({"pid": os.getpid(), "host": socket.gethostname(), "since": time.time(), **owner})
    )
    return lock


@pytest.fixture(scope="module")
def dead_process() -> int:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    return ended.pid


def test_a_second_build_is_refused_and_told_who_builds(tmp_path):
    told = rf"another build is running \(process {os.getpid()}"
    with build_lock(tmp_path), pytest.raises(ReportError, match=told), build_lock(tmp_path):
        pass


def test_the_lock_is_gone_when_the_build_ends_or_fails(tmp_path):
    with build_lock(tmp_path):
        assert (tmp_path / ".lock").exists()
    assert not (tmp_path / ".lock").exists()
    with pytest.raises(ZeroDivisionError), build_lock(tmp_path):
        raise ZeroDivisionError
    assert not (tmp_path / ".lock").exists()


def test_the_lock_of_a_dead_owner_is_taken_over(tmp_path, dead_process):
    lock = lock_of(tmp_path, pid=dead_process)
    with build_lock(tmp_path):
        assert json.loads(lock.read_text())["pid"] == os.getpid()


def test_a_lock_older_than_four_hours_is_taken_over(tmp_path):
    lock_of(tmp_path, since=time.time() - 4 * 3600 - 60)
    with build_lock(tmp_path):
        pass


def test_the_lock_of_another_machine_is_respected_for_four_hours(tmp_path, dead_process):
    lock_of(tmp_path, host="another", pid=dead_process, since=time.time() - 3 * 3600)
    with pytest.raises(ReportError, match="another build is running"), build_lock(tmp_path):
        pass


def test_a_lock_that_is_being_written_is_respected(tmp_path):
    (tmp_path / ".lock").write_text("")
    with pytest.raises(ReportError, match="another build is starting"), build_lock(tmp_path):
        pass


def test_a_lock_that_was_never_finished_is_taken_over(tmp_path):
    (tmp_path / ".lock").write_text("")
    os.utime(tmp_path / ".lock", (0, 0))
    with build_lock(tmp_path):
        pass


def test_a_refused_build_leaves_the_lock_of_the_other(tmp_path):
    lock = lock_of(tmp_path)
    with pytest.raises(ReportError), build_lock(tmp_path):
        pass
    assert lock.exists()
