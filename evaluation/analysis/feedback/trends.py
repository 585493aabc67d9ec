"""Change per six months since inclusion, read in several ways: pairs, GEE, mixed model, weighted, and a band for the lost."""

import math
from collections.abc import Collection

import numpy as np

from evaluation.analysis._engines import holm
from evaluation.analysis._longitudinal_engines import FEW_PEOPLE, fit_gee, fit_mixed_change
from evaluation.analysis.feedback._rows import FEWEST, Numbers, Row, mean_row, no_number
from evaluation.analysis.feedback.dropout import estimate_weights, fit_weighted, fit_worse
from evaluation.analysis.feedback.panel import MONTHS, build_panel
from evaluation.analysis.feedback.scores import FACTS, INCLUSION, DomainScores
from evaluation.core.results import Result, make_table
from evaluation.core.status import Status

DELTAS = (0, 5, 10)
PERIOD = "per_6_months"
MODELS = ("gee", "mixed", "ipw_gee")
"""The three readings whose agreement is stated."""


def estimate_trends(scores: DomainScores) -> Result:
    """Change of each domain per six months since inclusion, ``level`` naming the reading, for all people.

    ``naive_pairs``: mean change of people seen at inclusion and at the last scheduled wave, per six months. ``gee``:
    exchangeable, robust. ``mixed``: random intercept, REML. ``ipw_gee``: weighted against drop-out. ``mnar_0``, ``_5``,
    ``_10``: the lost fare worse than those like them by that many points for each wave missed. ``agreement``: the
    widest distance between the three models' estimates, its method the verdict of ``agree``. A straight line in time is
    supposed throughout. Fewer than thirty people with two waves: too_few. GEE and mixed models over domains are tested with Holm's correction (``p_adjusted``), each reading apart.

    References
    ----------
    Liang and Zeger (1986), Biometrika 73, 13-22; Laird and Ware (1982), Biometrics 38, 963-974; Robins, Rotnitzky and
    Zhao (1995), JASA 90, 106-121; Little (1993), JASA 88, 125-134; Holm (1979), Scandinavian Journal of Statistics 6.
    """
    rows: list[Row] = []
    for domain in scores.domains:
        rows += read_change(scores, domain, group="all")
    for name in MODELS:
        tested = [row for row in rows if row["level"] == name and "p_value" in row]
        for row, adjusted in zip(tested, holm([float(str(row["p_value"])) for row in tested]), strict=True):
            row["p_adjusted"] = adjusted
    return Result("feedback_trends", make_table(rows), scores.provenance)


def estimate_trends_by_group(scores: DomainScores, domains: Collection[str]) -> Result:
    """The same readings of some domains in each category of each fact, written ``fact.category``; untested, as context.

    People of one fact's categories are those of another's: nothing adds up across facts.
    """
    rows: list[Row] = []
    facts = scores.facts()
    for domain in domains:
        for fact in FACTS:
            for category in sorted(set(facts[fact].fillna("")) - {""}):
                part = _only(scores, set(facts.index[facts[fact] == category]))
                rows += read_change(part, domain, group=f"{fact}.{category}")
    return Result("feedback_trends_by_group", make_table(rows), scores.provenance)


def read_change(scores: DomainScores, domain: str, *, group: str) -> list[Row]:
    """All readings of one domain in one group, a row each, in a fixed order."""
    known = scores.table[scores.table[domain].notna()]
    waves = known.groupby("person")["wave"].nunique()
    base: Row = {"measure": domain, "quantity": "mean_change", "period": PERIOD, "group": group}
    rows = [{**base, "level": one, "n": len(waves)} for one in _levels()]
    if int((waves > 1).sum()) < FEWEST:
        return [no_number(row, Status.TOO_FEW) for row in rows]
    values = known[domain].to_numpy(dtype=float)
    time = known["months"].to_numpy(dtype=float) / MONTHS
    if float(np.ptp(values)) == 0 or float(np.ptp(time)) == 0:
        return [no_number(row, Status.UNDEFINED) for row in rows]
    people = np.unique(known["person"].to_numpy(dtype=str), return_inverse=True)[1]
    design = np.column_stack([np.ones(len(time)), time])
    robust = "gee_bias_reduced" if len(waves) < FEW_PEOPLE else "gee_robust"
    named = dict(zip(_levels(), rows, strict=True))
    named["naive_pairs"] |= _pairs(scores, domain)
    named["gee"] |= fit_gee(values, design, people).row(1) | {"method": robust}
    mixed = fit_mixed_change(values, design, people, within=1)
    named["mixed"] |= mixed.row(1) | {"method": "mixed_model_reml"}
    _add_weighted(named, scores, domain)
    named["agreement"] |= _agreement([named[one] for one in MODELS])
    return list(named.values())


def agree(readings: list[tuple[float, float, float]]) -> str:
    """Whether readings (estimate, low, high) say the same: ``agree``, ``agree_in_sign`` or ``disagree``.

    ``agree``: every two intervals overlap, and the estimates have one sign or all intervals hold 0 (no change shown by
    any). ``agree_in_sign``: one sign, but two intervals lie apart. All else: ``disagree``.

    >>> agree([(2.0, 1.0, 3.0), (2.5, 1.5, 3.5)]), agree([(-0.1, -1.0, 0.8), (0.2, -0.7, 1.1)])
    ('agree', 'agree')
    >>> agree([(1.0, 0.5, 1.5), (3.0, 2.0, 4.0)]), agree([(1.0, 0.5, 1.5), (-0.2, -1.0, 0.6)])
    ('agree_in_sign', 'disagree')
    """
    one_sign = len({math.copysign(1.0, estimate) for estimate, _, _ in readings}) == 1
    none_shown = all(low <= 0 <= high for _, low, high in readings)
    overlap = max(low for _, low, _ in readings) <= min(high for _, _, high in readings)
    if overlap and (one_sign or none_shown):
        return "agree"
    return "agree_in_sign" if one_sign else "disagree"


def _levels() -> tuple[str, ...]:
    return ("naive_pairs", *MODELS, *(f"mnar_{delta}" for delta in DELTAS), "agreement")


def _only(scores: DomainScores, people: set[str]) -> DomainScores:
    """The same scores of some people."""
    from dataclasses import replace

    chosen = scores.table["person"].isin(people)
    return replace(scores, table=scores.table[chosen], items=scores.items[chosen], kinds=scores.kinds[chosen])


def _pairs(scores: DomainScores, domain: str) -> Row:
    """Mean change of completers per six months, Student's interval."""
    known = scores.table[scores.table[domain].notna()].set_index("person")
    last = scores.last_scheduled()
    start, later = known[known["wave"] == INCLUSION], known[known["wave"] == last]
    both = start.index.intersection(later.index).sort_values()
    if last == INCLUSION:
        return no_number({"method": "student_t"}, Status.UNDEFINED)
    span = (later.loc[both, "months"] - start.loc[both, "months"]).to_numpy(dtype=float) / MONTHS
    change: Numbers = (later.loc[both, domain] - start.loc[both, domain]).to_numpy(dtype=float) / span
    row = mean_row({}, change, quantity="mean_change")
    return (
        row if len(change) >= FEWEST else no_number({"n": len(change), "method": "student_t"}, Status.TOO_FEW)
    )


def _add_weighted(named: dict[str, Row], scores: DomainScores, domain: str) -> None:
    """The weighted reading and the band, or too_few where the model of drop-out has too few events."""
    panel = build_panel(scores, domain)
    weights = estimate_weights(panel) if len(panel.scores) >= FEWEST else None
    levels = ("ipw_gee", *(f"mnar_{delta}" for delta in DELTAS))
    if weights is None:
        for one in levels:
            named[one] |= no_number({"n": len(panel.scores), "method": "ipw_refused"}, Status.TOO_FEW)
        return
    found, influence = fit_weighted(panel, weights)
    named["ipw_gee"] |= found | {"n": len(panel.scores), "method": f"ipw_{weights.model}"}
    for delta in DELTAS:
        band = fit_worse(panel, found, influence, delta=delta)
        named[f"mnar_{delta}"] |= band | {"n": len(panel.scores), "method": f"delta_{weights.model}"}


def _agreement(rows: list[Row]) -> Row:
    if any("estimate" not in row for row in rows):
        return no_number({"quantity": "agreement", "method": "not_stated"}, Status.TOO_FEW)
    readings = [
        (float(str(row["estimate"])), float(str(row["ci_low"])), float(str(row["ci_high"]))) for row in rows
    ]
    estimates = [estimate for estimate, _, _ in readings]
    return {"quantity": "agreement", "estimate": max(estimates) - min(estimates), "method": agree(readings)}
