"""Exports of Kobo, ODK, Google Forms, LimeSurvey, and plain tables: a row a sheet, a column a question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from evaluation.instruments.model import Instrument, ItemKind
from evaluation.intake.returns.raw import RawBook, RawCell, RawSheet
from evaluation.intake.training.answers import NOTHING, Answer, AnswerReader, text_of
from evaluation.intake.training.columns import (
    ITEM,
    TECHNICAL,
    UNKNOWN,
    Column,
    Headings,
    is_blank,
    read_form,
    read_occasion,
)
from evaluation.intake.training.identifiers import session_code
from evaluation.intake.training.matching import plain
from evaluation.intake.training.problems import Findings
from evaluation.intake.training.sheets import FORMS, AnswerSheet, Place, letters, put_answer

NEAR_THE_TOP = 15
LEAST_ITEMS = 2
Line = Mapping[int, RawCell]


@dataclass(frozen=True, slots=True)
class Table:
    """One table found on a sheet: the row of its headings and what each column holds."""

    sheet: RawSheet
    head: int
    columns: tuple[Column, ...]

    def of_role(self, role: str) -> tuple[Column, ...]:
        """The columns of a role."""
        return tuple(one for one in self.columns if one.role == role)

    @property
    def items(self) -> frozenset[str]:
        """Every item that has a column."""
        return frozenset(name for one in self.columns for name in one.items)


@dataclass(slots=True)
class Memory:
    """What is known across the files of one reading: submissions seen, and names given to sessions without a code."""

    seen: set[str] = field(default_factory=set)
    sessions: dict[str, str] = field(default_factory=dict)

    def session(self, text: str) -> tuple[str, bool]:
        """The code of a session, and whether another name had to stand in for what was written."""
        code = session_code(text) if text else ""
        if code:
            return code, False
        name = plain(text)
        if name not in self.sessions:
            self.sessions[name] = f"S{len(self.sessions) + 1}"
        return self.sessions[name], bool(name)


def find_tables(book: RawBook, headings: Headings) -> tuple[Table, ...]:
    """The tables of a file: on each sheet that is not hidden the row near the top with most questions in it."""
    found = []
    for sheet in book.sheets:
        if sheet.hidden:
            continue
        rows = _rows(sheet, last=NEAR_THE_TOP)
        told = {
            row: headings.columns({place: text_of(cell) for place, cell in line.items()})
            for row, line in rows.items()
        }
        counted = {row: sum(one.role == ITEM for one in columns) for row, columns in told.items()}
        head = max(counted, key=lambda row: (counted[row], -row), default=0)
        if head and counted[head] >= LEAST_ITEMS:
            found.append(Table(sheet, head, told[head]))
    return tuple(found)


def read_export(
    book: RawBook, tables: Sequence[Table], instrument: Instrument, findings: Findings, *, memory: Memory
) -> list[AnswerSheet]:
    """The sheets of every table; a row that is not used is counted with its reason."""
    reader = AnswerReader(instrument)
    sheets = []
    for table in tables:
        _tell_columns(book.file, table, instrument, findings)
        rows = _Rows(book.file, table, reader, findings=findings, memory=memory)
        sheets += [
            one
            for row, line in _rows(table.sheet, first=table.head + 1).items()
            if (one := rows.read(row, line))
        ]
    return sheets


class _Rows:
    """Reads the rows of one table."""

    def __init__(
        self, file: str, table: Table, reader: AnswerReader, *, findings: Findings, memory: Memory
    ) -> None:
        instrument = reader.instrument
        self.file, self.table, self.instrument = file, table, instrument
        self.reader, self.findings, self.memory = reader, findings, memory
        self.asked = {form: frozenset(getattr(instrument.forms, form)) for form in FORMS}
        self.only = {"A": self.asked["A"] - self.asked["B"], "B": self.asked["B"] - self.asked["A"]}
        self.kinds = {one.name: one.kind for one in instrument.items}
        offered = [form for form in FORMS if table.items & self.only[form]]
        self.one_form = offered[0] if len(offered) == 1 else ""

    def read(self, row: int, line: Line) -> AnswerSheet | None:
        """The sheet of a row, or nothing after its reason was told."""
        place = Place(self.file, self.table.sheet.name, row)
        self.findings.rows_in += 1
        answered = self._answered(line)
        reason = self._refusal(row, line, answered)
        form = "" if reason else self._form(place, line, answered)
        occasion = "" if reason else self._occasion(place, line, answered)
        reason = (
            reason or ("form_unknown" if not form else "") or ("occasion_unknown" if not occasion else "")
        )
        if reason:
            self.findings.reject(place.file, place.sheet, f"A{row}", reason)
            return None
        sheet = AnswerSheet(place, self._session(place, line), self._number(line), occasion, form)
        self._take_answers(sheet, line)
        return sheet

    def _answered(self, line: Line) -> frozenset[str]:
        """The questions that have something in their cell, of columns that hold one question."""
        columns = self.table.of_role(ITEM)
        return frozenset(
            one.items[0]
            for one in columns
            if len(one.items) == 1 and one.place in line and not is_blank(text_of(line[one.place]))
        )

    def _refusal(self, row: int, line: Line, answered: frozenset[str]) -> str:
        if row in self.table.sheet.hidden_rows:
            return "row_hidden"
        marks = {
            text_of(line[one.place]) for one in self.table.columns if one.is_unique and one.place in line
        }
        if marks & self.memory.seen:
            return "row_repeated"
        self.memory.seen |= marks
        if not any(self.kinds[name] is not ItemKind.PAIRING for name in answered):
            return "row_without_answers"
        return "form_mixed" if all(answered & self.only[form] for form in FORMS) else ""

    def _form(self, place: Place, line: Line, answered: frozenset[str]) -> str:
        """From the questions answered, else from the column, else from the only form that the file asks."""
        by_answers = next((form for form in FORMS if answered & self.only[form]), "")
        column, text = self._first("form", line)
        written = read_form(text)
        if by_answers and written and by_answers != written:
            self.findings.note(place.file, place.sheet, place.cell(column), "form_contradicted")
        elif not written:
            self.findings.note(place.file, place.sheet, "", "form_from_answers")
        return by_answers or written or self.one_form

    def _occasion(self, place: Place, line: Line, answered: frozenset[str]) -> str:
        """From the column, else from the opinions, which are asked only after a session."""
        if self.table.of_role("occasion"):
            return read_occasion(self._first("occasion", line)[1])
        self.findings.note(place.file, place.sheet, "", "occasion_from_answers")
        return "post" if any(self.kinds[name] is ItemKind.REACTION for name in answered) else "pre"

    def _session(self, place: Place, line: Line) -> str:
        column, text = self._first("session", line)
        code, replaced = self.memory.session(text)
        if replaced:
            self.findings.note(place.file, place.sheet, letters(column), "session_replaced")
        return code

    def _number(self, line: Line) -> int:
        text = self._first("sheet", line)[1]
        return int(text) if text.isdecimal() and len(text) <= 5 else 0

    def _first(self, role: str, line: Line) -> tuple[int, str]:
        """Column and text of the first filled cell of a role."""
        cells = [
            (one.place, text_of(line[one.place])) for one in self.table.of_role(role) if one.place in line
        ]
        return next((one for one in cells if one[1]), (0, ""))

    def _take_answers(self, sheet: AnswerSheet, line: Line) -> None:
        """Every question of the sheet's form; of columns that repeat a question the filled one counts."""
        found: dict[str, list[tuple[Answer, int]]] = {}
        for column in self.table.of_role(ITEM):
            item = next((name for name in column.items if name in self.asked[sheet.form]), "")
            answer = self.reader.read(item, line.get(column.place)) if item else NOTHING
            if answer != NOTHING:
                found.setdefault(item, []).append((answer, column.place))
        for item, read in found.items():
            answer, place = _one_of(read)
            put_answer(sheet, self.instrument, item, answer, column=place, findings=self.findings)


def _one_of(read: Sequence[tuple[Answer, int]]) -> tuple[Answer, int]:
    """The answer of several columns of a question, with its column: refused where two say different things."""
    values = {answer.value for answer, _ in read if answer.value}
    if len(values) > 1:
        return Answer(code="answer_twice"), read[-1][1]
    return next((one for one in read if one[0].value), read[0])


def _rows(sheet: RawSheet, *, first: int = 1, last: int = 0) -> dict[int, dict[int, RawCell]]:
    """The filled cells by row and column, in order."""
    found: dict[int, dict[int, RawCell]] = {}
    for (row, column), cell in sorted(sheet.cells.items()):
        if row >= first and (not last or row <= last):
            found.setdefault(row, {})[column] = cell
    return found


def _tell_columns(file: str, table: Table, instrument: Instrument, findings: Findings) -> None:
    """Columns that are left out, by their letters, and questions that have no column."""
    headed = {one.place for one in table.columns}
    headless = {column for row, column in table.sheet.cells if row > table.head} - headed
    for one in table.columns:
        if one.role in (UNKNOWN, TECHNICAL):
            findings.note(file, table.sheet.name, letters(one.place), f"column_{one.role}")
    for place in sorted(headless):
        findings.note(file, table.sheet.name, letters(place), "column_unknown")
    forms = [
        form
        for form in FORMS
        if table.items & (set(getattr(instrument.forms, form)) - set(instrument.anchors))
    ]
    asked = {name for form in forms for name in getattr(instrument.forms, form)}
    for item in instrument.items:
        if item.name in asked and item.name not in table.items and item.kind is ItemKind.CLOSED:
            findings.note(file, table.sheet.name, item.name, "item_without_column")
