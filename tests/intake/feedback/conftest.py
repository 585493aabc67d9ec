"""A project that keeps feedback, with its key outside."""

from pathlib import Path

import pytest

from evaluation.core.project import Project
from tests.kit.feedback_data import make_feedback_project, make_keys


@pytest.fixture(autouse=True)
def keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of keys that SNITP_KEYS names."""
    folder = make_keys(tmp_path / "keys")
    monkeypatch.setenv("SNITP_KEYS", str(folder))
    return folder


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """An empty project with the small questionnaire."""
    return make_feedback_project(tmp_path / "project")
