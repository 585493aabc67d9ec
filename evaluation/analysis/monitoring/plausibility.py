"""Figures worth a question to the institution: jumps, repetitions, round numbers, sums that do not agree."""

from typing import TYPE_CHECKING

from evaluation.analysis.monitoring._checks import FINDERS, FOUND
from evaluation.analysis.monitoring._rows import (
    Row,
    Words,
    chosen_cards,
    make_listing,
    make_result,
    pair,
    places_of,
    tally_row,
)
from evaluation.analysis.monitoring.asking import DELIVERED
from evaluation.analysis.monitoring.definitions import Definitions
from evaluation.core.errors import AnalysisError
from evaluation.core.observations import Observations
from evaluation.core.results import Listing, Result
from evaluation.strategy.institutions import Registry
from evaluation.strategy.plan import Plan
from evaluation.strategy.words import Text

if TYPE_CHECKING:
    import pandas as pd

DASH = Text(ro="–", en="–")
ALL = Text(ro="Toate verificările", en="All checks")


def find_oddities(
    plan: Plan,
    observations: Observations,
    *,
    asked: "pd.DataFrame",
    registry: Registry,
    definitions: Definitions,
    objective: str = "",
) -> Result:
    """Every finding of the checks in ``checks.yaml``, one row each; a finding is a question and not a fault.

    ``numerator`` and ``denominator`` are the two figures compared (the later or the sum first), the estimate is
    the size: a ratio for ``jump`` (with its exact interval), a binomial probability for ``round_numbers``, a
    run's length for ``copied_block`` and ``same_three_years``, the value itself for ``same_as_last_year``,
    ``share_outside`` and ``tiny_denominator``, otherwise the difference. Deliverables are not checked.
    """
    table = _prepare(plan, observations, objective)
    cards = {card.id: (measure.code, card.name) for measure, card in chosen_cards(plan, objective)}
    rows: list[Row] = []
    texts: list[Words] = []
    for check in definitions.checks:
        if check.id not in FINDERS:
            raise AnalysisError(f"checks.yaml: {check.id} is not a check of the kit; correct its id.")
        found = FINDERS[check.id](table, asked, check)
        for one in found.reindex(columns=[*FOUND, "cellplace"]).to_dict("records"):
            code, name = cards.get(str(one["indicator"]), ("–", DASH))
            rows.append(_row(check.id, {str(key): value for key, value in one.items()}))
            texts.append(
                _institution(registry, str(one["institution"]))
                | pair("check", check.name)
                | pair("question", check.question)
                | pair("reason", check.reason)
                | pair("name", name)
                | {"check_key": check.id, "indicator": _text(one["indicator"]) or "–", "code": code}
                | {"place": _text(one["county"]) or "–", "source_rows": _text(one["cellplace"])}
            )
    left = len(observations.table) - len(table)
    return make_result(
        "monitoring_oddities",
        rows,
        texts,
        observations,
        method="plausibility",
        rows_in=len(observations.table),
        excluded={"not_checked": left},
    )


def count_oddities(oddities: Result, *, definitions: Definitions) -> Result:
    """Findings by check, in all and for each institution that has one."""
    texts_of, table = oddities.texts, oddities.table
    levels = [("plan", "all", pair("label", ALL) | pair("short", ALL))]
    for one in sorted(set(table["level"])):
        assert texts_of is not None
        first = texts_of[table["level"] == one].iloc[0]
        names = ("label.ro", "label.en", "short.ro", "short.en")
        levels.append(("institution", str(one), {name: str(first[name]) for name in names}))
    rows: list[Row] = []
    texts: list[Words] = []
    for group, level, words in levels:
        mine = table if level == "all" else table[table["level"] == level]
        counts = {
            check.id: (check.name, int((mine["measure"] == check.id).sum())) for check in definitions.checks
        }
        for name, (said, number) in ({"findings": (ALL, len(mine))} | counts).items():
            rows.append({**tally_row(name, number), "group": group, "level": level})
            texts.append(pair("check", said) | words)
    return make_result("monitoring_oddity_counts", rows, texts, oddities.provenance, method="full_count")


def list_questions(oddities: Result) -> Listing:
    """The questions to ask the institutions, without any figure."""
    texts: list[Words] = []
    if oddities.texts is not None:
        keep = [name for name in oddities.texts.columns if name != "place"]
        places = oddities.table[["level", "period"]].itertuples(index=False)
        for words, (institution, period) in zip(oddities.texts[keep].to_dict("records"), places, strict=True):
            texts.append(
                {str(name): str(one) for name, one in words.items()}
                | {"institution": str(institution), "period": str(period)}
            )
    texts.sort(key=lambda one: (one["institution"], one["indicator"]))
    return make_listing("monitoring_questions", texts, oddities.provenance, method="plausibility")


def _prepare(plan: Plan, observations: Observations, objective: str) -> "pd.DataFrame":
    """The current reported rows of valued indicators, with type, order in the plan, part and place."""
    cards = [card for _measure, card in chosen_cards(plan, objective)]
    kinds = {card.id: card.type.value for card in cards if card.type.value not in DELIVERED}
    table = observations.current
    table = table[(table["status"] == "reported") & table["indicator"].isin(kinds)]
    order = {card.id: place for place, card in enumerate(cards)}
    once = {card.id for card in cards if card.frequency == "once"}
    part = (table["group"] + "=" + table["level"]).where(table["group"] != "", "")
    return table.assign(
        type=table["indicator"].map(kinds),
        order=table["indicator"].map(order),
        once=table["indicator"].isin(once),
        part=part,
        cellplace=places_of(table),
    ).reset_index(drop=True)


def _row(check: str, one: dict[str, object]) -> Row:
    row: Row = {
        "measure": check,
        "quantity": "size",
        "period": one["period"],
        "group": "institution",
        "level": one["institution"],
        "estimate": one["size"],
        "method": check,
    }
    names = {"first": "numerator", "second": "denominator", "low": "ci_low", "high": "ci_high"}
    row |= {new: one[old] for old, new in names.items() if one[old] == one[old]}
    return row | ({"ci_level": 0.95} if "ci_low" in row else {})


def _institution(registry: Registry, institution: str) -> Words:
    one = registry.get(institution)
    short = Text(ro=one.abbreviation or one.name.ro, en=one.abbreviation or one.name.en)
    return pair("label", one.name) | pair("short", short)


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
