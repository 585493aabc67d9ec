"""Our answer workbook read back: the session, and the answers of both entries."""

from collections.abc import Iterator

from evaluation.instruments.answer_layout import (
    FIELDS_ROW,
    FIRST_ROW,
    FORMAT,
    KIT_KEYS,
    answer_columns,
    load_answer_layout,
)
from evaluation.instruments.model import Instrument, ItemKind
from evaluation.intake.returns.raw import RawBook, RawSheet
from evaluation.intake.training.answers import AnswerReader, text_of
from evaluation.intake.training.columns import read_form, read_occasion
from evaluation.intake.training.double_entry import Entry, EntryColumn, merge_entries
from evaluation.intake.training.facts import SessionFacts, read_facts
from evaluation.intake.training.problems import Findings
from evaluation.intake.training.sheets import AnswerSheet, Place

MOST_SESSIONS = 30
ABOUT_SHEET = ("session", "sheet", "occasion", "form")
Key = tuple[int, int]


def kit_values(book: RawBook) -> dict[str, str]:
    """What the hidden sheet of the kit says; empty for any other file."""
    sheet = _sheet(book, "kit")
    if sheet is None:
        return {}
    found = {
        text_of(cell): text_of(sheet.cells[row, 2])
        for (row, place), cell in sheet.cells.items()
        if place == 1 and (row, 2) in sheet.cells
    }
    kept = {name: found.get(name, "") for name in KIT_KEYS}
    return kept if kept["format"] == FORMAT else {}


def read_own_book(
    book: RawBook, instrument: Instrument, findings: Findings
) -> tuple[list[AnswerSheet], tuple[SessionFacts, ...]]:
    """Every sheet of paper that was typed in, and the facts of its sessions; untouched rows do not count."""
    reader = AnswerReader(instrument)
    first, places = _entries(book, "first", instrument)
    second, _ = _entries(book, "second", instrument)
    numbers = {session for session, _ in (*first, *second)}
    written = kit_values(book)["sessions"]
    count = max([int(written) if written.isdecimal() else 1, *numbers])
    facts = read_facts(_sheet(book, "session"), findings, file=book.file, sessions=count)
    if first and not second:
        findings.note(book.file, _name(book, "first"), "", "single_entry", count=len(first))
    sheets = []
    for key in sorted({*first, *second}):
        findings.rows_in += 1
        place = (first.get(key) or second[key]).place
        if place.row in _hidden(book, place.sheet):
            findings.reject(place.file, place.sheet, f"A{place.row}", "row_hidden")
            continue
        merged = merge_entries(
            first.get(key), second.get(key), places, reader, findings,
            session=facts[key[0] - 1].code, double=bool(second),
        )  # fmt: skip
        sheets += [merged] if merged else []
    return sheets, facts


def _entries(
    book: RawBook, name: str, instrument: Instrument
) -> tuple[dict[Key, Entry], tuple[EntryColumn, ...]]:
    """The filled rows of an entry by session and number, and where its columns stand."""
    sheet = _sheet(book, name)
    if sheet is None:
        return {}, ()
    places = {text_of(cell): column for (row, column), cell in sheet.cells.items() if row == FIELDS_ROW + 1}
    columns = tuple(
        EntryColumn(one.field, places[one.field], one.items, one.group != ItemKind.OPEN.value)
        for one in answer_columns(instrument)
        if one.items and one.field in places
    )
    found: dict[Key, Entry] = {}
    for entry in _rows(book.file, sheet, places, columns):
        key = (entry.session, entry.number)
        while key in found:
            key = (key[0], key[1] + 100_000)
        found[key] = entry
    return found, columns


def _rows(
    file: str, sheet: RawSheet, places: dict[str, int], columns: tuple[EntryColumn, ...]
) -> Iterator[Entry]:
    rows = sorted({row for row, _ in sheet.cells if row > FIRST_ROW})
    for row in rows:
        about = {
            name: text_of(sheet.cells[row, places[name]]) if (row, places.get(name, 0)) in sheet.cells else ""
            for name in ABOUT_SHEET
        }
        cells = {one.field: sheet.cells[row, one.place] for one in columns if (row, one.place) in sheet.cells}
        if not (cells or about["occasion"] or about["form"]):
            continue
        yield Entry(
            Place(file, sheet.name, row), _session(about["session"]), _whole(about["sheet"]) or row - FIRST_ROW,
            read_occasion(about["occasion"]), read_form(about["form"]), cells,
        )  # fmt: skip


def _whole(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) <= 5 else 0


def _session(text: str) -> int:
    """The number of a session; one that no workbook has is the first."""
    return number if 1 <= (number := _whole(text)) <= MOST_SESSIONS else 1


def _sheet(book: RawBook, name: str) -> RawSheet | None:
    """A sheet by its name in either language."""
    title = load_answer_layout().sheets[name]
    return next((one for one in book.sheets if one.name in (title.ro, title.en)), None)


def _name(book: RawBook, name: str) -> str:
    sheet = _sheet(book, name)
    return "" if sheet is None else sheet.name


def _hidden(book: RawBook, name: str) -> frozenset[int]:
    return next(one.hidden_rows for one in book.sheets if one.name == name)
