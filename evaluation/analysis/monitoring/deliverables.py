"""Deliverables against their due dates: done, late, overdue, or not reported, at a cut-off date."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from evaluation.analysis.monitoring._rows import (
    Row,
    Words,
    card_words,
    chosen_cards,
    gather_places,
    levels_of,
    make_result,
    pair,
    share_row,
    tally_row,
    term,
    within,
)
from evaluation.analysis.monitoring.asking import DELIVERED
from evaluation.analysis.monitoring.definitions import Definitions
from evaluation.core.observations import Observations
from evaluation.core.results import Result
from evaluation.core.status import Status
from evaluation.strategy.asked import institutions_of, window_label
from evaluation.strategy.plan import Plan, indicator_due

if TYPE_CHECKING:
    import pandas as pd

DONE = ("done", "done_late", "done_undated")
NOT_DUE = ("under_way_not_due", "not_started_not_due", "not_due")
STATES = (*DONE, "overdue", "dropped", "contradicted", "not_applicable", "not_reported", *NOT_DUE)
AGAINST = ("dropped", "not_started")
Reports = Mapping[str, Mapping[str, object]]


def deliverable_states(
    plan: Plan,
    observations: Observations,
    *,
    cutoff: date,
    definitions: Definitions,
    objective: str = "",
    closings: Sequence[date] = (),
) -> Result:
    """The state of every deliverable and text at each of its due dates, as reported up to a cut-off date.

    Of each institution the row of the latest year counts. A joint deliverable is done when at least one
    responsible institution reports it delivered with a date not after the cut-off and none contradicts, that is
    none says in the same or a later year that it was dropped or has not been started; otherwise it is
    ``contradicted`` and stays a question. It is dropped, or not applicable, when all who reported say so. What
    is reported and not done is ``overdue`` from the due day on; what nobody reported is ``not_reported`` and
    never overdue. The first date of delivery counts. The text ``flag`` tells when an institution reported it
    delivered once and no longer does; the latest report still decides.

    The estimate is the days after the due day: negative when early, up to the cut-off when overdue. ``closings``
    are the last days of the plans: what was due under a plan is judged at its end, because later reports are
    about the plan that follows.
    """
    table = observations.current
    table = table[table["status"].isin(("reported", "not_applicable"))]
    kinds = {card.id for _measure, card in chosen_cards(plan, objective) if card.type.value in DELIVERED}
    table = table[table["indicator"].isin(kinds) & (table["group"] == "")]
    latest = table.sort_values("year", kind="stable").drop_duplicates(
        ["indicator", "period", "institution"], keep="last"
    )
    known, turned = _by_window(latest), _turned_back(table, latest)
    places = gather_places(latest, ["indicator", "period"])
    rows: list[Row] = []
    texts: list[Words] = []
    for measure, card in chosen_cards(plan, objective):
        windows = indicator_due(card, measure, window=plan.window) if card.id in kinds else ()
        for window in dict.fromkeys(windows):
            key = (card.id, window_label(window))
            asked = institutions_of(measure)
            reports = {one: row for one, row in known.get(key, {}).items() if one in asked}
            until = min([cutoff, *(one for one in closings if one >= window.end)])
            state, day = judge_reports(reports, due=window.end, cutoff=until)
            row: Row = {"measure": card.id, "quantity": "days_after_due", "period": key[1]}
            row |= {"group": "state", "level": state}
            rows.append(row | _days(state, day, due=window.end, cutoff=until))
            words = card_words(measure, card) | term("state", state, definitions.terms)
            words |= _when(window.end, day, cutoff=until) | {"institutions": ", ".join(asked)}
            words |= {"answered": str(len(reports)), "asked": str(len(asked))}
            words |= term("flag", "turned_back" if key in turned else "", definitions.terms)
            texts.append(words | {"source_rows": places.get(key, "")})
    return make_result("monitoring_deliverables", rows, texts, observations, method="due_dates")


def count_deliverables(
    plan: Plan, states: Result, *, definitions: Definitions, objective: str = ""
) -> Result:
    """Deliverables by state for the plan and each objective, with shares among those due by the cut-off.

    ``all`` counts every due date, ``due`` those up to the cut-off, ``delivered`` the ones of these that were
    delivered whenever; ``share_delivered``, ``share_in_time`` and ``share_not_reported`` are shares of ``due``.
    """
    assert states.texts is not None
    found = list(zip(states.texts["code"], states.table["level"], states.texts["is_due"], strict=True))
    rows: list[Row] = []
    texts: list[Words] = []
    for group, level, label, short in levels_of(plan, objective):
        mine = [(str(state), due == "yes") for code, state, due in found if within(str(code), level)]
        due = [state for state, is_due in mine if is_due]
        counts = {state: sum(one == state for one, _due in mine) for state in STATES}
        counts |= {"all": len(mine), "due": len(due), "delivered": sum(one in DONE for one in due)}
        made = [tally_row(name, number) for name, number in counts.items()] + [
            share_row("share_delivered", counts["delivered"], len(due), status=Status.NOT_DUE.value),
            share_row(
                "share_in_time", sum(one == "done" for one in due), len(due), status=Status.NOT_DUE.value
            ),
            share_row("share_not_reported", due.count("not_reported"), len(due), status=Status.NOT_DUE.value),
        ]
        for row in made:
            rows.append({**row, "group": group, "level": level})
            texts.append(
                pair("label", label)
                | pair("short", short)
                | term("state", str(row["measure"]), definitions.terms)
            )
    return make_result("monitoring_deliverable_counts", rows, texts, states.provenance, method="full_count")


def judge_reports(reports: Reports, *, due: date, cutoff: date) -> tuple[str, date | None]:
    """The state that the latest reports of the institutions give a deliverable, and the day of delivery."""
    stages = {name: _stage(row) for name, row in reports.items()}
    days = {name: _day(reports[name]) for name, stage in stages.items() if stage == "delivered"}
    given = {name: day for name, day in days.items() if day is None or day <= cutoff}
    if given:
        since = min(_year(reports[name]) for name in given)
        against = [name for name, one in stages.items() if one in AGAINST and _year(reports[name]) >= since]
        first = min((day for day in given.values() if day is not None), default=None)
        if against:
            return "contradicted", first
        if first is None:
            return "done_undated", None
        return "done" if first <= due else "done_late", first
    return _judge_undone(set(stages.values()), is_due=due <= cutoff), None


def _judge_undone(said: set[str], *, is_due: bool) -> str:
    """The state of a deliverable that nobody has delivered, from all that was said of it."""
    if said in ({"dropped"}, {"not_applicable"}):
        return next(iter(said))
    if is_due:
        return "overdue" if said else "not_reported"
    if said & {"under_way", "delivered"}:
        return "under_way_not_due"
    return "not_started_not_due" if said else "not_due"


def _by_window(latest: "pd.DataFrame") -> dict[tuple[str, str], dict[str, dict[str, object]]]:
    found: dict[tuple[str, str], dict[str, dict[str, object]]] = {}
    for row in latest.to_dict("records"):
        key = (str(row["indicator"]), str(row["period"]))
        found.setdefault(key, {})[str(row["institution"])] = {str(name): one for name, one in row.items()}
    return found


def _turned_back(table: "pd.DataFrame", latest: "pd.DataFrame") -> set[tuple[str, str]]:
    """Deliverables that an institution once reported delivered and no longer does."""
    key = ["indicator", "period", "institution"]
    once = table.loc[table["stage"] == "delivered", key].drop_duplicates()
    now = latest[latest["stage"] != "delivered"]
    back = now.merge(once, on=key)
    return set(zip(back["indicator"].astype("str"), back["period"].astype("str"), strict=True))


def _stage(row: Mapping[str, object]) -> str:
    """The stage told; a date or a document without a stage is a delivery."""
    if row["status"] == "not_applicable":
        return "not_applicable"
    return str(row["stage"]) or ("delivered" if row["date"] or row["text"] else "under_way")


def _day(row: Mapping[str, object]) -> date | None:
    try:
        return date.fromisoformat(str(row["date"]))
    except ValueError:
        return None


def _year(row: Mapping[str, object]) -> float:
    return float(str(row["year"]))


def _when(due: date, day: date | None, *, cutoff: date) -> Words:
    given = day.isoformat() if day else "–"
    return {"due": due.isoformat(), "is_due": "yes" if due <= cutoff else "no", "delivered_on": given}


def _days(state: str, day: date | None, *, due: date, cutoff: date) -> Row:
    if state in ("done", "done_late") and day is not None:
        return {"estimate": (day - due).days, "method": "days_between"}
    if state == "overdue":
        return {"estimate": (cutoff - due).days, "method": "days_between"}
    if state in NOT_DUE:
        return {"status": Status.NOT_DUE.value}
    missing = state in ("not_reported", "done_undated")
    return {"status": Status.NOT_COLLECTED.value if missing else Status.NOT_APPLICABLE.value}
