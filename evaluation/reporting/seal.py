"""The sealed folder of one run: files, register, decisions, witnesses, manifest; published whole or not at all."""

import json
import os
import shutil
import socket
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from evaluation.core.errors import ReportError
from evaluation.core.provenance import digest_file

MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"
_STALE_SECONDS = 4 * 3600


def as_json(content: Any) -> bytes:
    """JSON as the kit writes it: sorted keys, readable, one newline at the end."""
    return (json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8")


def publish_run(
    home: Path, files: dict[str, bytes], manifest: dict[str, Any], *, check: Callable[[list[Path]], None]
) -> Path:
    """Write the run's folder beside the others: a draft first, checked, flushed to disk, then one rename.

    The folder is named by day and content. The manifest alone holds the time of the build. What ``check``
    raises leaves no folder behind.
    """
    home.mkdir(parents=True, exist_ok=True)
    for left in home.glob(".draft-*"):  # of a build that was killed; the lock says that none is at work
        shutil.rmtree(left, ignore_errors=True)
    draft = Path(tempfile.mkdtemp(prefix=".draft-", dir=home))
    try:
        for name, content in sorted(files.items()):
            _write(draft / name, content)
        check([draft / name for name in sorted(files)])
        listed = {
            name: {"sha256": digest_file(draft / name), "bytes": len(files[name])} for name in sorted(files)
        }
        now = datetime.now(UTC)
        _write(
            draft / MANIFEST,
            as_json({**manifest, "files": listed, "built_at": now.isoformat(timespec="seconds")}),
        )
        sums = [f"{digest_file(draft / name)}  {name}\n" for name in sorted([*files, MANIFEST])]
        _write(draft / SUMS, "".join(sums).encode())
        final = _free_name(home, f"{now:%Y%m%d}-{manifest['inputs_digest'][:8]}")
        draft.chmod(0o755)
        _sync_folder(draft)
        draft.rename(final)
        _sync_folder(home)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    return final


def find_run(home: Path, *, inputs_digest: str, names: list[str]) -> Path | None:
    """The newest sealed run made from exactly these inputs that holds these files, if its files are intact."""
    for manifest in sorted(home.glob("*/" + MANIFEST), reverse=True):
        if manifest.parent.name.startswith(".") or not (manifest.parent / SUMS).is_file():
            continue  # the draft of a build that was killed, or no sealed run at all
        try:
            content = json.loads(manifest.read_text(encoding="utf-8"))
        except ValueError:
            continue
        same = content.get("inputs_digest") == inputs_digest and set(names) <= set(content.get("files", {}))
        if same and not broken_files(manifest.parent):
            return manifest.parent
    return None


def broken_files(folder: Path) -> list[str]:
    """Names of files of a sealed run that are missing, changed, or not listed."""
    sums = folder / SUMS
    if not sums.is_file():
        raise ReportError(f"{folder.name}: no {SUMS}; this is not a sealed run of the kit.")
    listed = dict(reversed(line.split("  ", 1)) for line in sums.read_text(encoding="utf-8").splitlines())
    broken = [
        name
        for name, digest in sorted(listed.items())
        if not (folder / name).is_file() or digest_file(folder / name) != digest
    ]
    present = {path.name for path in folder.iterdir()}
    return broken + sorted(present - set(listed) - {SUMS})


@contextmanager
def build_lock(outputs: Path) -> Iterator[None]:
    """One build at a time; a lock whose owner is gone, or older than four hours, is taken over."""
    outputs.mkdir(parents=True, exist_ok=True)
    lock = outputs / ".lock"
    for _ in range(2):
        try:
            handle = os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644)
        except FileExistsError:
            _take_over_or_refuse(lock)
            continue
        with os.fdopen(handle, "w") as file:
            json.dump({"pid": os.getpid(), "host": socket.gethostname(), "since": time.time()}, file)
        break
    else:
        raise ReportError("another build took the lock at the same moment; run again when it is done.")
    try:
        yield
    finally:
        lock.unlink(missing_ok=True)


def _take_over_or_refuse(lock: Path) -> None:
    try:
        owner = json.loads(lock.read_text())
        age = time.time() - owner["since"]
    except (OSError, ValueError, KeyError):
        owner, age = {}, time.time() - lock.stat().st_mtime if lock.exists() else _STALE_SECONDS + 1
        if age < 5:
            raise ReportError("another build is starting; wait for it and run again.") from None
        lock.unlink(missing_ok=True)
        return
    here = owner["host"] == socket.gethostname()
    if age > _STALE_SECONDS or (here and not _is_alive(owner["pid"])):
        lock.unlink(missing_ok=True)
        return
    raise ReportError(
        f"another build is running (process {owner['pid']} for {age / 60:.0f} min); wait for it and run again."
    )


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _free_name(home: Path, name: str) -> Path:
    final, again = home / name, 2
    while final.exists():
        final, again = home / f"{name}-{again}", again + 1
    return final


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
