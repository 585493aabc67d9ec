"""A form as a workbook: instructions, one line for each thing asked, drop-down lists, a hidden sheet for the way back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from evaluation.core.provenance import KIT_VERSION, digest_text
from evaluation.judgement.forms.model import Choice, Form, FormColumn, both, form_words
from evaluation.strategy.words import Text

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

KIT_SHEET = "_kit"
HEAD_ROW, FIELDS_ROW, FIRST_ROW = 0, 1, 2
"""Rows of the sheet, from 0; the row of fields is hidden."""
MARK = Text(ro="DATE SINTETICE", en="SYNTHETIC DATA")
TEXT_ONLY = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
STAMP = datetime(2024, 1, 1)
"""Written as the time of making, so that equal input gives equal bytes."""
_GRID = {"valign": "top", "text_wrap": True, "border": 1, "border_color": "#BFBFBF"}
STYLES: dict[str, dict[str, Any]] = {
    "title": {"bold": True, "font_size": 16, "font_color": "#12305A"},
    "mark": {"bold": True, "font_color": "#7A1C12"},
    "prose": {"text_wrap": True, "valign": "top"},
    "head": {"bold": True, "text_wrap": True, "valign": "vcenter", "bg_color": "#12305A", "font_color": "#FFFFFF"},
    "fixed": {**_GRID, "bg_color": "#E7E6E6"},
    "open": {**_GRID, "num_format": "@", "locked": False},
    "day": {**_GRID, "num_format": "yyyy-mm-dd", "locked": False, "align": "left"},
}  # fmt: skip
Line = Mapping[str, str]
"""The cells of a line by field; a choice as its code, a day as YYYY-MM-DD, nothing as an empty text."""
Lists = Mapping[str, Sequence[Choice]]
"""The choices of each list by its name."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is written: the lines, the lists to choose from, the assessment, and whether it is invented.

    ``stored`` is the digest of the file that the lines were drawn from; empty where there is none.
    """

    form: Form
    assessment: str
    lines: tuple[Line, ...]
    lists: Lists
    synthetic: bool = False
    stored: str = ""


def make_form_workbook(sheet: Sheet) -> bytes:
    """The workbook as bytes; equal input gives equal bytes."""
    from xlsxwriter import Workbook

    buffer, words = BytesIO(), form_words()
    with Workbook(buffer, {"in_memory": True, **TEXT_ONLY}) as workbook:
        workbook.set_properties({"title": sheet.form.title.ro, "created": STAMP})
        styles = {name: workbook.add_format(look) for name, look in STYLES.items()}
        readme, page, lists = (
            workbook.add_worksheet(name) for name in (words.readme.ro, sheet.form.sheet.ro, words.lists.ro)
        )
        _write_readme(readme, sheet, styles)
        ranges = _write_lists(lists, sheet, styles)
        _write_lines(page, sheet, styles, ranges)
        _write_kit(workbook, sheet)
        page.activate()
    return buffer.getvalue()


def fixed_digest(form: Form, line: Line) -> str:
    """A digest of what the kit wrote into the locked cells of a line, to tell when it was changed."""
    return digest_text("\n".join(line.get(one.field, "") for one in form.columns if one.takes == "fixed"))


def _write_readme(page: "Worksheet", sheet: Sheet, styles: dict[str, Any]) -> None:
    """What to do, in the order of doing it, Romanian at the left and English at the right."""
    form = sheet.form
    page.hide_gridlines(2)
    page.set_column(0, 0, 4)
    page.set_column(1, 2, 70)
    lines: list[tuple[str, Text, str]] = [
        ("", form.title, "title"),
        ("", Text(ro=sheet.assessment, en=sheet.assessment), "prose"),
        *((("", MARK, "mark"),) if sheet.synthetic else ()),
        ("", form.lead, "prose"),
        *((f"{place}.", one, "prose") for place, one in enumerate(form.steps, 1)),
    ]
    for row, (number, text, style) in enumerate(lines):
        page.write_string(row, 0, number, styles["prose"])
        page.write_string(row, 1, text.ro, styles[style])
        page.write_string(row, 2, text.en, styles[style])
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.protect()


def _write_lists(page: "Worksheet", sheet: Sheet, styles: dict[str, Any]) -> dict[str, str]:
    """Every choice with its name, list under list; gives the cells of each list."""
    words = form_words()
    heads = {one.choices: one.head for one in sheet.form.columns if one.choices}
    for place, head in enumerate(words.list_heads.values()):
        page.write_string(0, place, both(head), styles["head"])
    ranges, row = {}, 1
    for name, terms in sheet.lists.items():
        ranges[name] = f"='{words.lists.ro}'!$B${row + 1}:$B${row + len(terms)}"
        for one in terms:
            for place, text in enumerate((both(heads[name]), one.label, one.name.ro, one.name.en)):
                page.write_string(row, place, text, styles["prose"])
            row += 1
    page.set_column(0, 1, 24)
    page.set_column(2, 3, 60)
    page.freeze_panes(1, 0)
    page.protect()
    return ranges


def _write_lines(page: "Worksheet", sheet: Sheet, styles: dict[str, Any], ranges: dict[str, str]) -> None:
    form = sheet.form
    last = FIRST_ROW + len(sheet.lines) + form.free_rows - 1
    for place, column in enumerate(form.columns):
        page.set_column(place, place, column.width)
        page.write_string(HEAD_ROW, place, both(column.head, joint="\n"), styles["head"])
        page.write_string(FIELDS_ROW, place, column.field)
        if column.takes in form_words().hints and last >= FIRST_ROW:
            page.data_validation(FIRST_ROW, place, last, place, _validation(column, ranges))
    for row in range(FIRST_ROW, last + 1):
        known = sheet.lines[row - FIRST_ROW] if row - FIRST_ROW < len(sheet.lines) else {}
        for place, column in enumerate(form.columns):
            text = _shown(known.get(column.field, ""), column, sheet.lists)
            _write_cell(page, (row, place), column, text, styles)
    page.set_row(HEAD_ROW, 62)
    page.set_row(FIELDS_ROW, None, None, {"hidden": True})
    page.freeze_panes(FIRST_ROW, 1)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(HEAD_ROW)
    page.set_header(f"&L{both(MARK)}" if sheet.synthetic else "")
    page.protect("", {"format_rows": True, "format_columns": True})


def _shown(stored: str, column: FormColumn, lists: Lists) -> str:
    """What stands in a cell: of a choice its label."""
    if column.takes != "one" or not stored:
        return stored
    return next(one.label for one in lists[column.choices] if one.code == stored)


def _write_cell(
    page: "Worksheet", at: tuple[int, int], column: FormColumn, text: str, styles: dict[str, Any]
) -> None:
    style = styles[{"fixed": "fixed", "date": "day"}.get(column.takes, "open")]
    if not text:
        page.write_blank(*at, None, style)
    elif column.takes == "date":
        page.write_datetime(*at, datetime.combine(date.fromisoformat(text), datetime.min.time()), style)
    else:
        page.write_string(*at, text, style)


def _validation(column: FormColumn, ranges: dict[str, str]) -> dict[str, Any]:
    """A drop-down list, or a day within the century."""
    words = form_words()
    told = {
        "input_title": column.head.ro[:32],
        "input_message": both(words.hints[column.takes], joint="\n"),
        "error_message": both(words.wrong, joint="\n"),
    }
    if column.takes == "one":
        return {"validate": "list", "source": ranges[column.choices], **told}
    return {
        "validate": "date", "criteria": "between", "minimum": date(2020, 1, 1), "maximum": date(2099, 12, 31), **told
    }  # fmt: skip


def _write_kit(workbook: "Workbook", sheet: Sheet) -> None:
    """What the reader needs: format, assessment, origin, and of each line its key and a digest of its locked cells.

    Origin is whether it is invented, the version of the kit, and the digest of the stored file.
    """
    page = workbook.add_worksheet(KIT_SHEET)
    for row, value in enumerate(
        (
            sheet.form.format,
            sheet.assessment,
            "synthetic" if sheet.synthetic else "",
            KIT_VERSION,
            sheet.stored,
        )
    ):
        page.write_string(row, 0, value)
    for row, line in enumerate(sheet.lines):
        page.write_string(row, 1, line[sheet.form.columns[0].field])
        page.write_string(row, 2, fixed_digest(sheet.form, line))
    page.protect()
    page.hide()
