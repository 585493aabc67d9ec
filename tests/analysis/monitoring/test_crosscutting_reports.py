"""Reports by year, institution, breakdown and county, on rows that can be counted by eye."""

import pandas as pd

from evaluation.analysis.monitoring.crosscutting_reports import (
    breakdowns_received,
    counties_received,
    reports_by_institution,
    states_by_year,
)
from tests.analysis.monitoring.ledger import asked, definitions, ledger, line, real_plan, registry, rules

# 2.1.1: MJ and DIICOT; 2.1.2: MJ and MP
MEASURES = """
| measure | year | institution | stage     |
| 2.1.1   | 2024 | MJ          | under_way |
| 2.1.1   | 2024 | DIICOT      | under_way |
| 2.1.1   | 2025 | MJ          | delivered |
| 2.1.1   | 2025 | DIICOT      | delivered |
"""


def test_each_year_shows_what_was_known_then():
    result = states_by_year(
        real_plan(), ledger(measures=MEASURES), years=(2024, 2025), definitions=definitions()
    )
    found = {
        (year, state): line(result, state, period=year)["estimate"]
        for year in ("2024", "2025")
        for state in ("under_way", "delivered", "contradicted")
    }
    # in 2025 the deliverables of 2.1.1 decide with the stages: nobody reported them, so none is overdue
    assert [found["2024", one] for one in ("under_way", "delivered")] == [1, 0]
    assert [found["2025", one] for one in ("under_way", "delivered", "contradicted")] == [0, 1, 0]


def test_the_states_of_a_year_add_up_to_the_plan():
    result = states_by_year(
        real_plan(), ledger(measures=MEASURES), years=(2024, 2025), definitions=definitions()
    )
    assert result.table.groupby("period")["estimate"].sum().tolist() == [104, 104]


def test_an_institution_is_counted_by_what_it_says_itself():
    text = """
    | measure | year | institution | stage       |
    | 2.1.1   | 2025 | MJ          | delivered   |
    | 2.1.2   | 2025 | MJ          | not_started |
    | 2.1.1   | 2025 | DIICOT      | under_way   |
    """
    result = reports_by_institution(
        real_plan(),
        ledger(
            "| indicator | year | institution | value |\n| IND-1.1.1-1 | 2025 | ANITP | 9 |", measures=text
        ),
        asked=asked(2025),
        year=2025,
        years=(2025,),
        registry=registry(),
    )
    mine = {
        one: line(result, one, level="MJ")["estimate"] for one in ("reported_on", "delivered", "answered")
    }
    assert mine == {"reported_on": 2, "delivered": 1, "answered": 0}
    assert line(result, "delivered", level="DIICOT")["estimate"] == 0


def test_figures_asked_and_answered_of_an_institution_are_totals():
    frame = asked(2025)
    own = frame[(frame["institution"] == "ANITP") & (frame["county"] == "") & (frame["group"] == "")]
    first = own.iloc[0]
    head = "| indicator | year | institution | period | value | stage |"
    row = f"| {first['indicator']} | 2025 | ANITP | {first['period']} | 3 | delivered |"
    result = reports_by_institution(
        real_plan(),
        ledger(f"{head}\n{row}"),
        asked=frame,
        year=2025,
        years=(2025,),
        registry=registry(),
    )
    found = [line(result, one, level="ANITP")["estimate"] for one in ("asked", "answered")]
    assert found == [len(own), 1]


# the evaluators ask IND-1.1.3-5 by sex; the plan asks no indicator by sex
BY_SEX = """
| indicator   | year | institution | group | level  | value |
| IND-1.1.3-5 | 2025 | ANITP       | sex   | female | 4     |
| IND-1.1.1-1 | 2025 | ANITP       | sex   | female | 9     |
| IND-1.1.3-5 | 2026 | ANITP       | sex   | male   | 4     |
"""


def by_sex(years: tuple[int, ...]) -> dict[str, float]:
    result = breakdowns_received(real_plan(), ledger(BY_SEX), rules=rules(), breakdowns=("sex",), years=years)
    names = ("asked_by_plan", "asked_by_evaluators", "arrived")
    return {name: line(result, name, level="sex")["estimate"] for name in names}


def test_a_breakdown_arrives_for_indicators_that_were_asked_by_it():
    assert by_sex((2025,)) == {"asked_by_plan": 0, "asked_by_evaluators": 8, "arrived": 1}


def test_an_indicator_that_arrives_in_two_years_is_one():
    assert by_sex((2025, 2026))["arrived"] == 1


def test_a_breakdown_that_was_said_to_be_missing_did_not_arrive():
    text = """
    | indicator   | year | institution | group | level  | status        |
    | IND-1.1.3-5 | 2025 | ANITP       | sex   | female | not_available |
    """
    result = breakdowns_received(real_plan(), ledger(text), rules=rules(), breakdowns=("sex",), years=(2025,))
    assert line(result, "arrived", level="sex")["estimate"] == 0


def test_counties_are_counted_once_and_out_of_all():
    text = """
    | indicator   | year | institution | county | value |
    | IND-2.2.2-3 | 2025 | IGPR        | AB     | 4     |
    | IND-2.2.2-3 | 2025 | DIICOT      | AB     | 1     |
    | IND-2.2.2-3 | 2025 | IGPR        | IS     | 2     |
    | IND-2.2.2-3 | 2024 | IGPR        | CJ     | 2     |
    """
    result = counties_received(real_plan(), ledger(text), rules=rules(), year=2025)
    found = line(result, "counties", level="IND-2.2.2-3")
    assert (found["numerator"], found["denominator"]) == (2, 42)
    assert (
        isinstance(result.table, pd.DataFrame)
        and line(result, "counties", level="IND-5.1.1-1")["numerator"] == 0
    )
