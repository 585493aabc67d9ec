"""From files to the ledger: ids, states, refusals; the files are made here and opened like any other."""

import csv
from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter

from evaluation.core.errors import IntakeError
from evaluation.core.project import Project
from evaluation.core.provenance import digest_text
from evaluation.intake.returns import ledger, readings
from evaluation.intake.returns.breaks import load_breaks
from evaluation.intake.returns.ledger import load_observations, take_in
from evaluation.strategy.institutions import load_registry
from evaluation.strategy.plan import load_plan
from evaluation.strategy.request import load_request_rules

PLAN, REGISTRY, RULES = load_plan(), load_registry(), load_request_rules()
HEAD = ("Indicator", "Valoare")


def write(path: Path, *rows: tuple[object, ...]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("Date")
        for row, values in enumerate((HEAD, *rows)):
            sheet.write_row(row, 0, values)
    return path


def listed(folder: Path, *rows: tuple[str, str, str, str]) -> None:
    with (folder / "deliveries.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("file", "received", "institution", "reason"), *rows])


def intake(folder: Path, *, years: tuple[int, ...] | None = None, store: Path | None = None):
    return take_in(
        folder,
        relative=lambda path: path.name,
        plans=(PLAN,),
        registry=REGISTRY,
        rules=RULES,
        years=years,
        store=store,
    )


def states(observations):
    table = observations.table
    return sorted(zip(table["file"], table["value"], table["state"], strict=True))


@pytest.fixture
def year(tmp_path):
    folder = tmp_path / "2025"
    folder.mkdir()
    return folder


def test_a_figure_carries_its_place_its_delivery_and_an_id_that_stays(year):
    write(year / "ANITP.xlsx", ("IND-1.1.1-1", 12))
    first, again = intake(year.parent), intake(year.parent)
    row = first.table.iloc[0]
    assert (row["indicator"], row["value"], row["file"], row["sheet"], row["cell"]) == (
        "IND-1.1.1-1",
        12,
        "2025/ANITP.xlsx",
        "Date",
        "B2",
    )
    assert row["observation"].startswith("OBS-")
    assert len(row["observation"]) == 16
    assert row["delivery"] == first.deliveries.iloc[0]["delivery"]
    assert list(again.table["observation"]) == list(first.table["observation"])


def test_a_later_delivery_supersedes_cell_by_cell(year):
    write(year / "1_ANITP.xlsx", ("IND-1.1.1-1", 12), ("IND-1.1.1-2", 340))
    write(year / "2_ANITP.xlsx", ("IND-1.1.1-1", 13))
    listed(
        year,
        ("1_ANITP.xlsx", "2026-02-01", "ANITP", ""),
        ("2_ANITP.xlsx", "2026-03-01", "ANITP", "eroare de calcul"),
    )
    found = intake(year.parent)
    assert states(found) == [
        ("2025/1_ANITP.xlsx", 12, "superseded"),
        ("2025/1_ANITP.xlsx", 340, "current"),
        ("2025/2_ANITP.xlsx", 13, "current"),
    ]
    old = found.table[found.table["state"] == "superseded"].iloc[0]
    new = found.table[found.table["value"] == 13].iloc[0]
    assert (old["superseded_by"], old["state_reason"]) == (new["observation"], "eroare de calcul")


def test_without_a_reason_the_later_delivery_is_the_reason(year):
    write(year / "a_ANITP.xlsx", ("IND-1.1.1-1", 12))
    write(year / "b_ANITP.xlsx", ("IND-1.1.1-1", 13))
    listed(year, ("b_ANITP.xlsx", "2026-02-01", "", ""), ("a_ANITP.xlsx", "2026-03-01", "", ""))
    found = intake(year.parent).table.set_index("value")
    assert (found.loc[13, "state"], found.loc[13, "state_reason"]) == ("superseded", "later delivery")


@pytest.mark.parametrize("dates", [("2026-02-01", "2026-02-01"), ("2026-02-01", ""), None], ids=str)
def test_different_figures_without_an_order_contradict_each_other(year, dates):
    write(year / "a_ANITP.xlsx", ("IND-1.1.1-1", 12))
    write(year / "b_ANITP.xlsx", ("IND-1.1.1-1", 13))
    if dates:
        listed(year, ("a_ANITP.xlsx", dates[0], "", ""), ("b_ANITP.xlsx", dates[1], "", ""))
    found = intake(year.parent)
    assert set(found.table["state"]) == {"contradicted"}
    assert found.current.empty


def test_equal_figures_without_an_order_count_once(year):
    write(year / "a_ANITP.xlsx", ("IND-1.1.1-1", 12), ("IND-1.1.1-2", 5))
    write(year / "b_ANITP.xlsx", ("IND-1.1.1-1", 12))
    assert states(intake(year.parent)) == [
        ("2025/a_ANITP.xlsx", 5, "current"),
        ("2025/a_ANITP.xlsx", 12, "current"),
        ("2025/b_ANITP.xlsx", 12, "duplicate"),
    ]


def test_the_same_figure_twice_in_one_file_with_two_values_counts_not_at_all(year):
    write(year / "ANITP.xlsx", ("IND-1.1.1-1", 12), ("IND-1.1.1-1", 14))
    assert set(intake(year.parent).table["state"]) == {"contradicted"}


def test_two_institutions_may_report_different_figures(year):
    write(year / "ANITP.xlsx", ("IND-1.2.1-1", 12))
    write(year / "IGPR.xlsx", ("IND-1.2.1-1", 13))
    assert set(intake(year.parent).table["state"]) == {"current"}


def test_the_same_bytes_twice_count_once(year):
    original = write(year / "a_ANITP.xlsx", ("IND-1.1.1-1", 12))
    (year / "b_ANITP.xlsx").write_bytes(original.read_bytes())
    found = intake(year.parent)
    assert states(found) == [("2025/a_ANITP.xlsx", 12, "current"), ("2025/b_ANITP.xlsx", 12, "duplicate")]
    assert list(found.corrections["code"]) == ["same_file_twice"]


def test_a_file_that_is_refused_never_stops_the_others(year):
    write(year / "ANITP.xlsx", ("IND-1.1.1-1", 12))
    (year / "IGPR.xlsx").write_bytes(b"not a workbook")
    (year / "note.pdf").write_bytes(b"%PDF-1.7")
    found = intake(year.parent)
    assert list(found.deliveries.set_index("file")["state"]) == ["accepted", "refused", "refused"]
    assert states(found) == [("2025/ANITP.xlsx", 12, "current")]
    assert set(found.corrections["file"]) == {"2025/IGPR.xlsx", "2025/note.pdf"}


def test_a_delivery_with_a_rejected_row_is_taken_partly(year):
    write(year / "ANITP.xlsx", ("IND-1.1.1-1", 12), ("IND-1.1.1-2", "multe"))
    found = intake(year.parent).deliveries.iloc[0]
    assert (found["state"], found["rows_in"], found["rows_used"], found["rows_rejected"]) == (
        "partly",
        2,
        1,
        1,
    )


def test_a_text_with_a_personal_number_is_not_taken_over(year):
    write(year / "ANITP.xlsx", ("IND-3.3.7-1", "victima 1850101410014"))
    found = intake(year.parent)
    assert list(found.table["text"]) == [""]
    assert "personal_number" in set(found.corrections["code"])


def test_only_the_years_asked_for_are_opened(year, monkeypatch):
    write(year / "ANITP.xlsx", ("IND-1.1.1-1", 12))
    write(year.parent / "2024" / "ANITP.xlsx", ("IND-1.1.1-1", 9))
    opened = []
    read_bytes = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: opened.append(path) or read_bytes(path))
    found = intake(year.parent, years=(2025,))
    assert list(found.table["value"]) == [12]
    assert not [path for path in opened if path.parent.name == "2024"]


def test_a_remembered_reading_is_not_parsed_again_and_its_file_is_still_opened(year, tmp_path, monkeypatch):
    write(year / "ANITP.xlsx", ("IND-1.1.1-1", 12))
    first = intake(tmp_path, years=(2025,), store=tmp_path / "cache")
    monkeypatch.setattr(readings, "open_book", None)
    opened = []
    read_bytes = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: opened.append(path.name) or read_bytes(path))
    again = intake(tmp_path, years=(2025,), store=tmp_path / "cache")
    assert again.table.equals(first.table)
    assert "ANITP.xlsx" in opened


def test_a_changed_file_is_read_again(year, tmp_path):
    write(year / "ANITP.xlsx", ("IND-1.1.1-1", 12))
    intake(tmp_path, years=(2025,), store=tmp_path / "cache")
    write(year / "ANITP.xlsx", ("IND-1.1.1-1", 13))
    assert list(intake(tmp_path, years=(2025,), store=tmp_path / "cache").table["value"]) == [13]


def test_a_file_that_changes_while_it_is_read_is_refused_and_not_remembered(year, tmp_path, monkeypatch):
    path = write(year / "ANITP.xlsx", ("IND-1.1.1-1", 12))
    opened = readings.open_book

    def change_first(one):
        write(path, ("IND-1.1.1-1", 99))
        return opened(one)

    monkeypatch.setattr(readings, "open_book", change_first)
    found = intake(tmp_path, years=(2025,), store=tmp_path / "cache")
    assert (len(found.table), list(found.corrections["code"])) == (0, ["file_changed"])
    assert not (tmp_path / "cache").exists()


def test_a_damaged_memory_is_read_anew(year, tmp_path):
    write(year / "ANITP.xlsx", ("IND-1.1.1-1", 12))
    store = tmp_path / "cache"
    intake(tmp_path, years=(2025,), store=store)
    for kept in store.iterdir():
        kept.write_text("{", encoding="utf-8")
    assert list(intake(tmp_path, years=(2025,), store=store).table["value"]) == [12]


def test_a_folder_of_files_is_one_years_when_the_year_is_given(tmp_path):
    write(tmp_path / "ANITP.xlsx", ("IND-1.1.1-1", 12))
    assert list(intake(tmp_path, years=(2025,)).table["year"]) == [2025]


def test_the_source_of_a_year_is_its_folder_with_the_digest_of_its_files(year):
    write(year / "ANITP.xlsx", ("IND-1.1.1-1", 12))
    found = intake(year.parent)
    (source,) = found.sources
    assert (source.file, source.digest) == ("2025", digest_text(found.deliveries.iloc[0]["digest"]))


def test_a_file_that_only_the_list_knows_is_told(year):
    write(year / "ANITP.xlsx", ("IND-1.1.1-1", 12))
    listed(year, ("ANITP.xlsx", "2026-02-01", "", ""), ("IGPR.xlsx", "2026-02-01", "", ""))
    found = intake(year.parent).corrections
    assert list(zip(found["file"], found["code"], strict=True)) == [("2025/IGPR.xlsx", "listed_file_missing")]


@pytest.mark.parametrize(
    "text",
    ["fisier,data\n", "file,received,institution,reason\na.xlsx,2026-01-01\n", "file,received\na,\na,\n"],
    ids=repr,
)
def test_a_faulty_delivery_list_stops_with_its_line(year, text):
    (year / "deliveries.csv").write_text(text, encoding="utf-8")
    with pytest.raises(IntakeError, match=r"2025/deliveries\.csv, line \d"):
        intake(year.parent)


def test_invented_data_stay_marked(year):
    write(year / "ANITP.xlsx", ("IND-1.1.1-1", 12))
    assert not intake(year.parent).synthetic
    (year.parent / "DATE_SINTETICE.yaml").write_text('seed: "7"\nmade_by: "kit"\n', encoding="utf-8")
    assert intake(year.parent).synthetic


def test_without_returns_the_ledger_is_empty(tmp_path):
    found = load_observations(Project(tmp_path))
    assert (len(found.table), len(found.deliveries), found.sources) == (0, 0, ())


def test_breaks_in_series_are_rows(tmp_path):
    lines = "indicator,from_period,kind,note_ro,note_en\nIND-1.1.1-4,2025-S2,law,Lege nouă,New act\n"
    (tmp_path / "breaks.csv").write_text(lines, encoding="utf-8")
    (one,) = load_breaks(tmp_path)
    assert (one.indicator, one.from_period, one.kind, one.note_en) == (
        "IND-1.1.1-4",
        "2025-S2",
        "law",
        "New act",
    )
    assert load_breaks(tmp_path / "nowhere") == ()


@pytest.mark.parametrize(
    "line",
    [
        "IND-1.1.1,2025,law,a,b",
        "IND-1.1.1-4,anul 2025,law,a,b",
        "IND-1.1.1-4,2025,other,a,b",
        "IND-1.1.1-4,2025,law,a,",
    ],
)
def test_a_faulty_break_stops_with_its_line(tmp_path, line):
    (tmp_path / "breaks.csv").write_text(
        f"indicator,from_period,kind,note_ro,note_en\n{line}\n", encoding="utf-8"
    )
    with pytest.raises(IntakeError, match=r"breaks\.csv, line 2"):
        load_breaks(tmp_path)


def take_in_2027(folder: Path, *plans: str):
    return take_in(
        folder,
        relative=lambda path: path.name,
        plans=tuple(load_plan(one) for one in plans),
        registry=REGISTRY,
        rules=RULES,
    )


def test_a_year_is_read_against_the_plan_that_covers_it(tmp_path):
    write(tmp_path / "2026" / "ANITP.xlsx", ("IND-1.1.1-1", 198))
    write(tmp_path / "2027" / "ANITP.xlsx", ("IND27-1.1.1-1", 230))
    for year in ("2026", "2027"):
        listed(tmp_path / year, ("ANITP.xlsx", f"{int(year) + 1}-01-10", "ANITP", ""))
    table = take_in_2027(tmp_path, "pna_2024_2026", "pna_2027_2028_synthetic").table
    assert list(zip(table["indicator"], table["year"], table["value"], strict=True)) == [
        ("IND-1.1.1-1", 2026, 198),
        ("IND27-1.1.1-1", 2027, 230),
    ]


def test_a_year_that_no_plan_covers_stops_with_the_remedy(tmp_path):
    write(tmp_path / "2027" / "ANITP.xlsx", ("IND27-1.1.1-1", 230))
    with pytest.raises(IntakeError, match=r"returns/2027: no published plan.*move the folder aside"):
        take_in_2027(tmp_path, "pna_2024_2026")


def test_a_settled_ledger_is_remembered_and_its_files_are_still_opened(year, tmp_path, monkeypatch):
    write(year / "ANITP.xlsx", ("IND-1.1.1-1", 12))
    store = tmp_path / "cache"
    first = intake(tmp_path, years=(2025,), store=store)
    monkeypatch.setattr(ledger, "_make", None)
    again = intake(tmp_path, years=(2025,), store=store)
    for name in ("table", "measures", "deliveries", "corrections"):
        pd.testing.assert_frame_equal(getattr(first, name), getattr(again, name))
    assert (first.sources, first.synthetic) == (again.sources, again.synthetic)


def test_a_changed_delivery_list_settles_the_ledger_anew(year, tmp_path):
    write(year / "ANITP.xlsx", ("IND-1.1.1-1", 12))
    write(year / "ANITP bis.xlsx", ("IND-1.1.1-1", 13))
    store = tmp_path / "cache"
    for days, value in ((("2026-02-01", "2026-03-01"), 13), (("2026-03-01", "2026-02-01"), 12)):
        listed(year, ("ANITP.xlsx", days[0], "", ""), ("ANITP bis.xlsx", days[1], "", ""))
        assert list(intake(year.parent, store=store).current["value"]) == [value]


def test_a_ledger_with_a_refusal_for_lack_of_time_is_not_remembered(year, tmp_path, monkeypatch):
    write(year / "ANITP.xlsx", ("IND-1.1.1-1", 12))
    with monkeypatch.context() as slow:
        slow.setattr(readings, "open_book", lambda path: refuse(path.name))
        assert intake(year.parent, store=tmp_path / "cache").table.empty
    assert list(intake(year.parent, store=tmp_path / "cache").table["value"]) == [12]


def refuse(name):
    raise readings.FileRefused(name, "file_too_heavy")
