"""The comments as a form that goes back and forth between the agency and the evaluators; nothing in it is lost."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from evaluation.judgement.comments import Comment, written_marks
from evaluation.judgement.forms.choices import answer_choices, institution_choices, place_choices
from evaluation.judgement.forms.model import load_form, problem_text
from evaluation.judgement.forms.read import (
    FormLine,
    FormProblem,
    FormReading,
    cell_name,
    read_form_workbook,
    refuse_older,
    refuse_problems,
)
from evaluation.judgement.forms.workbook import Line, Lists, Sheet, make_form_workbook
from evaluation.judgement.forms.yamltext import proved_text
from evaluation.judgement.judgement import Judgement
from evaluation.strategy.frame import get_assessment
from evaluation.strategy.words import Text

FORM = "comments"
ANSWER = ("answer.text.ro", "answer.text.en", "answer.changed", "answer.answered_by", "answer.on")
"""What an answer always has."""
WHAT = ("answer.what.ro", "answer.what.en")


def make_comments_workbook(
    assessment: str,
    comments: Sequence[Comment],
    judgement: Judgement,
    *,
    titles: Mapping[str, Text] | None = None,
    stored: str = "",
) -> bytes:
    """The form with the comments so far, their answers, and free lines for new ones.

    ``titles`` are the titles of the chapters, for the list of places; without them the list shows their names.
    ``stored`` is the digest of the file of comments.
    """
    lines = tuple(_line(one) for one in comments)
    synthetic = any(one.synthetic for one in comments) or any(one.synthetic for one in judgement.findings)
    lists = _lists(assessment, judgement, titles or {})
    return make_form_workbook(Sheet(load_form(FORM), assessment, lines, lists, synthetic, stored))


def read_comments(
    path: Path,
    assessment: str,
    judgement: Judgement,
    comments: Sequence[Comment] = (),
    *,
    invented: bool,
    stored: str | None = None,
    language: str = "en",
) -> tuple[Comment, ...]:
    """The comments of a form that came back; refused whole, every problem told by its cell.

    A comment is invented when it was stored as such or is about something invented; one on a chapter, when the data
    are ``invented``. With ``stored``, the digest of the file of comments now, a form written from another is refused.
    New comments get the next ids in the order of the sheet. A stored comment that is no longer in the form, and a
    stored answer that was emptied, are problems, so that nothing is lost.
    """
    reading = read_form_workbook(path, load_form(FORM), _lists(assessment, judgement, {}), language=language)
    refuse_older(path, reading, stored=stored, assessment=assessment, language=language)
    problems = [*reading.problems, *_whole(reading, assessment, comments)]
    for line in reading.lines:
        problems += _answer_problems(reading, line)
    refuse_problems(path, tuple(dict.fromkeys(problems)), language)
    used = [int(line.cells["id"].rpartition("-")[2]) for line in reading.lines if line.cells["id"]]
    fresh = iter(range(max(used, default=0) + 1, 1000))
    known, marks = {one.id: one.synthetic for one in comments}, written_marks(judgement)
    return tuple(
        _comment(
            line,
            line.cells["id"] or f"AC-{next(fresh):02d}",
            assessment,
            synthetic=known.get(line.cells["id"], False) or marks.get(line.cells["place"], invented),
        )
        for line in reading.lines
    )


def comments_yaml(comments: Sequence[Comment]) -> str:
    """The comments as the file ``comments.yaml`` of the judgement; equal comments, equal text."""
    return proved_text("comments", comments, synthetic=any(one.synthetic for one in comments))


def _lists(assessment: str, judgement: Judgement, titles: Mapping[str, Text]) -> Lists:
    chapters = {one: titles.get(one, Text(ro=one, en=one)) for one in get_assessment(assessment).chapters}
    return {
        "places": place_choices(chapters, judgement),
        "institutions": institution_choices(),
        "accepted": answer_choices(),
    }


def _line(one: Comment) -> Line:
    line = {
        "id": one.id,
        "place": one.place,
        "text.ro": one.text.ro,
        "text.en": one.text.en,
        "by": one.by,
        "on": one.on.isoformat(),
    }
    if one.answer is None:
        return line
    what = one.answer.what
    return line | {
        "answer.text.ro": one.answer.text.ro,
        "answer.text.en": one.answer.text.en,
        "answer.changed": one.answer.changed,
        "answer.what.ro": what.ro if what else "",
        "answer.what.en": what.en if what else "",
        "answer.answered_by": one.answer.answered_by,
        "answer.on": one.answer.on.isoformat(),
    }


def _whole(reading: FormReading, assessment: str, comments: Sequence[Comment]) -> Iterator[FormProblem]:
    if reading.assessment != assessment:
        yield FormProblem("A1", problem_text("other_assessment", expected=reading.assessment))
        return
    found = {line.cells["id"]: line for line in reading.lines}
    for one in comments:
        if one.id not in found:
            yield FormProblem("A", problem_text("row_lost", key=one.id))
        elif one.answer and not _answered(found[one.id]):
            cell = cell_name(reading.form, ANSWER[0], found[one.id].row)
            yield FormProblem(cell, problem_text("answer_lost", key=one.id))


def _answered(line: FormLine) -> bool:
    return any(line.cells[field] for field in (*ANSWER, *WHAT))


def _answer_problems(reading: FormReading, line: FormLine) -> Iterator[FormProblem]:
    """An answer is whole or not there; what was changed is said in both languages."""
    if not _answered(line):
        return
    cells, told = line.cells, {one.cell for one in reading.problems}

    def problem(field: str, kind: str) -> Iterator[FormProblem]:
        cell = cell_name(reading.form, field, line.row)
        if cell not in told:
            yield FormProblem(cell, problem_text(kind))

    for field in ANSWER:
        if not cells[field]:
            yield from problem(field, "answer_part")
    needed = cells["answer.changed"] in ("yes", "partly") or any(cells[one] for one in WHAT)
    for field in WHAT if needed else ():
        if not cells[field]:
            yield from problem(field, "what_needed")
    if cells["answer.on"] and cells["on"] and cells["answer.on"] < cells["on"]:
        yield from problem("answer.on", "too_early")


def _comment(line: FormLine, comment: str, assessment: str, *, synthetic: bool) -> Comment:
    cells = line.cells
    answer = None
    if _answered(line):
        answer = {
            "text": Text(ro=cells["answer.text.ro"], en=cells["answer.text.en"]),
            "changed": cells["answer.changed"],
            "what": Text(ro=cells[WHAT[0]], en=cells[WHAT[1]]) if cells[WHAT[0]] else None,
            "answered_by": cells["answer.answered_by"],
            "on": cells["answer.on"],
        }
    return Comment.model_validate(
        {
            "id": comment,
            "assessment": assessment,
            "synthetic": synthetic,
            "place": cells["place"],
            "text": Text(ro=cells["text.ro"], en=cells["text.en"]),
            "by": cells["by"],
            "on": cells["on"],
            "answer": answer,
        }
    )
