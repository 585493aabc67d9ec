"""From two coders to a third reader and back: only what changes who counts is asked, and only what was decided is used."""

import pandas as pd
import pytest

from evaluation.analysis.training.open_answers import decide, find_disagreements
from evaluation.core.errors import IntakeError
from evaluation.core.project import find_project
from evaluation.instruments.load import load_instrument
from evaluation.intake.training.adjudicating import gather_disagreements
from evaluation.intake.training.national import load_training
from tests.report.conftest import ROOT

NAME = "training_pupils_14_17"
# codes by sheet: of coder 1, of coder 2. Two online risks are enough; not_online counts for the wider reading only.
CODES = {
    "1": ("images threats", "images threats"),  # both yes
    "2": ("images", "images meeting"),  # no and yes: to decide
    "3": ("images threats", "meeting grooming"),  # other codes, but yes and yes
    "4": ("images", "images not_online"),  # no and no by the first reading, no and yes by the wider
    "5": ("", "vague"),  # no and no
}


@pytest.fixture
def home(tmp_path):
    folder = tmp_path / "training"
    folder.mkdir()
    source = find_project(ROOT).training
    for name in (f"answers_{NAME}.csv", "sessions.csv"):
        (folder / name).write_text((source / name).read_text(encoding="utf-8"), encoding="utf-8")
    for coder in (0, 1):
        rows = [
            ("PUP-001", sheet, "post", f"text {sheet}", str(coder + 1), given[coder])
            for sheet, given in CODES.items()
        ]
        table = pd.DataFrame(rows, columns=["session", "sheet", "occasion", "text", "coder", "codes"])
        table.to_csv(folder / f"coding_{NAME}_coder{coder + 1}.csv", index=False)
    return folder


def write(home):
    ((name, table),) = gather_disagreements(home, find_disagreements).items()
    table.to_csv(home / name, index=False)
    return home / name, table


def test_only_answers_whose_yes_or_no_differs_by_some_reading_are_asked(home):
    path, table = write(home)
    assert path.name == f"coding_{NAME}_coderfinal.csv"
    assert list(table["sheet"]) == ["2", "4"]
    assert list(table["text"]) == ["text 2", "text 4"]
    assert list(table["codes_2"]) == ["images meeting", "images not_online"]
    assert (table["codes"] == "").all()


@pytest.mark.parametrize(
    ("codes", "expected"),
    [({}, (4, 0, 1)), ({"2": "images meeting"}, (4, 1, 0)), ({"2": "-", "4": "-"}, (4, 1, 0))],
    ids=["nothing decided", "one decided", "none applies"],
)
def test_what_the_third_reader_decided_counts_and_a_blank_does_not(home, codes, expected):
    path, table = write(home)
    table.assign(codes=[codes.get(sheet, "") for sheet in table["sheet"]]).to_csv(path, index=False)
    project = find_project(ROOT)
    one = load_training(type(project)(project.root, home.parent))[NAME]
    (key,) = one.instrument.open_keys
    found = decide(one.codings.drop(columns="occasion"), key)
    assert (found.agreed, found.adjudicated, found.undecided) == expected
    decided = dict(zip(found.table["sheet"], found.table["names_enough"], strict=True))
    if "2" in codes:
        assert decided["2"] == float(codes["2"] != "-")


def test_coders_who_have_not_begun_and_a_folder_without_sheets_are_refused(home, tmp_path):
    path = home / f"coding_{NAME}_coder2.csv"
    pd.read_csv(path, dtype=str).assign(codes="").to_csv(path, index=False)
    with pytest.raises(IntakeError, match="no code typed in yet"):
        gather_disagreements(home, find_disagreements)
    (tmp_path / "empty").mkdir()
    with pytest.raises(IntakeError, match="no coders' sheets"):
        gather_disagreements(tmp_path / "empty", find_disagreements)


def test_the_wider_reading_counts_what_the_first_does_not():
    (key,) = load_instrument(NAME).open_keys
    first, wider = key.readings
    assert (first.indicators, wider.indicators) == (("IND-1.2.1-4",), ("IND-1.2.6-3",))
    more = {one.code for one in wider.codes if one.counts} - {one.code for one in first.codes if one.counts}
    assert more == {"not_online"}
