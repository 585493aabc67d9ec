"""What truth.yaml says is planted is in the answers, and its sentences are arithmetically right."""

from datetime import date
from functools import cache

import pytest

from evaluation.strategy.institutions import load_registry
from evaluation.strategy.plan import load_plan
from evaluation.strategy.request import load_request_rules
from evaluation.synthetic.counties import draw_counties, rank_correlation
from evaluation.synthetic.generate import make_answers
from evaluation.synthetic.truth import load_truth

PLAN, REGISTRY, RULES, TRUTH = load_plan(), load_registry(), load_request_rules(), load_truth()


@cache
def figures(institution, year):
    return make_answers(
        PLAN, REGISTRY, RULES, institution=institution, year=year, truth=TRUTH, seed=20262028
    )[0]


def number(indicator, institution, year):
    answer = figures(institution, year)[f"{indicator}|{year}|{institution}||"]
    return answer["numerator"] / answer["denominator"] if "numerator" in answer else answer["value"]


@pytest.mark.parametrize("one", TRUTH.figures, ids=lambda one: one.id)
def test_planted_totals_are_answered_as_planted(one):
    for period, text in one.values.items():
        answer = figures(one.institution, int(period[:4]))[f"{one.indicator}|{period}|{one.institution}||"]
        above, slash, below = text.partition("/")
        found = (answer["numerator"], answer["denominator"]) if slash else answer["value"]
        assert found == ((int(above), int(below)) if slash else float(text))


@pytest.mark.parametrize(
    ("indicator", "institution", "ratio"),
    [
        ("IND-1.1.1-1", "ANITP", 1.65),  # T01: 198 / 120
        ("IND-1.5.7-2", "ME", 0.70),  # T02: 16800 / 24000
        ("IND-1.3.2-1", "ANITP", 0.50),  # T03: 20 / 40
        ("IND-1.5.4-1", "IM", 0.60),  # T12: 4800 / 8000
        ("IND-1.5.4-2", "IM", 0.60),  # T13: 54 / 90
    ],
)
def test_trends_have_the_ratio_that_is_said(indicator, institution, ratio):
    assert number(indicator, institution, 2026) / number(indicator, institution, 2024) == pytest.approx(ratio)


def test_the_ratio_of_sums_is_not_the_mean_of_percentages():
    # T06 and T07: (90 + 300) / (100 + 1000) = 390 / 1100 = 0.3545...; (0.90 + 0.30) / 2 = 0.60
    parts = [figures(one, 2025)[f"IND-1.2.7-3|2025|{one}||"] for one in ("ANPDCA", "DGASPC")]
    sums = sum(one["numerator"] for one in parts) / sum(one["denominator"] for one in parts)
    assert sums == pytest.approx(39 / 110)
    assert sum(one["value"] for one in parts) / 2 == pytest.approx(0.60)


def test_identified_victims_and_calls_fall_together():
    # T08 + T09: 84 + 36 = 120, 52 + 23 = 75; T10 + T11: 800 + 400 = 1200, 400 + 200 = 600
    for indicator, first, last in (("IND-1.1.3-5", 120, 75), ("IND-1.1.3-4", 1200, 600)):
        assert sum(number(indicator, one, 2024) for one in ("ANITP", "ANES")) == first
        assert sum(number(indicator, one, 2026) for one in ("ANITP", "ANES")) == last


def test_a_late_deliverable_is_under_way_until_it_is_delivered():
    # D02: due 31 December 2024, delivered 15 April 2025 = 105 days late
    key = "IND-2.2.3-1|2024-Q4|DIICOT||"
    assert figures("DIICOT", 2024)[key]["stage"] == "under_way"
    assert figures("DIICOT", 2025)[key]["date"] == "2025-04-15"
    assert (date(2025, 4, 15) - date(2024, 12, 31)).days == 105


def test_an_overdue_deliverable_is_never_delivered_and_says_why():
    for year in (2024, 2025, 2026):
        answer = figures("ANITP", year)["IND-4.1.3-1|2024-Q4|ANITP||"]
        assert (answer["stage"], answer["reason"]) == ("under_way", "waiting_for_other_institution")
    assert (date(2026, 12, 31) - date(2024, 12, 31)).days == 730  # D04


def test_a_delivered_state_is_turned_back():
    key = "IND-2.1.5-1|2024-S2|DIICOT||"
    assert [figures("DIICOT", year)[key]["stage"] for year in (2024, 2025)] == ["delivered", "under_way"]


def test_one_institution_sends_the_figures_of_another():
    source, target = figures("CJ", 2025), figures("CL", 2025)
    mine = {key.replace("|CJ|", "|CL|"): one for key, one in source.items() if "=" not in key}
    assert mine.items() <= target.items()


def test_round_figures_are_round():
    counts = [one["value"] for key, one in figures("IGI", 2024).items() if "value" in one and "=" not in key]
    assert len(counts) > 20
    assert all(value % 50 == 0 for value in counts)


@pytest.mark.parametrize("one", TRUTH.missing, ids=lambda one: one.id)
def test_what_is_missing_says_why(one):
    for year in one.years:
        found = figures(one.institution, year)
        mine = [
            answer
            for key, answer in found.items()
            if key.startswith(f"{one.indicator}|") and (not one.parts_only or "=" in key)
        ]
        assert mine
        assert {(answer["status"], answer["reason"]) for answer in mine} == {(one.status, one.reason)}


def test_effort_does_not_follow_need():
    counties = draw_counties(RULES.counties, TRUTH.counties, seed=20262028)
    assert rank_correlation(counties.effort, counties.need) == pytest.approx(-0.35, abs=0.02)


def test_the_components_point_to_the_planted_need():
    # loading 0.8 and noise 0.6: the correlation of one component with need is 0.8 in the long run
    counties = draw_counties(RULES.counties, TRUTH.counties, seed=20262028)
    for values in counties.components.values():
        assert 0.6 < rank_correlation(values, counties.need) < 0.95


def test_rank_correlation_of_a_reversed_order_is_minus_one():
    assert rank_correlation({"A": 1, "B": 2, "C": 3}, {"A": 9, "B": 5, "C": 1}) == pytest.approx(-1)
