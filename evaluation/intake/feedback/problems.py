"""What was found in a file of feedback: where, what was done about it, how often; never what stood there."""

from functools import cache
from pathlib import Path

from evaluation.intake.returns.problems import Problem
from evaluation.intake.training.problems import RefusedFileError, read_catalogue

PROBLEMS_FILE = Path(__file__).with_suffix(".yaml")


class FeedbackRefusedError(RefusedFileError):
    """A file of feedback that cannot be used: its name and the code of the catalogue."""

    def told(self) -> Problem:
        """What the catalogue of feedback says of it."""
        return load_feedback_problems()[self.code]


@cache
def load_feedback_problems() -> dict[str, Problem]:
    """All problems by code."""
    return read_catalogue(PROBLEMS_FILE)
