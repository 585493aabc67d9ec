"""Everything that evaluators wrote about one assessment, in one piece."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from evaluation.core.errors import JudgementError
from evaluation.judgement.findings import (
    Conclusion,
    Declaration,
    Evidence,
    Finding,
    ManagementResponse,
    Recommendation,
)

Named = TypeVar("Named", Evidence, Finding, Conclusion, Recommendation)


@dataclass(frozen=True, slots=True)
class Judgement:
    """Everything that evaluators wrote about an assessment."""

    evidence: tuple[Evidence, ...]
    findings: tuple[Finding, ...]
    conclusions: tuple[Conclusion, ...]
    recommendations: tuple[Recommendation, ...]
    responses: tuple[ManagementResponse, ...]
    declarations: tuple[Declaration, ...]

    def piece(self, evidence: str) -> Evidence:
        """The piece of evidence of an id."""
        return _named(self.evidence, evidence)

    @property
    def source_of(self) -> dict[str, str]:
        """The source group of every piece of evidence."""
        return {piece.id: piece.source_group for piece in self.evidence}

    def finding(self, finding: str) -> Finding:
        """The finding of an id."""
        return _named(self.findings, finding)

    def conclusion(self, conclusion: str) -> Conclusion:
        """The conclusion of an id."""
        return _named(self.conclusions, conclusion)


def _named(many: Iterable[Named], wanted: str) -> Named:
    for one in many:
        if one.id == wanted:
            return one
    raise JudgementError(f"judgement: {wanted} is not in the files; use an id that is.")
