"""Recommendations over time: the form for the answer, and what became of each by a given day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from evaluation.judgement.findings import ManagementResponse, Recommendation
from evaluation.judgement.words import judgement_text
from evaluation.strategy.words import Text


class Outcome(StrEnum):
    """What became of a recommendation."""

    DONE = "done"
    UNDER_WAY = "under_way"
    NOT_DUE = "not_due"
    OVERDUE = "overdue"
    DROPPED = "dropped"
    REFUSED = "refused"
    UNANSWERED = "unanswered"

    @property
    def text(self) -> Text:
        """The name in both languages."""
        return judgement_text("outcomes", self.value)


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A recommendation with its answer and what became of it by a day."""

    recommendation: Recommendation
    response: ManagementResponse | None
    due: date
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class FormRow:
    """One row of the management-response form: what was recommended, and the fields to fill in."""

    recommendation: str
    text: Text
    addressee: tuple[str, ...]
    deadline: date
    priority: Text
    cost_class: Text


FORM_FIELDS = ("accepted", "action", "responsible", "deadline", "status", "note")
"""What the addressee fills in, in the order of the form; the names are those of ``ManagementResponse``."""


def response_form(recommendations: Iterable[Recommendation]) -> tuple[FormRow, ...]:
    """The rows of the form, most urgent first: by priority, then by deadline."""
    order = {"high": 0, "medium": 1, "low": 2}
    chosen = [one for one in recommendations if one.in_force]
    return tuple(
        FormRow(
            one.id,
            one.text,
            one.addressee,
            one.deadline,
            judgement_text("priorities", one.priority),
            judgement_text("cost_classes", one.cost_class),
        )
        for one in sorted(chosen, key=lambda one: (order[one.priority], one.deadline, one.id))
    )


def answers_by(responses: Iterable[ManagementResponse], day: date) -> tuple[ManagementResponse, ...]:
    """The answers given by a day; one without a day counts, since nobody can say that it came later."""
    return tuple(one for one in responses if one.on is None or one.on <= day)


def follow_up(
    recommendations: Iterable[Recommendation], responses: Iterable[ManagementResponse], *, on: date
) -> tuple[FollowUp, ...]:
    """What became of each recommendation by a day; one without an answer is told as such and never dropped.

    The day by which it is due is that of the answer, or of the recommendation where the answer sets none. Answers
    given after the day do not count.
    """
    answers = {one.recommendation: one for one in answers_by(responses, on)}
    return tuple(_followed(one, answers.get(one.id), on) for one in recommendations if one.in_force)


def count_outcomes(followed: Iterable[FollowUp]) -> dict[Outcome, int]:
    """How many recommendations have each outcome, with zeros, in a fixed order."""
    found = [one.outcome for one in followed]
    return {outcome: found.count(outcome) for outcome in Outcome}


def _followed(one: Recommendation, answer: ManagementResponse | None, on: date) -> FollowUp:
    due = answer.deadline if answer and answer.deadline else one.deadline
    return FollowUp(one, answer, due, _outcome(answer, overdue=on > due))


def _outcome(answer: ManagementResponse | None, *, overdue: bool) -> Outcome:
    if answer is None:
        return Outcome.UNANSWERED
    if answer.accepted == "no":
        return Outcome.REFUSED
    if answer.status in ("done", "dropped"):
        return Outcome(answer.status)
    if overdue:
        return Outcome.OVERDUE
    return Outcome.UNDER_WAY if answer.status == "under_way" else Outcome.NOT_DUE
