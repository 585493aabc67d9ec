"""The decisions of a workbook that came back: all of them, or none and every problem by its cell."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from evaluation.judgement.drafting.cells import (
    cited_evidence,
    clean_cells,
    decision_cells,
    finding_of,
    split_ids,
)
from evaluation.judgement.drafting.checks import Told, check_cells
from evaluation.judgement.drafting.form import findings_form, findings_lists
from evaluation.judgement.drafting.grading import check_grade
from evaluation.judgement.drafting.proposals import Proposals, draft_line
from evaluation.judgement.drafting.words import draft_problem, same
from evaluation.judgement.findings import Evidence, Finding
from evaluation.judgement.forms.model import problem_text
from evaluation.judgement.forms.read import (
    FormLine,
    FormProblem,
    FormReading,
    cell_name,
    read_form_workbook,
    refuse_problems,
)


@dataclass(frozen=True, slots=True)
class Decided:
    """The findings that a workbook adds with the evidence that only they cite, and what it leaves as it is."""

    findings: tuple[Finding, ...]
    evidence: tuple[Evidence, ...]
    recorded: int
    undecided: int


def read_decisions(path: Path, proposals: Proposals, *, language: str = "en") -> Decided:
    """The decided lines as findings with the next ids, in the order of the sheet.

    A line without a decision stays a draft; one that is recorded already with the same decision changes nothing.
    Raises ``JudgementError`` with every problem, each by its cell; then nothing is taken.
    """
    form = findings_form()
    reading = read_form_workbook(path, form, findings_lists(proposals.judgement), language=language)
    if reading.assessment != proposals.assessment:
        other = problem_text("other_assessment", expected=reading.assessment)
        refuse_problems(path, (FormProblem("A1", other),), language)
    problems = [_named(one, reading) for one in reading.problems]
    told, findings, recorded, undecided = {one.cell for one in problems}, [], 0, 0
    ids = _next_ids(proposals)
    for line in reading.lines:
        if not line.cells["decision"]:
            undecided += 1
        elif line.cells["draft"] in proposals.recorded:
            recorded += 1
            problems += _changed_since(line, reading, proposals)
        else:
            found, finding = _decide(line, proposals, ids)
            problems += [one for one in _at(line, reading, found) if one.cell not in told]
            findings += [finding] if finding else []
    refuse_problems(path, tuple(dict.fromkeys(problems)), language)
    return Decided(tuple(findings), _only_theirs(findings, proposals), recorded, undecided)


def _decide(line: FormLine, proposals: Proposals, ids: Iterator[str]) -> tuple[list[Told], Finding | None]:
    """The problems of a line, or the finding that it decides."""
    draft = next((one for one in proposals.drafts if one.id == line.cells["draft"]), None)
    if draft is None or _is_outdated(line, draft, proposals):
        return [Told("draft", draft_problem("outdated"))], None
    cells = clean_cells(line.cells)
    problems = list(check_cells(cells, draft, proposals))
    if problems:
        return problems, None
    finding = finding_of(cells, draft, finding=next(ids), synthetic=_is_invented(cells, draft, proposals))
    return list(check_grade(finding, proposals)), finding


def _is_outdated(line: FormLine, draft: Finding, proposals: Proposals) -> bool:
    """The locked cells are no longer what the register says of the draft."""
    written = draft_line(proposals, draft)
    fixed = [one.field for one in findings_form().columns if one.takes == "fixed"]
    return any(line.cells[field] != written[field] for field in fixed)


def _is_invented(cells: dict[str, str], draft: Finding, proposals: Proposals) -> bool:
    """An invented number among the evidence, or an invented evaluator, makes an invented finding."""
    cited = (*split_ids(cells["evidence"]), *split_ids(cells["against"]))
    numbers = [proposals.judgement.piece(one).number for one in cited]
    invented = any(proposals.register[one]["synthetic"] for one in numbers if one in proposals.register)
    signed = [one for one in proposals.judgement.declarations if one.evaluator == cells["reviewer"]]
    return draft.synthetic or invented or any(one.synthetic for one in signed)


def _changed_since(line: FormLine, reading: FormReading, proposals: Proposals) -> list[FormProblem]:
    """A recorded decision is not made again in another way."""
    finding = proposals.recorded[line.cells["draft"]]
    if clean_cells(line.cells) == decision_cells(finding):
        return []
    text = draft_problem("decided_otherwise", finding=same(finding.id))
    return [FormProblem(reading.cell(line, "decision"), text)]


def _at(line: FormLine, reading: FormReading, found: list[Told]) -> list[FormProblem]:
    return [FormProblem(reading.cell(line, one.field), one.text) for one in found]


def _named(one: FormProblem, reading: FormReading) -> FormProblem:
    """A reviewer who is not in the list lacks a declaration; say that."""
    column = cell_name(reading.form, "reviewer", 1).rstrip("1")
    if one.cell.rstrip("0123456789") == column and one.text == problem_text("not_listed"):
        return FormProblem(one.cell, draft_problem("undeclared"))
    return one


def _next_ids(proposals: Proposals) -> Iterator[str]:
    """F-nn after the highest that is there."""
    numbers = [one.id.removeprefix("F-") for one in proposals.judgement.findings]
    highest = max((int(one) for one in numbers if one.isdecimal()), default=0)
    return (f"F-{number:02d}" for number in count(highest + 1))


def _only_theirs(findings: list[Finding], proposals: Proposals) -> tuple[Evidence, ...]:
    """The proposed evidence that the findings cite and the judgement does not hold yet."""
    cited = {piece for one in findings for piece in cited_evidence(one)}
    return tuple(piece for piece in proposals.proposed if piece.id in cited)
