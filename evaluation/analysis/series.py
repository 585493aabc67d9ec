"""Annual series of published figures: values by source, headlines, rates, period comparison, records."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from evaluation.analysis._secondary import (
    Card,
    Secondary,
    breaks_between,
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
from evaluation.analysis.rates import Labels, Row, count_row, rate_ratio_row, rate_row
from evaluation.core.errors import AnalysisError
from evaluation.core.provenance import Provenance
from evaluation.core.results import Result, make_table
from evaluation.core.status import Status
from evaluation.strategy.words import Text

if TYPE_CHECKING:
    import pandas as pd

IDENTIFIED = "victims_identified"
RESIDENTS = "population_1jan"


@dataclass(frozen=True, slots=True)
class PersonYears:
    """Sum of yearly populations and the editions that they come from."""

    total: float
    editions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PeriodCount:
    """Events of a period with the person-years behind them and where both come from."""

    first: int
    last: int
    events: int
    person_years: float
    source: Text

    @property
    def name(self) -> str:
        """The period as printed, such as 2018-2022."""
        return f"{self.first}-{self.last}"


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
        for figure in figures.to_dict("records"):
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
    rows: list[Row] = []
    texts: list[Texts] = []
    used = 0
    for year in range(first, last + 1):
        events, persons = (pick_headline(series, name, year) for name in (measure, population))
        used += sum(len(figures_of(series, name, year)) for name in (measure, population))
        labels = Labels(measure, str(year), "headline", population)
        if events.value is None or persons.value is None:
            method, note = "poisson_garwood", events.reason
            if events.value is not None:
                note = series.rules.words["no_population"]
            row: Row = {**labels.row(quantity="rate_per_100000", method=method), "numerator": events.value}
            rows.append({**row, "denominator": persons.value, "status": Status.NOT_COLLECTED.value})
            texts.append({"label": card.label, "source": None, "note": note, "method": None, "break": None})
            continue
        name = edition(series, persons.source_id)
        labels = Labels(measure, str(year), "headline", population, f"population {name}")
        rows.append(rate_row(int(events.value), persons.value, labels, ci_level=ci_level))
        texts.append(
            {
                "label": card.label,
                "source": join(citation(series, events.source_id), citation(series, persons.source_id)),
                "note": events.reason,
                "method": fill(
                    series.rules.words["rate"],
                    {"label": people.label, "edition": edition_text(series, persons.source_id)},
                ),
                "break": break_text(card, year - 1, year),
            }
        )
    provenance = provenance_of(series, used, method="rate per 100,000; exact Poisson interval")
    return Result(f"{measure}_rates", make_table(rows), provenance, texts_frame(texts))


def person_years(series: Secondary, first: int, last: int, *, population: str = RESIDENTS) -> PersonYears:
    """Sum of the headline populations on 1 January over a period; every year must have one."""
    picks = [pick_headline(series, population, year) for year in range(first, last + 1)]
    missing = [str(pick.year) for pick in picks if pick.value is None]
    if missing:
        raise AnalysisError(
            f"{population}: no value for {', '.join(missing)}; choose years or a population that has them all."
        )
    editions = dict.fromkeys(edition(series, pick.source_id) for pick in picks)
    return PersonYears(sum(pick.value or 0.0 for pick in picks), tuple(editions))


def compare_periods(
    series: Secondary,
    earlier: PeriodCount,
    later: PeriodCount,
    *,
    provenance: Provenance,
    measure: str = IDENTIFIED,
    ci_level: float = 0.95,
) -> Result:
    """The two yearly rates per 100,000 and their ratio with an exact conditional interval.

    The numbers are the caller's (the ledger's events and person-years) and so is their provenance. The ratio
    names in its method every change of counting between the first and the last year compared.
    """
    if later.first <= earlier.last:
        raise AnalysisError(
            f"{earlier.name} and {later.name}: the periods overlap or are reversed; order them."
        )
    card, words = card_of(series, measure), series.rules.words
    crossed = breaks_between(card, earlier.first, later.last)
    across = f"across break {', '.join(str(b.year) for b in crossed)}" if crossed else ""
    span = f"{later.name} / {earlier.name}"
    rows = [
        rate_row(one.events, one.person_years, Labels(measure, one.name, "period", "rate"), ci_level=ci_level)
        for one in (earlier, later)
    ]
    rows.append(
        rate_ratio_row(
            (later.events, later.person_years),
            (earlier.events, earlier.person_years),
            Labels(measure, span, "period", "ratio", across),
            ci_level=ci_level,
        )
    )
    base: Texts = {"label": card.label, "source": earlier.source, "note": words["register"]}
    texts: list[Texts] = [
        {
            **base,
            "method": words["period_rate"],
            "break": break_text(card, one.first, one.last),
            "source": one.source,
        }
        for one in (earlier, later)
    ]
    method = fill(words["period_ratio"], {"earlier": same(earlier.name), "later": same(later.name)})
    warning = break_text(card, earlier.first, later.last, lead=words["across_break"])
    texts.append({**base, "source": join(earlier.source, later.source), "method": method, "break": warning})
    return Result(f"{measure}_periods", make_table(rows), provenance, texts_frame(texts))


def sources_records(series: Secondary, *, measure: str | None = None) -> list[dict[str, object]]:
    """Every measure and year as plain data: values with sources, headline, reason, whether sources disagree.

    Ready for JSON; whole numbers are integers. ``disagreement`` is true when published values differ or a
    check of figures that should fit fails; ``checks`` also names comparisons of two different concepts.
    """
    table = (
        series.table
        if measure is None
        else series.table[series.table["measure"] == card_of(series, measure).id]
    )
    found = find_disagreements(series)
    keys = sorted(
        {(str(name), int(year)) for name, year in zip(table["measure"], table["year"], strict=True)}
    )
    return [_record(series, name, year, found) for name, year in keys]


def _record(series: Secondary, measure: str, year: int, found: tuple[Disagreement, ...]) -> dict[str, object]:
    card, pick = card_of(series, measure), pick_headline(series, measure, year)
    here = [one for one in found if (one.measure, one.year) == (measure, year)]
    return {
        "measure": measure,
        "label": plain(card.label),
        "year": year,
        "unit": str(card.unit),
        "family": str(card.family),
        "values": [_value(series, figure) for figure in figures_of(series, measure, year).to_dict("records")],
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


def _value(series: Secondary, figure: "dict[str, object]") -> dict[str, object]:
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
        "break": break_text(card, pick.year - 1, pick.year),
    }


def _published_texts(series: Secondary, card: Card, figure: "dict[str, object]") -> Texts:
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
