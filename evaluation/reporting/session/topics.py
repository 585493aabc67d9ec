"""Topic by topic: how many were right before and after, what may be said of the change, and what is wrongly believed."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

from evaluation.core.status import Status
from evaluation.instruments.model import Instrument, ItemKind
from evaluation.reporting.session.figures import Figures
from evaluation.reporting.wording import load_wording

TOPICS, CHANGE, BELIEVED = "session_topics", "session_change", "session_believed"
KNOWN = 0.8
"""A share right before the session from which there is little left to learn."""
BELIEVED_SHARE, BELIEVED_PEOPLE, BELIEVED_BASE, MOST_BELIEVED = 0.2, 3, 6, 3
"""A wrong choice is worth coming back to when a fifth, and three people of at least six, ticked it; three are named."""
LABEL_LENGTH, CHOICE_LENGTH = 90, 80
ALPHA = 0.05
_ORDER = ("better", "maybe_better", "same", "known", "maybe_worse", "worse", "untold")


@dataclass(frozen=True, slots=True)
class Topic:
    """A line of the table; bars are whole hundredths."""

    label: str
    before: str
    after: str
    before_bar: int | None
    after_bar: int | None
    verdict: str


@dataclass(frozen=True, slots=True)
class Belief:
    """A wrong choice that many ticked: the question, what was ticked, how many, and why it is believed."""

    question: str
    choice: str
    share: str
    why: str


def topic_lines(figures: Figures, instrument: Instrument) -> list[Topic]:
    """The topics, those with a change first, then in the order of the form; without any verdict in that order alone."""
    lines = [_topic(figures, instrument, item.name) for item in instrument.of_kind(ItemKind.CLOSED, "A")]
    return sorted(lines, key=lambda one: _ORDER.index(one.verdict))


def beliefs(figures: Figures, instrument: Instrument) -> list[Belief]:
    """The wrong choices that most people believe after the session, the most frequent first.

    Of children the number is not told, only which choice it is, and only where it may be shown.
    """
    released = figures.released[BELIEVED].table
    found = []
    for row in released.to_dict("records"):
        if row["status"] != Status.OK.value or not _is_worth_telling(row):
            continue
        measure = str(row["measure"])
        item, letter = measure.split(".")
        share = "" if instrument.about.children else figures.share(BELIEVED, measure, period="post")
        found.append((-float(row["estimate"]), item, letter, share))
    return [
        _belief(instrument, item, letter, share, figures.language)
        for _, item, letter, share in sorted(found)[:MOST_BELIEVED]
    ]


def shorten(text: str, length: int) -> str:
    """A text cut at a word, with an ellipsis where something is left out.

    >>> shorten("Cine poate deveni victimă a traficului?", 20)
    'Cine poate deveni…'
    """
    if len(text) <= length:
        return text
    return text[: length - 1].rsplit(" ", 1)[0].rstrip(" ,;:–") + "…"


def verdict_word(verdict: str, *, language: str) -> str:
    """What may be said of the change."""
    return load_wording().text(f"session.{verdict}", language=language)


def _is_worth_telling(row: Mapping[Hashable, Any]) -> bool:
    enough = row["numerator"] >= BELIEVED_PEOPLE and row["denominator"] >= BELIEVED_BASE
    return bool(enough and row["estimate"] >= BELIEVED_SHARE)


def _topic(figures: Figures, instrument: Instrument, name: str) -> Topic:
    return Topic(
        label=shorten(getattr(instrument.key(name).measures, figures.language), LABEL_LENGTH),
        before=figures.share(TOPICS, name, period="pre"),
        after=figures.share(TOPICS, name, period="post"),
        before_bar=figures.percent(TOPICS, name, period="pre"),
        after_bar=figures.percent(TOPICS, name, period="post"),
        verdict=_verdict(figures, name),
    )


def _verdict(figures: Figures, name: str) -> str:
    """By the interval of the paired difference, and firmly only where it stands among all topics (Holm).

    A topic that most knew before has little room to change.
    """
    if not figures.has(CHANGE, name):
        return "untold"
    side = ""
    if figures.value(CHANGE, name, "ci_low") > 0:
        side = "better"
    elif figures.value(CHANGE, name, "ci_high") < 0:
        side = "worse"
    if side:
        return side if figures.value(CHANGE, name, "p_adjusted") < ALPHA else f"maybe_{side}"
    return "known" if figures.value(TOPICS, name, period="pre") >= KNOWN else "same"


def _belief(instrument: Instrument, name: str, letter: str, share: str, language: str) -> Belief:
    item, key = instrument.item(name), instrument.key(name)
    choice = shorten(getattr(item.choices[letter], language).rstrip("."), CHOICE_LENGTH)
    words = load_wording()
    told = words.text("session.believed_line" if share else "session.believed_untold", language=language)
    return Belief(
        question=shorten(getattr(item.label, language), LABEL_LENGTH),
        choice=told.format(choice=choice),
        share=share,
        why=getattr(key.distractors[letter], language),
    )
