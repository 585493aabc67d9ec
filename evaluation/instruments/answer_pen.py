"""Cells of the answer workbook: formats, entry rules, lists, protection, for every sheet alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from evaluation.instruments.answer_layout import AnswerLayout, load_answer_layout
from evaluation.instruments.answer_words import answer_words
from evaluation.instruments.model import Instrument
from evaluation.instruments.pages import tell
from evaluation.strategy.counties import load_counties

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

A4 = 9
YEARS = tuple(range(2024, 2029))
"""The years of the strategy."""
SCALE = (1, 2, 3, 4, 5)
BOUNDS = {"digit": (0, 9), "month_number": (1, 12), "count": (0, 5000)}
INK, GREY, BLUE, EDGE = "#1F2933", "#5F6B7A", "#1F4E79", "#B8C2CC"
YELLOW, PALE, RED, OFF = "#FFF6D6", "#EEF1F4", "#F8CBAD", "#C9CFD6"
_BOX = {"border": 1, "border_color": EDGE, "valign": "vcenter", "font_color": INK}
_CENTER = {**_BOX, "align": "center"}
_LOOKS: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 15, "font_color": BLUE},
    "note": {"italic": True, "font_color": GREY},
    "section": {"bold": True, "font_size": 12, "font_color": BLUE, "bottom": 1, "bottom_color": EDGE},
    "prose": {"font_size": 11, "font_color": INK, "text_wrap": True, "valign": "top"},
    "state": {"bold": True, "font_size": 11, "font_color": INK, "text_wrap": True, "valign": "top"},
    "head": {**_CENTER, "bold": True, "font_color": "white", "bg_color": BLUE, "text_wrap": True},
    "label": {**_BOX, "indent": 1, "bold": True, "bg_color": PALE, "text_wrap": True},
    "hint": {**_BOX, "indent": 1, "font_color": GREY, "text_wrap": True},
    "fixed": {**_CENTER, "bg_color": PALE},
    "fixed_word": {**_CENTER, "bg_color": PALE, "bold": True},
    "input": {**_CENTER, "bg_color": YELLOW, "locked": False},
    "input_text": {**_BOX, "bg_color": YELLOW, "locked": False, "num_format": "@", "text_wrap": True},
    "input_word": {**_CENTER, "bg_color": YELLOW, "locked": False, "num_format": "@", "text_wrap": True},
    "input_month_number": {**_CENTER, "bg_color": YELLOW, "locked": False, "num_format": "00"},
    "found": {**_BOX, "indent": 1, "text_wrap": True},
    "found_number": {**_CENTER},
    "not_asked": {**_BOX, "bg_color": OFF},
    "wrong": {"bg_color": RED},
    "off": {"bg_color": OFF, "font_color": OFF},
    "legend": {"font_size": 11, "font_color": INK, "indent": 1},
    "legend_input": {**_BOX, "bg_color": YELLOW},
    "legend_fixed": {**_BOX, "bg_color": PALE},
    "legend_wrong": {**_BOX, "bg_color": RED},
    "legend_off": {**_BOX, "bg_color": OFF},
}
_IN_CELL = {"text": "input_text", "month_number": "input_month_number"}
_IN_CELL |= {"digit": "input", "scale": "input", "year": "input", "count": "input"}
Lists = Mapping[str, Sequence[str] | Sequence[int] | Sequence[int | str]]


class BookPen:
    """What every workbook for typing in answers has alike; the lists, words and sheet names are its own."""

    workbook: "Workbook"
    language: str
    formats: dict[str, "Format"]

    @property
    def lists(self) -> Lists:
        """Every list of the workbook by name."""
        raise NotImplementedError

    def words(self, *path: str) -> Any:
        """What stands at a place of the words of the workbook: both languages, or a group of texts."""
        raise NotImplementedError

    def sheet_name(self, sheet: str) -> str:
        """The name of a sheet in the language of the workbook."""
        raise NotImplementedError

    def style(self, name: str) -> "Format":
        """The format of a name; made once."""
        if name not in self.formats:
            conditional = name in ("wrong", "off")
            font = {} if conditional else {"font_name": "Arial", "font_size": 10}
            self.formats[name] = self.workbook.add_format({**font, **_LOOKS[name]})
        return self.formats[name]

    def input_style(self, takes: str) -> "Format":
        """The format of a cell to fill in."""
        return self.style(_IN_CELL.get(takes, "input_word"))

    def phrase(self, *path: str, **parts: object) -> str:
        """A text of the words file with its parts filled in."""
        return self.words(*path)[self.language].format(**parts)  # type: ignore[no-any-return]

    def add_sheet(self, sheet: str, *, first: int = 0) -> "Worksheet":
        """A sheet with its title and note from a column on."""
        page = self.workbook.add_worksheet(self.sheet_name(sheet))
        page.hide_gridlines(2)
        page.write_string(0, first, self.phrase("sheets", sheet, "title"), self.style("title"))
        page.write_string(1, first, self.phrase("sheets", sheet, "note"), self.style("note"))
        page.set_row(0, 24)
        return page

    def finish(self, page: "Worksheet", *, landscape: bool = True) -> None:
        """Protection without a password, which guards against slips only, and the print set-up."""
        page.protect("", {"format_columns": True, "format_rows": True})
        page.set_paper(A4)
        if landscape:
            page.set_landscape()
        page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)
        page.fit_to_pages(1, 0)
        page.set_footer('&L&"Arial"&8&A&R&"Arial"&8&P / &N')

    def write_lists(self) -> None:
        """The lists of the drop-downs on a hidden sheet; a list in a range does not mind capitals."""
        page = self.workbook.add_worksheet(self.sheet_name("lists"))
        for column, (name, values) in enumerate(self.lists.items()):
            page.write_string(0, column, name)
            page.write_column(1, column, values)
        page.protect()
        page.hide()

    def rule(self, takes: str) -> dict[str, Any]:
        """The entry rule of a sort of cell, with the words of its refusal; empty where anything may stand."""
        if takes in self.lists:
            rule: dict[str, Any] = {"validate": "list", "source": self._range(takes)}
            if takes == "measure":
                return rule | {"error_type": "warning"} | self.told("errors", "measure", which="error")
            return rule | self.told("errors", "list", which="error")
        if takes in BOUNDS:
            low, high = BOUNDS[takes]
            rule = {"validate": "integer", "criteria": "between", "minimum": low, "maximum": high}
            return rule | self.told("errors", takes, which="error")
        if takes == "letter":
            rule = {"validate": "length", "criteria": "==", "value": 1}
            return rule | self.told("errors", takes, which="error")
        return {"validate": "any"}

    def hint(self, takes: str, **parts: object) -> dict[str, Any]:
        """What is shown when a cell is entered."""
        return self.told("hints", takes, which="input", **parts) if takes in self.words("hints") else {}

    def told(self, group: str, name: str, *, which: str, **parts: object) -> dict[str, Any]:
        """Title and message of a hint or a refusal, as long as spreadsheet programs allow."""
        title = self.phrase(group, name, "title", **parts)
        message = self.phrase(group, name, "message", **parts)
        return {f"{which}_title": title[:32], f"{which}_message": _cut(message, 255)}

    def _range(self, name: str) -> str:
        """Where a list stands on the sheet of lists."""
        from xlsxwriter.utility import xl_col_to_name

        column = xl_col_to_name(list(self.lists).index(name))
        return f"='{self.sheet_name('lists')}'!${column}$2:${column}${len(self.lists[name]) + 1}"


@dataclass(slots=True)
class Pen(BookPen):
    """The workbook being written, in one language, for so many sessions and people."""

    workbook: "Workbook"
    instrument: Instrument
    language: str
    sessions: int
    people: int
    codes: tuple[str, ...] = ()
    formats: dict[str, "Format"] = field(default_factory=dict)

    @property
    def layout(self) -> AnswerLayout:
        """Sheets, columns and lists."""
        return load_answer_layout()

    @property
    def lists(self) -> Lists:
        """Every list of the workbook by name; measures only where the instrument names some."""
        told: dict[str, Any] = {
            name: [tell(text, self.language) for text in words.values()]
            for name, words in self.layout.lists.items()
        }
        told |= {"county": [one.name for one in load_counties()], "year": YEARS, "scale": SCALE}
        measures = self.instrument.about.audience_measures
        return told | ({"measure": measures} if measures else {})

    @property
    def rows(self) -> int:
        """Sheets of paper that a session has room for: one before and one after for each participant."""
        return 2 * self.people

    def words(self, *path: str) -> Any:
        """What stands at a place of the words file."""
        return answer_words(*path)

    def sheet_name(self, sheet: str) -> str:
        """The name of a sheet in the language of the workbook."""
        return tell(self.layout.sheets[sheet], self.language)


def _cut(text: str, most: int) -> str:
    """A text of at most so many characters, as spreadsheet programs demand."""
    return text if len(text) <= most else text[: most - 1] + "…"
