"""Cells of the request workbook: formats, entry rules, protection and print set-up, for every sheet alike."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from textwrap import wrap
from typing import TYPE_CHECKING

from evaluation.intake.returns.entries import Content, Input, Request
from evaluation.intake.returns.layout import NOTE_ROW, TITLE_ROW, Hint, Sheet

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

A4, A3 = 9, 8
INK, GREY, LINE = "#1F2933", "#5F6B7A", "#B8C2CC"
SHADE = {
    "head": "#1F4E79",
    "input": "#FFF6D6",
    "locked": "#EEF1F4",
    "question": "#FDE7D9",
    "banner": "#C00000",
}
NUMBER_FORMATS = {
    "count": "#,##0",
    "share": "0.0%",
    "number": "#,##0.##",
    "part": "#,##0.##",
    "date": "dd.mm.yyyy",
}
LISTS = ("reason", "stage", "measure_stage", "measure_reason")
_BOX = {"border": 1, "border_color": LINE, "valign": "top", "text_wrap": True}


@dataclass(slots=True)
class Pen:
    """The workbook being written, its formats by name, and where every input cell is."""

    workbook: "Workbook"
    request: Request
    formats: dict[str, "Format"] = field(default_factory=dict)
    cells: list[tuple[str, str, str, str]] = field(default_factory=list)
    """Sheet, cell, field and key of every input cell."""

    def style(self, name: str) -> "Format":
        """The format of a name; made once."""
        if name not in self.formats:
            self.formats[name] = self.workbook.add_format({"font_name": "Arial", **_properties(name)})
        return self.formats[name]

    def add_sheet(self, sheet: Sheet, *, columns: int, first: int = 0) -> "Worksheet":
        """A sheet with its title and note from a column on, and the banner of invented data over its columns."""
        page = self.workbook.add_worksheet(sheet.name)
        page.hide_gridlines(2)
        if self.request.synthetic:
            page.write_string(0, first, self.request.layout.banner, self.style("banner"))
            for place in range(first + 1, columns):
                page.write_blank(0, place, None, self.style("banner"))
            page.set_row(0, 24)
        else:
            page.set_row(0, 6)
        page.write_string(TITLE_ROW, first, sheet.title, self.style("title"))
        page.set_row(TITLE_ROW, 24)
        page.write_string(NOTE_ROW, first, sheet.note, self.style("note"))
        page.set_row(NOTE_ROW, 18)
        return page

    def finish(self, page: "Worksheet", sheet: Sheet, *, paper: int = A4) -> None:
        """Protection without a password and the print set-up: one page wide, however many long."""
        page.protect("", {"autofilter": True, "format_columns": True, "format_rows": True, "sort": True})
        page.set_paper(paper)
        page.set_landscape()
        page.set_margins(left=0.4, right=0.4, top=0.75, bottom=0.6)
        page.fit_to_pages(1, 0)
        layout = self.request.layout
        if self.request.synthetic:
            page.set_header(f'&C&"Arial,Bold"&12&K{SHADE["banner"][1:]}{layout.banner}')
        name = self.request.registry.label(self.request.institution).replace("&", "&&")
        words = layout.footer.format(institution=name, year=self.request.year, sheet=sheet.name)
        page.set_footer(f'&L&"Arial"&8{words}&R&"Arial"&8{layout.print_page} &P / &N')

    def enter(self, page: "Worksheet", row: int, column: int, what: Input) -> None:
        """An input cell with what stands in it already."""
        self.put(page, row, column, what.content, self.style(f"in_{what.takes}"))

    def put(
        self, page: "Worksheet", row: int, column: int, content: Content, style: "Format | None" = None
    ) -> None:
        """A cell; a text is written as text whatever it begins with."""
        if content is None:
            page.write_blank(row, column, None, style)
        elif isinstance(content, str):
            page.write_string(row, column, content, style)
        elif isinstance(content, date):
            page.write_datetime(row, column, content, style)
        else:
            page.write_number(row, column, content, style)

    def restrict(self, page: "Worksheet", places: dict[str, list[tuple[int, int]]]) -> None:
        """Entry rules for the cells of each sort; cells that stand together share one range."""
        for takes, cells in places.items():
            rule = self._rule(takes)
            if not rule:
                continue
            first, *others = _ranges(cells)
            if others:
                rule["other_cells"] = [list(one) for one in others]
            page.data_validation(*first, rule)

    def _rule(self, takes: str) -> dict[str, object]:
        """The rule of a sort of cell with its words; a figure may also be a bound, so it only warns."""
        layout, hints = self.request.layout, self.request.layout.hints
        start, end = self.window
        days = {"start": f"{start:%d.%m.%Y}", "end": f"{end:%d.%m.%Y}"}
        lists = {
            "reason": layout.reason_list,
            "stage": tuple(layout.stages.values()),
            "measure_stage": tuple(layout.measure_stages.values()),
            "measure_reason": tuple(layout.reasons.values()),
        }
        wrong = "error_list" if takes in LISTS else f"error_{takes}"
        wrong = wrong if wrong in hints else "error_number"
        rule: dict[str, object] = {"validate": "any"}
        if takes in LISTS:
            rule = {"validate": "list", "source": list(lists[takes])}
        elif takes == "date":
            rule = {"validate": "date", "criteria": "between", "minimum": start, "maximum": end}
        elif takes == "share":
            rule = {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 1}
        elif takes in ("count", "number", "part", "county_count"):
            sort = "integer" if takes.endswith("count") else "decimal"
            rule = {"validate": sort, "criteria": ">=", "value": 0}
        hint = hints.get({"measure_stage": "stage", "county_count": "county"}.get(takes, takes))
        if hint is None:
            return {}
        rule |= _words(hint, days, "input")
        if rule["validate"] != "any":
            rule |= _words(hints[wrong], days, "error")
            rule["error_type"] = "stop" if takes in (*LISTS, "date") else "warning"
        return rule

    @property
    def window(self) -> tuple[date, date]:
        """The days on which a deliverable of this request can have been delivered."""
        return delivery_window(self.request)


def row_height(texts: Iterable[tuple[str, float]], *, small: bool = False) -> float:
    """The height that texts need in columns of a width, because not every program makes rows grow by itself."""
    room = 1.2 if small else 1.08
    lines = (
        sum(max(1, len(wrap(line, max(4, int(width * room))))) for line in text.split("\n"))
        for text, width in texts
        if text
    )
    return 3 + (12 if small else 13) * max(lines, default=1)


def delivery_window(request: Request) -> tuple[date, date]:
    """From the first day of the plan to the deadline of the request."""
    return request.plan.window.start, deadline(request)


def deadline(request: Request) -> date:
    """The last day for sending the workbook back."""
    return date(request.year + 1, request.rules.deadline_month, request.rules.deadline_day)


def _words(hint: Hint, days: dict[str, str], which: str) -> dict[str, object]:
    message = hint.message.format(**days) if "{start}" in hint.message else hint.message
    return {f"{which}_title": hint.title, f"{which}_message": message}


def _ranges(cells: Iterable[tuple[int, int]]) -> list[tuple[int, int, int, int]]:
    """Cells as ranges within their columns."""
    found: list[tuple[int, int, int, int]] = []
    for column, row in sorted((column, row) for row, column in cells):
        if found and found[-1][3] == column and found[-1][2] == row - 1:
            found[-1] = (found[-1][0], column, row, column)
        else:
            found.append((row, column, row, column))
    return found


def _properties(name: str) -> dict[str, object]:
    """What a format looks like; names beginning with ``in_`` are cells to fill in."""
    if name.startswith("in_"):
        takes = name.removeprefix("in_").replace("county_", "")
        number_format = NUMBER_FORMATS.get(takes, "@")
        align = {"align": "right"} if takes in NUMBER_FORMATS else {}
        shade = {"bg_color": SHADE["input"], "locked": False, "num_format": number_format}
        return {**_BOX, "font_size": 10, "font_color": INK, **shade, **align}
    looks: dict[str, dict[str, object]] = {
        "banner": {"bold": True, "font_size": 13, "font_color": "white", "bg_color": SHADE["banner"]},
        "title": {"bold": True, "font_size": 15, "font_color": SHADE["head"]},
        "note": {"italic": True, "font_size": 10, "font_color": GREY},
        "head": {**_BOX, "bold": True, "font_size": 10, "font_color": "white", "bg_color": SHADE["head"]},
        "head_center": {
            **_BOX, "bold": True, "font_size": 9, "font_color": "white", "bg_color": SHADE["head"],
            "align": "center", "valign": "vcenter",
        },
        "total": {**_BOX, "font_size": 10, "font_color": INK},
        "total_name": {**_BOX, "font_size": 10, "font_color": INK, "bold": True},
        "part": {**_BOX, "font_size": 9, "font_color": GREY},
        "part_name": {**_BOX, "font_size": 9, "font_color": GREY, "indent": 1},
        "question": {**_BOX, "font_size": 10, "font_color": INK},
        "question_name": {**_BOX, "font_size": 10, "font_color": INK, "bold": True},
        "question_definition": {**_BOX, "font_size": 10, "font_color": INK, "bg_color": SHADE["question"]},
        "locked": {**_BOX, "bg_color": SHADE["locked"]},
        "big": {"bold": True, "font_size": 18, "font_color": SHADE["head"], "text_wrap": True, "valign": "top"},
        "lead": {"bold": True, "font_size": 12, "font_color": INK, "text_wrap": True, "valign": "top"},
        "section": {"bold": True, "font_size": 12, "font_color": SHADE["head"], "bottom": 1, "bottom_color": LINE},
        "prose": {"font_size": 11, "font_color": INK, "text_wrap": True, "valign": "top"},
        "legend_input": {**_BOX, "bg_color": SHADE["input"]},
        "legend_locked": {**_BOX, "bg_color": SHADE["locked"]},
        "legend_question": {**_BOX, "bg_color": SHADE["question"]},
    }  # fmt: skip
    return looks[name]
