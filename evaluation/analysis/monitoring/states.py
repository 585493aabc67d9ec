"""The state of every measure from what its institutions report, and shares for each objective."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from evaluation.analysis.monitoring._rows import (
    Row,
    Words,
    chosen_measures,
    gather_places,
    levels_of,
    make_result,
    pair,
    share_row,
    tally_row,
    term,
    within,
)
from evaluation.analysis.monitoring.definitions import Definitions
from evaluation.core.observations import Observations
from evaluation.core.results import Result
from evaluation.core.status import Status
from evaluation.strategy.asked import institutions_of
from evaluation.strategy.plan import Measure, Plan, measure_due
from evaluation.strategy.words import Text

if TYPE_CHECKING:
    import pandas as pd

STATES = ("delivered", "under_way", "not_started", "dropped", "contradicted", "not_reported", "not_due")
LASTING = ("delivered", "dropped")
UNMET = ("overdue", "dropped")
NONE_ENDED: Mapping[str, int] = MappingProxyType({})


def measure_states(
    plan: Plan,
    observations: Observations,
    *,
    year: int,
    definitions: Definitions,
    deliverables: Result | None = None,
    objective: str = "",
    ended: Mapping[str, int] = NONE_ENDED,
) -> Result:
    """The state of every measure at the end of a year, and how many of its institutions reported.

    Of each institution the report of the year counts; "delivered" and "dropped" of an earlier year last when
    the year itself brings nothing new. Several institutions: ``delivered`` only when every responsible
    institution reported and all say so; ``dropped`` or ``not_started`` when all who reported say so;
    ``contradicted`` when one says delivered and another dropped; anything else is ``under_way``. Nobody
    reported: ``not_due`` when no period of the measure has begun by the end of the year, otherwise
    ``not_reported``. With ``deliverables`` (``deliverable_states``), a measure called delivered while one of its
    deliverables is overdue or dropped is ``contradicted``. ``ended`` names measures on which nobody is asked after
    a year, because a later plan leaves them out: that year's report tells their state.
    """
    reports = stage_reports(observations, year=year, ended=ended)
    stages = {
        (str(code), str(name)): str(stage)
        for code, name, stage in reports[["measure", "institution", "stage"]].itertuples(index=False)
    }
    places = gather_places(reports, ["measure"])
    unmet = _unmet(deliverables)
    rows: list[Row] = []
    texts: list[Words] = []
    for measure in chosen_measures(plan, objective):
        asked = institutions_of(measure)
        said = [stages[measure.code, one] for one in asked if (measure.code, one) in stages]
        state, reason = judge_measure(said, asked=len(asked), begun=_begun(measure, plan, year))
        if state == "delivered" and measure.code in unmet:
            state, reason = "contradicted", "deliverable_missing"
        row = share_row(measure.code, len(said), len(asked))
        rows.append({**row, "period": str(year), "group": "state", "level": state})
        texts.append(_texts(measure, state, reason, places.get((measure.code,), ""), definitions))
    return make_result("monitoring_measures", rows, texts, observations, method="full_count")


def count_states(plan: Plan, states: Result, *, definitions: Definitions, objective: str = "") -> Result:
    """Measures by state for the plan and each objective; shares are of the measures that have begun."""
    found = list(zip(states.table["measure"], states.table["level"], strict=True))
    period = str(states.table["period"].iloc[0]) if len(states.table) else ""
    rows: list[Row] = []
    texts: list[Words] = []
    for group, level, label, short in levels_of(plan, objective):
        mine = [str(state) for code, state in found if within(str(code), level)]
        begun = len(mine) - mine.count("not_due")
        made = [tally_row("measures", len(mine)), tally_row("begun", begun)]
        for state in STATES:
            made.append(tally_row(state, mine.count(state)))
            if state != "not_due":
                made.append(
                    share_row(f"share_{state}", mine.count(state), begun, status=Status.NOT_DUE.value)
                )
        for row in made:
            rows.append({**row, "period": period, "group": group, "level": level})
            key = str(row["measure"]).removeprefix("share_")
            texts.append(pair("label", label) | pair("short", short) | term("state", key, definitions.terms))
    return make_result("monitoring_states", rows, texts, states.provenance, method="full_count")


def judge_measure(said: list[str], *, asked: int, begun: bool) -> tuple[str, str]:
    """The state that the stages told by the institutions give a measure, and a reason where it needs one.

    >>> judge_measure(["delivered", "under_way"], asked=2, begun=True)
    ('under_way', '')
    """
    told = set(said)
    if not said:
        return ("not_reported", "silent") if begun else ("not_due", "not_begun")
    if {"delivered", "dropped"} <= told:
        return "contradicted", "dropped_and_delivered"
    for only in ("dropped", "not_started"):
        if told == {only}:
            return only, ""
    if told == {"delivered"}:
        return ("delivered", "") if len(said) == asked else ("under_way", "part_answered")
    return "under_way", ""


def stage_reports(
    observations: Observations, *, year: int, ended: Mapping[str, int] = NONE_ENDED
) -> "pd.DataFrame":
    """The measure reports that hold at the end of a year, one for each measure and institution.

    Of a measure that ``ended`` earlier, those of its last year hold.
    """
    table = observations.measures
    table = table[(table["state"] == "current") & (table["year"] <= year) & (table["stage"] != "")]
    last = [min(year, ended.get(str(code), year)) for code in table["measure"]]
    table = table[(table["year"] == last) | table["stage"].isin(LASTING)]
    table = table.sort_values("year", kind="stable").drop_duplicates(["measure", "institution"], keep="last")
    return table.reset_index(drop=True)


def _begun(measure: Measure, plan: Plan, year: int) -> bool:
    end = date(year, 12, 31)
    return any(window.start <= end for window in measure_due(measure, window=plan.window))


def _unmet(deliverables: Result | None) -> set[str]:
    """Codes of measures with a deliverable that is due and not done."""
    if deliverables is None or deliverables.texts is None:
        return set()
    return {str(code) for code in deliverables.texts.loc[deliverables.table["level"].isin(UNMET), "code"]}


def _texts(measure: Measure, state: str, reason: str, place: str, definitions: Definitions) -> Words:
    label = Text(ro=f"{measure.code} {measure.action.ro}", en=f"{measure.code} {measure.action.en}")
    return {
        **pair("label", label),
        **pair("action", measure.action),
        **pair("short", Text(ro=measure.code, en=measure.code)),
        **term("state", state, definitions.terms),
        **term("reason", reason, definitions.terms),
        "code": measure.code,
        "objective": measure.objective,
        "institutions": ", ".join(institutions_of(measure)),
        "source_rows": place,
    }
