"""Which rows to suppress so that no small figure can be worked out, with as little loss as a heuristic finds."""

import math
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csc_array, csr_array, hstack

from evaluation.core.errors import DisclosureError
from evaluation.disclosure.attack import Attack, Problem, attack, easily_safe, matrix, solve
from evaluation.disclosure.figures import Row, is_small
from evaluation.disclosure.policy import Policy
from evaluation.disclosure.system import System

WIDENINGS = 4
NOISE = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Hiding:
    """The rows to suppress, and the attack that they withstand; ``alone`` when every row is small by itself."""

    rows: frozenset[int]
    attack: Attack
    alone: bool = False


def choose_hiding(
    name: str,
    system: System,
    rows: list[Row],
    policy: Policy,
    deadline: float,
) -> Hiding:
    """Hide, attack, hide more until every suppressed figure is safe.

    For one unsafe cell at a time, from the smallest, a linear program finds the least costly change of the
    true table that lifts the cell far enough; the rows that change are suppressed. Totals and large
    figures cost most. The attack then has the last word.

    References
    ----------
    Kelly, Golden, Assad (1992), Cell suppression: disclosure protection for sensitive tabular data,
    Networks 22, 397-417.
    """
    numbered = {row.position for row in rows if row.figures}
    chooser = _Chooser(name, system, rows, policy, deadline)
    chooser.hide({row.position for row in rows if is_small(row, policy)} | system.contradicting)
    alone = chooser.suppressed == numbered
    for widening in range(WIDENINGS):
        chooser.protect()
        found = attack(problem_of(name, system, chooser.suppressed, policy=policy, deadline=deadline))
        exposed = chooser.required().intersection(found.exposed)
        if not exposed:
            return Hiding(frozenset(chooser.suppressed), found, alone)
        chooser.widen(sorted(exposed), 2 ** (widening + 1))
    raise DisclosureError(f"{name}: no way was found to protect every small figure; make the table coarser.")


def problem_of(
    name: str, system: System, suppressed: set[int], *, policy: Policy, deadline: float
) -> Problem:
    """The reader's problem once the rows are suppressed; bases of suppressed rows are attacked too."""
    known = {cell: system.values[cell] for cell, row, _ in system.places if row not in suppressed}
    guards = {cell for row in suppressed for cell in system.guards[row]}
    guards |= small_rests(system, policy)
    bases = {cell for cell, row, _ in system.places if row in suppressed and cell not in known}
    return Problem(
        name=name,
        cells=len(system.values),
        equations=tuple(system.equations),
        known=known,
        guards=tuple(sorted(guards | bases)),
        threshold=policy.threshold,
        width=policy.width,
        deadline=deadline,
    )


def small_rests(system: System, policy: Policy) -> set[int]:
    """What levels leave of their total, where it is so few that it is to be protected itself."""
    return {cell for cell in system.rests if system.values[cell] < policy.threshold}


class _Chooser:
    """The growing set of suppressed rows and the range that the true table can be moved over."""

    def __init__(self, name: str, system: System, rows: list[Row], policy: Policy, deadline: float) -> None:
        self.name, self.system, self.policy, self.deadline = name, system, policy, deadline
        self.suppressed: set[int] = set()
        self.shown_by: dict[int, set[int]] = {}
        self.cells_of: dict[int, set[int]] = {}
        for cell, row, _ in system.places:
            self.shown_by.setdefault(cell, set()).add(row)
            self.cells_of.setdefault(row, set()).add(cell)
        self.truth = np.array(system.values, dtype=float)
        self.low, self.high = self.truth.copy(), self.truth.copy()
        self.loss = _losses(rows)
        everything = {cell: cell for cell in range(len(system.values))}
        self.columns = csc_array(matrix(system.equations, everything, len(everything)))
        self.within: dict[int, list[int]] = {}
        for number, equation in enumerate(system.equations):
            for cell, _ in equation:
                self.within.setdefault(cell, []).append(number)

    def hide(self, rows: set[int]) -> None:
        """Suppress rows, and every other row that prints a figure that they protect."""
        waiting = sorted(rows - self.suppressed)
        while waiting:
            row = waiting.pop()
            if row in self.suppressed:
                continue
            self.suppressed.add(row)
            for cell in self._protected(row):
                waiting.extend(self.shown_by.get(cell, set()) - self.suppressed)

    def required(self) -> set[int]:
        """Cells that must withstand the attack: what suppressed rows guard, and small bases in them."""
        rows = {cell for row in self.suppressed for cell in self._protected(row)}
        return rows | small_rests(self.system, self.policy)

    def _protected(self, row: int) -> set[int]:
        small = {cell for cell in self.cells_of.get(row, set()) if self.truth[cell] < self.policy.threshold}
        return {*self.system.guards[row], *small}

    def protect(self) -> None:
        """Suppress more until the true table can be moved far enough in every protected cell."""
        done: set[int] = set()
        while True:
            unsafe = sorted((self.truth[c], c) for c in self.required() - done if not self._wide(c))
            if not unsafe:
                return
            view = problem_of(
                self.name, self.system, self.suppressed, policy=self.policy, deadline=self.deadline
            )
            done |= easily_safe(view)
            for _, cell in unsafe:
                if cell not in done and not self._wide(cell):
                    self._lift(cell, self._aim(cell))
                done.add(cell)

    def widen(self, cells: list[int], times: int) -> None:
        """Lift cells further than asked, where the attack found that whole numbers leave too little room."""
        for cell in cells:
            self._lift(cell, self._aim(cell) * times)

    def _aim(self, cell: int) -> float:
        return max(self.policy.threshold - float(self.truth[cell]), float(self.policy.width))

    def _wide(self, cell: int) -> bool:
        room = self.high[cell] - self.low[cell]
        return bool(room >= self.policy.width - NOISE and self.high[cell] >= self.policy.threshold - NOISE)

    def _lift(self, cell: int, aim: float) -> None:
        """Suppress what has to move with a cell that moves up; look near the cell first."""
        change = self._move(cell, aim, self._near(cell))
        if change is None:
            change = self._move(cell, aim, np.arange(len(self.truth)))
        if change is None:
            raise DisclosureError(
                f"{self.name}: a small figure follows from the others; make the table coarser."
            )
        self.low = np.minimum(self.low, self.truth + change)
        self.high = np.maximum(self.high, self.truth + change)
        moved = np.flatnonzero(np.abs(change) > NOISE)
        self.hide({row for shown in moved for row in self.shown_by.get(int(shown), set())})

    def _near(self, cell: int) -> np.ndarray:
        """The cells that share an equation with the cell or with one that does."""
        near = {cell}
        for _ in range(2):
            numbers = {number for known in near for number in self.within.get(known, [])}
            near |= {other for number in numbers for other, _ in self.system.equations[number]}
        return np.array(sorted(near))

    def _move(self, cell: int, aim: float, near: np.ndarray) -> np.ndarray | None:
        """The least costly change of the true table, among some cells, that lifts one of them by the aim."""
        count = len(near)
        costs = np.array([1e-3 + self._loss_of(int(other)) for other in near])
        part = csr_array(self.columns[:, near])
        part = part[np.flatnonzero(np.diff(part.indptr))]
        low = np.zeros(2 * count)
        high = np.concatenate([np.full(count, self.truth.sum() + 10 * aim), self.truth[near]])
        place = int(np.searchsorted(near, cell))
        low[place] = high[place] = aim
        high[count + place] = 0.0
        found = solve(
            self.name,
            np.concatenate([costs, costs]),
            csr_array(hstack([part, -part])),
            np.zeros(part.shape[0]),
            bounds=(low, high),
            deadline=self.deadline,
        )
        if found is None:
            return None
        change = np.zeros(len(self.truth))
        change[near] = found[:count] - found[count:]
        return change

    def _loss_of(self, cell: int) -> float:
        return sum(self.loss[row] for row in self.shown_by.get(cell, set()) if row not in self.suppressed)


def _losses(rows: list[Row]) -> dict[int, float]:
    """What the reader loses with each row: more with a total, more with a large figure."""
    deepest = max((len(row.cats) for row in rows), default=0)
    return {
        row.position: (1.0 + math.log1p(max((figure for figure, _ in row.figures.values()), default=0)))
        * 4.0 ** (deepest - len(row.cats))
        for row in rows
    }
