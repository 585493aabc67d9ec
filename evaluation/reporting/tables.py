"""Released tables as HTML: lines, columns and words by their layout, every number a link into the register."""

import html
import re
from collections.abc import Collection
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from evaluation.core.errors import ReportError
from evaluation.core.results import Released
from evaluation.core.status import Status
from evaluation.reporting.displays import number_html
from evaluation.reporting.layouts import Column, Layout
from evaluation.reporting.numbers import format_interval, format_number
from evaluation.reporting.register import Entry, make_entry
from evaluation.reporting.wording import load_wording

if TYPE_CHECKING:
    import pandas as pd


def tables_html(
    released: Released, layout: Layout, *, slug: str, language: str, only: str = ""
) -> tuple[str, tuple[Entry, ...]]:
    """The table, or one after the other for each part that the layout splits it into.

    ``only`` keeps the rows of one objective and of those below it.
    """
    rows = _chosen(released, layout).index
    if only:
        place = _values(released, layout.within or layout.split).loc[rows].astype(str)
        rows = rows[(place == only) | place.str.startswith(f"{only}.")]
        slug = slug if layout.split else f"{slug}-{slug_of(only)}"
    if not layout.split:
        return table_html(released, layout, slug=slug, language=language, rows=rows, part=only)
    parts = _values(released, layout.split).loc[rows].astype(str)
    found = []
    for part in dict.fromkeys(parts):
        rows = parts.index[parts == part]
        label = part
        if layout.split_label:
            label = _text(released, int(rows[0]), layout.split_label, language=language)
        piece = slug_of(part)
        found.append(
            table_html(released, layout, slug=f"{slug}-{piece}", language=language, rows=rows, part=label)
        )
    return "".join(markup for markup, _ in found), tuple(one for _, entries in found for one in entries)


def slug_of(part: str) -> str:
    """A value as a piece of an anchor.

    >>> slug_of("2.2")
    '2-2'
    """
    return re.sub(r"[^A-Za-z0-9]+", "-", part).strip("-")


def table_html(
    released: Released,
    layout: Layout,
    *,
    slug: str,
    language: str,
    rows: Collection[int] | None = None,
    part: str = "",
) -> tuple[str, tuple[Entry, ...]]:
    """The table as HTML with caption, scoped headers and notes, and the entries of its numbers.

    ``rows`` keeps some rows only, which the caption names by ``part``; synthetic data are marked in it.
    """
    entries: list[Entry] = []
    lines = _groups(released, layout, rows)
    columns = _repeated(released, layout, lines)
    body, numbers = [], [0] * len(columns)
    for line in lines:
        cells = []
        for place, column in enumerate(columns):
            text, found, numeric = _cell(released, line, column, layout, language=language)
            entries.extend(found)
            numbers[place] += numeric and place > 0
            if place == 0:
                cells.append(f'<th scope="row">{text}</th>')
            else:
                cells.append(f'<td class="num">{text}</td>' if numeric else f"<td>{text}</td>")
        body.append(f"<tr>{''.join(cells)}</tr>")
    head = "".join(
        _head(column, right=2 * count > len(lines), language=language)
        for column, count in zip(columns, numbers, strict=True)
    )
    note = f'<p class="note">{html.escape(layout.note[language])}</p>' if layout.note else ""
    caption = html.escape(layout.caption[language].replace("{part}", part))
    caption += synthetic_html(released, language=language)
    return (
        f'<div class="exhibit table{" wide" if layout.wide else ""}" id="tab-{slug}"><table>'
        f'<caption><span class="exno" data-kind="table" data-ref="tab-{slug}"></span> {caption}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table>{note}</div>"
    ), tuple(entries)


def _head(column: Column, *, right: bool, language: str) -> str:
    """A header, on the side on which most cells below it stand."""
    text = html.escape(column.header[language].replace("{each}", column.each))
    side = ' class="right"' if right else ""
    return f'<th scope="col"{side}>{text}</th>'


def synthetic_html(released: Released, *, language: str) -> str:
    """The mark of a caption over numbers that were invented for a trial."""
    if not is_synthetic(released):
        return ""
    return f' <strong class="synthetic">{html.escape(load_wording().text("synthetic.mark", language=language))}</strong>'


def is_synthetic(released: Released) -> bool:
    """The numbers are invented."""
    return bool(getattr(released.provenance, "synthetic", False))


def _groups(released: Released, layout: Layout, rows: Collection[int] | None) -> list[list[int]]:
    """The row labels behind each printed line: one each, or all with the same pivot value."""
    chosen = _chosen(released, layout)
    if rows is not None:
        chosen = chosen[chosen.index.isin(list(rows))]
    if not layout.pivot:
        return [[int(label)] for label in chosen.index]
    keys = [_values(released, field).loc[chosen.index] for field in layout.pivot.split()]
    return [
        [int(label) for label in part.index] for _, part in chosen.groupby(keys, sort=False, dropna=False)
    ]


def _repeated(released: Released, layout: Layout, lines: list[list[int]]) -> list[Column]:
    """The columns, those marked ``each`` once for every value of the layout's ``across`` in the lines."""
    if not layout.across:
        return list(layout.columns)
    values = _values(released, layout.across)
    found = sorted({str(values.loc[row]) for line in lines for row in line})
    columns: list[Column] = []
    for repeated, group in groupby(layout.columns, key=lambda one: bool(one.each)):
        marked = list(group)
        columns += [replace(one, each=value) for value in found for one in marked] if repeated else marked
    return columns


def _chosen(released: Released, layout: Layout) -> "pd.DataFrame":
    source = released.table if len(released.table) else released.texts
    if source is None:
        raise ReportError(f"{released.id}: nothing to show; the result has neither numbers nor texts.")
    chosen = source
    for field, allowed in layout.where.items():
        chosen = chosen[_values(released, field).loc[chosen.index].astype(str).isin(allowed)]
    return chosen


def _values(released: Released, field: str) -> "pd.Series":
    """A column of the numbers, or of the texts beside them."""
    for table in (released.table, released.texts):
        if table is not None and field in table.columns:
            return table[field]
    raise ReportError(f"{released.id}: the layout asks for the column {field}, which is not there.")


def _text(released: Released, row: int, name: str, *, language: str) -> str:
    texts = released.texts
    full = next(
        (one for one in (f"{name}.{language}", name) if texts is not None and one in texts.columns), ""
    )
    if texts is None or not full:
        raise ReportError(f"{released.id}: the layout asks for the text {name}, which is not there.")
    return str(texts.loc[row, full])


def _cell(
    released: Released, rows: list[int], column: Column, layout: Layout, *, language: str
) -> tuple[str, list[Entry], bool]:
    if column.measure:
        rows = [row for row in rows if released.table.loc[row, "measure"] == column.measure]
    if column.each:
        across = _values(released, layout.across)
        rows = [row for row in rows if str(across.loc[row]) == column.each]
    if not rows:
        return html.escape(load_wording().text("status.not_applicable", language=language)), [], False
    row = rows[0]
    words = _words(released, row, column.field, language=language)
    if words is not None:
        return html.escape(words), [], False
    if column.field == "interval":
        return _interval(released, row, column, language=language)
    if column.field == "fraction":
        return _fraction(released, row, language=language)
    return _number(released, row, column, language=language)


def _words(released: Released, row: int, field: str, *, language: str) -> str | None:
    """A text, a code, or the word for a code; None where the column is of numbers."""
    kind, _, name = field.partition(":")
    if kind == "text":
        return _text(released, row, name, language=language)
    if kind == "code":
        return str(released.table.loc[row, name])
    if kind == "word":
        return load_wording().text(f"{name}.{released.table.loc[row, name]}", language=language)
    return None


def _number(released: Released, row: int, column: Column, *, language: str) -> tuple[str, list[Entry], bool]:
    """A number; a full one has its interval on a second line. Without a number its reason stands there, as text."""
    kind, _, name = column.field.rpartition(":")
    missing = _text(released, row, column.missing, language=language) if column.missing else ""
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
