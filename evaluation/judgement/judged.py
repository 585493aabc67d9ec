"""A judgement together with the register of the report that it judges: what listings and papers are made from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from evaluation.core.errors import JudgementError
from evaluation.core.project import Project
from evaluation.core.provenance import Source
from evaluation.judgement.facts import (
    Graded,
    Register,
    check_evidence,
    claims_above_grade,
    grade_finding,
    index_register,
)
from evaluation.judgement.findings import Finding
from evaluation.judgement.judgement import Judgement
from evaluation.judgement.matrix import load_matrix, matrix_file
from evaluation.judgement.matrix_rows import Matrix
from evaluation.judgement.store import accepted_findings, judgement_sources, load_judgement


@dataclass(frozen=True, slots=True)
class Judged:
    """What the listings of an assessment stand on; ``marked`` says that the report is one of invented data."""

    judgement: Judgement
    matrix: Matrix
    register: Register
    sources: tuple[Source, ...]
    marked: bool

    def grade(self, finding: Finding) -> Graded:
        """The grade that stands for a finding."""
        return grade_finding(finding, self.judgement, self.register, marked=self.marked)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings that the report prints."""
        return accepted_findings(self.judgement, synthetic=self.marked)


def load_judged(project: Project, assessment: str, records: Sequence[dict[str, Any]]) -> Judged:
    """The judgement of an assessment on the records of a register, checked against them and the matrix in force.

    Raises ``JudgementError``, with every problem, where evidence points to another number than it says, or a
    sentence stands above the grade that the register gives it.
    """
    matrix = load_matrix(assessment, file=matrix_file(project, assessment))
    register = index_register(list(records))
    judgement = load_judgement(project.judgement / assessment, questions=[one.id for one in matrix.rows])
    marked = any(one["synthetic"] for one in records)
    _refuse(check_evidence(judgement, register))
    above = claims_above_grade(judgement, register, marked=marked)
    _refuse(
        [
            f"{finding} ({language}): «{place.phrase}» stands above the grade of its evidence; use a cautious wording."
            for finding, language, place in above
        ]
    )
    return Judged(judgement, matrix, register, judgement_sources(project, assessment), marked)


def _refuse(problems: list[str]) -> None:
    if problems:
        raise JudgementError(
            f"judgement: {len(problems)} problem(s); correct the files and run again.\n" + "\n".join(problems)
        )
