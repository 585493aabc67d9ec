"""Annual series of published figures: values by source, headlines, rates, period comparison, records."""

from typing import Any

from evaluation.analysis._secondary import (
    Card,
    Figure,
    Secondary,
    card_of,
    edition,
    figures_of,
    provenance_of,
)
from evaluation.analysis._wording import (
    Texts,
    break_text,
    citation,
    edition_text,
    fill,
    join,
    plain,
    same,
    texts_frame,
)
from evaluation.analysis.disagreements import Disagreement, find_disagreements
from evaluation.analysis.headline import Headline, pick_headline
from evaluation.analysis.rates import Labels, Row, count_row, rate_row
from evaluation.core.errors import AnalysisError
from evaluation.core.results import Result, make_table
from evaluation.strategy.words import Text

IDENTIFIED = "victims_identified"
RESIDENTS = "population_1jan"


def annual_series(
    series: Secondary,
    *,
    measure: str = IDENTIFIED,
    first: int = 2008,
    last: int = 2023,
    ci_level: float = 0.95,
) -> Result:
    """One row per year and source, and one headline row per year with its interval.

    Headline rows have group ``headline``, the others ``published``. Identified victims are a complete count
    of a register: the Poisson interval speaks of chance variation of the process, and says so in the texts.
    A year without a value is not_collected, a year whose values cannot stand for the total undefined.
    """
    card = card_of(series, measure)
    rows: list[Row] = []
    texts: list[Texts] = []
    used = 0
    for year in range(first, last + 1):
        pick, figures = pick_headline(series, measure, year), figures_of(series, measure, year)
        used += len(figures)
        rows.append(_headline_row(card, pick, ci_level=ci_level))
        texts.append(_headline_texts(series, card, pick))
        for figure in figures:
            rows.append(
                {
                    **Labels(measure, str(year), "published", str(figure["source_id"])).row(
                        quantity=card.unit, method="published"
                    ),
                    "estimate": figure["value"],
                }
            )
            texts.append(_published_texts(series, card, figure))
    provenance = provenance_of(series, used, method="headline rule; exact Poisson interval")
    return Result(f"{measure}_series", make_table(rows), provenance, texts_frame(texts))


def annual_rates(
    series: Secondary,
    *,
    measure: str = IDENTIFIED,
    population: str = RESIDENTS,
    first: int = 2008,
    last: int = 2023,
    ci_level: float = 0.95,
) -> Result:
    """Headline count over the headline population of each year, per 100,000, with the exact interval.

    The edition of the population (source and publication year) stands in the method of every row. A year
    without a count or a population is not_collected, with the reason in the texts.
    """
    card, people = card_of(series, measure), card_of(series, population)
    if card.kind != "count" or people.family != "population":
        raise AnalysisError(
            f"{measure} / {population}: a rate needs a count over a population; choose others."
        )
    years = range(first, last + 1)
    pairs = [tuple(pick_headline(series, name, year) for name in (measure, population)) for year in years]
    rows = [_rate_row(series, events, persons, ci_level=ci_level) for events, persons in pairs]
    texts = [_rate_texts(series, (card, people), events, persons) for events, persons in pairs]
    used = sum(len(figures_of(series, name, year)) for name in (measure, population) for year in years)
    provenance = provenance_of(series, used, method="rate per 100,000; exact Poisson interval")
    return Result(f"{measure}_rates", make_table(rows), provenance, texts_frame(texts))


def sources_records(series: Secondary, *, measure: str | None = None) -> list[dict[str, Any]]:
    """Every measure and year as plain data: values with sources, headline, reason, whether sources disagree.

    Ready for JSON; whole numbers are integers. ``disagreement`` is true when published values differ or a
    check of figures that should fit fails; ``checks`` also names comparisons of two different concepts.
    """
    wanted = None if measure is None else card_of(series, measure).id
    found = find_disagreements(series)
    keys = sorted(key for key in series.figures if wanted in (None, key[0]))
    return [_record(series, name, year, found) for name, year in keys]


def _record(series: Secondary, measure: str, year: int, found: tuple[Disagreement, ...]) -> dict[str, Any]:
    card, pick = card_of(series, measure), pick_headline(series, measure, year)
    here = [one for one in found if (one.measure, one.year) == (measure, year)]
    return {
        "measure": measure,
        "label": plain(card.label),
        "year": year,
        "unit": str(card.unit),
        "family": str(card.family),
        "values": [_value(series, figure) for figure in figures_of(series, measure, year)],
        "headline": None
        if pick.value is None
        else {
            "value": _number(pick.value),
            "source_id": pick.source_id,
            "citation": plain(citation(series, pick.source_id)),
        },
        "reason": plain(pick.reason),
        "status": pick.status.value,
        "disagreement": any(one.kind != "by_design" for one in here),
        "checks": [{"id": one.id, "kind": one.kind, "note": plain(one.note)} for one in here],
        "breaks": [
            {"year": b.year, "kind": str(b.kind), "source_id": b.source_id, "what": plain(b.what)}
            for b in card.breaks
        ],
        "warnings": [{"other": w.other, "what": plain(w.what)} for w in card.warnings],
    }


def _value(series: Secondary, figure: Figure) -> dict[str, Any]:
    source = series.sources.loc[str(figure["source_id"])]
    return {
        "value": _number(float(str(figure["value"]))),
        "source_id": figure["source_id"],
        "publisher": source["publisher"],
        "relays": source["relays"],
        "title": source["title"],
        "publication_year": int(source["publication_year"]) if source["publication_year"] else None,
        "url": source["url"],
        "kind": source["kind"],
        "flags": list(figure["flags"]),
        "note": {"ro": figure["note.ro"], "en": figure["note.en"]},
    }


def _headline_row(card: Card, pick: Headline, *, ci_level: float) -> Row:
    labels = Labels(card.id, str(pick.year), "headline", pick.source_id)
    if pick.value is None:
        return {**labels.row(quantity=card.unit, method="headline rule"), "status": pick.status.value}
    if card.interval == "poisson":
        return count_row(int(pick.value), labels, ci_level=ci_level)
    return {**labels.row(quantity=card.unit, method="headline rule"), "estimate": pick.value}


def _headline_texts(series: Secondary, card: Card, pick: Headline) -> Texts:
    words = series.rules.words
    return {
        "label": card.label,
        "source": citation(series, pick.source_id) if pick.source_id else None,
        "note": pick.reason,
        "method": words["register"] if card.interval == "poisson" else words["plain"],
        "break": break_text((card,), pick.year - 1, pick.year),
    }


def _rate_row(series: Secondary, events: Headline, persons: Headline, *, ci_level: float) -> Row:
    year, population = str(events.year), persons.measure
    if events.value is not None and persons.value is not None:
        note = f"population {edition(series, persons.source_id)}"
        labels = Labels(events.measure, year, "headline", population, note)
        return rate_row(int(events.value), persons.value, labels, ci_level=ci_level)
    lacking = events if events.value is None else persons
    labels = Labels(events.measure, year, "headline", population)
    return {
        **labels.row(quantity="rate_per_100000", method="poisson_garwood"),
        "numerator": events.value,
        "denominator": persons.value,
        "status": lacking.status.value,
    }


def _rate_texts(series: Secondary, cards: tuple[Card, Card], events: Headline, persons: Headline) -> Texts:
    words, (card, people) = series.rules.words, cards
    if events.value is None or persons.value is None:
        note = events.reason if events.value is None else words["no_population"]
        blank: Texts = dict.fromkeys(("source", "method", "edition", "break"))
        return {**blank, "label": card.label, "note": note}
    named = {"label": people.label, "edition": edition_text(series, persons.source_id)}
    return {
        "label": card.label,
        "source": join(citation(series, events.source_id), citation(series, persons.source_id)),
        "note": events.reason,
        "method": fill(words["rate"], named),
        "edition": same(persons.source_id),
        "break": break_text(cards, events.year - 1, events.year),
    }


def _published_texts(series: Secondary, card: Card, figure: Figure) -> Texts:
    note = Text(ro=str(figure["note.ro"]), en=str(figure["note.en"])) if figure["note.ro"] else None
    source = citation(series, str(figure["source_id"]))
    return {
        "label": card.label,
        "source": source,
        "note": note,
        "method": series.rules.words["plain"],
        "break": None,
    }


def _number(value: float) -> int | float:
    return int(value) if value.is_integer() else value
