"""The ledger as files: what is written comes back, byte by byte the same each time, and holds no formula."""

import hashlib
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from evaluation.core.errors import IntakeError
from evaluation.core.observations import (
    CORRECTION_COLUMNS,
    DELIVERY_COLUMNS,
    MEASURE_COLUMNS,
    OBSERVATION_COLUMNS,
    Observations,
    make_ledger,
)
from evaluation.core.provenance import Source
from evaluation.intake.returns.store import read_store, write_store

FIGURE = {
    "observation": "OBS-1",
    "indicator": "IND-1.1.1-1",
    "year": 2025,
    "period": "2025",
    "institution": "ANITP",
}


def ledger(*, synthetic: bool = False, turned: bool = False) -> Observations:
    figures = [
        {**FIGURE, "value": 12, "remark": "=1+1", "state": "current"},
        {**FIGURE, "observation": "OBS-2", "indicator": "IND-1.1.1-2", "upper": 4, "state": "current"},
    ]
    delivery = {
        "delivery": "DEL-1",
        "file": "2025/ANITP.xlsx",
        "institution": "ANITP",
        "rows_in": 2,
        "state": "partly",
    }
    place = {"delivery": "DEL-1", "file": "2025/ANITP.xlsx", "sheet": "=Date", "cell": "B2"}
    correction = {**place, "code": "hidden_row", "outcome": "refused", "rows": 1}
    return Observations(
        table=make_ledger(figures[::-1] if turned else figures, OBSERVATION_COLUMNS),
        measures=make_ledger([], MEASURE_COLUMNS),
        deliveries=make_ledger([delivery], DELIVERY_COLUMNS),
        corrections=make_ledger([correction], CORRECTION_COLUMNS),
        sources=(Source("data_raw/example/returns/2025", "a" * 64),),
        synthetic=synthetic,
    )


def digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def test_what_was_written_comes_back(tmp_path):
    made = ledger(synthetic=True)
    back = read_store(write_store(made, tmp_path / "store"))
    for name in ("table", "measures", "deliveries", "corrections"):
        pd.testing.assert_frame_equal(getattr(back, name), getattr(made, name))
    assert (back.sources, back.synthetic) == (made.sources, True)


def test_equal_observations_give_equal_bytes_in_whatever_order(tmp_path):
    first = digests(write_store(ledger(), tmp_path / "a"))
    assert digests(write_store(ledger(turned=True), tmp_path / "b")) == first
    assert set(first) == {
        "observations.parquet",
        "measures.parquet",
        "deliveries.parquet",
        "corrections.parquet",
        "store.json",
        "corecturi.xlsx",
    }


def test_a_store_is_never_replaced_without_force(tmp_path):
    write_store(ledger(), tmp_path / "store")
    with pytest.raises(IntakeError, match="--force"):
        write_store(ledger(), tmp_path / "store")
    assert read_store(write_store(ledger(synthetic=True), tmp_path / "store", force=True)).synthetic


def test_force_does_not_replace_a_folder_that_is_no_store(tmp_path):
    (tmp_path / "mine").mkdir()
    with pytest.raises(IntakeError, match="another folder"):
        write_store(ledger(), tmp_path / "mine", force=True)
    assert list(tmp_path.iterdir()) == [tmp_path / "mine"]


def test_a_folder_that_is_no_store_is_not_read(tmp_path):
    with pytest.raises(IntakeError, match="no store"):
        read_store(tmp_path)


def test_the_workbook_of_corrections_says_place_problem_and_remedy_and_has_no_formula(tmp_path):
    write_store(ledger(), tmp_path / "store")
    sheet = openpyxl.load_workbook(tmp_path / "store" / "corecturi.xlsx")["Corecturi"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0][:4] == ["Instituția", "Fișier", "Foaie", "Celulă"]
    assert rows[1][:5] == [
        "ANITP",
        "2025/ANITP.xlsx",
        "=Date",
        "B2",
        "rândul este ascuns și nu a fost folosit",
    ]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} == {"s", "n"}


def test_corrections_of_invented_data_say_so_first(tmp_path):
    write_store(ledger(synthetic=True), tmp_path / "store")
    sheet = openpyxl.load_workbook(tmp_path / "store" / "corecturi.xlsx")["Corecturi"]
    assert str(sheet["A1"].value).startswith("DATE SINTETICE")
