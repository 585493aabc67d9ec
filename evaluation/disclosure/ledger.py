"""The ledger of releases: what is public already, so that a new table does not undo the protection of an old one."""

import json
import math
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation.core.errors import DisclosureError, RepublicationError
from evaluation.core.provenance import Provenance, digest_text
from evaluation.core.results import Released
from evaluation.core.status import Status
from evaluation.disclosure.attack import Problem, attack
from evaluation.disclosure.figures import ONE_FIGURE, categories
from evaluation.disclosure.verify import read_place

TIME_LIMIT = 50.0
RELEASES = "releases.jsonl"
"""The ledger's file among the outputs."""
LABELS = ("measure", "quantity", "period", "group", "level", "status")
FIGURES = ("n", "numerator", "denominator", "estimate")

Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ReleaseLedger:
    """Records of releases in the order they were made; a file of JSON lines, one a release."""

    records: tuple[Record, ...] = ()

    def check(self, released: Released) -> None:
        """The union of everything released so far and the new table is still protected."""
        new = make_record(released)
        if new is not None:
            self.check_record(new)

    def check_record(self, new: Record) -> None:
        """The same for the record of a release, as it lies in a sealed run."""
        near = [
            record
            for record in self.records
            if _subjects(record) & _subjects(new) and _is_synthetic(record) == _is_synthetic(new)
        ]
        same = [record for record in near if _on_same_data(record, new)]
        if same:
            _check_union([*same, new])
        for record in near:
            if record not in same and not _is_synthetic(new):
                _check_change(record, new)

    def add(self, released: Released) -> "ReleaseLedger":
        """The ledger with one more release, once it is checked; figures published before are not entered."""
        new = make_record(released)
        return self if new is None else self.add_record(new)

    def add_record(self, new: Record) -> "ReleaseLedger":
        """The ledger with one more record, once it is checked; the same release again adds nothing."""
        if new in self.records:
            return self
        self.check_record(new)
        return ReleaseLedger((*self.records, new))

    def text(self) -> str:
        return "".join(
            json.dumps(record, ensure_ascii=False, sort_keys=True) + "\n" for record in self.records
        )

    def write(self, path: Path) -> None:
        """The whole file or the one before, whatever happens in between."""
        partial = path.with_name(path.name + ".part")
        with partial.open("w", encoding="utf-8") as handle:
            handle.write(self.text())
            handle.flush()
            os.fsync(handle.fileno())
        partial.replace(path)


def read_ledger(path: Path) -> ReleaseLedger:
    """The ledger in a file; a file that does not exist is a ledger without releases."""
    if not path.exists():
        return ReleaseLedger()
    records = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            record = json.loads(line)
            _subjects(record), record["data"], record["system"]["places"], record["protected"]
        except (ValueError, KeyError, TypeError):
            raise DisclosureError(
                f"{path.name}, line {number}: not a record of a release; restore the ledger from its backup."
            ) from None
        records.append(record)
    return ReleaseLedger(tuple(records))


def make_record(released: Released) -> Record | None:
    """What the ledger keeps of a release: printed figures, what adds up, which cells are protected."""
    frames = [entry for entry in released.witnesses if entry["kind"] == "system"]
    if not frames:
        return None
    rows = [
        {name: row[name] for name in LABELS}
        | {name: None if math.isnan(row[name]) else row[name] for name in FIGURES}
        for row in released.table.to_dict("records")
    ]
    protected = {entry["cell"] for entry in released.witnesses if entry["kind"] == "cell"}
    return {
        "id": released.id,
        "policy": released.policy,
        "data": data_digest(released.provenance),
        "files": sorted({source.digest for source in released.provenance.sources if source.digest}),
        "synthetic": released.provenance.synthetic,
        "rows": rows,
        "system": frames[0],
        "protected": sorted(protected, key=str),
    }


def check_difference(previous: Record, new: Released) -> None:
    """A republication gives nothing away beside one earlier release.

    On the same data both releases are taken together and attacked again. On changed data no printed
    figure, and no sum that follows from printed figures, may differ by less than the threshold; and
    what is suppressed stays suppressed.
    """
    ReleaseLedger((previous,)).check(new)


def data_digest(provenance: Provenance) -> str:
    """One digest for the people behind a result: the files, and how many rows were used or left out."""
    parts = sorted(f"{source.digest}|{source.sheet}|{source.rows}" for source in provenance.sources)
    counts = [provenance.rows_in, provenance.rows_used, sorted(provenance.excluded.items())]
    return digest_text(json.dumps([parts, counts], ensure_ascii=False))


def _on_same_data(old: Record, new: Record) -> bool:
    """The same people: the same origin, or files in common and not one figure that both print differs.

    Two tables of one set of returns use different rows of it, yet a reader adds and subtracts across them.
    """
    if old["data"] == new["data"]:
        return True
    if not set(old.get("files", ())) & set(new.get("files", ())):
        return False
    before, after = _states(old), _states(new)
    shared = [(before[name], after[name]) for name in before.keys() & after.keys()]
    return all(None in pair or pair[0] == pair[1] for pair in shared)


def _is_synthetic(record: Record) -> bool:
    """Invented people are not protected from a comparison with other invented people, nor with real ones."""
    return bool(record.get("synthetic", False))


def _subjects(record: Record) -> set[tuple[str, str]]:
    return {(row["measure"], row["period"]) for row in record["rows"]}


def _figure_name(record: Record, row: int, column: str) -> str:
    """The name by which two releases know that they print the same figure."""
    labels = record["rows"][row]
    cats = categories(record["id"], row, labels["group"], labels["level"])
    quantity = ONE_FIGURE.get(labels["quantity"], labels["quantity"])
    return json.dumps([labels["measure"], labels["period"], quantity, column, cats], ensure_ascii=False)


def _printed(record: Record) -> dict[int, int]:
    numbers = [
        {name: math.nan if row[name] is None else row[name] for name in FIGURES} | {"status": row["status"]}
        for row in record["rows"]
    ]
    return {
        cell: int(read_place(numbers[row], column))
        for cell, row, column in record["system"]["places"]
        if numbers[row]["status"] != Status.SUPPRESSED
    }


def _check_union(records: list[Record]) -> None:
    """Cells of the same name are one cell; every protected cell must still have its two tables."""
    name = records[-1]["id"]
    cells = _shared_cells(records)
    known: dict[int, int] = {}
    for number, record in enumerate(records):
        for cell, figure in _printed(record).items():
            if known.setdefault(cells[number, cell], figure) != figure:
                raise DisclosureError(
                    f"{name}: a figure differs from the one released before on the same data."
                )
    equations = {
        tuple(sorted((cells[number, cell], factor) for cell, factor in equation))
        for number, record in enumerate(records)
        for equation in record["system"]["equations"]
    }
    if not cells:
        return
    problem = Problem(
        name=name,
        cells=max(cells.values()) + 1,
        equations=tuple(sorted(equations)),
        known=known,
        guards=tuple(
            sorted({cells[n, cell] for n, record in enumerate(records) for cell in record["protected"]})
        ),
        threshold=max(record["system"]["threshold"] for record in records),
        width=max(record["system"]["width"] for record in records),
        deadline=time.monotonic() + TIME_LIMIT,
    )
    if attack(problem).exposed:
        raise DisclosureError(
            f"{name}: together with an earlier release a suppressed figure could be worked out; "
            "release it as before, coarsen it, or hold it back."
        )


def _shared_cells(records: list[Record]) -> dict[tuple[int, int], int]:
    """A common number for each cell of each record, from the names that they share."""
    leader: dict[object, object] = {}

    def find(item: object) -> object:
        while leader.setdefault(item, item) != item:
            item = leader[item]
        return item

    for number, record in enumerate(records):
        for cell, title in enumerate(record["system"]["names"]):
            leader[find((number, cell))] = find(title)
        for cell, row, column in record["system"]["places"]:
            leader[find((number, cell))] = find(_figure_name(record, row, column))
    numbers: dict[object, int] = {}
    return {
        (number, cell): numbers.setdefault(find((number, cell)), len(numbers))
        for number, record in enumerate(records)
        for cell in range(len(record["system"]["names"]))
    }


def _check_change(old: Record, new: Record) -> None:
    """The population changed: the difference of two publications is a publication too."""
    threshold = max(old["system"]["threshold"], new["system"]["threshold"])
    before, after = _states(old), _states(new)
    place = f"{new['id']}: compared with the release of {old['id']} on other data"
    for name in sorted(before.keys() & after.keys()):
        if (before[name] is None) != (after[name] is None):
            raise RepublicationError(
                f"{place}, a figure is suppressed in one of the two only; hold back or coarsen."
            )
    changes: dict[int, int] = {}
    for cell, row, column in new["system"]["places"]:
        earlier, later = (states.get(_figure_name(new, row, column)) for states in (before, after))
        if earlier is not None and later is not None:
            changes[cell] = later - earlier
    sums = [[(cell, 1)] for cell in changes] + new["system"]["equations"]
    for equation in sums:
        rest = sum(factor * changes.get(cell, 0) for cell, factor in equation)
        if 0 < abs(rest) < threshold:
            raise RepublicationError(f"{place}, a difference is below the threshold; hold back or coarsen.")


def _states(record: Record) -> dict[str, int | None]:
    """Each figure by name: its whole number, or None where it is suppressed."""
    printed = _printed(record)
    return {
        _figure_name(record, row, column): printed.get(cell)
        for cell, row, column in record["system"]["places"]
    }
