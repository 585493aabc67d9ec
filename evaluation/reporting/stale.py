"""What has to be done again: content decides, never a file's date."""

import hashlib
import importlib.metadata
import json
import os
import platform
from pathlib import Path
from typing import Any

from evaluation.core.project import PACKAGE, Project
from evaluation.core.provenance import digest_file
from evaluation.instruments.load import questionnaires
from evaluation.reporting.chapters import ChapterRun

LIBRARIES = (
    "pandas", "numpy", "scipy", "statsmodels", "seaborn", "matplotlib", "pillow", "papermill", "nbconvert", "ipython",
    "weasyprint", "pypandoc-binary", "babel", "pydantic", "ruamel.yaml", "lxml", "jinja2", "pingouin",
)  # fmt: skip


def library_versions() -> dict[str, str]:
    """Python and the libraries that make numbers or bytes."""
    versions = {name: importlib.metadata.version(name) for name in LIBRARIES}
    return {"python": platform.python_version(), **versions}


def code_digest() -> str:
    """Digest of what chapters stand on and may not open themselves.

    Code, the chapter template, the rules of intake (read once for all chapters) and the questionnaires.
    """
    return _digest([*_files(PACKAGE, (".py", ".j2")), *_files(PACKAGE / "intake", (".yaml",))])


def page_digest() -> str:
    """Digest of everything in the package: what the pages are made with, beyond the chapters."""
    return _digest(_files(PACKAGE, ()))


def _digest(files: list[Path]) -> str:
    """Names and contents of files of the package, and of the questionnaires beside it."""
    found = hashlib.sha256()
    home = questionnaires()
    for folder, path in [*((PACKAGE, one) for one in files), *((home, one) for one in _files(home, ()))]:
        found.update(f"{path.relative_to(folder)}\0{digest_file(path)}\n".encode())
    return found.hexdigest()


def chapter_key(
    run: ChapterRun, *, code: str, versions: dict[str, str], names: list[str], register: str = ""
) -> str:
    """What a chapter depends on besides the files it reads: notebook, parameters, code, libraries.

    ``names`` are the files that arrived: one that is new or gone changes what a folder says. ``register`` is the
    digest of the register on which a chapter judges.
    """
    parts = [digest_file(run.notebook), run.parameters, code, versions, names, register]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def cached_record(run: ChapterRun, project: Project, *, key: str) -> dict[str, Any] | None:
    """The completion record of an earlier run, if every file it read is still the same."""
    path = _cache_file(run, project)
    try:
        entry = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if entry.get("key") != key:
        return None
    for name, digest in entry["record"]["reads"].items():
        file = project.locate(name)
        if not file.is_file() or digest_file(file) != digest:
            return None
    record: dict[str, Any] = entry["record"]
    return record


def keep_record(run: ChapterRun, project: Project, record: dict[str, Any], *, key: str) -> None:
    """Keep a completion record; it holds released content only. Whole or not at all."""
    path = _cache_file(run, project)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, json.dumps({"key": key, "record": record}, ensure_ascii=False).encode("utf-8"))


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that a reader sees the old content or the new, never a part."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with draft.open("wb") as handle:
        handle.write(content)
        handle.flush()
        os.fsync(handle.fileno())
    draft.replace(path)


def _cache_file(run: ChapterRun, project: Project) -> Path:
    return project.outputs / ".cache" / f"{run.assessment}.{run.id}.{run.language}.json"


def _files(folder: Path, endings: tuple[str, ...]) -> list[Path]:
    return sorted(
        path
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and (not endings or path.suffix in endings)
    )
