"""An independent check of a released table: re-adds the witnesses with whole numbers and no solver."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from evaluation.core.errors import DisclosureError
from evaluation.core.results import NUMBER_COLUMNS, Released
from evaluation.core.status import Status


def check_witnesses(released: Released) -> None:
    """Every suppressed figure has two whole tables that re-add to what is printed, far enough apart.

    A table kept under a policy for published figures has nothing suppressed by the gate and no witnesses.
    """
    check_parts(
        released.id,
        released.table.to_dict("records"),
        [decision.action for decision in released.decisions],
        released.witnesses,
    )


def check_parts(
    name: str,
    rows: Sequence[Mapping[Any, Any]],
    actions: Sequence[str],
    witnesses: Sequence[Mapping[str, Any]],
) -> None:
    """The same check on the parts of a released table as they lie in a file; an absent number is NaN."""
    if not witnesses:
        if any(action != "keep" for action in actions):
            raise DisclosureError(f"{name}: the witnesses are missing; release the table again.")
        return
    frame = _only_system(name, witnesses)
    printed = _printed(name, rows, frame)
    _check_rows(name, rows, frame)
    tables = {entry["table"]: dict(entry["values"]) for entry in _of_kind(witnesses, "table")}
    for number, table in tables.items():
        _check_table(name, number, frame["equations"], printed, table)
    _check_pairs(name, rows, frame, tables, _of_kind(witnesses, "cell"))


def read_place(row: Mapping[str, Any], column: str) -> float:
    """The whole number that a printed row gives for one of its figures."""
    if column != "share":
        return float(row[column])
    base = row["n"] if math.isnan(row["denominator"]) else row["denominator"]
    return float(round(row["estimate"] * base))


def _of_kind(witnesses: Sequence[Mapping[str, Any]], kind: str) -> list[Mapping[str, Any]]:
    return [entry for entry in witnesses if entry["kind"] == kind]


def _only_system(name: str, witnesses: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    systems = _of_kind(witnesses, "system")
    if len(systems) != 1:
        raise DisclosureError(f"{name}: the witnesses do not say what adds up; release the table again.")
    return systems[0]


def _printed(name: str, records: Sequence[Mapping[Any, Any]], frame: Mapping[str, Any]) -> dict[int, int]:
    """The published cells, read from the released table itself."""
    printed: dict[int, int] = {}
    for cell, row, column in frame["places"]:
        if records[row]["status"] == Status.SUPPRESSED:
            continue
        figure = read_place(records[row], column)
        if math.isnan(figure) or figure != int(figure) or printed.setdefault(cell, int(figure)) != figure:
            raise DisclosureError(f"{name}: row {row}: the table is not the one that was audited.")
    return printed


def _check_rows(name: str, rows: Sequence[Mapping[Any, Any]], frame: Mapping[str, Any]) -> None:
    """Suppressed rows print no number; every other count in the table was part of the audit."""
    places = {(row, column) for _, row, column in frame["places"]}
    population = set(frame["population"])
    kept = set(frame.get("kept", {}).get("rows", ()))
    derived = dict(frame.get("derived", ()))
    if kept.intersection(derived) or kept.intersection(row for _, row, _ in frame["places"]):
        raise DisclosureError(f"{name}: a row is both audited and left out of the audit.")
    for position, record in enumerate(rows):
        numbers = [column for column in NUMBER_COLUMNS if not math.isnan(record[column])]
        if record["status"] == Status.SUPPRESSED:
            if numbers:
                raise DisclosureError(f"{name}: row {position} is suppressed and prints a number.")
            continue
        if position in kept:
            continue
        if position in derived:
            _check_derived(name, position, record, [rows[source] for source in derived[position]])
            continue
        for column in ("n", "numerator", "denominator"):
            known = (position, column) in places or (column == "denominator" and position in population)
            if column in numbers and not known:
                raise DisclosureError(f"{name}: row {position}: {column} was not part of the audit.")


def _check_derived(
    name: str, position: int, record: Mapping[Any, Any], sources: Sequence[Mapping[Any, Any]]
) -> None:
    """A change is printed only beside the figures that it is made of, and shows no count of its own."""
    if any(source["status"] == Status.SUPPRESSED for source in sources):
        raise DisclosureError(f"{name}: row {position} is a change of a suppressed figure.")
    if not math.isnan(record["n"]):
        raise DisclosureError(f"{name}: row {position}: n was not part of the audit.")


def _check_table(
    name: str, number: int, equations: list[list[list[int]]], printed: dict[int, int], table: dict[int, int]
) -> None:
    for cell, figure in table.items():
        if type(figure) is not int or figure < 0 or cell in printed:
            raise DisclosureError(f"{name}: witness {number} is not a table of suppressed whole numbers.")
    for place, equation in enumerate(equations):
        touched = [cell for cell, _ in equation if cell in table]
        if touched and any(cell not in table and cell not in printed for cell, _ in equation):
            raise DisclosureError(f"{name}: witness {number} leaves equation {place} open.")
        if touched and sum(factor * table.get(cell, printed.get(cell, 0)) for cell, factor in equation):
            raise DisclosureError(f"{name}: witness {number} does not re-add in equation {place}.")


def _check_pairs(
    name: str,
    rows: Sequence[Mapping[Any, Any]],
    frame: Mapping[str, Any],
    tables: dict[int, dict[int, int]],
    pairs: list[Mapping[str, Any]],
) -> None:
    proven: set[int] = set()
    for pair in pairs:
        lower, upper = (tables.get(pair[side], {}).get(pair["cell"]) for side in ("lower", "upper"))
        if lower is None or upper is None or upper - lower < frame["width"] or upper < frame["threshold"]:
            raise DisclosureError(f"{name}: a witness does not protect its figure; release the table again.")
        proven.add(pair["cell"])
    if not proven.issuperset(frame.get("rests", ())):
        raise DisclosureError(f"{name}: the rest of a total has no witness; release the table again.")
    guards = dict(frame["guards"])
    numbered = {row for _, row, _ in frame["places"]}
    for position, record in enumerate(rows):
        if record["status"] == Status.SUPPRESSED and position in numbered:
            cells = guards.get(position, [])
            if not cells or not proven.issuperset(cells):
                raise DisclosureError(f"{name}: row {position} has no witness; release the table again.")
