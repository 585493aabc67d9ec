"""Invented answers of victims as files: exports with codes of cards, and a project that keeps what is gathered."""

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from evaluation.core.project import Project
from evaluation.instruments.feedback.model import FeedbackInstrument
from evaluation.intake.feedback.gathering import gather_feedback
from evaluation.intake.feedback.read import read_feedback
from tests.kit.feedback import RATINGS, small_instrument, write_small

KEY = bytes(range(32))
TODAY = date(2026, 6, 15)
CODE, OTHER = "2BCD-FGH7", "SCHC-K8MJ"
"""Two codes of cards; the check sign of the first is worked out by hand in the tests of codes."""
FULL = {
    "person_code": CODE, "wave": "inclusion", "collector": "independent", "language": "ro", "sex": "female",
    "consent_analysis": "yes", "consent_quotation": "yes", "consent_recontact": "no", "consent_version": "1.0",
    "safe_1": "5", "safe_2": "4", "safe_3": "2", "help_1": "na", "help_2": "pn", "help_used": "yes",
    "told_change": "nu mai am nimic de schimbat",
}  # fmt: skip


def row(**cells: str) -> dict[str, str]:
    """A whole row with some cells replaced."""
    return FULL | cells


def write_export(path: Path, rows: Sequence[Mapping[str, str]]) -> Path:
    """Rows as a CSV; the columns are those of the first row, in its order."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, list(rows[0]), restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def make_keys(folder: Path) -> Path:
    """A folder of keys with the one of feedback."""
    folder.mkdir(parents=True)
    (folder / "feedback.key").write_bytes(KEY)
    return folder


def make_feedback_project(folder: Path) -> Project:
    """A project with the small questionnaire and an empty folder of data elsewhere."""
    for name in ("root/notebooks", "root/outputs", "data/feedback", "data/secondary"):
        (folder / name).mkdir(parents=True)
    (folder / "root" / "pyproject.toml").touch()
    write_small(folder / "root" / "questionnaires")
    return Project(folder / "root", folder / "data")


def gather_rows(
    project: Project, rows: Sequence[Mapping[str, str]], *, instrument: FeedbackInstrument | None = None
) -> None:
    """Rows put into raw/ as an export and gathered from there."""
    raw = write_export(project.feedback / "raw" / "export.csv", rows)
    asked = instrument or small_instrument()
    gather_feedback(read_feedback(raw, asked, key=KEY).responses, asked, project.feedback, today=TODAY)


__all__ = ["CODE", "FULL", "KEY", "OTHER", "RATINGS", "TODAY"]
