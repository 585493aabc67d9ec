"""A returned file as plain cells, and what a reader makes of it: the types that the readers share."""

from dataclasses import dataclass, field

CellValue = str | float | int | bool | None


@dataclass(frozen=True, slots=True)
class RawCell:
    """One filled cell; row and column count from 1. Dates arrive as ISO text with ``kind`` date.

    ``kind`` is text, number, date, bool, error, or ``formula`` when a formula has no cached value.
    """

    row: int
    column: int
    value: CellValue
    kind: str = "text"
    number_format: str = "General"


@dataclass(frozen=True, slots=True)
class RawSheet:
    """One sheet: its filled cells by place, merged ranges (first row, first column, last row, last column)."""

    name: str
    hidden: bool
    cells: dict[tuple[int, int], RawCell]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class RawBook:
    """A file opened safely; ``properties`` are the names of noticed traits, such as ``cp1250``."""

    file: str
    digest: str
    sheets: tuple[RawSheet, ...]
    properties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Correction:
    """Something found in a file: where, the code of ``problems.yaml``, and how many rows it concerns."""

    sheet: str
    cell: str
    code: str
    rows: int = 1


@dataclass(slots=True)
class Reading:
    """What a reader got out of one file, before the ledger gives it ids, delivery and state.

    ``observations`` and ``measures`` are records with the ledger's column names (those a reader can know);
    ``rows_in`` counts the filled rows that hold something reported.
    """

    form: str
    institution: str
    year: int
    observations: list[dict[str, object]] = field(default_factory=list)
    measures: list[dict[str, object]] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)
    rows_in: int = 0
    rows_used: int = 0
    rows_rejected: int = 0
    synthetic: bool = False
