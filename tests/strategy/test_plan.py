"""The plan as data: counts, ids, questions, and due dates worked by hand from the printed table."""

import re
import shutil
from datetime import date

import pytest

from evaluation.core.errors import StrategyError
from evaluation.strategy.periods import Window
from evaluation.strategy.plan import (
    PLANS,
    DefinitionStatus,
    Indicator,
    Measure,
    indicator_due,
    indicator_evaluated,
    load_plan,
    measure_due,
)

PLAN = load_plan()
CARDS = [card for measure in PLAN.measures for card in measure.indicators]
# Specific objectives and their measures as the table of the strategy numbers them, 1.1.1 to 5.1.5.
MEASURES = {
    "1.1": 4, "1.2": 7, "1.3": 3, "1.4": 3, "1.5": 8, "1.6": 2, "1.7": 2,
    "2.1": 6, "2.2": 13, "2.3": 5,
    "3.1": 5, "3.2": 9, "3.3": 8, "3.4": 6, "3.5": 2, "3.6": 7,
    "4.1": 9,
    "5.1": 5,
}  # fmt: skip


def measure(code: str) -> Measure:
    return next(one for one in PLAN.measures if one.code == code)


def card(code: str) -> tuple[Indicator, Measure]:
    owner = measure(code.rsplit("-", 1)[0])
    return next(one for one in owner.indicators if one.id == f"IND-{code}"), owner


def span(start: str, end: str) -> Window:
    return Window(date.fromisoformat(start), date.fromisoformat(end))


YEARS = [span(f"{year}-01-01", f"{year}-12-31") for year in (2024, 2025, 2026)]
SEMESTERS = [
    span(*days)
    for year in (2024, 2025, 2026)
    for days in ((f"{year}-01-01", f"{year}-06-30"), (f"{year}-07-01", f"{year}-12-31"))
]


def test_five_general_and_eighteen_specific_objectives_and_104_measures():
    assert [one.code for one in PLAN.general] == ["1", "2", "3", "4", "5"]
    assert [one.code for one in PLAN.specific] == list(MEASURES)
    # 4+7+3+3+8+2+2 = 29; 6+13+5 = 24; 5+9+8+6+2+7 = 37; 9; 5; together 104
    assert len(PLAN.measures) == sum(MEASURES.values()) == 104


@pytest.mark.parametrize("objective", MEASURES)
def test_measures_are_numbered_without_a_gap(objective):
    expected = [f"{objective}.{place}" for place in range(1, MEASURES[objective] + 1)]
    assert [one.code for one in PLAN.of_objective(objective)] == expected


@pytest.mark.parametrize("objective", MEASURES)
def test_indicators_are_as_many_as_ids_in_the_file(objective):
    text = (PLANS / "pna_2024_2026" / "measures" / f"{objective}.yaml").read_text(encoding="utf-8")
    ids = re.findall(r'^\s+- id: "(IND-[\d.]+-\d+)"$', text, flags=re.MULTILINE)
    assert [one.id for each in PLAN.of_objective(objective) for one in each.indicators] == ids


@pytest.mark.parametrize(
    ("code", "printed"),
    # Counted by hand in the column "Indicatori" of the printed table.
    [("1.1.1", 4), ("1.1.2", 4), ("1.1.3", 5), ("1.1.4", 4), ("1.5.8", 2), ("2.2.6", 3), ("3.2.1", 8), ("3.6.7", 2),
     ("4.1.8", 1), ("4.1.9", 2)],
)  # fmt: skip
def test_indicators_printed_in_the_column(code, printed):
    assert sum(one.origin == "indicators_column" for one in measure(code).indicators) == printed


def test_only_measure_4_1_8_names_indicators_in_its_action():
    assert [one.id for one in CARDS if one.origin != "indicators_column"] == [
        "IND-4.1.8-2",
        "IND-4.1.8-3",
        "IND-4.1.8-4",
    ]


def test_ids_never_repeat():
    ids = [one.id for one in CARDS]
    assert len(ids) == len(set(ids))


def test_an_indicator_that_is_not_defined_has_the_question_to_ask():
    open_cards = [one for one in CARDS if one.status is not DefinitionStatus.DEFINED]
    assert open_cards
    assert [one.id for one in open_cards if one.question is None] == []


def test_an_indicator_grad_de_has_no_scale_and_is_undefined():
    degrees = [one for one in CARDS if re.match(r"Gradul?\b", one.name.ro)]
    assert len(degrees) == len(re.findall(r"\bGradul? ", " ".join(one.name.ro for one in CARDS)))
    assert {one.status for one in degrees} == {DefinitionStatus.UNDEFINED}
    assert {"IND-4.1.8-2", "IND-4.1.8-3", "IND-4.1.8-4"} <= {one.id for one in degrees}


def test_the_only_target_is_the_one_that_the_plan_prints():
    # "1 raport de evaluare intermediar realizat" is the only indicator with a number in it.
    assert [(one.id, one.target.value) for one in CARDS if one.target] == [("IND-4.1.9-1", 1.0)]


@pytest.mark.parametrize(
    ("code", "windows"),
    [
        (
            "2.2.6",
            [span("2024-07-01", "2024-12-31"), span("2024-01-01", "2026-12-31")],
        ),  # Semestrul II 2024; Permanent
        (
            "1.5.8",
            [span("2026-01-01", "2026-06-30"), span("2024-01-01", "2026-12-31")],
        ),  # Semestrul I 2026; Permanent
        ("3.2.1", YEARS),  # Anual
        ("4.1.9", [span("2026-01-01", "2026-12-31")]),  # 2026
        (
            "3.6.7",
            [span("2024-01-01", "2026-12-31"), span("2024-01-01", "2024-06-30")],
        ),  # Permanent; SEM I 2024
    ],
)
def test_a_measure_is_due_in_its_printed_periods(code, windows):
    assert list(measure_due(measure(code), window=PLAN.window)) == windows


@pytest.mark.parametrize(
    ("code", "windows"),
    [
        ("2.2.6-1", [span("2024-07-01", "2024-12-31")]),  # the methodology, due with the first period
        ("2.2.6-2", YEARS),  # files in which it was used: permanent, evaluated yearly
        ("1.5.8-1", [span("2026-01-01", "2026-06-30")]),  # the database
        ("1.5.8-2", YEARS),  # authorities that use it
        ("3.2.1-1", YEARS),  # a count, yearly
        ("3.2.1-3", YEARS),  # an instruction, due once in each year of "Anual"
        ("4.1.9-1", [span("2026-01-01", "2026-12-31")]),  # the interim report
        ("3.6.7-1", SEMESTERS),  # sessions: permanent, evaluated every semester
        ("3.6.7-2", [span("2024-01-01", "2024-06-30")]),  # the analysis, due with the second period
    ],
)
def test_an_indicator_is_due_in_these_windows(code, windows):
    one, owner = card(code)
    assert list(indicator_due(one, owner, window=PLAN.window)) == windows


@pytest.mark.parametrize(
    ("code", "windows"),
    [
        ("2.2.6-1", [span("2025-01-01", "2025-06-30")]),  # Semestrul I 2025
        ("2.2.6-2", []),  # Anual: an interval, no date
        ("4.1.9-1", [span("2027-01-01", "2027-12-31")]),  # 2027, beyond the plan's end
        ("3.6.7-1", []),  # Semestrial
    ],
)
def test_a_dated_evaluation_stage_is_these_days(code, windows):
    one, owner = card(code)
    assert list(indicator_evaluated(one, owner, window=PLAN.window)) == windows


@pytest.fixture
def copy(tmp_path):
    shutil.copytree(PLANS / "pna_2024_2026", tmp_path / "pna_2024_2026")
    return tmp_path


def change(folder, name: str, before: str, after: str) -> None:
    path = folder / "pna_2024_2026" / name
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1
    path.write_text(text.replace(before, after), encoding="utf-8")


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ('- id: "IND-1.1.1-2"', '- id: "IND-1.1.1-9"', "in order"),
        ('- id: "IND-1.1.1-2"', '- id: "IND-1.1.1-1"', "in order"),
        ('code: "1.1.2"', 'code: "1.1.1"', "in order"),
        ('code: "1.1.2"', 'code: "1.2.9"', "in order"),
        ('lines: "1375-1409"', 'lines: "1375-1409"\n    budget: "CANARY"', "extra"),
    ],
)
def test_a_file_that_breaks_the_rules_is_refused_with_its_place_and_without_the_value(
    copy, before, after, problem
):
    change(copy, "measures/1.1.yaml", before, after)
    with pytest.raises(StrategyError, match=rf"measures/1\.1\.yaml, measures\.\d.*{problem}") as refused:
        load_plan(folder=copy)
    assert "CANARY" not in str(refused.value)


def test_an_undefined_indicator_without_a_question_is_refused(copy):
    path = copy / "pna_2024_2026" / "measures" / "1.1.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("status: defined", "status: undefined", 1), encoding="utf-8")
    with pytest.raises(StrategyError, match="needs the question to ask"):
        load_plan(folder=copy)


def test_a_measure_in_the_file_of_another_objective_is_refused(copy):
    change(copy, "measures/1.1.yaml", 'objective: "1.1"', 'objective: "1.2"')
    with pytest.raises(StrategyError, match="measures of another objective"):
        load_plan(folder=copy)
