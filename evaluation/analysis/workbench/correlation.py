"""Preventive effort against need by county: correlations with intervals, permutation and influence."""

from itertools import permutations as arrangements
from math import atanh, factorial, sqrt, tanh
from typing import TYPE_CHECKING

import numpy as np
from scipy import stats

from evaluation.analysis._engines import rank_correlation
from evaluation.analysis.limits import Limits
from evaluation.analysis.workbench._counties import (
    Numbers,
    Row,
    build_result,
    counted,
    county_name,
    single_values,
    words_row,
)
from evaluation.core.errors import AnalysisError
from evaluation.core.provenance import Provenance
from evaluation.core.results import Result
from evaluation.core.status import Status
from evaluation.strategy.words import Text

if TYPE_CHECKING:
    import pandas as pd

FEWEST_COUNTIES = 10
EXACT_UP_TO = 5040
POPULATION = "population"
COUNTRY = Text(ro="Toate județele calculate", en="All counties computed")


def pearson(one: Numbers, other: Numbers) -> float:
    """Pearson's r; NaN when a column does not vary."""
    if one.std() == 0 or other.std() == 0:
        return float("nan")
    return float(np.corrcoef(one, other)[0, 1])


def spearman(one: Numbers, other: Numbers) -> float:
    """Spearman's rho with mean ranks for equal values; NaN when a column does not vary."""
    if one.std() == 0 or other.std() == 0:
        return float("nan")
    return rank_correlation(one, other, kind="spearman")


def fisher_limits(r: float, number: int, *, ci_level: float = 0.95, given: int = 0) -> Limits:
    """Limits of Pearson's r: atanh(r) with variance 1 / (n - given - 3).

    References
    ----------
    Fisher (1921), Metron 1, 3-32; for a partial correlation Fisher (1924), Metron 3, 329-332.
    """
    return _z_limits(r, 1 / (number - given - 3), ci_level)


def bonett_wright_limits(rho: float, number: int, *, ci_level: float = 0.95, given: int = 0) -> Limits:
    """Limits of Spearman's rho: atanh(rho) with variance (1 + rho^2 / 2) / (n - given - 3).

    References
    ----------
    Bonett and Wright (2000), Psychometrika 65, 23-28.
    """
    return _z_limits(rho, (1 + rho**2 / 2) / (number - given - 3), ci_level)


def partial(one: Numbers, other: Numbers, given: Numbers) -> float:
    """Correlation of two columns with the linear part of the third taken out of both."""
    xy, xz, yz = pearson(one, other), pearson(one, given), pearson(other, given)
    left = (1 - xz**2) * (1 - yz**2)
    return (xy - xz * yz) / sqrt(left) if left > 1e-12 else float("nan")


def permutation_p(one: Numbers, other: Numbers, *, seed: int, draws: int = 9999) -> float:
    """Two-sided p: the share of orders of the first column whose correlation is at least as far from nought.

    All orders up to seven rows; otherwise ``draws`` random ones, counting the observed order too.
    """
    first, second = _standard(one), _standard(other)
    observed = abs(float(first @ second)) - 1e-12
    if factorial(min(len(one), 20)) <= EXACT_UP_TO:
        found = [abs(float(np.array(order) @ second)) >= observed for order in arrangements(first)]
        return sum(found) / len(found)
    generator = np.random.default_rng(seed)
    orders = generator.permuted(np.tile(first, (draws, 1)), axis=1)
    return (int((np.abs(orders @ second) >= observed).sum()) + 1) / (draws + 1)


def correlate_effort(
    effort: "pd.DataFrame",
    need: "pd.DataFrame",
    *,
    seed: int,
    provenance: Provenance,
    population: "pd.DataFrame | None" = None,
    draws: int = 2000,
) -> Result:
    """Spearman and Pearson correlation of effort with need, and Spearman without each county in turn.

    The tables have county, value. A county that lacks one of them is left out and counted. Both grow with
    population, so the partial correlations are the ones to read when it is given. Under ten counties, or
    when a column does not vary, there is no number.
    """
    import pandas as pd

    tables = {"effort": effort, "need": need} | ({} if population is None else {"population": population})
    joined = pd.DataFrame({name: single_values(table, "value", what=name) for name, table in tables.items()})
    usable = joined.dropna()
    if usable.empty:
        raise AnalysisError("effort and need: no county has both; nothing can be compared.")
    columns: dict[str, Numbers] = {name: usable[name].to_numpy(dtype=float) for name in tables}
    rows = _rows(columns, seed=seed, draws=draws)
    words = [words_row(COUNTRY)] * len(rows)
    if all("estimate" in row for row in rows):
        counties = list(map(str, usable.index))
        of_counties = _influence_rows(columns["effort"], columns["need"], counties)
        residents = columns.get("population", np.ones(len(counties)))
        of_counties += _place_rows(columns["effort"] / residents, columns["need"] / residents, counties)
        rows += [row for row, _ in of_counties]
        words += [words_row(county_name(county)) for _, county in of_counties]
    origin = counted(
        provenance,
        method="correlation by county",
        rows_in=len(joined),
        rows_used=len(usable),
        reason="county without effort or need",
    )
    return build_result("effort_need", rows, words, origin)


def effort_of(effort: "pd.DataFrame") -> "pd.DataFrame":
    """County and contacts, from county, low, high: effort is what was done, so repeated contacts count."""
    return effort.rename(columns={"high": "value"})[["county", "value"]]


def need_of(sizes: "pd.DataFrame") -> "pd.DataFrame":
    """County and the middle of the size of its target group."""
    return sizes.assign(value=(sizes["low"] + sizes["high"]) / 2)[["county", "value"]]


def population_of(components: "pd.DataFrame") -> "pd.DataFrame":
    """County and residents, from the table of county components."""
    return components[components["component"] == POPULATION][["county", "value"]].reset_index(drop=True)


def _rows(columns: dict[str, Numbers], *, seed: int, draws: int) -> list[Row]:
    one, other = columns["effort"], columns["need"]
    number = len(one)
    ranked = {name: stats.rankdata(values) for name, values in columns.items()}
    rho, r = spearman(one, other), pearson(one, other)
    cases = [
        ("spearman", "all", rho, bonett_wright_limits, 0, "bonett_wright"),
        ("pearson", "all", r, fisher_limits, 0, "fisher"),
    ]
    if "population" in columns:
        of_ranks = partial(ranked["effort"], ranked["need"], ranked["population"])
        of_values = partial(one, other, columns["population"])
        cases += [
            ("spearman", "partial_ranks", of_ranks, bonett_wright_limits, 1, "bonett_wright_partial"),
            ("pearson", "partial", of_values, fisher_limits, 1, "fisher_partial"),
        ]
    few = number < FEWEST_COUNTIES
    rows: list[Row] = []
    for group, level, value, limits_of, given, method in cases:
        row = _base("effort_need", group, level, number, method)
        if few or np.isnan(value):
            rows.append({**row, "status": (Status.TOO_FEW if few else Status.UNDEFINED).value})
            continue
        limits = limits_of(value, number, given=given)
        row |= {"estimate": value, "ci_low": limits.low, "ci_high": limits.high, "ci_level": 0.95}
        if level == "all":
            pair = (ranked["effort"], ranked["need"]) if group == "spearman" else (one, other)
            row |= {"p_value": permutation_p(*pair, seed=seed)}
        rows.append(row)
    if not few and not np.isnan(rho):
        low, high = bootstrap_limits(one, other, seed=seed, draws=draws)
        row = _base("effort_need", "spearman", "bootstrap", number, "bootstrap_percentile")
        rows.append(row | {"estimate": rho, "ci_low": low, "ci_high": high, "ci_level": 0.95})
    return rows


def bootstrap_limits(one: Numbers, other: Numbers, *, seed: int, draws: int) -> tuple[float, float]:
    """Percentile limits of Spearman's rho over counties drawn with replacement."""
    generator = np.random.default_rng(seed)
    picks = generator.integers(len(one), size=(draws, len(one)))
    drawn = [spearman(one[pick], other[pick]) for pick in picks]
    low, high = np.nanquantile(drawn, [0.025, 0.975])
    return float(low), float(high)


def _influence_rows(one: Numbers, other: Numbers, counties: list[str]) -> list[tuple[Row, str]]:
    """The correlation without each county, then the lowest and the highest of these."""
    number = len(counties)
    without = [spearman(np.delete(one, at), np.delete(other, at)) for at in range(number)]
    name, kind = "effort_need_influence", "without_one_county"
    rows = [
        (_base(name, "spearman", county, number - 1, kind) | {"estimate": value}, county)
        for county, value in zip(counties, without, strict=True)
    ]
    for level, at in (("lowest", int(np.argmin(without))), ("highest", int(np.argmax(without)))):
        row = _base(name, "spearman", level, number - 1, kind) | {"estimate": without[at]}
        rows.append((row, counties[at]))
    return rows


def _place_rows(effort: Numbers, need: Numbers, counties: list[str]) -> list[tuple[Row, str]]:
    """The place of each county by effort (numerator) and by need (denominator), 1 for the most; ties share one.

    Both are taken per resident where the population is given, since otherwise large counties lead both orders.

    The estimate is the first less the second: positive where effort falls behind need.
    """
    places = [stats.rankdata(-values, method="min") for values in (effort, need)]
    return [
        (
            _base("effort_need_places", "county", county, len(counties), "places")
            | {"quantity": "rank_shift", "numerator": own, "denominator": wanted, "estimate": own - wanted},
            county,
        )
        for county, own, wanted in zip(counties, *(map(float, one) for one in places), strict=True)
    ]


def _base(measure: str, group: str, level: str, number: int, method: str) -> Row:
    place: Row = {"measure": measure, "group": group, "level": level}
    return {**place, "quantity": "correlation", "n": number, "method": method}


def _z_limits(r: float, variance: float, ci_level: float) -> Limits:
    if abs(r) >= 1:
        return Limits(r, r)
    wide = float(stats.norm.ppf((1 + ci_level) / 2)) * sqrt(variance)
    return Limits(tanh(atanh(r) - wide), tanh(atanh(r) + wide))


def _standard(values: Numbers) -> Numbers:
    centred = values - values.mean()
    return np.asarray(centred / sqrt(float(centred @ centred)), dtype=float)
