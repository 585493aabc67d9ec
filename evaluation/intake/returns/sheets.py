"""The sheets of the request workbook that institutions fill in: long tables and the county matrix."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING

from evaluation.intake.returns.entries import Entry, Input, county_content, takes
from evaluation.intake.returns.layout import (
    COUNTY_HEAD,
    FIELDS_ROW,
    FIRST_ROW,
    HEAD_ROW,
    KEY_FIELD,
    Sheet,
    column_key,
    parts_of,
)
from evaluation.intake.returns.painting import A3, A4, Pen, row_height
from evaluation.intake.returns.phrases import describe_period
from evaluation.strategy.asked import Asked
from evaluation.strategy.counties import load_counties
from evaluation.strategy.plan import Indicator

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

COUNTY_FIRST = FIELDS_ROW + 1 + COUNTY_HEAD
PAGE_COLUMNS = 14
_FROZEN = {"indicators": 3, "deliverables": 3, "measures": 2}


def write_table(pen: Pen, sheet_id: str, entries: Iterable[Entry]) -> None:
    """A sheet with a line for each entry; without entries there is no sheet."""
    lines = list(entries)
    if not lines:
        return
    sheet = pen.request.layout.sheet(sheet_id)
    page = pen.add_sheet(sheet, columns=len(sheet.columns), first=1)
    for place, column in enumerate(sheet.columns):
        hidden = {"hidden": True} if column.field == KEY_FIELD else {}
        page.set_column(place, place, column.width, None, hidden)
        page.write_string(FIELDS_ROW, place, column.field)
        page.write_string(HEAD_ROW, place, column.heading, pen.style("head"))
    page.set_row(FIELDS_ROW, None, None, {"hidden": True})
    page.set_row(HEAD_ROW, 30)
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for row, entry in enumerate(lines, start=FIRST_ROW):
        page.set_row(row, _height(entry, sheet))
        for field, place in sheet.fields.items():
            _write_field(pen, page, entry, field, row=row, place=place)
            if field in entry.inputs:
                places[entry.inputs[field].takes].append((row, place))
                pen.cells.append((sheet.name, cell_name(row, place), field, entry.key))
    pen.restrict(page, places)
    page.freeze_panes(FIRST_ROW, _FROZEN[sheet_id])
    page.autofilter(HEAD_ROW, 1, FIRST_ROW + len(lines) - 1, len(sheet.columns) - 1)
    page.repeat_rows(HEAD_ROW)
    page.print_area(0, 1, FIRST_ROW + len(lines) - 1, len(sheet.columns) - 1)
    pen.finish(page, sheet, paper=A3 if sheet_id == "indicators" else A4)


def write_counties(pen: Pen) -> None:
    """The matrix of counties and figures; without county figures there is no sheet."""
    columns = [(one, part) for one in pen.request.county_totals for part in parts_of(_card(pen, one))]
    if not columns:
        return
    sheet = pen.request.layout.sheet("counties")
    fixed = len(sheet.columns)
    page = pen.add_sheet(sheet, columns=fixed + len(columns), first=fixed)
    page.set_column(0, 0, sheet.columns[0].width, None, {"hidden": True})
    page.set_column(1, 1, sheet.columns[1].width)
    page.set_column(fixed, fixed + len(columns) - 1, pen.request.layout.county_width)
    _write_county_head(pen, page, columns)
    places: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for row, county in enumerate(load_counties(), start=COUNTY_FIRST):
        page.write_string(row, 0, county.id)
        page.write_string(row, 1, county.name, pen.style("total_name"))
        for place, (asked, part) in enumerate(columns, start=fixed):
            sort = takes(_card(pen, asked), part)
            sort = "county_count" if sort == "count" else sort
            pen.enter(page, row, place, Input(sort, county_content(pen.request, asked, county.id, part)))
            places[sort].append((row, place))
            key = column_key(asked.key, part)
            pen.cells.append((sheet.name, cell_name(row, place), part, f"{county.id}@{key}"))
    pen.restrict(page, places)
    page.freeze_panes(COUNTY_FIRST, fixed)
    page.repeat_rows(FIELDS_ROW + 1, COUNTY_FIRST - 1)
    page.repeat_columns(1)
    page.print_area(0, 1, COUNTY_FIRST + len(load_counties()) - 1, fixed + len(columns) - 1)
    pen.finish(page, sheet, paper=A3)
    page.set_print_scale(75)
    breaks = _breaks([asked.measure for asked, _ in columns], first=fixed)
    page.set_v_pagebreaks(breaks)
    if pen.request.synthetic:
        for place in breaks:
            page.write_string(0, place, pen.request.layout.banner, pen.style("banner"))


def cell_name(row: int, column: int) -> str:
    """The name of a cell, from places that count from 0.

    >>> cell_name(0, 27)
    'AB1'
    """
    from xlsxwriter.utility import xl_rowcol_to_cell

    return str(xl_rowcol_to_cell(row, column))


def _write_field(pen: Pen, page: "Worksheet", entry: Entry, field: str, *, row: int, place: int) -> None:
    if field == KEY_FIELD:
        page.write_string(row, place, entry.key)
    elif field in entry.inputs:
        pen.enter(page, row, place, entry.inputs[field])
    elif field in entry.printed:
        style = f"{entry.style}_{field}" if field in ("name", "definition") else entry.style
        known = style if style.endswith("_name") or style == "question_definition" else entry.style
        pen.put(page, row, place, entry.printed[field], pen.style(known))
    else:
        page.write_blank(row, place, None, pen.style("locked"))


def _write_county_head(pen: Pen, page: "Worksheet", columns: list[tuple[Asked, str]]) -> None:
    """Keys out of sight, then measure, indicator, period and part above each column."""
    layout, sheet = pen.request.layout, pen.request.layout.sheet("counties")
    fixed = len(sheet.columns)
    for place, column in enumerate(sheet.columns):
        page.write_string(FIELDS_ROW, place, column.field)
        for row in range(HEAD_ROW, COUNTY_FIRST):
            words = column.heading if place == 0 or row == COUNTY_FIRST - 1 else ""
            page.write_string(row, place, words, pen.style("head"))
    page.set_row(FIELDS_ROW, None, None, {"hidden": True})
    for place, (asked, part) in enumerate(columns, start=fixed):
        page.write_string(FIELDS_ROW, place, column_key(asked.key, part))
        style = pen.style("head_center")
        page.write_string(HEAD_ROW + 2, place, describe_period(asked.period, layout), style)
        page.write_string(HEAD_ROW + 3, place, layout.parts[part], style)
    _write_spans(pen, page, HEAD_ROW, [asked.measure for asked, _ in columns])
    _write_spans(pen, page, HEAD_ROW + 1, [asked.indicator for asked, _ in columns], named=True)
    page.set_row(HEAD_ROW + 1, 132)
    page.set_row(HEAD_ROW + 2, 26)


def _write_spans(pen: Pen, page: "Worksheet", row: int, ids: list[str], *, named: bool = False) -> None:
    """A head cell over all the columns of the same measure or indicator."""
    place = len(pen.request.layout.sheet("counties").columns)
    for one, group in groupby(ids):
        width = len(list(group))
        words = pen.request.cards[one].name.ro if named else one
        if width == 1:
            page.write_string(row, place, words, pen.style("head_center"))
        else:
            page.merge_range(row, place, row, place + width - 1, words, pen.style("head_center"))
        place += width


def _breaks(measures: list[str], *, first: int) -> list[int]:
    """Columns before which a page ends: between measures where that is possible."""
    found, start, place = [], 0, 0
    for _, group in groupby(measures):
        width = len(list(group))
        if place + width - start > PAGE_COLUMNS and place > start:
            found.append(first + place)
            start = place
        place += width
    return found


def _height(entry: Entry, sheet: Sheet) -> float:
    """The height of a line, from what is printed and what stands in its input cells."""
    filled = {name: one.content for name, one in entry.inputs.items() if isinstance(one.content, str)}
    words = {**entry.printed, **filled}
    bold = {"name"} if entry.style != "part" else set()
    texts = [
        (words[one.field], one.width * (0.92 if one.field in bold else 1))
        for one in sheet.columns
        if one.field in words
    ]
    return row_height(texts, small=entry.style == "part")


def _card(pen: Pen, asked: Asked) -> Indicator:
    return pen.request.cards[asked.indicator]
