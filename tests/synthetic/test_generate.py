"""The invented answers: parts add up, shares stay below 1, and everything depends on seed and key only."""

from collections import defaultdict

import pytest

from evaluation.strategy.asked import figures_asked, measures_asked, responsible_institutions
from evaluation.strategy.institutions import load_registry
from evaluation.strategy.plan import Kind, load_plan
from evaluation.strategy.request import load_request_rules
from evaluation.synthetic.generate import make_answers
from evaluation.synthetic.truth import load_truth

PLAN, REGISTRY, RULES, TRUTH = load_plan(), load_registry(), load_request_rules(), load_truth()
CARDS = {card.id: card for measure in PLAN.measures for card in measure.indicators}
YEARS = (2024, 2025, 2026)


def answers_of(institution, year, seed=1):
    return make_answers(PLAN, REGISTRY, RULES, institution=institution, year=year, truth=TRUTH, seed=seed)


@pytest.fixture(scope="module")
def everything():
    return {
        (institution, year): answers_of(institution, year)
        for institution in responsible_institutions(PLAN)
        for year in YEARS
    }


def part_sums(answers):
    """Totals of reported figures and the sums of their parts, by figure and variable (county or breakdown)."""
    totals, sums = {}, defaultdict(lambda: [0, 0, 0])
    for key, answer in answers.items():
        indicator, period, institution, county, part = key.split("|")
        if (
            CARDS[indicator].type in (Kind.DURATION, Kind.DELIVERABLE, Kind.TEXT)
            or answer["status"] != "reported"
        ):
            continue
        numbers = [answer.get(name) or 0 for name in ("value", "numerator", "denominator")]
        if answer.get("denominator") is not None:
            numbers[0] = 0
        figure = (indicator, period, institution)
        if county or part:
            name = "county" if county else part.split("=")[0]
            sums[figure, name] = [a + b for a, b in zip(sums[figure, name], numbers, strict=True)]
        else:
            totals[figure] = numbers
    return totals, sums


def test_every_question_is_answered(everything):
    for (institution, year), (figures, measures) in everything.items():
        asked = figures_asked(PLAN, REGISTRY, RULES, institution=institution, year=year)
        assert {one.key for one in asked} <= set(figures)
        assert set(measures) == {one.code for one in measures_asked(PLAN, institution, year=year)}


def test_counties_and_categories_add_up_to_the_total_unless_planted(everything):
    planted = {(one.indicator, one.period, one.institution, one.part) for one in TRUTH.margins}
    astray = set()
    for figures, _ in everything.values():
        totals, sums = part_sums(figures)
        astray |= {(*figure, name) for (figure, name), found in sums.items() if found != totals[figure]}
    assert astray == planted


@pytest.mark.parametrize("one", TRUTH.margins, ids=lambda one: one.id)
def test_a_planted_difference_is_exactly_as_large_as_said(everything, one):
    totals, sums = part_sums(everything[one.institution, int(one.period[:4])][0])
    figure = (one.indicator, one.period, one.institution)
    assert sums[figure, one.part][0] - totals[figure][0] == one.change


def test_a_numerator_of_a_share_stays_below_its_denominator_unless_planted(everything):
    found = {
        key
        for figures, _ in everything.values()
        for key, answer in figures.items()
        if CARDS[key.split("|")[0]].type is Kind.PROPORTION
        and answer.get("denominator") is not None
        and answer["numerator"] > answer["denominator"]
    }
    assert found == {"IND-3.1.3-3|2026-S2|COMITET_MEMBRI||"}


def test_a_part_of_a_whole_is_nowhere_larger_than_the_whole(everything):
    # employers fined (IND-1.5.6-3) are among the employers checked (IND-1.5.6-2), also county by county
    figures, _ = everything["IM", 2025]
    fined = {key: one["value"] for key, one in figures.items() if key.startswith("IND-1.5.6-3|")}
    assert len(fined) == 43
    assert all(value <= figures[key.replace("6-3|", "6-2|")]["value"] for key, value in fined.items())


def test_victims_have_cells_small_enough_for_the_gate(everything):
    cells = [
        answer["value"]
        for figures, _ in everything.values()
        for key, answer in figures.items()
        if "|exploitation=" in key and answer["status"] == "reported"
    ]
    assert sum(0 < value < 5 for value in cells) > 50


def test_equal_seeds_give_equal_answers_and_other_seeds_do_not():
    assert answers_of("ANES", 2025) == answers_of("ANES", 2025)
    assert answers_of("ANES", 2025) != answers_of("ANES", 2025, seed=2)


def test_a_value_does_not_depend_on_what_else_is_asked(everything):
    # The plan cut down to one measure gives the same answers to it.
    measure = next(one for one in PLAN.measures if one.code == "2.3.3")
    small = PLAN.model_copy(update={"measures": (measure,)})
    found, _ = make_answers(small, REGISTRY, RULES, institution="STAT", year=2026, truth=TRUTH, seed=1)
    whole, _ = everything["STAT", 2026]
    assert found
    assert found == {key: whole[key] for key in found}


def test_other_years_can_be_drawn():
    small = PLAN.head.model_copy(update={"end": PLAN.head.end.replace(year=2028)})
    figures, _ = make_answers(
        PLAN.model_copy(update={"head": small}),
        REGISTRY,
        RULES,
        institution="STAT",
        year=2028,
        truth=TRUTH,
        seed=1,
    )
    assert "IND-2.3.3-1|2028|STAT||" in figures


def test_an_undefined_rating_is_not_available_and_says_why(everything):
    answer = everything["ANITP", 2025][0]["IND-4.1.8-3|2025|ANITP||"]
    assert (answer["status"], answer["reason"]) == ("not_available", "no_data_system")
