"""The wording of an instrument: both languages, Romanian letters, plain and safe words for children, help named."""

import re
from collections.abc import Iterator
from itertools import chain

from evaluation.core.language import comma_below
from evaluation.instruments.check_rules import CheckRules, Finding
from evaluation.instruments.model import Instrument, Item, ItemKind
from evaluation.strategy.words import Text

LANGUAGES = ("ro", "en")
Placed = tuple[str, str, Text]
"""File, place in it, text."""
_MARKS = re.compile("[ăâîșțĂÂÎȘȚ]")
_WORD = re.compile(r"\w+(?:[-’']\w+)*")
_LOWER_WORD = re.compile(r"[^\W\d_]*[a-zăâîșț][^\W\d_]*")
_SENTENCE_END = re.compile(r"(?<=[.!?…:;])\s+")
_DIGIT_GAP = re.compile(r"(?<=\d)[ \u00a0.](?=\d)")
_UNMARKED = 60


def check_wording(instrument: Instrument, rules: CheckRules) -> Iterator[Finding]:
    """Every text of the instrument against the rules of wording."""
    for file, place, text in all_texts(instrument):
        for code in text_problems(text):
            yield rules.finding(code, instrument, file, place)
    for item in instrument.of_kind(ItemKind.CLOSED):
        for letter, choice in item.choices.items():
            if any(_holds(getattr(choice, one), rules.refers_to_others[one]) for one in LANGUAGES):
                yield rules.finding(
                    "refers_to_others", instrument, "items.yaml", f"{item.name}.choices.{letter}"
                )
    yield from _check_help(instrument, rules)
    if instrument.about.children:
        yield from _check_children(instrument, rules)


def all_texts(instrument: Instrument) -> Iterator[Placed]:
    """Every text in two languages with its place: about-file, items, key, codebook."""
    for name, value in instrument.about:
        if isinstance(value, Text):
            yield "about.yaml", name, value
    yield from item_texts(instrument.items)
    for key in instrument.keys:
        yield "key.yaml", f"{key.item}.measures", key.measures
        for letter, reason in key.distractors.items():
            yield "key.yaml", f"{key.item}.distractors.{letter}", reason
    for one in instrument.open_keys:
        for code in one.codes:
            for name in ("label", "includes", "example"):
                yield "key.yaml", f"{one.item}.{code.code}.{name}", getattr(code, name)


def item_texts(items: tuple[Item, ...]) -> Iterator[Placed]:
    """The texts that a participant reads in items."""
    for item in items:
        yield "items.yaml", f"{item.name}.label", item.label
        if item.hint is not None:
            yield "items.yaml", f"{item.name}.hint", item.hint
        for letter, choice in item.choices.items():
            yield "items.yaml", f"{item.name}.choices.{letter}", choice


def words_of_longest_sentence(text: str) -> int:
    """Words in the longest sentence; a colon or semicolon ends one too.

    >>> words_of_longest_sentence("Ana merge la școală. Acolo o așteaptă un prieten nou.")
    6
    """
    return max((len(_WORD.findall(one)) for one in _SENTENCE_END.split(text)), default=0)


def telephone_digits(text: str) -> set[str]:
    """Numbers in a text, without the spaces inside them.

    >>> sorted(telephone_digits("Sună la 0 800 800 678, 116 111 sau 119."))
    ['0800800678', '116111', '119']
    """
    return set(re.findall(r"\d+", _DIGIT_GAP.sub("", text)))


def text_problems(text: Text) -> Iterator[str]:
    """The codes of the rules that a text in two languages breaks by itself."""
    if text.ro.casefold() == text.en.casefold():
        words = len(_LOWER_WORD.findall(text.ro))
        if words:
            yield "same_text" if words > 2 else "same_word"
    both = text.ro + text.en
    if comma_below(both) != both:
        yield "cedilla"
    if len(text.ro) >= _UNMARKED and not _MARKS.search(text.ro):
        yield "no_diacritics"
    if "{" in both or "}" in both:
        yield "braces"


def _check_help(instrument: Instrument, rules: CheckRules) -> Iterator[Finding]:
    """Whoever is troubled by a question finds a number to call, in both languages."""
    wanted = rules.helplines.children if instrument.about.children else rules.helplines.everyone
    for language in LANGUAGES:
        named = telephone_digits(getattr(instrument.about.distress, language))
        missing = [number for number in wanted if number not in named]
        if missing:
            place = f"distress.{language}: {', '.join(missing)}"
            yield rules.finding("no_helpline", instrument, "about.yaml", place)


def _check_children(instrument: Instrument, rules: CheckRules) -> Iterator[Finding]:
    """Short sentences, no scene of abuse, nothing about the child; the pairing code has rules of its own."""
    items = tuple(one for one in instrument.items if one.kind is not ItemKind.PAIRING)
    about = (("about.yaml", name, getattr(instrument.about, name)) for name in ("consent", "distress"))
    for file, place, text in chain(item_texts(items), about):
        for language in LANGUAGES:
            told = getattr(text, language)
            for code in _childrens_problems(told, language, rules):
                yield rules.finding(code, instrument, file, f"{place} ({language})")


def _childrens_problems(told: str, language: str, rules: CheckRules) -> Iterator[str]:
    length = words_of_longest_sentence(told)
    if length > rules.limits.sentence_most:
        yield "endless_sentence" if length > rules.limits.sentence_never else "long_sentence"
    if _begins_with(told, rules.not_for_children[language]):
        yield "not_for_children"
    if _holds(told, rules.about_oneself[language]):
        yield "about_oneself"


def _holds(told: str, turns: tuple[str, ...]) -> bool:
    return any(turn in told.casefold() for turn in turns)


def _begins_with(told: str, beginnings: tuple[str, ...]) -> bool:
    return any(word.startswith(beginnings) for word in _WORD.findall(told.casefold()))
