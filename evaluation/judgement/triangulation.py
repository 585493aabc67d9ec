"""Triangulation: for every question of the matrix, which sources speak for a finding, against it, not at all."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from evaluation.judgement.findings import Finding
from evaluation.judgement.grades import independent_sources
from evaluation.judgement.judgement import Judgement
from evaluation.judgement.store import accepted_findings


@dataclass(frozen=True, slots=True)
class Triangulated:
    """One question with its findings and sources.

    A source can speak for one finding of the question and against another; ``silent`` are the sources that
    the matrix expects and that no evidence comes from.
    """

    question: str
    findings: tuple[str, ...]
    speaks_for: tuple[str, ...]
    against: tuple[str, ...]
    silent: tuple[str, ...]

    @property
    def single_source(self) -> bool:
        """There is a finding, and all evidence for it comes from sources of one origin."""
        return bool(self.findings) and len(independent_sources(self.speaks_for)) == 1

    @property
    def unanswered(self) -> bool:
        """No finding answers the question yet."""
        return not self.findings


def triangulate(
    judgement: Judgement, expected: Mapping[str, Collection[str]], *, synthetic: bool
) -> tuple[Triangulated, ...]:
    """One line per question, in the order of the matrix.

    ``expected`` gives the sources that the matrix names for each question. Only findings that the report
    prints count; evidence counts by its source group, so that two pieces of one source are one voice.
    """
    accepted = accepted_findings(judgement, synthetic=synthetic)
    return tuple(
        _line(question, sources, [one for one in accepted if one.question == question], judgement)
        for question, sources in expected.items()
    )


def single_source_findings(judgement: Judgement, *, synthetic: bool) -> tuple[str, ...]:
    """Ids of the findings whose evidence comes from one independent source; they carry the flag."""
    return tuple(
        one.id
        for one in accepted_findings(judgement, synthetic=synthetic)
        if len(independent_sources(judgement.piece(piece).source_group for piece in one.evidence)) == 1
    )


def _line(
    question: str, sources: Collection[str], findings: list[Finding], judgement: Judgement
) -> Triangulated:
    speaking = [piece for one in findings for piece in one.evidence]
    opposing = [piece for one in findings if one.contrary for piece in one.contrary.evidence]
    speaks_for = tuple(sorted({judgement.piece(one).source_group for one in speaking}))
    against = tuple(sorted({judgement.piece(one).source_group for one in opposing}))
    silent = tuple(one for one in sources if one not in speaks_for and one not in against)
    return Triangulated(question, tuple(one.id for one in findings), speaks_for, against, silent)
