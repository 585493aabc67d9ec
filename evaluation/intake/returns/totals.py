"""Totals inside a table: a check of the rows above them, and data only where nothing else says the total."""

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from evaluation.intake.returns.columns import FACETED
from evaluation.intake.returns.letterhead import address
from evaluation.intake.returns.raw import CellValue, RawCell
from evaluation.intake.returns.subject import Subject
from evaluation.intake.returns.tables import Table
from evaluation.intake.returns.tally import Tally

Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A figure that was read, with its place in the table."""

    row: int
    column: int
    subject: Subject
    record: dict[str, object]
    adds: bool = True
    """False for shares, ratios, ratings and durations: their total is no sum."""

    @property
    def whole(self) -> Key:
        """What the figure is a part of."""
        return tuple(self.record[name] for name in ("indicator", "period", "institution"))


@dataclass(slots=True)
class Totals:
    """Keeps the figures of a table until its totals have been compared.

    A row of totals over several indicators is not used. A row that says "Total" for the counties or categories
    of one indicator is that indicator's total; where it differs from the sum of its parts it is not used.
    """

    parts: dict[Key, list[Part]] = field(default_factory=lambda: defaultdict(list))
    wholes: list[Part] = field(default_factory=list)
    sums: dict[int, list[float]] = field(default_factory=lambda: defaultdict(list))
    since: dict[int, list[float]] = field(default_factory=lambda: defaultdict(list))
    lost: set[int] = field(default_factory=set)
    """Columns in which a figure was rejected: sums over them cannot be compared."""

    def add(self, part: Part, tally: Tally) -> None:
        """A figure: taken now, or for a total at the end of the table."""
        number = _exact(part)
        self.sums[part.column].append(number)
        self.since[part.column].append(number)
        if part.subject.is_total:
            self.wholes.append(part)
            return
        tally.take(part.record)
        if part.record["county"] or part.record["group"]:
            self.parts[part.whole].append(part)

    def drop(self, row: int, cells: Mapping[int, RawCell], table: Table, *, tally: Tally, sheet: str) -> None:
        """A row of totals over indicators: compared with the rows above, listed, not used."""
        for column in table.places(*FACETED):
            cell = cells.get(column.place)
            if cell is None:
                continue
            sums = [math.fsum(kept[column.place]) for kept in (self.since, self.sums)]
            known = cell.kind == "number" and column.role == "value" and column.place not in self.lost
            differs = known and not any(_agrees(cell.value, one) for one in sums)
            tally.reject(sheet, address(row, column.place), "total_differs" if differs else "total_row")
            self.since[column.place] = []

    def close(self, tally: Tally, sheet: str) -> None:
        """The totals of one indicator: used where they agree with their parts or have none in the table."""
        for whole in self.wholes:
            groups: dict[object, list[float]] = defaultdict(list)
            for part in self.parts.get(whole.whole, []):
                groups[part.record["group"]].append(_exact(part))
            sums = [math.fsum(numbers) for numbers in groups.values()]
            value = _exact(whole)
            known = bool(sums) and not self.lost and not any(map(math.isnan, (value, *sums)))
            if known and not all(_agrees(value, one) for one in sums):
                tally.reject(sheet, str(whole.record["cell"]), "total_differs")
            else:
                tally.take(whole.record)
                if known:
                    tally.note(sheet, str(whole.record["cell"]), "total_agrees")


def _exact(part: Part) -> float:
    """The number of a figure that can be added up; NaN for shares, bounds and figures that are not there."""
    value = part.record.get("value")
    if not part.adds or part.record.get("qualifier") != "exact" or not isinstance(value, int | float):
        return math.nan
    return float(value)


def _agrees(value: CellValue, total: float) -> bool:
    """Equal up to the noise of decimal fractions; a sum that is not known contradicts nothing."""
    return math.isnan(total) or (isinstance(value, int | float) and math.isclose(value, total, abs_tol=1e-6))
