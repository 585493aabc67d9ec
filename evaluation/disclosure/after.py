"""What a table, its words, its origin and its proofs look like after the audit."""

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from evaluation.core.provenance import Provenance
from evaluation.core.results import NUMBER_COLUMNS, Decision, Result
from evaluation.core.status import Status
from evaluation.disclosure.audit import Audited
from evaluation.disclosure.figures import NUMBERLESS, Row
from evaluation.disclosure.hide import small_rests
from evaluation.disclosure.policy import Policy

if TYPE_CHECKING:
    import pandas as pd

REASON = "small, or needed to keep a small figure from being worked out"
SUPPRESSED_LEVEL = Status.SUPPRESSED.value
NAMING_TEXTS = frozenset(
    {
        "label",
        "short",
        "name",
        "unit",
        "indicator",
        "code",
        "objective",
        "institutions",
        "county",
        "window",
        "source_rows",
        "direction_key",
        "kind_key",
        "role",
        "role_key",
        "period",
    }
)
"""Words that name a change; what else is said of a suppressed one could tell which way the figure went."""


def provenance_after(result: Result, rows: list[Row], suppressed: frozenset[int]) -> tuple[Provenance, bool]:
    """The origin without its row counts where one of them repeats a suppressed total."""
    origin = result.provenance
    printed = {origin.rows_in, origin.rows_used, *origin.excluded.values()}
    totals = {
        figure
        for row in rows
        if row.position in suppressed and not row.cats
        for figure, _ in row.figures.values()
    }
    if not printed & totals:
        return origin, False
    sources = tuple(replace(source, rows="") for source in origin.sources)
    return replace(origin, sources=sources, rows_in=0, rows_used=0, excluded={}), True


def table_after(table: "pd.DataFrame", part: Audited) -> "pd.DataFrame":
    """Suppressed rows without a number, and a suppressed change without its reading."""
    after = table.copy()
    status, level = after["status"].tolist(), after["level"].tolist()
    numbers = after[list(NUMBER_COLUMNS)].to_numpy(dtype=float, copy=True)
    for row in part.rows:
        numberless = row.status in NUMBERLESS or (row.kind == "change" and row.status is not Status.OK)
        if row.position in part.hidden or (row.status is Status.TOO_FEW and not row.figures):
            status[row.position] = Status.SUPPRESSED.value
            level[row.position] = SUPPRESSED_LEVEL if row.kind == "change" else level[row.position]
            numbers[row.position] = np.nan
        elif numberless:
            numbers[row.position] = np.nan
        elif row.status is Status.TOO_FEW:
            kept = [name in ("n", "denominator") for name in NUMBER_COLUMNS]
            numbers[row.position, ~np.array(kept)] = np.nan
        numbers[row.position, np.isin(NUMBER_COLUMNS, row.drops)] = np.nan
    for position, name in enumerate(NUMBER_COLUMNS):
        after[name] = numbers[:, position]
    for name, words in (("status", status), ("level", level)):
        after[name] = words
        after[name] = after[name].astype(table[name].dtype)
    return after


def texts_after(texts: "pd.DataFrame | None", part: Audited) -> "pd.DataFrame | None":
    """The words of the rows; of a suppressed change only those that name it."""
    if texts is None:
        return None
    after = texts.copy()
    silent = [row.kind == "change" and row.position in part.hidden for row in part.rows]
    for column in after.columns:
        if any(silent) and str(column).rsplit(".", 1)[0] not in NAMING_TEXTS:
            after[column] = ["" if quiet else word for quiet, word in zip(silent, after[column], strict=True)]
    return after


def decisions_of(result_id: str, policy: Policy, part: Audited) -> tuple[Decision, ...]:
    """What was decided on the table and on each suppressed row; all suppressed rows give the same reason."""
    count = len(part.hiding.attack.pairs)
    audit = f"{count} figures protected, each by two tables that agree with what is shown"
    return (
        Decision(result_id, policy.name, "release", policy.reason["en"]),
        Decision(result_id, policy.name, "audit", audit),
        *(Decision(result_id, policy.name, "suppress", REASON, row) for row in sorted(part.hidden)),
    )


def witnesses_of(part: Audited, policy: Policy) -> tuple[dict[str, object], ...]:
    """What adds up and where it is printed, then the whole tables, then the two tables of each figure."""
    found, system = part.hiding.attack, part.system
    dropped = {(row.position, column) for row in part.rows for column in row.drops}
    frame: dict[str, object] = {
        "kind": "system",
        "threshold": policy.threshold,
        "width": policy.width,
        "names": list(system.names),
        "equations": [[list(term) for term in equation] for equation in system.equations],
        "places": [list(place) for place in system.places if place[1:] not in dropped],
        "guards": [[row, list(system.guards[row])] for row in sorted(part.hiding.rows)],
        "population": [row.position for row in part.rows if row.kind in ("rate", "coverage")],
        "rests": sorted(small_rests(system, policy)),
        "derived": [[row, list(sources)] for row, sources in sorted(part.sources.items())],
    }
    tables = (
        {"kind": "table", "table": number, "values": [list(item) for item in sorted(table.items())]}
        for number, table in enumerate(found.tables)
    )
    pairs = (
        {"kind": "cell", "cell": cell, "lower": lower, "upper": upper}
        for cell, (lower, upper) in sorted(found.pairs.items())
    )
    return (frame, *tables, *pairs)
