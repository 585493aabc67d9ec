"""What the trainer says of a session: where, when, how many; only words of the lists and numbers are kept."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from evaluation.instruments.answer_layout import (
    SESSION_FIELD_COLUMN,
    SESSION_FIRST_ROW,
    load_answer_layout,
    session_column,
)
from evaluation.intake.returns.names import find_county, find_institution
from evaluation.intake.returns.raw import RawSheet
from evaluation.intake.training.answers import text_of
from evaluation.intake.training.identifiers import session_code
from evaluation.intake.training.problems import Findings
from evaluation.intake.training.sheets import letters
from evaluation.strategy.institutions import Registry, load_registry

_MEASURE = re.compile(r"\d\.\d{1,2}\.\d{1,2}")
_COUNTS = ("invited", "present_pre", "present_post")
_YEARS = range(2024, 2036)
MOST_PEOPLE = 100_000


@dataclass(frozen=True, slots=True)
class SessionFacts:
    """One session; empty where it was not said, None for a number that was not."""

    code: str
    year: str = ""
    month: str = ""
    county: str = ""
    locality: str = ""
    institution: str = ""
    measure: str = ""
    invited: int | None = None
    present_pre: int | None = None
    present_post: int | None = None
    scorer: str = ""
    language: str = ""


def read_facts(
    sheet: RawSheet | None, findings: Findings, *, file: str, sessions: int
) -> tuple[SessionFacts, ...]:
    """The facts of every session of a workbook; a line that cannot be read is told and left empty."""
    found = []
    for session in range(1, sessions + 1):
        column = session_column(session) + 1
        told = {} if sheet is None else _told(sheet, column)
        kept: dict[str, str | int] = {"code": f"S{session}"}
        for name, (row, text) in told.items():
            value = _read(name, text)
            if value == "" and sheet is not None:
                code = {"institution": "institution_not_kept", "code": "session_replaced"}.get(
                    name, "fact_unreadable"
                )
                findings.note(file, sheet.name, f"{letters(column)}{row}", code)
            else:
                kept[name] = value
        found.append(SessionFacts(**kept))  # type: ignore[arg-type]
    return tuple(found)


def _told(sheet: RawSheet, column: int) -> dict[str, tuple[int, str]]:
    """Row and text by field, of the lines that say something."""
    fields = {one.field for one in load_answer_layout().session_fields}
    found = {}
    for (row, place), cell in sorted(sheet.cells.items()):
        name = text_of(cell) if place == SESSION_FIELD_COLUMN + 1 and row > SESSION_FIRST_ROW else ""
        said = sheet.cells.get((row, column))
        if name in fields and said is not None and text_of(said):
            found[name] = (row, text_of(said))
    return found


def _read(name: str, text: str) -> str | int:
    """The value of a line, empty when it is not one that the line may have."""
    if name in _COUNTS:
        return int(text) if text.isdecimal() and int(text) <= MOST_PEOPLE else ""
    reader = _READERS.get(name)
    return load_answer_layout().code_of(name, text) if reader is None else reader(text)


def _year(text: str) -> str:
    return text if text.isdecimal() and int(text) in _YEARS else ""


def _institution(text: str) -> str:
    """Only what the register knows: the rest of the line may be a name."""
    return find_institution(re.split(r"[,;(]", text)[0].strip(), _registry())[0] or ""


_READERS: Mapping[str, Callable[[str], str]] = {
    "code": session_code,
    "year": _year,
    "county": lambda text: find_county(text) or "",
    "institution": _institution,
    "measure": lambda text: text if _MEASURE.fullmatch(text) else "",
}


@cache
def _registry() -> Registry:
    return load_registry()
