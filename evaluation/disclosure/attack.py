"""The attack on a table before it is released: what could a reader who knows the rule still find out?

The reader's problem is built from published figures only, so everything that it yields (the witnesses, and
which cells have them) is a function of what is public.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import connected_components

from evaluation.core.errors import DisclosureError
from evaluation.disclosure.system import Equation

TIME_OUT, INFEASIBLE = 1, 2
ROUNDS, IDLE = 200, 3
SEED = 20242028


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """What the reader has: equations among cells and the published ones; ``guards`` are to be protected."""

    name: str
    cells: int
    equations: tuple[Equation, ...]
    known: Mapping[int, int]
    guards: tuple[int, ...]
    threshold: int
    width: int
    deadline: float


@dataclass(frozen=True, slots=True, eq=False)
class Attack:
    """Integer tables that agree with everything published, and per cell the two that protect it."""

    tables: tuple[dict[int, int], ...]
    pairs: Mapping[int, tuple[int, int]]
    exposed: tuple[int, ...]


def attack(problem: Problem) -> Attack:
    """For each guarded cell two integer tables as wide apart as the policy asks, or its exposure.

    A cell is protected when the tables differ in it by the width at least and the upper one reaches the
    threshold. Linear programs come first; their corner solutions are mostly whole. Integer programs decide
    the rest. A solver that fails or runs out of time is a refusal.

    References
    ----------
    Salazar-González (2008), Statistical confidentiality: optimization techniques to protect tables,
    Computers & Operations Research 35, 1638-1651.
    """
    tables: list[dict[int, int]] = []
    pairs: dict[int, tuple[int, int]] = {}
    exposed = [cell for cell in problem.guards if cell in problem.known]
    for part in _components(problem):
        solver = _Component(problem, part)
        solver.sweep()
        for cell in solver.guards:
            solver.settle(cell)
        used: dict[int, int] = {}
        for cell in solver.guards:
            pair = solver.pair(cell)
            if pair is None:
                exposed.append(cell)
                continue
            for number in pair:
                if number not in used:
                    used[number] = len(tables)
                    tables.append(dict(zip(part, map(int, solver.pool[number]), strict=True)))
            pairs[cell] = (used[pair[0]], used[pair[1]])
    return Attack(tuple(tables), pairs, tuple(sorted(exposed)))


def easily_safe(problem: Problem) -> set[int]:
    """The guarded cells that a few tables are enough to prove safe; the others are merely undecided."""
    return {cell for part in _components(problem) for cell in _Component(problem, part).sweep()}


def solve(
    name: str,
    costs: np.ndarray,
    rows: csr_array,
    right: np.ndarray,
    *,
    bounds: tuple[np.ndarray, np.ndarray],
    deadline: float,
    whole: bool = False,
) -> np.ndarray | None:
    """Least cost under equations and bounds, by HiGHS; None when nothing satisfies them."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise DisclosureError(f"{name}: the audit ran out of time; make the table smaller or coarser.")
    answer = milp(
        costs,
        integrality=np.full(len(costs), 1 if whole else 0),
        bounds=Bounds(*bounds),
        constraints=LinearConstraint(rows, right, right),
        options={"time_limit": left, "presolve": whole},
    )
    if answer.status == INFEASIBLE:
        return None
    if answer.status != 0 or answer.x is None:
        reason = "ran out of time" if answer.status == TIME_OUT else "failed"
        raise DisclosureError(f"{name}: the solver of the audit {reason}; nothing is released.")
    return np.asarray(answer.x, dtype=float)


def matrix(equations: list[Equation], index: Mapping[int, int], width: int) -> csr_array:
    """Equations as a sparse matrix over the cells of an index; other cells are left out."""
    entries = [
        (row, index[cell], factor)
        for row, equation in enumerate(equations)
        for cell, factor in equation
        if cell in index
    ]
    rows, columns, factors = zip(*entries, strict=True) if entries else ((), (), ())
    return csr_array(
        coo_array((np.array(factors, dtype=float), (rows, columns)), shape=(len(equations), width))
    )


def _components(problem: Problem) -> list[list[int]]:
    """Unknown cells that hang together by equations, where at least one of them is guarded."""
    unknown = [cell for cell in range(problem.cells) if cell not in problem.known]
    index = {cell: position for position, cell in enumerate(unknown)}
    links = [
        (index[here[0]], index[there[0]])
        for equation in problem.equations
        for here, there in pairwise([term for term in equation if term[0] in index])
    ]
    rows, columns = zip(*links, strict=True) if links else ((), ())
    graph = coo_array((np.ones(len(links)), (rows, columns)), shape=(len(unknown), len(unknown)))
    _, labels = connected_components(graph, directed=False)
    parts: dict[int, list[int]] = {}
    for cell, label in zip(unknown, labels, strict=True):
        parts.setdefault(int(label), []).append(cell)
    guarded = set(problem.guards)
    return [part for part in parts.values() if guarded.intersection(part)]


class _Component:
    """The reader's problem on one connected part, with the whole tables found so far."""

    def __init__(self, problem: Problem, part: list[int]) -> None:
        self.problem = problem
        self.index = {cell: position for position, cell in enumerate(part)}
        equations = [eq for eq in problem.equations if any(cell in self.index for cell, _ in eq)]
        self.rows = matrix(equations, self.index, len(part))
        self.right = np.array(
            [-sum(f * problem.known[c] for c, f in eq if c not in self.index) for eq in equations],
            dtype=float,
        )
        wide = problem.threshold + problem.width
        cap = float(np.abs(self.right).sum()) + 2.0 * wide * (len(part) + 1)
        self.low, self.high = np.zeros(len(part)), np.full(len(part), cap)
        self.pool: list[np.ndarray] = []
        self.least = self.most = np.zeros(len(part))
        self.lower, self.upper = np.zeros(len(part), dtype=int), np.zeros(len(part), dtype=int)
        self.guards = [cell for cell in problem.guards if cell in self.index]
        self.lows_known = False
        self.solved = self._solve_sum()

    def _solve_sum(self) -> bool:
        """Where all that is known is one sum, no program is needed: parts of the cells take it in turn.

        With two cells or more each can be nought, and each can hold the whole sum; so a cell is protected
        exactly when the sum reaches what is asked of it. Several cells share the sum while it lasts.
        """
        count, enough = len(self.index), max(self.problem.threshold, self.problem.width)
        if self.rows.shape[0] == 0:
            return self._keep(self.high) and self._keep(self.low)
        factors = self.rows.data
        if self.rows.shape[0] > 1 or len(factors) != count or np.ptp(factors) or factors[0] <= 0:
            return False
        total = float(self.right[0] / factors[0])
        size = max(1, min(int(total // enough), (count + 1) // 2))
        for start in range(0, count, size):
            table = np.zeros(count)
            part = table[start : start + size]
            part[:] = total // len(part)
            part[0] += total - part.sum()
            if not self._keep(table):
                return False
        return True

    def sweep(self) -> set[int]:
        """Cells protected by a few tables that are extreme in the open cells, in fixed pseudo-random weights.

        One table settles many cells at once, so that few need programs of their own.
        """
        directions = np.random.default_rng(SEED)
        open_cells, idle = {cell for cell in self.guards if self.pair(cell) is None}, 0
        if self.solved or not open_cells:
            return set(self.guards) - open_cells
        for _ in range(ROUNDS):
            towards = np.zeros(len(self.index))
            positions = [self.index[cell] for cell in sorted(open_cells)]
            towards[positions] = directions.uniform(0.5, 1.5, len(positions))
            self._extreme(-towards)
            if not self.lows_known:
                self._extreme(towards)
                self.lows_known = True
            left = {cell for cell in open_cells if self.pair(cell) is None}
            idle = idle + 1 if len(open_cells) - len(left) < 2 else 0
            open_cells = left
            if not open_cells or idle == IDLE:
                break
        return set(self.guards) - open_cells

    def _extreme(self, costs: np.ndarray, *, whole: bool = False) -> np.ndarray:
        problem = self.problem
        found = solve(
            problem.name,
            costs,
            self.rows,
            self.right,
            bounds=(self.low, self.high),
            deadline=problem.deadline,
            whole=whole,
        )
        if found is None:
            raise DisclosureError(f"{problem.name}: no table agrees with the figures; totals do not add.")
        self._keep(found)
        return found

    def _keep(self, found: np.ndarray) -> bool:
        """Keep a table when it is whole and re-adds exactly."""
        table = np.rint(found)
        if np.abs(table - found).max(initial=0.0) > 1e-5 or table.min(initial=0.0) < 0:
            return False
        if np.abs(self.rows @ table - self.right).max(initial=0.0) > 0:
            return False
        number = len(self.pool)
        self.pool.append(table)
        if number == 0:
            self.least, self.most = table.copy(), table.copy()
        below, above = table < self.least, table > self.most
        self.lower[below], self.upper[above] = number, number
        self.least, self.most = np.minimum(self.least, table), np.maximum(self.most, table)
        return True

    def pair(self, cell: int) -> tuple[int, int] | None:
        """The two tables in the pool that protect the cell, if there are any."""
        if not self.pool:
            return None
        position, problem = self.index[cell], self.problem
        if (
            self.most[position] - self.least[position] < problem.width
            or self.most[position] < problem.threshold
        ):
            return None
        return int(self.lower[position]), int(self.upper[position])

    def settle(self, cell: int) -> None:
        """Find the two tables of a cell, or make sure that there are none."""
        if self.solved or self.pair(cell) is not None:
            return
        position = self.index[cell]
        aim = np.zeros(len(self.index))
        aim[position] = 1.0
        upper = self._extreme(-aim)[position]
        if upper < self.problem.threshold - 1e-6 or self.pair(cell) is not None:
            return
        lower = self._extreme(aim)[position]
        if upper - lower < self.problem.width - 1e-6 or self.pair(cell) is not None:
            return
        self._extreme(-aim, whole=True)
        self._extreme(aim, whole=True)
