"""Whatever goes wrong, nothing is released and the message names the table and no value."""

import traceback
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from evaluation.core.errors import DisclosureError
from evaluation.core.provenance import Provenance, Source
from evaluation.core.results import Result, make_table
from evaluation.disclosure import attack, hide
from evaluation.disclosure import release as gate
from evaluation.disclosure.release import release
from evaluation.disclosure.structure import Structure, Term
from tests.disclosure.cases import STANDARD, counts, shares, statistics

# Canaries: figures that stand out in a message. 9137 = 9130 + 7.
ROWS = (("sex", "all", 9137), ("sex", "female", 9130), ("sex", "male", 7))
CANARIES = ("9137", "9130")


def _refusal(result, policy=STANDARD, structure=None) -> str:
    with pytest.raises(DisclosureError) as caught:
        release(result, policy, structure=structure)
    message = str(caught.value)
    assert result.id in message
    shown = "".join(traceback.format_exception(caught.value, chain=True))
    said = [line for line in shown.splitlines() if not line.startswith(" ")]
    assert not any(canary in line for canary in CANARIES for line in said)
    return message


@pytest.mark.parametrize("status", [1, 3, 4])
def test_a_solver_that_fails_or_runs_out_of_time_closes_the_gate(monkeypatch, status):
    monkeypatch.setattr(attack, "milp", lambda *_, **__: SimpleNamespace(status=status, x=None))
    assert "solver" in _refusal(counts(*ROWS))


def test_a_solver_that_raises_closes_the_gate(monkeypatch):
    def broken(*_, **__):
        raise RuntimeError("figure 9137")

    monkeypatch.setattr(attack, "milp", broken)
    assert "RuntimeError" in _refusal(counts(*ROWS))


def test_no_time_left_closes_the_gate():
    _refusal(counts(*ROWS), replace(STANDARD, time_limit=1e-9))


def test_a_solver_that_answers_wrongly_closes_the_gate(monkeypatch):
    def wrong(costs, **_):
        return SimpleNamespace(status=0, x=np.full(len(costs), 3.0))

    monkeypatch.setattr(attack, "milp", wrong)
    _refusal(counts(*ROWS))


def test_a_wrong_witness_closes_the_gate(monkeypatch):
    monkeypatch.setattr(gate, "witnesses_of", lambda *_: ())
    _refusal(counts(*ROWS))


def test_too_little_hiding_is_caught_by_the_attack(monkeypatch):
    # The chooser is made to hide the small figure only; 9137 - 9130 gives it back.
    monkeypatch.setattr(hide._Chooser, "protect", lambda self: None)
    monkeypatch.setattr(hide._Chooser, "widen", lambda self, cells, times: None)
    assert "no way" in _refusal(counts(*ROWS))


def test_totals_that_do_not_add_close_the_gate():
    assert "do not add" in _refusal(
        counts(("sex", "all", 9137), ("sex", "female", 9130), ("sex", "male", 12))
    )


def test_two_ways_of_adding_must_agree():
    rows = (("sex", "f", 9130), ("sex", "m", 40), ("age", "adult", 9137), ("age", "child", 40))
    assert "do not add" in _refusal(counts(*rows))


def test_a_combination_without_a_row_closes_the_gate():
    assert "combinations" in _refusal(counts(("c*s", "A*f", 9130), ("c*s", "A*m", 40), ("c*s", "B*f", 9137)))


def test_the_same_figure_given_twice_with_two_values_closes_the_gate():
    assert "twice" in _refusal(counts(("c*s", "A*all", 9130), ("c", "A", 9137)))


def test_an_equation_about_a_row_that_is_not_there_closes_the_gate():
    assert "equation 0" in _refusal(counts(*ROWS), structure=Structure(equations=((Term(99),),)))


def _one(**fields) -> Result:
    row = {"measure": "m", "quantity": "count", "level": "all", "estimate": 9137.0} | fields
    return Result("table", make_table([row]), Provenance((), "m", 1, 1))


@pytest.mark.parametrize(
    "fields",
    [
        {"quantity": "haruspicy"},
        {"estimate": 9137.5},
        {"estimate": -9137.0},
        {"estimate": np.inf},
        {"quantity": "proportion", "estimate": 0.5},
        {"quantity": "proportion", "numerator": 9137, "denominator": 9130, "n": 9137, "estimate": 0.5},
        {"quantity": "proportion", "numerator": 9130, "denominator": 9137, "n": 40, "estimate": 0.5},
        {"quantity": "proportion", "n": 20, "estimate": 0.9137},
        {"quantity": "mean", "estimate": 3.0},
        {"quantity": "mean", "estimate": 3.0, "n": 9137, "numerator": 9130},
        {"quantity": "rate", "estimate": 3.0, "denominator": 9137},
        {"numerator": 9130},
        {"group": "a*b", "level": "9137"},
        {"status": "suppressed", "estimate": np.nan},
    ],
)
def test_a_row_that_the_gate_does_not_understand_closes_it(fields):
    _refusal(_one(**fields))


def test_a_status_changed_behind_the_type_closes_the_gate():
    result = counts(*ROWS)
    result.table.loc[0, "status"] = "okay"
    assert "status" in _refusal(result) or "AnalysisError" in _refusal(result)


def test_an_unknown_kind_of_policy_closes_the_gate():
    _refusal(counts(*ROWS), replace(STANDARD, kind="open"))


def test_what_is_said_about_a_release_holds_no_suppressed_figure():
    released = release(counts(("sex", "all", 9200), ("sex", "female", 9193), ("sex", "male", 7)), STANDARD)
    said = repr(released) + " ".join(str(decision) for decision in released.decisions)
    assert "9193" not in said


def test_witnesses_are_made_from_published_figures_only():
    # Two truths behind one print: 28 + 4 and 4 + 28 of 32.
    one, other = (
        release(counts(("sex", "all", 32), ("sex", "f", women), ("sex", "m", 32 - women)), STANDARD)
        for women in (28, 4)
    )
    assert one.table.equals(other.table)
    assert one.witnesses == other.witnesses


def test_the_same_result_is_released_the_same_way_twice():
    result = shares(("c", "all", 70, 160), ("c", "A", 4, 40), ("c", "B", 26, 60), ("c", "C", 40, 60))
    first, second = release(result, STANDARD), release(result, STANDARD)
    assert first.table.equals(second.table)
    assert first.witnesses == second.witnesses


def test_the_result_itself_is_not_changed_by_the_gate():
    result = statistics(("mean", "", "all", 4, 3.5))
    release(result, STANDARD)
    assert result.table["n"].tolist() == [4.0]


def test_the_origin_of_a_table_does_not_repeat_a_suppressed_total():
    table = make_table([{"measure": "m", "quantity": "count", "level": "all", "estimate": 7}])
    origin = Provenance((Source("data_raw/cases.csv", "d1", rows="2-8"),), "m", 9, 7, {"no consent": 2})
    released = release(Result("table", table, origin), STANDARD)
    assert (released.provenance.rows_in, released.provenance.rows_used) == (0, 0)
    assert released.provenance.sources[0].rows == ""
    assert "withhold" in {decision.action for decision in released.decisions}
