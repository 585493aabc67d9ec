"""The plan of analysis: registered before the data, never replaced; what changed is declared or it stops the build."""

from datetime import date
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from evaluation.core.errors import JudgementError
from evaluation.core.project import find_project
from evaluation.judgement.analysis_plan import (
    AnalysisPlan,
    Deviation,
    analysis_plan_record,
    load_analysis_plan,
    load_deviations,
    register_plan,
)
from evaluation.judgement.analysis_plan_listing import list_analysis_plan
from evaluation.judgement.analysis_plan_state import (
    Holding,
    check_analysis_plan,
    compare_changes,
    compare_plan,
    plan_states,
)
from evaluation.judgement.analysis_rules import Rule, RuleChange, digest_rule, load_rules, rule_digests
from evaluation.judgement.judgement import Judgement
from tests.judgement.cases import BOTH

A, B, C = ("a" * 64, "b" * 64, "c" * 64)
PLANNED = {"analyses": [BOTH], "meaningful_changes": []}
REGISTER_AGAIN = (
    "the rules changed after the example's plan was registered: delete its analysis_plan.yaml and run "
    'snitp register-plan --assessment ID --by "evaluator fictiv" --on 2024-07-15 --data data_raw/example'
)


def write(path: Path, content: object) -> None:
    with path.open("w", encoding="utf-8") as file:
        YAML().dump(content, file)


def plan(**given: object) -> AnalysisPlan:
    facts: dict[str, object] = {
        "assessment": "interim-2026",
        "registered_on": "2024-07-15",
        "registered_by": "E. Probă",
        "kit_version": "0.1.0",
        "rules": [{"id": "grades", "digest": A}],
        **PLANNED,
    }
    return AnalysisPlan.model_validate(facts | given)


def deviation(**given: object) -> Deviation:
    facts = {"id": "DEV-1", "concerns": "grades", "digest": B, "by": "E. Probă", "on": "2026-01-01"}
    return Deviation.model_validate(facts | dict.fromkeys(("planned", "done", "why"), BOTH) | given)


def change(before: str, after: str) -> RuleChange:
    facts = {"rule": "grades", "version": "0.2.0", "before": before, "after": after}
    return RuleChange.model_validate(facts | {"what": BOTH, "why": BOTH})


def holding(today: str, *deviations: Deviation, changes: tuple[RuleChange, ...] = ()) -> Holding:
    (state,) = compare_plan(plan(), deviations, today={"grades": today}, changes=changes)
    return state.holding


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with what the evaluators planned, not registered yet."""
    write(tmp_path / "planned_analyses.yaml", PLANNED)
    return tmp_path


def register(folder: Path, *, on: str = "2024-07-15", first: str = "2024-09-01", synthetic: bool = False):
    return register_plan(
        folder,
        assessment="interim-2026",
        by="E. Probă",
        on=date.fromisoformat(on),
        first_data_on=date.fromisoformat(first) if first else None,
        synthetic=synthetic,
    )


def test_a_rule_that_says_the_same_holds():
    assert holding(A) is Holding.SAME


def test_a_changed_rule_without_a_row_is_undeclared():
    assert holding(B) is Holding.UNDECLARED


def test_a_row_declares_the_content_whose_digest_it_gives():
    assert holding(B, deviation()) is Holding.DECLARED


def test_a_row_does_not_cover_a_later_change_of_the_same_rule():
    assert holding(C, deviation()) is Holding.UNDECLARED


def test_the_kit_declares_a_change_by_a_row_that_leads_to_today():
    assert holding(C, changes=(change(A, B), change(B, C))) is Holding.BY_KIT


def test_a_row_of_the_kit_that_leads_elsewhere_declares_nothing():
    assert holding(C, changes=(change(A, B),)) is Holding.UNDECLARED


def test_changes_of_the_kit_that_lead_in_a_circle_end():
    assert holding(C, changes=(change(A, B), change(B, A))) is Holding.UNDECLARED


def test_a_rule_that_came_after_registration_is_a_deviation_too():
    states = compare_plan(plan(), (), today={"grades": A, "new": B}, changes=())
    assert [(one.part, one.holding) for one in states] == [
        ("grades", Holding.SAME),
        ("new", Holding.UNDECLARED),
    ]


def test_a_rule_that_is_gone_is_a_deviation_too():
    (state,) = compare_plan(plan(), (), today={}, changes=())
    assert state.holding is Holding.UNDECLARED


@pytest.mark.parametrize("on", ["2024-09-01", "2024-09-02"])
def test_a_plan_of_the_day_of_the_first_data_or_later_is_refused(folder, on):
    with pytest.raises(JudgementError, match="must be older"):
        register(folder, on=on)
    assert not (folder / "analysis_plan.yaml").exists()


def test_a_plan_of_the_day_before_is_registered_with_the_digests_of_today(folder):
    made = register(folder, on="2024-08-31")
    assert load_analysis_plan(folder, assessment="interim-2026") == made
    assert made.registered == rule_digests(folder, "interim-2026")


def test_a_registered_plan_is_not_replaced(folder):
    register(folder)
    with pytest.raises(JudgementError, match="registered already"):
        register(folder)


def test_the_plan_of_another_assessment_is_refused(folder):
    register(folder)
    with pytest.raises(JudgementError, match="another assessment"):
        load_analysis_plan(folder, assessment="final-2028")


def test_the_digest_changes_with_every_fact_of_the_plan():
    digests = {
        plan().digest,
        plan(registered_on="2024-07-16").digest,
        plan(registered_by="Altcineva").digest,
        plan(rules=[{"id": "grades", "digest": B}]).digest,
        plan(analyses=[{"ro": "Altă analiză.", "en": "Another analysis."}]).digest,
    }
    assert len(digests) == 5


def test_a_corrected_translation_or_comment_is_no_change_of_a_rule_and_a_moved_bound_is(tmp_path):
    rule = Rule.model_validate({"id": "x", "files": ["x.yaml"], "name": BOTH})
    found = []
    for bound, word, comment in (("3", "veche", ""), ("3", "nouă", "# adus la zi\n"), ("4", "veche", "")):
        text = f"{comment}bound: {bound}\nname: {{ro: {word}, en: old}}\n"
        (tmp_path / "x.yaml").write_text(text, encoding="utf-8")
        found.append(digest_rule(rule, package=tmp_path))
    assert found[0] == found[1] != found[2]


def test_every_rule_of_the_list_has_its_files(tmp_path):
    assert set(rule_digests(tmp_path, "interim-2026")) == {"matrix", *(one.id for one in load_rules().rules)}


def with_deviations(folder: Path, **given: object) -> None:
    row = deviation(**given).model_dump(mode="json")
    write(folder / "deviations.yaml", {"deviations": [row]})


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"concerns": "weather"}, "concerns nothing of the plan"),
        ({"digest": ""}, "gives the digest"),
        ({"on": "2024-07-14"}, "older than the plan"),
    ],
)
def test_a_deviation_that_names_nothing_or_is_too_old_is_refused(folder, given, problem):
    made = register(folder)
    with_deviations(folder, **given)
    with pytest.raises(JudgementError, match=problem):
        load_deviations(folder, plan=made)


def test_a_deviation_without_a_plan_is_refused(folder):
    with_deviations(folder)
    with pytest.raises(JudgementError, match="register the plan"):
        load_deviations(folder, plan=None)


def spoil(folder: Path) -> None:
    """The registered plan with one rule as it would have been under another bound."""
    path = folder / "analysis_plan.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(rule_digests(folder, "interim-2026")["grades"], C), encoding="utf-8")


def test_a_real_report_stops_at_an_undeclared_deviation_and_an_invented_one_does_not(folder):
    register(folder)
    check_analysis_plan(folder, "interim-2026", synthetic=False)
    spoil(folder)
    check_analysis_plan(folder, "interim-2026", synthetic=True)
    with pytest.raises(JudgementError, match=r"undeclared deviation.*grades"):
        check_analysis_plan(folder, "interim-2026", synthetic=False)


def test_the_row_that_the_error_asks_for_lets_the_report_pass(folder):
    register(folder)
    spoil(folder)
    with_deviations(folder, digest=rule_digests(folder, "interim-2026")["grades"])
    check_analysis_plan(folder, "interim-2026", synthetic=False)


def test_an_invented_plan_is_no_plan_of_a_real_report(folder):
    register(folder, synthetic=True)
    with pytest.raises(JudgementError, match="marked as invented"):
        check_analysis_plan(folder, "interim-2026", synthetic=False)
    assert analysis_plan_record(folder, "interim-2026", first_data_on=None, synthetic=False) == {}


def test_without_a_plan_nothing_stops_and_nothing_is_recorded(tmp_path):
    check_analysis_plan(tmp_path, "interim-2026", synthetic=False)
    assert analysis_plan_record(tmp_path, "interim-2026", first_data_on=None, synthetic=False) == {}


def test_the_manifest_keeps_digest_and_both_days(folder):
    made = register(folder)
    record = analysis_plan_record(folder, "interim-2026", first_data_on=date(2024, 9, 1), synthetic=False)
    assert record == {
        "digest": made.digest,
        "registered_on": "2024-07-15",
        "first_data_on": "2024-09-01",
    }


def judged(value: float) -> Judgement:
    from evaluation.judgement.findings import Evidence, Finding

    row = {"result": "r", "measure": "gain"}
    piece = {"id": "EV-1", "kind": "number", "source_group": "tests", "number": "r.1.estimate", "row": row}
    facts = {"id": "F-1", "assessment": "interim-2026", "criterion": "effectiveness", "question": "Q"}
    facts |= {"statement": BOTH, "evidence": ["EV-1"]}
    finding = facts | {"meaningful_change": {"value": value, "reason": BOTH}}
    nothing = {"conclusions": (), "recommendations": (), "responses": (), "declarations": ()}
    return Judgement(
        evidence=(Evidence.model_validate(piece),), findings=(Finding.model_validate(finding),), **nothing
    )


CHANGES = [{"outcome": BOTH, "measures": ["gain"], "value": "0.05", "unit": BOTH, "reason": BOTH}]


@pytest.mark.parametrize(
    ("value", "deviations", "expected"),
    [
        (0.05, (), Holding.SAME),
        (0.02, (), Holding.UNDECLARED),
        (0.02, (deviation(concerns="F-1", digest=""),), Holding.DECLARED),
    ],
)
def test_the_change_that_matters_in_a_finding_is_the_planned_one(value, deviations, expected):
    (state,) = compare_changes(plan(meaningful_changes=CHANGES), judged(value), deviations)
    assert state.holding is expected


def project_with(tmp_path: Path):
    from evaluation.core.project import Project

    home = tmp_path / "judgement" / "interim-2026"
    home.mkdir(parents=True)
    return Project(find_project().root, tmp_path), home


def test_without_a_plan_every_table_says_so(tmp_path):
    project, _ = project_with(tmp_path)
    listings = list_analysis_plan(project, "interim-2026", first_data_on=None)
    assert all("Niciun plan de analiză" in " ".join(one.texts.iloc[0].tolist()) for one in listings)


def test_the_page_prints_the_whole_digest_and_an_undeclared_deviation(tmp_path):
    project, home = project_with(tmp_path)
    write(home / "planned_analyses.yaml", PLANNED)
    made = register(home)
    spoil(home)
    registration, _, _, _, deviations = list_analysis_plan(
        project, "interim-2026", first_data_on=date(2024, 9, 1)
    )
    changed = load_analysis_plan(home, assessment="interim-2026")
    assert changed is not None and changed.digest != made.digest
    assert registration.texts["value.ro"].tolist()[0] == changed.digest
    assert deviations.texts["state.ro"].tolist() == ["abatere nedeclarată"]


@pytest.mark.parametrize("assessment", ["interim-2026", "final-2028"])
def test_the_example_is_registered_before_its_data_and_deviates_only_as_it_declares(assessment):
    from evaluation.intake.first_day import first_data_on
    from evaluation.strategy.frame import get_assessment

    project = find_project()
    home = project.judgement / assessment
    made = load_analysis_plan(home, assessment=assessment)
    first = first_data_on(project, get_assessment(assessment))
    assert made is not None and made.synthetic and first is not None and made.registered_on < first
    deviations = load_deviations(home, plan=made)
    assert [one.id for one in deviations] == ["DEV-1"] and all(one.synthetic for one in deviations)
    astray = [one.part for one in plan_states(home, made, deviations) if one.holding is Holding.UNDECLARED]
    assert astray == [], REGISTER_AGAIN
