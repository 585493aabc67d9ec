"""The facts behind a finding's grade, gathered from the register of a built report; none is typed."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from evaluation.core.errors import JudgementError
from evaluation.core.status import Status
from evaluation.judgement.findings import Evidence, Finding
from evaluation.judgement.grades import (
    Computed,
    Facts,
    Grade,
    compute_grade,
    final_grade,
    independent_sources,
    worst_grade,
)
from evaluation.judgement.judgement import Judgement
from evaluation.judgement.wording_grade import Place, check_sentence

Register = Mapping[str, Mapping[str, Any]]
"""The records of a run's ``register.json`` by id."""

COUNT = "count"


@dataclass(frozen=True, slots=True)
class Graded:
    """A finding's grade: what the facts allow, what the evaluator judged, what stands."""

    computed: Computed
    judged: Grade
    final: Grade
    single_source: bool


def index_register(records: list[dict[str, Any]]) -> Register:
    """The register's records by id."""
    return {str(one["id"]): one for one in records}


def check_evidence(judgement: Judgement, register: Register) -> list[str]:
    """Pieces of evidence whose number is not in the register, or is another row than they say."""
    problems = []
    told = {piece.number for piece in judgement.evidence if piece.row}
    for piece in judgement.evidence:
        problems += [
            f"{piece.id}: the quality {number} is no piece of evidence with its row; add it as one."
            for number in _quality(piece)
            if number not in told
        ]
        ids = (piece.number, *_quality(piece))
        for missing in (one for one in ids if one and one not in register):
            problems.append(
                f"{piece.id}: {missing} is not in the register of this run; point to one that is."
            )
        if piece.row and piece.number in register:
            found = register[piece.number]
            moved = [name for name in type(piece.row).model_fields if found[name] != getattr(piece.row, name)]
            if moved:
                problems.append(
                    f"{piece.id}: {piece.number} is another row now ({', '.join(moved)}); correct the pointer."
                )
        if piece.exhibit and not exhibit_numbers(piece.exhibit, register):
            problems.append(
                f"{piece.id}: the exhibit {piece.exhibit} is not in this run; point to one that is."
            )
    return problems


def _quality(piece: Evidence) -> list[str]:
    """The ids of the numbers that say how good a piece is."""
    given = (getattr(piece.quality, name) for name in type(piece.quality).model_fields)
    return [one for one in given if one]


def exhibit_numbers(exhibit: str, register: Register) -> list[str]:
    """The ids of the numbers that an exhibit shows."""
    return [
        one for one, entry in register.items() if any(use["exhibit"] == exhibit for use in entry["shown"])
    ]


def gather_facts(finding: Finding, judgement: Judgement, register: Register) -> Facts:
    """What the register says about the evidence of a finding.

    The least n, the widest interval, the lowest reliability, the largest missing share and linkage error
    count: the chain is as good as its weakest piece. Intervals are compared only when the finding states the
    change that matters. A full count is no sample, so its n is not judged. A number that the gate hid or that
    was not collected carries no fact.
    """
    pieces = [judgement.piece(one) for one in finding.evidence]
    entries = [register[piece.number] for piece in pieces if piece.number in register]
    usable = [one for one in entries if one["status"] == Status.OK]
    if entries and not usable:
        raise JudgementError(
            f"{finding.id}: no number of its evidence was released; the finding has no base."
        )
    change = finding.meaningful_change.value if finding.meaningful_change else None
    widths = [width for one in usable if (width := _half_width(one)) is not None]
    return Facts(
        sources=len(independent_sources(piece.source_group for piece in pieces)),
        n=min(
            (one["n"] for one in usable if one["n"] is not None and one["quantity"] != COUNT), default=None
        ),
        half_width=max(widths, default=None) if change else None,
        meaningful_change=change,
        reliability=min(_values(pieces, "reliability", register), default=None),
        missing_share=max(_missing(pieces, register), default=None),
        linkage_error=max(_values(pieces, "linkage_error", register), default=None),
        synthetic=finding.synthetic or any(one["synthetic"] for one in entries),
    )


def _half_width(entry: Mapping[str, Any]) -> float | None:
    """Half the width of an interval; one that is open on a side is infinitely wide, no interval has none."""
    low, high = entry["ci_low"], entry["ci_high"]
    if low is None and high is None:
        return None
    return math.inf if None in (low, high) else float(high - low) / 2


def grade_finding(finding: Finding, judgement: Judgement, register: Register, *, marked: bool) -> Graded:
    """The grade that stands: the lower of computed and judged unless a written reason raises it.

    ``marked`` says that the report itself carries the mark of invented data.
    """
    if finding.judged is None:
        raise JudgementError(f"{finding.id}: no judged grade; the evaluator gives one with a reason.")
    facts = gather_facts(finding, judgement, register)
    computed = compute_grade(facts, marked=marked)
    final = final_grade(computed.grade, finding.judged.grade, raised=finding.judged.raised)
    return Graded(computed, finding.judged.grade, final, facts.sources < 2)


def _values(pieces: list[Evidence], name: str, register: Register) -> list[float]:
    ids = [getattr(piece.quality, name) for piece in pieces]
    return [
        float(register[one]["value"]) for one in ids if one in register and register[one]["value"] is not None
    ]


def _missing(pieces: list[Evidence], register: Register) -> list[float]:
    return [
        *_values(pieces, "missing", register),
        *(1 - one for one in _values(pieces, "answered", register)),
    ]


def claims_above_grade(
    judgement: Judgement, register: Register, *, marked: bool
) -> list[tuple[str, str, Place]]:
    """Phrases above the final grade: of accepted findings their own, of conclusions the lowest of their findings.

    Each with the id of the finding or conclusion, the language and the place.
    """
    found = []
    for finding in (one for one in judgement.findings if one.in_force):
        grade = grade_finding(finding, judgement, register, marked=marked).final
        for language, text in (("ro", finding.statement.ro), ("en", finding.statement.en)):
            found += [(finding.id, language, place) for place in check_sentence(text, language, grade)]
    for one in (one for one in judgement.conclusions if one.review and one.findings):
        cited = (judgement.finding(each) for each in one.findings)
        grade = worst_grade(grade_finding(each, judgement, register, marked=marked).final for each in cited)
        for language, text in (("ro", one.text.ro), ("en", one.text.en)):
            found += [(one.id, language, place) for place in check_sentence(text, language, grade)]
    return found
