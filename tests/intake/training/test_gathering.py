"""Sessions put together: people count once, links stay apart, written answers with identifiers stay out."""

import numpy as np
import pandas as pd
import pytest

from evaluation.core.errors import IntakeError
from evaluation.core.project import find_project
from evaluation.intake.training.gathering import gather_answers
from evaluation.intake.training.national import load_training
from evaluation.intake.training.read import read_answers
from tests.kit.pairing import codes_of
from tests.report.conftest import ROOT

NAME = "training_teachers"


def export(folder, session):
    """A plain table of one session of the bundled example under another code, with pairing elements."""
    source = load_training(find_project(ROOT))[NAME].microdata.table
    mine = source[(source["session"] == "TEA-012")].reset_index(drop=True)
    codes = codes_of(40, np.random.default_rng(5))
    elements = codes.loc[mine["sheet"].astype(int)].reset_index(drop=True)
    table = pd.concat([mine.drop(columns=["link", "sheet"]), elements], axis=1).assign(session=session)
    table["open_signs"] = ["lipsește des"] * (len(table) - 1) + ["sunați la 0722 123 456"]
    path = folder / f"{session}.csv"
    table.to_csv(path, index=False)
    return path


def test_gathered_sessions_are_what_the_report_reads(tmp_path):
    tables = gather_answers([read_answers(export(tmp_path, one)) for one in ("S-1", "S-2")])
    home = tmp_path / "data" / "training"
    home.mkdir(parents=True)
    for name, table in tables.items():
        table.to_csv(home / name, index=False)
    project = find_project(ROOT)
    found = load_training(type(project)(project.root, tmp_path / "data"))[NAME]
    assert sorted(found.sessions["session"]) == ["S-1", "S-2"]
    assert not found.microdata.provenance.synthetic
    links = found.microdata.table["link"]
    assert links[links != ""].value_counts().eq(2).all()
    assert found.codings.empty  # nobody has typed a code yet


def test_a_session_given_twice_is_refused(tmp_path):
    read = [read_answers(export(tmp_path, "S-1")) for _ in range(2)]
    with pytest.raises(IntakeError, match="given twice"):
        gather_answers(read)


def test_a_written_answer_with_a_telephone_number_is_not_handed_to_coders(tmp_path):
    tables = gather_answers([read_answers(export(tmp_path, "S-1"))])
    sheet = tables[f"coding_{NAME}_coder1.csv"]
    assert "0722" not in sheet.to_csv()
    assert set(sheet["coder"]) == {"1"} and len(sheet) > 0
