"""The files of the example: equal bytes, all marked as invented, nobody named, and the defects where they are said to be."""

import csv
import io
import json
import re
import zipfile
from pathlib import Path

import pytest

from evaluation.cli.example_files import write_example
from evaluation.core.errors import ProjectError
from evaluation.intake.returns.workbook import write_request
from evaluation.strategy.asked import responsible_institutions
from evaluation.strategy.institutions import load_registry
from evaluation.strategy.plan import load_plan
from evaluation.strategy.request import load_request_rules
from evaluation.synthetic.generate import make_answers
from evaluation.synthetic.messy import load_messy
from evaluation.synthetic.truth import load_truth

BUNDLED = Path(__file__).resolve().parents[2] / "data_raw" / "example"
PHONE = re.compile(r"(?<![\d.])(?:\+40|0040|0)[ .-]?[237]\d{2}(?:[ .-]?\d{3}){2}(?!\d)")
CNP = re.compile(r"(?<![\d.])[1-9]\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{6}(?!\d)")
MAIL = re.compile(r"[\w.+-]+@[\w.-]+\.[A-Za-z]{2,}\b")


def files_below(folder):
    return {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}


def texts_of(path):
    """The readable text of a file: all parts of a workbook, or the file itself."""
    content = path.read_bytes()
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    return (
        content.decode("cp1250", "replace")
        if path.suffix == ".csv" and "drp" in path.name
        else content.decode("utf-8", "replace")
    )


def listed(year):
    with (BUNDLED / "returns" / str(year) / "deliveries.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@pytest.fixture(scope="module")
def truth():
    return json.loads((BUNDLED / "truth.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def again(tmp_path_factory):
    folder = tmp_path_factory.mktemp("again")
    write_example(folder, seed=20262028, years=(2025,))
    return folder


def test_what_the_generator_writes_is_what_is_bundled_byte_for_byte(again):
    # Request workbooks also hold wording of the kit, which may be improved without drawing the example anew.
    kit = {one["file"] for one in listed(2025) if re.fullmatch(r"[A-Z_]+[_a-z2]*\.xlsx", one["file"])}
    for name in ("returns/2025", "context", "training", "feedback"):
        made, kept = files_below(again / name), files_below(BUNDLED / name)
        assert set(made) == set(kept)
        assert [one for one in set(kept) - kit if kept[one].read_bytes() != made[one].read_bytes()] == []


def test_a_request_workbook_is_written_again_byte_for_byte(again, tmp_path):
    plan, registry, rules = load_plan(), load_registry(), load_request_rules()
    figures, measures = make_answers(
        plan, registry, rules, institution="ANES", year=2025, truth=load_truth(), seed=20262028
    )
    write_request(
        tmp_path / "ANES.xlsx",
        plan,
        registry,
        rules,
        institution="ANES",
        year=2025,
        answers=figures,
        measure_answers=measures,
        synthetic=True,
    )
    assert (tmp_path / "ANES.xlsx").read_bytes() == (again / "returns" / "2025" / "ANES.xlsx").read_bytes()


def test_an_unmarked_folder_is_never_written_over(tmp_path):
    (tmp_path / "returns" / "2025").mkdir(parents=True)
    (tmp_path / "returns" / "2025" / "ANITP.xlsx").write_bytes(b"real")
    with pytest.raises(ProjectError, match="not marked as invented"):
        write_example(tmp_path, seed=1, years=(2025,))
    assert (tmp_path / "returns" / "2025" / "ANITP.xlsx").read_bytes() == b"real"


def test_every_institution_sends_a_file_unless_planted(truth):
    plan = load_plan()
    for year, silent in ((2024, set()), (2025, {"MMSS"}), (2026, set())):
        asked = {
            one
            for measure in plan.measures
            if any(int(text[:4]) <= year for text in _first_years(measure))
            for party in measure.responsible
            for one in party.institutions
        }
        sent = {one["institution"] for one in truth["deliveries"] if one["year"] == year}
        assert asked - sent == silent
        assert sent <= set(responsible_institutions(plan))


def _first_years(measure):
    return [next(iter(re.findall(r"20\d\d", text)), "2024") for text in measure.period]


def test_the_delivery_list_names_every_file_and_no_other():
    for year in (2024, 2025, 2026):
        names = set(files_below(BUNDLED / "returns" / str(year))) - {"deliveries.csv"}
        assert {one["file"] for one in listed(year)} == names


def test_late_twice_and_corrected_deliveries_are_in_the_lists():
    by_file = {(year, one["file"]): one for year in (2024, 2025) for one in listed(year)}
    assert by_file[2024, "MS.xlsx"]["received"] == "2025-04-02"  # S02, deadline 15 February 2025
    assert by_file[2025, "IGI_rectificat.xlsx"]["reason"]  # S04
    assert by_file[2025, "UNBR.xlsx"]["received"] == by_file[2025, "UNBR_2.xlsx"]["received"]  # S05
    folder = BUNDLED / "returns" / "2024"
    assert (folder / "DGAESRI.xlsx").read_bytes() == (folder / "DGAESRI (copie).xlsx").read_bytes()  # S03


def test_every_file_says_that_it_is_invented():
    for name, path in files_below(BUNDLED).items():
        if (
            path.name in ("INML.xlsx",)
            or path.parent.name in ("context", "training", "feedback", "raw", "judgement", "published")
            or path.name == "deliveries.csv"
        ):
            continue  # half a file, and tables of numbers whose folder carries the mark
        assert "DATE SINTETICE" in texts_of(path).replace("\x00", ""), name
    for folder in ("returns", "context", "training", "feedback", "judgement"):
        assert (BUNDLED / folder / "DATE_SINTETICE.yaml").is_file()


def test_nobody_is_named_and_no_number_of_a_person_is_in_it():
    for name, path in files_below(BUNDLED).items():
        if name.startswith("feedback/raw/"):
            continue  # an export as it arrives, with invented names and numbers planted; test_planted_feedback
        if path.suffix in (".xlsx", ".xlsm", ".csv", ".md", ".yaml"):
            text = re.sub(r"<[^>]*>", "\n", texts_of(path))
            for pattern in (PHONE, CNP, MAIL):
                assert pattern.search(text) is None, name


def test_each_defect_stands_where_the_list_says(truth):
    from openpyxl import load_workbook

    for one in truth["defects"]:
        if "written" not in one or not one["sheet"]:
            continue
        book = load_workbook(BUNDLED / "returns" / one["file"])
        found = book[one["sheet"]][one["cell"]].value
        assert str(found) == one["written"] or float(found) == float(one["written"]), one["id"]


def test_all_defects_of_the_definition_are_listed(truth):
    assert {one["id"] for one in truth["defects"]} == {
        one.id for spec in load_messy() for one in spec.defects
    }


def test_formulas_have_no_cached_value():
    from openpyxl import load_workbook

    path = BUNDLED / "returns" / "2025" / "IGPF 2025 formule.xlsx"
    assert load_workbook(path)["Raportare"]["D15"].value == "=10+12"
    assert load_workbook(path, data_only=True)["Raportare"]["D15"].value is None


def test_the_example_stays_small():
    assert sum(path.stat().st_size for path in files_below(BUNDLED).values()) < 8_600_000


def test_realised_correlation_is_near_the_planted_one(truth):
    assert truth["counties"]["realised_correlation"] == pytest.approx(-0.35, abs=0.03)
