"""The judgement of an assessment read from its folder and checked: references, reviews, wording, independence."""

from collections.abc import Collection
from pathlib import Path

from evaluation.core.errors import JudgementError, StrategyError
from evaluation.core.project import Project
from evaluation.core.provenance import Source, digest_file
from evaluation.core.yamlfile import read_yaml
from evaluation.judgement.findings import (
    Conclusion,
    Declaration,
    Evidence,
    Finding,
    ManagementResponse,
    Recommendation,
)
from evaluation.judgement.judgement import Judgement
from evaluation.judgement.matrix_rows import Matrix
from evaluation.judgement.store_checks import find_problems
from evaluation.strategy.words import Definition, Model, load_as

FINDINGS_FILE = "findings.yaml"


class _Findings(Definition):
    evidence: tuple[Evidence, ...]
    findings: tuple[Finding, ...]


class _Conclusions(Definition):
    conclusions: tuple[Conclusion, ...]


class _Recommendations(Definition):
    recommendations: tuple[Recommendation, ...]


class _Responses(Definition):
    responses: tuple[ManagementResponse, ...]


class _Declarations(Definition):
    declarations: tuple[Declaration, ...]


def load_judgement(folder: Path, *, questions: Collection[str] = ()) -> Judgement:
    """The five files of the folder; every problem of references and reviews is listed in one error.

    ``questions`` are the ids of the evaluation matrix; with them, a finding on another question is refused.
    A file that is not well formed is refused on its own, with the place.
    """
    read = read_judgement(folder)
    problems = find_problems(read, questions=questions)
    if problems:
        raise JudgementError(
            f"judgement: {len(problems)} problem(s); correct the files and run again.\n" + "\n".join(problems)
        )
    return read


def unasked_findings(folder: Path, matrix: Matrix) -> tuple[str, ...]:
    """The findings of the folder on a question that a matrix does not ask; none where no findings are written yet."""
    if not (folder / FINDINGS_FILE).is_file():
        return ()
    asked = {one.id for one in matrix.rows}
    findings = _read(_Findings, folder / FINDINGS_FILE).findings
    return tuple(one.id for one in findings if one.question not in asked)


def judgement_sources(project: Project, assessment: str) -> tuple[Source, ...]:
    """The files of an assessment's judgement as sources of what is printed from them."""
    folder = project.judgement / assessment
    return tuple(
        Source(file=project.relative(path), digest=digest_file(path))
        for path in sorted(folder.glob("*.yaml"))
    )


def read_judgement(folder: Path) -> Judgement:
    """The five files of the folder as they stand, well formed and not yet checked against each other."""
    found = _read(_Findings, folder / FINDINGS_FILE)
    return Judgement(
        evidence=found.evidence,
        findings=found.findings,
        conclusions=_read(_Conclusions, folder / "conclusions.yaml").conclusions,
        recommendations=_read(_Recommendations, folder / "recommendations.yaml").recommendations,
        responses=_read(_Responses, folder / "responses.yaml").responses,
        declarations=_read(_Declarations, folder / "declarations.yaml").declarations,
    )


def accepted_findings(judgement: Judgement, *, synthetic: bool) -> tuple[Finding, ...]:
    """The findings that a report prints: reviewed ones; invented ones only in a report that is invented too."""
    return tuple(
        one for one in judgement.findings if one.in_force and one.review and (synthetic or not one.synthetic)
    )


def accepted_conclusions(judgement: Judgement, *, synthetic: bool) -> tuple[Conclusion, ...]:
    """The reviewed conclusions whose findings all enter the report."""
    known = {one.id for one in accepted_findings(judgement, synthetic=synthetic)}
    return tuple(
        one
        for one in judgement.conclusions
        if one.review and (synthetic or not one.synthetic) and known.issuperset(one.findings)
    )


def accepted_recommendations(judgement: Judgement, *, synthetic: bool) -> tuple[Recommendation, ...]:
    """The reviewed recommendations whose conclusions all enter the report."""
    known = {one.id for one in accepted_conclusions(judgement, synthetic=synthetic)}
    return tuple(
        one
        for one in judgement.recommendations
        if one.in_force
        and one.review
        and (synthetic or not one.synthetic)
        and known.issuperset(one.conclusions)
    )


def _read(model: type[Model], path: Path) -> Model:
    """One file; where it is not written yet there is nothing in it."""
    if not path.is_file():
        return model.model_validate(dict.fromkeys(model.model_fields, ()))
    try:
        return load_as(model, read_yaml(path), file=path.name)
    except StrategyError as error:
        raise JudgementError(str(error)) from None
