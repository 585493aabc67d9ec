"""Recommendations over time: every one has an outcome on a day, and the form has every one in force."""

from datetime import date

import pytest

from evaluation.judgement.findings import ManagementResponse, Recommendation
from evaluation.judgement.recommendations import (
    FORM_FIELDS,
    Outcome,
    count_outcomes,
    follow_up,
    response_form,
)
from tests.judgement.cases import BOTH, REVIEW


def recommendation(name="R-1", *, deadline="2027-06-30", priority="high", state="accepted"):
    return Recommendation.model_validate(
        {
            "id": name,
            "assessment": "interim-2026",
            "text": BOTH,
            "conclusions": ["C-1"],
            "addressee": ["ANITP"],
            "deadline": deadline,
            "priority": priority,
            "cost_class": "low",
            "state": state,
            "review": REVIEW,
        }
    )


def response(*, accepted="yes", deadline="2028-01-31", status="under_way"):
    given = {
        "recommendation": "R-1",
        "accepted": accepted,
        "action": BOTH,
        "responsible": "ANITP",
        "status": status,
    }
    return ManagementResponse.model_validate(given | ({"deadline": deadline} if deadline else {}))


@pytest.mark.parametrize(
    ("answer", "on", "outcome"),
    [
        (None, date(2030, 1, 1), "unanswered"),
        (response(accepted="no", deadline="", status="dropped"), date(2030, 1, 1), "refused"),
        (response(status="done"), date(2030, 1, 1), "done"),
        (response(status="dropped"), date(2027, 1, 1), "dropped"),
        (response(), date(2028, 1, 31), "under_way"),  # the day itself is in time
        (response(), date(2028, 2, 1), "overdue"),
        (response(status="not_started"), date(2028, 1, 1), "not_due"),
    ],
)
def test_the_outcome_on_a_day(answer, on, outcome):
    (followed,) = follow_up([recommendation()], [answer] if answer else [], on=on)
    assert followed.outcome.value == outcome


def test_the_answer_sets_the_day_and_otherwise_the_recommendation():
    (answered,) = follow_up([recommendation()], [response()], on=date(2027, 12, 1))
    (silent,) = follow_up([recommendation()], [], on=date(2027, 12, 1))
    assert (answered.due, silent.due) == (date(2028, 1, 31), date(2027, 6, 30))


def test_outcomes_are_counted_with_zeros_and_have_names():
    counted = count_outcomes(
        follow_up([recommendation(), recommendation("R-2")], [response()], on=date(2029, 1, 1))
    )
    assert (counted[Outcome.OVERDUE], counted[Outcome.UNANSWERED], counted[Outcome.DONE]) == (1, 1, 0)
    assert Outcome.UNANSWERED.text.ro == "fără răspuns"


def test_the_form_has_the_most_urgent_first_and_no_rejected_one():
    rows = response_form(
        [
            recommendation("R-1", priority="low"),
            recommendation("R-2", deadline="2027-12-31"),
            recommendation("R-3"),
            recommendation("R-4", state="rejected"),
        ]
    )
    assert [row.recommendation for row in rows] == ["R-3", "R-2", "R-1"]
    assert rows[0].priority.ro == "ridicată"
    assert set(FORM_FIELDS) <= set(ManagementResponse.model_fields)


@pytest.mark.parametrize(
    ("given", "outcome"), [(None, "done"), (date(2028, 12, 31), "done"), (date(2029, 1, 1), "unanswered")]
)
def test_an_answer_given_after_the_day_does_not_count(given, outcome):
    answer = response(status="done").model_copy(update={"on": given})
    (followed,) = follow_up([recommendation()], [answer], on=date(2028, 12, 31))
    assert followed.outcome.value == outcome
