"""Who was asked, who answered, who was lost, and what was left unanswered: read before any change over time."""

from typing import TYPE_CHECKING

import numpy as np

from evaluation.analysis.feedback._rows import (
    FEWEST,
    Row,
    difference_row,
    limits,
    mean_row,
    no_number,
    share_row,
)
from evaluation.analysis.feedback.scores import EXIT, FACTS, INCLUSION, MISSING, NOT_ASKED, DomainScores
from evaluation.analysis.training.clusters import clustered_proportion
from evaluation.core.results import Result, make_table
from evaluation.core.status import Status

if TYPE_CHECKING:
    import pandas as pd

NOT_RECORDED = "not_recorded"


def describe_attrition(scores: DomainScores) -> Result:
    """People at inclusion, and at each later wave the share of them who answered, in all and by group.

    Answered means one rating at least, on the scale or not. Everybody included is expected at every wave, because the
    data hold no dates: who is not due yet counts as not answered. ``without_inclusion`` counts people seen only later,
    who are in no share. The collector is that of inclusion. Wilson (1927), JASA 22, 209-212.
    """
    seen = scores.table[scores.answered]
    asked = set(seen.loc[seen["wave"] == INCLUSION, "person"])
    facts = scores.facts().loc[sorted(asked)].fillna("").replace("", NOT_RECORDED)
    rows: list[Row] = [
        {"measure": name, "quantity": "count", "group": "all", "level": "all", "n": number, "estimate": number,
         "period": INCLUSION, "method": "count"}
        for name, number in (("included", len(asked)), ("without_inclusion", seen["person"].nunique() - len(asked)))
    ]  # fmt: skip
    for wave in [one for one in scores.waves if one != INCLUSION]:
        there = facts.index.isin(seen.loc[seen["wave"] == wave, "person"])
        base: Row = {"measure": "answered", "period": wave}
        rows.append(share_row({**base, "group": "all", "level": "all"}, int(there.sum()), len(facts)))
        for fact in (*FACTS, "collector"):
            for level in sorted(facts[fact].unique()):
                chosen = (facts[fact] == level).to_numpy()
                row = {**base, "group": fact, "level": level}
                rows.append(share_row(row, int(there[chosen].sum()), int(chosen.sum())))
    return Result("feedback_attrition", make_table(rows), scores.provenance)


def describe_lost(scores: DomainScores, *, last: str = "") -> Result:
    """Mean score at inclusion of people who stayed and of people who were lost, and the difference, lost less stayed.

    Stayed: answered the last scheduled wave (``last``; by default the latest that anybody answered) or the exit wave.
    People without a score of the domain at inclusion are left out. Welch (1947), Biometrika 34, 28-35.
    """
    until = last or scores.last_scheduled()
    seen = scores.table[scores.answered & scores.table["wave"].isin([until, EXIT])]
    start = scores.table[scores.table["wave"] == INCLUSION]
    rows: list[Row] = []
    for domain in scores.domains:
        known = start[start[domain].notna()]
        stayed = known["person"].isin(seen["person"]).to_numpy()
        values = known[domain].to_numpy(dtype=float)
        base: Row = {"measure": domain, "period": INCLUSION, "group": "last_wave"}
        rows += [
            mean_row({**base, "level": "stayed"}, values[stayed]),
            mean_row({**base, "level": "lost"}, values[~stayed]),
            difference_row({**base, "level": "lost_less_stayed"}, values[~stayed], values[stayed]),
        ]
    return Result("feedback_lost", make_table(rows), scores.provenance)


def describe_missing(scores: DomainScores) -> Result:
    """Share of the answers asked for that are not applicable, preferred not, or left out, by domain and wave.

    Of rows with an answer at all. Answers of one person are alike, so the interval is Wilson's at the effective sample
    size with people as clusters; ``n`` is people, the denominator answers. Under thirty people: too_few.
    Korn and Graubard (1998), Survey Methodology 24, 193-201.
    """
    rows: list[Row] = []
    for domain, names in scores.domains.items():
        for wave in scores.waves:
            chosen = scores.answered & (scores.table["wave"] == wave)
            kinds = scores.kinds.loc[chosen, list(names)]
            for level in MISSING:
                row: Row = {"measure": domain, "period": wave, "group": "answer", "level": level}
                rows += _missing_row(row, kinds, level)
    return Result("feedback_missing", make_table(rows), scores.provenance)


def _missing_row(row: Row, kinds: "pd.DataFrame", level: str) -> list[Row]:
    given = kinds.to_numpy(dtype=str)
    asked = given != NOT_ASKED
    people = int(asked.any(axis=1).sum())
    if not people:
        return []
    values = (given == level)[asked].astype(float)
    counted = {**row, "quantity": "proportion", "n": people, "numerator": int(values.sum()),
               "denominator": len(values), "method": "wilson_effective_size"}  # fmt: skip
    if people < FEWEST:
        return [no_number(counted, Status.TOO_FEW)]
    who = np.broadcast_to(np.arange(len(given))[:, None], given.shape)[asked]
    found = clustered_proportion(values, who)
    assert found is not None  # thirty people are thirty clusters
    return [counted | limits(found.estimate, found.low, found.high)]
