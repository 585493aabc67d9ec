"""The answer workbook: a trainer types paper forms into it, twice, and sees where the two entries differ."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from evaluation.core.errors import InstrumentError
from evaluation.core.provenance import KIT_VERSION
from evaluation.instruments.answer_compare import write_comparison
from evaluation.instruments.answer_layout import FORMAT, KIT_KEYS, KIT_MAP_COLUMN, answer_columns, item_of
from evaluation.instruments.answer_pen import BookPen, Pen
from evaluation.instruments.answer_sheets import write_answers, write_session
from evaluation.instruments.answer_words import answer_words
from evaluation.instruments.model import Instrument
from evaluation.instruments.pages import check_language, phrase, tell
from evaluation.instruments.paper import FORMS

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

TEXT_ONLY = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
STAMP = datetime(2024, 1, 1)
"""Written as the time of making, so that equal input gives equal bytes."""
MOST_SESSIONS, MOST_PEOPLE = 30, 1000


def write_answer_workbook(
    instrument: Instrument,
    path: Path,
    *,
    sessions: int = 1,
    language: str = "ro",
    people: int = 40,
    codes: Sequence[str] = (),
) -> Path:
    """Write the workbook for so many sessions, with room for so many participants in each.

    ``codes`` are the codes printed on the forms, one a session; without them they are typed in. Equal input
    gives equal bytes.
    """
    path.write_bytes(
        make_answer_workbook(instrument, sessions=sessions, language=language, people=people, codes=codes)
    )
    return path


def make_answer_workbook(
    instrument: Instrument,
    *,
    sessions: int = 1,
    language: str = "ro",
    people: int = 40,
    codes: Sequence[str] = (),
) -> bytes:
    """The workbook as bytes."""
    from xlsxwriter import Workbook

    check_language(language)
    _check_size(sessions, people, codes)
    buffer = BytesIO()
    workbook = Workbook(buffer, {"in_memory": True, **TEXT_ONLY})
    title = tell(instrument.about.title, language)
    workbook.set_properties({"title": title, "author": "ANITP", "created": STAMP})
    pen = Pen(workbook, instrument, language, sessions, people, tuple(codes))
    _write_readme(pen)
    write_session(pen)
    write_answers(pen, "first")
    write_answers(pen, "second")
    write_comparison(pen)
    _write_kit(pen)
    pen.write_lists()
    workbook.close()
    return buffer.getvalue()


def _check_size(sessions: int, people: int, codes: Sequence[str]) -> None:
    if not 1 <= sessions <= MOST_SESSIONS:
        raise InstrumentError(f"sessions: a workbook holds 1 to {MOST_SESSIONS}; write several workbooks.")
    if not 1 <= people <= MOST_PEOPLE:
        raise InstrumentError(f"people: a session has 1 to {MOST_PEOPLE}; give a number in these bounds.")
    if codes and len(codes) != sessions:
        raise InstrumentError("session codes: there must be one for each session; give as many as sessions.")


def _write_readme(pen: Pen) -> None:
    """What to do, in the order of doing it; the colours; what the questionnaire is and how far it was examined."""
    about, state = pen.instrument.about, pen.instrument.about.validation.value
    note = phrase("validation_note", state, language=pen.language)
    told = ", ".join(part for part in (phrase("validation", state, language=pen.language), note) if part)
    names = {name: pen.sheet_name(name) for name in pen.layout.sheets}
    names["workbook"] = phrase("files", "workbook", language=pen.language)
    facts = {"instrument": about.name, "version": about.version, "state": told}
    facts |= {"sessions": str(pen.sessions), "people": str(pen.people)}
    page = pen.workbook.add_worksheet(pen.sheet_name("readme"))
    page.hide_gridlines(2)
    page.set_column(0, 0, 4)
    page.set_column(1, 1, 100)
    page.write_string(0, 0, pen.phrase("readme", "title"), pen.style("title"))
    page.write_string(1, 0, tell(about.title, pen.language), pen.style("note"))
    row = write_prose(pen, page, 2, [pen.phrase("readme", "lead"), pen.phrase("readme", "facts", **facts)])
    for group in ("steps", "rules"):
        row = write_head(pen, page, row, f"{group}_head")
        texts = [one[pen.language].format(**names) for one in answer_words("readme", group)]
        row = write_prose(pen, page, row, texts, numbered=group == "steps")
    row = write_head(pen, page, row, "legend_head")
    for name in answer_words("readme", "legend"):
        page.write_blank(row, 0, None, pen.style(f"legend_{name}"))
        page.write_string(row, 1, pen.phrase("readme", "legend", name), pen.style("legend"))
        row += 1
    pen.finish(page, landscape=False)


def write_head(pen: BookPen, page: "Worksheet", row: int, name: str) -> int:
    """A heading of the first sheet; the row after it."""
    page.write_string(row + 1, 0, pen.phrase("readme", name), pen.style("section"))
    page.write_blank(row + 1, 1, None, pen.style("section"))
    return row + 2


def write_prose(
    pen: BookPen, page: "Worksheet", row: int, texts: list[str], *, numbered: bool = False
) -> int:
    """Paragraphs, each in a row high enough for it; the row after them."""
    for place, text in enumerate(texts):
        page.write_string(row, 0, f"{place + 1}." if numbered else "", pen.style("prose"))
        page.write_string(row, 1, text, pen.style("prose"))
        page.set_row(row, 4 + 15 * (1 + len(text) // 100))
        row += 1
    return row


def _write_kit(pen: Pen) -> None:
    """What the reader of the workbook needs: which instrument, which version, which item each column holds."""
    page = pen.workbook.add_worksheet(pen.sheet_name("kit"))
    about = pen.instrument.about
    values = (
        FORMAT, pen.layout.version, about.name, about.version, KIT_VERSION, pen.language, str(pen.sessions), str(pen.rows)
    )  # fmt: skip
    for row, (key, value) in enumerate(zip(KIT_KEYS, values, strict=True)):
        page.write_string(row, 0, key)
        page.write_string(row, 1, value)
    for place, head in enumerate(("field", *FORMS)):
        page.write_string(0, KIT_MAP_COLUMN + place, head)
    for row, column in enumerate(answer_columns(pen.instrument), 1):
        page.write_string(row, KIT_MAP_COLUMN, column.field)
        for place, form in enumerate(FORMS, 1):
            page.write_string(row, KIT_MAP_COLUMN + place, item_of(column, form))
    page.protect()
    page.hide()
