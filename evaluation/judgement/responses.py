"""The management response as a form: one line a recommendation, and the answers read back into the judgement's file."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from pathlib import Path

from evaluation.judgement.findings import ManagementResponse, Recommendation
from evaluation.judgement.forms.choices import answer_choices, institution_choices, status_choices
from evaluation.judgement.forms.model import both, load_form, problem_text
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
from evaluation.judgement.recommendations import FormRow, response_form
from evaluation.strategy.words import Text

FORM = "response"


def make_response_workbook(
    assessment: str,
    recommendations: Iterable[Recommendation],
    responses: Iterable[ManagementResponse],
    *,
    stored: str = "",
) -> bytes:
    """The form with the recommendations in force, most urgent first, and the answers received so far.

    ``stored`` is the digest of the file of answers.
    """
    chosen = tuple(recommendations)
    answers = {one.recommendation: one for one in responses}
    lines = tuple(_line(row, answers.get(row.recommendation)) for row in response_form(chosen))
    synthetic = any(one.synthetic for one in chosen)
    return make_form_workbook(Sheet(load_form(FORM), assessment, lines, _lists(), synthetic, stored))


def read_responses(
    path: Path,
    assessment: str,
    recommendations: Iterable[Recommendation],
    responses: Sequence[ManagementResponse] = (),
    *,
    stored: str | None = None,
    language: str = "en",
    on: date | None = None,
) -> tuple[ManagementResponse, ...]:
    """The answers of a form that came back, in its order; refused whole, every problem told by its cell.

    A recommendation that is not known, another assessment, and an answer that is stored but no longer in the form
    are problems too, so that nothing is lost; stored answers to recommendations that are out of force stay. Empty
    lines are recommendations not answered yet. An answer is invented when its recommendation is, or when it was
    stored as such. With ``stored``, the digest of the file of answers now, a form written from another is refused.
    An answer that is new or says something else than stored is of the day ``on``; the others keep theirs.
    """
    chosen = {one.id: one for one in recommendations if one.in_force}
    reading = read_form_workbook(path, load_form(FORM), _lists(), language=language)
    refuse_older(path, reading, stored=stored, assessment=assessment, language=language)
    problems = [*reading.problems, *_whole(reading, assessment, chosen, responses)]
    for line in reading.lines:
        problems += _line_problems(reading, line)
    refuse_problems(path, tuple(problems), language)
    kept = tuple(one for one in responses if one.recommendation not in chosen)
    invented = {one.id for one in chosen.values() if one.synthetic}
    invented |= {one.recommendation for one in responses if one.synthetic}
    read = [_dated(_response(line, invented), responses, on) for line in reading.lines]
    return (*read, *kept)


def responses_yaml(responses: Iterable[ManagementResponse]) -> str:
    """The answers as the file ``responses.yaml`` of the judgement; equal answers, equal text."""
    kept = tuple(responses)
    return proved_text("responses", kept, synthetic=any(one.synthetic for one in kept))


def _lists() -> Lists:
    return {"accepted": answer_choices(), "institutions": institution_choices(), "status": status_choices()}


def _line(row: FormRow, answer: ManagementResponse | None) -> Line:
    written = {
        "recommendation": row.recommendation,
        "text.ro": row.text.ro,
        "text.en": row.text.en,
        "addressee": ", ".join(row.addressee),
        "due": row.deadline.isoformat(),
        "priority": both(row.priority),
        "cost_class": both(row.cost_class),
    }
    if answer is None:
        return written
    return written | {
        "accepted": answer.accepted,
        "action.ro": answer.action.ro,
        "action.en": answer.action.en,
        "responsible": answer.responsible,
        "deadline": answer.deadline.isoformat() if answer.deadline else "",
        "status": answer.status,
        "note.ro": answer.note.ro if answer.note else "",
        "note.en": answer.note.en if answer.note else "",
    }


def _whole(
    reading: FormReading,
    assessment: str,
    chosen: dict[str, Recommendation],
    responses: Iterable[ManagementResponse],
) -> list[FormProblem]:
    """What is wrong with the form as a whole: of another assessment, of other recommendations, answers lost."""
    if reading.assessment != assessment:
        return [FormProblem("A1", problem_text("other_assessment", expected=reading.assessment))]
    found = {line.cells["recommendation"]: line.row for line in reading.lines}
    unknown = [
        FormProblem(f"A{row}", problem_text("unknown_key", key=key))
        for key, row in found.items()
        if key and key not in chosen
    ]
    stored = [one.recommendation for one in responses if one.recommendation in chosen]
    lost = [one for one in stored if one not in found]
    return [*unknown, *(FormProblem("A", problem_text("answer_lost", key=one)) for one in lost)]


def _line_problems(reading: FormReading, line: FormLine) -> list[FormProblem]:
    """What one cell needs because of another."""
    cells, told = line.cells, {one.cell for one in reading.problems}
    found = []
    deadline = cell_name(reading.form, "deadline", line.row)
    if cells["accepted"] in ("yes", "partly") and not cells["deadline"] and deadline not in told:
        found.append(FormProblem(deadline, problem_text("deadline_needed")))
    for own, other in (("note.ro", "note.en"), ("note.en", "note.ro")):
        cell = cell_name(reading.form, own, line.row)
        if cells[other] and not cells[own] and cell not in told:
            found.append(FormProblem(cell, problem_text("other_language")))
    return found


def _dated(
    answer: ManagementResponse, stored: Sequence[ManagementResponse], on: date | None
) -> ManagementResponse:
    """The answer with the day on which it was first given as it is."""
    same = [one.on for one in stored if one.model_copy(update={"on": None}) == answer]
    return answer.model_copy(update={"on": same[0] if same else on})


def _response(line: FormLine, invented: Collection[str]) -> ManagementResponse:
    cells = line.cells
    return ManagementResponse.model_validate(
        {
            "recommendation": cells["recommendation"],
            "synthetic": cells["recommendation"] in invented,
            "accepted": cells["accepted"],
            "action": Text(ro=cells["action.ro"], en=cells["action.en"]),
            "responsible": cells["responsible"],
            "deadline": cells["deadline"] or None,
            "status": cells["status"],
            "note": Text(ro=cells["note.ro"], en=cells["note.en"]) if cells["note.ro"] else None,
        }
    )
