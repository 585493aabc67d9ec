"""What was found in a file of answers: where, what was done about it, how often; never what stood there."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from evaluation.core.errors import IntakeError
from evaluation.core.yamlfile import read_yaml
from evaluation.intake.returns.problems import Problem
from evaluation.strategy.words import Definition, load_as

PROBLEMS_FILE = Path(__file__).with_suffix(".yaml")


@dataclass(frozen=True, slots=True)
class Found:
    """One thing found: file, sheet, cell (or column, or row), the code of the catalogue, how often."""

    file: str
    sheet: str
    cell: str
    code: str
    count: int = 1


class AnswersRefusedError(IntakeError):
    """A file of answers that cannot be used: its name, the code of the catalogue, and what was found in it."""

    def __init__(self, file: str, code: str, found: tuple[Found, ...] = ()) -> None:
        self.file, self.code, self.found = file, code, found
        super().__init__(_sentence(file, code, language="en"))

    def say(self, language: str) -> str:
        """Place, problem and remedy in a language of the kit."""
        return _sentence(self.file, self.code, language=language)


class _Catalogue(Definition):
    problems: dict[str, Problem]


@cache
def load_answer_problems() -> dict[str, Problem]:
    """All problems by code."""
    return load_as(_Catalogue, {"problems": read_yaml(PROBLEMS_FILE)}, file=PROBLEMS_FILE.name).problems


@dataclass(slots=True)
class Findings:
    """Collects what is found; rows that are not used are counted by their reason."""

    found: dict[tuple[str, str, str, str], int] = field(default_factory=dict)
    rejected: dict[str, int] = field(default_factory=dict)
    rows_in: int = 0

    def note(self, file: str, sheet: str, cell: str, code: str, *, count: int = 1) -> None:
        """Something about a place; the same thing about the same place adds up."""
        key = (file, sheet, cell, code)
        self.found[key] = self.found.get(key, 0) + count

    def reject(self, file: str, sheet: str, cell: str, code: str) -> None:
        """A row that is not used, and why."""
        self.note(file, sheet, cell, code)
        self.rejected[code] = self.rejected.get(code, 0) + 1

    def listed(self) -> tuple[Found, ...]:
        """Everything found, in the order of finding."""
        return tuple(Found(*key, count=count) for key, count in self.found.items())


def _sentence(file: str, code: str, *, language: str) -> str:
    told = load_answer_problems()[code]
    return f"{file}: {getattr(told.problem, language)}; {getattr(told.remedy, language)}"


def count_of(found: Iterable[Found], code: str) -> int:
    """How often a thing was found."""
    return sum(one.count for one in found if one.code == code)
