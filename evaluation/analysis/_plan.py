"""Small helpers over a plan, and rows of results made from it."""

from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd

from evaluation.core.provenance import Provenance, Source
from evaluation.core.results import Listing, Result, make_table
from evaluation.strategy.periods import is_recurring, read_period
from evaluation.strategy.plan import Indicator, Measure, Party, Plan
from evaluation.strategy.words import Text

Rows = list[dict[str, object]]
Words = list[dict[str, str]]
METHOD = "plan_count"


def cards_of(plan: Plan) -> tuple[Indicator, ...]:
    """All indicator cards in the plan's order."""
    return tuple(card for measure in plan.measures for card in measure.indicators)


def ids_of(parties: Sequence[Party]) -> frozenset[str]:
    """The institutions behind the printed entries."""
    return frozenset(one for party in parties for one in party.institutions)


def late_stages(measure: Measure, plan: Plan) -> tuple[str, ...]:
    """The printed evaluation stages that end after the plan does ("2027")."""
    return tuple(
        stage
        for stage in measure.evaluation_stage
        if not is_recurring(stage)
        and any(piece.end > plan.head.end for piece in read_period(stage, within=plan.window))
    )


def find_twins(plan: Plan) -> tuple[tuple[str, ...], ...]:
    """Groups of measures whose indicators, at least two of them, are the same name by name."""
    groups: dict[tuple[str, ...], list[str]] = {}
    for measure in plan.measures:
        names = tuple(card.name.ro for card in measure.indicators)
        if len(names) > 1:
            groups.setdefault(names, []).append(measure.code)
    return tuple(tuple(codes) for codes in groups.values() if len(codes) > 1)


def find_repeated(plan: Plan) -> dict[str, tuple[Indicator, ...]]:
    """Indicator names printed more than once, with the indicators that bear them."""
    found: dict[str, list[Indicator]] = {}
    for card in cards_of(plan):
        found.setdefault(card.name.ro, []).append(card)
    return {name: tuple(cards) for name, cards in found.items() if len(cards) > 1}


def half_name(day: date) -> str:
    """The half-year of a day, as an id.

    >>> half_name(date(2024, 12, 31))
    '2024-S2'
    """
    return f"{day.year}-S{1 if day.month <= 6 else 2}"


def half_words(day: date) -> Text:
    """The half-year of a day in words."""
    half = "I" if day.month <= 6 else "II"
    return Text(ro=f"sem. {half} {day.year}", en=f"H{1 if half == 'I' else 2} {day.year}")


def count_row(
    measure: str, value: int, *, period: str = "", group: str = "", level: str = "all"
) -> dict[str, object]:
    """One count; the whole table was read, so there is no sampling interval."""
    return {
        "measure": measure,
        "quantity": "count",
        "period": period,
        "group": group,
        "level": level,
        "estimate": value,
    }


def words(field: str, text: Text) -> dict[str, str]:
    """The two language columns of one text."""
    return {f"{field}.ro": text.ro, f"{field}.en": text.en}


def counts_result(
    result_id: str, counts: Mapping[str, int], *, rows: int, sources: Sequence[Source]
) -> Result:
    """A result with one row per named count."""
    return plan_result(
        result_id, [count_row(name, value) for name, value in counts.items()], rows_in=rows, sources=sources
    )


def plan_result(
    result_id: str, rows: Rows, texts: Words | None = None, *, rows_in: int, sources: Sequence[Source]
) -> Result:
    """A result over the plan; every definition read is used."""
    frame = None if texts is None else pd.DataFrame(texts)
    return Result(result_id, make_table(rows), _provenance(rows_in, sources), frame)


def plan_listing(
    listing_id: str, texts: Words, *, sources: Sequence[Source], synthetic: bool = False
) -> Listing:
    """A listing of printed text and of our reading of it."""
    return Listing(listing_id, pd.DataFrame(texts), _provenance(len(texts), sources, synthetic=synthetic))


def _provenance(rows: int, sources: Sequence[Source], *, synthetic: bool = False) -> Provenance:
    return Provenance(tuple(sources), METHOD, rows, rows, synthetic=synthetic)
