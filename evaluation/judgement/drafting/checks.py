"""What is wrong with a decided line, cell by cell; nothing that was typed is quoted."""

from collections.abc import Iterator
from dataclasses import dataclass

from evaluation.core.errors import ReportError
from evaluation.judgement.drafting.cells import LANGUAGES, PAIRS, split_ids
from evaluation.judgement.drafting.proposals import Proposals
from evaluation.judgement.drafting.words import draft_problem, same
from evaluation.judgement.findings import NUMBER, Finding, State, numbers_asked
from evaluation.judgement.forms.model import problem_text
from evaluation.judgement.forms.workbook import Line
from evaluation.judgement.store_checks import typed_numbers
from evaluation.strategy.words import Text

ACCEPTED = ("grade", "reason.ro", "reason.en", "unintended.ro", "unintended.en", "disaggregation.ro",
            "disaggregation.en", "gender_rights.ro", "gender_rights.en")  # fmt: skip
ALWAYS = ("text.ro", "text.en", "evidence", "reviewer", "on")
NOTE = ("note.ro", "note.en")
NEEDED = {
    State.ACCEPTED: (*ALWAYS, *ACCEPTED),
    State.EDITED: (*ALWAYS, *ACCEPTED, *NOTE),
    State.REJECTED: (*ALWAYS, *NOTE),
}
"""The cells that a decision needs."""


@dataclass(frozen=True, slots=True)
class Told:
    """A problem at a field of the line."""

    field: str
    text: Text


def check_cells(cells: Line, draft: Finding, proposals: Proposals) -> Iterator[Told]:
    """Every problem of a line that does not depend on the grade of its evidence."""
    state = State(cells["decision"])
    for field in NEEDED[state]:
        if not cells[field]:
            yield Told(field, draft_problem("needed"))
    yield from _pairs(cells, state)
    yield from _contrary(cells, state)
    yield from _change(cells, draft, state)
    yield from _evidence(cells, proposals)
    yield from _numbers(cells, proposals)


def _pairs(cells: Line, state: State) -> Iterator[Told]:
    """A text in one language only; a reason without a grade."""
    for name in PAIRS:
        for own, other in (("ro", "en"), ("en", "ro")):
            field = f"{name}.{own}"
            if cells[f"{name}.{other}"] and not cells[field] and field not in NEEDED[state]:
                yield Told(field, problem_text("other_language"))
    if not cells["grade"] and state is State.REJECTED and (cells["reason.ro"] or cells["raised.ro"]):
        yield Told("grade", draft_problem("needed"))
    if cells["grade"] and state is State.REJECTED and not (cells["reason.ro"] or cells["reason.en"]):
        yield Told("reason.ro", draft_problem("needed"))


def _contrary(cells: Line, state: State) -> Iterator[Told]:
    searched = cells["searched.ro"] or cells["searched.en"]
    if cells["against"] and searched:
        yield Told("against", draft_problem("contrary_both"))
    elif not cells["against"] and not searched and state is not State.REJECTED:
        yield Told("searched.ro", draft_problem("needed"))


def _change(cells: Line, draft: Finding, state: State) -> Iterator[Told]:
    """Accepted is what was proposed; edited is something else."""
    same_text = (cells["text.ro"], cells["text.en"]) == (draft.statement.ro, draft.statement.en)
    is_same = same_text and split_ids(cells["evidence"]) == draft.evidence
    if state is State.ACCEPTED and not is_same:
        yield Told("decision", draft_problem("changed"))
    if state is State.EDITED and is_same:
        yield Told("decision", draft_problem("unchanged"))


def _evidence(cells: Line, proposals: Proposals) -> Iterator[Told]:
    known = {piece.id for piece in proposals.judgement.evidence}
    for field in ("evidence", "against"):
        for place, one in enumerate(split_ids(cells[field]), 1):
            if one not in known:
                yield Told(field, draft_problem("evidence", place=same(str(place))))
    cited = [*split_ids(cells["evidence"]), *split_ids(cells["against"])]
    if len(set(cited)) < len(cited):
        yield Told("evidence", draft_problem("twice"))


def _numbers(cells: Line, proposals: Proposals) -> Iterator[Told]:
    """Numbers stand as places only, in both languages the same, each with its evidence."""
    cited = {*split_ids(cells["evidence"]), *split_ids(cells["against"])}
    pieces = [piece for piece in proposals.judgement.evidence if piece.id in cited]
    pointed = {piece.number.rpartition(".")[0] for piece in pieces if piece.number}
    asked = {language: numbers_asked(cells[f"text.{language}"]) for language in LANGUAGES}
    if sorted(asked["ro"]) != sorted(asked["en"]):
        yield Told("text.en", draft_problem("not_same"))
    for language, numbers in asked.items():
        field, text = f"text.{language}", cells[f"text.{language}"]
        if set("{}") & set(NUMBER.sub("", text)):
            yield Told(field, draft_problem("place"))
        elif typed_numbers(text):
            yield Told(field, draft_problem("typed"))
        if any(number.rpartition(".")[0] not in pointed for number, _ in numbers):
            yield Told(field, draft_problem("uncited"))
        elif not _can_be_told(text, language, proposals):
            yield Told(field, draft_problem("not_told"))


def _can_be_told(text: str, language: str, proposals: Proposals) -> bool:
    try:
        proposals.tell(text, language)
    except ReportError:
        return False
    return True
