"""The chapter on victims' feedback twice: as it is first published, and again after one person has withdrawn."""

import shutil

import nbformat
import numpy as np
import pandas as pd
import pytest

from evaluation.core.results import Released
from evaluation.core.status import Status
from evaluation.disclosure.ledger import ReleaseLedger
from tests.report.conftest import ROOT

CHAPTER = ROOT / "notebooks" / "06_feedback.ipynb"
INSTRUMENT = "victim_feedback_adult"


@pytest.fixture
def data(tmp_path, monkeypatch):
    """The bundled answers as if they were real: without the mark of invented data."""
    home = tmp_path / "data" / "feedback"
    source = ROOT / "data_raw" / "example" / "feedback"
    home.mkdir(parents=True)
    for path in (*source.glob("*.csv"), source / "about.yaml"):
        shutil.copy(path, home)
    monkeypatch.setenv("SNITP_DATA", str(home.parent))
    return home


def run(ledger):
    """Every cell of the chapter, with what is released and what is shown."""
    space: dict[str, object] = {}
    shown = []
    for cell in nbformat.read(CHAPTER, as_version=4).cells:
        if cell.cell_type != "code":
            continue
        source = cell.source.replace('language = "ro"', 'language = "en"')
        *lines, last = source.splitlines()
        exec("\n".join(lines), space)
        space["read_releases"] = lambda _: ledger
        if last.startswith(("show(", "say(", "plot(")):
            shown.append(eval(last, space))
        else:
            exec(last, space)
    tables = {one.id: one for one in space.values() if isinstance(one, Released)}
    return tables, shown


def leave(home, person):
    for path in home.glob("*_*.csv"):
        table = pd.read_csv(path, dtype=str, keep_default_na=False)
        table[table["person"] != person].to_csv(path, index=False)


def printed(released):
    """Whole numbers of people that a reader sees, by row and column."""
    table = released.table
    return {
        (*row, column): number
        for column in ("n", "numerator", "denominator")
        for *row, number in table[["measure", "quantity", "period", "group", "level", column]].itertuples(
            index=False
        )
        if not np.isnan(number)
    }


def test_after_a_withdrawal_the_chapter_is_built_and_subtraction_finds_nobody(data):
    first, shown = run(ReleaseLedger())
    assert len(first) >= 9 and all(
        (one.table["status"] == Status.OK).any() for one in first.values() if len(one.table)
    )
    ledger = ReleaseLedger()
    for one in first.values():
        ledger = ledger.add(one)
    assert len(ledger.records) >= 8
    responses = pd.read_csv(data / f"responses_{INSTRUMENT}.csv", dtype=str)
    leaving = responses[responses["consent_analysis"] == "yes"].groupby("person").size().idxmax()
    leave(data, leaving)
    again, shown_again = run(ledger)
    assert len(shown_again) == len(shown)  # nothing fails, nothing is missing
    held = [name for name, one in again.items() if any(d.action == "hold_back" for d in one.decisions)]
    assert "feedback_attrition" in held and "feedback_levels" in held
    for name, one in again.items():
        before, after = printed(first[name]), printed(one)
        changes = {key: after[key] - before[key] for key in before.keys() & after.keys()}
        assert not [key for key, change in changes.items() if 0 < abs(change) < 10], name
