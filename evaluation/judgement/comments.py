"""Comments of the agency on a report and the evaluators' answers, kept beside the judgement that they are about."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from evaluation.core.errors import JudgementError, StrategyError
from evaluation.core.yamlfile import read_yaml
from evaluation.judgement.judgement import Judgement
from evaluation.strategy.frame import get_assessment
from evaluation.strategy.institutions import load_registry
from evaluation.strategy.words import Definition, Text, load_as

FILE = "comments.yaml"


class CommentAnswer(Definition):
    """What the evaluators answer, whether they changed the report, and what they changed."""

    text: Text
    changed: Literal["yes", "partly", "no"]
    what: Text | None = None
    answered_by: str = Field(min_length=1)
    on: date

    @model_validator(mode="after")
    def _said(self) -> "CommentAnswer":
        if self.changed != "no" and self.what is None:
            raise ValueError("the report was changed: say what was changed")
        return self


class Comment(Definition):
    """A comment on a place of the report: a chapter, or the id of a finding, conclusion or recommendation."""

    id: str = Field(pattern=r"^AC-[0-9]{2,3}$")
    assessment: str
    synthetic: bool = False
    place: str = Field(min_length=1)
    text: Text
    by: str
    on: date
    answer: CommentAnswer | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "Comment":
        if self.answer and self.answer.on < self.on:
            raise ValueError("the answer is older than the comment; correct the day")
        return self


class _Comments(Definition):
    comments: tuple[Comment, ...]


def load_comments(folder: Path, judgement: Judgement) -> tuple[Comment, ...]:
    """The comments of an assessment's folder, checked against its judgement; none where nobody has commented.

    Every problem of places, institutions and declarations is listed in one error.
    """
    if not (folder / FILE).is_file():
        return ()
    try:
        found = load_as(_Comments, read_yaml(folder / FILE), file=FILE).comments
    except StrategyError as error:
        raise JudgementError(str(error)) from None
    problems = list(_problems(found, judgement))
    if problems:
        raise JudgementError(
            f"comments: {len(problems)} problem(s); correct the file and run again.\n" + "\n".join(problems)
        )
    return found


def printed_comments(comments: tuple[Comment, ...], *, synthetic: bool) -> tuple[Comment, ...]:
    """The comments that a report prints: invented ones only in a report that is invented too."""
    return tuple(one for one in comments if synthetic or not one.synthetic)


def known_places(assessment: str, judgement: Judgement) -> frozenset[str]:
    """What a comment may be about: the chapters of the report and what the evaluators wrote."""
    return frozenset((*get_assessment(assessment).chapters, *written_marks(judgement)))


def written_marks(judgement: Judgement) -> dict[str, bool]:
    """What the evaluators wrote by id, and whether it is invented."""
    return {
        **{one.id: one.synthetic for one in judgement.findings},
        **{one.id: one.synthetic for one in judgement.conclusions},
        **{one.id: one.synthetic for one in judgement.recommendations},
    }


def _problems(comments: tuple[Comment, ...], judgement: Judgement) -> Iterator[str]:
    institutions = {one.id for one in load_registry().registry}
    declared = {one.evaluator for one in judgement.declarations if not one.excluded}
    written = written_marks(judgement)
    seen: set[str] = set()
    for one in comments:
        place = f"{FILE}, {one.id}"
        if one.id in seen:
            yield f"{place}: the id is given twice; ids never repeat and never change."
        seen.add(one.id)
        if one.place not in known_places(one.assessment, judgement):
            yield f"{place}: the place is no chapter and nothing that the evaluators wrote; use an id that is."
        if one.by not in institutions:
            yield f"{place}: the institution is not in the registry; use an id of institutions.yaml."
        if one.answer and one.answer.answered_by not in declared:
            yield f"{place}: who answers has made no declaration of independence; add it."
        if written.get(one.place) and not one.synthetic:
            yield f"{place}: a comment on something invented has no mark; mark it synthetic."
