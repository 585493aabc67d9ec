"""Why measures are not met: the coded reasons that institutions give."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from evaluation.analysis.monitoring._rows import (
    Row,
    Words,
    chosen_measures,
    levels_of,
    make_listing,
    make_result,
    pair,
    places_of,
    tally_row,
    term,
    within,
)
from evaluation.analysis.monitoring.definitions import Definitions
from evaluation.analysis.monitoring.states import NONE_ENDED, stage_reports
from evaluation.core.observations import REASONS, Observations
from evaluation.core.results import Listing, Result
from evaluation.strategy.asked import institutions_of
from evaluation.strategy.institutions import Registry
from evaluation.strategy.plan import Plan, measure_due
from evaluation.strategy.words import Text

if TYPE_CHECKING:
    import pandas as pd


def count_reasons(
    plan: Plan,
    observations: Observations,
    *,
    year: int,
    definitions: Definitions,
    objective: str = "",
    ended: Mapping[str, int] = NONE_ENDED,
) -> Result:
    """Reports of unmet measures by coded reason, for the plan and each objective.

    The unit is one measure reported by one institution; ``reports`` is their number and ``measures`` that of
    the measures concerned. See ``unmet_reports`` for what is unmet.
    """
    table = unmet_reports(plan, observations, year=year, objective=objective, ended=ended)
    rows: list[Row] = []
    texts: list[Words] = []
    for group, level, label, short in levels_of(plan, objective):
        mine = table[[within(str(code), level) for code in table["measure"]]] if len(table) else table
        made = [tally_row("reports", len(mine)), tally_row("measures", int(mine["measure"].nunique()))]
        made += [tally_row(one, int((mine["reason"] == one).sum())) for one in (*REASONS, "no_reason")]
        for row in made:
            rows.append({**row, "period": str(year), "group": group, "level": level})
            words = pair("label", label) | pair("short", short)
            texts.append(words | term("reason", str(row["measure"]), definitions.terms))
    return make_result("monitoring_reasons", rows, texts, observations, method="full_count")


def list_unmet(
    plan: Plan,
    observations: Observations,
    *,
    year: int,
    registry: Registry,
    definitions: Definitions,
    objective: str = "",
    ended: Mapping[str, int] = NONE_ENDED,
) -> Listing:
    """Every unmet measure with the institution, the stage and the reason; free remarks are left out."""
    table = unmet_reports(plan, observations, year=year, objective=objective, ended=ended)
    measures = {measure.code: measure for measure in plan.measures}
    texts: list[Words] = []
    places = places_of(table).tolist() if len(table) else []
    for row, place in zip(table.to_dict("records"), places, strict=True):
        measure, one = measures[str(row["measure"])], registry.get(str(row["institution"]))
        short = Text(ro=one.abbreviation or one.name.ro, en=one.abbreviation or one.name.en)
        texts.append(
            {"code": measure.code, "objective": measure.objective}
            | pair("action", measure.action)
            | pair("institution", short)
            | term("stage", str(row["stage"]), definitions.terms)
            | term("reason", str(row["reason"]), definitions.terms)
            | {"source_rows": str(place)}
        )
    return make_listing("monitoring_unmet", texts, observations, method="full_count")


def unmet_reports(
    plan: Plan,
    observations: Observations,
    *,
    year: int,
    objective: str = "",
    ended: Mapping[str, int] = NONE_ENDED,
) -> "pd.DataFrame":
    """Reports of measures dropped, not started, or under way with a reason or after the measure's last period.

    A report without a coded reason gets ``no_reason``. The order is the plan's.
    """
    table = stage_reports(observations, year=year, ended=ended)
    order = {measure.code: place for place, measure in enumerate(chosen_measures(plan, objective))}
    asked = {
        (measure.code, one)
        for measure in chosen_measures(plan, objective)
        for one in institutions_of(measure)
    }
    pairs = list(zip(table["measure"], table["institution"], strict=True))
    table = table[[pair in asked for pair in pairs]]
    end = date(year, 12, 31)
    over = {
        measure.code
        for measure in plan.measures
        if max(window.end for window in measure_due(measure, window=plan.window)) <= end
    }
    late = (table["stage"] == "under_way") & ((table["reason"] != "") | table["measure"].isin(over))
    table = table[late | table["stage"].isin(("dropped", "not_started"))]
    table = table.assign(
        reason=table["reason"].where(table["reason"] != "", "no_reason"), order=table["measure"].map(order)
    )
    return table.sort_values(["order", "institution"], kind="stable").drop(columns="order")
