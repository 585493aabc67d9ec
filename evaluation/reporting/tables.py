"""Released tables as HTML: lines, columns and words by their layout, every number a link into the register."""

import html
import re
from collections.abc import Collection
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from evaluation.core.errors import ReportError
from evaluation.core.results import Released
from evaluation.reporting.cells import cell_html, column_of, text_of
from evaluation.reporting.layouts import Column, Layout
from evaluation.reporting.register import Entry
from evaluation.reporting.statements import Records
from evaluation.reporting.wording import load_wording

if TYPE_CHECKING:
    import pandas as pd


def tables_html(
    released: Released,
    layout: Layout,
    *,
    slug: str,
    language: str,
    only: str = "",
    register: Records = (),
) -> tuple[str, tuple[Entry, ...]]:
    """The table, or one after the other for each part that the layout splits it into.

    ``only`` keeps the rows of one objective and of those below it; ``register`` has the numbers of told texts.
    """
    if released.texts is not None and released.texts.empty:
        return _nothing(layout, language=language), ()
    rows = _chosen(released, layout).index
    if only:
        place = column_of(released, layout.within or layout.split).loc[rows].astype(str)
        rows = rows[(place == only) | place.str.startswith(f"{only}.")]
        slug = slug if layout.split else f"{slug}-{slug_of(only)}"
    if not layout.split:
        return table_html(
            released, layout, slug=slug, language=language, rows=rows, part=only, register=register
        )
    parts = column_of(released, layout.split).loc[rows].astype(str)
    found = []
    for part in dict.fromkeys(parts):
        rows = parts.index[parts == part]
        label = part
        if layout.split_label:
            label = text_of(released, int(rows[0]), layout.split_label, language=language)
        piece = slug_of(part)
        found.append(
            table_html(
                released,
                layout,
                slug=f"{slug}-{piece}",
                language=language,
                rows=rows,
                part=label,
                register=register,
            )
        )
    return "".join(markup for markup, _ in found), tuple(one for _, entries in found for one in entries)


def _nothing(layout: Layout, *, language: str) -> str:
    """A listing without rows, told by what would have stood in it."""
    caption = layout.caption[language].replace("{part}", "").rstrip(" ,:")
    nothing = load_wording().text("table.nothing", language=language)
    return f'<p class="said">{html.escape(caption)}: {html.escape(nothing)}</p>'


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
    register: Records = (),
) -> tuple[str, tuple[Entry, ...]]:
    """The table as HTML with caption, scoped headers and notes, and the entries of its numbers.

    ``rows`` keeps some rows only, which the caption names by ``part``; synthetic data are marked in it.
    """
    if layout.card:
        inner, entries = _card(released, layout, rows, language=language, register=register)
    else:
        inner, entries = _lines(released, layout, rows, language=language, register=register)
    note = f'<p class="note">{html.escape(layout.note[language])}</p>' if layout.note else ""
    caption = html.escape(layout.caption[language].replace("{part}", part))
    caption += synthetic_html(released, language=language)
    kind = f"{' wide' if layout.wide else ''}{' card' if layout.card else ''}"
    return (
        f'<div class="exhibit table{kind}" id="tab-{slug}"><table>'
        f'<caption><span class="exno" data-kind="table" data-ref="tab-{slug}"></span> {caption}</caption>'
        f"{inner}</table>{note}</div>"
    ), tuple(entries)


def _lines(
    released: Released,
    layout: Layout,
    rows: Collection[int] | None,
    *,
    language: str,
    register: Records,
) -> tuple[str, list[Entry]]:
    """Head and body of a table with a line for each row or group of rows."""
    entries: list[Entry] = []
    lines = _groups(released, layout, rows)
    columns = _repeated(released, layout, lines)
    body, numbers = [], [0] * len(columns)
    for line in lines:
        cells = []
        for place, column in enumerate(columns):
            text, found, numeric = cell_html(
                released, line, column, layout, language=language, register=register
            )
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
    return f"<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody>", entries


def _card(
    released: Released,
    layout: Layout,
    rows: Collection[int] | None,
    *,
    language: str,
    register: Records,
) -> tuple[str, list[Entry]]:
    """The body of a card: every header with what belongs to it, one below the other."""
    entries: list[Entry] = []
    body = []
    for line in _groups(released, layout, rows):
        for column in layout.columns:
            text, found, _ = cell_html(released, line, column, layout, language=language, register=register)
            entries.extend(found)
            header = html.escape(column.header[language])
            body.append(f'<tr><th scope="row">{header}</th><td>{text}</td></tr>')
    return f"<tbody>{''.join(body)}</tbody>", entries


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
    keys = [column_of(released, field).loc[chosen.index] for field in layout.pivot.split()]
    return [
        [int(label) for label in part.index] for _, part in chosen.groupby(keys, sort=False, dropna=False)
    ]


def _repeated(released: Released, layout: Layout, lines: list[list[int]]) -> list[Column]:
    """The columns, those marked ``each`` once for every value of the layout's ``across`` in the lines."""
    if not layout.across:
        return list(layout.columns)
    values = column_of(released, layout.across)
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
        chosen = chosen[column_of(released, field).loc[chosen.index].astype(str).isin(allowed)]
    return chosen
