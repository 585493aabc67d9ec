"""One line of a returned request workbook: its cells read one by one, each problem noted at its place."""

from dataclasses import dataclass

from evaluation.core.language import comma_below
from evaluation.intake.returns.dates import parse_date
from evaluation.intake.returns.grid import Facts, Grid, text_of
from evaluation.intake.returns.layout import Key, load_layout, split_key
from evaluation.intake.returns.names import fold
from evaluation.intake.returns.raw import Correction, Reading
from evaluation.intake.returns.values import Parsed, parse_value
from evaluation.strategy.plan import Indicator, Kind, Plan
from evaluation.strategy.request import RequestRules

EMPTY = Parsed(None, status="empty")


@dataclass(frozen=True, slots=True)
class Book:
    """The workbook being read, what it is held against, and the reading that grows."""

    file: str
    facts: Facts
    plan: Plan
    cards: dict[str, Indicator]
    rules: RequestRules
    reading: Reading

    def note(self, sheet: str, cell: str, code: str) -> None:
        """Something found at a place."""
        self.reading.corrections.append(Correction(sheet, cell, code))

    def card(self, key: Key | None) -> Indicator | None:
        """The indicator that a key of this institution names; nothing for a key that is not ours."""
        if key is None or key.institution != self.facts.institution:
            return None
        if key.county and key.county not in self.rules.counties:
            return None
        return self.cards.get(key.indicator)


@dataclass(frozen=True, slots=True)
class Line:
    """A filled line of a sheet."""

    grid: Grid
    row: int
    key: str
    own: Book

    @property
    def where(self) -> str:
        """The sheet."""
        return self.grid.sheet.name

    def note(self, code: str, field: str) -> None:
        """Something found in the cell of a field."""
        self.own.note(self.where, self.grid.name(self.row, field), code)

    def reject(self, code: str, field: str) -> None:
        """The line is not used, for a reason noted at the cell."""
        if code:
            self.note(code, field)
        self.own.reading.rows_in += 1
        self.own.reading.rows_rejected += 1

    def accept(self, record: dict[str, object], field: str, *, measure: bool = False) -> None:
        """The line becomes a record; its place is the cell of a field."""
        place = {"file": self.own.file, "sheet": self.where, "cell": self.grid.name(self.row, field)}
        records = self.own.reading.measures if measure else self.own.reading.observations
        records.append(record | place)
        self.own.reading.rows_in += 1
        self.own.reading.rows_used += 1

    def split(self) -> tuple[Key, Indicator] | None:
        """The key and its card; a line without a key, or with one of another workbook, is not used."""
        key = split_key(self.key)
        card = self.own.card(key)
        if key is None or card is None:
            self.reject("own_key_unknown" if self.key else "own_row_without_key", "measure")
            return None
        return key, card

    def said(self, field: str) -> str:
        """The text of a cell, trimmed, line breaks kept as spaces."""
        cell = self.grid.cell(self.row, field)
        if cell is not None and cell.kind in ("formula", "error"):
            self.note("formula_without_value" if cell.kind == "formula" else "excel_error", field)
            return ""
        return comma_below(text_of(cell))

    def number(self, field: str, unit: Kind) -> Parsed:
        """The figure of a cell, its problems noted."""
        cell = self.grid.cell(self.row, field)
        if cell is None:
            return EMPTY
        found = parse_value(cell.value, kind=cell.kind, number_format=cell.number_format, unit=unit)
        for code in found.codes:
            self.note(code, field)
        return found

    def part(self, field: str) -> float | None:
        """A numerator or denominator: a whole number, or an amount with decimals; a bound is no part."""
        cell = self.grid.cell(self.row, field)
        if cell is None:
            return None
        found = parse_value(cell.value, kind=cell.kind, number_format=cell.number_format, unit=Kind.COUNT)
        if "count_fraction" in found.codes:
            found = parse_value(cell.value, kind=cell.kind, number_format=cell.number_format, unit=Kind.MONEY)
        for code in found.codes:
            self.note(code, field)
        if found.status == "reported" and found.value is None:
            self.note("own_part_is_bound", field)
        return found.value

    def choice(self, field: str, words: dict[str, str]) -> str:
        """The code behind a word of a list, whatever its case and diacritics; empty when it is not in the list."""
        text = self.said(field)
        if not text:
            return ""
        found = {fold(word): code for code, word in words.items()}.get(fold(text), "")
        if not found:
            self.note("own_choice_unknown", field)
        return found

    def date(self, field: str, *, first: str, last: str) -> str:
        """The day of a cell as ISO text, inside the days that are possible."""
        cell = self.grid.cell(self.row, field)
        if cell is None:
            return ""
        found = parse_date(cell.value, kind=cell.kind, number_format=cell.number_format)
        for code in found.codes:
            self.note(code, field)
        if found.date and not first <= found.date <= last:
            self.note("own_date_outside", field)
            return ""
        return found.date


def reasons() -> dict[str, str]:
    """The words of the list of reasons, with the one that says that the question does not apply."""
    layout = load_layout()
    return {**layout.reasons, "not_applicable": layout.not_applicable}
