"""The instruments as the annex tells them: what each is for, how many items, what they ask; never a test item or a key."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pandas as pd

from evaluation.analysis._plan import words
from evaluation.core.provenance import Provenance
from evaluation.core.results import Listing, Result, make_table
from evaluation.core.yamlfile import read_yaml
from evaluation.instruments.catalogue import Catalogue
from evaluation.instruments.feedback.model import FeedbackInstrument, FeedbackItem, FeedbackKind
from evaluation.instruments.model import Instrument, ItemKind
from evaluation.strategy.words import Definition, Text, load_as

WORDS = Path(__file__).resolve().parent / "instrument_lists.yaml"
METHOD = "count"
Row = dict[str, object]


class InstrumentWords(Definition):
    """The words of the annex; ``scored`` are the feedback instruments whose scores are examined."""

    kinds: dict[str, Text]
    states: dict[str, Text]
    languages: dict[str, Text]
    reliability: dict[str, Text]
    scored: tuple[str, ...]
    no_indicators: Text
    topics: dict[str, Text]
    answers: dict[str, Text]
    origins: dict[str, Text]


@cache
def instrument_words() -> InstrumentWords:
    """The words as they stand in ``instrument_lists.yaml``."""
    return load_as(InstrumentWords, read_yaml(WORDS), file=WORDS.name)


def count_instruments(catalogue: Catalogue) -> Result:
    """One row an instrument: the number of items that one person answers, and its card in words.

    Of a training questionnaire the items of one form count, without the elements of the pairing code.
    """
    rows: list[Row] = []
    texts: list[dict[str, str]] = []
    for training in catalogue.training:
        kinds = (ItemKind.CLOSED, ItemKind.OPEN, ItemKind.REACTION)
        rows.append(_count(training.name, "training", sum(len(training.of_kind(one, "A")) for one in kinds)))
        texts.append(_training_card(training))
    for feedback in catalogue.feedback:
        rows.append(_count(feedback.name, "feedback", len(feedback.items)))
        texts.append(_feedback_card(feedback))
    return Result("instruments", make_table(rows), _origin(catalogue, len(rows)), pd.DataFrame(texts))


def count_topics(catalogue: Catalogue) -> Result:
    """One row a topic of a training questionnaire: what has to be known, and with how many items it is asked."""
    rows: list[Row] = []
    texts: list[dict[str, str]] = []
    known = instrument_words().topics
    for one in catalogue.training:
        for item in one.of_kind(ItemKind.CLOSED, "A"):
            key = one.key(item.name)
            rows.append(_count(f"{one.name}.{item.name}", one.name, 2 if key.twin else 1))
            texts.append(
                {"instrument": one.name}
                | words("title", one.about.title)
                | words("topic", key.measures)
                | words("kind", known["pair" if key.twin else "common"])
            )
    return Result("instrument_topics", make_table(rows), _origin(catalogue, len(rows)), pd.DataFrame(texts))


def list_items(catalogue: Catalogue) -> Listing:
    """The wording of every item of the feedback instruments, with its answers and its origin."""
    rows = [
        {"instrument": one.name, "item": item.name}
        | words("title", one.about.title)
        | words("domain", next(domain.label for domain in one.domains if domain.name == item.domain))
        | words("label", item.label)
        | words("answers", _answers(item, one))
        | words("origin", instrument_words().origins[item.origin.kind])
        for one in catalogue.feedback
        for item in one.items
    ]
    return Listing("instrument_items", pd.DataFrame(rows), _origin(catalogue, len(rows)))


def list_open_questions(catalogue: Catalogue) -> Listing:
    """The wording of the open questions of the training questionnaires, with the audience."""
    rows = [
        {"instrument": one.name}
        | words("audience", one.about.audience)
        | words("label", item.label)
        | {"indicators": ", ".join(_open_indicators(one, item.name)) or "–"}
        for one in catalogue.training
        for item in one.of_kind(ItemKind.OPEN, "A")
    ]
    return Listing("instrument_open_questions", pd.DataFrame(rows), _origin(catalogue, len(rows)))


def _count(measure: str, group: str, number: int) -> Row:
    return {
        "measure": measure,
        "quantity": "count",
        "group": group,
        "level": "all",
        "estimate": number,
        "method": METHOD,
    }


def _training_card(one: Instrument) -> dict[str, str]:
    known, about = instrument_words(), one.about
    served = tuple(dict.fromkeys((*about.indicators, *one.served)))
    return (
        {"instrument": one.name, "kind_key": "training", "version": about.version}
        | {"measures": ", ".join(about.audience_measures)}
        | words("title", about.title)
        | words("population", about.population)
        | words("purpose", about.purpose)
        | words("languages", _joined(known.languages[name] for name in about.languages))
        | words("state", known.states[about.validation.value])
        | words(
            "indicators", Text(ro=", ".join(served), en=", ".join(served)) if served else known.no_indicators
        )
        | words("reliability", known.reliability["training"])
    )


def _feedback_card(one: FeedbackInstrument) -> dict[str, str]:
    known, about = instrument_words(), one.about
    examined = "scored" if one.name in known.scored else "none"
    return (
        {"instrument": one.name, "kind_key": "feedback", "version": about.version}
        | {"measures": ", ".join(about.measures)}
        | words("title", about.title)
        | words("population", about.population)
        | words("purpose", about.purpose)
        | words("languages", _joined(known.languages[name] for name in about.languages))
        | words("state", known.states[about.status])
        | words("indicators", known.no_indicators)
        | words("reliability", known.reliability[examined])
    )


def _answers(item: FeedbackItem, one: FeedbackInstrument) -> Text:
    known = instrument_words().answers
    if item.kind is FeedbackKind.OPEN:
        return known["open"]
    if item.kind is FeedbackKind.CHOICE:
        choices = _joined(item.choices.values())
        return Text(
            ro=known["choice"].ro.format(choices=choices.ro), en=known["choice"].en.format(choices=choices.en)
        )
    steps = tuple(one.scale(item.scale).steps.values())
    scale = Text(
        ro=known["scale"].ro.format(first=steps[0].ro, last=steps[-1].ro),
        en=known["scale"].en.format(first=steps[0].en, last=steps[-1].en),
    )
    if not item.reversed:
        return scale
    return Text(
        ro=known["reversed"].ro.format(scale=scale.ro), en=known["reversed"].en.format(scale=scale.en)
    )


def _open_indicators(one: Instrument, item: str) -> tuple[str, ...]:
    keys = (key for key in one.open_keys if key.item == item)
    return tuple(dict.fromkeys(name for key in keys for each in key.readings for name in each.indicators))


def _joined(parts: Iterable[Text]) -> Text:
    told = list(parts)
    return Text(ro=", ".join(one.ro for one in told), en=", ".join(one.en for one in told))


def _origin(catalogue: Catalogue, rows: int) -> Provenance:
    return Provenance(catalogue.sources, METHOD, rows, rows)
