"""The team's matrix as the file that stands in for the kit's, and its text proved before it is written."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

from evaluation.core.errors import JudgementError
from evaluation.judgement.forms.yamltext import yaml_text
from evaluation.judgement.matrix import MATRIX_FILE, digest_matrix, load_matrix
from evaluation.judgement.matrix_rows import Matrix

HEAD = (
    "# Matricea de evaluare a echipei; ține locul celei din kit. / The team's evaluation matrix; it stands in for the kit's.\n"
    "# Scrisă de / written by: snitp matrix read.\n"
)
LISTS = ("sources", "methods", "samples", "reasons", "limits", "left_out", "rows")


def matrix_yaml(matrix: Matrix, assessment: str) -> str:
    """The matrix of an assessment as YAML, the lists that its rows name included; equal matrix, equal text.

    The text is read back before it is given out: ``JudgementError`` names every problem that would stop a report.
    """
    reading = json.dumps(matrix.reading.model_dump(), ensure_ascii=False)
    lists = (yaml_text(name, getattr(matrix, name), synthetic=False) for name in LISTS)
    text = "\n".join([f"{HEAD}reading: {reading}\n", *lists])
    with TemporaryDirectory() as home:
        file = Path(home) / MATRIX_FILE
        file.write_text(text, encoding="utf-8", newline="\n")
        back = load_matrix(assessment, file=file)
    if digest_matrix(back) != digest_matrix(matrix):
        raise JudgementError(
            f"{MATRIX_FILE}: a text holds a character that the file cannot keep; type the text again."
        )
    return text
