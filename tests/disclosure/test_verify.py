"""The independent checker finds every way in which witnesses can be wrong."""

import copy
from dataclasses import replace

import pytest

from evaluation.core.errors import DisclosureError
from evaluation.disclosure.release import release
from evaluation.disclosure.verify import check_witnesses

from .cases import STANDARD, counts


@pytest.fixture
def released():
    return release(counts(("sex", "all", 32), ("sex", "female", 28), ("sex", "male", 4)), STANDARD)


def test_witnesses_of_a_release_re_add(released):
    check_witnesses(released)
    tables = [dict(w["values"]) for w in released.witnesses if w["kind"] == "table"]
    # The two withheld figures add to the printed 32 in every witness.
    assert all(sum(table.values()) == 32 for table in tables)


def test_each_suppressed_figure_has_its_pair(released):
    assert [w["cell"] for w in released.witnesses if w["kind"] == "cell"] == [1, 2]


def _changed(released, kind, key, value):
    witnesses = copy.deepcopy(released.witnesses)
    next(w for w in witnesses if w["kind"] == kind)[key] = value
    return replace(released, witnesses=witnesses)


@pytest.mark.parametrize(
    ("kind", "key", "value"),
    [
        ("table", "values", [[1, 1], [2, 32]]),  # 1 + 32 is not 32
        ("table", "values", [[1, -1], [2, 33]]),  # nobody is minus one
        ("table", "values", [[1, 0.5], [2, 31.5]]),  # nor a half
        ("table", "values", [[1, 28]]),  # the other figure is left out
        ("cell", "upper", 0),  # twice the same table
        ("system", "guards", [[1, [1]]]),  # a suppressed row without protection
        ("system", "places", [[1, 1, "estimate"], [2, 2, "estimate"]]),  # the total was not audited
    ],
)
def test_a_wrong_witness_is_refused(released, kind, key, value):
    with pytest.raises(DisclosureError):
        check_witnesses(_changed(released, kind, key, value))


def test_no_witness_no_release(released):
    with pytest.raises(DisclosureError, match="missing"):
        check_witnesses(replace(released, witnesses=()))


def test_a_number_in_a_suppressed_row_is_refused(released):
    table = released.table.copy()
    table.loc[2, "n"] = 4.0
    with pytest.raises(DisclosureError, match="prints a number"):
        check_witnesses(replace(released, table=table))


def test_the_checker_needs_no_solver():
    import ast
    from pathlib import Path

    import evaluation.disclosure.verify as module

    tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
    names = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    names |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert not any(name.startswith(("scipy", "numpy", "evaluation.disclosure")) for name in names)
