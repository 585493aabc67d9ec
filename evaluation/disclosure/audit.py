"""The audit of protected tables, one or several together: which rows to suppress, and what proves it."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from evaluation.core.errors import DisclosureError
from evaluation.core.results import Result, check_table
from evaluation.disclosure.attack import Attack, attack
from evaluation.disclosure.changes import AWAITED, Sources, find_sources
from evaluation.disclosure.figures import Row, read_rows
from evaluation.disclosure.hide import Hiding, choose_hiding, problem_of, small_rests
from evaluation.disclosure.policy import Policy
from evaluation.disclosure.structure import Structure
from evaluation.disclosure.system import System, build_system


@dataclass(frozen=True, slots=True, eq=False)
class Audited:
    """One table after the audit; ``hidden`` are all rows to suppress, those of the system and the others.

    ``sources`` maps a change to its rows in the same table; the rows of a change may lie in another table
    of the same audit.
    """

    rows: list[Row]
    system: System
    hiding: Hiding
    hidden: frozenset[int]
    sources: Sources


def audit(results: Sequence[Result], policy: Policy, structure: Structure) -> list[Audited]:
    """Tables audited as one: figures of the same name are one figure, suppressed everywhere or nowhere.

    A row of several tables is counted through them in their order when an error names it.
    """
    deadline = time.monotonic() + policy.time_limit
    name = ", ".join(result.id for result in results)
    if structure.equations and len(results) > 1:
        raise DisclosureError(f"{name}: equations name rows of one table; release that table by itself.")
    rows: list[Row] = []
    records: list[dict[Any, Any]] = []
    starts: list[int] = []
    for result in results:
        check_table(result.table, result.id)
        starts.append(len(rows))
        own = read_rows(result, policy, reported=structure.reported)
        rows += [replace(row, position=row.position + starts[-1]) for row in own]
        records += result.table.to_dict("records")
    sources = find_sources(name, rows, records, policy)
    numbered = [row for row in rows if not row.withheld and row.position not in sources]
    system, hiding = _hide(name, numbered, policy, structure, deadline)
    hidden = set(hiding.rows) | {row.position for row in rows if row.withheld}
    hidden |= {
        change
        for change, made_of in sources.items()
        if hidden.intersection(made_of) or (not made_of and rows[change].status not in AWAITED)
    }
    if len(results) == 1:
        return [Audited(rows, system, hiding, frozenset(hidden), sources)]
    ends = [*starts[1:], len(rows)]
    return [
        _part(
            result, rows, (start, end), hidden, sources, policy=policy, structure=structure, deadline=deadline
        )
        for result, start, end in zip(results, starts, ends, strict=True)
    ]


def _hide(
    name: str, rows: list[Row], policy: Policy, structure: Structure, deadline: float
) -> tuple[System, Hiding]:
    """What to suppress, measure by measure and period by period: no figure is linked across these.

    The same measure is then suppressed in the same way whatever else a call releases. Refused when nothing
    would be left that was not small by itself; of returned figures, which are many, this may be.
    """
    parts: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        parts.setdefault(("", "") if structure.equations else (row.measure, row.period), []).append(row)
    whole = System()
    tables: list[dict[int, int]] = []
    pairs: dict[int, tuple[int, int]] = {}
    hidden: set[int] = set()
    alone = True
    for part in parts.values():
        system = build_system(name, part, structure)
        found = choose_hiding(name, system, part, policy, deadline)
        offset, first = whole.append(system), len(tables)
        tables += [{cell + offset: figure for cell, figure in one.items()} for one in found.attack.tables]
        pairs |= {
            cell + offset: (low + first, high + first) for cell, (low, high) in found.attack.pairs.items()
        }
        hidden |= found.rows
        alone = alone and found.alone
    if hidden == {row.position for row in rows if row.figures} and not (alone or structure.reported):
        raise DisclosureError(f"{name}: every row would have to be suppressed; make the table coarser.")
    return whole, Hiding(frozenset(hidden), Attack(tuple(tables), pairs, ()), alone)


def _part(
    result: Result,
    rows: list[Row],
    span: tuple[int, int],
    hidden: set[int],
    sources: Sources,
    *,
    policy: Policy,
    structure: Structure,
    deadline: float,
) -> Audited:
    """One table of several with proofs of its own, so that it can be checked by itself."""
    start, end = span
    own = [replace(row, position=row.position - start) for row in rows[start:end]]
    inside = {change - start: made_of for change, made_of in sources.items() if start <= change < end}
    numbered = [row for row in own if not row.withheld and row.position not in inside]
    suppressed = {place - start for place in hidden if start <= place < end}
    system = build_system(result.id, numbered, structure)
    in_system = suppressed & {row.position for row in numbered}
    found = attack(problem_of(result.id, system, in_system, policy=policy, deadline=deadline))
    required = {cell for row in in_system for cell in system.guards[row]} | small_rests(system, policy)
    if required.intersection(found.exposed):
        raise DisclosureError(
            f"{result.id}: what is safe beside the other tables is not safe alone; make the table coarser."
        )
    here = {
        change: tuple(place - start for place in made_of if start <= place < end)
        for change, made_of in inside.items()
    }
    return Audited(own, system, Hiding(frozenset(in_system), found), frozenset(suppressed), here)
