"""One family of errors, so that one place at the top can say them without a traceback."""

import pytest

from evaluation.core import errors
from evaluation.core.errors import KitError, ReportError, WordingError

ROOMS = ["ProjectError", "StrategyError", "IntakeError", "AnalysisError", "DisclosureError", "ReportError"]


@pytest.mark.parametrize("name", ROOMS)
def test_every_room_has_its_error_of_the_kit(name):
    assert issubclass(getattr(errors, name), KitError)


def test_a_missing_word_is_an_error_of_the_report():
    assert issubclass(WordingError, ReportError)
