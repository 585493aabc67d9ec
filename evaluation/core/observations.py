"""What institutions reported, as tidy tables: observations, states of measures, deliveries, corrections."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from evaluation.core.errors import IntakeError
from evaluation.core.provenance import Source

if TYPE_CHECKING:
    import pandas as pd

OBSERVATION_COLUMNS = (
    "observation",
    "indicator",
    "year",
    "period",
    "institution",
    "county",
    "group",
    "level",
    "value",
    "numerator",
    "denominator",
    "qualifier",
    "lower",
    "upper",
    "stage",
    "date",
    "text",
    "status",
    "reason",
    "remark",
    "delivery",
    "file",
    "sheet",
    "cell",
    "state",
    "superseded_by",
    "state_reason",
)
MEASURE_COLUMNS = (
    "measure",
    "year",
    "institution",
    "stage",
    "reason",
    "remark",
    "delivery",
    "file",
    "sheet",
    "cell",
    "state",
    "superseded_by",
    "state_reason",
)
DELIVERY_COLUMNS = (
    "delivery",
    "file",
    "digest",
    "year",
    "institution",
    "received",
    "form",
    "state",
    "reason",
    "rows_in",
    "rows_used",
    "rows_rejected",
)
CORRECTION_COLUMNS = ("delivery", "file", "sheet", "cell", "code", "outcome", "rows")
NUMBERS = {"year", "value", "numerator", "denominator", "lower", "upper"} | {
    "rows_in",
    "rows_used",
    "rows_rejected",
    "rows",
}

OBSERVATION_STATES = ("current", "superseded", "contradicted", "duplicate")
"""Only ``current`` rows are counted; the others stay beside them with ``state_reason``."""
OBSERVATION_STATUSES = ("reported", "not_available", "not_applicable")
QUALIFIERS = ("exact", "less_than", "more_than", "about")
STAGES = ("delivered", "under_way", "not_started", "dropped")
REASONS = (
    "no_budget",
    "no_staff",
    "no_legal_basis",
    "waiting_for_other_institution",
    "procurement_delayed",
    "changed_priorities",
    "no_data_system",
    "other",
)
"""Coded reasons of an unmet or partly met measure and of a value that is not available."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Observations:
    """The ledger of what was reported; the row types are the column lists of this module.

    ``period`` is a label of ``strategy.asked`` (``2025``, ``2025-S1``, ``2025-Q3``, ``2025-03``, ``2024-2026``);
    ``county`` and ``group``/``level`` are empty for a total. Shares are fractions of 1, money is in lei,
    durations in days. ``sources`` is one entry per year of returns: the folder and the digest of its files.
    """

    table: "pd.DataFrame"
    measures: "pd.DataFrame"
    deliveries: "pd.DataFrame"
    corrections: "pd.DataFrame"
    sources: tuple[Source, ...] = ()
    synthetic: bool = False

    def __post_init__(self) -> None:
        for name, table, columns in (
            ("observations", self.table, OBSERVATION_COLUMNS),
            ("measures", self.measures, MEASURE_COLUMNS),
            ("deliveries", self.deliveries, DELIVERY_COLUMNS),
            ("corrections", self.corrections, CORRECTION_COLUMNS),
        ):
            if tuple(table.columns) != columns:
                raise IntakeError(
                    f"{name}: the columns are not those of the ledger; make it with make_ledger."
                )

    def __repr__(self) -> str:
        return f"Observations({len(self.table)} rows, {len(self.deliveries)} deliveries, not released)"

    @property
    def current(self) -> "pd.DataFrame":
        """The rows that count: neither superseded, contradicted nor repeated."""
        return self.table[self.table["state"] == "current"]


def make_ledger(rows: list[dict[str, object]], columns: tuple[str, ...]) -> "pd.DataFrame":
    """A table with all the columns; missing text becomes an empty text, a missing number NaN."""
    import pandas as pd

    astray = sorted({str(name) for row in rows for name in row} - set(columns))
    if astray:
        raise IntakeError(f"ledger: {', '.join(astray)}: not a column of the ledger.")
    table = pd.DataFrame(rows, columns=list(columns))
    for name in columns:
        if name in NUMBERS:
            table[name] = pd.to_numeric(table[name], errors="raise").astype("float64")
        else:
            table[name] = table[name].astype(object).where(table[name].notna(), "").map(str).astype("str")
    return table
