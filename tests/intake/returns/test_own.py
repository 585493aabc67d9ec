"""Reading a request workbook back: what was written comes out, whatever people have done to the file."""

from datetime import datetime

import pytest

from evaluation.core.observations import MEASURE_COLUMNS, OBSERVATION_COLUMNS, make_ledger
from evaluation.intake.returns.own import is_own, read_own
from evaluation.intake.returns.problems import load_problems
from evaluation.intake.returns.raw import RawBook
from evaluation.intake.returns.sandbox import open_book
from evaluation.intake.returns.workbook import write_request
from evaluation.strategy.asked import figures_asked
from evaluation.strategy.institutions import load_registry
from evaluation.strategy.plan import load_plan
from evaluation.strategy.request import load_request_rules
from tests.intake.returns.books import columns_of, lines_of, raw_book, write

COUNT = "IND-1.1.1-1|2025|ANITP||"
RURAL = "IND-1.1.1-1|2025|ANITP||environment=rural"
SHARE = "IND-1.2.1-4|2025|ANITP||"
OPEN = "IND-1.1.3-4|2025|ANITP||institution="
UNCLEAR = "IND-1.1.2-2|2025|ANITP||"
UNDEFINED = "IND-4.1.8-2|2025|ANITP||"
DELIVERABLE = "IND-3.2.5-2|2025-S1|ANITP||"


@pytest.fixture(scope="module")
def definitions():
    return load_plan(), load_registry(), load_request_rules()


@pytest.fixture(scope="module")
def path(tmp_path_factory, definitions):
    file = tmp_path_factory.mktemp("sent") / "ANITP_2025.xlsx"
    write_request(file, *definitions, institution="ANITP", year=2025)
    return file


@pytest.fixture
def read(path, definitions):
    """Read the workbook after some changes."""
    return lambda *changes: read_own(raw_book(path, *changes), *definitions)


def _one(reading, **wanted):
    found = [row for row in reading.observations if all(row[name] == wanted[name] for name in wanted)]
    assert len(found) == 1
    return found[0]


def _codes(reading):
    return [one.code for one in reading.corrections]


def test_an_empty_workbook_reports_nothing_and_has_no_problems(read):
    reading = read()
    assert (reading.form, reading.institution, reading.year, reading.synthetic) == (
        "kit",
        "ANITP",
        2025,
        False,
    )
    assert (reading.observations, reading.measures, reading.corrections, reading.rows_in) == ([], [], [], 0)


def test_what_was_typed_comes_out(read):
    reading = read(
        write("Indicatori", COUNT, value=42, source="registrul de campanii", remark="parțial"),
        write("Indicatori", RURAL, value=17),
        write("Indicatori", SHARE, value=0.455, numerator=91, denominator=200),
        write("Indicatori", OPEN, place=1, detail=" Tel Verde ", value=8),
        write("Indicatori", UNCLEAR, reason="nu este cazul"),
        write("Livrabile", DELIVERABLE, stage="livrat", date=datetime(2025, 6, 20), text="Raport nr. 12"),
        write(
            "Măsuri",
            "1.1.1",
            stage="realizată parțial",
            reason="lipsa bugetului",
            remark="bugetul a fost tăiat",
        ),
    )
    assert _codes(reading) == []
    count = _one(reading, indicator="IND-1.1.1-1", group="")
    assert (count["value"], count["qualifier"], count["status"]) == (42, "exact", "reported")
    assert count["remark"] == "parțial; sursa: registrul de campanii"
    assert (count["file"], count["sheet"]) == ("ANITP_2025.xlsx", "Indicatori")
    rural = _one(reading, indicator="IND-1.1.1-1", group="environment")
    assert (rural["level"], rural["value"], rural["period"]) == ("rural", 17, "2025")
    share = _one(reading, indicator="IND-1.2.1-4", group="")
    assert (share["value"], share["numerator"], share["denominator"]) == (0.455, 91, 200)
    assert _one(reading, group="institution")["level"] == "Tel Verde"
    assert _one(reading, indicator="IND-1.1.2-2")["status"] == "not_applicable"
    delivered = _one(reading, indicator="IND-3.2.5-2")
    assert (delivered["stage"], delivered["date"], delivered["text"]) == (
        "delivered",
        "2025-06-20",
        "Raport nr. 12",
    )
    (measure,) = reading.measures
    assert (measure["measure"], measure["stage"], measure["reason"]) == ("1.1.1", "under_way", "no_budget")
    assert (reading.rows_in, reading.rows_used, reading.rows_rejected) == (7, 7, 0)


def test_the_records_fit_the_ledger(read):
    reading = read(write("Indicatori", COUNT, value=42), write("Măsuri", "1.1.1", stage="realizată"))
    assert len(make_ledger(reading.observations, OBSERVATION_COLUMNS)) == 1
    assert len(make_ledger(reading.measures, MEASURE_COLUMNS)) == 1


def test_answers_written_by_the_kit_come_back(tmp_path, definitions):
    file = tmp_path / "IGPR_2025.xlsx"
    answers = {
        "IND-2.3.5-3|2025|IGPR||": {"value": 12.0},
        "IND-2.3.5-3|2025|IGPR|AB|": {"value": 5, "qualifier": "less_than"},
        "IND-2.3.5-3|2025|IGPR|CJ|": {"status": "not_available"},
        "IND-2.3.5-3|2025|IGPR|IS|": {"value": 0},
        "IND-1.2.1-4|2025|IGPR|B|": {"value": 0.25, "numerator": 5, "denominator": 20},
        "IND-2.2.7-1|2025|IGPR||offence=trafic de minori": {"value": 310.5, "remark": "=media"},
        "IND-2.2.10-1|2025|IGPR||": {"status": "not_available", "reason": "no_staff"},
        "IND-2.2.10-2|2025|IGPR||": {"status": "not_available"},
    }
    measures = {"2.3.5": {"stage": "delivered"}}
    write_request(
        file,
        *definitions,
        institution="IGPR",
        year=2025,
        answers=answers,
        measure_answers=measures,
        synthetic=True,
    )
    reading = read_own(raw_book(file), *definitions)
    assert (reading.synthetic, _codes(reading)) == (True, [])
    county = _one(reading, indicator="IND-2.3.5-3", county="AB")
    assert (county["value"], county["lower"], county["upper"], county["qualifier"]) == (
        None,
        0,
        4,
        "less_than",
    )
    assert _one(reading, indicator="IND-2.3.5-3", county="CJ")["status"] == "not_available"
    assert _one(reading, indicator="IND-2.3.5-3", county="IS")["value"] == 0
    capital = _one(reading, indicator="IND-1.2.1-4", county="B")
    assert (capital["value"], capital["numerator"], capital["denominator"]) == (0.25, 5, 20)
    own = _one(reading, indicator="IND-2.2.7-1")
    assert (own["level"], own["value"], own["remark"]) == ("trafic de minori", 310.5, "=media")
    assert _one(reading, indicator="IND-2.2.10-1")["reason"] == "no_staff"
    assert _one(reading, indicator="IND-2.2.10-2")["status"] == "not_available"
    assert [one["stage"] for one in reading.measures] == ["delivered"]
    assert reading.rows_in == reading.rows_used == 9


def _sort(book):
    """The lines in the opposite order, keys with them."""
    page = book["Indicatori"]
    first = 6
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=first)]
    for place, values in enumerate(reversed(rows), start=first):
        for column, value in enumerate(values, start=1):
            page.cell(place, column).value = value


def test_sorted_lines_keep_their_meaning(read):
    reading = read(write("Indicatori", COUNT, value=42), _sort)
    assert _one(reading, indicator="IND-1.1.1-1")["value"] == 42


def test_inserted_rows_and_columns_do_no_harm(read):
    def insert(book):
        book["Indicatori"].insert_rows(7, 3)
        book["Indicatori"].insert_cols(4)

    def insert_below(book):
        book["Indicatori"].insert_rows(2)

    reading = read(write("Indicatori", RURAL, value=17), insert, insert_below)
    assert (_one(reading, group="environment")["value"], _codes(reading)) == (17, [])


def test_a_row_added_without_key_is_refused_and_counted(read):
    def add(book):
        page = book["Indicatori"]
        row = page.max_row + 1
        page.cell(row, columns_of(page)["measure"]).value = "1.1.1"
        page.cell(row, columns_of(page)["value"]).value = 5

    reading = read(add)
    assert (_codes(reading), reading.rows_in, reading.rows_rejected) == (["own_row_without_key"], 1, 1)


@pytest.mark.parametrize(
    ("key", "typed", "value"),
    [(COUNT, "12 500", 12500), (COUNT, "1.200", 1200), (SHARE, "45%", 0.45)],
)
def test_numbers_pasted_as_text_are_read(read, key, typed, value):
    reading = read(write("Indicatori", key, value=typed))
    assert reading.observations[0]["value"] == value


def test_a_bound_has_limits_and_no_value(read):
    row = read(write("Indicatori", COUNT, value="<5")).observations[0]
    assert (row["value"], row["lower"], row["upper"], row["qualifier"]) == (None, 0, 4, "less_than")


def test_a_value_that_cannot_be_read_is_refused_at_its_cell(read):
    reading = read(write("Indicatori", COUNT, value="multe"))
    (correction,) = reading.corrections
    assert (correction.sheet, correction.cell) == ("Indicatori", "J6")
    assert (reading.observations, reading.rows_in, reading.rows_rejected) == ([], 1, 1)


def test_a_missing_share_is_worked_out_from_its_parts(read):
    reading = read(write("Indicatori", SHARE, numerator=30, denominator=40))  # 30/40 = 0.75
    assert (reading.observations[0]["value"], _codes(reading)) == (0.75, ["own_value_from_parts"])


def test_a_share_that_differs_from_its_parts_is_noted(read):
    reading = read(write("Indicatori", SHARE, value=0.5, numerator=30, denominator=40))
    assert (reading.observations[0]["value"], _codes(reading)) == (0.5, ["own_share_disagrees"])


def test_a_numerator_above_its_denominator_is_not_used(read):
    reading = read(write("Indicatori", SHARE, value=0.5, numerator=40, denominator=30))
    assert (reading.observations[0]["numerator"], _codes(reading)) == (None, ["own_numerator_above"])


def test_a_value_beside_a_reason_is_kept_and_noted(read):
    reading = read(write("Indicatori", COUNT, value=3, reason="lipsa personalului"))
    row = reading.observations[0]
    assert (row["value"], row["reason"], _codes(reading)) == (3, "", ["own_value_and_reason"])


def test_a_figure_of_an_open_breakdown_needs_its_category(read):
    reading = read(write("Indicatori", OPEN, value=3))
    assert (_codes(reading), reading.rows_rejected) == (["own_category_missing"], 1)


def test_a_category_without_a_figure_says_nothing(read):
    assert read(write("Indicatori", OPEN, detail="ANES")).rows_in == 0


def test_an_undefined_indicator_may_be_answered_in_words(read):
    row = read(write("Indicatori", UNDEFINED, detail="scala 1-5 din chestionar")).observations[0]
    assert (row["status"], row["value"], row["text"]) == ("reported", None, "scala 1-5 din chestionar")


def test_a_remark_alone_is_kept_as_not_available(read):
    reading = read(write("Indicatori", COUNT, remark="se centralizează"))
    row = reading.observations[0]
    assert (row["status"], row["remark"], _codes(reading)) == (
        "not_available", "se centralizează", ["own_only_remark"],
    )  # fmt: skip


def test_a_choice_is_known_whatever_its_case_and_diacritics(read):
    reading = read(write("Livrabile", DELIVERABLE, stage="In lucru"))
    assert reading.observations[0]["stage"] == "under_way"


def test_a_word_outside_the_list_is_refused(read):
    reading = read(write("Livrabile", DELIVERABLE, stage="aproape gata", text="proiect"))
    assert _codes(reading)[0] == "own_choice_unknown"
    assert reading.observations[0]["stage"] == ""


def test_a_date_before_the_plan_is_dropped_and_listed(read):
    reading = read(write("Livrabile", DELIVERABLE, stage="livrat", date=datetime(2023, 5, 1)))
    assert (reading.observations[0]["date"], _codes(reading)) == ("", ["own_date_outside"])


def test_a_dropped_measure_without_a_reason_is_noted(read):
    reading = read(write("Măsuri", "1.1.1", stage="abandonată"))
    assert (reading.measures[0]["stage"], _codes(reading)) == ("dropped", ["own_reason_missing"])


def test_a_measure_whose_period_has_not_ended_needs_no_reason(read):
    # 1.1.1 runs to the end of the plan, so it is not unmet in a return for an earlier year
    reading = read(write("Măsuri", "1.1.1", stage="neîncepută"))
    assert (reading.measures[0]["stage"], _codes(reading)) == ("not_started", [])


def _copy_line(value):
    def copy(book):
        page = book["Indicatori"]
        row = page.max_row + 1
        for column in range(1, page.max_column + 1):
            page.cell(row, column).value = page.cell(lines_of(page, COUNT)[0], column).value
        page.cell(row, columns_of(page)["value"]).value = value

    return copy


def test_the_same_figure_twice_counts_once(read):
    reading = read(write("Indicatori", COUNT, value=4), _copy_line(4))
    assert (len(reading.observations), _codes(reading)) == (1, ["own_line_repeated"])
    assert (reading.rows_in, reading.rows_used, reading.rows_rejected) == (2, 1, 1)


def test_two_different_figures_for_one_question_are_both_left_out(read):
    reading = read(write("Indicatori", COUNT, value=4), _copy_line(5))
    assert (reading.observations, _codes(reading)) == ([], ["own_line_contradicts"] * 2)
    assert (reading.rows_in, reading.rows_used, reading.rows_rejected) == (2, 0, 2)


def test_deleted_lines_are_noted(read):
    def delete(book):
        book["Indicatori"].delete_rows(lines_of(book["Indicatori"], RURAL)[0])

    (correction,) = read(delete).corrections
    assert (correction.code, correction.sheet, correction.rows) == ("own_lines_missing", "Indicatori", 1)


def test_a_deleted_sheet_is_noted_once(read):
    def delete(book):
        del book["Măsuri"]

    assert _codes(read(delete)) == ["own_sheet_missing"]


def test_a_renamed_sheet_is_still_read(read):
    def rename(book):
        book["Indicatori"].title = "Sheet1"

    assert read(write("Indicatori", COUNT, value=4), rename).observations[0]["value"] == 4


def test_a_line_of_another_institutions_workbook_is_refused(read):
    def paste(book):
        page = book["Indicatori"]
        page.cell(lines_of(page, COUNT)[0], 1).value = COUNT.replace("ANITP", "IGPR")

    reading = read(write("Indicatori", COUNT, value=4), paste)
    assert (reading.observations, "own_key_unknown" in _codes(reading)) == ([], True)


def test_without_its_sheet_of_keys_a_workbook_is_not_ours(path):
    def delete(book):
        del book["_kit"]

    assert is_own(raw_book(path))
    assert not is_own(raw_book(path, delete))
    assert not is_own(RawBook("x.xlsx", "", ()))


def test_the_safe_reader_hands_over_the_same_answers(tmp_path, definitions):
    file = tmp_path / "CSM_2025.xlsx"
    plan, registry, rules = definitions
    keys = [one.key for one in figures_asked(*definitions, institution="CSM", year=2025)]
    answers = {key: {"stage": "delivered", "date": "2025-03-04", "text": "=Raport"} for key in keys}
    write_request(file, plan, registry, rules, institution="CSM", year=2025, answers=answers)
    safe, plain = (read_own(book, *definitions) for book in (open_book(file), raw_book(file)))
    assert len(keys) == len(safe.observations) > 0
    assert (safe.observations, safe.corrections) == (plain.observations, plain.corrections)
    assert {(one["date"], one["text"]) for one in safe.observations} == {("2025-03-04", "=Raport")}


def test_a_workbook_of_another_plan_is_not_read(read):
    def other(book):
        row = next(cell.row for cell in book["_kit"]["A"] if cell.value == "plan")
        book["_kit"].cell(row, 2).value = "another"

    reading = read(write("Indicatori", COUNT, value=4), other)
    assert (reading.observations, _codes(reading)) == ([], ["own_other_plan"])


def test_every_code_is_in_the_catalogue():
    import re
    from pathlib import Path

    import evaluation.intake.returns as room

    folder = Path(room.__file__).parent
    text = "".join((folder / f"{name}.py").read_text("utf-8") for name in ("own", "own_lines", "cells"))
    codes = set(re.findall(r'"(own_[a-z_]+)"', text)) - {"own_lines"}
    assert len(codes) > 20 and codes <= set(load_problems())
