"""An independent check of a released table: re-adds the witnesses with whole numbers and no solver."""

import math
from collections.abc import Mapping
from typing import Any

from evaluation.core.errors import DisclosureError
from evaluation.core.results import NUMBER_COLUMNS, Released
from evaluation.core.status import Status


def check_witnesses(released: Released) -> None:
    """Every suppressed figure has two whole tables that re-add to what is printed, far enough apart.

    A table kept under a policy for published figures has nothing suppressed by the gate and no witnesses.
    """
    if not released.witnesses:
        if any(decision.action != "keep" for decision in released.decisions):
            raise DisclosureError(f"{released.id}: the witnesses are missing; release the table again.")
        return
    frame = _only_system(released)
    printed = _printed(released, frame)
    _check_rows(released, frame)
    tables = {entry["table"]: dict(entry["values"]) for entry in _of_kind(released, "table")}
    for number, table in tables.items():
        _check_table(released.id, number, frame["equations"], printed, table)
    _check_pairs(released, frame, tables)


def read_place(row: Mapping[str, Any], column: str) -> float:
    """The whole number that a printed row gives for one of its figures."""
    if column != "share":
        return float(row[column])
    base = row["n"] if math.isnan(row["denominator"]) else row["denominator"]
    return float(round(row["estimate"] * base))


def _of_kind(released: Released, kind: str) -> list[dict[str, Any]]:
    return [entry for entry in released.witnesses if entry["kind"] == kind]


def _only_system(released: Released) -> dict[str, Any]:
    systems = _of_kind(released, "system")
    if len(systems) != 1:
        raise DisclosureError(
            f"{released.id}: the witnesses do not say what adds up; release the table again."
        )
    return systems[0]


def _printed(released: Released, frame: dict[str, Any]) -> dict[int, int]:
    """The published cells, read from the released table itself."""
    records = released.table.to_dict("records")
    printed: dict[int, int] = {}
    for cell, row, column in frame["places"]:
        if records[row]["status"] == Status.SUPPRESSED:
            continue
        figure = read_place(records[row], column)
        if math.isnan(figure) or figure != int(figure) or printed.setdefault(cell, int(figure)) != figure:
            raise DisclosureError(f"{released.id}: row {row}: the table is not the one that was audited.")
    return printed


def _check_rows(released: Released, frame: dict[str, Any]) -> None:
    """Suppressed rows print no number; every other count in the table was part of the audit."""
    places = {(row, column) for _, row, column in frame["places"]}
    population = set(frame["population"])
    for position, record in enumerate(released.table.to_dict("records")):
        numbers = [name for name in NUMBER_COLUMNS if not math.isnan(record[name])]
        if record["status"] == Status.SUPPRESSED:
            if numbers:
                raise DisclosureError(f"{released.id}: row {position} is suppressed and prints a number.")
            continue
        for name in ("n", "numerator", "denominator"):
            known = (position, name) in places or (name == "denominator" and position in population)
            if name in numbers and not known:
                raise DisclosureError(f"{released.id}: row {position}: {name} was not part of the audit.")


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


def _check_pairs(released: Released, frame: dict[str, Any], tables: dict[int, dict[int, int]]) -> None:
    proven: set[int] = set()
    for pair in _of_kind(released, "cell"):
        lower, upper = (tables.get(pair[side], {}).get(pair["cell"]) for side in ("lower", "upper"))
        if lower is None or upper is None or upper - lower < frame["width"] or upper < frame["threshold"]:
            raise DisclosureError(
                f"{released.id}: a witness does not protect its figure; release the table again."
            )
        proven.add(pair["cell"])
    guards = dict(frame["guards"])
    numbered = {row for _, row, _ in frame["places"]}
    for position, status in enumerate(released.table["status"]):
        if status == Status.SUPPRESSED and position in numbered:
            cells = guards.get(position, [])
            if not cells or not proven.issuperset(cells):
                raise DisclosureError(
                    f"{released.id}: row {position} has no witness; release the table again."
                )
