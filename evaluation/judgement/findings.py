"""Findings, conclusions, recommendations and answers to them, as data in both languages."""

import re
from datetime import date
from enum import StrEnum
from typing import Literal

from pydantic import Field, model_validator

from evaluation.judgement.grades import Grade
from evaluation.strategy.words import Definition, Text

NUMBER = re.compile(r"\{number:([^{}|]+)(?:\|([^{}]+))?\}")
"""The place of a number in a text: an id of the register, and the noun that it counts, if any."""


class State(StrEnum):
    """What became of a draft."""

    DRAFT = "draft"
    ACCEPTED = "accepted"
    EDITED = "edited"
    REJECTED = "rejected"


class Row(Definition):
    """The row of a result that a number stands in, by what it says and not by its position."""

    result: str
    measure: str
    quantity: str = ""
    period: str = ""
    group: str = ""
    level: str = "all"


class Quality(Definition):
    """Where the register says how good a source is: ids of its numbers.

    ``missing`` is a share of missing data; ``answered`` a share of answers, whose rest is missing.
    """

    reliability: str = ""
    missing: str = ""
    answered: str = ""
    linkage_error: str = ""


class Evidence(Definition):
    """One piece of evidence: a number of the register, an exhibit of the report or a document.

    A document may name the exhibit that shows what it says.

    ``number`` is the id in the register, ``row`` what must stand there; ``source_group`` is the independent
    source that it comes from: pieces of one group count once. ``title`` says in words what the number or exhibit is.
    """

    id: str = Field(pattern=r"^EV-[A-Z0-9-]+$")
    kind: Literal["exhibit", "number", "document"]
    source_group: str = Field(min_length=1)
    title: Text | None = None
    number: str = ""
    row: Row | None = None
    exhibit: str = ""
    document: Text | None = None
    quality: Quality = Quality()

    @model_validator(mode="after")
    def _pointer(self) -> "Evidence":
        given = {
            "number": bool(self.number and self.row),
            "exhibit": bool(self.exhibit),
            "document": bool(self.document),
        }
        if not given[self.kind]:
            raise ValueError(f"evidence of the kind {self.kind} points to no {self.kind}")
        return self


class Contrary(Definition):
    """Evidence against a finding, or that none was found and where it was searched."""

    evidence: tuple[str, ...] = ()
    none_found: Text | None = None

    @model_validator(mode="after")
    def _stated(self) -> "Contrary":
        if bool(self.evidence) == (self.none_found is not None):
            raise ValueError("name contrary evidence, or say that none was found and where it was searched")
        return self


class Rival(Definition):
    """Another explanation of what was found, and how it stands."""

    explanation: Text
    standing: Literal["open", "weakened", "ruled_out"]
    reason: Text


class Judged(Definition):
    """The evaluator's grade with its written reason; ``raised`` is the reason to stand above the computed one."""

    grade: Grade
    reason: Text
    raised: Text | None = None


class MeaningfulChange(Definition):
    """The change that matters, stated in advance in the unit of the estimate."""

    value: float = Field(gt=0)
    reason: Text


class Review(Definition):
    """Who decided about a draft, and when; ``note`` says what was changed or why it was rejected."""

    reviewer: str = Field(min_length=1)
    on: date
    note: Text | None = None


class Finding(Definition):
    """What was found, on which evidence, with how much certainty, and who accepted it; ``key`` ones enter the summary.

    ``answer`` is the level of the matrix that the evaluators reached on the finding's question; None where none was.
    """

    id: str = Field(pattern=r"^F-[A-Z0-9-]+$")
    assessment: str
    criterion: str
    question: str
    synthetic: bool = False
    state: State = State.DRAFT
    statement: Text
    evidence: tuple[str, ...] = Field(min_length=1)
    contrary: Contrary | None = None
    rivals: tuple[Rival, ...] = ()
    judged: Judged | None = None
    meaningful_change: MeaningfulChange | None = None
    unintended: Text | None = None
    disaggregation: Text | None = None
    gender_rights: Text | None = None
    draft: str = ""
    key: bool = False
    answer: Literal["yes", "partly", "no"] | None = None
    review: Review | None = None

    @model_validator(mode="after")
    def _same_numbers(self) -> "Finding":
        if sorted(numbers_asked(self.statement.ro)) != sorted(numbers_asked(self.statement.en)):
            raise ValueError("the two languages of the statement do not ask for the same numbers")
        return self

    @property
    def in_force(self) -> bool:
        """Accepted as it was or as edited."""
        return self.state in (State.ACCEPTED, State.EDITED)


class Conclusion(Definition):
    """A judgement on a criterion from findings, or why the criterion cannot be assessed."""

    id: str = Field(pattern=r"^C-[A-Z0-9-]+$")
    assessment: str
    criterion: str
    synthetic: bool = False
    text: Text
    findings: tuple[str, ...] = ()
    not_assessable: Text | None = None
    review: Review | None = None


class Recommendation(Definition):
    """What should be done, on which conclusions, by whom, by when and at what class of cost."""

    id: str = Field(pattern=r"^R-[A-Z0-9-]+$")
    assessment: str
    synthetic: bool = False
    text: Text
    conclusions: tuple[str, ...] = Field(min_length=1)
    addressee: tuple[str, ...] = Field(min_length=1)
    deadline: date
    priority: Literal["high", "medium", "low"]
    cost_class: Literal["none", "low", "medium", "high"]
    gender_rights: Text | None = None
    state: State = State.DRAFT
    review: Review | None = None

    @property
    def in_force(self) -> bool:
        """Accepted as it was or as edited."""
        return self.state in (State.ACCEPTED, State.EDITED)


class ManagementResponse(Definition):
    """The answer of those addressed, and what came of it; ``on`` is the day of the answer, where it is known."""

    recommendation: str
    accepted: Literal["yes", "partly", "no"]
    action: Text
    responsible: str
    deadline: date | None = None
    status: Literal["not_started", "under_way", "done", "dropped"]
    note: Text | None = None
    on: date | None = None
    synthetic: bool = False

    @model_validator(mode="after")
    def _dated(self) -> "ManagementResponse":
        if self.accepted != "no" and self.deadline is None:
            raise ValueError("an accepted recommendation needs the day by which the action is done")
        return self


class Declaration(Definition):
    """What an evaluator declares; a role in drafting or carrying out the strategy excludes (IC2, IC3)."""

    evaluator: str = Field(min_length=1)
    institution: Text
    position: Text
    drafting: bool
    implementing: bool
    contract: Text
    other_interests: Text
    on: date
    synthetic: bool = False

    @property
    def excluded(self) -> bool:
        """Not independent in the strategy's terms."""
        return self.drafting or self.implementing


def numbers_asked(text: str) -> list[tuple[str, str]]:
    """The numbers that a text asks for, in order: id in the register and counted noun (or nothing).

    >>> numbers_asked("Restante: {number:states.4.estimate|measure}.")
    [('states.4.estimate', 'measure')]
    """
    return [(found[1], found[2] or "") for found in NUMBER.finditer(text)]
