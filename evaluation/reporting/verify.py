"""Re-check a sealed report from its files alone: digests, register against pages, disclosure witnesses."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation.core.errors import DisclosureError, ReportError
from evaluation.disclosure.stored import check_stored
from evaluation.reporting.seal import MANIFEST, broken_files

_NUMBER = re.compile(r'href="#R-([^"]+)"')
_ROW = re.compile(r'<tr id="R-([^"]+)"')


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a file of a sealed run, and what to do."""

    file: str
    problem: str
    remedy: str


def verify_run(folder: Path) -> list[Problem]:
    """Every problem found; an empty list means that the report is what was sealed."""
    if not folder.is_dir():
        raise ReportError(f"{folder.name}: no such folder; name the folder of one run, with its {MANIFEST}.")
    problems = [
        Problem(name, "missing, changed or added since the report was sealed", "restore it, or build again")
        for name in broken_files(folder)
    ]
    if (folder / "register.json").is_file():
        known = {entry["id"] for entry in _read(folder / "register.json")}
        for page in sorted(folder.glob("report.*.html")):
            problems += _check_page(page, known)
    if (folder / "witnesses.json").is_file():
        problems += _check_witnesses(_read(folder / "witnesses.json"))
    return problems


def _check_page(page: Path, known: set[str]) -> list[Problem]:
    """Every number of a page is in the register, and every entry of the register is on the page."""
    text = page.read_text(encoding="utf-8")
    shown, rows = set(_NUMBER.findall(text)), set(_ROW.findall(text))
    problems = []
    if shown - known or rows - known:
        problems.append(Problem(page.name, "shows numbers that the register does not hold", "build again"))
    if known - shown or known - rows:
        problems.append(Problem(page.name, "lacks numbers that the register holds", "build again"))
    return problems


def _check_witnesses(records: list[dict[str, Any]]) -> list[Problem]:
    problems = []
    for record in records:
        try:
            check_stored(record)
        except DisclosureError as error:
            problems.append(
                Problem("witnesses.json", str(error), "do not pass the report on; ask its evaluators")
            )
    return problems


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        raise ReportError(f"{path.name}: not valid JSON; restore the file or build again.") from None
