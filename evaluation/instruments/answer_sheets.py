"""Sheets of the answer workbook that are filled in: the session, and the answers, entered twice."""

from typing import TYPE_CHECKING

from evaluation.instruments.answer_layout import (
    FIELDS_ROW,
    FIRST_ROW,
    GROUP_ROW,
    HEAD_ROW,
    SESSION_FIELD_COLUMN,
    SESSION_FIRST_COLUMN,
    SESSION_FIRST_ROW,
    SESSION_HEAD_ROW,
    SESSION_LABEL_COLUMN,
    AnswerColumn,
    SessionField,
    answer_columns,
    session_column,
)
from evaluation.instruments.answer_pen import Pen
from evaluation.instruments.model import ItemKind
from evaluation.instruments.pages import tell

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

FIXED = ("session", "sheet")


def write_session(pen: Pen) -> None:
    """One line a fact, one column a session, the explanation at the end."""
    page = pen.add_sheet("session", first=SESSION_LABEL_COLUMN)
    page.set_column(SESSION_FIELD_COLUMN, SESSION_FIELD_COLUMN, 3, None, {"hidden": True})
    page.set_column(SESSION_LABEL_COLUMN, SESSION_LABEL_COLUMN, 40)
    last = session_column(pen.sessions)
    page.set_column(SESSION_FIRST_COLUMN, last, 30 if pen.sessions < 3 else 20)
    page.set_column(last + 1, last + 1, 52)
    page.write_blank(SESSION_HEAD_ROW, SESSION_LABEL_COLUMN, None, pen.style("head"))
    for session in range(1, pen.sessions + 1):
        text = pen.phrase("session_head", n=session)
        page.write_string(SESSION_HEAD_ROW, session_column(session), text, pen.style("head"))
    page.write_string(SESSION_HEAD_ROW, last + 1, pen.phrase("hint_head"), pen.style("head"))
    for row, line in enumerate(pen.layout.session_fields, SESSION_FIRST_ROW):
        _write_fact(pen, page, row, line)
    page.freeze_panes(SESSION_FIRST_ROW, SESSION_FIRST_COLUMN)
    pen.finish(page)


def _write_fact(pen: Pen, page: "Worksheet", row: int, line: SessionField) -> None:
    """A line of the session sheet; what is known already stands in it."""
    page.set_row(row, 30)
    page.write_string(row, SESSION_FIELD_COLUMN, line.field)
    page.write_string(row, SESSION_LABEL_COLUMN, tell(line.label, pen.language), pen.style("label"))
    last = session_column(pen.sessions)
    page.write_string(row, last + 1, tell(line.hint, pen.language), pen.style("hint"))
    for session in range(1, pen.sessions + 1):
        known = _known(pen, line.field, session)
        if line.field == "code" and known:
            page.write_string(row, session_column(session), known, pen.style("fixed_word"))
        elif known:
            page.write_string(row, session_column(session), known, pen.input_style(line.takes))
        else:
            page.write_blank(row, session_column(session), None, pen.input_style(line.takes))
    rule = pen.rule(line.takes)
    if rule["validate"] != "any":
        page.data_validation(row, SESSION_FIRST_COLUMN, row, last, rule)


def _known(pen: Pen, name: str, session: int) -> str:
    """What the writer of the workbook knows of a session."""
    measures = pen.instrument.about.audience_measures
    if name == "code" and pen.codes:
        return pen.codes[session - 1]
    if name == "language":
        return tell(pen.layout.lists["language"][pen.language], pen.language)
    return measures[0] if name == "measure" and len(measures) == 1 else ""


def write_answers(pen: Pen, sheet: str) -> None:
    """One row a sheet of paper; number and session stand there already, so both entries keep the same rows."""
    page, columns = pen.add_sheet(sheet), answer_columns(pen.instrument)
    last = FIRST_ROW + pen.sessions * pen.rows - 1
    for place, column in enumerate(columns):
        page.write_string(FIELDS_ROW, place, column.field)
        page.write_string(HEAD_ROW, place, tell(column.heading, pen.language), pen.style("head"))
        page.set_column(place, place, column.width)
        if column.field in FIXED:
            continue
        asked = sheet == "first" or column.group != ItemKind.OPEN.value
        style = pen.input_style(column.takes) if asked else pen.style("not_asked")
        for row in range(FIRST_ROW, last + 1):
            page.write_blank(row, place, None, style)
        if not asked:
            continue
        rule = pen.rule(column.takes) | pen.hint(column.takes, **_parts(pen, column))
        page.data_validation(FIRST_ROW, place, last, place, rule)
    _write_groups(pen, page, columns)
    _write_numbers(pen, page)
    _mark(pen, page, columns, last)
    page.set_row(FIELDS_ROW, None, None, {"hidden": True})
    page.freeze_panes(FIRST_ROW, 4)
    page.repeat_rows(GROUP_ROW, HEAD_ROW)
    pen.finish(page)


def _parts(pen: Pen, column: AnswerColumn) -> dict[str, str]:
    """The number and the question of a column, for its hint."""
    if not column.items:
        return {}
    label = tell(pen.instrument.item(column.items["A"]).label, pen.language)
    number = tell(column.heading, pen.language).rpartition(" ")[2]
    return {"n": number, "label": label}


def _write_groups(pen: Pen, page: "Worksheet", columns: tuple[AnswerColumn, ...]) -> None:
    """A heading over the columns that belong together."""
    groups = [one.group for one in columns]
    page.set_row(GROUP_ROW, 28)
    for name in dict.fromkeys(groups):
        first = groups.index(name)
        last = first + groups.count(name) - 1
        text, style = tell(pen.layout.groups[name], pen.language), pen.style("head")
        if first == last:
            page.write_string(GROUP_ROW, first, text, style)
        else:
            page.merge_range(GROUP_ROW, first, GROUP_ROW, last, "", style)
            page.write_string(GROUP_ROW, first, text, style)


def _write_numbers(pen: Pen, page: "Worksheet") -> None:
    for session in range(1, pen.sessions + 1):
        start = FIRST_ROW + (session - 1) * pen.rows
        for number in range(1, pen.rows + 1):
            page.write_number(start + number - 1, 0, session, pen.style("fixed"))
            page.write_number(start + number - 1, 1, number, pen.style("fixed"))


def _mark(pen: Pen, page: "Worksheet", columns: tuple[AnswerColumn, ...], last: int) -> None:
    """Red where a sheet has answers but not when or which form; grey where nothing is asked."""
    from xlsxwriter.utility import xl_col_to_name

    fields = [one.field for one in columns]
    row, end = FIRST_ROW + 1, xl_col_to_name(len(columns) - 1)
    when, form = fields.index("occasion"), fields.index("form")
    for place in (when, form):
        cell = f"${xl_col_to_name(place)}{row}"
        typed = f"COUNTA(${xl_col_to_name(form + 1)}{row}:${end}{row})>0"
        rule = {"type": "formula", "criteria": f'=AND({cell}="",{typed})', "format": pen.style("wrong")}
        page.conditional_format(FIRST_ROW, place, last, place, rule)
    opinions = [place for place, one in enumerate(columns) if one.group == ItemKind.REACTION.value]
    word = tell(pen.layout.lists["occasion"]["pre"], pen.language)
    if opinions:
        criteria = f'=${xl_col_to_name(when)}{row}="{word}"'
        rule = {"type": "formula", "criteria": criteria, "format": pen.style("off")}
        page.conditional_format(FIRST_ROW, opinions[0], last, opinions[-1], rule)
