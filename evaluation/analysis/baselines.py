"""The baseline ledger as results: figures by theme, objectives, destinations, rates of the two periods."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from evaluation.analysis.rates import Labels, rate_ratio_row, rate_row
from evaluation.core.errors import AnalysisError
from evaluation.core.provenance import Provenance, Source
from evaluation.core.results import Result, make_table
from evaluation.core.status import Status
from evaluation.strategy.grouping import Comparison, Grouping, PeriodSide
from evaluation.strategy.ledger import Baseline, Gap, Ledger, Precision, Quantity, Unit
from evaluation.strategy.plan import Plan
from evaluation.strategy.words import Text

if TYPE_CHECKING:
    import pandas as pd

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
_WORDED = "wording_interval"


def ledger_figures(ledger: Ledger, grouping: Grouping, *, sources: tuple[Source, ...]) -> Result:
    """Every figure of the strategy, one row each; the measure is the ledger id, the group its theme.

    The interval is the one that the printed form stands for: 47% is 46.5 to 47.5; words such as "3 in 4" have
    the bounds that the ledger gives. A figure printed exactly has no interval.
    """
    themes = grouping.theme_of()
    rows = [_figure_row(one, group=themes[one.id]) for one in ledger.entries]
    texts = [_figure_texts(one, grouping) for one in ledger.entries]
    return _result("baseline_ledger", rows, texts, sources, method="as_printed")


def objective_baselines(
    plan: Plan, ledger: Ledger, gaps: Sequence[Gap], grouping: Grouping, *, sources: tuple[Source, ...]
) -> Result:
    """The printed figures of every general and specific objective, or ``undefined`` with the reason.

    ``group`` is the objective. The ledger says which objective a figure belongs to; nothing is derived.
    """
    reasons = {one.objective: one.reason for one in (*gaps, *grouping.general)}
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


def destinations(ledger: Ledger, grouping: Grouping, *, sources: tuple[Source, ...]) -> Result:
    """The destination countries beside all victims exploited abroad, and what the countries add up to.

    The sum and its difference from the total are computed; the other rows are printed figures.
    """
    entries = {one.id: one for one in ledger.entries}
    choice = grouping.destinations
    countries = [entries[one] for one in choice.countries]
    abroad = entries[choice.abroad]
    added = sum(int(one.value) for one in countries)
    rows = [_figure_row(one, group="country") for one in countries]
    texts = [
        {**_figure_texts(one, grouping), **_pair("label", grouping.word("place", one.breakdown["destination"]))}
        for one in countries
    ]
    rows.append(_figure_row(abroad, group="total"))
    texts.append({**_figure_texts(abroad, grouping), **_pair("label", choice.all)})
    basis = f"{choice.countries[0]} … {choice.countries[-1]}"
    for measure, group, value in (
        ("ten_countries", "total", added),
        ("ten_countries_excess", "difference", added - int(abroad.value)),
    ):
        row = _count(measure, "all", value, period=abroad.period, group=group, method="sum_of_figures")
        rows.append({**row, "n": None})
        texts.append({**_blank_texts(), **_pair("label", choice.sum), "source_rows": f"{basis}, {abroad.id}"})
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
    ledger: Ledger, grouping: Grouping, *, changes: Iterable[tuple[int, Text]], sources: tuple[Source, ...]
) -> Result:
    """Rates per 100,000 of the two periods and their ratio, for each comparison.

    Person-years are the sum of the residents on 1 January of the five years, in the editions that the ledger
    names first; the levels ``lowest`` and ``highest`` use the smallest and largest published editions. The
    interval is Garwood's for a rate and the exact conditional one for a ratio: it describes chance alone.
    ``changes`` are the changes of recording rules (year, words); those inside the span flag every ratio.
    """
    known = ledger.quantities()
    noted = tuple(changes)
    rows: list[Row] = []
    texts: list[dict[str, str]] = []
    for comparison in grouping.comparisons:
        rows.extend(_rates_of(comparison, known))
        texts.extend(_rate_texts(comparison, known, noted))
    return _result("period_rates", rows, texts, sources, method="poisson_garwood")


def _rates_of(comparison: Comparison, known: dict[str, Quantity]) -> list[Row]:
    sides = (comparison.earlier, comparison.later)
    rows: list[Row] = []
    for side in sides:
        for level, bound in (("all", "value"), ("lowest", "lower"), ("highest", "upper")):
            labels = Labels(f"{comparison.id}_rate", period=side.period, group=comparison.id, level=level)
            rows.append(rate_row(_events(side, known), _person_years(side, known, bound=bound), labels))
    earlier, later = ((_events(side, known), _person_years(side, known)) for side in sides)
    labels = Labels(f"{comparison.id}_ratio", period=_span(comparison), group=comparison.id, level="all")
    return [*rows, rate_ratio_row(later, earlier, labels)]


def _rate_texts(
    comparison: Comparison, known: dict[str, Quantity], changes: Sequence[tuple[int, Text]]
) -> list[dict[str, str]]:
    first, last = int(comparison.earlier.period[:4]), int(comparison.later.period[-4:])
    flags = [words for year, words in changes if first < year <= last]
    flag = Text(ro=" ".join(one.ro for one in flags), en=" ".join(one.en for one in flags)) if flags else None
    label = _pair("label", comparison.label)
    texts = []
    for side in (comparison.earlier, comparison.later):
        editions = dict.fromkeys(getattr(known[one], "sources", ("",))[0] for one in side.population)
        basis = {"source_rows": ", ".join((*side.events, *side.population)), "editions": ", ".join(editions)}
        texts += [{**label, **basis, **_pair("flag", None)} for _ in range(3)]
    both = (*comparison.earlier.events, *comparison.later.events)
    return [*texts, {**label, "source_rows": ", ".join(both), "editions": "", **_pair("flag", flag)}]


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


def _count(
    measure: str, level: str, number: int, *, period: str = "", group: str = "", method: str = "count"
) -> Row:
    return {
        "measure": measure,
        "quantity": "count",
        "period": period,
        "group": group,
        "level": level,
        "n": number,
        "estimate": float(number),
        "method": method,
    }


def _result(
    name: str, rows: list[Row], texts: list[dict[str, str]] | None, sources: tuple[Source, ...], *, method: str
) -> Result:
    import pandas as pd

    provenance = Provenance(sources=sources, method=method, rows_in=len(rows), rows_used=len(rows))
    frame: pd.DataFrame | None = None if texts is None else pd.DataFrame(texts)
    return Result(name, make_table(rows), provenance, frame)
