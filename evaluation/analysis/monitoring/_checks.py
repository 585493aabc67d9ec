"""The checks of plausibility: each takes the reported rows and gives its findings as a table."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
from scipy import stats

from evaluation.analysis.monitoring._annual import NEEDED
from evaluation.analysis.monitoring._intervals import ratio_columns
from evaluation.analysis.monitoring.definitions import Check

if TYPE_CHECKING:
    import pandas as pd

FOUND = ["indicator", "institution", "county", "period", "first", "second", "size", "low", "high"]
SERIES = ["indicator", "institution", "county", "part"]
Finder = Callable[["pd.DataFrame", "pd.DataFrame", Check], "pd.DataFrame"]


def jump(table: "pd.DataFrame", _asked: "pd.DataFrame", check: Check) -> "pd.DataFrame":
    """Ratio to the year before above the threshold or below its inverse, the exact interval excluding ``least``."""
    pairs = _years(table[table["type"] == "count"], back=1)
    ratio = pairs["value"] / pairs["before"].where(pairs["before"] > 0)
    far = pairs[(ratio > check.threshold) | (ratio < 1 / check.threshold)]
    low, high = ratio_columns(far["value"].tolist(), far["before"].tolist())
    far = far.assign(first=far["value"], second=far["before"], size=ratio[far.index], low=low, high=high)
    return far[(far["low"] > check.least) | (far["high"] < 1 / check.least)]


def same_as_last_year(table: "pd.DataFrame", _asked: "pd.DataFrame", check: Check) -> "pd.DataFrame":
    """The national total of the year before again, from ``least`` up."""
    pairs = _years(_totals(table), back=1)
    same = pairs[(pairs["value"] == pairs["before"]) & (pairs["value"] >= check.least)]
    return same.assign(first=same["value"], second=same["before"], size=same["value"])


def same_three_years(table: "pd.DataFrame", _asked: "pd.DataFrame", check: Check) -> "pd.DataFrame":
    """The same national total in three years running, from ``least`` up."""
    counts = _totals(table)
    pairs, older = _years(counts, back=1), _years(counts, back=2)
    by = [*SERIES, "slot", "year"]
    both = pairs.merge(older[[*by, "before"]].rename(columns={"before": "oldest"}), on=by)
    same = both[(both["value"] == both["before"]) & (both["value"] == both["oldest"])]
    same = same[same["value"] >= check.least]
    return same.assign(first=same["value"], second=same["oldest"], size=check.threshold)


def copied_block(table: "pd.DataFrame", _asked: "pd.DataFrame", check: Check) -> "pd.DataFrame":
    """At least ``threshold`` equal values in a row at two institutions, in the order of the plan's indicators.

    Only values that both report for the same indicator, year and period are compared; a run of zeros and small
    values alone (none from ``least`` up) is no finding. The row names the later institution by name.
    """
    totals = table[table["part"].eq("") & table["county"].eq("") & table["type"].ne("deliverable")]
    key = ["indicator", "year", "period"]
    one = totals[[*key, "institution", "value", "order", "cellplace"]].dropna(subset="value")
    both = one.merge(one, on=key, suffixes=("", "_b"))
    both = both[both["institution"] > both["institution_b"]]
    both = both.sort_values(["institution", "institution_b", "year", "order", "period"], kind="stable")
    pair = both[["institution", "institution_b", "year"]]
    new = pair.ne(pair.shift()).any(axis=1) | both["value"].ne(both["value_b"])
    runs = both.assign(run=new.cumsum(), equal=both["value"].eq(both["value_b"]))
    runs = runs[runs["equal"]]
    sizes = runs.groupby("run").agg(size=("value", "size"), top=("value", "max"))
    long = sizes[(sizes["size"] >= check.threshold) & (sizes["top"] >= check.least)]
    first = runs[runs["run"].isin(long.index)].drop_duplicates("run")
    return first.assign(
        county=first["institution_b"], first=first["value"], second=first["value_b"],
        size=long["size"].reindex(first["run"]).to_numpy(),
    )  # fmt: skip


def round_numbers(table: "pd.DataFrame", _asked: "pd.DataFrame", check: Check) -> "pd.DataFrame":
    """More values ending in 0 (from 20 up), or in 00 (from 200 up), than a tenth or a hundredth would give.

    P(X >= k) with X binomial (n, 1/10 or 1/100), among the counts of one institution and year.
    """
    import pandas as pd

    counts = table[table["type"].eq("count") & table["part"].eq("")]
    found = []
    for base, start in ((10, 20), (100, 200)):
        big = counts[counts["value"] >= start]
        groups = big.assign(round=big["value"] % base == 0).groupby(["institution", "year"])["round"]
        tally = groups.agg(first="sum", second="size").reset_index()
        tally["size"] = stats.binom.sf(tally["first"] - 1, tally["second"], 1 / base)
        odd = tally[(tally["second"] >= check.least) & (tally["size"] < check.threshold)]
        found.append(odd.assign(indicator="", period=odd["year"].astype("int64").astype("str"), county=""))
    return pd.concat(found).drop_duplicates(["institution", "year"])


def counties_and_total(table: "pd.DataFrame", asked: "pd.DataFrame", _check: Check) -> "pd.DataFrame":
    """All counties given and not adding up to the national figure, or some of them already above it."""
    by = ["indicator", "institution", "year", "period"]
    parts = table[table["county"].ne("") & table["part"].eq("") & table["type"].isin(("count", "money"))]
    needed = asked[asked["county"] != ""].groupby(by).size().rename("needed").reset_index()
    return _against_total(parts.merge(needed, on=by, how="left"), table, by)


def levels_and_total(table: "pd.DataFrame", asked: "pd.DataFrame", _check: Check) -> "pd.DataFrame":
    """The categories of a breakdown against their total; all fixed categories must add up, open ones not exceed."""
    by = ["indicator", "institution", "year", "period", "group"]
    parts = table[table["group"].ne("") & table["county"].eq("") & table["type"].isin(("count", "money"))]
    needed = asked[asked["group"] != ""].groupby(by).size().rename("needed").reset_index()
    return _against_total(parts.merge(needed, on=by, how="left"), table, by)


def parts_of_year(table: "pd.DataFrame", _asked: "pd.DataFrame", _check: Check) -> "pd.DataFrame":
    """Halves, quarters or months of a year, all given, that do not add up to the figure given for the year."""
    counts = table[table["type"].isin(("count", "money")) & table["value"].notna()]
    kinds = (("half", r"-S\d$"), ("quarter", r"-Q\d$"), ("month", r"^\d{4}-\d{2}$"))
    by = [*SERIES, "year"]
    years = counts[counts["period"] == counts["year"].astype("int64").astype("str")]
    years = years[[*by, "value", "period", "cellplace"]].rename(columns={"value": "second"})
    found = []
    for kind, mark in kinds:
        part = counts[counts["period"].str.contains(mark, regex=True)]
        sums = part.groupby(by)["value"].agg(first="sum", number="size").reset_index()
        both = sums[sums["number"] == NEEDED[kind]].merge(years, on=by)
        found.append(both[both["first"] != both["second"]])
    import pandas as pd

    every = pd.concat(found)
    return every.assign(size=every["first"] - every["second"])


def part_above_whole(table: "pd.DataFrame", _asked: "pd.DataFrame", _check: Check) -> "pd.DataFrame":
    """A numerator above its denominator, in a proportion."""
    odd = table[table["type"].eq("proportion") & (table["numerator"] > table["denominator"])]
    size = odd["numerator"] - odd["denominator"]
    return odd.assign(first=odd["numerator"], second=odd["denominator"], size=size)


def share_outside(table: "pd.DataFrame", _asked: "pd.DataFrame", _check: Check) -> "pd.DataFrame":
    """A share below 0 or above 1."""
    odd = table[table["type"].eq("proportion") & ((table["value"] < 0) | (table["value"] > 1))]
    return odd.assign(first=odd["value"], second=np.nan, size=odd["value"])


def share_and_parts(table: "pd.DataFrame", _asked: "pd.DataFrame", check: Check) -> "pd.DataFrame":
    """A share that differs from numerator / denominator by more than rounding to a whole per cent."""
    shares = table[table["type"].eq("proportion") & (table["denominator"] > 0) & table["value"].notna()]
    gap = shares["value"] - shares["numerator"] / shares["denominator"]
    odd = shares[gap.abs() > check.threshold]
    return odd.assign(first=odd["value"], second=odd["numerator"] / odd["denominator"], size=gap[odd.index])


def tiny_denominator(table: "pd.DataFrame", _asked: "pd.DataFrame", check: Check) -> "pd.DataFrame":
    """A share of fewer than ``least`` units."""
    odd = table[table["type"].eq("proportion") & table["part"].eq("") & table["county"].eq("")]
    odd = odd[(odd["denominator"] > 0) & (odd["denominator"] < check.least)]
    return odd.assign(first=odd["numerator"], second=odd["denominator"], size=odd["denominator"])


def _totals(table: "pd.DataFrame") -> "pd.DataFrame":
    return table[table["type"].eq("count") & table["part"].eq("") & table["county"].eq("")]


def _years(counts: "pd.DataFrame", *, back: int) -> "pd.DataFrame":
    """Each value beside that of the same cell some years earlier."""
    known = counts[counts["value"].notna() & ~counts["once"]]
    slot = known["period"].str.slice(4)
    known = known.assign(slot=slot)
    older = known[[*SERIES, "slot", "year", "value"]].rename(columns={"value": "before"})
    older = older.assign(year=older["year"] + back).drop_duplicates([*SERIES, "slot", "year"])
    return known.merge(older, on=[*SERIES, "slot", "year"], how="inner")


def _against_total(parts: "pd.DataFrame", table: "pd.DataFrame", by: list[str]) -> "pd.DataFrame":
    known = parts[parts["value"].notna()]
    sums = (
        known.groupby(by)
        .agg(first=("value", "sum"), given=("value", "size"), needed=("needed", "first"))
        .reset_index()
    )
    key = ["indicator", "institution", "year", "period"]
    totals = table[table["part"].eq("") & table["county"].eq("") & table["value"].notna()]
    totals = totals[[*key, "value", "cellplace"]].rename(columns={"value": "second"})
    both = sums.merge(totals, on=key)
    complete = both["given"] >= both["needed"].fillna(np.inf)
    odd = both[(both["first"] > both["second"]) | (complete & (both["first"] < both["second"]))]
    return odd.assign(size=odd["first"] - odd["second"])


FINDERS: dict[str, Finder] = {
    "jump": jump,
    "same_as_last_year": same_as_last_year,
    "same_three_years": same_three_years,
    "copied_block": copied_block,
    "round_numbers": round_numbers,
    "counties_and_total": counties_and_total,
    "levels_and_total": levels_and_total,
    "parts_of_year": parts_of_year,
    "part_above_whole": part_above_whole,
    "share_outside": share_outside,
    "share_and_parts": share_and_parts,
    "tiny_denominator": tiny_denominator,
}
