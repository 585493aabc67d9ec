"""Two entries of the same sheets compared: what differs is told cell by cell and counts as missing."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from evaluation.intake.returns.raw import RawCell
from evaluation.intake.training.answers import NOTHING, Answer, AnswerReader
from evaluation.intake.training.problems import Findings
from evaluation.intake.training.sheets import AnswerSheet, Place, put_answer


@dataclass(frozen=True, slots=True, repr=False)
class Entry:
    """One row of an answers sheet: occasion and form as read, cells by field."""

    place: Place
    session: int
    number: int
    occasion: str
    form: str
    cells: Mapping[str, RawCell] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EntryColumn:
    """A column of the answers sheets: its place, the item on each form, whether the second entry asks for it."""

    field: str
    place: int
    items: Mapping[str, str]
    twice: bool


def merge_entries(
    first: Entry | None,
    second: Entry | None,
    columns: tuple[EntryColumn, ...],
    reader: AnswerReader,
    findings: Findings,
    *,
    session: str,
    double: bool,
) -> AnswerSheet | None:
    """One sheet of both entries, or nothing where they do not agree on what sheet it is.

    A cell that differs, also one that is empty in one entry only, is named with its address and left out.
    """
    kept = first or second
    if kept is None:
        return None
    place = kept.place
    if double and (first is None or second is None):
        findings.note(place.file, place.sheet, f"A{place.row}", "entered_once")
    both = [one for one in (first, second) if one is not None]
    occasions = {one.occasion for one in both if one.occasion}
    forms = {one.form for one in both if one.form}
    reason = _refusal(occasions, forms)
    if reason:
        findings.reject(place.file, place.sheet, f"A{place.row}", reason)
        return None
    sheet = AnswerSheet(place, session, kept.number, occasions.pop(), forms.pop())
    for column in columns:
        item = column.items.get(sheet.form, "")
        if item:
            answers = [reader.read(item, one.cells.get(column.field)) for one in both]
            answer = _agreed(answers) if column.twice else _first_filled(answers)
            put_answer(sheet, reader.instrument, item, answer, column=column.place, findings=findings)
    if not (sheet.closed or sheet.open):
        findings.reject(place.file, place.sheet, f"A{place.row}", "row_without_answers")
        return None
    return sheet


def _refusal(occasions: set[str], forms: set[str]) -> str:
    if len(occasions) > 1 or len(forms) > 1:
        return "entries_differ_on_sheet"
    if not forms:
        return "form_unknown"
    return "" if occasions else "occasion_unknown"


def _agreed(answers: list[Answer]) -> Answer:
    """The answer of one entry, or the same one of two; of two unreadable cells the first is told."""
    values = {one.value for one in answers}
    if len(values) > 1:
        return Answer(code="entries_differ")
    return next((one for one in answers if one.code), answers[0])


def _first_filled(answers: list[Answer]) -> Answer:
    return next((one for one in answers if one != NOTHING), NOTHING)
