"""Drafts that a register proposes, beside what the evaluators have decided already."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from evaluation.judgement.drafts import propose_drafts
from evaluation.judgement.facts import Register, gather_facts, index_register
from evaluation.judgement.findings import Evidence, Finding
from evaluation.judgement.forms.model import both
from evaluation.judgement.forms.workbook import Line
from evaluation.judgement.grades import compute_grade, load_grade_rules
from evaluation.judgement.judgement import Judgement
from evaluation.judgement.matrix_rows import Matrix
from evaluation.judgement.words import judgement_text
from evaluation.strategy.frame import get_assessment, load_criteria
from evaluation.strategy.plan import Plan, load_plan
from evaluation.strategy.words import Text

Tell = Callable[[str, str], str]
"""A text with places and a language in, the text with its numbers out."""


@dataclass(frozen=True, slots=True)
class Proposals:
    """The drafts of a register; ``judgement`` is what is decided, with the evidence of the drafts added.

    ``marked`` says that the register is one of invented data, ``tell`` fills the numbers into a text.
    """

    assessment: str
    judgement: Judgement
    register: Register
    drafts: tuple[Finding, ...]
    proposed: tuple[Evidence, ...]
    matrix: Matrix
    marked: bool
    tell: Tell

    @property
    def recorded(self) -> dict[str, Finding]:
        """The findings that came from a draft, by the draft's id."""
        return {one.draft: one for one in self.judgement.findings if one.draft}

    @property
    def undecided(self) -> tuple[Finding, ...]:
        """The drafts that no finding of the judgement came from; a rejected one is decided."""
        return tuple(one for one in self.drafts if one.id not in self.recorded)


def propose(
    records: Iterable[Mapping[str, Any]],
    judgement: Judgement,
    matrix: Matrix,
    *,
    assessment: str,
    tell: Tell,
) -> Proposals:
    """The drafts that the records of a run's register give, in the order of the kinds of drafts.

    A draft on a question that the matrix of the assessment does not ask is left out.
    """
    kept = [dict(one) for one in records]
    marked = any(one["synthetic"] for one in kept)
    evidence: dict[str, Evidence] = {}
    drafts: dict[str, Finding] = {}
    asked = {row.id for row in matrix.rows}
    for plan in _plans(assessment, marked=marked):
        pieces, findings = propose_drafts(kept, plan, assessment=assessment)
        evidence |= {piece.id: piece for piece in pieces}
        drafts |= {one.id: one for one in findings if one.question in asked}
    known = {piece.id for piece in judgement.evidence}
    fresh = tuple(piece for piece in evidence.values() if piece.id not in known)
    return Proposals(
        assessment=assessment,
        judgement=replace(judgement, evidence=(*judgement.evidence, *fresh)),
        register=index_register(kept),
        drafts=tuple(drafts.values()),
        proposed=fresh,
        matrix=matrix,
        marked=marked,
        tell=tell,
    )


def _plans(assessment: str, *, marked: bool) -> list[Plan]:
    """The plans of the assessment that are there; on invented data an invented one stands in for one that is not."""
    found = get_assessment(assessment)
    missing = {one.plan: one.stand_in if marked else "" for one in found.missing_plans}
    names = [missing.get(one, one) for one in found.plans]
    return [load_plan(one) for one in names if one]


def draft_line(proposals: Proposals, draft: Finding) -> Line:
    """The cells of a draft: what the kit wrote, the text with places and the evidence to start from."""
    row = proposals.matrix.row(draft.question)
    criterion = next(one.name for one in load_criteria() if one.id == draft.criterion)
    return {
        "draft": draft.id,
        "criterion": both(criterion),
        "question": f"{draft.question}\n{both(row.sub_question, joint=chr(10))}",
        "told.ro": proposals.tell(draft.statement.ro, "ro"),
        "told.en": proposals.tell(draft.statement.en, "en"),
        "computed": both(_told(proposals, draft), joint="\n"),
        "text.ro": draft.statement.ro,
        "text.en": draft.statement.en,
        "evidence": ", ".join(draft.evidence),
    }


def _told(proposals: Proposals, draft: Finding) -> Text:
    """The computed grade and the aspect that held it down."""
    facts = gather_facts(draft, proposals.judgement, proposals.register)
    computed = compute_grade(facts, marked=proposals.marked)
    single = facts.sources < 2 and computed.weakest == "sources"
    words = judgement_text("why", "single" if single else "computed")
    grade = load_grade_rules().names[computed.grade]
    return Text(
        ro=words.ro.format(grade=grade.ro, aspect=computed.name.ro),
        en=words.en.format(grade=grade.en, aspect=computed.name.en),
    )
