"""What is wrong with a matrix, and where, in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as default
from functools import cache
from pathlib import Path

from evaluation.core.yamlfile import read_yaml
from evaluation.strategy.words import Definition, Text, load_as

WORDS = Path(__file__).resolve().parent / "frame" / "matrix_problems.yaml"


class _Words(Definition):
    problems: dict[str, Text]


@dataclass(frozen=True, slots=True)
class MatrixProblem:
    """A problem at a row and field of the file ("" for the matrix as a whole); ``ids`` are those concerned."""

    row: str
    field: str
    kind: str
    ids: tuple[str, ...] = ()
    facts: Mapping[str, str] = default(default_factory=dict)

    @property
    def text(self) -> Text:
        """The problem in words, without its place."""
        return word_problem(self.kind, {"ids": ", ".join(self.ids), **self.facts})

    def __str__(self) -> str:
        place = ", ".join(one for one in (self.row, self.field) if one)
        return f"{place}: {self.text.en}" if place else self.text.en


@dataclass(frozen=True, slots=True)
class CellProblem:
    """What is wrong at a cell ("" for the sheet as a whole); the cell's own text is never quoted."""

    cell: str
    text: Text

    def __str__(self) -> str:
        return f"{self.cell}: {self.text.en}" if self.cell else self.text.en


def word_problem(kind: str, facts: Mapping[str, str] | None = None) -> Text:
    """A kind of problem in words."""
    words = _words()[kind]
    return Text(ro=words.ro.format_map(facts or {}), en=words.en.format_map(facts or {}))


def cell_problem(cell: str, kind: str, facts: Mapping[str, str] | None = None) -> CellProblem:
    """A kind of problem at a cell."""
    return CellProblem(cell, word_problem(kind, facts))


@cache
def _words() -> dict[str, Text]:
    return load_as(_Words, read_yaml(WORDS), file=WORDS.name).problems
