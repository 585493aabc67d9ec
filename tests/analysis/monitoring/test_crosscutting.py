"""Measures counted across the plan's lines; what is not known stands as the limits of a share."""

import pytest

from evaluation.analysis.monitoring.crosscutting import (
    Lines,
    cross_lines,
    delivery_across,
    list_themes,
    load_cross_rules,
)
from evaluation.analysis.monitoring.states import measure_states
from evaluation.core.errors import AnalysisError
from evaluation.disclosure.policy import load_policies
from evaluation.disclosure.release import release
from evaluation.strategy.frame import frame_sources, load_expected_results, load_pillars, load_problems
from evaluation.strategy.words import Text
from tests.analysis.monitoring.ledger import definitions, ledger, line, real_plan

# One institution each, so that what it says is the state of the measure.
ONE_INSTITUTION = [
    one for one in real_plan().measures if len({x for p in one.responsible for x in p.institutions}) == 1
]
NAME = Text(ro="Grup", en="Group")


def group_of(stages: str) -> tuple[Lines, object]:
    """A group of measures of one institution each, and their states at the end of 2026, one letter a measure."""
    names = {"d": "delivered", "u": "under_way", "n": "not_started", ".": ""}
    chosen = ONE_INSTITUTION[: len(stages)]
    rows = [
        f"| {measure.code} | 2026 | {measure.responsible[0].institutions[0]} | {names[letter]} |"
        for measure, letter in zip(chosen, stages, strict=True)
        if letter != "."
    ]
    reported = ledger(measures="\n".join(["| measure | year | institution | stage |", *rows]))
    states = measure_states(real_plan(), reported, year=2026, definitions=definitions())
    codes = frozenset(one.code for one in chosen)
    return Lines(group="g", level="x", name=NAME, short=NAME, measures=codes), states


def counted(stages: str):
    group, states = group_of(stages)
    return delivery_across(states, [group], rules=load_cross_rules())


def test_the_share_is_of_the_measures_that_have_begun_and_its_limits_are_what_is_not_known():
    result = counted("ddddduuun..")  # 11 measures: 5 delivered, 2 on which nobody reported
    share = line(result, "share_delivered")
    assert [line(result, one)["estimate"] for one in ("measures", "begun", "delivered", "unknown")] == [
        11,
        11,
        5,
        2,
    ]
    assert (share["numerator"], share["denominator"], share["n"]) == (5, 11, 11)
    assert (share["estimate"], share["ci_low"], share["ci_high"]) == pytest.approx((5 / 11, 5 / 11, 7 / 11))


def test_limits_of_a_full_count_are_no_confidence_interval():
    share = line(counted("dddddddddd"), "share_delivered")
    assert share["ci_level"] != share["ci_level"]
    assert (share["ci_low"], share["ci_high"]) == (1, 1)


def test_under_the_fewest_measures_part_and_whole_stand_and_no_share():
    result = counted("ddddddddd")  # nine; the notes of the tables say ten
    assert load_cross_rules().least_measures == 10
    assert line(result, "share_delivered")["status"] == "too_few"
    assert line(result, "delivered")["estimate"] == 9


def test_measures_that_have_not_begun_leave_the_share():
    states = measure_states(real_plan(), ledger(), year=2023, definitions=definitions())
    group = Lines(group="g", level="x", name=NAME, short=NAME, measures=frozenset({"1.1.1"}))
    result = delivery_across(states, [group], rules=load_cross_rules())
    assert line(result, "share_delivered")["status"] == "not_due"


def test_another_result_than_states_of_measures_is_refused():
    states = counted("d")
    with pytest.raises(AnalysisError, match="states of measures"):
        delivery_across(states, [], rules=load_cross_rules())


@pytest.fixture(scope="module")
def lines() -> dict[tuple[str, str], Lines]:
    found = cross_lines(
        real_plan(),
        pillars=load_pillars(),
        problems=load_problems(),
        expected=load_expected_results(),
        rules=load_cross_rules(),
    )
    return {(one.group, one.level): one for one in found}


def test_pillars_share_out_the_plan_without_rest_or_overlap(lines):
    pillars = [one.measures for (group, _), one in lines.items() if group == "pillar"]
    assert frozenset().union(*pillars) == lines["plan", "all"].measures
    assert sum(map(len, pillars)) == len(real_plan().measures) == 104


def test_a_theme_and_the_other_measures_make_the_plan(lines):
    for theme in load_cross_rules().themes:
        named, others = lines[theme.id, theme.id].measures, lines[theme.id, "others"].measures
        assert named | others == lines["plan", "all"].measures and not named & others


def test_a_problem_has_the_measures_of_the_objectives_that_answer_it(lines):
    # P08 (insufficient funds) is answered by objective 3.1 alone
    assert lines["problem", "P08"].measures == {one.code for one in real_plan().of_objective("3.1")}


@pytest.mark.parametrize(
    ("theme", "inside", "outside"),
    [
        ("children", {"1.2.6", "3.4.1", "1.5.8"}, {"2.2.9", "1.1.1"}),  # 2.2.9 names schools of police
        ("gender", {"2.2.11", "3.2.2"}, {"1.1.1"}),
        ("rights", {"3.6.2", "4.1.2", "3.4.5"}, {"5.1.1"}),
        ("training", {"2.2.9", "3.6.1"}, {"4.1.8"}),
    ],
)
def test_the_words_of_a_theme_find_the_measures_that_a_reader_would_name(lines, theme, inside, outside):
    found = lines[theme, theme].measures
    assert inside <= found and not outside & found


def test_the_list_of_themes_passes_the_gate_with_the_codes_of_their_measures():
    listed = list_themes(real_plan(), rules=load_cross_rules(), sources=frame_sources("crosscutting"))
    released = release(listed, load_policies()["published_source"])
    assert released.texts is not None
    assert released.texts["measures"].tolist()[2] == "2.2.11, 3.2.2"
