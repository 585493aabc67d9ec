"""Rates of the two periods that the strategy compares, and their ratio."""

from evaluation.analysis._baseline_rows import Row, build_result, pair
from evaluation.analysis._secondary import Card
from evaluation.analysis._wording import break_text, same
from evaluation.analysis.rates import Labels, rate_ratio_row, rate_row
from evaluation.core.provenance import Source
from evaluation.core.results import Result
from evaluation.strategy.grouping import Comparison, Grouping, PeriodSide
from evaluation.strategy.ledger import Ledger, Quantity

_BASES = {"all": "value", "lowest": "lower", "highest": "upper"}


def period_rates(
    ledger: Ledger, grouping: Grouping, *, counting: Card, sources: tuple[Source, ...]
) -> Result:
    """Rates per 100,000 of the two periods and their ratio, for each comparison.

    Person-years are the sum of the residents on 1 January of the five years, in the editions that the ledger
    names first; the levels ``lowest`` and ``highest`` use the smallest and largest published editions. The
    interval is Garwood's for a rate and the exact conditional one for a ratio: it describes chance alone.
    ``counting`` is the definition of identified victims; its changes inside the span flag every ratio.
    """
    known = ledger.quantities()
    rows: list[Row] = []
    texts: list[dict[str, str]] = []
    for comparison in grouping.comparisons:
        rows.extend(_rates_of(comparison, known))
        texts.extend(_rate_texts(comparison, known, grouping, counting))
    return build_result("period_rates", rows, texts, sources, method="poisson_garwood")


def _rates_of(comparison: Comparison, known: dict[str, Quantity]) -> list[Row]:
    sides = (comparison.earlier, comparison.later)
    rows: list[Row] = []
    for side in sides:
        for level, bound in _BASES.items():
            labels = Labels(f"{comparison.id}_rate", period=side.period, group=comparison.id, level=level)
            rows.append(rate_row(_events(side, known), _person_years(side, known, bound=bound), labels))
    earlier, later = ((_events(side, known), _person_years(side, known)) for side in sides)
    labels = Labels(f"{comparison.id}_ratio", period=_span(comparison), group=comparison.id, level="all")
    return [*rows, rate_ratio_row(later, earlier, labels)]


def _rate_texts(
    comparison: Comparison, known: dict[str, Quantity], grouping: Grouping, counting: Card
) -> list[dict[str, str]]:
    first, last = int(comparison.earlier.period[:4]), int(comparison.later.period[-4:])
    label = pair("label", comparison.label)
    texts = []
    for side in (comparison.earlier, comparison.later):
        editions = ", ".join(
            dict.fromkeys(getattr(known[one], "sources", ("",))[0] for one in side.population)
        )
        basis = {"source_rows": ", ".join((*side.events, *side.population))}
        for level in _BASES:
            words = {**pair("basis", grouping.word("basis", level)), **pair("period", same(side.period))}
            used = {"editions": editions if level == "all" else "–"}
            texts.append({**label, **basis, **words, **used, **pair("flag", None)})
    both = ", ".join((*comparison.earlier.events, *comparison.later.events))
    flag = pair("flag", break_text((counting,), first, last))
    span = pair("period", grouping.word("period", _span(comparison)))
    return [*texts, {**label, "source_rows": both, "editions": "–", **pair("basis", None), **flag, **span}]


def _events(side: PeriodSide, known: dict[str, Quantity]) -> int:
    return sum(int(known[one].value) for one in side.events)


def _person_years(side: PeriodSide, known: dict[str, Quantity], *, bound: str = "value") -> float:
    return float(sum(getattr(known[one], bound) for one in side.population))


def _span(comparison: Comparison) -> str:
    return f"{comparison.later.period} / {comparison.earlier.period}"
