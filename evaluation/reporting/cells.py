"""One cell of a table: a text, a word for a code, a number with its link, an interval, a fraction, a told text."""

import html
from datetime import date
from typing import TYPE_CHECKING

from evaluation.core.errors import ReportError
from evaluation.core.results import Released
from evaluation.core.status import Status
from evaluation.reporting.displays import number_html
from evaluation.reporting.layouts import Column, Layout
from evaluation.reporting.numbers import format_day, format_interval, format_number
from evaluation.reporting.register import Entry, make_entry
from evaluation.reporting.statements import Records, fill_html
from evaluation.reporting.wording import load_wording

if TYPE_CHECKING:
    import pandas as pd


def cell_html(
    released: Released,
    rows: list[int],
    column: Column,
    layout: Layout,
    *,
    language: str,
    register: Records,
) -> tuple[str, list[Entry], bool]:
    """The cell as HTML, the entries of its numbers, and whether it stands on the side of numbers.

    ``rows`` are the row labels behind the printed line; ``register`` has the numbers that a told text cites.
    """
    if column.measure:
        rows = [row for row in rows if released.table.loc[row, "measure"] == column.measure]
    if column.each:
        across = column_of(released, layout.across)
        rows = [row for row in rows if str(across.loc[row]) == column.each]
    if not rows:
        return html.escape(load_wording().text("status.not_applicable", language=language)), [], False
    row = rows[0]
    if column.field.startswith("told:"):
        told = text_of(released, row, column.field.removeprefix("told:"), language=language)
        markup, entries = fill_html(told, register, language=language)
        return markup, list(entries), False
    words = _words(released, row, column.field, language=language)
    if words is not None:
        return html.escape(words), [], False
    if column.field == "interval":
        return _interval(released, row, column, language=language)
    if column.field == "fraction":
        return _fraction(released, row, language=language)
    return _number(released, row, column, language=language)


def _words(released: Released, row: int, field: str, *, language: str) -> str | None:
    """A text, a date, a code, or the word for a code; None where the column is of numbers."""
    kind, _, name = field.partition(":")
    if kind == "text":
        return text_of(released, row, name, language=language)
    if kind == "day":
        return _day(text_of(released, row, name, language=language), language=language)
    if kind == "code":
        return str(released.table.loc[row, name])
    if kind == "word":
        return load_wording().text(f"{name}.{released.table.loc[row, name]}", language=language)
    return None


def _day(told: str, *, language: str) -> str:
    """A date in words; a text that is no date stays as it is."""
    try:
        return format_day(date.fromisoformat(told), language=language)
    except ValueError:
        return told


def _number(released: Released, row: int, column: Column, *, language: str) -> tuple[str, list[Entry], bool]:
    """A number; a full one has its interval on a second line. Without a number its reason stands there, as text."""
    kind, _, name = column.field.rpartition(":")
    missing = text_of(released, row, column.missing, language=language) if column.missing else ""
    text, entry = number_html(
        released, row, name, language=language, quantity=column.quantity, missing=missing
    )
    limits = (entry.ci_low, entry.ci_high)
    if kind == "full" and None not in limits and limits[0] != limits[1]:
        text += f"<br>({html.escape(_limits(*limits, entry.quantity, language))})"
    return text, [entry], not column.missing or released.table.loc[row, "status"] == Status.OK


def _fraction(released: Released, row: int, *, language: str) -> tuple[str, list[Entry], bool]:
    """Part and whole of a share, as "5 din 7"; a share without them shows its reason."""
    line = released.table.loc[row]
    entry = make_entry(released, row, "estimate")
    words = load_wording()
    whole = line["status"] == Status.OK
    text = words.text("table.fraction" if whole else f"status.{line['status']}", language=language)
    if whole:
        for name in ("numerator", "denominator"):
            shown = format_number(float(line[name]), quantity="count", language=language)
            text = text.replace(f"{{{name}}}", shown)
    return f'<a class="n" href="#R-{entry.id}">{html.escape(text)}</a>', [entry], True


def _limits(low: float | None, high: float | None, quantity: str, language: str) -> str:
    assert low is not None and high is not None
    return format_interval(float(low), float(high), quantity=quantity, language=language)


def _interval(
    released: Released, row: int, column: Column, *, language: str
) -> tuple[str, list[Entry], bool]:
    line = released.table.loc[row].to_dict()
    if line["ci_low"] != line["ci_low"] or line["ci_high"] != line["ci_high"]:
        return html.escape(load_wording().text("status.no_interval", language=language)), [], True
    quantity = column.quantity or str(line["quantity"])
    text = _limits(line["ci_low"], line["ci_high"], quantity, language)
    entry = make_entry(released, row, "estimate")
    return f'<a class="n" href="#R-{entry.id}">{html.escape(text)}</a>', [entry], True


def column_of(released: Released, field: str) -> "pd.Series":
    """A column of the numbers, or of the texts beside them."""
    for table in (released.table, released.texts):
        if table is not None and field in table.columns:
            return table[field]
    raise ReportError(f"{released.id}: the layout asks for the column {field}, which is not there.")


def text_of(released: Released, row: int, name: str, *, language: str) -> str:
    """A text of a row, in the language where it has one for each."""
    texts = released.texts
    full = next(
        (one for one in (f"{name}.{language}", name) if texts is not None and one in texts.columns), ""
    )
    if texts is None or not full:
        raise ReportError(f"{released.id}: the layout asks for the text {name}, which is not there.")
    return str(texts.loc[row, full])
