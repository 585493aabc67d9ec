"""The gate: the only place where a released table is made."""

import time
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

import numpy as np

from evaluation.core.errors import DisclosureError
from evaluation.core.provenance import Provenance
from evaluation.core.results import (
    NUMBER_COLUMNS,
    Decision,
    Listing,
    Released,
    Result,
    check_table,
    make_table,
)
from evaluation.core.status import Status
from evaluation.disclosure.figures import NUMBERLESS, Row, read_rows
from evaluation.disclosure.hide import Hiding, choose_hiding
from evaluation.disclosure.policy import Policy
from evaluation.disclosure.structure import Structure
from evaluation.disclosure.system import System, build_system
from evaluation.disclosure.verify import check_witnesses

if TYPE_CHECKING:
    import pandas as pd

    from evaluation.core.provenance import Source

REASON = "small, or needed to keep a small figure from being worked out"
WITHHELD = "the row counts of the origin repeat a suppressed total; they are given as 0"


def release(result: Result | Listing, policy: Policy, *, structure: Structure | None = None) -> Released:
    """What may be read of a result under a policy, with every decision and the witnesses of protection.

    Statuses without a number stay; a suppressed row loses all its numbers. Whatever goes wrong keeps the
    gate closed: the error names the table and never a value.
    """
    try:
        if policy.kind == "published":
            return _release_published(result, policy)
        if policy.kind != "protect":
            raise DisclosureError(f"{result.id}: the policy has an unknown kind; use one of the policy file.")
        if isinstance(result, Listing):
            raise DisclosureError(
                f"{result.id}: words are released under a policy for published sources only."
            )
        return _release_protected(result, policy, structure or Structure())
    except DisclosureError:
        raise
    except Exception as error:
        problem = type(error).__name__
    raise DisclosureError(f"{result.id}: the gate stopped ({problem}); nothing is released.")


def _release_published(result: Result | Listing, policy: Policy) -> Released:
    sources = result.provenance.sources
    if not sources:
        raise DisclosureError(
            f"{result.id}: no source is named; published figures need the file they come from."
        )
    for number, source in enumerate(sources):
        if not _is_allowed(source, policy.roots):
            raise DisclosureError(
                f"{result.id}: source {number} is not a published one; release it under a protecting policy."
            )
    if isinstance(result, Result):
        check_table(result.table, result.id)
    table = result.table.copy() if isinstance(result, Result) else make_table([])
    decision = Decision(result.id, policy.name, "keep", policy.reason["en"])
    texts = None if result.texts is None else result.texts.copy()
    return Released(result.id, table, texts, result.provenance, policy.name, (decision,))


def _is_allowed(source: "Source", roots: tuple[str, ...]) -> bool:
    """The file is written as a plain path below one of the roots, and its content is identified."""
    parts = source.file.split("/")
    plain = "\\" not in source.file and not {"", ".", ".."}.intersection(parts)
    return plain and bool(source.digest) and any(fnmatchcase(source.file, root) for root in roots)


def _release_protected(result: Result, policy: Policy, structure: Structure) -> Released:
    deadline = time.monotonic() + policy.time_limit
    check_table(result.table, result.id)
    rows = read_rows(result, policy)
    system = build_system(result.id, rows, structure)
    hiding = choose_hiding(result.id, system, rows, policy, deadline)
    provenance, withheld = _provenance_after(result, rows, hiding.rows)
    decisions = _decisions(result.id, policy, hiding)
    if withheld:
        decisions = (*decisions, Decision(result.id, policy.name, "withhold", WITHHELD))
    released = Released(
        result.id,
        _table_after(result.table, rows, hiding.rows),
        None if result.texts is None else result.texts.copy(),
        provenance,
        policy.name,
        decisions,
        _witnesses(system, rows, hiding, policy),
    )
    check_witnesses(released)
    return released


def _provenance_after(result: Result, rows: list[Row], suppressed: frozenset[int]) -> tuple[Provenance, bool]:
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


def _table_after(table: "pd.DataFrame", rows: list[Row], suppressed: frozenset[int]) -> "pd.DataFrame":
    after = table.copy()
    status = after["status"].tolist()
    numbers = after[list(NUMBER_COLUMNS)].to_numpy(dtype=float, copy=True)
    for row in rows:
        if row.position in suppressed or (row.status is Status.TOO_FEW and not row.figures):
            status[row.position] = Status.SUPPRESSED.value
            numbers[row.position] = np.nan
        elif row.status in NUMBERLESS:
            numbers[row.position] = np.nan
        elif row.status is Status.TOO_FEW:
            kept = [name in ("n", "denominator") for name in NUMBER_COLUMNS]
            numbers[row.position, ~np.array(kept)] = np.nan
    for position, name in enumerate(NUMBER_COLUMNS):
        after[name] = numbers[:, position]
    after["status"] = status
    after["status"] = after["status"].astype(table["status"].dtype)
    return after


def _decisions(result_id: str, policy: Policy, hiding: Hiding) -> tuple[Decision, ...]:
    audit = f"{len(hiding.attack.pairs)} figures protected, each by two tables that agree with what is shown"
    return (
        Decision(result_id, policy.name, "release", policy.reason["en"]),
        Decision(result_id, policy.name, "audit", audit),
        *(Decision(result_id, policy.name, "suppress", REASON, row) for row in sorted(hiding.rows)),
    )


def _witnesses(
    system: System, rows: list[Row], hiding: Hiding, policy: Policy
) -> tuple[dict[str, object], ...]:
    found = hiding.attack
    frame: dict[str, object] = {
        "kind": "system",
        "threshold": policy.threshold,
        "width": policy.width,
        "names": list(system.names),
        "equations": [[list(term) for term in equation] for equation in system.equations],
        "places": [list(place) for place in system.places],
        "guards": [[row, list(system.guards[row])] for row in sorted(hiding.rows)],
        "population": [row.position for row in rows if row.kind == "rate"],
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
