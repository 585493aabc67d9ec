"""The rows of one table as reported figures: what each speaks of, and what is left out with a reason."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from evaluation.intake.returns.columns import FACETED, Column, spread, text_of
from evaluation.intake.returns.figures import Figure, read_figure, read_state
from evaluation.intake.returns.headings import says_total
from evaluation.intake.returns.letterhead import address
from evaluation.intake.returns.raw import RawCell, RawSheet
from evaluation.intake.returns.recognise import indicator_code, is_measure_as_date, measure_code
from evaluation.intake.returns.subject import Lookup, Subject
from evaluation.intake.returns.tables import Table, rows_of
from evaluation.intake.returns.tally import Tally
from evaluation.intake.returns.totals import Part, Totals
from evaluation.intake.returns.values import parse_period
from evaluation.strategy.plan import Kind

DESCRIBING = ("stage", "date", "reason", "remark", "document", "unit")
SAYING = ("value", "numerator", "denominator", "stage", "date", "reason", "remark", "document")
_CARRIED = ("measure", "indicator")
Cells = Mapping[int, RawCell]


@dataclass(slots=True)
class TableReader:
    """Reads the rows of a table in order; remembers the measure and indicator that the rows above named."""

    sheet: RawSheet
    table: Table
    lookup: Lookup
    tally: Tally
    hidden: str = ""
    """The code under which everything is left out, for a sheet that is not shown."""
    measure: str = ""
    indicator: str = ""
    above: dict[str, str] = field(default_factory=dict)
    named: set[str] = field(default_factory=set)
    tall: set[tuple[int, int]] = field(default_factory=set)
    """Where a cell begins that is merged over several rows."""
    totals: Totals = field(default_factory=Totals)
    heading: set[str] = field(default_factory=set)
    seen: dict[tuple[object, ...], Figure] = field(default_factory=dict)
    naming: tuple[Column, ...] = field(init=False)
    describing: tuple[Column, ...] = field(init=False)
    faceted: tuple[Column, ...] = field(init=False)

    def __post_init__(self) -> None:
        columns = self.table.columns
        self.naming = tuple(one for one in columns if one.role not in (*FACETED, *DESCRIBING))
        self.describing, self.faceted = self.table.places(*DESCRIBING), self.table.places(*FACETED)

    def read(self) -> None:
        """Every row, then the totals against their parts."""
        rows, merged = rows_of(self.sheet), spread(self.sheet, down_only=True)
        self.tall = {(top, left) for top, left, bottom, _ in self.sheet.merged if bottom > top}
        self.heading = {text_of(cell.value) for cell in rows[self.table.first - 1].values()}
        for row in range(self.table.first, self.table.last + 1):
            if row in rows and not self._is_heading_again(rows[row]):
                self._read_row(row, rows[row], merged)
        self.totals.close(self.tally, self.sheet.name)

    def _is_heading_again(self, cells: Cells) -> bool:
        return len(cells) > 1 and all(text_of(cell.value) in self.heading for cell in cells.values())

    def _read_row(self, row: int, cells: Cells, merged: dict[tuple[int, int], tuple[int, int]]) -> None:
        words = self._naming(row, cells, merged)
        shared = self._shared(cells)
        figures = list(self._figures(cells))
        says = figures or any(role in shared for role in SAYING)
        if not says or not (figures or any(words.values())):
            self._remember_section(cells)
            return
        summed = self._is_sum(words)
        carried = [] if summed else self._carry(words, figures=bool(figures))
        count = max(1, len(figures))
        where = address(row, min(cells))
        if self.hidden or row in self.sheet.hidden_rows:
            self.tally.reject(self.sheet.name, where, self.hidden or "hidden_row", rows=count)
            return
        if summed:
            self.totals.drop(row, cells, self.table, tally=self.tally, sheet=self.sheet.name)
            return
        if not figures and self._is_measure_row(words, shared):
            self._take_measure(words, shared, where)
            return
        for code in carried:
            self.tally.note(self.sheet.name, where, code)
        for column, own in figures or [(Column(0, "value"), {})]:
            self._take(row, column, own, shared, words=words, where=where)

    def _naming(
        self, row: int, cells: Cells, merged: dict[tuple[int, int], tuple[int, int]]
    ) -> dict[str, str]:
        """The texts that say what the row is about; a cell merged over several rows speaks for all of them."""
        words: dict[str, str] = {}
        for column in self.naming:
            source = merged.get((row, column.place), (row, column.place))
            cell = self.sheet.cells.get(source)
            text = text_of(cell.value) if cell else ""
            if cell and cell.kind == "date" and column.role in ("period", "year"):
                text = (
                    parse_period(cell.value, kind=cell.kind, number_format=cell.number_format).label or text
                )
            if column.role in words and text and words[column.role]:
                words[column.role] = _code_first(words[column.role], text)
            elif text or column.role not in words:
                words[column.role] = text
            if column.role == "measure" and cell and is_measure_as_date(text, cell.kind):
                words["measure_as_date"] = text
        return words

    def _shared(self, cells: Cells) -> dict[str, RawCell]:
        """The cells that describe the whole row."""
        found: dict[str, RawCell] = {}
        for column in self.describing:
            if column.place in cells and column.place not in self.sheet.hidden_columns:
                found.setdefault(column.role, cells[column.place])
        return found

    def _figures(self, cells: Cells) -> Iterator[tuple[Column, dict[str, RawCell]]]:
        """The figures of a row: cells that stand for the same period, county, category and indicator together."""
        groups: dict[tuple[str, ...], tuple[Column, dict[str, RawCell]]] = {}
        for column in self.faceted:
            if column.place in cells:
                _, own = groups.setdefault(column.facets, (column, {}))
                own.setdefault(column.role, cells[column.place])
        yield from groups.values()

    def _remember_section(self, cells: Cells) -> None:
        """A row without figures may name the measure or indicator of the rows below it."""
        text = text_of(cells[min(cells)].value)
        if measure_code(text):
            self.measure, self.indicator = text, ""
        if not self.table.places("indicator") and self.lookup.names_indicator(text):
            self.indicator = text

    def _carry(self, words: dict[str, str], *, figures: bool) -> list[str]:
        """Fill in what the rows above named: a blank cell below a name means the same name."""
        codes: list[str] = []
        parts = any(words.get(role) for role in ("county", "level", "period", "year")) or any(
            role.startswith("group:") and text for role, text in words.items()
        )
        self.named |= {words["indicator"]} if words.get("indicator") else set()
        for role in _CARRIED:
            if words.get(role):
                self.above[role] = words[role]
                if role == "measure":
                    self.above.pop("indicator", None)
            elif role in words and self.above.get(role):
                wanted = words.get("indicator") if role == "measure" else parts and figures
                if wanted:
                    words[role] = self.above[role]
                    codes.append(f"{role}_carried_down")
        words.setdefault("measure", "")
        words["measure"] = words["measure"] or self.measure
        words["indicator"] = words.get("indicator") or self.indicator
        return codes

    def _is_sum(self, words: dict[str, str]) -> bool:
        """True for a row of totals over several indicators or measures, or of a part of the counties."""
        named = [
            text for role, text in words.items() if text and role in ("serial", "indicator", "measure", "")
        ]
        if any(says_total(text) for text in named):
            return True
        county = words.get("county", "")
        unnamed = words.get("indicator") == "" and len(self.named) > 1
        return says_total(county) and (unnamed or not self.lookup.is_whole(county))

    def _is_measure_row(self, words: dict[str, str], shared: Mapping[str, RawCell]) -> bool:
        return "stage" in shared and not words["indicator"] and bool(words["measure"])

    def _take_measure(self, words: dict[str, str], shared: Mapping[str, RawCell], where: str) -> None:
        subject = self.lookup.measure_subject(words)
        state = read_state(shared) if not subject.refused else Figure({}, (subject.refused,))
        if state.refused:
            self.tally.reject(self.sheet.name, where, *state.refused)
            return
        cell = shared["stage"]
        place = {"sheet": self.sheet.name, "cell": address(cell.row, cell.column)}
        self.tally.take_measure({**subject.fields, **state.fields, **place})

    def _take(
        self,
        row: int,
        column: Column,
        own: Mapping[str, RawCell],
        shared: Mapping[str, RawCell],
        *,
        words: dict[str, str],
        where: str,
    ) -> None:
        """One figure, taken or rejected."""
        place = next((address(cell.row, cell.column) for cell in own.values()), "") or self._said_at(
            shared, where
        )
        subject = self.lookup.subject(words, column)
        refused = self._refused_place(own) or subject.refused
        figure = Figure({}, (refused,)) if refused else self._figure(subject, {**shared, **own})
        if figure.refused:
            self.tally.reject(self.sheet.name, place, *figure.refused)
            self.totals.lost |= {column.place}
            return
        for role, code in figure.noted:
            cell = own.get(role) or shared.get(role)
            self.tally.note(self.sheet.name, address(cell.row, cell.column) if cell else place, code)
        for code in subject.noted:
            self.tally.note(self.sheet.name, place, code)
        record = {**subject.fields, **figure.fields, "sheet": self.sheet.name, "cell": place}
        adds = self.lookup.card(subject).type in (Kind.COUNT, Kind.MONEY)
        self.totals.add(Part(row, column.place, subject, record, adds), self.tally)

    def _figure(self, subject: Subject, cells: Mapping[str, RawCell]) -> Figure:
        """The figure that cells say; the same small numbers come again and again."""
        said = tuple((role, one.value, one.kind, one.number_format) for role, one in cells.items())
        key = (str(subject.fields["indicator"]), said)
        if key not in self.seen:
            self.seen[key] = read_figure(self.lookup.card(subject), cells)
        return self.seen[key]

    def _refused_place(self, own: Mapping[str, RawCell]) -> str:
        if any(cell.column in self.sheet.hidden_columns for cell in own.values()):
            return "hidden_column"
        return "value_over_rows" if any((cell.row, cell.column) in self.tall for cell in own.values()) else ""

    @staticmethod
    def _said_at(shared: Mapping[str, RawCell], where: str) -> str:
        for role in SAYING:
            if role in shared:
                return address(shared[role].row, shared[role].column)
        return where


@lru_cache(maxsize=4096)
def _code_first(left: str, right: str) -> str:
    """Two texts of one row's subject as one, that with a code first."""
    pair = sorted((left, right), key=lambda one: not (indicator_code(one) or measure_code(one)))
    return " ".join(pair)
