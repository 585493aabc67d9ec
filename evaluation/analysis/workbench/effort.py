"""Preventive effort by county from the ledger of observations, as a range of people reached."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evaluation.analysis.workbench._counties import counted
from evaluation.core.observations import Observations
from evaluation.core.provenance import Provenance, Source

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Effort:
    """County, low, high, missing: at least the largest figure, at most the sum of all; figures not given."""

    table: "pd.DataFrame"
    provenance: Provenance

    def __repr__(self) -> str:
        return f"Effort({len(self.table)} counties, not released)"


def effort_by_county(observations: Observations, *, indicators: Sequence[str], year: int) -> Effort:
    """People reached in each county, from the current county totals of the indicators for a year.

    The same person may be in several figures, so the number of people lies between the largest figure and
    the sum. A figure given as a range ("fewer than five") enters with its own ends; one without a number is
    left out and counted (``missing``, by county), and a county without any figure is absent, never zero.
    """
    import pandas as pd

    rows = observations.current
    wanted = rows[
        rows["indicator"].isin(indicators)
        & (rows["year"] == year)
        & (rows["county"] != "")
        & (rows["group"] == "")
    ]
    ends = pd.DataFrame(
        {
            "county": wanted["county"],
            "low": wanted["value"].fillna(wanted["lower"]),
            "high": wanted["value"].fillna(wanted["upper"]),
        }
    )
    usable = ends[wanted["status"].eq("reported") & ends["low"].notna() & ends["high"].notna()]
    groups = usable.groupby("county", sort=True)
    asked = wanted[wanted["status"] != "not_applicable"].groupby("county").size()
    table = pd.DataFrame({"low": groups["low"].max(), "high": groups["high"].sum()})
    table["missing"] = asked.reindex(table.index).fillna(0).astype("int64") - groups.size()
    table = table.rename_axis("county").reset_index()
    provenance = counted(
        Provenance(observations.sources, "", len(wanted), len(wanted), synthetic=observations.synthetic),
        method="county totals: largest figure to sum",
        rows_in=len(wanted),
        rows_used=len(usable),
        reason="no number reported",
    )
    return Effort(table, provenance)


def join_provenance(*parts: Provenance, method: str) -> Provenance:
    """One origin for what was computed from several tables; rows and exclusions add up, and one part that is
    invented makes the whole invented."""
    sources: list[Source] = []
    excluded: dict[str, int] = {}
    for part in parts:
        sources += [source for source in part.sources if source not in sources]
        for reason, number in part.excluded.items():
            excluded[reason] = excluded.get(reason, 0) + number
    rows_in, rows_used = sum(part.rows_in for part in parts), sum(part.rows_used for part in parts)
    invented = any(part.synthetic for part in parts)
    return Provenance(tuple(sources), method, rows_in, rows_used, excluded, synthetic=invented)
