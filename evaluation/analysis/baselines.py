"""The baseline ledger as results: figures by theme, objectives, destinations, rates of the two periods."""

from collections.abc import Sequence

from evaluation.analysis._secondary import Card
from evaluation.analysis._wording import break_text, same
from evaluation.analysis.rates import Labels, rate_ratio_row, rate_row
from evaluation.core.errors import AnalysisError
from evaluation.core.provenance import Provenance, Source
from evaluation.core.results import Result, make_table
from evaluation.core.status import Status
from evaluation.strategy.grouping import Comparison, Grouping, PeriodSide
from evaluation.strategy.ledger import Baseline, Gap, Ledger, Precision, Quantity, Unit
from evaluation.strategy.plan import Plan
from evaluation.strategy.words import Text

Row = dict[str, object]

_QUANTITY = {
    Unit.COUNT: "count",
    Unit.PERCENT: "percent",
    Unit.PER_100000: "rate",
    Unit.RANK: "published",
    Unit.RATIO: "published",
    Unit.YEAR: "year",
}
_METHOD = {
    Precision.EXACT: "as_printed",
    Precision.ORDINAL: "as_printed",
    Precision.ROUNDED: "rounding_interval",
}
_BASES = {"all": "value", "lowest": "lower", "highest": "upper"}
_WORDED = "wording_interval"


def ledger_figures(ledger: Ledger, grouping: Grouping, *, sources: tuple[Source, ...]) -> Result:
    """Every figure of the strategy, one row each, by theme; the measure is the ledger id.

    ``level`` is the theme, ``group`` the table that the theme is shown in.

    The interval is the one that the printed form stands for: 47% is 46.5 to 47.5; words such as "3 in 4" have
    the bounds that the ledger gives. A figure printed exactly has no interval.
    """
    themes = grouping.theme_of()
    order = {figure: place for place, figure in enumerate(themes)}
    entries = sorted(ledger.entries, key=lambda one: order[one.id])
    rows = [{**_figure_row(one, group=themes[one.id].table), "level": themes[one.id].id} for one in entries]
    texts = [{**_figure_texts(one, grouping), **_pair("theme", themes[one.id].name)} for one in entries]
    return _result("baseline_ledger", rows, texts, sources, method="as_printed")


def objective_baselines(
    plan: Plan, ledger: Ledger, gaps: Sequence[Gap], grouping: Grouping, *, sources: tuple[Source, ...]
) -> Result:
    """The printed figures of every general and specific objective, or ``undefined`` with the reason.

    ``group`` is the objective. The ledger says which objective a figure belongs to; nothing is derived.
    """
    reasons = {one.objective: one.reason for one in gaps} | {one.objective: one.reason for one in grouping.general}
    order = sorted((*plan.general, *plan.specific), key=lambda one: one.code)
    rows: list[Row] = []
    texts: list[dict[str, str]] = []
    for objective in order:
        found = [one for one in ledger.entries if objective.code in one.objectives]
        if bool(found) == (objective.code in reasons):
            raise AnalysisError(
                f"objective {objective.code}: has both a baseline and a reason for none, or neither; see gaps.yaml."
            )
        shared = {"objective": objective.code, **_pair("objective_name", objective.name)}
        for one in found:
            rows.append(_figure_row(one, group=objective.code))
            texts.append({**_figure_texts(one, grouping), **shared, **_pair("reason", None)})
        if not found:
            rows.append({"measure": "baseline", "group": objective.code, "status": Status.UNDEFINED.value})
            texts.append({**_blank_texts(), **shared, **_pair("reason", reasons[objective.code]), "source_rows": "gaps"})
    return _result("objective_baselines", rows, texts, sources, method="as_printed")


def objective_coverage(
    plan: Plan, ledger: Ledger, gaps: Sequence[Gap], *, sources: tuple[Source, ...]
) -> Result:
    """How many specific objectives have a printed baseline, and how many do not."""
    specific = [one.code for one in plan.specific]
    without = {one.objective for one in gaps}
    counts = {
        "all": len(specific),
        "with": sum(code not in without for code in specific),
        "without": sum(code in without for code in specific),
    }
    rows: list[Row] = [_count("objectives", level, number) for level, number in counts.items()]
    rows += [_count("figures", "all", len(ledger.entries)), _count("figures", "external", len(ledger.external))]
    return _result("objective_coverage", rows, None, sources, method="count")


def external_figures(ledger: Ledger, *, sources: tuple[Source, ...]) -> Result:
    """The published figures from outside that the rules use; the interval spans the published editions."""
    rows: list[Row] = []
    texts: list[dict[str, str]] = []
    for one in ledger.external:
        exact = one.lower == one.upper
        row: Row = {"measure": one.id, "quantity": _QUANTITY[one.unit], "period": one.period, "group": "external"}
        row |= {"level": "all", "estimate": float(one.value), "method": "published"}
        rows.append(row if exact else {**row, "ci_low": float(one.lower), "ci_high": float(one.upper)})
        words = {**_pair("quantity", one.quantity), **_pair("note", one.note)}
        texts.append({**words, "sources": ", ".join(one.sources), "source_rows": one.id})
    return _result("external_figures", rows, texts, sources, method="published")


def destinations(ledger: Ledger, grouping: Grouping, *, sources: tuple[Source, ...]) -> Result:
    """The destination countries beside all victims exploited abroad, and what the countries add up to.

    Printed are the countries and the total; the sums, the difference and the share of the countries that the
    strategy names together are computed from them.
    """
    entries = {one.id: one for one in ledger.entries}
    choice = grouping.destinations
    countries = {entries[one].breakdown["destination"]: entries[one] for one in choice.countries}
    abroad, share = entries[choice.abroad], entries[choice.share]
    rows = [{**_figure_row(one, group="country"), "level": "country"} for one in countries.values()]
    texts = [
        {**_figure_texts(one, grouping), **_pair("label", grouping.word("place", code))}
        for code, one in countries.items()
    ]
    rows.append(_figure_row(abroad, group="total"))
    texts.append({**_figure_texts(abroad, grouping), **_pair("label", choice.all)})
    added = sum(int(one.value) for one in countries.values())
    named = [countries[code] for code in share.breakdown["destination"].split(", ")]
    part = sum(int(one.value) for one in named)
    basis = f"{choice.countries[0]} … {choice.countries[-1]}, {abroad.id}"
    for measure, group, quantity, value in (
        ("countries", "total", "count", float(added)),
        ("countries_excess", "difference", "count", float(added - int(abroad.value))),
        ("named_countries", "part", "count", float(part)),
        ("named_countries_share", "part", "proportion", part / int(abroad.value)),
    ):
        row: Row = {"measure": measure, "quantity": quantity, "period": abroad.period, "group": group, "level": "all"}
        rows.append({**row, "estimate": value, "method": "sum_of_figures"})
        texts.append({**_blank_texts(), **_pair("label", choice.sum), "source_rows": basis})
    return _result("destinations", rows, texts, sources, method="as_printed")


def beside_a_fall(ledger: Ledger, grouping: Grouping, *, sources: tuple[Source, ...]) -> Result:
    """What a fall in identified victims is read beside; where there is no figure, the reason stands there."""
    entries = {one.id: one for one in ledger.entries}
    rows: list[Row] = []
    texts: list[dict[str, str]] = []
    for one in grouping.beside_a_fall:
        if one.figure is not None:
            rows.append({**_figure_row(entries[one.figure], group="capacity"), "level": one.id})
            texts.append({**_figure_texts(entries[one.figure], grouping), **_pair("reason", None)})
        elif one.status is not None:
            rows.append({"measure": one.id, "group": "capacity", "level": one.id, "status": one.status.value})
            texts.append({**_blank_texts(), **_pair("reason", one.reason)})
        texts[-1] |= _pair("label", one.label)
    return _result("beside_a_fall", rows, texts, sources, method="as_printed")


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
    return _result("period_rates", rows, texts, sources, method="poisson_garwood")


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
    label = _pair("label", comparison.label)
    texts = []
    for side in (comparison.earlier, comparison.later):
        editions = dict.fromkeys(getattr(known[one], "sources", ("",))[0] for one in side.population)
        basis = {"source_rows": ", ".join((*side.events, *side.population)), "editions": ", ".join(editions)}
        words = [_pair("basis", grouping.word("basis", level)) for level in _BASES]
        texts += [{**label, **basis, **one, **_pair("flag", None), **_pair("period", same(side.period))} for one in words]
    both = ", ".join((*comparison.earlier.events, *comparison.later.events))
    flag = _pair("flag", break_text(counting, first, last))
    span = _pair("period", grouping.word("period", _span(comparison)))
    return [*texts, {**label, "source_rows": both, "editions": "–", **_pair("basis", None), **flag, **span}]


def _events(side: PeriodSide, known: dict[str, Quantity]) -> int:
    return sum(int(known[one].value) for one in side.events)


def _person_years(side: PeriodSide, known: dict[str, Quantity], *, bound: str = "value") -> float:
    return float(sum(getattr(known[one], bound) for one in side.population))


def _span(comparison: Comparison) -> str:
    return f"{comparison.later.period} / {comparison.earlier.period}"


def _figure_row(one: Baseline, *, group: str) -> Row:
    exact = one.lower == one.upper
    return {
        "measure": one.id,
        "quantity": _QUANTITY[one.unit],
        "period": one.period,
        "group": group,
        "level": "all",
        "estimate": float(one.value),
        "ci_low": None if exact else float(one.lower),
        "ci_high": None if exact else float(one.upper),
        "method": _METHOD.get(one.precision, _WORDED),
    }


def _figure_texts(one: Baseline, grouping: Grouping) -> dict[str, str]:
    parts = [
        grouping.word("place" if kind in ("destination", "nationality") else kind, code)
        for kind, codes in one.breakdown.items()
        for code in (codes.split(", ") if kind in ("destination", "nationality") else [codes])
    ]
    breakdown = Text(ro=", ".join(p.ro for p in parts), en=", ".join(p.en for p in parts)) if parts else None
    place = grouping.word("place", one.place)
    return {
        **_pair("quantity", one.quantity),
        **_pair("population", one.population),
        **_pair("denominator", one.denominator),
        **_pair("period", grouping.word("period", one.period)),
        **_pair("place", place),
        **_pair("breakdown", breakdown),
        **_pair("note", one.note),
        "printed": one.printed,
        "quote": one.source.quote,
        "line": str(one.source.line),
        "source_rows": f"{one.id} ({one.source.document}: {one.source.line})",
    }


def _blank_texts() -> dict[str, str]:
    paired = ("quantity", "population", "denominator", "period", "place", "breakdown", "note")
    blanks = [_pair(name, None) for name in paired]
    return {key: "" for one in blanks for key in one} | {"printed": "", "quote": "", "line": "", "source_rows": ""}


def _pair(name: str, words: Text | None) -> dict[str, str]:
    """A text in both languages; a dash where there is none."""
    return {f"{name}.ro": words.ro if words else "–", f"{name}.en": words.en if words else "–"}


def _count(measure: str, level: str, number: int) -> Row:
    shared: Row = {"measure": measure, "quantity": "count", "level": level, "method": "count"}
    return {**shared, "n": number, "estimate": float(number)}


def _result(
    name: str, rows: list[Row], texts: list[dict[str, str]] | None, sources: tuple[Source, ...], *, method: str
) -> Result:
    import pandas as pd

    provenance = Provenance(sources=sources, method=method, rows_in=len(rows), rows_used=len(rows))
    frame = None if texts is None else pd.DataFrame(texts)
    return Result(name, make_table(rows), provenance, frame)
