"""Findings that lead to a question: each check on a ledger where it must speak, and one where it must not."""

import pytest

from evaluation.analysis.monitoring.plausibility import count_oddities, find_oddities, list_questions
from evaluation.core.results import Result
from tests.analysis.monitoring.ledger import asked, definitions, ledger, line, real_plan, registry, rules


def find(text: str) -> Result:
    return find_oddities(
        real_plan(), ledger(text), asked=asked(2024, 2025), registry=registry(), definitions=definitions()
    )


def series(*values: float, indicator: str = "IND-1.1.1-1", first: int = 2024) -> str:
    head = "| indicator | year | institution | value |\n"
    return head + "\n".join(
        f"| {indicator} | {first + n} | ANITP | {value} |" for n, value in enumerate(values)
    )


def checks(result: Result) -> set[str]:
    return set(result.table["measure"])


def test_a_tenfold_rise_is_a_jump_with_its_interval():
    found = line(find(series(100, 1000)), "jump")
    assert found["estimate"] == 10
    assert found["ci_low"] > 2


@pytest.mark.parametrize("pair", [(100, 400), (1, 6)])  # not above five; above five, but chance explains it
def test_a_moderate_or_uncertain_rise_is_no_jump(pair):
    assert "jump" not in checks(find(series(*pair)))


def test_the_same_value_from_twenty_up_is_asked_about():
    assert "same_as_last_year" in checks(find(series(20, 20)))
    assert "same_as_last_year" not in checks(find(series(19, 19)))


def test_three_equal_years_are_asked_about_from_five_up():
    assert "same_three_years" in checks(find(series(7, 7, 7)))
    assert "same_three_years" not in checks(find(series(4, 4, 4)))
    assert "same_three_years" not in checks(find(series(7, 8, 7)))


def both(values: list[int], others: list[int]) -> str:
    rows = [
        f"| IND-2.3.5-{place} | 2025 | {institution} | {value} |"
        for institution, block in (("IGPR", values), ("DIICOT", others))
        for place, value in enumerate(block, start=1)
    ]
    return "| indicator | year | institution | value |\n" + "\n".join(rows)


def test_a_run_of_four_equal_figures_at_two_institutions_is_asked_about():
    found = line(find(both([3, 12, 7, 5, 1], [3, 12, 7, 5, 2])), "copied_block")
    assert (found["level"], found["estimate"]) == ("IGPR", 4)


def test_a_broken_run_and_a_run_of_small_figures_are_not():
    assert "copied_block" not in checks(find(both([3, 12, 9, 5, 1], [3, 12, 7, 5, 1])))
    assert "copied_block" not in checks(find(both([1, 2, 0, 0, 1], [1, 2, 0, 0, 1])))


def many(values: list[int]) -> str:
    cards = [
        card.id
        for measure in real_plan().measures
        for card in measure.indicators
        if card.type.value == "count" and card.frequency == "annual"
    ]
    rows = [f"| {card} | 2025 | ANITP | {value} |" for card, value in zip(cards, values, strict=False)]
    return "| indicator | year | institution | value |\n" + "\n".join(rows)


def test_only_round_figures_are_asked_about_with_their_probability():
    found = line(find(many([20, 30, 40, 50, 60, 70, 80, 90, 100, 110])), "round_numbers")
    assert found["estimate"] == pytest.approx(1e-10)  # (1/10) to the tenth


def test_ordinary_last_digits_are_not():
    assert "round_numbers" not in checks(find(many([21, 32, 43, 54, 65, 76, 87, 98, 109, 110])))


def counties(total: int, number: int) -> str:
    head = "| indicator | year | institution | county | value |\n"
    rows = [f"| IND-1.5.4-1 | 2025 | IM | {name} | 2 |" for name in rules().counties[:number]]
    return head + "\n".join([f"| IND-1.5.4-1 | 2025 | IM | | {total} |", *rows])


def test_counties_that_do_not_add_up_are_asked_about():
    found = line(find(counties(90, 42)), "counties_and_total")
    assert (found["numerator"], found["denominator"], found["estimate"]) == (84, 90, -6)  # 42 x 2


def test_counties_that_add_up_or_are_incomplete_below_the_total_are_not():
    assert "counties_and_total" not in checks(find(counties(84, 42)))
    assert "counties_and_total" not in checks(find(counties(84, 40)))


def test_categories_above_their_total_are_asked_about():
    text = """
    | indicator   | year | institution | group       | level | value |
    | IND-1.1.1-1 | 2025 | ANITP       |             |       | 10    |
    | IND-1.1.1-1 | 2025 | ANITP       | environment | rural | 6     |
    | IND-1.1.1-1 | 2025 | ANITP       | environment | urban | 6     |
    """
    assert line(find(text), "levels_and_total")["estimate"] == 2  # 6 + 6 - 10


def test_halves_that_do_not_make_the_year_are_asked_about():
    text = """
    | indicator   | year | period  | institution | value |
    | IND-1.3.3-1 | 2025 | 2025    | ANITP       | 10    |
    | IND-1.3.3-1 | 2025 | 2025-S1 | ANITP       | 6     |
    | IND-1.3.3-1 | 2025 | 2025-S2 | ANITP       | 6     |
    """
    assert line(find(text), "parts_of_year")["estimate"] == 2  # 6 + 6 - 10


@pytest.mark.parametrize(
    ("value", "part", "whole", "check"),
    [
        (1.2, "", "", "share_outside"),
        ("", 30, 20, "part_above_whole"),
        (0.5, 30, 50, "share_and_parts"),
        (0.5, 4, 8, "tiny_denominator"),
    ],
)
def test_impossible_and_thin_shares_are_asked_about(value, part, whole, check):
    text = f"""
    | indicator   | year | institution | value   | numerator | denominator |
    | IND-1.2.1-4 | 2025 | ANITP       | {value} | {part}    | {whole}     |
    """
    assert check in checks(find(text))


def test_a_rounded_share_agrees_with_its_parts():
    text = """
    | indicator   | year | institution | value | numerator | denominator |
    | IND-1.2.1-4 | 2025 | ANITP       | 0.33  | 10        | 30          |
    """
    assert checks(find(text)) == set()


def test_questions_hold_no_figure():
    listing = list_questions(find(series(100, 1000)))
    said = " ".join(listing.texts[["question.ro", "check.ro"]].iloc[0])
    assert "1000" not in said and "100" not in said


def test_findings_are_counted_for_each_institution():
    counted = count_oddities(find(series(100, 1000)), definitions=definitions())
    assert line(counted, "findings", level="ANITP")["estimate"] == 1
    assert line(counted, "jump", level="all")["estimate"] == 1


def test_a_ledger_without_rows_has_no_findings():
    assert len(find("").table) == 0
