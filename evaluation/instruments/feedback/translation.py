"""Translation sheets: every text of a form in Romanian and English, with empty cells to translate and translate back."""

from collections.abc import Mapping
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from evaluation.core.errors import InstrumentError
from evaluation.core.yamlfile import read_yaml
from evaluation.instruments.answer_pen import YELLOW
from evaluation.instruments.answer_workbook import STAMP, TEXT_ONLY
from evaluation.instruments.feedback.asking import form_of
from evaluation.instruments.feedback.form import Form
from evaluation.instruments.feedback.model import FeedbackInstrument
from evaluation.instruments.feedback.protocol import Protocol
from evaluation.instruments.feedback.wording import TARGETS, Told, tell
from evaluation.strategy.words import Definition, Text, load_as

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

WORDS_FILE = Path(__file__).resolve().with_suffix(".yaml")
SHEET = "translation"
HEAD = ("instrument", "version", "language", "translator", "translated", "back_translator", "back_translated")
COLUMNS = ("key", "ro", "en", "target", "back")
HEAD_ROW = 3
"""The first row of the head, from 1; its values are in column D, beside their names."""
TABLE_ROW = HEAD_ROW + len(HEAD) + 1
FIRST_ROW = TABLE_ROW + 1
VALUE_COLUMN = 4


class SheetWords(Definition):
    """The words of the sheet itself."""

    title: Text
    lead: Text
    head: Mapping[str, Text]
    columns: Mapping[str, Text]


@cache
def load_sheet_words() -> SheetWords:
    """The words of the sheet."""
    return load_as(SheetWords, read_yaml(WORDS_FILE), file=WORDS_FILE.name)


def translatable(
    instrument: FeedbackInstrument, *, protocol: Protocol | None = None, folder: Path | None = None
) -> dict[str, Told]:
    """Every text of the form by its key, in the order in which it is read; official texts are not among them."""
    form = form_of(instrument, protocol=protocol, folder=folder)
    return {one.key: one for one in _all(form) if not one.official}


def make_translation_sheet(
    instrument: FeedbackInstrument,
    language: str,
    *,
    protocol: Protocol | None = None,
    folder: Path | None = None,
) -> bytes:
    """The sheet for one of the target languages; equal bytes for equal input."""
    from xlsxwriter import Workbook

    if language not in TARGETS:
        raise InstrumentError(f"language: sheets are made for {', '.join(TARGETS)}; choose one of them.")
    texts = translatable(instrument, protocol=protocol, folder=folder)
    buffer = BytesIO()
    with Workbook(buffer, {"in_memory": True, **TEXT_ONLY}) as workbook:
        workbook.set_properties({"title": instrument.about.title.en, "created": STAMP})
        page = workbook.add_worksheet(SHEET)
        page.set_column(0, 0, 30)
        page.set_column(1, 4, 46)
        known = {"instrument": instrument.name, "version": instrument.about.version, "language": language}
        looks = _looks(workbook)
        _write_head(page, known, looks)
        _write_table(page, texts, looks)
        page.freeze_panes(TABLE_ROW, 1)
        page.protect("", {"format_columns": True, "format_rows": True})
    return buffer.getvalue()


def _looks(workbook: "Workbook") -> dict[str, "Format"]:
    cell = {"text_wrap": True, "valign": "top", "border": 1}
    return {
        "bold": workbook.add_format({"bold": True, "text_wrap": True}),
        "plain": workbook.add_format(cell),
        "fill": workbook.add_format({**cell, "bg_color": YELLOW, "num_format": "@", "locked": False}),
    }


def _write_head(page: "Worksheet", known: Mapping[str, str], looks: Mapping[str, "Format"]) -> None:
    """What the sheet is for, then who translated it, there and back."""
    words = load_sheet_words()
    page.write_string(0, 0, _both(words.title), looks["bold"])
    page.write_string(1, 0, _both(words.lead))
    for row, name in enumerate(HEAD, HEAD_ROW - 1):
        text = words.head[name]
        for place, told in enumerate((name, text.ro, text.en)):
            page.write_string(row, place, told, looks["plain"])
        look = looks["plain" if name in known else "fill"]
        page.write_string(row, VALUE_COLUMN - 1, known.get(name, ""), look)


def _write_table(page: "Worksheet", texts: Mapping[str, Told], looks: Mapping[str, "Format"]) -> None:
    """One row a text."""
    for place, name in enumerate(COLUMNS):
        page.write_string(TABLE_ROW - 1, place, _both(load_sheet_words().columns[name]), looks["bold"])
    for row, (key, told) in enumerate(texts.items(), FIRST_ROW - 1):
        for place, text in enumerate((key, told.texts["ro"], told.texts["en"])):
            page.write_string(row, place, text, looks["plain"])
        for place in range(3, len(COLUMNS)):
            page.write_blank(row, place, None, looks["fill"])


def _both(text: Text) -> str:
    return f"{text.ro} | {text.en}"


def _all(form: Form) -> list[Told]:
    """Every text of the form; some come more than once."""
    told = [form.title, *(form.word(name) for name in form.words.form), *form.consent_texts]
    told += [tell(f"paper.{name}", one) for name, one in form.words.paper.items()]
    for one in form.questions:
        told += [one.label, *one.hints, *one.answers.values()]
    for part in form.sections:
        told += [part.label, *([part.introduction] if part.introduction else [])]
    return [*told, *form.help_texts]
