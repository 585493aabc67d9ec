"""Answers read from any usual file: the same rows, every one used or refused with its reason, nothing unknown kept."""

import csv

import pytest
from openpyxl import Workbook, load_workbook

from evaluation.core.microdata import WAVE_COLUMNS
from evaluation.instruments.feedback.workbook import make_feedback_workbook
from evaluation.intake.feedback.codes import pseudonym
from evaluation.intake.feedback.problems import FeedbackRefusedError
from evaluation.intake.feedback.read import read_feedback
from tests.kit.feedback import minors, small_instrument
from tests.kit.feedback_data import CODE, FULL, KEY, OTHER, row, write_export

SAID = {"safe_1": "5", "safe_2": "4", "safe_3": "2", "help_1": "na", "help_2": "pn", "help_used": "yes"}


def read(path, instrument=None):
    return read_feedback(path, instrument or small_instrument(), key=KEY)


def one_row(path, instrument=None):
    table = read(path, instrument).responses.table
    assert len(table) == 1
    return table.iloc[0]


def reasons(path, instrument=None):
    return dict(read(path, instrument).responses.provenance.excluded)


def test_a_plain_table(tmp_path):
    got = one_row(write_export(tmp_path / "a.csv", [FULL]))
    assert got["person"] == pseudonym(CODE, key=KEY)
    assert [got[one] for one in WAVE_COLUMNS[1:]] == ["inclusion", "0", "ro", "independent", "female", "", ""]
    assert {name: got[name] for name in SAID} == SAID
    assert (got["consent_analysis"], got["consent_quotation"], got["consent_recontact"]) == (
        "yes",
        "yes",
        "no",
    )
    assert got["consent_version"] == "1.0"


def test_columns_of_kobo_with_groups_and_what_it_adds(tmp_path):
    groups = {"safe": "domain_safety", "help": "domain_support", "told": "domain_words"}
    headed = {
        f"{groups[name[:4]]}/{name}" if name[:4] in groups else name: value for name, value in FULL.items()
    }
    rows = [
        {"start": "2026-01-01T10:00", **headed, "_id": "77", "_uuid": "ab-cd", "_submitted_by": "Popescu"}
    ]
    done = read(write_export(tmp_path / "a.csv", rows))
    assert done.columns_dropped == 4
    got = done.responses.table.iloc[0]
    assert {name: got[name] for name in SAID} == SAID
    assert "Popescu" not in done.responses.table.to_csv()


def test_an_xlsx_with_numbers_and_words_above_the_codes(tmp_path):
    book = Workbook()
    sheet = book.active
    sheet.append(["Codul de pe card", "Când se completează", "Mă simt în siguranță aici.", "Mă întreb"])
    sheet.append(["person_code", "wave", "safe_1", "help_used", "consent_analysis", "consent_version"])
    sheet.append([CODE, 3, 5, "Nu știu", True, 1.0])
    book.save(tmp_path / "a.xlsx")
    got = one_row(tmp_path / "a.xlsx")
    assert (got["wave"], got["months"], got["safe_1"], got["help_used"]) == ("month_3", "3", "5", "not_known")
    assert (got["consent_analysis"], got["consent_version"]) == ("yes", "1.0")


@pytest.mark.parametrize(
    ("told", "stored"),
    [
        ("1", "1"), ("5.0", "5"), ("Total de acord", "5"), ("total de acord", "5"), ("Strongly agree", "5"),
        ("Deloc de acord", "1"), ("4 Mai degrabă da", "4"), ("4. Rather agree", "4"), ("na", "na"), ("NA", "na"),
        ("Nu se aplică", "na"), ("Does not apply", "na"), ("pn", "pn"), ("Prefer să nu răspund", "pn"),
        ("I prefer not to answer", "pn"), ("", ""), ("-", ""), ("fără răspuns", ""),
    ],
)  # fmt: skip
def test_an_answer_in_every_way_of_telling_it(tmp_path, told, stored):
    assert one_row(write_export(tmp_path / "a.csv", [row(safe_1=told)]))["safe_1"] == stored


@pytest.mark.parametrize(
    ("told", "wave", "months"),
    [
        ("inclusion", "inclusion", "0"), ("la includere", "inclusion", "0"), ("at 3 months", "month_3", "3"),
        ("month_6", "month_6", "6"), ("la 12 luni", "month_12", "12"), ("12", "month_12", "12"), ("exit", "exit", ""),
    ],
)  # fmt: skip
def test_a_wave_and_the_months_that_it_stands_for(tmp_path, told, wave, months):
    got = one_row(write_export(tmp_path / "a.csv", [row(wave=told)]))
    assert (got["wave"], got["months"]) == (wave, months)


def test_an_exit_has_the_months_of_its_column(tmp_path):
    assert one_row(write_export(tmp_path / "a.csv", [row(wave="exit", months="17")]))["months"] == "17"


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"person_code": ""}, "code_missing"),
        ({"person_code": "2850312400123"}, "code_personal"),
        ({"person_code": "Maria Popescu"}, "code_name"),
        ({"person_code": "2BCD-FGH8"}, "code_check"),
        ({"wave": ""}, "wave_unreadable"),
        ({"wave": "month_4"}, "wave_unreadable"),
        ({"collector": "Popescu"}, "fact_unreadable"),
        ({"language": "klingon"}, "fact_unreadable"),
        ({"sex": "X"}, "fact_unreadable"),
        ({"months": "900"}, "fact_unreadable"),
        ({"months": "-1"}, "fact_unreadable"),
        ({"consent_analysis": "maybe"}, "consent_unreadable"),
        ({"consent_version": "Popescu"}, "consent_unreadable"),
        ({"safe_1": "6"}, "answer_unreadable"),
        ({"safe_1": "0"}, "answer_unreadable"),
        ({"safe_1": "3.5"}, "answer_unreadable"),
        ({"safe_1": "1 5"}, "answer_unreadable"),
        ({"help_used": "Popescu"}, "answer_unreadable"),
        ({"consent_analysis": "no", "consent_quotation": "no"}, "not_consented"),
        ({"consent_analysis": "", "consent_quotation": ""}, "not_consented"),
    ],
)
def test_a_row_that_cannot_be_used_is_counted_with_its_reason_and_place(tmp_path, cells, reason):
    done = read(
        write_export(
            tmp_path / "a.csv",
            [row(months="", **cells) if "months" not in cells else row(**cells), row(person_code=OTHER)],
        )
    )
    origin = done.responses.provenance
    assert (origin.rows_in, origin.rows_used, dict(origin.excluded)) == (2, 1, {reason: 1})
    assert [(one.code, one.cell[-1]) for one in done.problems if one.code == reason] == [(reason, "2")]
    assert list(done.responses.table["person"]) == [pseudonym(OTHER, key=KEY)]


def test_two_rows_of_one_person_and_wave_refuse_each_other(tmp_path):
    rows = [FULL, FULL, row(wave="month_3")]
    done = read(write_export(tmp_path / "a.csv", rows))
    assert dict(done.responses.provenance.excluded) == {"row_repeated": 2}
    assert list(done.responses.table["wave"]) == ["month_3"]


def test_two_entries_of_a_sheet_count_once_when_equal_and_never_when_not(tmp_path):
    rows = [FULL, row(person_code=OTHER)]
    first = write_export(tmp_path / "a.csv", rows)
    second = write_export(tmp_path / "b.csv", [rows[0], rows[1] | {"safe_1": "1"}])
    done = read([first, second])
    assert list(done.responses.table["person"]) == [pseudonym(CODE, key=KEY)]
    assert dict(done.responses.provenance.excluded) == {"entry_second": 1, "entries_differ": 2}
    assert done.responses.provenance.rows_in == 4


def test_what_a_person_without_consent_to_analysis_ticked_is_not_kept(tmp_path):
    done = read(write_export(tmp_path / "a.csv", [row(consent_analysis="no")]))
    assert {done.responses.table.iloc[0][name] for name in SAID} == {""}
    assert list(done.responses.texts["text"]) == ["nu mai am nimic de schimbat"]


def test_own_words_are_screened_before_they_are_kept_and_it_is_told_where(tmp_path):
    said = "m-a ajutat Maria Popescu, 0722 123 456"
    done = read(write_export(tmp_path / "a.csv", [row(told_change=said)]))
    assert list(done.responses.texts["text"]) == ["m-a ajutat [removed]"]
    column = list(FULL).index("told_change")
    assert [(one.code, one.cell) for one in done.problems if one.code == "text_screened"] == [
        ("text_screened", f"{'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[column]}2")
    ]


def test_unknown_columns_are_dropped_and_counted_even_when_they_begin_like_a_known_one(tmp_path):
    more = {"Nume": "Popescu", "Code of the identity card": "XZ99", "Sex of the suspect": "male", "": "nimic"}
    done = read(write_export(tmp_path / "a.csv", [FULL | more]))
    assert done.columns_dropped == 4
    kept = done.responses.table.to_csv() + done.responses.texts.to_csv()
    assert not [one for one in ("Popescu", "XZ99", "nimic,") if one in kept]
    assert done.responses.table.iloc[0]["sex"] == "female"


def test_a_file_of_another_questionnaire_is_refused(tmp_path):
    with pytest.raises(FeedbackRefusedError, match="another questionnaire"):
        read(write_export(tmp_path / "a.csv", [FULL | {"instrument": "victim_feedback_other"}]))


def test_a_file_without_codes_or_questions_is_refused(tmp_path):
    with pytest.raises(FeedbackRefusedError, match="card's code"):
        read(write_export(tmp_path / "a.csv", [{"nume": "Popescu", "safe_1": "5"}]))
    with pytest.raises(FeedbackRefusedError, match="no column is a question"):
        read(write_export(tmp_path / "b.csv", [{"person_code": CODE, "wave": "exit"}]))


@pytest.mark.parametrize(("told", "used"), [("yes", 1), ("exception", 1), ("no", 0), ("", 0)])
def test_a_minor_is_asked_under_the_guardians_consent_only(tmp_path, told, used):
    path = write_export(tmp_path / "a.csv", [FULL | {"consent_guardian": told}])
    assert read(path, minors()).responses.provenance.rows_used == used


def test_a_cell_that_is_a_date_or_an_error_refuses_the_row(tmp_path):
    from datetime import datetime

    book = Workbook()
    book.active.append(["person_code", "wave", "consent_analysis", "consent_version", "safe_1", "safe_2"])
    book.active.append([CODE, "exit", "da", "1.0", datetime(2026, 1, 5), 1])
    book.active.append([OTHER, "exit", "da", "1.0", "#N/A", 1])
    book.save(tmp_path / "a.xlsx")
    assert reasons(tmp_path / "a.xlsx") == {"answer_unreadable": 2}


def test_the_order_of_rows_is_that_of_pseudonyms_not_of_interviews(tmp_path):
    rows = [row(person_code=one, wave=wave) for wave in ("month_3", "inclusion") for one in (CODE, OTHER)]
    table = read(write_export(tmp_path / "a.csv", rows)).responses.table
    assert list(table["person"]) == sorted(table["person"])


def test_neither_the_name_of_the_file_nor_a_row_is_in_what_is_printed(tmp_path):
    path = write_export(tmp_path / "Popescu.csv", [FULL])
    done = read(path)
    assert "Popescu" not in str(done.responses.provenance)
    assert pseudonym(CODE, key=KEY) not in repr(done) + repr(done.responses)


def test_semicolons_and_an_older_encoding_are_read_the_same(tmp_path):
    with (tmp_path / "a.csv").open("w", encoding="cp1250", newline="") as handle:
        writer = csv.DictWriter(handle, list(FULL), delimiter=";")
        writer.writeheader()
        writer.writerow(row(safe_1="Mai degrabă da"))
    assert one_row(tmp_path / "a.csv")["safe_1"] == "4"


@pytest.mark.parametrize("language", ["ro", "en"])
def test_our_workbook_with_both_entries_in_either_language(tmp_path, language):
    path = tmp_path / "a.xlsx"
    path.write_bytes(make_feedback_workbook(small_instrument(), language=language, rows=10))
    told = {
        "ro": ["la 3 luni", None, "intervievator independent", "română", "1.0", "Da", "Da", "Nu", "feminin"],
        "en": [
            "at 3 months",
            None,
            "independent interviewer",
            "Romanian",
            "1.0",
            "Yes",
            "Yes",
            "No",
            "female",
        ],
    }[language]
    used = {"ro": "Nu știu", "en": "I do not know"}[language]
    na = {"ro": "Nu se aplică", "en": "Does not apply"}[language]
    book = load_workbook(path)
    first, second = (one for one in book.worksheets[1:3])
    for sheet, words in ((first, "mai mult timp"), (second, None)):
        cells = [CODE, *told, 5, 4, 2, na, 1, used, words]
        for place, value in enumerate(cells, start=2):
            sheet.cell(6, place, value)
    for place, value in enumerate([OTHER, *told, 5, 4, 2, na, 1, used], start=2):
        first.cell(7, place, value)
        second.cell(7, place, 3 if value == 5 else value)
    book.save(path)
    done = read(path)
    assert done.responses.provenance.rows_in == 4
    assert dict(done.responses.provenance.excluded) == {"entry_second": 1, "entries_differ": 2}
    assert done.columns_dropped == 0
    (got,) = done.responses.table.to_dict("records")
    assert (got["wave"], got["collector"], got["language"], got["sex"]) == (
        "month_3",
        "independent",
        "ro",
        "female",
    )
    assert {name: got[name] for name in SAID} == SAID | {"help_2": "1", "help_used": "not_known"}
    assert list(done.responses.texts["text"]) == ["mai mult timp"]


def test_columns_of_limesurvey_have_no_underscore(tmp_path):
    rows = [{name.replace("_", ""): value for name, value in FULL.items()} | {"submitdate": "2026-01-01"}]
    done = read(write_export(tmp_path / "a.csv", rows))
    assert done.columns_dropped == 1
    got = done.responses.table.iloc[0]
    assert {name: got[name] for name in SAID} == SAID and got["consent_quotation"] == "yes"


def test_a_refusal_of_which_only_code_and_wave_are_kept_is_counted(tmp_path):
    rows = [
        FULL,
        {"person_code": OTHER, "wave": "inclusion", "consent_analysis": "no", "consent_version": "1.0"},
    ]
    assert reasons(write_export(tmp_path / "a.csv", rows)) == {"not_consented": 1}
