"""The reported rows of a year put together: periods, institutions and counties, and what is still missing."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from evaluation.analysis.monitoring._rows import gather_places

if TYPE_CHECKING:
    import pandas as pd

ANSWERED = ("reported", "not_applicable")
CELL = ["indicator", "year", "level", "institution"]
KEY = ["indicator", "year", "level"]
NUMBERS = ["value", "numerator", "denominator", "lower", "upper"]
NEEDED = {"year": 1, "half": 2, "quarter": 4, "month": 12}
RANK = {"asked": 0, "year": 1, "half": 2, "quarter": 3, "month": 4}


def annual_cells(
    table: "pd.DataFrame", asked: "pd.DataFrame", *, group: str
) -> tuple["pd.DataFrame", "pd.DataFrame"]:
    """What was asked and answered for each indicator, year and level, and the rows that make up the answer.

    ``table`` holds the current rows of the years and indicators wanted, ``asked`` what was asked for them.
    An institution's year is taken from the periods asked for; failing these, from a row for the whole year, or
    from a full set of shorter periods, where the periods asked for make up the year. Without a national row it
    is the sum of its counties, complete when every county asked is there.
    """
    wanted = _wanted(asked, group)
    rows = _with_level(table, group)
    if group == "":
        rows = _with_counties(rows, table, asked)
    rows = rows.merge(_spans(wanted), on=["indicator", "year", "institution"], how="inner")
    rows["block"] = _blocks(rows, wanted)
    chosen = _choose(rows)
    return _summarise(chosen, rows, wanted), chosen


def _wanted(asked: "pd.DataFrame", group: str) -> "pd.DataFrame":
    """The totals asked, or the parts; of a breakdown without fixed levels, the totals stand for its levels."""
    totals = asked[(asked["county"] == "") & (asked["group"] == "")].assign(level="all")
    if group == "":
        return totals
    if group == "county":
        parts = asked[asked["county"] != ""]
        return parts.assign(level=parts["county"])
    parts = asked[asked["group"] == group]
    return parts if len(parts) else totals


def _with_level(table: "pd.DataFrame", group: str) -> "pd.DataFrame":
    if group == "":
        return table[(table["county"] == "") & (table["group"] == "")].assign(level="all")
    if group == "county":
        part = table[(table["county"] != "") & (table["group"] == "")]
        return part.assign(level=part["county"])
    return table[(table["county"] == "") & (table["group"] == group)].copy()


def _with_counties(rows: "pd.DataFrame", table: "pd.DataFrame", asked: "pd.DataFrame") -> "pd.DataFrame":
    """Adds, for a cell without a national row, the sum of its county rows; too few counties leave it open."""
    import pandas as pd

    by = ["indicator", "year", "institution", "period"]
    counties = table[(table["county"] != "") & (table["group"] == "") & table["status"].isin(ANSWERED)]
    national = rows.loc[rows["status"].isin(ANSWERED), by].drop_duplicates().assign(known=True)
    counties = counties.merge(national, on=by, how="left")
    counties = counties[counties["known"].isna()]
    if counties.empty:
        return rows
    needed = asked[asked["county"] != ""].groupby(by).size().rename("needed").reset_index()
    sums = _add_up(counties, by).merge(needed, on=by, how="left")
    sums["status"] = "reported"
    sums.loc[sums["cells"] < sums["needed"].fillna(1), "status"] = "part_counties"
    return pd.concat([rows, sums.assign(level="all")], ignore_index=True)


def _add_up(rows: "pd.DataFrame", by: Sequence[str]) -> "pd.DataFrame":
    """Sums over rows; a number that one of them lacks is missing in the sum."""
    rows = rows.assign(lower=rows["lower"].fillna(rows["value"]), upper=rows["upper"].fillna(rows["value"]))
    grouped = rows.groupby(list(by), sort=False)
    sums = grouped[NUMBERS].sum(min_count=1)
    lacking = grouped[NUMBERS].count().lt(grouped.size(), axis=0)
    sums = sums.mask(lacking).assign(cells=grouped.size())
    first = grouped[["qualifier", "file", "sheet", "cell", "reason"]].first()
    return sums.join(first).reset_index()


def _spans(wanted: "pd.DataFrame") -> "pd.DataFrame":
    """How many periods each institution was asked for, and whether they make up the calendar year."""
    one = wanted.drop_duplicates(["indicator", "year", "institution", "period"])
    grouped = one.assign(kind=_kinds(one["period"])).groupby(["indicator", "year", "institution"])
    spans = grouped.agg(periods=("period", "size"), kind=("kind", "first"), kinds=("kind", "nunique"))
    full = spans["kind"].map(NEEDED).eq(spans["periods"]) & spans["kinds"].eq(1)
    return spans.assign(whole_year=full)[["periods", "whole_year"]].reset_index()


def _kinds(period: "pd.Series[str]") -> "pd.Series[str]":
    """What kind of span a period's label names; a span of years is none of them."""
    kind = period.where(period.str.len() != 4, "year")
    for mark, name in ((r"^\d{4}-S\d$", "half"), (r"^\d{4}-Q\d$", "quarter"), (r"^\d{4}-\d{2}$", "month")):
        kind = kind.where(~period.str.match(mark), name)
    return kind


def _blocks(rows: "pd.DataFrame", wanted: "pd.DataFrame") -> "pd.Series[str]":
    by = ["indicator", "year", "institution", "period"]
    known = rows[by].merge(wanted[by].drop_duplicates().assign(known=True), on=by, how="left")["known"]
    return _kinds(rows["period"]).where(known.isna().to_numpy(), "asked")


def _choose(rows: "pd.DataFrame") -> "pd.DataFrame":
    """Of each institution's year the periods asked for, or else another complete set of periods."""
    by = [*CELL, "block"]
    answered = rows[rows["status"].isin(ANSWERED)]
    sets = answered.drop_duplicates([*by, "period"]).groupby(by, sort=False)
    found = sets.agg(
        answered=("period", "size"), periods=("periods", "first"), whole_year=("whole_year", "first")
    ).reset_index()
    needed = found["block"].map(NEEDED).astype("float64")
    asked_for = found["block"] == "asked"
    found["needed"] = needed.where(~asked_for, found["periods"])
    found["complete"] = (found["answered"] >= found["needed"]) & (asked_for | found["whole_year"])
    found = found[found["complete"] | asked_for]
    found = found.assign(rank=found["block"].map(RANK)).sort_values(
        ["complete", "rank"], ascending=[False, True], kind="stable"
    )
    best = found.drop_duplicates(CELL)[[*by, "complete"]]
    chosen = rows[rows["status"].isin((*ANSWERED, "part_counties"))]
    part = chosen["status"].eq("part_counties") & chosen["block"].eq("asked")
    taken = chosen.merge(best, on=by, how="left")
    keep = taken["complete"].notna() | part.to_numpy()
    return taken[keep].assign(complete=taken["complete"].fillna(False).astype(bool))


def _summarise(chosen: "pd.DataFrame", rows: "pd.DataFrame", wanted: "pd.DataFrame") -> "pd.DataFrame":
    """One row for each indicator, year and level: numbers, cells asked and answered, reason of what is missing."""
    import pandas as pd

    counted = chosen.assign(
        weighted=chosen["value"] * chosen["denominator"],
        reported=chosen["status"].isin(("reported", "part_counties")),
        done=chosen["status"].isin(ANSWERED),
    )
    answers = counted[counted["done"]].drop_duplicates([*CELL, "period"])
    per_institution = answers.groupby(CELL, sort=False).agg(
        answered=("period", "size"), periods=("periods", "first"), complete=("complete", "first")
    )
    per_institution["answered"] = per_institution["answered"].where(
        ~per_institution["complete"], per_institution["periods"]
    )
    summary = per_institution.groupby(KEY, sort=False)["answered"].sum().to_frame()
    given = counted[counted["reported"]]
    sums = _add_up(given, KEY).set_index(KEY)
    grouped = given.assign(about=given["qualifier"] == "about", whole=given["status"] == "reported").groupby(
        KEY, sort=False
    )
    extra = grouped.agg(weighted=("weighted", "sum"), about=("about", "any"), whole=("whole", "all"))
    extra["weighted"] = extra["weighted"].where(grouped["weighted"].count() == grouped.size())
    partial = grouped["value"].sum(min_count=1).rename("came")
    summary = summary.join([sums[[*NUMBERS, "cells"]], extra, partial], how="outer")
    grid = _grid(wanted, rows)
    return pd.concat([grid.set_index(KEY), summary], axis=1).loc[grid.set_index(KEY).index].reset_index()


def _grid(wanted: "pd.DataFrame", rows: "pd.DataFrame") -> "pd.DataFrame":
    """Every indicator, year and level asked or reported, with the number of cells asked."""
    import pandas as pd

    cells = wanted.drop_duplicates([*KEY, "institution", "period"])
    asked = cells.groupby(KEY, sort=False).agg(asked=("period", "size")).reset_index()
    levels = rows[KEY].drop_duplicates()
    if set(wanted["level"]) == {"all"} and not (set(levels["level"]) <= {"all"}):
        asked = asked[asked["level"] != "all"].iloc[:0]
    known = levels.merge(asked[KEY], on=KEY, how="left", indicator=True)
    open_levels = known[known["_merge"] == "left_only"][KEY]
    totals = cells.drop_duplicates(["indicator", "year", "institution", "period"])
    sizes = totals.groupby(["indicator", "year"]).agg(asked=("period", "size")).reset_index()
    asked = pd.concat([asked, open_levels.merge(sizes, on=["indicator", "year"], how="inner")])
    once = totals.drop_duplicates(["indicator", "year", "institution"])
    names = once.groupby(["indicator", "year"])["institution"].agg(", ".join).rename("institutions")
    return asked.merge(names.reset_index(), on=["indicator", "year"], how="left")


def missing_reasons(table: "pd.DataFrame") -> dict[tuple[str, int], str]:
    """The reason given most often for a value that is not available, by indicator and year.

    Rows that contradict each other and were set aside count as ``contradicted`` where no reason is given.
    """
    if table.empty:
        return {}
    away = table[(table["status"] == "not_available") & (table["state"] == "current")]
    reason = away["reason"].where(away["reason"] != "", "not_available")
    counts = reason.groupby([away["indicator"], away["year"], reason]).size().sort_values(kind="stable")
    found = {(str(key[0]), round(key[1])): str(key[2]) for key in counts.index.tolist()}
    against = table.loc[table["state"] == "contradicted", ["indicator", "year"]]
    for indicator, year in zip(against["indicator"], against["year"], strict=True):
        found.setdefault((str(indicator), round(year)), "contradicted")
    return found


def cell_places(chosen: "pd.DataFrame") -> dict[tuple[str, ...], str]:
    """Where the counted rows stand, by indicator, year and level."""
    return gather_places(chosen.assign(year=chosen["year"].astype("int64")), KEY)
