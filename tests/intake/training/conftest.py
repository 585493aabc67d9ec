"""The instrument of sums, a session of it, and linking by equal codes where the real one is not under test."""

from pathlib import Path

import pytest

from evaluation.instruments.model import Instrument
from tests.kit.instruments import sample_instrument
from tests.kit.training import Paper, session_of


@pytest.fixture(scope="session")
def sample() -> Instrument:
    return sample_instrument()


@pytest.fixture
def papers(sample: Instrument) -> list[Paper]:
    """Twelve people, before and after; a test may change a sheet."""
    return session_of(sample, 12)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where a test writes its export."""
    return tmp_path / "answers.csv"
