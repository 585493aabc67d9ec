"""The columns of a file of feedback: what each holds; a column that is not known counts as an identifier."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from evaluation.instruments.feedback.model import FeedbackInstrument
from evaluation.instruments.limesurvey import question_code
from evaluation.intake.feedback.problems import FeedbackRefusedError
from evaluation.intake.feedback.words import FACTS, load_feedback_words, slot_texts
from evaluation.intake.returns.raw import RawBook, RawCell, RawSheet
from evaluation.intake.training.answers import text_of
from evaluation.intake.training.matching import heading_variants, plain

NEAR_THE_TOP = 15
_CONSTANT = ("sheet", "instrument", "version", "consent_version")
"""Filled in on every row of a form, whether anybody answered on it or not."""
Line = Mapping[int, RawCell]


@dataclass(frozen=True, slots=True)
class FeedbackTable:
    """A table on a sheet: the row of its headings, the place of each thing that is read, places that are not."""

    sheet: RawSheet
    head: int
    places: Mapping[str, int]
    unknown: tuple[int, ...]
    repeated: tuple[int, ...]

    def lines(self) -> dict[int, dict[int, RawCell]]:
        """The filled rows below the headings that hold something in a column that is read."""
        found: dict[int, dict[int, RawCell]] = {}
        for (row, column), cell in sorted(self.sheet.cells.items()):
            if row > self.head:
                found.setdefault(row, {})[column] = cell
        read = {place for role, place in self.places.items() if role not in _CONSTANT}
        return {row: line for row, line in found.items() if read & set(line)}


def find_feedback_tables(book: RawBook, instrument: FeedbackInstrument) -> tuple[FeedbackTable, ...]:
    """The tables of a file: on each sheet that is not hidden the lowest heading row near the top.

    Of a row of words and a row of codes below it, the lower one counts.
    """
    known = _Headings(instrument)
    items = {one.name for one in instrument.items}
    found = [
        table for sheet in book.sheets if not sheet.hidden and (table := _table(sheet, known)) is not None
    ]
    if not found:
        raise FeedbackRefusedError(book.file, "no_code_column")
    asked = [table for table in found if items & set(table.places)]
    if not asked:
        raise FeedbackRefusedError(book.file, "no_item_column")
    twins = [twin for table in found if not items & set(table.places) and (twin := _twin(table, asked[0]))]
    return (*asked, *twins)


def _twin(table: FeedbackTable, first: FeedbackTable) -> FeedbackTable | None:
    """The second entry of our workbook, which heads its questions by numbers: laid out like the first entry."""
    same = all(first.places.get(role) == place for role, place in table.places.items())
    if not same or "consent_analysis" not in table.places:
        return None
    unknown = tuple(place for place in table.unknown if place not in first.places.values())
    return FeedbackTable(table.sheet, table.head, first.places, unknown, table.repeated)


def _table(sheet: RawSheet, known: "_Headings") -> FeedbackTable | None:
    """The last heading row near the top that names code and wave, so that words above codes do no harm."""
    rows: dict[int, dict[int, RawCell]] = {}
    for (row, column), cell in sorted(sheet.cells.items()):
        if row <= NEAR_THE_TOP:
            rows.setdefault(row, {})[column] = cell
    heads = [
        row
        for row, line in rows.items()
        if {"person_code", "wave"} <= {known.role(text_of(cell)) for cell in line.values()}
    ]
    if not heads:
        return None
    head = heads[-1]
    places: dict[str, int] = {}
    unknown, repeated = [], []
    for column, cell in rows[head].items():
        role = known.role(text_of(cell))
        if not role:
            unknown.append(column)
        elif role in places:
            repeated.append(column)
        else:
            places[role] = column
    headless = {column for row, column in sheet.cells if row > head} - set(rows[head])
    return FeedbackTable(sheet, head, places, tuple(sorted({*unknown, *headless})), tuple(repeated))


class _Headings:
    """Plain heading to what the column holds; a text that heads two things heads none."""

    def __init__(self, instrument: FeedbackInstrument) -> None:
        about = {
            role: (role, question_code(role), *told) for role, told in load_feedback_words().roles.items()
        }
        facts = (one for one in instrument.about.collected if one.name in FACTS)
        about |= {one.name: (one.name, question_code(one.name), one.label.ro, one.label.en) for one in facts}
        for purpose, text in instrument.about.consent.purposes.items():
            about[f"consent_{purpose.value}"] += (text.ro, text.en)
        self.about = _turned(about)
        items = {
            one.name: (one.name, question_code(one.name), one.label.ro, one.label.en)
            for one in instrument.items
        }
        self.items = _turned(items | _slot_headings(instrument))

    def role(self, heading: str) -> str:
        """What a column holds; empty when it is not known.

        A question may stand behind its group or before its text, as programs write it. A fact may not stand before
        other words: ``Code of the identity card`` is not the code of our card.
        """
        parts = [heading, re.split(r"[/-]", heading.strip())[-1]]
        whole = [plain(one) for one in (parts if " " not in heading.strip() else [heading])]
        about = next((self.about[one] for one in whole if one in self.about), "")
        told = [*whole, *heading_variants(heading)]
        return about or next((self.items[one] for one in told if one in self.items), "")


def _slot_headings(instrument: FeedbackInstrument) -> dict[str, tuple[str, ...]]:
    """The items of slots under their names and codes, and in the words of the official texts that are there."""
    found: dict[str, tuple[str, ...]] = {
        name: (name, question_code(name)) for one in instrument.slots for name in one.columns
    }
    columns = {one.name: one.columns for one in instrument.slots}
    for text in slot_texts(instrument):
        for name, told in zip(columns[text.name], text.items, strict=True):
            found[name] += (told,)
    return found


def _turned(names: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    found: dict[str, set[str]] = {}
    for name, told in names.items():
        for one in told:
            found.setdefault(plain(one), set()).add(name)
    return {told: next(iter(those)) for told, those in found.items() if len(those) == 1}
