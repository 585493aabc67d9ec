"""``snitp intake``: what it tells, where it keeps the ledger, its exit status, and that it quotes no cell."""

import json

import openpyxl
import pytest
import xlsxwriter

from evaluation.cli.output import read_csv

CANARY = "POPESCU ION 1850101410014"


@pytest.fixture
def returns(tmp_path):
    """A folder with one file of one year, in which every text cell holds a name and a personal number."""

    def make(*rows, name="ANITP.xlsx", year="2025"):
        folder = tmp_path / "returns"
        (folder / year).mkdir(parents=True, exist_ok=True)
        with xlsxwriter.Workbook(folder / year / name) as workbook:
            sheet = workbook.add_worksheet("Date")
            for row, values in enumerate((("Indicator", "Valoare", "Observații"), *rows)):
                sheet.write_row(row, 0, values)
        return folder

    return make


def test_everything_taken_ends_with_0_and_keeps_the_ledger(invoke, returns, tmp_path):
    folder = returns(("IND-1.1.1-1", 12))
    done = invoke("intake", str(folder), "--out", str(tmp_path / "out"), "--format", "json")
    found = json.loads(done.stdout)
    assert done.exit_code == 0
    assert {path.name for path in (tmp_path / "out").iterdir()} >= {"observations.parquet", "corecturi.xlsx"}
    (one,) = found["deliveries"]
    assert (one["file"], one["institution"], one["rows_in"], one["rows_used"], one["state"]) == (
        "2025/ANITP.xlsx",
        "ANITP",
        1,
        1,
        "accepted",
    )


def test_something_rejected_ends_with_1_and_is_told_with_its_place(invoke, returns, tmp_path):
    folder = returns(("IND-1.1.1-1", 12), ("IND-1.1.1-2", "multe"))
    done = invoke("intake", str(folder), "--out", str(tmp_path / "out"), "--format", "json")
    (problem,) = json.loads(done.stdout)["corrections"]
    assert done.exit_code == 1
    assert (problem["file"], problem["sheet"], problem["cell"], problem["code"]) == (
        "2025/ANITP.xlsx",
        "Date",
        "B3",
        "number_unreadable",
    )


def test_a_ledger_is_not_replaced_without_force(invoke, returns, tmp_path):
    call = ("intake", str(returns(("IND-1.1.1-1", 12))), "--out", str(tmp_path / "out"))
    assert [invoke(*call).exit_code, invoke(*call).exit_code, invoke(*call, "--force").exit_code] == [0, 2, 0]


def test_files_without_a_folder_of_a_year_need_the_year(invoke, returns, tmp_path):
    folder = returns(("IND-1.1.1-1", 12)) / "2025"
    assert invoke("intake", str(folder)).exit_code == 2
    assert invoke("intake", str(folder), "--year", "2025", "--out", str(tmp_path / "out")).exit_code == 0
    assert invoke("intake", str(folder.parent), "--year", "2024").exit_code == 2


def test_a_folder_without_files_is_a_wrong_call_and_leaves_no_ledger(invoke, tmp_path):
    (tmp_path / "returns" / "2025").mkdir(parents=True)
    for folder, more in ((tmp_path / "returns", ()), (tmp_path / "returns" / "2025", ("--year", "2025"))):
        done = invoke("intake", str(folder), *more, "--out", str(tmp_path / "out"))
        assert (done.exit_code, done.stdout, (tmp_path / "out").exists()) == (2, "", False)


def test_the_csv_tells_problem_and_remedy_in_both_languages(invoke, returns, tmp_path):
    folder = returns(("IND-1.1.1-2", "multe"))
    done = invoke("intake", str(folder), "--out", str(tmp_path / "out"), "--format", "csv")
    (one,) = read_csv(done.stdout_bytes)
    assert one["cell"] == "B2"
    assert all(one[f"{name}.{language}"] for name in ("problem", "remedy") for language in ("ro", "en"))


def test_the_table_speaks_the_language_of_the_interface(invoke, returns, tmp_path):
    folder = returns(("IND-1.1.1-2", "multe"))
    shown = invoke("intake", str(folder), "--out", str(tmp_path / "out"), "--lang", "en").stdout
    assert "2025/ANITP" in shown.replace("\n", "")


@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_no_cell_is_ever_quoted(snitp, returns, tmp_path, form):
    rows = [
        ("IND-1.1.1-1", CANARY, CANARY),
        (CANARY, 12, CANARY),
        (f"IND-1.1.1-2 {CANARY}", CANARY),
        ("IND-4.1.3-1", CANARY, CANARY),
        ("TOTAL", CANARY, CANARY),
    ]
    folder = returns(*rows)
    (folder / "2025" / "IGPR.csv").write_text(f"{CANARY};{CANARY}\n{CANARY};4\n", encoding="utf-8")
    done = snitp("intake", str(folder), "--out", str(tmp_path / "out"), "--format", form)
    workbook = openpyxl.load_workbook(tmp_path / "out" / "corecturi.xlsx")
    texts = [str(cell.value) for sheet in workbook for row in sheet.iter_rows() for cell in row]
    told = "\n".join((done.stdout, done.stderr, *texts, (tmp_path / "out" / "store.json").read_text()))
    assert done.returncode == 1
    for part in ("POPESCU", "1850101410014"):
        assert part not in told.upper()
