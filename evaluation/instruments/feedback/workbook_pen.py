"""Columns and lists of the workbook for typing in feedback, and the pen that writes its cells."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evaluation.core.yamlfile import read_yaml
from evaluation.instruments.answer_pen import BookPen, Lists
from evaluation.instruments.answer_words import answer_words
from evaluation.instruments.feedback.form import CONSENTS, GUARDIAN, Form, Question
from evaluation.instruments.feedback.model import FeedbackKind
from evaluation.instruments.feedback.wording import Told

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

WORDS_FILE = Path(__file__).resolve().parent / "workbook.yaml"
NUMBER, CONSENT_VERSION = "sheet", "consent_version"
FORMAT = "snitp-feedback-answers"
"""Stands in the kit sheet and tells the workbook from any other."""
_FIRST = ("person_code", "wave", "months", "collector", "language")
_TYPED = {"person_code": "code", "months": "months"}


@dataclass(frozen=True, slots=True)
class FeedbackColumn:
    """One column: the field that it holds, the group over it, the list or the sort of cell, and its question."""

    field: str
    group: str
    takes: str
    heading: str
    width: float
    number: int = 0
    question: Question | None = None


@dataclass(slots=True)
class FeedbackPen(BookPen):
    """The workbook being written, in Romanian or English."""

    workbook: "Workbook"
    form: Form
    language: str
    rows: int
    formats: dict[str, "Format"] = field(default_factory=dict)

    @property
    def lists(self) -> Lists:
        """The answers of every list: steps and special answers as they are coded, everything else in words."""
        lists: dict[str, Any] = {CONSENT_VERSION: [self.form.instrument.about.consent.version]}
        for one in self.form.questions:
            if one.answers:
                lists[one.answer_list] = _values(one, self.language)
        names = self.form.words.languages.values()
        return lists | {"language": [getattr(one.name, self.language) for one in names]}

    @property
    def columns(self) -> tuple[FeedbackColumn, ...]:
        """The columns from the left: sheet number, code and wave, consents, facts, items by their printed numbers."""
        asked = {one.name: one for one in self.form.questions}
        numbered = {one.name for part in self.form.sections for one in part.questions}
        consents = [one for one in (GUARDIAN, *CONSENTS) if one in asked]
        first = [one for one in _FIRST if one in asked]
        facts = [one for one in asked if one not in {*consents, *first, *numbered}]
        groups = dict.fromkeys(consents, "consent") | dict.fromkeys(facts, "facts")
        head = self.phrase("headings", "consent_version")
        return (
            FeedbackColumn(NUMBER, "sheet", "order", self.phrase("headings", "number"), 8),
            *(self._fact(asked[one], "sheet") for one in first),
            FeedbackColumn(CONSENT_VERSION, "consent", CONSENT_VERSION, head, 12),
            *(self._fact(asked[one], groups[one]) for one in (*consents, *facts)),
            *self._items(),
        )

    def words(self, *path: str) -> Any:
        """What stands at a place of the words; the comparison says what that of a training session says."""
        compares = path[:1] == ("compare",) or path[:2] == ("sheets", "compare")
        found: Any = answer_words() if compares else _words()
        for step in path:
            found = found[step]
        return found

    def sheet_name(self, sheet: str) -> str:
        """The name of a sheet in the language of the workbook."""
        return self.phrase("sheet_names", sheet)

    def say(self, told: Told) -> str:
        """A text in the language of the workbook."""
        return told.texts[self.language]

    def group(self, name: str) -> str:
        """The heading over a group of columns."""
        labels = {part.name: self.say(part.label) for part in self.form.sections}
        return labels.get(name) or self.phrase("groups", name)

    def _fact(self, question: Question, group: str) -> FeedbackColumn:
        takes = _TYPED.get(question.name, question.answer_list)
        return FeedbackColumn(question.name, group, takes, self.say(question.label), 20, question=question)

    def _items(self) -> tuple[FeedbackColumn, ...]:
        numbers = self.form.numbers
        return tuple(
            FeedbackColumn(
                one.name, part.name, one.answer_list or "text", str(numbers[one.name]),
                44 if not one.answers else 6 if _coded(one) else 18, numbers[one.name], one,
            )
            for part in self.form.sections
            for one in part.questions
        )  # fmt: skip


def _coded(question: Question) -> bool:
    """Whether answers are typed as codes: steps of a scale."""
    return question.item is None or question.item.kind is FeedbackKind.RATING


def _values(question: Question, language: str) -> list[int | str]:
    """The values of a list: numbers and na, pn for a scale; words for a choice or a fact."""
    if question.item is not None and question.item.kind is FeedbackKind.RATING:
        return [int(code) if code.isdigit() else code for code in question.answers]
    if question.answers and all(code.isdigit() for code in question.answers):
        return [int(code) for code in question.answers]
    return [text.texts[language] for text in question.answers.values()]


@cache
def _words() -> Mapping[str, Any]:
    content: Mapping[str, Any] = read_yaml(WORDS_FILE)
    return content
