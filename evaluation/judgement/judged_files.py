"""The files that a report judged on: whether they are still those that it was built with."""

from collections.abc import Mapping
from pathlib import Path

from evaluation.core.project import Project
from evaluation.core.provenance import digest_file
from evaluation.judgement.matrix import MATRIX_FILE, matrix_file, matrix_source
from evaluation.judgement.store import FINDINGS_FILE

JUDGED_FILES = (
    FINDINGS_FILE, "conclusions.yaml", "recommendations.yaml", "declarations.yaml", "chains.yaml", MATRIX_FILE,
)  # fmt: skip
"""What evaluators wrote and a report says; answers and comments come after it."""


def changed_judgement(inputs: Mapping[str, str], project: Project, assessment: str) -> tuple[str, ...]:
    """Files of the judgement, and the matrix in force, that are not those of a sealed run.

    ``inputs`` are the digests of its manifest by file. Content decides, wherever the folder of data lies; a file that
    came or went since then is a change too.
    """
    folder = project.judgement / assessment
    changed = [
        project.relative(folder / name)
        for name in JUDGED_FILES
        if _digest_then(inputs, f"/judgement/{assessment}/{name}") != _digest_now(folder / name)
    ]
    kit = matrix_source(project, assessment)
    if matrix_file(project, assessment) != folder / MATRIX_FILE and inputs.get(kit.file) != kit.digest:
        changed.append(kit.file)
    return tuple(changed)


def _digest_then(inputs: Mapping[str, str], ending: str) -> str:
    return next((digest for name, digest in inputs.items() if name.endswith(ending)), "")


def _digest_now(path: Path) -> str:
    return digest_file(path) if path.is_file() else ""
