"""One sheet of paper or one submission, as it was read; it never prints an answer."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from evaluation.instruments.model import Instrument, ItemKind
from evaluation.intake.training.answers import Answer
from evaluation.intake.training.problems import Findings

FORMS: Final = ("A", "B")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands: file, sheet and row from 1."""

    file: str
    sheet: str
    row: int

    def cell(self, column: int) -> str:
        """The address of a cell of the row."""
        return f"{letters(column)}{self.row}"


@dataclass(slots=True, repr=False)
class AnswerSheet:
    """Answers by item; ``number`` is 0 until the sheet has one, ``pairing`` is dropped after linking."""

    place: Place
    session: str
    number: int
    occasion: str
    form: str
    closed: dict[str, str] = field(default_factory=dict)
    open: dict[str, str] = field(default_factory=dict)
    pairing: dict[str, str] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"AnswerSheet({self.session!r}, {self.number}, not shown)"


def letters(column: int) -> str:
    """The name of a column from 1.

    >>> letters(1), letters(28)
    ('A', 'AB')
    """
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def put_answer(
    sheet: AnswerSheet, instrument: Instrument, item: str, answer: Answer, *, column: int, findings: Findings
) -> None:
    """Store an answer where its kind belongs; what is to be told of the cell is told with its address."""
    kind, place, code = instrument.item(item).kind, sheet.place, answer.code
    value = answer.value
    if kind is ItemKind.REACTION and sheet.occasion == "pre" and (value or code):
        value, code = "", "opinion_before" if value else ""
    if code:
        findings.note(place.file, place.sheet, place.cell(column), code)
    if not value:
        return
    stores = {ItemKind.OPEN: sheet.open, ItemKind.PAIRING: sheet.pairing}
    stores.get(kind, sheet.closed)[item] = value


def number_sheets(sheets: Iterable[AnswerSheet], findings: Findings) -> None:
    """Every sheet has a number of its own within its session; where one lacks or repeats, all are counted anew."""
    sessions: dict[str, list[AnswerSheet]] = {}
    for one in sheets:
        sessions.setdefault(one.session, []).append(one)
    for those in sessions.values():
        given = [one.number for one in those]
        if all(given) and len(set(given)) == len(given):
            continue
        if any(given):
            first = those[0].place
            findings.note(first.file, first.sheet, "", "number_replaced", count=len(those))
        for number, one in enumerate(those, 1):
            one.number = number
