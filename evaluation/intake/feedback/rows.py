"""One row of a file of feedback: its code becomes a pseudonym, its cells become answers, or it is refused with a reason."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from evaluation.instruments.feedback.model import FeedbackInstrument, FeedbackKind
from evaluation.intake.feedback.codes import check_code, pseudonym, refusal
from evaluation.intake.feedback.columns import FeedbackTable, Line
from evaluation.intake.feedback.consent import CONSENTS, VERSION, YES
from evaluation.intake.feedback.screening import screen_text
from evaluation.intake.feedback.words import (
    Reader,
    answer_readers,
    collector_reader,
    consent_reader,
    fact_readers,
    guardian_reader,
    is_empty,
    language_reader,
    load_feedback_words,
    wave_reader,
)
from evaluation.intake.training.answers import text_of
from evaluation.intake.training.matching import plain
from evaluation.intake.training.problems import Findings
from evaluation.intake.training.sheets import Place

LATEST_MONTH = 240
_READABLE = ("text", "number", "bool")
_VERSION_LENGTH = 8
_WHOLE = re.compile(r"^(\d+)\.0+$")
"""A whole number with the decimals that a program gave it."""


@dataclass(slots=True, repr=False)
class FeedbackRow:
    """The answers of one person at one wave; it never prints one."""

    place: Place
    person: str
    wave: str
    facts: dict[str, str] = field(default_factory=dict)
    consents: dict[str, str] = field(default_factory=dict)
    closed: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)

    def __repr__(self) -> str:
        return "FeedbackRow(not shown)"

    def cells(self) -> dict[str, str]:
        """The row of a table of responses."""
        return {"person": self.person, "wave": self.wave, **self.facts, **self.consents, **self.closed}


class _Refusal(Exception):  # noqa: N818 - no error: a row that is counted by its reason
    """The code of the catalogue and the column of the cell; never what stands in it."""

    def __init__(self, code: str, column: int) -> None:
        self.code, self.column = code, column
        super().__init__(code)


class RowReader:
    """Reads the rows of one table."""

    def __init__(
        self,
        file: str,
        table: FeedbackTable,
        instrument: FeedbackInstrument,
        *,
        findings: Findings,
        key: bytes,
    ) -> None:
        self.file, self.table, self.findings, self.key = file, table, findings, key
        self.answers = answer_readers(instrument)
        self.open = tuple(one.name for one in instrument.items if one.kind is FeedbackKind.OPEN)
        self.facts: Mapping[str, Reader] = {
            "language": language_reader(), "collector": collector_reader(), **fact_readers(instrument)
        }  # fmt: skip
        self.guarded, self.guardian = bool(instrument.about.protocol), guardian_reader()
        self.waves, self.consents = wave_reader(), consent_reader()

    def read(self, row: int, line: Line) -> FeedbackRow | None:
        """The row under its pseudonym, or nothing after its reason was told."""
        place = Place(self.file, self.table.sheet.name, row)
        self.findings.rows_in += 1
        try:
            return self._read(place, line)
        except _Refusal as refused:
            code, cell = refused.code, place.cell(refused.column)
        self.findings.reject(place.file, place.sheet, cell, code)
        return None

    def _read(self, place: Place, line: Line) -> FeedbackRow:
        column, text = self._cell("person_code", line)
        if place.row in self.table.sheet.hidden_rows:
            raise _Refusal("row_hidden", column)
        reason = refusal(text)
        if reason:
            raise _Refusal(reason, column)
        wave = self._known("wave", line, self.waves, "wave_unreadable")
        if not wave:
            raise _Refusal("wave_unreadable", self._cell("wave", line)[0])
        found = FeedbackRow(place, pseudonym(check_code(text), key=self.key), wave)
        found.facts = {
            name: self._known(name, line, reader, "fact_unreadable") for name, reader in self.facts.items()
        }
        found.facts["months"] = self._months(wave, line)
        found.consents = {
            name: self._known(name, line, self.consents, "consent_unreadable") for name in CONSENTS
        }
        found.consents[VERSION] = self._version(line)
        if YES not in (found.consents[CONSENTS[0]], found.consents[CONSENTS[1]]) or self._is_unguarded(line):
            raise _Refusal("not_consented", column)
        closed = {
            name: self._known(name, line, reader, "answer_unreadable")
            for name, reader in self.answers.items()
        }
        if found.consents[CONSENTS[0]] == YES:
            found.closed = closed
        found.texts = self._texts(place, line)
        return found

    def _is_unguarded(self, line: Line) -> bool:
        """A minor under a protocol without the guardian's consent or the protocol's exception."""
        return self.guarded and self._known("consent_guardian", line, self.guardian, "consent_unreadable") not in (
            YES, "exception",
        )  # fmt: skip

    def _cell(self, role: str, line: Line) -> tuple[int, str]:
        """Column and text of a cell; a date, formula or error is no text."""
        column = self.table.places.get(role, 0)
        cell = line.get(column)
        if cell is None:
            return max(column, 1), ""
        if isinstance(cell.value, bool):
            return column, "1" if cell.value else "0"
        return column, _WHOLE.sub(r"\1", text_of(cell)) if cell.kind in _READABLE else "\0"

    def _known(self, role: str, line: Line, reader: Reader, code: str) -> str:
        """The key that a cell stands for; empty for an empty cell, a refusal of the row for any other content."""
        column, text = self._cell(role, line)
        told = plain(text)
        if text != "\0" and told in reader:
            return reader[told]
        if text != "\0" and is_empty(text):
            return ""
        raise _Refusal(code, column)

    def _months(self, wave: str, line: Line) -> str:
        """Months since inclusion: those of the column, else those that the wave stands for; none for a bare exit."""
        column, text = self._cell("months", line)
        if text and text.isascii() and text.isdigit() and int(text) <= LATEST_MONTH:
            return str(int(text))
        if not is_empty(text) or text == "\0":
            raise _Refusal("fact_unreadable", column)
        return str(load_feedback_words().months.get(wave, ""))

    def _version(self, line: Line) -> str:
        """The version of the consent text, such as 1.0; a program may have taken it for a number."""
        column, text = self._cell(VERSION, line)
        if text.isascii() and text.isdigit() and len(text) <= _VERSION_LENGTH:
            return f"{text}.0"
        parts = text.split(".")
        if not text or (len(parts) == 2 and all(one.isascii() and one.isdigit() for one in parts)):
            return text[:_VERSION_LENGTH]
        raise _Refusal("consent_unreadable", column)

    def _texts(self, place: Place, line: Line) -> dict[str, str]:
        """The answers in own words, screened; a cell that is no text refuses the row like any other answer."""
        found = {}
        for item in self.open:
            column, text = self._cell(item, line)
            if text == "\0":
                raise _Refusal("answer_unreadable", column)
            if plain(text) in ("na", "pn") or is_empty(text):
                continue
            screened = screen_text(text)
            if screened.found:
                self.findings.note(place.file, place.sheet, place.cell(column), "text_screened")
            found[item] = screened.text
        return found
