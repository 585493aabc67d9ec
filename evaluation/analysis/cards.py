"""The full card of every indicator: what the plan says, what is asked beyond it, and "undefined" where nobody says."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

import pandas as pd

from evaluation.analysis._plan import METHOD, words
from evaluation.analysis.monitoring.definitions import BaselineLinks
from evaluation.analysis.planlists import describe_due, name_parties
from evaluation.core.provenance import Provenance
from evaluation.core.results import Listing
from evaluation.core.yamlfile import read_yaml
from evaluation.instruments.catalogue import Catalogue
from evaluation.strategy.asked import institutions_of
from evaluation.strategy.card_data import CardData
from evaluation.strategy.plan import DefinitionStatus, Indicator, Kind, Measure, Plan, indicator_due
from evaluation.strategy.words import Definition, Text, load_as

WORDS = Path(__file__).resolve().parent / "cards.yaml"
Terms = dict[str, dict[str, Text]]


class CardWords(Definition):
    """The words of the cards, and of what a card lacks, with the reason."""

    formula: dict[str, Text]
    baseline: dict[str, Text]
    target: dict[str, Text]
    breakdown: dict[str, Text]
    source: dict[str, Text]
    question: Text


@cache
def card_words() -> CardWords:
    """The words as they stand in ``cards.yaml``."""
    return load_as(CardWords, read_yaml(WORDS), file=WORDS.name)


def list_cards(data: CardData, links: BaselineLinks, catalogue: Catalogue) -> Listing:
    """One row an indicator of the plans, every field of a card filled: with a word, or with why there is none.

    The formula is the plan's where it prints numerator and denominator; otherwise it is how the kit puts the figures
    of institutions together. A printed figure of the strategy is named beside a baseline and never taken for one.
    """
    printed = {one.id: one.printed for one in data.ledger.entries}
    linked = {one.indicator: one.ledger for one in links.links}
    served, rows = catalogue.served, []
    for plan, measure, card in _cards(data):
        known = linked.get(card.id, "")
        rows.append(
            _of_plan(card, measure, plan, data.terms)
            | words("responsible", name_parties(measure.responsible, data.registry))
            | words("breakdown", _breakdown(card, measure, data))
            | words("baseline", _baseline(known, printed.get(known, "")))
            | words("source", _source(served.get(card.id, ())))
        )
    invented = any(plan.head.synthetic for plan in data.plans)
    sources = (*data.sources, *catalogue.sources)
    origin = Provenance(sources, METHOD, len(rows), len(rows), synthetic=invented)
    return Listing("plan_cards", pd.DataFrame(rows), origin)


def _cards(data: CardData) -> Iterator[tuple[Plan, Measure, Indicator]]:
    yield from (
        (plan, measure, card)
        for plan in data.plans
        for measure in plan.measures
        for card in measure.indicators
    )


def _of_plan(card: Indicator, measure: Measure, plan: Plan, terms: Terms) -> dict[str, str]:
    due = describe_due(indicator_due(card, measure, window=plan.window))
    return {
        "id": card.id,
        "objective": measure.objective,
        **words("name", card.name),
        **words("measured", _joined([terms["kind"][card.type.value], card.unit], mark=": ")),
        **words("direction", terms["direction"][card.direction.value]),
        **words("formula", _formula(card)),
        **words("definition", _definition(card, terms)),
        **words("target", _target(card)),
        **words("when", _joined([terms["frequency"][card.frequency], due], mark=": ")),
    }


def _formula(card: Indicator) -> Text:
    """Numerator and denominator as printed; one that is printed alone stands beside the way of computing."""
    known = card_words().formula
    if card.numerator is not None:
        parts = {"numerator": card.numerator, "denominator": card.denominator or known["no_side"]}
        return _filled(known["parts"], parts)
    way = known["no_parts" if card.type in (Kind.PROPORTION, Kind.RATIO) else card.type.value]
    if card.denominator is None:
        return way
    return _filled(known["related"], {"way": way, "denominator": card.denominator})


def _definition(card: Indicator, terms: Terms) -> Text:
    state = terms["definition"][card.status.value]
    if card.status is DefinitionStatus.DEFINED or card.question is None:
        return state
    return _filled(card_words().question, {"state": state, "question": card.question})


def _baseline(ledger: str, printed: str) -> Text:
    known = card_words().baseline
    if not ledger:
        return known["none"]
    return _filled(known["linked"], {"printed": _same(printed), "ledger": _same(ledger)})


def _target(card: Indicator) -> Text:
    known = card_words().target
    if card.target is None:
        return known["none"]
    return _filled(known["set"], {"value": _same(f"{card.target.value:g}")})


def _breakdown(card: Indicator, measure: Measure, data: CardData) -> Text:
    """What the plan asks for, what the evaluators ask beyond it, and where county rows come from."""
    known, rules = card_words().breakdown, data.rules
    asked = [data.terms["disaggregation"][one] for one in card.disaggregation]
    wished = [rules.breakdown(group).name for group, by_plan in rules.breakdowns(card) if not by_plan]
    parts = [
        _filled(known[name], {"groups": _joined([_small(one) for one in groups], mark=", ")})
        for name, groups in (("plan", asked), ("evaluators", wished))
        if groups
    ]
    if any(rules.has_counties(card, data.registry.get(one)) for one in institutions_of(measure)):
        parts.append(known["counties"])
    return _joined(parts) if parts else known["none"]


def _source(titles: Sequence[Text]) -> Text:
    return _joined([card_words().source["returns"], *(_small(one) for one in titles)])


def _filled(template: Text, parts: Mapping[str, Text]) -> Text:
    return Text(
        ro=template.ro.format(**{name: one.ro for name, one in parts.items()}),
        en=template.en.format(**{name: one.en for name, one in parts.items()}),
    )


def _small(text: Text) -> Text:
    return Text(ro=text.ro[:1].lower() + text.ro[1:], en=text.en[:1].lower() + text.en[1:])


def _same(text: str) -> Text:
    return Text(ro=text, en=text)


def _joined(parts: Sequence[Text], *, mark: str = "; ") -> Text:
    return Text(ro=mark.join(one.ro for one in parts), en=mark.join(one.en for one in parts))
