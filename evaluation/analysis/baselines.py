"""The baseline ledger as results: figures by theme, objectives, destinations, external figures."""

from collections.abc import Sequence

from evaluation.analysis._baseline_rows import Row, build_result, pair
from evaluation.core.errors import AnalysisError
from evaluation.core.provenance import Source
from evaluation.core.results import Result
from evaluation.core.status import Status
from evaluation.strategy.grouping import Grouping
from evaluation.strategy.ledger import Baseline, Gap, Ledger, Precision, Quantity, Unit
from evaluation.strategy.plan import Plan
from evaluation.strategy.words import Text

_QUANTITY = {
    Unit.COUNT: "count",
    Unit.PERCENT: "percent",
    Unit.PER_100000: "published",
    Unit.RANK: "published",
    Unit.RATIO: "published",
    Unit.YEAR: "year",
}
_METHOD = {
    Precision.EXACT: "as_printed",
    Precision.ORDINAL: "as_printed",
    Precision.ROUNDED: "rounding_interval",
}
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
    texts = [{**_figure_texts(one, grouping), **pair("theme", themes[one.id].name)} for one in entries]
    return build_result("baseline_ledger", rows, texts, sources, method="as_printed")


def objective_baselines(
    plan: Plan, ledger: Ledger, gaps: Sequence[Gap], grouping: Grouping, *, sources: tuple[Source, ...]
) -> Result:
    """The printed figures of every general and specific objective, or ``undefined`` with the reason.

    ``group`` is the objective. The ledger says which objective a figure belongs to; nothing is derived.
    """
    reasons = {one.objective: one.reason for one in gaps} | {
        one.objective: one.reason for one in grouping.general
    }
    order = sorted((*plan.general, *plan.specific), key=lambda one: one.code)
    rows: list[Row] = []
    texts: list[dict[str, str]] = []
    for objective in order:
        found = [one for one in ledger.entries if objective.code in one.objectives]
        if bool(found) == (objective.code in reasons):
            raise AnalysisError(
                f"objective {objective.code}: has both a baseline and a reason for none, or neither; see gaps.yaml."
            )
        shared = {"objective": objective.code, **pair("objective_name", objective.name)}
        for one in found:
            rows.append(_figure_row(one, group=objective.code))
            texts.append({**_figure_texts(one, grouping), **shared, **pair("reason", None)})
        if not found:
            rows.append({"measure": "baseline", "group": objective.code, "status": Status.UNDEFINED.value})
            texts.append(
                {
                    **_blank_texts(),
                    **shared,
                    **pair("reason", reasons[objective.code]),
                    "source_rows": "gaps",
                }
            )
    return build_result("objective_baselines", rows, texts, sources, method="as_printed")


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
    rows += [
        _count("figures", "all", len(ledger.entries)),
        _count("figures", "external", len(ledger.external)),
    ]
    return build_result("objective_coverage", rows, None, sources, method="count")


def external_figures(ledger: Ledger, *, sources: tuple[Source, ...]) -> Result:
    """The published figures from outside that the rules use; the interval spans the published editions."""
    rows: list[Row] = []
    texts: list[dict[str, str]] = []
    for one in ledger.external:
        exact = one.lower == one.upper
        row: Row = {
            "measure": one.id,
            "quantity": _QUANTITY[one.unit],
            "period": one.period,
            "group": "external",
        }
        row |= {"level": "all", "estimate": float(one.value), "method": "published"}
        rows.append(row if exact else {**row, "ci_low": float(one.lower), "ci_high": float(one.upper)})
        words = {**pair("quantity", one.quantity), **pair("note", one.note)}
        texts.append({**words, "sources": ", ".join(one.sources), "source_rows": one.id})
    return build_result("external_figures", rows, texts, sources, method="published")


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
        {**_figure_texts(one, grouping), **pair("label", grouping.word("place", code))}
        for code, one in countries.items()
    ]
    for one, group in ((abroad, "total"), (share, "printed_share")):
        rows.append(_figure_row(one, group=group))
        texts.append({**_figure_texts(one, grouping), **pair("label", choice.all)})
    named = [countries[code] for code in share.breakdown["destination"].split(", ")]
    added, part, total = (_add(chosen) for chosen in (list(countries.values()), named, [abroad]))
    shared: Row = {"period": abroad.period, "level": "all", "method": "sum_of_figures"}
    for measure, group, quantity, value, label in (
        ("countries", "total", "count", added, choice.sum),
        ("countries_excess", "difference", "count", added - total, choice.difference),
        ("named_countries", "part", "count", part, choice.named),
        ("named_countries_share", "part", "proportion", part / total, choice.named),
    ):
        rows.append({**shared, "measure": measure, "group": group, "quantity": quantity, "estimate": value})
        basis = f"{choice.countries[0]} … {choice.countries[-1]}, {abroad.id}"
        texts.append({**_blank_texts(), **pair("label", label), "source_rows": basis})
    return build_result("destinations", rows, texts, sources, method="as_printed")


def beside_a_fall(ledger: Ledger, grouping: Grouping, *, sources: tuple[Source, ...]) -> Result:
    """What a fall in identified victims is read beside; where there is no figure, the reason stands there."""
    entries = {one.id: one for one in ledger.entries}
    rows: list[Row] = []
    texts: list[dict[str, str]] = []
    for one in grouping.beside_a_fall:
        if one.figure is not None:
            rows.append({**_figure_row(entries[one.figure], group="capacity"), "level": one.id})
            texts.append({**_figure_texts(entries[one.figure], grouping), **pair("reason", None)})
        elif one.status is not None:
            rows.append({"measure": one.id, "group": "capacity", "level": one.id, "status": one.status.value})
            texts.append({**_blank_texts(), **pair("reason", one.reason)})
        texts[-1] |= pair("label", one.label)
    return build_result("beside_a_fall", rows, texts, sources, method="as_printed")


def _add(figures: Sequence[Quantity]) -> float:
    return float(sum(one.value for one in figures))


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
        **pair("quantity", one.quantity),
        **pair("population", one.population),
        **pair("denominator", one.denominator),
        **pair("counted", _counted(one)),
        **pair("period", grouping.word("period", one.period)),
        **pair("place", place),
        **pair("breakdown", breakdown),
        **pair("note", one.note),
        "code": one.id,
        "printed": one.printed,
        "quote": one.source.quote,
        "line": str(one.source.line),
        "source_rows": f"{one.id} ({one.source.document}: {one.source.line})",
    }


def _counted(one: Baseline) -> Text:
    """Who is counted and, where the strategy says it, out of whom."""
    if one.denominator is None:
        return one.population
    return Text(
        ro=f"{one.population.ro}; din: {one.denominator.ro}",
        en=f"{one.population.en}; out of: {one.denominator.en}",
    )


def _blank_texts() -> dict[str, str]:
    paired = ("quantity", "population", "denominator", "counted", "period", "place", "breakdown", "note")
    blanks = [pair(name, None) for name in paired]
    plain = {"code": "–", "printed": "–", "quote": "–", "line": "–", "source_rows": ""}
    return plain | {key: words for one in blanks for key, words in one.items()}


def _count(measure: str, level: str, number: int) -> Row:
    shared: Row = {"measure": measure, "quantity": "count", "level": level, "method": "count"}
    return {**shared, "n": number, "estimate": float(number)}
