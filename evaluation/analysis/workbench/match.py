"""Match of preventive measures to the target group: part reached, and distance between effort and need."""

from dataclasses import dataclass
from itertools import permutations as arrangements
from math import factorial
from typing import TYPE_CHECKING

import numpy as np

from evaluation.analysis.workbench._counties import (
    Numbers,
    Row,
    Words,
    build_result,
    counted,
    county_name,
    single_values,
    words_row,
)
from evaluation.core.errors import AnalysisError
from evaluation.core.provenance import Provenance
from evaluation.core.results import Result
from evaluation.strategy.words import Text

if TYPE_CHECKING:
    import pandas as pd

EXACT_UP_TO = 5040
COUNTRY = Text(ro="Toate județele calculate", en="All counties computed")
PARTIAL = Text(
    ro="Efort incomplet: lipsesc cifre raportate", en="Incomplete effort: reported figures are missing"
)
CHANCE = Text(ro="Efort împărțit la întâmplare", en="Effort divided at random")


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a quantity lies between when its terms are intervals, and its value at their middles."""

    middle: float
    low: float
    high: float


def coverage_bounds(reached: tuple[float, float], size: tuple[float, float]) -> Bounds:
    """Part reached by interval arithmetic: (low / high, high / low); the middle is middle / middle.

    Both terms are ranges without a distribution, so the limits are bounds and not a confidence interval. The
    result may exceed 1: beneficiaries are contacts, and a person may be counted more than once.

    >>> coverage_bounds((100, 300), (1000, 2000))
    Bounds(middle=0.13333333333333333, low=0.05, high=0.3)
    """
    if not 0 < size[0] <= size[1] or not 0 <= reached[0] <= reached[1]:
        raise AnalysisError("part reached: a range is reversed, or the size is not above zero; correct it.")
    middle = (reached[0] + reached[1]) / (size[0] + size[1])
    return Bounds(middle, reached[0] / size[1], reached[1] / size[0])


def dissimilarity(effort: Numbers, need: Numbers) -> float:
    """Half the sum of the absolute differences of shares: the part of the effort that would have to move.

    References
    ----------
    Hoover (1936), Review of Economics and Statistics 18, 162-171; Duncan and Duncan (1955), American
    Sociological Review 20, 210-217.

    >>> dissimilarity(np.array([1.0, 1.0]), np.array([3.0, 1.0]))
    0.25
    """
    return float(np.abs(shares(effort) - shares(need)).sum() / 2)


def dissimilarity_bounds(effort: Numbers, low: Numbers, high: Numbers) -> Bounds:
    """The distance when each need is known only as a range; the middle is at the middles of the ranges.

    Lower bound, exact: for a total N the least distance is the larger of what counties must have in excess,
    sum(max(0, low/N - e)), and what they must lack, sum(max(0, e - high/N)); the first falls and the second
    rises with N, so the least over N is where they cross. Upper bound: the natural interval extension, which
    is never too low and may be too high.
    """
    part, (first, last) = shares(effort), (float(low.sum()), float(high.sum()))
    for _ in range(100):
        total = (first + last) / 2
        excess = np.maximum(0, low / total - part).sum()
        lack = np.maximum(0, part - high / total).sum()
        first, last = (total, last) if excess > lack else (first, total)
    smallest = float(max(excess, lack))
    least, most = need_share_bounds(low, high)
    above, below = np.maximum(0, most - part).sum(), np.maximum(0, part - least).sum()
    middle = dissimilarity(effort, (low + high) / 2)
    return Bounds(middle, min(smallest, middle), max(middle, float(min(above, below, 1.0))))


def need_share_bounds(low: Numbers, high: Numbers) -> tuple[Numbers, Numbers]:
    """The least and greatest share of each county: its own end against the opposite ends of the others."""
    least = low / (low + high.sum() - high)
    most = high / (high + low.sum() - low)
    return least, most


def chance_distances(effort: Numbers, need: Numbers, *, seed: int, draws: int = 9999) -> Numbers:
    """Distances when the same efforts fall on the counties in another order: all orders up to seven
    counties, otherwise ``draws`` random ones."""
    if factorial(min(len(effort), 20)) <= EXACT_UP_TO:
        return np.array([dissimilarity(np.array(order), need) for order in arrangements(effort)])
    generator, wanted = np.random.default_rng(seed), shares(need)
    part = shares(effort)
    return np.array([np.abs(generator.permutation(part) - wanted).sum() / 2 for _ in range(draws)])


def score_match(
    reached: "pd.DataFrame", sizes: "pd.DataFrame", *, seed: int, provenance: Provenance, draws: int = 9999
) -> Result:
    """Part reached and distance between effort and need, for the country and by county.

    ``reached`` and ``sizes`` have county, low, high. Effort is the contacts (``high``); need is the middle of
    the size. A county that lacks either is left out and counted in the provenance. The p-value is the share of
    other orders of the efforts that fit the need at least as well.
    """
    ends = {
        f"{name}_{end}": single_values(table, end, what=name)
        for name, table in (("reached", reached), ("size", sizes))
        for end in ("low", "high")
    }
    import pandas as pd

    joined = pd.DataFrame(ends)
    usable = joined.dropna()
    usable = usable[usable["size_low"] > 0]
    if len(usable) < 2 or usable["reached_high"].sum() <= 0:
        raise AnalysisError("match: fewer than two counties with effort and size; nothing can be compared.")
    origin = counted(
        provenance,
        method="part reached and dissimilarity",
        rows_in=len(joined),
        rows_used=len(usable),
        reason="county without effort or size",
    )
    rows, words = _country_rows(usable, seed=seed, draws=draws)
    gaps = set(reached.loc[reached["missing"] > 0, "county"]) if "missing" in reached else set()
    for county, line in usable.iterrows():
        rows += _coverage_rows(line, group="county", level=str(county))
        note = PARTIAL if county in gaps else None
        words += [words_row(county_name(str(county)), note=note)] * 3
    share_rows, share_words = _share_rows(usable)
    return build_result("match", rows + share_rows, words + share_words, origin)


def shares(values: Numbers) -> Numbers:
    """Each value over the sum; the sum must be above zero."""
    total = float(values.sum())
    if total <= 0 or float(values.min()) < 0:
        raise AnalysisError("shares: the values must not be below zero and need a sum above zero.")
    return values / total


def _country_rows(usable: "pd.DataFrame", *, seed: int, draws: int) -> tuple[list[Row], list[Words]]:
    effort = usable["reached_high"].to_numpy()
    low, high = usable["size_low"].to_numpy(), usable["size_high"].to_numpy()
    bounds = dissimilarity_bounds(effort, low, high)
    chance = chance_distances(effort, (low + high) / 2, seed=seed, draws=draws)
    exact = factorial(min(len(effort), 20)) <= EXACT_UP_TO
    as_good = int((chance <= bounds.middle + 1e-12).sum())
    base: Row = {
        "measure": "effort_need_distance",
        "quantity": "dissimilarity",
        "group": "country",
        "n": len(usable),
    }
    observed: Row = {
        **base,
        "level": "all",
        "estimate": bounds.middle,
        "ci_low": bounds.low,
        "ci_high": bounds.high,
        "p_value": as_good / len(chance) if exact else (as_good + 1) / (len(chance) + 1),
        "method": "hoover_bounds",
    }
    random: Row = {
        **base,
        "level": "random",
        "estimate": float(chance.mean()),
        "ci_low": float(np.quantile(chance, 0.025)),
        "ci_high": float(np.quantile(chance, 0.975)),
        "ci_level": 0.95,
        "method": "permutation_exact" if exact else "permutation_random",
    }
    rows = [*_coverage_rows(usable.sum(), group="country", level="all"), observed, random]
    return rows, [words_row(COUNTRY)] * 4 + [words_row(CHANCE)]


def _coverage_rows(line: "pd.Series[float]", *, group: str, level: str) -> list[Row]:
    reached = (float(line["reached_low"]), float(line["reached_high"]))
    size = (float(line["size_low"]), float(line["size_high"]))
    bounds = coverage_bounds(reached, size)
    place = {"group": group, "level": level, "method": "interval_arithmetic"}
    counts: dict[str, tuple[float, float, float]] = {
        "contacts": (reached[1], *reached),
        "target_group_size": (float((size[0] + size[1]) // 2), *size),
    }
    rows: list[Row] = [
        {
            **place,
            "measure": name,
            "quantity": "count",
            "n": value,
            "numerator": value,
            "estimate": value,
            "ci_low": low,
            "ci_high": high,
        }
        for name, (value, low, high) in counts.items()
    ]
    part: Row = {
        "measure": "target_group_reached",
        "quantity": "coverage",
        "numerator": reached[1],
        "denominator": counts["target_group_size"][0],
    }
    rows.append({**place, **part, "estimate": bounds.middle, "ci_low": bounds.low, "ci_high": bounds.high})
    return rows


def _share_rows(usable: "pd.DataFrame") -> tuple[list[Row], list[Words]]:
    low, high = usable["size_low"].to_numpy(), usable["size_high"].to_numpy()
    effort, need = shares(usable["reached_high"].to_numpy()), shares((low + high) / 2)
    least, most = need_share_bounds(low, high)
    rows: list[Row] = []
    for place, county in enumerate(usable.index):
        base: Row = {
            "group": "county",
            "level": str(county),
            "n": len(usable),
            "method": "interval_arithmetic",
        }
        own, wanted = effort[place], need[place]
        rows.append(
            {
                **base,
                "measure": "effort_need_gap",
                "quantity": "proportion_difference",
                "estimate": own - wanted,
                "ci_low": own - most[place],
                "ci_high": own - least[place],
            }
        )
    return rows, [words_row(county_name(str(county))) for county in usable.index]
