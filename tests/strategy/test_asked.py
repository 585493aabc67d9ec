"""What is asked of whom: worked by hand from the printed plan."""

from datetime import date

from evaluation.strategy.asked import (
    Asked,
    figures_asked,
    measures_asked,
    responsible_institutions,
    window_label,
    year_of,
)
from evaluation.strategy.counties import load_counties
from evaluation.strategy.institutions import load_registry
from evaluation.strategy.periods import Window
from evaluation.strategy.plan import load_plan
from evaluation.strategy.request import UnitClass, load_request_rules

PLAN, REGISTRY, RULES = load_plan(), load_registry(), load_request_rules()


def asked(institution: str, year: int, indicator: str) -> list[Asked]:
    found = figures_asked(PLAN, REGISTRY, RULES, institution=institution, year=year)
    return [one for one in found if one.indicator == indicator]


def test_a_yearly_figure_with_a_breakdown_is_asked_as_total_and_by_level():
    # 1.1.1, "Permanent", yearly, by area: the total, rural, urban
    rows = asked("ANITP", 2025, "IND-1.1.1-1")
    assert [(one.period, one.group, one.level) for one in rows] == [
        ("2025", "", ""),
        ("2025", "environment", "rural"),
        ("2025", "environment", "urban"),
    ]
    assert all(one.by_plan for one in rows)


def test_a_half_yearly_figure_of_police_units_is_asked_by_half_year_and_county():
    # 1.2.1, IGPR: two half-years, each the total, two settings and 42 county units
    rows = asked("IGPR", 2025, "IND-1.2.1-1")
    card = next(c for m in PLAN.measures for c in m.indicators if c.id == "IND-1.2.1-1")
    periods = {"annual": 1, "semestrial": 2}[card.frequency]
    assert len(rows) == periods * (1 + 2 + 42)


def test_breakdowns_of_victims_are_marked_as_asked_by_the_evaluators():
    rows = asked("ANITP", 2025, "IND-5.1.3-3")
    by_sex = [one for one in rows if one.group == "sex"]
    assert by_sex and not any(one.by_plan for one in by_sex)


def test_a_deliverable_is_asked_from_the_first_year_of_its_period_until_the_plan_ends():
    # 1.6.1: "Semestrul I 2025"
    assert asked("COMITET", 2024, "IND-1.6.1-1") == []
    for year in (2025, 2026):
        (one,) = asked("COMITET", year, "IND-1.6.1-1")
        assert (one.period, one.due) == ("2025-S1", date(2025, 6, 30))


def test_the_same_question_has_the_same_key_and_no_two_questions_share_one():
    keys = [
        one.key
        for institution in responsible_institutions(PLAN)
        for one in figures_asked(PLAN, REGISTRY, RULES, institution=institution, year=2025)
    ]
    assert len(keys) == len(set(keys))
    assert "IND-1.1.1-1|2025|ANITP||environment=rural" in keys


def test_an_institution_is_asked_only_about_measures_that_have_begun():
    codes = {one.code for one in measures_asked(PLAN, "COMITET", year=2024)}
    assert "1.6.1" not in codes


def test_labels_of_periods():
    assert window_label(Window(date(2025, 1, 1), date(2025, 12, 31))) == "2025"
    assert window_label(Window(date(2025, 4, 1), date(2025, 6, 30))) == "2025-Q2"
    assert window_label(Window(date(2025, 3, 1), date(2025, 3, 31))) == "2025-03"
    assert [year_of(one) for one in ("2025", "2025-S2", "2025-03", "2024-2026")] == [2025, 2025, 2025, 2026]


def test_every_unit_of_the_plan_has_a_class_and_victims_are_protected():
    classes = {card.id: RULES.unit_class(card) for measure in PLAN.measures for card in measure.indicators}
    assert classes["IND-2.3.3-1"] is UnitClass.PROTECTED  # victims supported
    assert classes["IND-2.2.10-2"] is UnitClass.OFFICIAL  # police officers and prosecutors trained
    assert classes["IND-1.1.1-3"] is UnitClass.THING  # materials


def test_there_are_41_counties_and_bucharest_each_on_a_tile_of_its_own():
    counties = load_counties()
    assert len(counties) == 42
    assert len({one.tile for one in counties}) == 42
    assert len({one.region for one in counties}) == 8
    assert "București" in {one.name for one in counties}
