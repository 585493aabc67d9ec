"""Small tables for the gate, written as rows of group, level and whole numbers."""

import pandas as pd

from evaluation.core.provenance import Provenance, Source
from evaluation.core.results import Released, Result, make_table
from evaluation.disclosure.policy import Policy, load_policies
from evaluation.strategy.request import UnitClass

STANDARD = load_policies()["standard"]
PUBLISHED = load_policies()["published_source"]


def small_policy(*, threshold: int, width: int) -> Policy:
    """A protecting policy with low figures, for tables that can be enumerated."""
    return Policy(
        name="small",
        kind="protect",
        reason={"ro": "probă", "en": "trial"},
        threshold=threshold,
        width=width,
        minimum_base=1,
        quantities={"count": "count"},
    )


def provenance(*files: str, digest: str = "d1", rows: int = 100) -> Provenance:
    return Provenance(tuple(Source(file, digest) for file in files), "count", rows, rows)


def counts(*rows: tuple[str, str, int], name: str = "table", digest: str = "d1") -> Result:
    """Counts of one measure and period: group, level, count."""
    table = make_table(
        [
            {
                "measure": "victims",
                "quantity": "count",
                "period": "2025",
                "group": g,
                "level": v,
                "estimate": c,
            }
            for g, v, c in rows
        ]
    )
    return Result(name, table, provenance("data_raw/cases.csv", digest=digest))


def shares(*rows: tuple[str, str, int, int], name: str = "shares", digest: str = "d1") -> Result:
    """Shares of one measure and period: group, level, numerator, denominator."""
    table = make_table(
        [
            {
                "measure": "informed",
                "quantity": "proportion",
                "period": "w1",
                "group": group,
                "level": level,
                "n": base,
                "numerator": count,
                "denominator": base,
                "estimate": count / base,
                "ci_low": 0.1,
                "ci_high": 0.9,
                "ci_level": 0.95,
            }
            for group, level, count, base in rows
        ]
    )
    return Result(name, table, provenance("data_raw/survey.csv", digest=digest))


def statistics(*rows: tuple[str, str, str, float, float]) -> Result:
    """Statistics: quantity, group, level, n, estimate."""
    table = make_table(
        [
            {"measure": "score", "quantity": q, "period": "w1", "group": g, "level": v, "n": n, "estimate": e}
            for q, g, v, n, e in rows
        ]
    )
    return Result("scores", table, provenance("data_raw/survey.csv"))


def suppressed(released: Released) -> list[str]:
    """The levels that the gate suppressed, in order of rows."""
    table = released.table
    return table.loc[table["status"] == "suppressed", "level"].tolist()


ACTIVITY = load_policies()["monitoring_activity"]
CLASSES = {
    "IND-P": UnitClass.PROTECTED,
    "IND-Q": UnitClass.PROTECTED,
    "IND-T": UnitClass.THING,
    "IND-O": UnitClass.OFFICIAL,
}
RETURNS = "data_raw/example/returns/2025"


def returned(name: str, *rows: dict[str, object], texts: dict[str, list[str]] | None = None) -> Result:
    """Rows of returned figures; what a row does not say is a count of the whole in 2025."""
    table = make_table([{"quantity": "count", "period": "2025", "level": "all"} | row for row in rows])
    return Result(name, table, provenance(RETURNS), None if texts is None else pd.DataFrame(texts))


def figure(measure: str, value: float, **more: object) -> dict[str, object]:
    return {"measure": measure, "estimate": value} | more
