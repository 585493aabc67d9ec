"""Translation sheets that came back: complete, with translator and back-translation on record, or refused."""

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from evaluation.core.errors import InstrumentError
from evaluation.instruments.feedback.model import FeedbackInstrument
from evaluation.instruments.feedback.protocol import Protocol
from evaluation.instruments.feedback.translation import (
    FIRST_ROW,
    HEAD,
    HEAD_ROW,
    SHEET,
    VALUE_COLUMN,
    translatable,
)
from evaluation.instruments.feedback.wording import TARGETS, Told, Translation

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet


def read_translation(
    path: Path,
    instrument: FeedbackInstrument,
    *,
    protocol: Protocol | None = None,
    folder: Path | None = None,
) -> Translation:
    """The translation of a sheet that is complete; anything else is refused by the cells concerned, never by a text.

    Refused are an empty cell of the translation or the back-translation, a translation equal to its source, a key
    that the form does not have or that the sheet lacks, a source text that is no longer the instrument's, and a
    head without translator, back-translator and dates.
    """
    from openpyxl import load_workbook

    try:
        book = load_workbook(path, read_only=False, data_only=True)
    except Exception:
        raise InstrumentError(f"{path.name}: not a workbook that can be read; save it as .xlsx.") from None
    if SHEET not in book.sheetnames:
        raise InstrumentError(f"{path.name}: there is no sheet {SHEET}; use the sheet that the kit made.")
    page = book[SHEET]
    head = _head(page, path.name)
    if (head["instrument"], head["version"]) != (instrument.name, instrument.about.version):
        raise InstrumentError(
            f"{path.name}: made for another questionnaire or version; carry it over to a sheet of this one."
        )
    texts = _texts(page, path.name, translatable(instrument, protocol=protocol, folder=folder))
    return Translation(
        instrument=instrument.name,
        version=instrument.about.version,
        language=head["language"],
        texts=texts,
        translator=head["translator"],
        translated=date.fromisoformat(head["translated"]),
        back_translator=head["back_translator"],
        back_translated=date.fromisoformat(head["back_translated"]),
    )


def _head(page: "Worksheet", file: str) -> dict[str, str]:
    """The head, whole and sound."""
    cells = {name: page.cell(HEAD_ROW + place, VALUE_COLUMN) for place, name in enumerate(HEAD)}
    head = {name: _text(cell.value) for name, cell in cells.items()}
    empty = [f"{cells[name].coordinate} ({name})" for name, text in head.items() if not text]
    if empty:
        raise InstrumentError(
            f"{file}, {', '.join(empty)}: empty; say who translated and translated back, and when."
        )
    if head["language"] not in TARGETS:
        raise InstrumentError(
            f"{file}, {cells['language'].coordinate}: not one of {', '.join(TARGETS)}; correct it."
        )
    for name in ("translated", "back_translated"):
        try:
            date.fromisoformat(head[name])
        except ValueError:
            raise InstrumentError(
                f"{file}, {cells[name].coordinate}: not a date; write it as YYYY-MM-DD."
            ) from None
    if head["translator"].casefold() == head["back_translator"].casefold():
        raise InstrumentError(
            f"{file}, {cells['back_translator'].coordinate}: the translator; somebody else translates back."
        )
    if head["back_translated"] < head["translated"]:
        raise InstrumentError(
            f"{file}, {cells['back_translated'].coordinate}: before the translation; correct the dates."
        )
    return head


def _texts(page: "Worksheet", file: str, wanted: Mapping[str, Told]) -> dict[str, str]:
    """The translated texts by key; problems are told by cell."""
    found: dict[str, str] = {}
    problems: dict[str, list[str]] = {}
    for row in range(FIRST_ROW, page.max_row + 1):
        key, ro, en, target, back = (_text(page.cell(row, place).value) for place in range(1, 6))
        if not any((key, ro, en, target, back)):
            continue
        if key not in wanted or key in found:
            problems.setdefault("unknown", []).append(f"A{row}")
            continue
        source = wanted[key].texts
        found[key] = target
        for cell, problem in (
            (f"B{row}", "source" if (ro, en) != (source["ro"], source["en"]) else ""),
            (f"D{row}", "untranslated" if not target else "same" if _same(target, source) else ""),
            (f"E{row}", "no_back" if not back else ""),
        ):
            if problem:
                problems.setdefault(problem, []).append(cell)
    if problems:
        raise InstrumentError(_told_problem(file, problems))
    missing = [key for key in wanted if key not in found]
    if missing:
        raise InstrumentError(
            f"{file}: no row for {', '.join(missing)}; make the sheet anew and carry the texts over."
        )
    return found


_PROBLEMS = {
    "unknown": "a key that the form does not have, or a second time; use the sheet that the kit made for this form",
    "source": "the source text is not the instrument's; make the sheet anew and translate what has changed",
    "untranslated": "not translated; translate every cell",
    "same": "the source text; translate it",
    "no_back": "not translated back; have somebody else translate it back",
}


def _told_problem(file: str, problems: Mapping[str, list[str]]) -> str:
    """The first kind of problem with its cells, and how many others there are."""
    kind = next(one for one in _PROBLEMS if one in problems)
    others = sum(len(cells) for one, cells in problems.items() if one != kind)
    more = f" ({others} other cells have other problems)" if others else ""
    return f"{file}, {', '.join(problems[kind])}: {_PROBLEMS[kind]}{more}."


def _same(target: str, source: Mapping[str, str]) -> bool:
    return target.casefold() in {text.casefold() for text in source.values()}


def _text(value: object) -> str:
    """A cell as text; a date that a spreadsheet program made of one is written as one."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    return "" if value is None else str(value).strip()
