"""Analyses that are not made: which, why, what stands in their place, and which questions suffer."""

from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from evaluation.core.errors import JudgementError, StrategyError
from evaluation.core.project import Project
from evaluation.core.provenance import Provenance, Source, digest_file
from evaluation.core.results import Listing
from evaluation.core.yamlfile import read_yaml
from evaluation.judgement.matrix import load_matrix, matrix_file, matrix_source, read_matrix
from evaluation.strategy.words import Definition, Text, check_unique, load_as

REFUSED = Path(__file__).resolve().parent / "frame" / "refused_analyses.yaml"
METHOD = "refused_analyses"
NO_QUESTION = "–"
Kind = Literal["method", "confidentiality", "data"]


class RefusedAnalysis(Definition):
    """One analysis that a reader may look for; ``questions`` are those of the matrix with a weaker answer."""

    id: str = Field(pattern=r"^RA\d\d$")
    kind: Kind
    analysis: Text
    reason: Text
    instead: Text
    questions: tuple[str, ...] = Field(min_length=1)


class RefusedAnalyses(Definition):
    """The list, and the names of the kinds of reasons."""

    kinds: dict[Kind, Text]
    refused: tuple[RefusedAnalysis, ...] = Field(min_length=1)


@cache
def load_refused(file: Path = REFUSED) -> RefusedAnalyses:
    """The list; a question that the kit's matrix does not have is refused."""
    try:
        found = load_as(RefusedAnalyses, read_yaml(file), file=file.name)
        check_unique((one.id for one in found.refused), file=file.name)
    except StrategyError as error:
        raise JudgementError(str(error)) from None
    known = {row.id for row in read_matrix().rows}
    for one in found.refused:
        for astray in sorted(set(one.questions) - known):
            raise JudgementError(
                f"{file.name}, {one.id}: the question {astray} is not in the evaluation matrix; use one of its ids."
            )
    return found


def list_refused(project: Project, assessment: str) -> Listing:
    """One row an analysis; of the questions, those that the assessment asks by the matrix in force."""
    import pandas as pd

    found = load_refused()
    asked = {row.id for row in load_matrix(assessment, file=matrix_file(project, assessment)).rows}
    rows = [_row(one, found.kinds[one.kind], asked) for one in found.refused]
    source = Source(file=f"evaluation/judgement/frame/{REFUSED.name}", digest=digest_file(REFUSED))
    origin = Provenance((source, matrix_source(project, assessment)), METHOD, len(rows), len(rows))
    return Listing("refused_analyses", pd.DataFrame(rows).astype("str"), origin)


def _row(one: RefusedAnalysis, kind: Text, asked: set[str]) -> dict[str, str]:
    told = {"analysis": one.analysis, "kind": kind, "reason": one.reason, "instead": one.instead}
    texts = {
        f"{name}.{language}": getattr(text, language)
        for name, text in told.items()
        for language in ("ro", "en")
    }
    questions = ", ".join(name for name in one.questions if name in asked)
    return {"id": one.id, "questions": questions or NO_QUESTION, **texts}
