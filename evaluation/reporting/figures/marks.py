"""From released rows to marks: what each row of a figure is called, where it stands, and why it may have no number."""

from dataclasses import dataclass, replace
from math import isnan

import pandas as pd

from evaluation.core.errors import ReportError
from evaluation.core.language import romanian_key
from evaluation.core.results import Released
from evaluation.core.status import Status
from evaluation.reporting.figures.definitions import MIXED, Definition
from evaluation.reporting.numbers import format_interval, format_number
from evaluation.reporting.wording import load_wording

_NOT_BASED = ("count", "published", "percent")


@dataclass(frozen=True, slots=True)
class Mark:
    """One row as drawn: its words in one language and its numbers, NaN where the row has none."""

    row: int
    label: str
    series: str
    period: str
    status: str
    value: float
    low: float
    high: float
    n: float
    text: str
    interval: str
    broken: str
    headline: bool
    quantity: str

    @property
    def shown(self) -> bool:
        """The row has a number."""
        return self.status == Status.OK

    @property
    def bounded(self) -> bool:
        """The row has a number and an interval."""
        return self.shown and not (isnan(self.low) or isnan(self.high))


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything one picture needs: its definition, its marks in order, the language and the quantity.

    ``beside`` holds the marks of further results in the same picture; ``part`` names the part that it shows.
    """

    released: Released
    definition: Definition
    language: str
    quantity: str
    marks: tuple[Mark, ...]
    beside: tuple["Drawing", ...] = ()
    part: str = ""

    def word(self, key: str) -> str:
        """A text of the wording table in the picture's language."""
        return load_wording().text(key, language=self.language)

    def number(self, value: float, *, quantity: str = "") -> str:
        """A number as printed in the picture's language."""
        return format_number(value, quantity=quantity or self.quantity, language=self.language)

    def field(self, mark: Mark, spec: str) -> str:
        """What ``text:NAME``, ``code:COLUMN`` or ``word:COLUMN`` says in the row of a mark."""
        return _field(self.released, mark.row, spec, language=self.language)

    def axis_number(self, value: float) -> str:
        """A number as printed on an axis: no more decimals than it has."""
        if self.quantity in ("proportion", "share"):
            return self.number(round(value * 100, 6), quantity="percent")
        if self.quantity == "proportion_difference":
            return self.number(round(value * 100, 6), quantity="published")
        return self.number(round(value, 6), quantity="percent" if self.quantity == "percent" else "published")


def series_names(drawing: Drawing) -> list[str]:
    """The names of the series, in the order of ``where`` if it lists them, otherwise in their first order."""
    kind, _, column = drawing.definition.series.partition(":")
    wanted = drawing.definition.where.get(column, ())
    if kind == "text" or not wanted:
        return unique([one.series for one in drawing.marks if one.series])
    rank = {
        one.series: wanted.index(str(drawing.released.table.loc[one.row, column])) for one in drawing.marks
    }
    return sorted(rank, key=lambda name: rank[name])


def read_drawing(
    released: Released, definition: Definition, *, language: str, beside: tuple[Released, ...] = ()
) -> Drawing:
    """The marks of a figure; rows of two quantities in one picture are refused, they share no axis."""
    table = _choose(released, released.table, definition.where)
    if table.empty:
        raise ReportError(f"{released.id}: no row fits the figure {definition.name}; check its field where.")
    found = sorted({definition.quantity} if definition.quantity else set(table["quantity"]))
    if len(found) != 1 and definition.kind not in MIXED:
        raise ReportError(
            f"{released.id}: the figure {definition.name} mixes the quantities {', '.join(found)}; narrow its where."
        )
    headline = (
        set(_choose(released, table, definition.headline).index) if definition.headline else set(table.index)
    )
    marks = [
        _mark(
            released,
            int(row),
            definition,
            quantity=definition.quantity or str(table.loc[row, "quantity"]),
            language=language,
            headline=row in headline,
        )
        for row in table.index
    ]
    whole = replace(definition, where={}, headline={}, order="given", series=definition.beside_series)
    return Drawing(
        released,
        definition,
        language,
        found[0],
        _ordered(marks, definition.order),
        tuple(read_drawing(one, whole, language=language) for one in beside),
    )


def same_value(one: float, other: float) -> bool:
    """The two values are one figure, apart from the last bits of a float."""
    return abs(one - other) <= 1e-9 * max(abs(one), abs(other), 1.0)


def unique(words: list[str]) -> list[str]:
    """The words in their first order, each once."""
    return list(dict.fromkeys(words))


def _choose(released: Released, table: pd.DataFrame, where: dict[str, tuple[str, ...]]) -> pd.DataFrame:
    for column, wanted in where.items():
        values = _column(released, column).loc[table.index]
        table = table[values.astype(str).isin(wanted)]
    return table


def _column(released: Released, name: str) -> pd.Series:
    if name in released.table.columns:
        return released.table[name]
    if released.texts is not None and name in released.texts.columns:
        return released.texts[name]
    raise ReportError(f"{released.id}: a figure asks for the column {name}, which is not there.")


def _mark(
    released: Released, row: int, definition: Definition, *, quantity: str, language: str, headline: bool
) -> Mark:
    line = released.table.loc[row].to_dict()
    shown = line["status"] == Status.OK
    value, low, high = (
        float(line[name]) if shown else float("nan") for name in ("estimate", "ci_low", "ci_high")
    )
    based = shown and quantity not in _NOT_BASED
    bounded = not (isnan(low) or isnan(high))
    return Mark(
        row=row,
        label=_field(released, row, definition.label, language=language),
        series=_field(released, row, definition.series, language=language),
        period=_field(released, row, definition.period, language=language),
        status=str(line["status"]),
        value=value,
        low=low,
        high=high,
        n=float(line["n"]) if based else float("nan"),
        text=format_number(value, quantity=quantity, language=language)
        if shown
        else load_wording().text(f"status.{line['status']}", language=language),
        interval=format_interval(low, high, quantity=quantity, language=language) if bounded else "",
        broken=_field(released, row, definition.breaks, language=language),
        headline=headline,
        quantity=quantity,
    )


def _field(released: Released, row: int, spec: str, *, language: str) -> str:
    if not spec:
        return ""
    kind, _, name = spec.partition(":")
    if kind == "text":
        names = [] if released.texts is None else list(released.texts.columns)
        full = next((one for one in (f"{name}.{language}", name) if one in names), "")
        if not full:
            raise ReportError(f"{released.id}: a figure asks for the text {name}, which is not there.")
        value = _column(released, full).loc[row]
        return "" if pd.isna(value) else " ".join(str(value).split())
    value = str(_column(released, name).loc[row])
    return value if kind == "code" else load_wording().text(f"{name}.{value}", language=language)


def _ordered(marks: list[Mark], order: str) -> tuple[Mark, ...]:
    """The marks in their order; those without a number stand last, so that a place tells nothing."""
    if order == "alphabetical":
        return tuple(sorted(marks, key=lambda one: romanian_key(one.label)))
    if order in ("largest_first", "smallest_first"):
        sign = -1.0 if order == "largest_first" else 1.0
        return tuple(sorted(marks, key=lambda one: (not one.shown, sign * one.value if one.shown else 0.0)))
    return tuple(marks)
