"""Result types: they tell on which floor a table stands, and none of them prints a row."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from evaluation.core.errors import AnalysisError
from evaluation.core.provenance import Provenance
from evaluation.core.status import Status

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (
    "measure",
    "quantity",
    "period",
    "group",
    "level",
    "n",
    "numerator",
    "denominator",
    "estimate",
    "ci_low",
    "ci_high",
    "ci_level",
    "p_value",
    "p_adjusted",
    "method",
    "status",
)
TEXT_COLUMNS = ("measure", "quantity", "period", "group", "level", "method", "status")
NUMBER_COLUMNS = tuple(name for name in COLUMNS if name not in TEXT_COLUMNS)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Result:
    """Estimates before the gate: one row each, always the columns of ``COLUMNS``.

    ``texts`` holds the words that belong to the rows, same index, columns named ``<field>.ro`` and
    ``<field>.en``; it never holds an answer of a person.
    """

    id: str
    table: "pd.DataFrame"
    provenance: Provenance
    texts: "pd.DataFrame | None" = None

    def __post_init__(self) -> None:
        check_table(self.table, self.id)
        if self.texts is not None and not self.texts.index.equals(self.table.index):
            raise AnalysisError(f"{self.id}: texts and table have different rows; build them together.")

    def __repr__(self) -> str:
        return f"Result({self.id!r}, {len(self.table)} rows, not released)"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Listing:
    """Words before the gate: definitions and published text, one row each, columns ``<field>.ro|en``."""

    id: str
    texts: "pd.DataFrame"
    provenance: Provenance

    def __repr__(self) -> str:
        return f"Listing({self.id!r}, {len(self.texts)} rows, not released)"


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision of the gate on one cell or on a whole table, with its reason."""

    result: str
    policy: str
    action: str
    reason: str
    row: int | None = None


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Released:
    """What may be read by the public; only the gate in ``disclosure`` makes one.

    ``table`` is empty for a listing, ``texts`` is None for bare estimates. ``witnesses`` holds, for each
    protected cell, the two integer tables that agree with everything published.
    """

    id: str
    table: "pd.DataFrame"
    texts: "pd.DataFrame | None"
    provenance: Provenance
    policy: str
    decisions: tuple[Decision, ...]
    witnesses: tuple[dict[str, object], ...] = ()

    def __repr__(self) -> str:
        rows = len(self.table) if self.texts is None else len(self.texts)
        return f"Released({self.id!r}, {rows} rows)"


def make_table(rows: list[dict[str, object]]) -> "pd.DataFrame":
    """A table with all the fixed columns from rows that name only those they have.

    Missing text becomes an empty text, a missing number NaN, a missing status ``ok``.
    """
    import pandas as pd

    astray = sorted({str(name) for row in rows for name in row} - set(COLUMNS))
    if astray:
        raise AnalysisError(
            f"table: {', '.join(astray)}: not one of the fixed columns; its values would be lost."
        )
    table = pd.DataFrame(rows).reindex(columns=list(COLUMNS))
    for name in TEXT_COLUMNS:
        blank = Status.OK.value if name == "status" else ""
        table[name] = table[name].astype(object).where(table[name].notna(), blank).map(str).astype("str")
    for name in NUMBER_COLUMNS:
        numbers = pd.to_numeric(table[name], errors="coerce").astype("float64")
        wrong = numbers.isna() & table[name].notna()
        if wrong.any():
            raise AnalysisError(
                f"table: row {_first(wrong)}, column {name}: not a number; give its status instead."
            )
        table[name] = numbers
    return table.reset_index(drop=True)


def check_table(table: "pd.DataFrame", result_id: str) -> None:
    """The fixed columns in order, known statuses, and a number exactly where the status says so."""
    if tuple(table.columns) != COLUMNS:
        raise AnalysisError(f"{result_id}: the table must have the fixed columns, all of them, in order.")
    unknown = ~table["status"].isin([status.value for status in Status])
    if unknown.any():
        raise AnalysisError(f"{result_id}: row {_first(unknown)} has an unknown status.")
    disagree = table["estimate"].notna() != (table["status"] == Status.OK.value)
    if disagree.any():
        raise AnalysisError(
            f"{result_id}: row {_first(disagree)}: an estimate is given exactly when the status is ok."
        )


def _first(marked: "pd.Series[bool]") -> int:
    return int(marked.to_numpy().argmax())
