"""Who reports what across the plan: by year, by institution, by breakdown, by county."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from evaluation.analysis.monitoring._rows import (
    Row,
    Words,
    make_result,
    pair,
    share_row,
    tally_row,
    term,
)
from evaluation.analysis.monitoring.completeness import answer_cells
from evaluation.analysis.monitoring.definitions import Definitions
from evaluation.analysis.monitoring.deliverables import deliverable_states
from evaluation.analysis.monitoring.states import NONE_ENDED, STATES, measure_states, stage_reports
from evaluation.core.observations import Observations
from evaluation.core.results import Result
from evaluation.strategy.asked import institutions_of
from evaluation.strategy.institutions import Registry
from evaluation.strategy.plan import Indicator, Plan, measure_due
from evaluation.strategy.request import RequestRules
from evaluation.strategy.words import Text

if TYPE_CHECKING:
    import pandas as pd

COUNTY = Text(ro="Județ", en="County")
ANSWERED = ("reported", "not_applicable")


def states_by_year(
    plan: Plan,
    observations: Observations,
    *,
    years: Sequence[int],
    definitions: Definitions,
    closings: Sequence[date] = (),
    ended: Mapping[str, int] = NONE_ENDED,
) -> Result:
    """Measures by state at the end of each year, as it was known then: later reports are left out.

    The last year gives the counts of the chapters on progress where the data close on its last day.
    """
    rows: list[Row] = []
    texts: list[Words] = []
    for year in years:
        then = _until(observations, year)
        items = deliverable_states(
            plan, then, cutoff=date(year, 12, 31), definitions=definitions, closings=closings
        )
        found = measure_states(
            plan, then, year=year, definitions=definitions, deliverables=items, ended=ended
        ).table["level"]
        for state in STATES:
            row = tally_row(state, int((found == state).sum()))
            rows.append({**row, "period": str(year), "group": "plan", "level": "all"})
            texts.append(term("state", state, definitions.terms) | pair("label", _same(str(year))))
    return make_result("crosscutting_years", rows, texts, observations, method="full_count")


def reports_by_institution(
    plan: Plan,
    observations: Observations,
    *,
    asked: "pd.DataFrame",
    year: int,
    years: tuple[int, ...],
    registry: Registry,
    ended: Mapping[str, int] = NONE_ENDED,
) -> Result:
    """Of each responsible institution: figures asked and answered over the years; its measures, as it reports them.

    Counts only: how much an institution has to report depends on how the plan shares out the work, and few
    measures say nothing of how well it works. ``measures`` are those that have begun by the end of the year,
    ``delivered`` those that this institution calls delivered, whatever the others say.
    """
    cells = answer_cells(observations, asked, years=years)
    given = cells["answer"].isin(ANSWERED)
    asked_of, answered_of = cells.groupby("institution").size(), cells[given].groupby("institution").size()
    stages = {
        (str(one), str(code)): str(stage)
        for code, one, stage in stage_reports(observations, year=year, ended=ended)[
            ["measure", "institution", "stage"]
        ].itertuples(index=False)
    }
    rows: list[Row] = []
    texts: list[Words] = []
    for name, codes in _measures_by_institution(plan, year).items():
        said = [stages[name, code] for code in codes if (name, code) in stages]
        made = {
            "asked": int(asked_of.get(name, 0)),
            "answered": int(answered_of.get(name, 0)),
            "measures": len(codes),
            "reported_on": len(said),
            "delivered": said.count("delivered"),
        }
        entry = registry.get(name)
        short = Text(ro=entry.abbreviation or entry.name.ro, en=entry.abbreviation or entry.name.en)
        for measure, number in made.items():
            row = tally_row(measure, number)
            rows.append({**row, "period": str(year), "group": "institution", "level": name})
            texts.append(pair("label", entry.name) | pair("short", short))
    return make_result("crosscutting_institutions", rows, texts, observations, method="full_count")


def breakdowns_received(
    plan: Plan,
    observations: Observations,
    *,
    rules: RequestRules,
    breakdowns: Sequence[str],
    years: Sequence[int],
) -> Result:
    """Of each breakdown: how many indicators the plan asks by it, how many only the evaluators, how many arrived.

    An indicator arrived with a breakdown when some institution reported a figure for one of its categories in one
    of the years. Counties count as asked where the plan asks by county; what an institution with county units adds
    on its own arrives too.
    """
    cards = [card for measure in plan.measures for card in measure.indicators]
    table = observations.current
    table = table[(table["status"] == "reported") & table["year"].isin(years)]
    rows: list[Row] = []
    texts: list[Words] = []
    for group in (*breakdowns, "county"):
        asked = {
            card.id: by_plan for card in cards for one, by_plan in _asked_by(card, rules) if one == group
        }
        came = table[table["county"] != ""] if group == "county" else table[table["group"] == group]
        arrived = {str(one) for one in came["indicator"]}
        by_plan = {name for name, own in asked.items() if own}
        made = {
            "indicators": len(cards),
            "asked_by_plan": len(by_plan),
            "asked_by_evaluators": len(asked) - len(by_plan),
            "arrived": len(arrived & set(asked)),
        }
        name = COUNTY if group == "county" else rules.breakdown(group).name
        for measure, number in made.items():
            rows.append({**tally_row(measure, number), "group": "breakdown", "level": group})
            texts.append(pair("label", name))
    return make_result("crosscutting_breakdowns", rows, texts, observations, method="full_count")


def counties_received(plan: Plan, observations: Observations, *, rules: RequestRules, year: int) -> Result:
    """Of each indicator that the plan asks by county: from how many counties a figure arrived for the year."""
    table = observations.current
    table = table[(table["status"] == "reported") & (table["year"] == year) & (table["county"] != "")]
    came = table.groupby("indicator")["county"].nunique()
    rows: list[Row] = []
    texts: list[Words] = []
    for measure in plan.measures:
        for card in measure.indicators:
            if "county" not in card.disaggregation:
                continue
            row = share_row("counties", int(came.get(card.id, 0)), len(rules.counties))
            rows.append({**row, "period": str(year), "group": "indicator", "level": card.id})
            label = Text(ro=f"{card.id} {card.name.ro}", en=f"{card.id} {card.name.en}")
            texts.append(pair("label", label))
    return make_result("crosscutting_counties", rows, texts, observations, method="full_count")


def _until(observations: Observations, year: int) -> Observations:
    """What was reported for the years up to this one."""
    table, measures = observations.table, observations.measures
    return replace(
        observations, table=table[table["year"] <= year], measures=measures[measures["year"] <= year]
    )


def _measures_by_institution(plan: Plan, year: int) -> dict[str, list[str]]:
    end = date(year, 12, 31)
    found: dict[str, list[str]] = {}
    for measure in plan.measures:
        begun = any(window.start <= end for window in measure_due(measure, window=plan.window))
        for one in institutions_of(measure) if begun else ():
            found.setdefault(one, []).append(measure.code)
    return dict(sorted(found.items()))


def _asked_by(card: Indicator, rules: RequestRules) -> list[tuple[str, bool]]:
    own = [("county", True)] if "county" in card.disaggregation else []
    return [*rules.breakdowns(card), *own]


def _same(word: str) -> Text:
    return Text(ro=word, en=word)
