"""The rows of the evaluation matrix as models; every id in them is checked elsewhere, all at once."""

from pydantic import Field

from evaluation.core.errors import JudgementError
from evaluation.strategy.words import Definition, Text

STRATEGY = "strategy"
"""The scope of a question about the strategy as a whole; the others are the codes of the general objectives."""
EVALUATORS = "evaluators"
"""The owner of a row whose evidence the evaluators gather themselves."""


class Levels(Definition):
    """What counts as each answer, written in advance; all three are always there."""

    yes: Text
    partly: Text
    no: Text


class Listed(Definition):
    """Ids from a list, or the reason (an id of ``reasons``) why there are none or not all."""

    ids: tuple[str, ...] = ()
    reason: str = ""


class Row(Definition):
    """One sub-question of the matrix; everything but its own words is an id of a list."""

    id: str
    assessments: tuple[str, ...]
    scope: str
    criterion: str
    drawn_from: tuple[str, ...]
    question: Text
    sub_question: Text
    judgement: Levels
    indicators: Listed
    baseline: Listed
    sources: tuple[str, ...]
    owner: str
    methods: tuple[str, ...]
    sample: str
    disaggregation: Listed
    limits: tuple[str, ...]


class Term(Definition):
    """An entry of one of the matrix's own lists."""

    id: str
    name: Text


class Limit(Definition):
    """A limit of the evidence, and what is done about it."""

    id: str
    limit: Text
    mitigation: Text


class LeftOut(Definition):
    """A criterion that an assessment does not ask about, with the reason."""

    criterion: str
    assessments: tuple[str, ...] = Field(min_length=1)
    reason: Text


class Matrix(Definition):
    """The rows of an assessment, the lists that they name, and the criteria left out."""

    reading: Text
    sources: tuple[Term, ...]
    methods: tuple[Term, ...]
    samples: tuple[Term, ...]
    reasons: tuple[Term, ...]
    limits: tuple[Limit, ...]
    left_out: tuple[LeftOut, ...] = ()
    rows: tuple[Row, ...]

    def row(self, row_id: str) -> Row:
        """The sub-question of an id."""
        for one in self.rows:
            if one.id == row_id:
                return one
        raise JudgementError(f"matrix: {row_id} is not one of its rows; name one that is, or add it.")

    def of_scope(self, scope: str) -> tuple[Row, ...]:
        """The sub-questions about the strategy as a whole or about one general objective."""
        return tuple(one for one in self.rows if one.scope == scope)

    def of_criterion(self, criterion: str) -> tuple[Row, ...]:
        """The sub-questions under one criterion."""
        return tuple(one for one in self.rows if one.criterion == criterion)

    def of_assessment(self, assessment: str) -> "Matrix":
        """What is asked, and what is left out, in one of the two assessments."""
        rows = tuple(one for one in self.rows if assessment in one.assessments)
        left_out = tuple(one for one in self.left_out if assessment in one.assessments)
        return self.model_copy(update={"rows": rows, "left_out": left_out})
