"""The register of the report being built, for the chapters that judge: findings, conclusions, summary.

Chapters that judge run after all others, so the numbers that they cite stand in the register already. The build gives
it to them before it forks; a notebook opened by hand reads that of the newest sealed report.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

from evaluation.core.errors import ReportError
from evaluation.core.project import Project

Records = list[dict[str, Any]]
REGISTER = "register.json"
_given: dict[str, Records] = {}


def give_register(assessment: str, entries: Records) -> None:
    """Keep the register of the chapters that ran first, for those that are about to be forked."""
    _given[assessment] = entries


def forget_registers() -> None:
    """Drop what was given; the next build gives its own."""
    _given.clear()


def load_run_register(project: Project, assessment: str) -> Records:
    """The records of the register behind the chapters that judge.

    Raises ``ReportError`` where no report of the assessment has been built yet.
    """
    if assessment in _given:
        return _given[assessment]
    found = newest_run(project, assessment) / REGISTER
    records: Records = json.loads(found.read_text(encoding="utf-8"))
    return records


def newest_run(project: Project, assessment: str) -> Path:
    """The sealed run of an assessment that was built last, by what its manifest says.

    Raises ``ReportError`` where there is none.
    """
    built = {
        path.parent: json.loads(path.read_text(encoding="utf-8"))["built_at"]
        for path in (project.outputs / assessment).glob("[0-9]*/manifest.json")
        if (path.parent / REGISTER).is_file()
    }
    if not built:
        raise ReportError(
            f"register of {assessment}: no report has been built yet; run snitp report --assessment {assessment} "
            "once, then try again."
        )
    return max(built, key=lambda one: (built[one], one.name))


def digest_given() -> str:
    """SHA-256 of every register given, so that a chapter that judges runs again when a number of any has changed."""
    text = json.dumps(_given, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
