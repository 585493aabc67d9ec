"""The answer workbook as data, shared by its writer and its reader: sheets, places, columns, words of the lists."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pydantic import Field

from evaluation.core.yamlfile import read_yaml
from evaluation.instruments.model import Instrument, ItemKind
from evaluation.strategy.words import Definition, Text, load_as

LAYOUT_FILE = Path(__file__).resolve().with_suffix(".yaml")
FORMAT = "snitp-training-answers"
"""Stands in the kit sheet under ``format`` and tells the workbook from any other."""
TITLE_ROW, NOTE_ROW, FIELDS_ROW, GROUP_ROW, HEAD_ROW, FIRST_ROW = 0, 1, 2, 3, 4, 5
"""Rows of an answers sheet, from 0; the row of fields is hidden and names what each column holds."""
SESSION_FIELD_COLUMN, SESSION_LABEL_COLUMN, SESSION_FIRST_COLUMN = 0, 1, 2
"""Columns of the session sheet, from 0: hidden field, label, then one column a session; its first row is 3."""
SESSION_HEAD_ROW, SESSION_FIRST_ROW = 2, 3
KIT_KEYS = (
    "format", "layout", "instrument", "instrument_version", "kit_version", "language", "sessions", "sheets_per_session"
)  # fmt: skip
"""Column A of the kit sheet from row 0; column B holds the values."""
KIT_MAP_COLUMN = 3
"""Columns D, E, F of the kit sheet: field, item on form A, item on form B; the first row is a heading."""


class SessionField(Definition):
    """One line of the session sheet."""

    field: str
    takes: str
    label: Text
    hint: Text


class FixedColumn(Definition):
    """One of the first columns of an answers sheet, the same for every instrument."""

    field: str
    takes: str
    heading: Text
    width: float


class AnswerColumn(Definition):
    """One column of an answers sheet.

    ``items`` gives the item on each form: a question number holds another item on form A than on form B. The
    first columns (session, sheet, occasion, form) hold no item. ``takes`` is a list of the layout, or ``letter``,
    ``digit``, ``month_number``, ``scale``, ``text`` or ``order``.
    """

    field: str
    group: str
    takes: str
    heading: Text
    width: float
    items: Mapping[str, str] = Field(default_factory=dict)


class AnswerLayout(Definition):
    """The words and places of the workbook."""

    version: str
    sheets: Mapping[str, Text]
    session_fields: tuple[SessionField, ...]
    lists: Mapping[str, Mapping[str, Text]]
    columns: tuple[FixedColumn, ...]
    groups: Mapping[str, Text]
    pairing_takes: Mapping[str, str]
    pairing_heading: Text
    closed_heading: Text

    def code_of(self, name: str, word: str) -> str:
        """The code of a word of a list in either language; empty when the list has no such word.

        >>> load_answer_layout().code_of("occasion", "Înainte"), load_answer_layout().code_of("occasion", "x")
        ('pre', '')
        """
        told = word.strip().casefold()
        found = (
            code
            for code, text in self.lists[name].items()
            if told in {code.casefold(), text.ro.casefold(), text.en.casefold()}
        )
        return next(found, "")


@cache
def load_answer_layout() -> AnswerLayout:
    """The layout of the answer workbook."""
    return load_as(AnswerLayout, read_yaml(LAYOUT_FILE), file=LAYOUT_FILE.name)


def answer_columns(instrument: Instrument) -> tuple[AnswerColumn, ...]:
    """The columns of an answers sheet from the left: sheet, pairing code, questions by number, open, reactions.

    A row is a sheet of one form, so questions are columns by their printed number (``q01`` is question 1).
    """
    layout = load_answer_layout()
    fixed = [AnswerColumn(group="sheet", **dict(one)) for one in layout.columns]
    return (
        *fixed,
        *_pairing_columns(instrument, layout),
        *_question_columns(instrument, layout.closed_heading),
        *_named_columns(instrument, ItemKind.OPEN, takes="text", width=44),
        *_named_columns(instrument, ItemKind.REACTION, takes="scale", width=11),
    )


def item_of(column: AnswerColumn, form: str) -> str:
    """The item that a column holds on a form; empty where it holds none."""
    return column.items.get(form, "")


def session_column(session: int) -> int:
    """The column of a session on the session sheet, from 0; sessions count from 1."""
    return SESSION_FIRST_COLUMN + session - 1


def _pairing_columns(instrument: Instrument, layout: AnswerLayout) -> list[AnswerColumn]:
    return [
        AnswerColumn(
            field=one.name, group="pairing", takes=layout.pairing_takes.get(one.name, "letter"),
            heading=_numbered(layout.pairing_heading, place), width=8.5, items={"A": one.name, "B": one.name},
        )
        for place, one in enumerate(instrument.of_kind(ItemKind.PAIRING, "A"), 1)
    ]  # fmt: skip


def _question_columns(instrument: Instrument, heading: Text) -> list[AnswerColumn]:
    pairs = zip(
        instrument.of_kind(ItemKind.CLOSED, "A"), instrument.of_kind(ItemKind.CLOSED, "B"), strict=True
    )
    return [
        AnswerColumn(
            field=f"q{place:02}", group="closed", takes="choice", heading=_numbered(heading, place),
            width=5, items={"A": in_a.name, "B": in_b.name},
        )
        for place, (in_a, in_b) in enumerate(pairs, 1)
    ]  # fmt: skip


def _named_columns(instrument: Instrument, kind: ItemKind, *, takes: str, width: float) -> list[AnswerColumn]:
    """Columns of items that stand under the same name on both forms."""
    before = len(instrument.of_kind(ItemKind.CLOSED, "A"))
    before += len(instrument.of_kind(ItemKind.OPEN, "A")) if kind is ItemKind.REACTION else 0
    return [
        AnswerColumn(
            field=one.name, group=kind.value, takes=takes, width=width,
            heading=Text(ro=f"{before + place}", en=f"{before + place}"),
            items={"A": one.name, "B": one.name},
        )
        for place, one in enumerate(instrument.of_kind(kind, "A"), 1)
    ]  # fmt: skip


def _numbered(heading: Text, number: int) -> Text:
    return Text(ro=heading.ro.format(n=number), en=heading.en.format(n=number))
