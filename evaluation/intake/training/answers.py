"""Cells as answers: a choice told as text in either language, as letter or as number; the order of choices is no matter."""

import re
from dataclasses import dataclass

from evaluation.instruments.model import Instrument, Item, ItemKind
from evaluation.intake.returns.raw import RawCell
from evaluation.intake.training.columns import is_blank
from evaluation.intake.training.identifiers import has_identifier
from evaluation.intake.training.matching import plain, without_letter

_CODED = re.compile(r"ao?0?([1-9])")
"""Answer codes that LimeSurvey gives by itself: A1, AO01."""
_WHOLE = re.compile(r"(\d{1,2})(?:\.0+)?")
_SEVERAL = re.compile(r"[;,|/ ]+")
_TEXT_KINDS = ("text", "number")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a cell says; ``code`` of the catalogue where something is to be told of it."""

    value: str = ""
    code: str = ""


NOTHING = Answer()


def text_of(cell: RawCell) -> str:
    """The content as text, whole numbers without decimals."""
    if isinstance(cell.value, float) and cell.value.is_integer():
        return str(int(cell.value))
    return "" if cell.value is None else str(cell.value).strip()


class AnswerReader:
    """Reads the cells of one instrument; what was read once is remembered."""

    def __init__(self, instrument: Instrument) -> None:
        self.instrument = instrument
        self._choices = {one.name: _Choices(one) for one in instrument.items if one.choices}
        self._known: dict[tuple[str, str], Answer] = {}

    def read(self, item: str, cell: RawCell | None) -> Answer:
        """The answer to an item: letter or scale value, text of an open item, sign of a box of the pairing code."""
        if cell is None:
            return NOTHING
        if cell.kind not in _TEXT_KINDS:
            return Answer(code="cell_not_text")
        text = text_of(cell)
        key = (item, text)
        if key not in self._known:
            self._known[key] = self._read(self.instrument.item(item), text)
        return self._known[key]

    def _read(self, item: Item, text: str) -> Answer:
        if not text:
            return NOTHING
        if item.kind is ItemKind.PAIRING:
            return _read_box(item, text)
        if item.name in self._choices and (found := self._choices[item.name].read(text)):
            return found
        if is_blank(text):
            return Answer(code="answer_blank_sign")
        if has_identifier(text):
            return Answer(code="identifier_inside")
        return Answer(text) if item.kind is ItemKind.OPEN else Answer(code="answer_unreadable")


class _Choices:
    """The choices of one item by every way of telling them."""

    def __init__(self, item: Item) -> None:
        self.letters = tuple(item.choices)
        self.texts: dict[str, set[str]] = {}
        for letter, text in item.choices.items():
            for told in (text.ro, text.en):
                self.texts.setdefault(plain(told), set()).add(letter)
        self.exact = {
            told.strip(): letter for letter, text in item.choices.items() for told in (text.ro, text.en)
        }

    def read(self, text: str) -> Answer | None:
        """A single choice, a refusal of several or of two readings, or nothing at all."""
        told = plain(text)
        by_text = self._by_text(text, told)
        by_mark = self._by_mark(told)
        if by_text and by_mark and by_text != by_mark:
            return Answer(code="answer_ambiguous")
        if by_text or by_mark:
            return Answer(by_text or by_mark)
        parts = [part for part in _SEVERAL.split(text.strip()) if part]
        if len(parts) > 1 and all(self._by_mark(plain(part)) for part in parts):
            letters = {self._by_mark(plain(part)) for part in parts}
            return Answer(letters.pop()) if len(letters) == 1 else Answer(code="answer_several")
        return self._several_texts(text)

    def _by_text(self, text: str, told: str) -> str:
        if text.strip() in self.exact:
            return self.exact[text.strip()]
        for one in (told, without_letter(told)):
            letters = self.texts.get(one, set())
            if len(letters) == 1:
                return next(iter(letters))
        return ""

    def _by_mark(self, told: str) -> str:
        if told in self.letters:
            return told
        number = _WHOLE.fullmatch(told.replace(" ", ".")) or _CODED.fullmatch(told)
        place = int(number[1]) if number else 0
        return self.letters[place - 1] if 1 <= place <= len(self.letters) else ""

    def _several_texts(self, text: str) -> Answer | None:
        """Texts of choices joined by a comma or semicolon, as programs write several ticks."""
        for mark in (";", "|", "\n", ", "):
            parts = [plain(part) for part in text.split(mark) if plain(part)]
            if len(parts) > 1 and all(part in self.texts for part in parts):
                return Answer(code="answer_several")
        return None


def _read_box(item: Item, text: str) -> Answer:
    """A box holds as many signs as it has places; more may be a name and is not kept.

    A month without its zero, or with the decimals that a program gave it, is the same month.
    """
    whole = _WHOLE.fullmatch(text)
    kept = whole[1] if whole else "".join(one for one in text if one.isalnum())
    if not kept:
        return NOTHING
    if len(kept) > (item.length or 1):
        return Answer(code="code_too_long")
    return Answer(kept.zfill(item.length or 1) if kept.isdigit() else kept)
