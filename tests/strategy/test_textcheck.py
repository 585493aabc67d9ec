"""The plan held against the legal text, in both directions."""

import textwrap
from pathlib import Path

import pytest

from evaluation.core.errors import StrategyError
from evaluation.strategy.plan import Indicator, Measure, Plan, load_plan
from evaluation.strategy.textcheck import TextCheck, check_against_text

LEGAL_TEXT = Path(__file__).resolve().parents[3] / "shared" / "seed"
PLAN = load_plan()


@pytest.fixture(scope="module")
def act() -> str:
    found = sorted(LEGAL_TEXT.glob("*.txt"))
    if not found:
        pytest.skip("the legal text is not beside this checkout (shared/seed/*.txt)")
    return found[0].read_text(encoding="utf-8")


def report(check: TextCheck) -> tuple[list[str], str]:
    """Places that are not in the text, and the words that nothing accounts for."""
    return [one.place for one in check.missing], " ".join(one.text for one in check.leftovers)


def with_measure(changed: Measure) -> Plan:
    kept = tuple(changed if one.code == changed.code else one for one in PLAN.measures)
    return PLAN.model_copy(update={"measures": kept})


def measure(code: str) -> Measure:
    return next(one for one in PLAN.measures if one.code == code)


def renamed(card: Indicator, *, ro: str) -> Indicator:
    return card.model_copy(update={"name": card.name.model_copy(update={"ro": ro})})


def test_nothing_is_unexplained_in_the_real_text(act):
    check = check_against_text(PLAN, act)
    assert report(check) == ([], "")
    assert check.is_explained


def test_one_changed_word_of_an_action_is_reported_from_both_sides(act):
    one = measure("1.5.8")
    action = one.action.model_copy(update={"ro": one.action.ro.replace("Înființarea", "Desființarea")})
    missing, left = report(check_against_text(with_measure(one.model_copy(update={"action": action})), act))
    assert missing == ["1.5.8 action"]
    assert left.startswith("Înființarea și operaționalizarea Observatorului Național")
    assert left.endswith("(abuz, neglijare, sărăcie extremă).")


def test_a_dropped_indicator_is_left_over_in_the_text(act):
    one = measure("1.5.8")
    check = check_against_text(with_measure(one.model_copy(update={"indicators": one.indicators[:1]})), act)
    assert report(check) == (
        [],
        "Nr. autorități ale administrației publice locale care utilizează Observatorul Național",
    )
    # The three printed lines of the indicator.
    assert [left.line for left in check.leftovers] == [2285, 2286, 2287]


def test_an_added_indicator_is_missing_in_the_text(act):
    one = measure("1.5.8")
    more = renamed(one.indicators[1], ro="Număr de copii înregistrați").model_copy(
        update={"id": "IND-1.5.8-3"}
    )
    check = check_against_text(
        with_measure(one.model_copy(update={"indicators": (*one.indicators, more)})), act
    )
    assert report(check) == (["1.5.8 indicator 3"], "")


def test_an_indicator_given_twice_is_not_found_twice(act):
    one = measure("1.5.8")
    again = one.indicators[1].model_copy(update={"id": "IND-1.5.8-3"})
    check = check_against_text(
        with_measure(one.model_copy(update={"indicators": (*one.indicators, again)})), act
    )
    assert report(check) == (["1.5.8 indicator 3"], "")


def test_a_changed_period_is_reported_from_both_sides(act):
    one = measure("2.2.6")
    changed = one.model_copy(update={"period": ("Trimestrul II 2024", "Permanent")})
    assert report(check_against_text(with_measure(changed), act)) == (["2.2.6 period 1"], "Semestrul II 2024")


def test_a_dropped_institution_is_left_over_in_the_text(act):
    one = measure("2.2.6")
    changed = one.model_copy(update={"responsible": one.responsible[1:]})
    assert report(check_against_text(with_measure(changed), act)) == ([], "MP prin DIICOT")


def test_a_dropped_measure_is_left_over_whole(act):
    kept = tuple(one for one in PLAN.measures if one.code != "5.1.5")
    missing, left = report(check_against_text(PLAN.model_copy(update={"measures": kept}), act))
    assert missing == []
    assert left.startswith("5.1.5.")
    assert left.endswith("Anual")


# Small invented tables: one measure, or two, in the manner of the extraction.


def small(*measures: Measure) -> Plan:
    return PLAN.model_copy(update={"general": (), "specific": (), "measures": measures})


def invented(code: str, *, action: str, result: str, indicators: tuple[str, ...]) -> Measure:
    base = measure(code)
    cards = tuple(
        renamed(base.indicators[0], ro=name).model_copy(update={"id": f"IND-{code}-{place}"})
        for place, name in enumerate(indicators, start=1)
    )
    party = base.responsible[0].model_copy(update={"printed": "MAI prin ANITP"})
    return base.model_copy(
        update={
            "action": base.action.model_copy(update={"ro": action}),
            "responsible": (party,),
            "support": (),
            "results": (base.action.model_copy(update={"ro": result}),),
            "period": ("Permanent",),
            "evaluation_stage": ("Anual",),
            "indicators": cards,
        }
    )


ONE = invented(
    "1.1.1",
    action="Informarea elevilor din școli",
    result="Elevii știu riscurile",
    indicators=("Număr de elevi",),
)


def table(text: str) -> str:
    return "PLANUL NAȚIONAL DE ACȚIUNE 2024-2026\n" + textwrap.dedent(text)


PLAIN = """
    1.1.1. Informarea
    elevilor din școli
    MAI prin ANITP
    Elevii știu riscurile
    Permanent Număr de elevi
    Anual
"""


def test_columns_one_after_the_other_are_read():
    assert check_against_text(small(ONE), table(PLAIN)).is_explained


def test_columns_printed_line_by_line_into_each_other_are_read():
    text = """
        1.1.1. Informarea
        Elevii
        elevilor din școli
        știu riscurile
        MAI prin ANITP
        Permanent Număr de
        Anual
        elevi
    """
    assert check_against_text(small(ONE), table(text)).is_explained


def test_a_cell_broken_by_the_page_end_and_its_furniture_is_read():
    text = """
        1.1.1. Informarea
        elevilor
        Page 34 of 63
        HG 533/2024 pentru aprobarea Strategiei. Publicată în MOR 467 bis / 21.05.2024
        DE P
        ERSOANE 20
        34
        din școli
        MAI prin ANITP
        Elevii știu riscurile
        Permanent Număr de elevi
        Anual
    """
    assert check_against_text(small(ONE), table(text)).is_explained


def test_old_letters_of_the_extraction_are_no_difference():
    assert check_against_text(small(ONE), table(PLAIN).replace("\u0219", "\u015f")).is_explained


def test_a_word_too_many_in_the_text_is_left_over():
    check = check_against_text(
        small(ONE), table(PLAIN.replace("Număr de elevi", "Număr de elevi și profesori"))
    )
    assert report(check) == ([], "și profesori")


def test_one_word_cannot_serve_two_fields():
    two = invented(
        "1.1.1", action=ONE.action.ro, result=ONE.results[0].ro, indicators=("Număr de elevi", "Anual")
    )
    missing, left = report(check_against_text(small(two), table(PLAIN)))
    assert (len(missing), left) == (1, "")


def test_a_number_that_differs_is_reported():
    text = table(PLAIN.replace("Număr de elevi", "Număr de 10 elevi"))
    other = invented(
        "1.1.1", action=ONE.action.ro, result=ONE.results[0].ro, indicators=("Număr de 12 elevi",)
    )
    missing, left = report(check_against_text(small(other), text))
    assert (missing, left) == (["1.1.1 indicator 1"], "Număr de 10 elevi")


def test_words_of_the_next_measure_do_not_serve_this_one():
    # 1.1.2 prints "Număr de părinți"; 1.1.1 may not borrow it.
    two = invented(
        "1.1.2", action="Informarea părinților", result="Părinții știu", indicators=("Număr de părinți",)
    )
    greedy = invented(
        "1.1.1",
        action=ONE.action.ro,
        result=ONE.results[0].ro,
        indicators=("Număr de elevi", "Număr de părinți"),
    )
    text = table(PLAIN) + textwrap.dedent("""
        1.1.2. Informarea
        părinților
        MAI prin ANITP
        Părinții știu
        Permanent Număr de părinți
        Anual
    """)
    assert check_against_text(small(ONE, two), text).is_explained
    assert report(check_against_text(small(greedy, two), text)) == (["1.1.1 indicator 2"], "")


def test_a_text_without_the_plan_is_refused():
    with pytest.raises(StrategyError, match="holds no national action plan"):
        check_against_text(small(ONE), "Strategia\nnațională\n")
