"""Change between two years, with an interval where chance can be judged; baselines, and starting values."""

import math
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from evaluation.analysis.monitoring._intervals import newcombe_limits, ratio_columns
from evaluation.analysis.monitoring._rows import (
    Row,
    Words,
    chosen_cards,
    levels_of,
    make_listing,
    make_result,
    pair,
    tally_row,
    term,
    within,
)
from evaluation.analysis.monitoring.definitions import Definitions
from evaluation.analysis.rates import MINIMUM_EVENTS
from evaluation.core.provenance import Source
from evaluation.core.results import Listing, Result
from evaluation.core.status import Status
from evaluation.strategy.asked import year_of
from evaluation.strategy.ledger import Ledger
from evaluation.strategy.periods import Break
from evaluation.strategy.plan import DefinitionStatus, Direction, Indicator, Kind, Plan
from evaluation.strategy.words import Text

if TYPE_CHECKING:
    import pandas as pd

CI_LEVEL = 0.95
READINGS = ("improved", "worsened", "no_clear_change", "neutral", "without_interval", "not_comparable")
VALUE_KINDS = ("values_known", "values_partial", "values_not_collected", "values_undefined", "values_by_date")
COUNTS = ("count",)
KEPT = ("label.ro", "label.en", "name.ro", "name.en", "short.ro", "short.en", "unit.ro", "unit.en")
KEPT_CODES = ("indicator", "code", "objective", "direction_key", "kind_key")
NO_NOTE = Text(ro="–", en="–")


def changes(
    values: Result,
    *,
    first: int,
    last: int,
    definitions: Definitions,
    breaks: Sequence[Break] = (),
    without: Collection[str] = (),
) -> Result:
    """The change of every indicator from the first year to the last, and how it reads.

    ``values`` are the national totals of ``annual_values``. Counts: ratio last / first with the exact
    conditional interval; at least 10 events together, and some in the first year, as in ``analysis.rates``.
    Proportions: difference with Newcombe's interval. Money, shares of money, ratios and durations: difference
    without an interval, because one reported figure says nothing about chance.

    The level is the reading: ``improved`` or ``worsened`` when the interval excludes no change and the card
    names a direction, ``neutral`` when it names none, ``no_clear_change`` when it does not exclude it,
    ``without_interval``, or ``not_comparable``: a value of either year is missing, incomplete or a limit, the
    quantity differs, or a break of the series lies after the start of the first year and not after the last. A reading is about the figure reported, never about what caused it.
    ``without`` are indicators that have no first year, because only a later plan asks for them: they are left out.
    """
    assert values.texts is not None
    table = values.table[(values.table["level"] == "all") & ~values.texts["indicator"].isin(list(without))]
    sides = {
        str(year): {
            str(one["measure"]): one for one in table[table["period"] == str(year)].to_dict("records")
        }
        for year in (first, last)
    }
    texts = values.texts.loc[table.index].assign(measure=table["measure"]).drop_duplicates("measure")
    broken = _breaks_between(breaks, first, last)
    rows: list[Row] = []
    said: list[Words] = []
    places = _places(values, table, (first, last))
    for known in texts.to_dict("records"):
        name = str(known["measure"])
        old, new = sides[str(first)].get(name), sides[str(last)].get(name)
        row, reason = _compare(old, new)
        note = broken.get(name, broken.get(str(known["indicator"])))
        if note is not None:
            row, reason = {"quantity": row["quantity"], "status": Status.NOT_APPLICABLE.value}, "series_break"
        rows.append({**row, "measure": name, "period": f"{first}-{last}", "group": "reading"})
        said.append(
            {one: str(known[one]) for one in (*KEPT, *KEPT_CODES)}
            | term("reason", reason, definitions.terms)
            | pair("note", note or NO_NOTE)
            | {"source_rows": places.get(name, "")}
        )
    _add_ratios(rows, said, definitions)
    for place, row in enumerate(rows):
        reading = _read(row, said[place])
        row["level"] = reading
        said[place] |= term("reading", reading, definitions.terms)
    return make_result("monitoring_changes", rows, said, values.provenance, method="change_between_years")


def count_readings(plan: Plan, changed: Result, *, definitions: Definitions, objective: str = "") -> Result:
    """How many indicators have each reading, for the plan and for each objective."""
    assert changed.texts is not None
    found = list(zip(changed.texts["code"], changed.table["level"], strict=True))
    period = str(changed.table["period"].iloc[0]) if len(changed.table) else ""
    rows: list[Row] = []
    texts: list[Words] = []
    for group, level, label, short in levels_of(plan, objective):
        for reading in READINGS:
            number = sum(one == reading and within(str(code), level) for code, one in found)
            rows.append({**tally_row(reading, number), "period": period, "group": group, "level": level})
            texts.append(
                pair("label", label) | pair("short", short) | term("reading", reading, definitions.terms)
            )
    return make_result("monitoring_readings", rows, texts, changed.provenance, method="full_count")


def count_values(plan: Plan, values: Result) -> Result:
    """How many indicators have a complete yearly value, only parts, none, or no definition; rows of the plan.

    Deliverables and texts have no value and are counted apart: they are judged by their dates.
    """
    cards = [card for measure in plan.measures for card in measure.indicators]
    rows_of = values.table[values.table["level"] == "all"]
    numbers = rows_of[rows_of["status"] == Status.OK.value]
    partly = numbers["quantity"].str.startswith("partial_")
    whole, some = set(numbers.loc[~partly, "measure"]), set(numbers.loc[partly, "measure"])
    tally = Counter(_kind_of_value(card, whole, some) for card in cards)
    rows: list[Row] = [
        {**tally_row(name, tally[name]), "group": "plan", "level": "all"} for name in VALUE_KINDS
    ]
    return make_result(
        "monitoring_value_counts", rows, [{}] * len(rows), values.provenance, method="full_count"
    )


def _kind_of_value(card: Indicator, whole: set[object], some: set[object]) -> str:
    if card.type in (Kind.DELIVERABLE, Kind.TEXT):
        return "values_by_date"
    if card.status is DefinitionStatus.UNDEFINED:
        return "values_undefined"
    if card.id in whole:
        return "values_known"
    return "values_partial" if card.id in some else "values_not_collected"


def starting_values(values: Result) -> Result:
    """The first yearly value reported for each indicator: a starting value, never a baseline.

    Only complete values count; an indicator without one has no row.
    """
    assert values.texts is not None
    good = values.table[(values.table["status"] == Status.OK.value) & (values.table["level"] == "all")]
    good = good[~good["quantity"].str.startswith("partial_")]
    order = good.sort_values("period", kind="stable").drop_duplicates("measure").index.sort_values()
    table = values.table.loc[order].reset_index(drop=True)
    texts = values.texts.loc[order].reset_index(drop=True)
    return Result("monitoring_starting_values", table, values.provenance, texts)


def baselines_of(
    plan: Plan, ledger: Ledger, *, definitions: Definitions, sources: tuple[Source, ...], objective: str = ""
) -> Listing:
    """For each indicator the printed figure that is the same quantity, or why there is none.

    No percentage of a target is ever made here: the plan sets a target only where an indicator holds a number.
    """
    links = {one.indicator: one for one in definitions.baselines.links}
    figures = {one.id: one for one in ledger.entries}
    texts: list[Words] = []
    for measure, card in chosen_cards(plan, objective):
        link = links.get(card.id)
        figure = figures[link.ledger] if link else None
        texts.append(
            {"indicator": card.id, "code": measure.code, "objective": measure.objective}
            | pair("name", card.name)
            | term("link", "linked" if link else "none", definitions.terms)
            | {
                "ledger": figure.id if figure else "–",
                "printed": figure.printed if figure else "–",
                "period": figure.period if figure else "–",
                "line": str(figure.source.line) if figure else "–",
            }
            | pair("why", link.why if link else definitions.baselines.none)
            | pair("limits", link.limits if link else definitions.baselines.starting_value)
        )
    return make_listing("indicator_baselines", texts, sources, method="baseline_links")


def _compare(old: Mapping[Any, Any] | None, new: Mapping[Any, Any] | None) -> tuple[Row, str]:
    """The comparison of two values as far as it needs no interval of counts; those come together later."""
    known = new or old or {}
    quantity = {"count": "rate_ratio", "proportion": "proportion_difference"}.get(
        str(known.get("quantity", "")), "difference"
    )
    if str(known.get("quantity", "")) in ("count_at_least", "partial_count"):
        quantity = "rate_ratio"
    row: Row = {"quantity": quantity}
    status, reason = _why_not(old, new)
    if status:
        return {**row, "status": status}, reason
    assert old is not None and new is not None
    before, after = float(old["estimate"]), float(new["estimate"])
    row |= {"numerator": after, "denominator": before}
    if new["quantity"] in COUNTS:
        return {**row, "n": before + after, "method": "exact_conditional"}, ""
    row |= {"estimate": after - before, "method": "difference"}
    if new["method"] == "wilson" and old["method"] == "wilson":
        sides = [(int(one["numerator"]), int(one["denominator"])) for one in (new, old)]
        low, high = newcombe_limits(sides[0], sides[1], ci_level=CI_LEVEL)
        row |= {"ci_low": low, "ci_high": high, "ci_level": CI_LEVEL, "method": "newcombe_wilson"}
        return {**row, "n": sides[0][1] + sides[1][1]}, ""
    return row, "no_sampling_interval"


def _why_not(old: Mapping[Any, Any] | None, new: Mapping[Any, Any] | None) -> tuple[str, str]:
    """The status and reason of a comparison that cannot be made; both empty when it can."""
    if new is None or old is None:
        return Status.NOT_COLLECTED.value, "missing_year"
    for one in (new, old):
        status, quantity = str(one["status"]), str(one["quantity"])
        if status != Status.OK.value:
            return status, "no_definition" if status == Status.UNDEFINED.value else "missing_year"
        if quantity.startswith("partial_"):
            return Status.NOT_COLLECTED.value, "part_answered"
        if quantity == "count_at_least":
            return Status.NOT_APPLICABLE.value, "bounded_value"
    same = old["quantity"] == new["quantity"]
    return ("", "") if same else (Status.NOT_APPLICABLE.value, "other_quantity")


def _add_ratios(rows: list[Row], said: list[Words], definitions: Definitions) -> None:
    """Ratios of counts with their limits, in one step; too few events leave no ratio."""
    waiting = [
        place
        for place, row in enumerate(rows)
        if row["quantity"] == "rate_ratio" and "status" not in row and "estimate" not in row
    ]
    later = [float(str(rows[place]["numerator"])) for place in waiting]
    earlier = [float(str(rows[place]["denominator"])) for place in waiting]
    low, high = ratio_columns(later, earlier, ci_level=CI_LEVEL)
    for place, after, before, below, above in zip(waiting, later, earlier, low, high, strict=True):
        if before == 0 or after + before < MINIMUM_EVENTS or not math.isfinite(above):
            rows[place]["status"] = Status.TOO_FEW.value
            said[place] |= term("reason", "too_few", definitions.terms)
        else:
            limits = {"ci_low": below, "ci_high": above, "ci_level": CI_LEVEL}
            rows[place] |= {"estimate": after / before, **limits}


def _read(row: Row, words: Words) -> str:
    if "estimate" not in row:
        return "not_comparable"
    if "ci_low" not in row:
        return "without_interval"
    none = 1.0 if row["quantity"] == "rate_ratio" else 0.0
    low, high = float(str(row["ci_low"])), float(str(row["ci_high"]))
    if low <= none <= high:
        return "no_clear_change"
    if words["direction_key"] == Direction.NEUTRAL.value:
        return "neutral"
    better = (low > none) == (words["direction_key"] == Direction.MORE.value)
    return "improved" if better else "worsened"


def _breaks_between(breaks: Sequence[Break], first: int, last: int) -> dict[str, Text]:
    """Breaks that begin after the first year's start and not after the last year, by indicator."""
    found: dict[str, Text] = {}
    for one in breaks:
        whole_first_year = one.from_period in (f"{first}", f"{first}-S1", f"{first}-Q1", f"{first}-01")
        if first <= year_of(one.from_period) <= last and not whole_first_year:
            found[one.indicator] = Text(ro=one.note_ro, en=one.note_en)
    return found


def _places(values: Result, table: "pd.DataFrame", years: tuple[int, int]) -> dict[str, str]:
    """The places of both years, the last year's first."""
    assert values.texts is not None
    found: dict[str, str] = {}
    for year in sorted(years, reverse=True):
        part = table[table["period"] == str(year)]
        for name, place in zip(part["measure"], values.texts.loc[part.index, "source_rows"], strict=True):
            found[str(name)] = "; ".join(one for one in (found.get(str(name), ""), str(place)) if one)
    return found
