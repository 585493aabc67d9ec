"""The instrument of sums, and the questionnaires that the kit ships."""

from pathlib import Path

import pytest

from evaluation.instruments.load import load_instrument
from evaluation.instruments.model import Instrument
from tests.kit.instruments import sample_instrument

QUESTIONNAIRES = Path(__file__).parents[2] / "questionnaires"
SHIPPED = sorted(file.parent.name for file in QUESTIONNAIRES.glob("training_*/about.yaml"))


@pytest.fixture(scope="session")
def sample() -> Instrument:
    """The instrument of sums; nothing changes after loading."""
    return sample_instrument()


@pytest.fixture(scope="session", params=SHIPPED or [pytest.param("", marks=pytest.mark.skip("none yet"))])
def shipped(request: pytest.FixtureRequest) -> Instrument:
    """Each questionnaire of the kit in turn."""
    return load_instrument(request.param, QUESTIONNAIRES)


@pytest.fixture(scope="session", params=["", *SHIPPED], ids=lambda name: name or "sample")
def shipped_or_sample(request: pytest.FixtureRequest, sample: Instrument) -> Instrument:
    """The instrument of sums, then each questionnaire of the kit."""
    return load_instrument(request.param, QUESTIONNAIRES) if request.param else sample
