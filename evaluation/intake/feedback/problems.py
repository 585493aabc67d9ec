"""What was found in a file of feedback: where, what was done about it, how often; never what stood there."""

from functools import cache
from pathlib import Path

from evaluation.core.errors import IntakeError
from evaluation.core.yamlfile import read_yaml
from evaluation.intake.returns.problems import Problem
from evaluation.strategy.words import Definition, load_as

PROBLEMS_FILE = Path(__file__).with_suffix(".yaml")


class FeedbackRefusedError(IntakeError):
    """A file of feedback that cannot be used: its name and the code of the catalogue."""

    def __init__(self, file: str, code: str) -> None:
        self.file, self.code = file, code
        super().__init__(_sentence(file, code, language="en"))

    def say(self, language: str) -> str:
        """Place, problem and remedy in a language of the kit."""
        return _sentence(self.file, self.code, language=language)


class _Catalogue(Definition):
    problems: dict[str, Problem]


@cache
def load_feedback_problems() -> dict[str, Problem]:
    """All problems by code."""
    return load_as(_Catalogue, {"problems": read_yaml(PROBLEMS_FILE)}, file=PROBLEMS_FILE.name).problems


def _sentence(file: str, code: str, *, language: str) -> str:
    told = load_feedback_problems()[code]
    return f"{file}: {getattr(told.problem, language)}; {getattr(told.remedy, language)}"
