"""The evaluation matrix: what is asked, by which yardstick it is judged and on what evidence, before any data."""

import json
from pathlib import Path
from typing import Any

from evaluation.core.errors import JudgementError, StrategyError
from evaluation.core.project import Project
from evaluation.core.provenance import Source, digest_file, digest_text
from evaluation.core.yamlfile import read_yaml
from evaluation.judgement.matrix_check import check_matrix, known_ids
from evaluation.judgement.matrix_rows import Matrix
from evaluation.strategy.frame import get_assessment
from evaluation.strategy.words import load_as

MATRIX = Path(__file__).resolve().parent / "frame" / "matrix.yaml"
MATRIX_FILE = MATRIX.name


def matrix_file(project: Project, assessment: str) -> Path:
    """The matrix in force for an assessment: the team's, where its folder holds one, else the kit's."""
    return matrix_beside(project.judgement / assessment)


def matrix_beside(folder: Path) -> Path:
    """The matrix in force for what the evaluators wrote in a folder."""
    own = folder / MATRIX_FILE
    return own if own.is_file() else MATRIX


def load_matrix(assessment: str, *, file: Path = MATRIX) -> Matrix:
    """The matrix of an assessment, checked whole; a row that is not sound stops the run."""
    get_assessment(assessment)
    matrix = read_matrix(file)
    check_matrix(matrix, known_ids(matrix), file=file.name, assessment=assessment)
    return matrix.of_assessment(assessment)


def read_matrix(file: Path = MATRIX) -> Matrix:
    """All that a file of the matrix holds, its shape checked and nothing else; the kit's has both assessments."""
    try:
        return load_as(Matrix, read_yaml(file), file=file.name)
    except StrategyError as error:
        raise JudgementError(str(error)) from None


def digest_matrix(matrix: Matrix) -> str:
    """SHA-256 of what the matrix says, for the plan of analysis.

    Order of keys, of rows and of list entries, line breaks and comments of the file do not count; every word,
    id and level of judgement does.
    """
    return digest_text(_canonical(matrix.model_dump(mode="json")))


def matrix_source(project: Project, assessment: str) -> Source:
    """The matrix in force for an assessment as a source of a result, with the digest of its file."""
    file = matrix_file(project, assessment)
    told = f"evaluation/judgement/frame/{MATRIX_FILE}" if file == MATRIX else project.relative(file)
    return Source(file=told, digest=digest_file(file))


def _canonical(content: Any) -> str:
    """The content as JSON with every list in the order of its entries' own canonical form."""
    if isinstance(content, dict):
        parts = (f"{json.dumps(name)}:{_canonical(content[name])}" for name in sorted(content))
        return "{" + ",".join(parts) + "}"
    if isinstance(content, list):
        return "[" + ",".join(sorted(_canonical(one) for one in content)) + "]"
    return json.dumps(content, ensure_ascii=False)
