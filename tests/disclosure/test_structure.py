"""Parts of a whole told to the gate: a small part takes another with it, so that it cannot be worked out."""

from evaluation.core.results import make_table
from evaluation.core.status import Status
from evaluation.disclosure.release import release
from evaluation.disclosure.structure import Structure, Term, parts_of_whole

from .cases import STANDARD, shares

KINDS = ("improved", "same", "worse")


def changed(improved, same, worse):
    """Shares of one domain in which people are better, the same, worse."""
    base = improved + same + worse
    result = shares(*[("domain", "safety", one, base) for one in (improved, same, worse)])
    table = result.table.assign(measure=list(KINDS))
    return type(result)(result.id, table, result.provenance)


def shown(result, structure):
    table = release(result, STANDARD, structure=structure).table
    return table.loc[table["status"] == Status.OK, "measure"].tolist()


def test_the_parts_of_a_line_add_up_to_its_base():
    table = changed(20, 60, 20).table
    equation = (Term(0), Term(1), Term(2), Term(0, -1, "base"))
    assert parts_of_whole(table, KINDS).equations == (equation,)


def test_a_line_without_all_parts_or_without_counts_has_no_equation():
    table = changed(20, 60, 20).table
    assert parts_of_whole(table.iloc[:2], KINDS).equations == ()
    assert parts_of_whole(table.assign(denominator=float("nan")), KINDS).equations == ()
    assert parts_of_whole(make_table([]), KINDS).equations == ()


def test_a_small_part_takes_another_with_it_only_when_the_gate_is_told():
    # 6 of 194 are worse: 194 - 18 - 170 = 6 is what a reader would work out.
    result = changed(18, 170, 6)
    assert shown(result, Structure()) == ["improved", "same"]
    told = shown(result, parts_of_whole(result.table, KINDS))
    assert len(told) == 1 and "worse" not in told


def test_parts_that_are_all_large_are_all_shown():
    result = changed(40, 100, 54)
    assert shown(result, parts_of_whole(result.table, KINDS)) == list(KINDS)
