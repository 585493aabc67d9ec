"""Ways to call the command line: as another program would, and inside this process."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from evaluation.cli.app import app
from evaluation.strategy.plan import Plan, load_plan

_OURS = ("SNITP_LANG", "LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE")

Call = Callable[..., "subprocess.CompletedProcess[str]"]
Invoke = Callable[..., Result]


@pytest.fixture(autouse=True)
def _no_language(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in _OURS:
        monkeypatch.setenv(name, "")
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def snitp() -> Call:
    """Run the command in a process of its own; the environment starts without a language."""

    def call(*args: str, cwd: Path | None = None, **environment: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-c", "from evaluation.cli import main; main()", *args],
            cwd=cwd,
            env={**os.environ, **environment},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    return call


@pytest.fixture(scope="session")
def invoke() -> Invoke:
    """Run the command in this process; the language it chooses is forgotten afterwards."""
    return lambda *args: CliRunner(env={"LANGUAGE": ""}).invoke(app, list(args), prog_name="snitp")


@pytest.fixture(scope="session")
def plan() -> Plan:
    return load_plan()


@pytest.fixture(scope="session")
def plan_as_text(plan: Plan) -> str:
    """A text laid out like the act's table, one field a line, made from the plan itself."""
    lines = ["PLANUL NAȚIONAL DE ACȚIUNE"]
    for general in plan.general:
        lines.append(f"OBIECTIV GENERAL {general.code}: {general.name.ro}")
        for specific in (one for one in plan.specific if one.code.startswith(f"{general.code}.")):
            lines.append(f"Obiectiv specific {specific.code}: {specific.name.ro}")
            for measure in plan.of_objective(specific.code):
                lines.append(f"{measure.code}. {measure.action.ro}")
                lines += [one.printed for one in (*measure.responsible, *measure.support)]
                lines += [one.ro for one in measure.results]
                lines += [*measure.period, *measure.evaluation_stage]
                cards = (card for card in measure.indicators if card.origin == "indicators_column")
                lines += [card.name.ro for card in cards]
    return "\n".join(lines)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder that the kit takes for a project, with an empty shelf of notebooks."""
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "data_raw" / "secondary").mkdir(parents=True)
    return tmp_path
