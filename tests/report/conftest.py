"""The report as it is really built, once for all tests of this folder, and copies of the project to change."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LEFT_OUT = shutil.ignore_patterns(
    ".venv",
    ".git",
    ".tools",
    "node_modules",
    "__pycache__",
    ".cache",
    ".*_cache",
    "20??????-*",
    ".hypothesis",
)


def run_kit(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command line of the copy of the kit in a folder, in that folder."""
    settings = {**os.environ, "PYTHONPATH": str(folder), "SNITP_LANG": "en", **environment}
    return subprocess.run(
        [sys.executable, "-m", "evaluation.cli", *arguments],
        cwd=folder,
        env=settings,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sealed folder of the interim report, built from this checkout through the command line."""
    copy = copy_project(tmp_path_factory.mktemp("built") / "project")
    outcome = run_kit(copy, "report", "--assessment", "interim-2026")
    assert outcome.returncode == 0, outcome.stderr
    return copy / Path(outcome.stdout.splitlines()[0]).parent


@pytest.fixture
def project_copy(built: Path, tmp_path: Path) -> Callable[[], Path]:
    """A copy of the built project, caches and report included, to change at will."""

    def make() -> Path:
        return Path(shutil.copytree(built.parents[2], tmp_path / "changed"))

    return make


def copy_project(target: Path) -> Path:
    """This checkout without environment, caches and earlier reports."""
    return Path(shutil.copytree(ROOT, target, ignore=LEFT_OUT))
