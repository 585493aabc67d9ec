"""Who answered what was asked, and when: shares reported, reasons of missing values, timeliness."""

from datetime import date
from typing import TYPE_CHECKING

from evaluation.analysis.monitoring._rows import (
    Row,
    Words,
    levels_of,
    make_result,
    pair,
    share_row,
    tally_row,
    term,
    within,
)
from evaluation.analysis.monitoring.asking import totals_asked
from evaluation.analysis.monitoring.definitions import Definitions
from evaluation.core.observations import REASONS, Observations
from evaluation.core.results import Result
from evaluation.core.status import Status
from evaluation.strategy.institutions import Registry
from evaluation.strategy.plan import Plan
from evaluation.strategy.request import RequestRules
from evaluation.strategy.words import Text

if TYPE_CHECKING:
    import pandas as pd

ANSWERS = ("reported", "not_applicable", "not_available", "silent")
TIMELINESS = ("in_time", "late", "unknown_date", "refused", "not_delivered")
CELL = ["indicator", "institution", "year", "period"]
Level = tuple[str, str, Text, Text]


def completeness(
    plan: Plan,
    observations: Observations,
    *,
    asked: "pd.DataFrame",
    years: tuple[int, ...],
    registry: Registry,
    definitions: Definitions,
    objective: str = "",
) -> Result:
    """What was asked and how it was answered, for the plan, objectives, measures and institutions, by year.

    The unit is one figure asked of one institution for one period (totals only, deliverables included). A row
    for the whole year answers its halves and quarters, county rows answer the total. ``silent`` is what was
    neither reported nor said to be missing. ``share_reported`` is reported or not applicable over asked.
    """
    cells = answer_cells(observations, asked, years=years, objective=objective)
    rows: list[Row] = []
    texts: list[Words] = []
    for (group, level, label, short), chosen in _groups(plan, cells, registry, objective):
        counts = chosen.groupby(["year", "answer"]).size()
        for year in years:
            found = {name: int(counts.get((year, name), 0)) for name in ANSWERS}
            total = sum(found.values())
            made = [tally_row("asked", total), *(tally_row(name, number) for name, number in found.items())]
            made.append(share_row("share_reported", found["reported"] + found["not_applicable"], total))
            for row in made if total else ():
                rows.append({**row, "period": str(year), "group": group, "level": level})
                texts.append(
                    pair("label", label)
                    | pair("short", short)
                    | term("answer", str(row["measure"]), definitions.terms)
                )
    return make_result("monitoring_completeness", rows, texts, observations, method="full_count")


def missing_reasons(
    plan: Plan,
    observations: Observations,
    *,
    asked: "pd.DataFrame",
    years: tuple[int, ...],
    registry: Registry,
    definitions: Definitions,
    objective: str = "",
) -> Result:
    """The coded reasons of figures said to be not available, for the plan, objectives and institutions."""
    cells = answer_cells(observations, asked, years=years, objective=objective)
    cells = cells[cells["answer"] == "not_available"]
    rows: list[Row] = []
    texts: list[Words] = []
    for (group, level, label, short), chosen in _groups(plan, cells, registry, objective):
        counts = chosen.groupby(["year", "reason"]).size()
        for year in years if group != "measure" else ():
            for reason in (*REASONS, "no_reason"):
                number = int(counts.get((year, reason), 0))
                rows.append(
                    {**tally_row(reason, number), "period": str(year), "group": group, "level": level}
                )
                texts.append(
                    pair("label", label) | pair("short", short) | term("reason", reason, definitions.terms)
                )
    return make_result("monitoring_missing_reasons", rows, texts, observations, method="full_count")


def timeliness(
    observations: Observations,
    *,
    asked: "pd.DataFrame",
    years: tuple[int, ...],
    rules: RequestRules,
    registry: Registry,
    definitions: Definitions,
) -> Result:
    """When each institution's first usable return of a year came, in days after the deadline.

    The deadline is that of the request rules, in the year that follows. Returns that were refused do not count
    as delivered; a later return that corrects the first does not make it late.
    """
    rows: list[Row] = []
    texts: list[Words] = []
    came = observations.deliveries
    wanted = asked[["institution", "year"]].drop_duplicates()
    for year in years:
        deadline = date(year + 1, rules.deadline_month, rules.deadline_day)
        for institution in sorted(wanted.loc[wanted["year"] == year, "institution"]):
            mine = came[(came["institution"] == institution) & (came["year"] == year)]
            state, received = _when(mine, deadline)
            row: Row = {"measure": "delivery", "quantity": "days_after_deadline", "period": str(year)}
            row |= {"group": "institution", "level": institution, "method": "days_between"}
            known = received is not None
            value: Row = {"estimate": (received - deadline).days} if received is not None else {}
            rows.append(row | (value if known else {"status": Status.NOT_COLLECTED.value}))
            texts.append(
                _institution_words(registry, institution)
                | term("timeliness", state, definitions.terms)
                | {
                    "received": received.isoformat() if received else "–",
                    "deadline": deadline.isoformat(),
                    "deliveries": str(len(mine)),
                    "source_rows": "; ".join(dict.fromkeys(mine["file"].head(4))),
                }
            )
    return make_result("monitoring_timeliness", rows, texts, observations, method="days_between")


def count_timeliness(timely: Result, *, definitions: Definitions) -> Result:
    """Institutions by how their return of each year came, and the share that came in time."""
    assert timely.texts is not None
    rows: list[Row] = []
    texts: list[Words] = []
    states = timely.texts["timeliness_key"]
    for period in dict.fromkeys(timely.table["period"]):
        mine = states[timely.table["period"] == period]
        made = [tally_row("institutions", len(mine))]
        made += [tally_row(name, int((mine == name).sum())) for name in TIMELINESS]
        made.append(share_row("share_in_time", int((mine == "in_time").sum()), len(mine)))
        for row in made:
            rows.append({**row, "period": period, "group": "plan"})
            texts.append(term("timeliness", str(row["measure"]), definitions.terms))
    return make_result("monitoring_timeliness_counts", rows, texts, timely.provenance, method="full_count")


def answer_cells(
    observations: Observations, asked: "pd.DataFrame", *, years: tuple[int, ...], objective: str = ""
) -> "pd.DataFrame":
    """Every total asked, with the best answer to it (``ANSWERS``) and the coded reason of a missing one."""
    cells = totals_asked(asked, objective=objective)
    cells = cells[cells["year"].isin(years)]
    table = observations.table
    table = table[table["state"].isin(("current", "contradicted")) & table["year"].isin(years)]
    table = table[table["group"] == ""]
    rank = table["status"].map({name: place for place, name in enumerate(ANSWERS)})
    best = table.assign(rank=rank).sort_values("rank", kind="stable").drop_duplicates(CELL)
    best = best.assign(year=best["year"].astype("int64"))[[*CELL, "rank", "reason"]]
    exact = cells.merge(best, on=CELL, how="left")
    whole = best[best["period"] == best["year"].astype("str")].drop(columns="period")
    yearly = cells.merge(whole, on=["indicator", "institution", "year"], how="left")
    missing = exact["rank"].isna()
    ranks = exact["rank"].where(~missing, yearly["rank"]).fillna(len(ANSWERS) - 1)
    reasons = exact["reason"].where(~missing, yearly["reason"]).fillna("")
    answer = ranks.map(dict(enumerate(ANSWERS)))
    return exact.drop(columns="rank").assign(answer=answer, reason=reasons.replace("", "no_reason"))


def _groups(
    plan: Plan, cells: "pd.DataFrame", registry: Registry, objective: str
) -> "list[tuple[Level, pd.DataFrame]]":
    """The cells of the plan, of each objective, measure and institution."""
    found: list[tuple[Level, pd.DataFrame]] = []
    codes = cells["measure"].drop_duplicates()
    for level in levels_of(plan, objective):
        mine = {code for code in codes if within(str(code), level[1])}
        found.append((level, cells[cells["measure"].isin(mine)]))
    by_measure = dict(tuple(cells.groupby("measure", sort=False)))
    for measure in plan.measures:
        if measure.code in by_measure:
            label = Text(ro=f"{measure.code} {measure.action.ro}", en=f"{measure.code} {measure.action.en}")
            short = Text(ro=measure.code, en=measure.code)
            found.append((("measure", measure.code, label, short), by_measure[measure.code]))
    for institution, part in cells.groupby("institution"):
        one = registry.get(str(institution))
        short = Text(ro=one.abbreviation or one.name.ro, en=one.abbreviation or one.name.en)
        found.append((("institution", one.id, one.name, short), part))
    return found


def _institution_words(registry: Registry, institution: str) -> Words:
    one = registry.get(institution)
    short = Text(ro=one.abbreviation or one.name.ro, en=one.abbreviation or one.name.en)
    return pair("label", one.name) | pair("short", short)


def _when(deliveries: "pd.DataFrame", deadline: date) -> tuple[str, date | None]:
    if deliveries.empty:
        return "not_delivered", None
    usable = deliveries[deliveries["state"] != "refused"]
    if usable.empty:
        return "refused", None
    dates = sorted(one for one in usable["received"] if one)
    if not dates:
        return "unknown_date", None
    received = date.fromisoformat(dates[0][:10])
    return ("in_time" if received <= deadline else "late"), received
