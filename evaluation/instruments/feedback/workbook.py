"""The workbook for typing in paper forms of feedback: twice, with a sheet that names the cells that differ."""

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evaluation.core.errors import InstrumentError
from evaluation.core.provenance import KIT_VERSION
from evaluation.instruments.answer_compare import write_pairs
from evaluation.instruments.answer_layout import FIRST_ROW
from evaluation.instruments.answer_workbook import STAMP, TEXT_ONLY, write_head, write_prose
from evaluation.instruments.feedback.asking import form_of
from evaluation.instruments.feedback.form import CONSENTS
from evaluation.instruments.feedback.model import FeedbackInstrument
from evaluation.instruments.feedback.protocol import Protocol
from evaluation.instruments.feedback.slots import SlotText
from evaluation.instruments.feedback.workbook_pen import (
    CONSENT_VERSION,
    FORMAT,
    NUMBER,
    FeedbackColumn,
    FeedbackPen,
)
from evaluation.instruments.pages import check_language

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

GROUP_ROW, HEAD_ROW, FIELDS_ROW = 2, 3, 4
"""Rows of a sheet of answers, from 0. The hidden row of fields stands on the first entry only and lowest, so that a
reader takes the first entry for the answers and the second for a check."""
ANSWER_ROWS = 100
MOST_ROWS = 1000
REQUIRED = ("person_code", "wave", "consent_analysis")
KIT_KEYS = ("format", "instrument", "instrument_version", "kit_version", "language", "rows")


def make_feedback_workbook(
    instrument: FeedbackInstrument,
    *,
    language: str = "ro",
    rows: int = ANSWER_ROWS,
    protocol: Protocol | None = None,
    slots: tuple[SlotText, ...] = (),
) -> bytes:
    """The workbook with room for so many sheets of paper; equal input gives equal bytes."""
    from xlsxwriter import Workbook

    check_language(language)
    if not 1 <= rows <= MOST_ROWS:
        raise InstrumentError(
            f"rows: a workbook holds 1 to {MOST_ROWS} sheets; give a number in these bounds."
        )
    form = form_of(instrument, protocol=protocol, slots=slots)
    buffer = BytesIO()
    with Workbook(buffer, {"in_memory": True, **TEXT_ONLY}) as workbook:
        title = getattr(instrument.about.title, language)
        workbook.set_properties({"title": title, "created": STAMP})
        pen = FeedbackPen(workbook, form, language, rows)
        _write_readme(pen, title)
        _write_answers(pen, "first")
        _write_answers(pen, "second")
        _write_comparison(pen)
        _write_kit(pen)
        pen.write_lists()
    return buffer.getvalue()


def write_feedback_workbook(
    instrument: FeedbackInstrument,
    path: Path,
    *,
    language: str = "ro",
    rows: int = ANSWER_ROWS,
    protocol: Protocol | None = None,
    slots: tuple[SlotText, ...] = (),
) -> Path:
    """The workbook as a file."""
    path.write_bytes(
        make_feedback_workbook(instrument, language=language, rows=rows, protocol=protocol, slots=slots)
    )
    return path


def _write_readme(pen: FeedbackPen, title: str) -> None:
    """What to do in the order of doing it, the rules, the colours."""
    about = pen.form.instrument.about
    facts = {"instrument": about.name, "version": about.version, "rows": str(pen.rows)}
    names = facts | {name: pen.sheet_name(name) for name in ("first", "second", "compare")}
    page = pen.workbook.add_worksheet(pen.sheet_name("readme"))
    page.hide_gridlines(2)
    page.set_column(0, 0, 4)
    page.set_column(1, 1, 100)
    page.write_string(0, 0, pen.phrase("readme", "title"), pen.style("title"))
    page.write_string(1, 0, title, pen.style("note"))
    row = write_prose(pen, page, 2, [pen.phrase("readme", "lead"), pen.phrase("readme", "facts", **facts)])
    for group in ("steps", "rules"):
        row = write_head(pen, page, row, f"{group}_head")
        texts = [one[pen.language].format(**names) for one in pen.words("readme", group)]
        row = write_prose(pen, page, row, texts, numbered=group == "steps")
    row = write_head(pen, page, row, "legend_head")
    for place, name in enumerate(pen.words("readme", "legend"), row):
        page.write_blank(place, 0, None, pen.style(f"legend_{name}"))
        page.write_string(place, 1, pen.phrase("readme", "legend", name), pen.style("legend"))
    pen.finish(page, landscape=False)


def _write_answers(pen: FeedbackPen, sheet: str) -> None:
    """One row a sheet of paper; its number stands there, so that both entries keep the same rows."""
    page, last = pen.add_sheet(sheet), FIRST_ROW + pen.rows - 1
    for place, column in enumerate(pen.columns):
        if sheet == "first":
            page.write_string(FIELDS_ROW, place, column.field)
        page.write_string(HEAD_ROW, place, column.heading, pen.style("head"))
        page.set_column(place, place, column.width)
        if column.field == NUMBER:
            for number in range(1, pen.rows + 1):
                page.write_number(FIRST_ROW + number - 1, place, number, pen.style("fixed"))
            continue
        asked = sheet == "first" or column.takes != "text"
        style = pen.input_style(column.takes) if asked else pen.style("not_asked")
        for row in range(FIRST_ROW, last + 1):
            page.write_blank(row, place, None, style)
        if asked:
            page.data_validation(FIRST_ROW, place, last, place, _rule(pen, column) | _hint(pen, column))
    _write_groups(pen, page)
    _mark(pen, page, last)
    page.set_row(HEAD_ROW, 45)
    page.set_row(FIELDS_ROW, None, None, {"hidden": True})
    page.freeze_panes(FIRST_ROW, 3)
    page.repeat_rows(GROUP_ROW, HEAD_ROW)
    pen.finish(page)


def _rule(pen: FeedbackPen, column: FeedbackColumn) -> dict[str, Any]:
    """What may be typed into a column."""
    if column.takes == "code":
        rule: dict[str, Any] = {"validate": "length", "criteria": "==", "value": 9}
        return rule | pen.told("errors", "code", which="error")
    if column.takes == "months":
        rule = {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": 120}
        return rule | pen.told("errors", "months", which="error")
    return pen.rule(column.takes)


def _hint(pen: FeedbackPen, column: FeedbackColumn) -> dict[str, Any]:
    """The question of a column and the answers that it takes."""
    question = column.question
    if question is None:
        return {}
    label = pen.say(question.label)
    if column.takes == "text":
        return pen.hint("text", n=column.number)
    if column.takes == "code":
        return pen.hint("code", title=label, label=" ".join(pen.say(one) for one in question.hints))
    if not column.number:
        return pen.hint("fact", title=column.heading, label=label)
    answers = "; ".join(f"{code} = {pen.say(text)}" for code, text in question.answers.items())
    coded = all(isinstance(one, int) or one in question.answers for one in pen.lists[column.takes])
    return pen.hint("number", n=column.number, label=f"{label} {answers}." if coded else label)


def _write_groups(pen: FeedbackPen, page: "Worksheet") -> None:
    """A heading over the columns that belong together."""
    groups = [one.group for one in pen.columns]
    page.set_row(GROUP_ROW, 28)
    for name in dict.fromkeys(groups):
        first = groups.index(name)
        last = first + groups.count(name) - 1
        if first < last:
            page.merge_range(GROUP_ROW, first, GROUP_ROW, last, "", pen.style("head"))
        page.write_string(GROUP_ROW, first, pen.group(name), pen.style("head"))


def _mark(pen: FeedbackPen, page: "Worksheet", last: int) -> None:
    """Red where a sheet has something typed but not what is required; grey what is not asked without consent."""
    from xlsxwriter.utility import xl_col_to_name

    fields = [one.field for one in pen.columns]
    row, end = FIRST_ROW + 1, xl_col_to_name(len(fields) - 1)
    for name in REQUIRED:
        place = fields.index(name)
        cell = f"${xl_col_to_name(place)}{row}"
        criteria = f'=AND({cell}="",COUNTA($B{row}:${end}{row})>0)'
        rule = {"type": "formula", "criteria": criteria, "format": pen.style("wrong")}
        page.conditional_format(FIRST_ROW, place, last, place, rule)
    answered = f"${xl_col_to_name(fields.index(CONSENTS[0]))}{row}"
    word = pen.say(pen.form.word("no"))
    rule = {"type": "formula", "criteria": f'={answered}="{word}"', "format": pen.style("off")}
    after = fields.index(CONSENTS[-1]) + 1
    page.conditional_format(FIRST_ROW, after, last, len(fields) - 1, rule)


def _write_comparison(pen: FeedbackPen) -> None:
    compared = [place for place, one in enumerate(pen.columns) if one.field != NUMBER and one.takes != "text"]
    heads = [pen.phrase("headings", "number"), pen.phrase("headings", "row")]
    numbers = [(place + 1, FIRST_ROW + place + 1) for place in range(pen.rows)]
    write_pairs(pen, compared, heads=heads, numbers=numbers)


def _write_kit(pen: FeedbackPen) -> None:
    """What a reader of the workbook needs: which instrument, which version, which columns."""
    page = pen.workbook.add_worksheet(pen.sheet_name("kit"))
    about = pen.form.instrument.about
    values = (FORMAT, about.name, about.version, KIT_VERSION, pen.language, str(pen.rows))
    told = [*zip(KIT_KEYS, values, strict=True), (CONSENT_VERSION, about.consent.version)]
    for row, (key, value) in enumerate(told):
        page.write_string(row, 0, key)
        page.write_string(row, 1, value)
    for row, column in enumerate(pen.columns):
        page.write_string(row, 3, column.field)
    page.protect()
    page.hide()
