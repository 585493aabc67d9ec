"""What a reader can still find out, by programs and by trying every table."""

import functools
import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaluation.core.errors import DisclosureError
from evaluation.disclosure.attack import Problem, attack
from evaluation.disclosure.release import release

from .cases import counts, small_policy

THRESHOLD, WIDTH, MOST = 3, 3, 9


def _problem(equations, known, guards, *, cells, threshold=10, width=10) -> Problem:
    return Problem("t", cells, equations, known, guards, threshold, width, deadline=float("inf"))


def test_one_withheld_cell_in_a_total_is_exposed():
    # x + 28 = 32
    found = attack(_problem((((0, 1), (1, 1), (2, -1)),), {1: 28, 2: 32}, (0,), cells=3))
    assert found.exposed == (0,)


def test_two_withheld_cells_that_add_to_less_than_the_threshold_are_exposed():
    # x + y = 9: neither can reach 10.
    found = attack(_problem((((0, 1), (1, 1), (2, -1)),), {2: 9}, (0, 1), cells=3))
    assert found.exposed == (0, 1)


def test_the_width_is_asked_for_beside_the_threshold():
    # 2x + 2y = 40 and x - y = z, z printed as 0: x = y = 10, above the threshold but pinned.
    equations = (((0, 2), (1, 2), (2, -1)), ((0, 1), (1, -1), (3, -1)))
    found = attack(_problem(equations, {2: 40, 3: 0}, (0,), cells=4))
    assert found.exposed == (0,)


def test_fractions_of_a_person_do_not_count_as_uncertainty():
    # 2x + 20y = 41 has real solutions with x from 0 to 20.5, and no whole one: nothing agrees.
    with pytest.raises(DisclosureError):
        attack(_problem((((0, 2), (1, 20), (2, -1)),), {2: 41}, (0,), cells=3))


def test_where_real_numbers_are_wide_and_whole_ones_are_not_the_cell_is_exposed():
    # 3x + 7y = 22 with whole x, y >= 0: only (5, 1); real x runs from 0 to 7.33, so a width of 3 seems there.
    found = attack(_problem((((0, 3), (1, 7), (2, -1)),), {2: 22}, (0,), cells=3, threshold=3, width=3))
    assert found.exposed == (0,)


@pytest.mark.parametrize(("total", "exposed"), [(9, (0, 1, 2)), (10, ()), (25, ()), (300, ())])
def test_cells_of_one_sum_are_protected_when_the_sum_reaches_the_threshold(total, exposed):
    # x + y + z = total: each runs from 0 to the total.
    found = attack(_problem((((0, 1), (1, 1), (2, 1), (3, -1)),), {3: total}, (0, 1, 2), cells=4))
    assert found.exposed == exposed
    assert all(sum(table.values()) == total for table in found.tables)
    for cell, (lower, upper) in found.pairs.items():
        assert found.tables[lower][cell] == 0
        assert found.tables[upper][cell] >= 10


def test_a_sum_of_one_cell_is_its_figure():
    assert attack(_problem((((0, 1), (1, -1)),), {1: 300}, (0,), cells=2)).exposed == (0,)


def test_published_cells_are_exposed():
    assert attack(_problem((), {0: 4}, (0,), cells=1)).exposed == (0,)


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from([(2, 2), (2, 3)]).flatmap(
        lambda shape: st.tuples(
            st.just(shape),
            st.lists(st.integers(0, 6), min_size=shape[0] * shape[1], max_size=shape[0] * shape[1]),
        )
    )
)
def test_somebody_who_tries_every_table_finds_the_promised_range(case):
    shape, figures = case
    inner = np.array(figures).reshape(shape)
    rows = [("r*c", f"r{i}*c{j}", int(inner[i, j])) for i, j in np.ndindex(shape)]
    rows += [("r", f"r{i}", int(inner[i].sum())) for i in range(shape[0])]
    rows += [("c", f"c{j}", int(inner[:, j].sum())) for j in range(shape[1])]
    rows += [("all", "all", int(inner.sum()))]
    try:
        released = release(counts(*rows), small_policy(threshold=THRESHOLD, width=WIDTH))
    except DisclosureError:
        return
    printed = released.table["estimate"].to_numpy()
    possible = _every_table(shape)
    for position in np.flatnonzero(~np.isnan(printed)):
        possible = possible[possible[:, position] == printed[position]]
    for position in np.flatnonzero(np.isnan(printed)):
        assert possible[:, position].max() >= THRESHOLD
        assert possible[:, position].max() - possible[:, position].min() >= WIDTH


@functools.cache
def _every_table(shape: tuple[int, int]) -> np.ndarray:
    """Cells, row totals, column totals and the total of every table with cells from 0 to 9."""
    cells = np.array(list(itertools.product(range(MOST + 1), repeat=shape[0] * shape[1])), dtype=np.int16)
    grid = cells.reshape(-1, *shape)
    return np.hstack([cells, grid.sum(2), grid.sum(1), grid.sum((1, 2))[:, None]])
