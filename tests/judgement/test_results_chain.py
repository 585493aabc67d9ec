"""The results chain: every measure on its path, every break flagged and nothing else."""

import pytest

from evaluation.judgement.results_chain import Chain, Level, Orphan, trace_results
from evaluation.judgement.results_chain_lists import (
    count_orphans,
    list_orphans,
    list_results_chain,
    orphan_words,
    outline_chain,
)
from evaluation.strategy.frame import load_expected_results, load_pillars, load_problems
from evaluation.strategy.plan import Plan, load_plan

PLAN = load_plan()
EXPECTED, PROBLEMS, PILLARS = load_expected_results(), load_problems(), load_pillars()
SHIPPED = {
    ("1.4.2", Orphan.MEASURE_WITHOUT_RESULT),
    ("4.1.6", Orphan.MEASURE_WITHOUT_RESULT),
    ("1.6", Orphan.OBJECTIVE_WITHOUT_PROBLEM),
    ("1.7", Orphan.OBJECTIVE_WITHOUT_PROBLEM),
    ("2.1", Orphan.OBJECTIVE_WITHOUT_RESULT),
    ("2.3", Orphan.OBJECTIVE_WITHOUT_RESULT),
    ("4.1", Orphan.OBJECTIVE_WITHOUT_RESULT),
}


@pytest.fixture(scope="module")
def chain() -> Chain:
    return trace_results(PLAN, EXPECTED, PROBLEMS, PILLARS)


def broken(plan: Plan = PLAN, **lists: tuple) -> set[tuple[str, Orphan]]:
    chain = trace_results(
        plan,
        lists.get("expected", EXPECTED),
        lists.get("problems", PROBLEMS),
        lists.get("pillars", PILLARS),
    )
    return set(chain.orphans) - SHIPPED


def test_chain_has_every_box_and_arrow(chain: Chain):
    """Boxes 5 + 18 + 104 + 8 + 15 + 4; arrows 104 + 18 printed; 25 to results, 36 to problems, 5 to pillars ours."""
    levels = [one.level for one in chain.nodes]
    assert [levels.count(one) for one in Level] == [104, 18, 5, 8, 15, 4]
    assert [sum(one.printed is printed for one in chain.edges) for printed in (True, False)] == [122, 66]


def test_path_of_a_measure(chain: Chain):
    path = next(one for one in chain.paths if one.measure == "3.2.1")
    assert (path.specific, path.general) == ("3.2", "3")
    assert path.results == ("ER4", "ER6", "ER7")
    assert path.problems == ("P01", "P02", "P05", "P07")
    assert path.pillars == ("PIL3",)


def test_breaks_of_the_strategy_are_the_ones_its_notes_name(chain: Chain):
    """The frame's notes name 2.1, 2.3 and 4.1 without result, 1.6 and 1.7 without problem; two rows print no result."""
    assert set(chain.orphans) == SHIPPED
    assert len(chain.orphans) == len(SHIPPED)


def test_measure_without_indicator_is_flagged():
    bare = PLAN.measures[0].model_copy(update={"indicators": ()})
    plan = PLAN.model_copy(update={"measures": (bare, *PLAN.measures[1:])})
    assert broken(plan) == {("1.1.1", Orphan.MEASURE_WITHOUT_INDICATOR)}


def test_measure_without_objective_is_flagged():
    lost = PLAN.measures[0].model_copy(update={"code": "9.9.1"})
    plan = PLAN.model_copy(update={"measures": (*PLAN.measures, lost)})
    assert broken(plan) == {("9.9.1", Orphan.MEASURE_WITHOUT_OBJECTIVE)}
    found = trace_results(plan, EXPECTED, PROBLEMS, PILLARS).paths[-1]
    assert (found.specific, found.general, found.results) == ("", "", ())


def test_objective_without_measures_is_flagged():
    plan = PLAN.model_copy(update={"measures": tuple(one for one in PLAN.measures if one.objective != "1.6")})
    assert broken(plan) == {("1.6", Orphan.OBJECTIVE_WITHOUT_MEASURE)}


def test_expected_result_without_objective_is_flagged():
    """ER2 belongs to 3.1 alone, which keeps ER3; a link to an objective that is not in the plan is no link."""
    loose = tuple(one.model_copy(update={"objectives": ()}) if one.id == "ER2" else one for one in EXPECTED)
    assert broken(expected=loose) == {("ER2", Orphan.RESULT_WITHOUT_OBJECTIVE)}
    unknown = tuple(
        one.model_copy(update={"objectives": ("9.9",)}) if one.id == "ER2" else one for one in EXPECTED
    )
    assert broken(expected=unknown) == {("ER2", Orphan.RESULT_WITHOUT_OBJECTIVE)}


def test_problem_without_objective_is_flagged():
    loose = tuple(one.model_copy(update={"objectives": ()}) if one.id == "P11" else one for one in PROBLEMS)
    assert broken(problems=loose) == {("P11", Orphan.PROBLEM_WITHOUT_OBJECTIVE)}


def test_pillar_without_objective_is_flagged_and_so_is_the_objective():
    loose = tuple(
        one.model_copy(update={"general_objectives": ()}) if one.id == "PIL2" else one for one in PILLARS
    )
    assert broken(pillars=loose) == {
        ("PIL2", Orphan.PILLAR_WITHOUT_OBJECTIVE),
        ("2", Orphan.OBJECTIVE_WITHOUT_PILLAR),
    }


def test_listing_has_a_row_a_measure_with_its_flags(chain: Chain):
    texts = list_results_chain(chain, sources=()).texts.set_index("measure")
    assert len(texts) == 104
    assert texts.loc["2.3.3", "results"] == "–"
    assert texts.loc["2.3.3", "flag.ro"] == "obiectiv specific fără rezultat așteptat"
    assert texts.loc["3.2.1", "flag.en"] == "–"


def test_orphans_are_listed_and_counted(chain: Chain):
    assert len(list_orphans(chain, sources=()).texts) == 7
    table = count_orphans(chain, sources=()).table.set_index("measure")["estimate"]
    assert len(table) == len(Orphan)
    assert (table["objective_without_result"], table["measure_without_indicator"]) == (3, 0)


def test_every_kind_of_break_has_words():
    assert set(orphan_words()) == set(Orphan)


def test_outline_nests_measures_and_lists_what_they_serve(chain: Chain):
    lines = outline_chain(chain, language="en").splitlines()
    assert len(lines) == 154
    assert lines[0].startswith("1 Reducing the influence")
    assert lines[0].endswith("→ PIL1")
    assert lines[1].startswith("  1.1 ") and lines[1].endswith("→ ER1, P04")
    assert lines[2].startswith("    1.1.1 ")
    assert next(one for one in lines if one.startswith("  2.3 ")).endswith(
        "→ P15 [specific objective without an expected result]"
    )
    assert next(one for one in lines if one.startswith("ER4 ")).endswith("← 3.2")
