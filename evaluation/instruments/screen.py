"""What forms on a screen share: the words that they add, titles, and what a box of the pairing code accepts."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from evaluation.core.yamlfile import read_yaml
from evaluation.instruments.answer_layout import load_answer_layout
from evaluation.instruments.model import Instrument, Item, Validation
from evaluation.strategy.words import Definition, Text, load_as

WORDS_FILE = Path(__file__).resolve().with_suffix(".yaml")
FORMS = ("A", "B")


class Box(Definition):
    """What a box of the pairing code accepts; ``{length}`` in the pattern is the length of the element."""

    pattern: str
    keyboard: str
    message: Text


class ScreenWords(Definition):
    """The words of forms on a screen."""

    title: Text
    title_checked: Text
    draft: Text
    occasion: Text
    occasions: Mapping[str, Text]
    session: Text
    session_hint: Text
    groups: Mapping[str, Text]
    pairing_note: Text
    question: Text
    thanks: Text
    boxes: Mapping[str, Box]

    def box(self, item: Item) -> Box:
        """The box of an element of the pairing code, its pattern made for the element's length.

        >>> month = Item(name="pair_month", kind="pairing", length=2, label={"ro": "Luna", "en": "Month"})
        >>> load_screen_words().box(month).keyboard
        'numbers'
        """
        takes = load_answer_layout().pairing_takes.get(item.name, "letter")
        box = self.boxes[takes]
        repeat = "" if item.length == 1 else f"{{{item.length}}}"
        return box.model_copy(update={"pattern": box.pattern.replace("{length}", repeat)})

    def form_title(self, instrument: Instrument, form: str) -> Text:
        """Title, form and version; a draft says that it is one."""
        pattern = self.title if instrument.about.validation is Validation.DRAFT else self.title_checked
        title, version = instrument.about.title, instrument.about.version
        return Text(
            ro=pattern.ro.format(title=title.ro, form=form, version=version),
            en=pattern.en.format(title=title.en, form=form, version=version),
        )

    def introduction(self, instrument: Instrument) -> Text:
        """What is read before the first question: the status while it is a draft, and the consent text."""
        consent = instrument.about.consent
        if instrument.about.validation is not Validation.DRAFT:
            return consent
        return Text(ro=f"{self.draft.ro} {consent.ro}", en=f"{self.draft.en} {consent.en}")

    def numbered(self, number: int, label: Text) -> Text:
        """A question with its number, the same as on paper."""
        return Text(
            ro=self.question.ro.format(n=number, label=label.ro),
            en=self.question.en.format(n=number, label=label.en),
        )


def items_of(instrument: Instrument, form: str) -> tuple[Item, ...]:
    """The items of a form in the order in which they are asked."""
    return tuple(instrument.item(name) for name in getattr(instrument.forms, form))


@cache
def load_screen_words() -> ScreenWords:
    """The words of forms on a screen."""
    return load_as(ScreenWords, read_yaml(WORDS_FILE), file=WORDS_FILE.name)
