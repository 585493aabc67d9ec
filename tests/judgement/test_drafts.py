"""Drafts follow from the numbers alone: what is proposed, what is not, and that nobody has reviewed it."""

from evaluation.judgement.drafts import propose_drafts
from evaluation.judgement.findings import NUMBER, State
from evaluation.judgement.grades import Grade
from evaluation.judgement.judgement import Judgement
from evaluation.judgement.store import accepted_findings
from evaluation.judgement.store_checks import find_problems
from evaluation.judgement.wording_grade import check_sentence
from evaluation.strategy.plan import load_plan
from tests.judgement.cases import record


def states(row, measure, value, group="plan", level="all"):
    return record(
        f"monitoring_states.{row}.estimate",
        measure=measure,
        quantity="count",
        period="2026",
        group=group,
        level=level,
        value=value,
        synthetic=True,
    )


def changes(row, measure, level="improved", **more):
    interval = {"ci_low": 1.2, "ci_high": 1.9, "value": 1.5}
    plain = {
        "measure": measure,
        "quantity": "rate_ratio",
        "period": "2024-2026",
        "group": "reading",
        "level": level,
    }
    return record(f"monitoring_changes.{row}.estimate", **(plain | interval | more))


def audit(row, level, value):
    return record(
        f"audit_counts.{row}.estimate",
        measure="audit",
        quantity="count",
        group="verdict",
        level=level,
        value=value,
    )


def drafts(*records):
    evidence, findings = propose_drafts(list(records), load_plan(), assessment="interim-2026")
    return evidence, {one.id: one for one in findings}


def test_delivered_is_proposed_with_its_whole_and_no_number_typed():
    evidence, found = drafts(states(2, "begun", 100.0), states(3, "delivered", 70.0))
    assert list(found) == ["F-DELIVERED-PLAN"]
    draft = found["F-DELIVERED-PLAN"]
    assert NUMBER.findall(draft.statement.ro) == [
        ("monitoring_states.3.estimate", ""),
        ("monitoring_states.2.estimate", ""),
    ]
    assert draft.statement.en.startswith("For the whole plan, the number of measures")
    assert [piece.number for piece in evidence] == [
        "monitoring_states.3.estimate",
        "monitoring_states.2.estimate",
    ]
    assert evidence[0].row.measure == "delivered"
    assert draft.synthetic


def test_a_draft_has_no_reviewer_and_enters_no_report():
    evidence, found = drafts(states(2, "begun", 100.0), states(3, "delivered", 70.0))
    draft = found["F-DELIVERED-PLAN"]
    assert (draft.state, draft.review) == (State.DRAFT, None)
    judgement = Judgement(evidence, (draft,), (), (), (), ())
    assert accepted_findings(judgement, synthetic=True) == ()


def test_nothing_is_proposed_from_zero_or_from_a_hidden_number():
    zero = [
        states(2, "begun", 9.0, "general_objective", "2"),
        states(4, "not_reported", 0.0, "general_objective", "2"),
    ]
    hidden = {**states(6, "not_reported", None, "general_objective", "3"), "status": "suppressed"}
    _, found = drafts(*zero, states(5, "begun", 9.0, "general_objective", "3"), hidden)
    assert found == {}


def test_not_reported_is_proposed_for_its_objective():
    objective = ("general_objective", "3")
    _, found = drafts(states(1, "begun", 9.0, *objective), states(2, "not_reported", 2.0, *objective))
    assert found["F-NOT-REPORTED-O3"].statement.ro.startswith("La obiectivul general 3, numărul măsurilor")


def test_overdue_is_proposed_from_deliverables():
    named = {"quantity": "count", "group": "plan"}
    due = record("monitoring_deliverable_counts.13.estimate", measure="due", value=123.0, **named)
    late = record("monitoring_deliverable_counts.4.estimate", measure="overdue", value=24.0, **named)
    _, found = drafts(due, late)
    assert "{number:monitoring_deliverable_counts.4.estimate}" in found["F-OVERDUE-PLAN"].statement.en


def test_an_improvement_is_proposed_with_both_ends_of_its_interval_only_when_clear():
    _, found = drafts(
        changes(3, "IND-1.1.1-3"),
        changes(4, "IND-1.1.1-4", level="no_clear_change"),
        changes(5, "IND-1.1.2-1", ci_low=None, ci_high=None),
    )
    assert list(found) == ["F-IMPROVED-IND-1-1-1-3"]
    draft = found["F-IMPROVED-IND-1-1-1-3"]
    assert [number for number, _ in NUMBER.findall(draft.statement.en)] == [
        f"monitoring_changes.3.{column}" for column in ("estimate", "ci_low", "ci_high")
    ]
    assert draft.question == "EQ-effectiveness-1-1"


def test_inconsistent_baseline_claims_are_proposed():
    _, found = drafts(audit(1, "all", 61.0), audit(3, "inconsistent", 10.0))
    assert found["F-INCONSISTENT-PLAN"].criterion == "coherence"
    assert drafts(audit(1, "all", 61.0), audit(3, "inconsistent", 0.0))[1] == {}


def test_drafts_are_well_formed_and_claim_no_cause():
    evidence, found = drafts(
        states(2, "begun", 100.0, "general_objective", "1"),
        states(3, "delivered", 70.0, "general_objective", "1"),
        changes(3, "IND-1.1.1-3"),
        audit(1, "all", 61.0),
        audit(3, "inconsistent", 10.0),
    )
    assert len(found) == 3
    assert find_problems(Judgement(evidence, tuple(found.values()), (), (), (), ())) == []
    for draft in found.values():
        assert check_sentence(draft.statement.ro, "ro", Grade.INSUFFICIENT) == ()
        assert check_sentence(draft.statement.en, "en", Grade.INSUFFICIENT) == ()
