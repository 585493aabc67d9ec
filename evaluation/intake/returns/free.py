"""Tables of any shape that an institution sends instead of the request workbook, read without guessing."""

from evaluation.core.errors import IntakeError
from evaluation.intake.returns.columns import Reader, text_of
from evaluation.intake.returns.letterhead import address, find_period, find_sender, institution_in_name
from evaluation.intake.returns.raw import RawBook, RawSheet, Reading
from evaluation.intake.returns.recognise import Recogniser
from evaluation.intake.returns.rows import TableReader
from evaluation.intake.returns.subject import Lookup
from evaluation.intake.returns.tables import Table, find_tables, rows_of
from evaluation.intake.returns.tally import Tally
from evaluation.intake.returns.values import parse_period
from evaluation.strategy.institutions import Registry
from evaluation.strategy.plan import Plan
from evaluation.strategy.request import RequestRules

SYNTHETIC = ("DATE SINTETICE", "SYNTHETIC DATA")


def read_free(
    book: RawBook,
    plan: Plan,
    registry: Registry,
    rules: RequestRules,
    *,
    year: int | None,
    institution: str | None,
) -> Reading:
    """Every figure of a file without a fixed form: used, or rejected with the reason.

    ``year`` is the reporting year, ``institution`` the sender that the delivery list names. The sender told at the
    top of a sheet counts first, then the list, the file's name, the sheet's name. A figure is one cell of
    a wide table or one row of a long one: figures in = figures used + figures rejected.
    """
    recogniser, tally = Recogniser(plan), Tally()
    reader = Reader(recogniser, rules, lambda text: parse_period(text, year=year).label)
    tables = {sheet.name: find_tables(sheet, reader) for sheet in book.sheets}
    ends = {name: found[0].head for name, found in tables.items() if found}
    shown = [sheet for sheet in book.sheets if not sheet.hidden]
    place_sheet, place, sender = find_sender(shown, registry, ends=ends)
    if sender and institution and sender != institution:
        tally.note(place_sheet, place, "institution_differs")
    whole = sender or institution or institution_in_name(book.file, registry)
    for sheet in book.sheets:
        own = find_sender([sheet], registry, ends=ends)[2] if not sheet.hidden else ""
        lookup = Lookup(
            plan, registry, rules, recogniser, year, own or whole or institution_in_name(sheet.name, registry)
        )
        above = [
            text_of(cell.value) for (row, _), cell in sheet.cells.items() if row < ends.get(sheet.name, 0)
        ]
        lookup.period, lookup.said_year = find_period((sheet.name, *above), year=year)
        _read_sheet(sheet, tables[sheet.name], lookup, tally, above=above)
    senders = {str(one["institution"]) for one in (*tally.observations, *tally.measures)}
    one_sender = whole or (senders.pop() if len(senders) == 1 else "")
    years = {int(str(one["year"])) for one in (*tally.observations, *tally.measures)}
    reading = tally.close(form="free", institution=one_sender, year=year or max(years, default=0))
    reading.synthetic = any(
        mark in text_of(cell.value).upper()
        for sheet in book.sheets
        for cell in sheet.cells.values()
        for mark in SYNTHETIC
        if cell.row <= 3
    )
    if reading.rows_in != reading.rows_used + reading.rows_rejected:
        raise IntakeError(
            f"{book.file}: rows were lost while reading; please report it, this is a fault of the kit."
        )
    return reading


def _read_sheet(
    sheet: RawSheet, tables: tuple[Table, ...], lookup: Lookup, tally: Tally, *, above: list[str]
) -> None:
    if not tables:
        rows = rows_of(sheet)
        figures = [row for row, cells in rows.items() if any(one.kind == "number" for one in cells.values())]
        if figures:
            code = "hidden_sheet" if sheet.hidden else "no_table"
            tally.reject(sheet.name, address(figures[0], min(rows[figures[0]])), code, rows=len(figures))
        elif rows:
            tally.note(sheet.name, "", "sheet_without_table")
        return
    named = {
        found
        for text in (*above, sheet.name)
        if (found := lookup.recogniser.find(text, institution=lookup.institution).indicator)
    }
    for table in tables:
        _note_columns(sheet, table, tally)
        reader = TableReader(sheet, table, lookup, tally, hidden="hidden_sheet" if sheet.hidden else "")
        if len(named) == 1 and not table.places("indicator"):
            reader.indicator = next(iter(named))
        reader.read()


def _note_columns(sheet: RawSheet, table: Table, tally: Tally) -> None:
    """Columns that are not read are told once, with how many of their cells are filled."""
    for column in table.columns:
        if column.role in ("", "source", "deadline") and not sheet.hidden:
            filled = sum(
                table.first <= row <= table.last for row, place in sheet.cells if place == column.place
            )
            if filled:
                tally.note(sheet.name, address(table.head, column.place), "column_not_read", rows=filled)
