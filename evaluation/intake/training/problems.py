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


class RefusedFileError(IntakeError):
    """A file that cannot be used: its name and the code of a catalogue of problems."""

    def __init__(self, file: str, code: str) -> None:
        self.file, self.code = file, code
        super().__init__(self.say(language="en"))

    def told(self) -> Problem:
        """What the catalogue says of the code."""
        raise NotImplementedError

    def say(self, language: str) -> str:
        """Place, problem and remedy in a language of the kit."""
        told = self.told()
        return f"{self.file}: {getattr(told.problem, language)}; {getattr(told.remedy, language)}"


class AnswersRefusedError(RefusedFileError):
    """A file of answers of a training that cannot be used, with what was found in it."""

    def __init__(self, file: str, code: str, found: tuple[Found, ...] = ()) -> None:
        self.found = found
        super().__init__(file, code)

    def told(self) -> Problem:
        """What the catalogue of answers says of it."""
        return load_answer_problems()[self.code]


class _Catalogue(Definition):
    problems: dict[str, Problem]


def read_catalogue(file: Path) -> dict[str, Problem]:
    """The problems of a catalogue by code."""
    return load_as(_Catalogue, {"problems": read_yaml(file)}, file=file.name).problems


@cache
def load_answer_problems() -> dict[str, Problem]:
    """All problems by code."""
    return read_catalogue(PROBLEMS_FILE)


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


def count_of(found: Iterable[Found], code: str) -> int:
    """How often a thing was found."""
    return sum(one.count for one in found if one.code == code)
