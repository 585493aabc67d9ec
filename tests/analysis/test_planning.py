"""What a plan holds, counted on a plan small enough to count by hand."""

import re
from datetime import date
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from evaluation.analysis import planlists, planning
from evaluation.core.provenance import Source
from evaluation.reporting.layouts import load_layouts
from evaluation.strategy import frame
from evaluation.strategy.institutions import Registry, load_registry
from evaluation.strategy.periods import Window
from evaluation.strategy.plan import Plan, load_plan

ROOT = Path(__file__).resolve().parents[2]
SOURCES = (Source("evaluation/strategy/plans/tiny/measures/1.1.yaml", "0" * 64),)

HEAD = """
  id: tiny
  title: {ro: "Plan", en: "Plan"}
  lines: "1"
  strategy:
    title: {ro: "Strategie", en: "Strategy"}
    act: "HG 1"
    published: "MO 1"
    period: "2024-2028"
    lines: "1"
    publication_lines: "1"
    purpose: {ro: "Scop", en: "Purpose", lines: "1"}
  start: "2024-01-01"
  end: "2026-12-31"
  dates_note: {ro: "n", en: "n"}
  translation: {ro: "n", en: "n"}
  no_baseline: {ro: "n", en: "n"}
  no_target: {ro: "n", en: "n"}
"""

# Three measures, five indicators. 1.1.1: two responsible (A, B), a count and a deliverable, permanent.
# 1.1.2: one responsible (A), the same two names of indicators, due in the first half of 2025, judged in 2027.
# 1.2.1: one responsible (B), one undefined degree, no results, no stage, no support.
TINY = f"""
head:{HEAD}
general:
  - {{code: "1", name: {{ro: "Unu", en: "One"}}, lines: "1"}}
specific:
  - {{code: "1.1", general: "1", name: {{ro: "Unu unu", en: "One one"}}, lines: "1"}}
  - {{code: "1.2", general: "1", name: {{ro: "Unu doi", en: "One two"}}, lines: "1"}}
measures:
  - code: "1.1.1"
    lines: "10-12"
    action: {{ro: "Informare", en: "Information"}}
    responsible: [{{printed: "A și B", institutions: [A, B]}}]
    support: [{{printed: "C", institutions: [C]}}]
    results: [{{ro: "Rezultat", en: "Result"}}]
    period: ["Permanent"]
    evaluation_stage: ["Anual"]
    misprints: [{{printed: "informre", read: "informare"}}]
    indicators:
      - {{id: IND-1.1.1-1, name: {{ro: "Nr. sesiuni", en: "No. of sessions"}}, type: count,
         unit: {{ro: "sesiuni", en: "sessions"}}, direction: more, frequency: annual, status: defined,
         disaggregation: [county, region]}}
      - {{id: IND-1.1.1-2, name: {{ro: "Raport", en: "Report"}}, type: deliverable,
         unit: {{ro: "raport", en: "report"}}, direction: more, frequency: once, status: defined}}
  - code: "1.1.2"
    lines: "13-15"
    action: {{ro: "Analiză", en: "Analysis"}}
    responsible: [{{printed: "A", institutions: [A]}}]
    support: [{{printed: "C", institutions: [C]}}]
    results: [{{ro: "Rezultat", en: "Result"}}]
    period: ["Semestrul I 2025"]
    evaluation_stage: ["2027"]
    indicators:
      - {{id: IND-1.1.2-1, name: {{ro: "Nr. sesiuni", en: "No. of sessions"}}, type: count,
         unit: {{ro: "sesiuni", en: "sessions"}}, direction: more, frequency: semestrial, status: ambiguous,
         question: {{ro: "Care sesiuni?", en: "Which sessions?"}}}}
      - {{id: IND-1.1.2-2, name: {{ro: "Raport", en: "Report"}}, type: deliverable,
         unit: {{ro: "raport", en: "report"}}, direction: more, frequency: once, status: defined,
         target: {{value: "1", source: "printed"}}}}
  - code: "1.2.1"
    lines: "16-18"
    action: {{ro: "Măsurare", en: "Measurement"}}
    responsible: [{{printed: "B", institutions: [B]}}]
    period: ["2026"]
    indicators:
      - {{id: IND-1.2.1-1, name: {{ro: "Grad", en: "Degree"}}, type: rating,
         unit: {{ro: "scală", en: "scale"}}, direction: more, frequency: annual, status: undefined,
         question: {{ro: "Ce scală?", en: "Which scale?"}}}}
"""

REGISTRY = """
registry:
  - {id: M, abbreviation: "M", name: {ro: "Minister", en: "Ministry"}, kind: ministry, in_abbreviation_list: yes}
  - {id: B, name: {ro: "Biroul", en: "Bureau"}, kind: agency, in_abbreviation_list: no}
  - {id: A, abbreviation: "A", name: {ro: "Agenția", en: "Agency"}, parent: M, kind: agency,
     in_abbreviation_list: yes}
  - {id: C, name: {ro: "Consiliu", en: "Council"}, kind: local_authority, in_abbreviation_list: no,
     misprints: [{printed: "Consliu", lines: "17", read: "Consiliu"}]}
abbreviations: []
"""


def read(text):
    return YAML(typ="base").load(text)


@pytest.fixture
def plan():
    return Plan.model_validate(read(TINY))


@pytest.fixture
def registry():
    return Registry.model_validate(read(REGISTRY))


def number(result, measure, level="all", period=""):
    table = result.table
    chosen = table[(table["measure"] == measure) & (table["level"] == level)]
    if period:
        chosen = chosen[chosen["period"] == period]
    assert len(chosen) == 1
    return chosen["estimate"].iloc[0]


def test_measures_and_indicators_are_counted_once(plan):
    size = planning.count_plan(plan, sources=SOURCES)
    assert number(size, "measures") == 3
    assert number(size, "indicators") == 5  # 2 + 2 + 1
    assert size.provenance.rows_in == size.provenance.rows_used == 5


def test_a_measure_with_two_responsible_institutions_is_shared(plan):
    size = planning.count_plan(plan, sources=SOURCES)
    assert number(size, "shared_measures") == 1  # 1.1.1 only
    assert number(size, "responsible_institutions") == 2  # A and B; C only supports


def test_no_indicator_has_a_baseline_and_one_has_a_printed_target(plan):
    size = planning.count_plan(plan, sources=SOURCES)
    assert number(size, "without_baseline") == 5
    assert (number(size, "with_target"), number(size, "without_target")) == (1, 4)


def test_what_a_measure_does_not_print_is_counted(plan):
    size = planning.count_plan(plan, sources=SOURCES)
    lacking = [number(size, name) for name in ("without_results", "without_stage", "without_support")]
    assert lacking == [1, 1, 1]  # 1.2.1 lacks all three


def test_a_stage_dated_after_the_plan_is_late_and_a_recurring_one_is_not(plan):
    size = planning.count_plan(plan, sources=SOURCES)
    assert number(size, "late_stage_measures") == 1  # 1.1.2 in 2027; "Anual" has no date
    assert planlists.list_late_stages(plan, sources=SOURCES).texts["code"].tolist() == ["1.1.2"]


def test_definition_statuses_add_up_to_all_indicators(plan):
    found = planning.count_definitions(plan, sources=SOURCES)
    assert [number(found, one) for one in ("defined", "ambiguous", "undefined")] == [3, 1, 1]
    assert number(found, "share_defined") == pytest.approx(0.6)  # 3 / 5
    assert number(found, "open_questions") == 2  # ambiguous and undefined


def test_objectives_add_up_to_their_general_objective(plan):
    found = planning.count_objectives(plan, sources=SOURCES)
    parts = [number(found, "indicators", level) for level in ("1.1", "1.2")]
    assert parts == [4, 1]
    assert number(found, "indicators", "1") == number(found, "indicators", "all") == 5


def test_an_indicator_with_two_breakdowns_counts_for_each(plan):
    found = planning.count_classes(plan, frame.load_terms(), sources=SOURCES)
    assert number(found, "indicators", "county") == number(found, "indicators", "region") == 1
    assert number(found, "indicators", "count") == 2
    assert number(found, "indicators", "deliverable") == 2


def test_a_deliverable_is_due_by_the_end_of_its_period(plan):
    found = planning.count_due(plan, sources=SOURCES)
    assert number(found, "due_2025-S1", "1.1") == 1  # 1.1.2, end of June 2025
    assert number(found, "due_2026-S2", "1.1") == 1  # 1.1.1, permanent: the end of the plan
    assert found.table.loc[found.table["level"] == "all", "estimate"].sum() == 2


def test_a_shared_measure_counts_for_each_responsible_institution(plan, registry):
    found = planning.count_institutions(plan, registry, frame.load_terms(), sources=SOURCES)
    assert (number(found, "responsible", "A"), number(found, "alone", "A")) == (2, 1)
    assert (number(found, "responsible", "B"), number(found, "alone", "B")) == (2, 1)
    assert (number(found, "responsible", "C"), number(found, "supports", "C")) == (0, 2)


def test_a_measure_named_through_a_ministry_does_not_count_for_the_ministry(plan, registry):
    found = planning.count_institutions(plan, registry, frame.load_terms(), sources=SOURCES)
    assert number(found, "responsible", "M") == 0
    assert found.texts.loc[found.table["level"] == "A", "parent"].iloc[0] == "M"


def test_measures_are_over_when_their_last_period_ends_before_the_evaluation(plan):
    found = planning.count_endings(plan, evaluation_end=date(2026, 12, 31), sources=SOURCES)
    assert number(found, "over_before") == 1  # 1.1.2 ends on 30 June 2025
    assert number(found, "running_to_end") == 2
    assert number(found, "ending", "2025") == 1


def test_coverage_counts_the_objectives_that_nothing_names(plan):
    expected = [frame.ExpectedResult(id="E", ro="r", en="r", objectives=("1.1",), mapping="ours")]
    found = planning.count_coverage(plan, expected, [], sources=SOURCES)
    assert (number(found, "expected_results", "1.1"), number(found, "expected_results", "1.2")) == (1, 0)
    assert (number(found, "without_expected_results"), number(found, "without_problems")) == (1, 2)


def test_measures_with_the_same_indicators_are_found_once(plan):
    assert number(planning.count_plan(plan, sources=SOURCES), "twin_groups") == 1
    assert planlists.list_twins(plan, sources=SOURCES).texts["codes"].tolist() == ["1.1.1, 1.1.2"]


def test_every_indicator_that_is_not_defined_has_its_question(plan):
    found = planlists.list_questions(plan, frame.load_terms(), sources=SOURCES).texts
    assert found["id"].tolist() == ["IND-1.1.2-1", "IND-1.2.1-1"]
    assert found["question.en"].tolist() == ["Which sessions?", "Which scale?"]


def test_misprints_of_measures_and_of_institution_names_are_listed(plan, registry):
    found = planlists.list_misprints(plan, registry, sources=SOURCES).texts
    assert found["place"].tolist() == ["1.1.1", "C"]


def test_what_is_missing_is_said_in_words(plan):
    found = planlists.list_missing(plan, frame.load_terms(), sources=SOURCES).texts
    assert found["missing.en"].tolist() == ["results; evaluation stage; supporting institutions"]


@pytest.mark.parametrize(
    ("printed", "english"),
    [
        ("Permanent", "permanent"),
        ("Trimestrul IV 2024", "fourth quarter of 2024"),
        ("SEM I 2024", "first half of 2024"),
        ("Semestrul1 2027", "first half of 2027"),
        ("Semestrial/anual", "half-yearly/yearly"),
        ("Trimestrial și la nevoie", "quarterly and as needed"),
        ("2024-2026", "2024-2026"),
    ],
)
def test_printed_periods_stay_in_romanian_and_get_english_words(printed, english):
    words = planlists.translate_period(printed)
    assert (words.ro, words.en) == (printed, english)


def test_of_many_due_dates_the_first_and_last_are_named():
    halves = [Window(date(year, 1, 1), date(year, 6, 30)) for year in (2023, 2024, 2025, 2026)]
    assert planlists.describe_due(halves).ro == "sem. I 2023 … sem. I 2026"
    assert planlists.describe_due(halves[:1]).en == "H1 2023"


def test_every_period_of_the_real_plan_is_translated():
    listed = planlists.list_measures([load_plan()], load_registry(), sources=SOURCES).texts
    english = " ".join([*listed["period.en"], *listed["stage.en"]]).lower()
    assert not re.search(r"semestr|trimestr|anual|nevoie|\bsem\b", english)


def test_every_specific_objective_has_a_table_of_measures_and_two_of_indicators():
    layouts = load_layouts()
    shown = (ROOT / "notebooks" / "91_annex_indicators.ipynb").read_text(encoding="utf-8")
    for objective in load_plan().specific:
        measures = layouts[f"measures_{objective.code.replace('.', '_')}"]
        assert measures.where == {"objective": (objective.code,)}
        for name in ("indicators", "indicators_followed"):
            assert layouts[name].split == "objective"
            assert f'layout=\\"{name}\\", only=\\"{objective.code}\\"' in shown
