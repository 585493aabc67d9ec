"""The register: every number a reader sees, from page to cell; generated, never typed."""

import math
from dataclasses import asdict, dataclass

from evaluation.core.results import Released
from evaluation.core.status import Status
from evaluation.disclosure.joining import policy_of


@dataclass(frozen=True, slots=True)
class Entry:
    """One number: where it comes from, how it was made, what the gate decided."""

    id: str
    result: str
    row: int
    column: str
    measure: str
    quantity: str
    period: str
    group: str
    level: str
    value: float | None
    ci_low: float | None
    ci_high: float | None
    n: float | None
    status: str
    method: str
    sources: tuple[dict[str, str], ...]
    policy: str
    decision: str
    kit_version: str
    synthetic: bool = False

    def as_record(self) -> dict[str, object]:
        """The entry as plain values, for JSON."""
        return asdict(self)


def make_entry(released: Released, row: int, column: str) -> Entry:
    """The register entry of one cell of a released table; its id depends on the cell alone."""
    line = released.table.loc[row]
    own = [one.action for one in released.decisions if one.row == row]
    policy = policy_of(released, row)
    general = [one.action for one in released.decisions if one.row is None and one.policy == policy]
    return Entry(
        id=f"{released.id}.{row + 1}.{column}",
        result=released.id,
        row=row + 1,
        column=column,
        measure=str(line["measure"]),
        quantity=str(line["quantity"]),
        period=str(line["period"]),
        group=str(line["group"]),
        level=str(line["level"]),
        value=_number(line[column]) if line["status"] == Status.OK else None,
        ci_low=_number(line["ci_low"]),
        ci_high=_number(line["ci_high"]),
        n=_number(line["n"]),
        status=str(line["status"]),
        method=str(line["method"]) or released.provenance.method,
        sources=row_sources(released, row),
        policy=policy,
        decision=(own or general or ["released"])[0],
        kit_version=released.provenance.kit_version,
        synthetic=released.provenance.synthetic,
    )


def row_sources(released: Released, row: int) -> tuple[dict[str, str], ...]:
    """The sources of one row: those its texts name by ``source_rows``, otherwise all of the result's."""
    narrowed = ""
    if released.texts is not None and "source_rows" in released.texts.columns:
        narrowed = str(released.texts.loc[row, "source_rows"])
    return tuple(
        {"file": one.file, "digest": one.digest, "rows": narrowed or one.rows, "sheet": one.sheet}
        for one in released.provenance.sources
    )


def _number(value: float) -> float | None:
    return None if math.isnan(value) else float(value)
