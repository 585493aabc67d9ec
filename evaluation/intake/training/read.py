"""Answers of training sessions from any usual file: one way in, the same answers whatever the channel was."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from evaluation.core.errors import IntakeError
from evaluation.core.microdata import Microdata
from evaluation.core.provenance import Provenance, Source
from evaluation.instruments.load import list_instruments, load_instrument
from evaluation.instruments.model import Instrument, ItemKind
from evaluation.intake.returns.raw import RawBook
from evaluation.intake.returns.sandbox import DEFAULT, Limits, open_book
from evaluation.intake.training.columns import Headings, own_items, program_of
from evaluation.intake.training.exports import Memory, Table, find_tables, read_export
from evaluation.intake.training.facts import SessionFacts
from evaluation.intake.training.own_book import kit_values, read_own_book
from evaluation.intake.training.problems import AnswersRefusedError, Findings, Found
from evaluation.intake.training.sheets import AnswerSheet, number_sheets

if TYPE_CHECKING:
    import pandas as pd

    from evaluation.intake.training.linking import Linked

METHOD = "training_answers"
FOLDER = "training"
"""The origin names the kind of file and its digest, never the file's own name, which people give."""
LETTER_TRAITS = ("cp1250", "iso-8859-16", "cedilla", "mojibake")
OWN = "workbook"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ReadAnswers:
    """What came out of the files of a training: answers, written answers apart, facts, and everything noticed.

    ``open_answers`` has a row a written answer (session, sheet, occasion, form, item, text), for coders only.
    Rows in = sheets used + rows rejected by reason. ``program`` is workbook, kobo, google, limesurvey or plain.
    """

    instrument: Instrument
    microdata: Microdata
    open_answers: "pd.DataFrame"
    linked: "Linked"
    sessions: tuple[SessionFacts, ...]
    problems: tuple[Found, ...]
    program: str

    def __repr__(self) -> str:
        return f"ReadAnswers({self.instrument.name!r}, {len(self.microdata.table)} sheets, not shown)"


def read_answers(
    paths: Path | Sequence[Path],
    *,
    instrument: Instrument | None = None,
    questionnaires: Path | None = None,
    limits: Limits = DEFAULT,
) -> ReadAnswers:
    """The answers in one file, or in the files of one training (form A and B, or before and after, apart).

    Without ``instrument`` it is the one that the file names, else the one whose questions head most columns.
    Unknown columns are left out unread. Pairing elements are dropped once sheets are linked.
    """
    files = [paths] if isinstance(paths, Path) else list(paths)
    books = [open_book(one, limits=limits) for one in files]
    chosen = instrument or _recognise(books, questionnaires)
    findings, memory = Findings(), Memory()
    sheets: list[AnswerSheet] = []
    facts: list[SessionFacts] = []
    programs = []
    for book in books:
        read, told, program = _read_book(book, chosen, findings, memory)
        sheets += read
        facts += told
        programs.append(program)
    number_sheets(sheets, findings)
    _check_conservation(findings, sheets)
    if not sheets:
        raise AnswersRefusedError(books[0].file, "no_usable_sheet", findings.listed())
    return _finish(chosen, sheets, facts, findings, books, program=programs[0])


def _read_book(
    book: RawBook, instrument: Instrument, findings: Findings, memory: Memory
) -> tuple[list[AnswerSheet], tuple[SessionFacts, ...], str]:
    if set(book.properties) & set(LETTER_TRAITS):
        findings.note(book.file, "", "", "file_letters")
    kit = kit_values(book)
    if kit:
        _check_version(book.file, kit["instrument_version"], instrument, findings)
        return *read_own_book(book, instrument, findings), OWN
    tables = find_tables(book, Headings(instrument))
    if not tables:
        raise AnswersRefusedError(book.file, "no_question_column")
    for table in tables:
        for version in sorted(_values(table, "version")):
            _check_version(book.file, version, instrument, findings)
    sheets = read_export(book, tables, instrument, findings, memory=memory)
    return sheets, (), program_of(_headings(tables))


def _recognise(books: Sequence[RawBook], questionnaires: Path | None) -> Instrument:
    """The instrument of the first file: by its own word, else by its columns; a draw is refused."""
    names = list_instruments(questionnaires)
    named = kit_values(books[0]).get("instrument", "")
    if named in names:
        return load_instrument(named, questionnaires)
    counted: dict[str, int] = {}
    loaded = {name: load_instrument(name, questionnaires) for name in names}
    for name, one in loaded.items():
        tables = find_tables(books[0], Headings(one))
        if any(name in _values(table, "instrument") for table in tables):
            return one
        counted[name] = max((own_items(table.columns, one) for table in tables), default=0)
    best = max(counted.values(), default=0)
    chosen = [name for name, count in counted.items() if count == best]
    if not best or len(chosen) > 1:
        raise AnswersRefusedError(books[0].file, "instrument_unknown")
    return loaded[chosen[0]]


def _finish(
    instrument: Instrument,
    sheets: list[AnswerSheet],
    facts: list[SessionFacts],
    findings: Findings,
    books: Sequence[RawBook],
    *,
    program: str,
) -> ReadAnswers:
    """Sheets of one person get the same link, then the elements of the code are gone."""
    import pandas as pd

    from evaluation.intake.training.linking import link_sheets

    asked = [one.name for one in instrument.items if one.kind in (ItemKind.CLOSED, ItemKind.REACTION)]
    boxes = [one.name for one in instrument.items if one.kind is ItemKind.PAIRING]
    about = [(one.session, one.number, one.occasion, one.form) for one in sheets]
    told = pd.DataFrame(about, columns=["session", "sheet", "occasion", "form"])
    elements = pd.DataFrame([[one.pairing.get(name, "") for name in boxes] for one in sheets], columns=boxes)
    linked = link_sheets(pd.concat([told, elements], axis=1), instrument)
    answers = pd.DataFrame([[one.closed.get(name, "") for name in asked] for one in sheets], columns=asked)
    table = pd.concat([told.assign(link=linked.links), answers], axis=1)
    written = [
        (one.session, one.number, one.occasion, one.form, item, text)
        for one in sheets
        for item, text in one.open.items()
    ]
    for one in sheets:
        one.pairing.clear()
    columns = ["session", "sheet", "occasion", "form", "item", "text"]
    return ReadAnswers(
        instrument=instrument,
        microdata=Microdata(
            instrument.name, instrument.about.version, table, _provenance(findings, books, len(sheets))
        ),
        open_answers=pd.DataFrame(written, columns=columns),
        linked=linked,
        sessions=_all_facts(facts, sheets),
        problems=findings.listed(),
        program=program,
    )


def _all_facts(facts: list[SessionFacts], sheets: list[AnswerSheet]) -> tuple[SessionFacts, ...]:
    """Facts of every session that has sheets, those of the workbook where there are any."""
    known = {one.code: one for one in facts}
    codes = dict.fromkeys(one.session for one in sheets)
    return tuple(replace(known.get(code, SessionFacts(code)), code=code) for code in codes)


def _provenance(findings: Findings, books: Sequence[RawBook], used: int) -> Provenance:
    sources = tuple(Source(f"{FOLDER}/answers{Path(one.file).suffix.lower()}", one.digest) for one in books)
    return Provenance(sources, METHOD, findings.rows_in, used, dict(findings.rejected))


def _check_conservation(findings: Findings, sheets: list[AnswerSheet]) -> None:
    if findings.rows_in != len(sheets) + sum(findings.rejected.values()):
        raise IntakeError("rows were lost while reading; please report it, this is a fault of the kit.")


def _check_version(file: str, version: str, instrument: Instrument, findings: Findings) -> None:
    if version and version != instrument.about.version:
        findings.note(file, "", "", "version_differs")


def _values(table: Table, role: str) -> set[str]:
    """The different contents of the columns of a role."""
    places = {one.place for one in table.of_role(role)}
    cells = table.sheet.cells.items()
    return {str(cell.value).strip() for (row, column), cell in cells if column in places and row > table.head}


def _headings(tables: Sequence[Table]) -> list[str]:
    return [
        str(cell.value)
        for table in tables
        for (row, _), cell in table.sheet.cells.items()
        if row == table.head
    ]
