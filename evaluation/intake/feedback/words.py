"""Words under which facts, waves, consents and answers arrive: their keys, and their words in both languages."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from evaluation.core.yamlfile import read_yaml
from evaluation.instruments.feedback.load import CORE
from evaluation.instruments.feedback.model import FeedbackInstrument, FeedbackKind
from evaluation.instruments.feedback.slots import SlotText, load_slots
from evaluation.instruments.feedback.wording import TARGETS
from evaluation.instruments.load import questionnaires
from evaluation.intake.training.matching import plain
from evaluation.strategy.words import Definition, load_as

WORDS_FILE = Path(__file__).with_suffix(".yaml")
FACTS = ("sex", "age_group", "exploitation")
Reader = Mapping[str, str]
"""Plain text to the key that is stored."""


class FeedbackWords(Definition):
    """Headings and words that are the same for every instrument."""

    roles: Mapping[str, tuple[str, ...]]
    yes: tuple[str, ...]
    no: tuple[str, ...]
    guardian: Mapping[str, tuple[str, ...]]
    blanks: tuple[str, ...]
    languages: Mapping[str, tuple[str, ...]]
    waves: Mapping[str, tuple[str, ...]]
    months: Mapping[str, int]


@cache
def load_feedback_words() -> FeedbackWords:
    """The words in force."""
    return load_as(FeedbackWords, read_yaml(WORDS_FILE), file=WORDS_FILE.name)


def _core() -> Any:
    return _read_core(questionnaires())


@cache
def _read_core(folder: Path) -> Any:
    return read_yaml(folder / CORE / "core.yaml")


def is_empty(text: str) -> bool:
    """True for a sign that stands for a question left out."""
    return plain(text) in load_feedback_words().blanks


def wave_reader() -> Reader:
    """Every way of telling a wave."""
    return _reader(_core()["waves"]) | _also(load_feedback_words().waves)


def collector_reader() -> Reader:
    """Every way of telling who collected."""
    return _reader(_core()["collectors"])


def language_reader() -> Reader:
    """Every way of telling the language of an interview."""
    return _also(load_feedback_words().languages)


def consent_reader() -> Reader:
    """Yes and no."""
    words = load_feedback_words()
    return _also({"yes": words.yes, "no": words.no})


def guardian_reader() -> Reader:
    """The guardian's consent: yes, no, or the exception that the protocol provides for."""
    return _also(load_feedback_words().guardian)


def fact_readers(instrument: FeedbackInstrument) -> dict[str, Reader]:
    """The categories of each fact that an instrument collects."""
    return {
        one.name: _reader({key: {"ro": text.ro, "en": text.en} for key, text in one.categories.items()})
        for one in instrument.about.collected
        if one.name in FACTS
    }


def answer_readers(instrument: FeedbackInstrument) -> dict[str, Reader]:
    """The answers of each rating and choice item: key, words in both languages, key and words together, special answers.

    A text that stands for two answers of one item stands for none.
    """
    special = _reader(_core()["special"])
    found: dict[str, Reader] = {}
    for item in instrument.items:
        if item.kind is FeedbackKind.OPEN:
            continue
        texts = instrument.scale(item.scale).steps if item.kind is FeedbackKind.RATING else item.choices
        own = {key: {"ro": text.ro, "en": text.en} for key, text in texts.items()}
        found[item.name] = special | _reader(own)
    return found | _slot_readers(instrument, special)


def slot_texts(instrument: FeedbackInstrument) -> tuple[SlotText, ...]:
    """The official texts that are there of an instrument's slots, in any language of a form."""
    if not instrument.slots:
        return ()
    return load_slots(instrument, tuple(dict.fromkeys((*instrument.about.languages, *TARGETS))))


def _slot_readers(instrument: FeedbackInstrument, special: dict[str, str]) -> dict[str, Reader]:
    """The answers of slots: the number that counts, or the words of an official text, which in no language mean two."""
    texts = slot_texts(instrument)
    found: dict[str, Reader] = {}
    for slot in instrument.slots:
        steps = [one.steps for one in texts if one.name == slot.name]
        told = {
            key: (key, *(one[key] for one in steps), *(f"{key} {one[key]}" for one in steps))
            for key in slot.answers
        }
        reader = special | _unequivocal(told)
        found |= dict.fromkeys(slot.columns, reader)
    return found


def _reader(texts: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Plain key and words to the key; what would stand for two keys is left out."""
    return _unequivocal(
        {
            key: (key, text["ro"], text["en"], f"{key} {text['ro']}", f"{key} {text['en']}")
            for key, text in texts.items()
        }
    )


def _unequivocal(words: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Plain words to the key that they stand for; what would stand for two is left out."""
    found: dict[str, set[str]] = {}
    for key, those in words.items():
        for told in those:
            found.setdefault(plain(told), set()).add(key)
    return {told: next(iter(keys)) for told, keys in found.items() if len(keys) == 1 and told}


def _also(words: Mapping[str, Iterable[str]]) -> dict[str, str]:
    return {plain(told): key for key, those in words.items() for told in (key, *those)}
