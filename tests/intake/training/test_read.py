"""Every channel gives the same answers; rows in are rows used and rows rejected; nobody's data come along."""

import csv
from pathlib import Path

import pytest

from evaluation.intake.returns.raw import RawCell
from evaluation.intake.returns.sandbox import FileRefused
from evaluation.intake.training.answers import AnswerReader
from evaluation.intake.training.problems import AnswersRefusedError, count_of, load_answer_problems
from evaluation.intake.training.read import ReadAnswers, read_answers
from tests.kit.instruments import sample_content, write_sample
from tests.kit.training import (
    CANARIES,
    SESSION,
    expected_rows,
    google_csv,
    kobo_csv,
    kobo_xlsx_labels,
    limesurvey_csv,
    own_workbook,
    plain_csv,
)

CHANNELS = {
    "kobo.csv": (kobo_csv, "kobo"),
    "kobo.xlsx": (kobo_xlsx_labels, "kobo"),
    "google.csv": (google_csv, "google"),
    "limesurvey.csv": (limesurvey_csv, "limesurvey"),
    "limesurvey_full.csv": (lambda *given: limesurvey_csv(*given, full=True), "limesurvey"),
    "plain.csv": (plain_csv, "plain"),
    "workbook.xlsx": (own_workbook, "workbook"),
}
EXPORTS = [name for name in CHANNELS if name != "workbook.xlsx"]


def rows_of(read: ReadAnswers) -> list[tuple[str, ...]]:
    return [tuple(map(str, row)) for row in read.microdata.table.drop(columns="link").itertuples(index=False)]


def codes(read: ReadAnswers) -> dict[str, int]:
    return {code: count for code in load_answer_problems() if (count := count_of(read.problems, code))}


def cells(read: ReadAnswers, code: str) -> list[str]:
    return [one.cell for one in read.problems if one.code == code]


def edit(file: Path, row: int, changes: dict[str, str], *, delimiter: str = ",") -> None:
    """Change cells of a row of a CSV file, by heading; row 0 renames headings."""
    with file.open(encoding="utf-8-sig", newline="") as handle:
        lines = list(csv.reader(handle, delimiter=delimiter))
    places = {name: lines[0].index(name) for name in changes}
    for name, text in changes.items():
        lines[row][places[name]] = text
    with file.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle, delimiter=delimiter).writerows(lines)


@pytest.mark.parametrize("channel", CHANNELS)
def test_every_channel_gives_the_same_answers(sample, papers, tmp_path, channel):
    make, program = CHANNELS[channel]
    read = read_answers(make(sample, papers, tmp_path / channel), instrument=sample)
    assert rows_of(read) == expected_rows(sample, papers)
    assert (read.program, len(read.open_answers)) == (program, 12)


@pytest.mark.parametrize("channel", CHANNELS)
def test_the_two_sheets_of_a_person_have_one_link_in_every_channel(sample, papers, tmp_path, channel):
    read = read_answers(CHANNELS[channel][0](sample, papers, tmp_path / channel), instrument=sample)
    table = read.microdata.table
    linked = table[table["link"] != ""]
    pairs = linked.groupby("link")["sheet"].apply(lambda those: tuple(sorted(map(int, those))))
    assert sorted(pairs) == [(person, person + 12) for person in range(1, 13)]


@pytest.mark.parametrize("channel", EXPORTS)
def test_nobodys_data_come_along(sample, papers, tmp_path, channel, capsys):
    read = read_answers(CHANNELS[channel][0](sample, papers, tmp_path / channel), instrument=sample)
    kept = read.microdata.table.to_csv() + read.open_answers.to_csv() + repr(read) + repr(read.problems)
    kept += repr(read.microdata.provenance) + repr(read.sessions) + "".join(capsys.readouterr())
    assert [one for one in CANARIES if one in kept] == []


@pytest.mark.parametrize("channel", CHANNELS)
def test_elements_of_the_code_are_gone(sample, papers, tmp_path, channel):
    read = read_answers(CHANNELS[channel][0](sample, papers, tmp_path / channel), instrument=sample)
    assert [name for name in read.microdata.table.columns if name.startswith("pair_")] == []


def test_unknown_columns_are_told_by_their_letter_only(sample, papers, file):
    read = read_answers(plain_csv(sample, papers, file), instrument=sample)
    assert cells(read, "column_unknown") == ["AH", "AI"]


def test_forms_exported_apart_come_together(sample, papers, tmp_path):
    # Kobo has a form A and a form B; the people are the same.
    apart = [
        kobo_csv(sample, [one for one in papers if one.form == form], tmp_path / f"{form}.csv")
        for form in "AB"
    ]
    text = apart[1].read_text(encoding="utf-8-sig").replace(";u", ";v")  # other submissions, other numbers
    apart[1].write_text(text, encoding="utf-8")
    read = read_answers(apart, instrument=sample)
    ordered = [one for form in "AB" for one in papers if one.form == form]
    assert rows_of(read) == expected_rows(sample, ordered)


def test_before_and_after_exported_apart_come_together(sample, papers, tmp_path):
    # Two forms of Google's: only the second asks for opinions, and no column says when it was filled in.
    apart = []
    for occasion, left_out in (("pre", ("Când", "Explicațiile", "Ce am aflat")), ("post", ("Când",))):
        file = google_csv(
            sample, [one for one in papers if one.occasion == occasion], tmp_path / f"{occasion}.csv"
        )
        with file.open(encoding="utf-8-sig", newline="") as handle:
            lines = list(csv.reader(handle))
        kept = [place for place, head in enumerate(lines[0]) if not any(one in head for one in left_out)]
        with file.open("w", encoding="utf-8", newline="") as handle:
            csv.writer(handle).writerows([line[place] for place in kept] for line in lines)
        apart.append(file)
    read = read_answers(apart, instrument=sample)
    assert rows_of(read) == expected_rows(sample, papers)
    assert codes(read)["occasion_from_answers"] == 24


def test_a_submission_that_comes_twice_counts_once(sample, papers, tmp_path):
    one, two = (kobo_csv(sample, papers, tmp_path / name) for name in ("one.csv", "two.csv"))
    read = read_answers([one, two], instrument=sample)
    origin = read.microdata.provenance
    assert (origin.rows_in, origin.rows_used, dict(origin.excluded)) == (48, 24, {"row_repeated": 24})


def test_columns_that_repeat_a_question_are_read_as_one(sample, papers, file):
    # Two versions of a form leave two columns; one cell of the pair is filled.
    kobo_csv(sample, papers, file)
    lines = file.read_text(encoding="utf-8-sig").splitlines()
    lines = [f"{line};{'version2/core_who' if not place else ''}" for place, line in enumerate(lines)]
    file.write_text("\n".join(lines), encoding="utf-8")
    edit(file, 1, {"core_who": "", "version2/core_who": papers[0].answers["core_who"]}, delimiter=";")
    edit(file, 2, {"core_who": "a", "version2/core_who": "b"}, delimiter=";")
    papers[1].answers["core_who"] = ""
    read = read_answers(file, instrument=sample)
    assert rows_of(read) == expected_rows(sample, papers)
    assert codes(read)["answer_twice"] == 1


def test_the_occasion_is_told_from_the_opinions_where_no_column_says_it(sample, papers, file):
    kobo_csv(sample, papers, file)
    edit(file, 0, {"occasion": "altceva"}, delimiter=";")
    read = read_answers(file, instrument=sample)
    assert rows_of(read) == expected_rows(sample, papers)
    assert codes(read)["occasion_from_answers"] == 24


def test_the_form_is_told_from_the_questions_where_no_column_says_it(sample, papers, file):
    kobo_csv(sample, papers, file)
    edit(file, 0, {"form": "altceva"}, delimiter=";")
    read = read_answers(file, instrument=sample)
    assert rows_of(read) == expected_rows(sample, papers)
    assert codes(read)["form_from_answers"] == 24


def test_the_questions_that_were_answered_overrule_a_wrong_form(sample, papers, file):
    kobo_csv(sample, papers, file)
    edit(file, 1, {"form": "B"}, delimiter=";")
    read = read_answers(file, instrument=sample)
    assert rows_of(read) == expected_rows(sample, papers)
    assert (cells(read, "form_contradicted"), codes(read)["form_contradicted"]) == (["E2"], 1)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"sum_b1": "a"}, "form_mixed"),
        ({"occasion": "miercuri"}, "occasion_unknown"),
    ],
)
def test_a_row_that_cannot_be_placed_is_rejected_with_its_reason(sample, papers, file, changes, reason):
    kobo_csv(sample, papers, file)
    edit(file, 1, changes, delimiter=";")
    origin = read_answers(file, instrument=sample).microdata.provenance
    assert (origin.rows_in, origin.rows_used, dict(origin.excluded)) == (24, 23, {reason: 1})


def test_a_session_named_after_a_person_gets_a_number(sample, papers, file):
    kobo_csv(sample, papers, file)
    for row in range(1, 25):
        edit(file, row, {"session": CANARIES[0]}, delimiter=";")
    read = read_answers(file, instrument=sample)
    assert {one.code for one in read.sessions} == {"S1"}
    assert codes(read)["session_replaced"] == 24


def test_two_sessions_in_one_file_stay_apart_and_count_their_sheets(sample, papers, file):
    kobo_csv(sample, papers, file)
    edit(file, 3, {"session": "BCDF-GHJK-2"}, delimiter=";")
    table = read_answers(file, instrument=sample).microdata.table
    assert table[table["session"] == "BCDF-GHJK-2"]["sheet"].tolist() == [1]
    assert table[table["session"] == SESSION]["sheet"].tolist() == list(range(1, 24))


@pytest.mark.parametrize(
    "wrong",
    [
        ("core_who", "Popescu-Canar", "answer_unreadable"),
        ("core_who", "5", "answer_unreadable"),
        ("core_who", "a, c", "answer_several"),
        ("core_who", "–", "answer_blank_sign"),
        ("core_who", "1850312400123", "identifier_inside"),
        ("open_signs", "sunați la 0722 345 678", "identifier_inside"),
        ("open_signs", "canar.secret@firma.ro", "identifier_inside"),
        ("pairing/pair_mother", "Maria", "code_too_long"),
        ("react_clear", "4", "opinion_before"),
    ],
)  # fmt: skip
def test_a_cell_that_cannot_be_used_is_emptied_and_told_by_its_address(sample, papers, file, wrong):
    item, text, code = wrong
    kobo_csv(sample, papers, file)
    edit(file, 1, {item: text}, delimiter=";")
    read = read_answers(file, instrument=sample)
    name = item.rpartition("/")[2]
    told = read.microdata.table.get(name)
    assert told is None or told[0] == ""
    assert text not in read.open_answers["text"].tolist()
    assert [one.cell.rstrip("0123456789") + "2" for one in read.problems if one.code == code] == cells(
        read, code
    )
    assert codes(read)[code] == 1


@pytest.mark.parametrize(("month", "older"), [("3", "2"), ("03", "2"), ("3.0", "2.0"), (" 3 ", "2")])
def test_a_number_in_the_code_is_one_number_however_a_program_writes_it(sample, month, older):
    reader = AnswerReader(sample)
    told = {"pair_month": month, "pair_older": older}
    assert [reader.read(name, RawCell(1, 1, text)).value for name, text in told.items()] == ["03", "2"]


def test_the_questionnaire_is_recognised_by_its_questions(sample, papers, tmp_path):
    write_sample(tmp_path / "questionnaires")
    other = sample_content()
    other["about"]["name"] = "training_other"
    for one in other["items"]:
        if one["name"].startswith("sum_"):
            one["label"] = {"ro": f"Altă întrebare {one['name']}", "en": f"Another question {one['name']}"}
    write_sample(tmp_path / "questionnaires", other)
    file = google_csv(sample, papers, tmp_path / "google.csv")
    read = read_answers(file, questionnaires=tmp_path / "questionnaires")
    assert read.instrument.name == "training_sample"


def test_a_file_without_questions_is_refused_without_a_word_from_it(sample, file):
    file.write_text("nume,telefon\nPopescu-Canar,0722 345 678\n", encoding="utf-8")
    with pytest.raises(AnswersRefusedError) as refused:
        read_answers(file, instrument=sample)
    assert refused.value.code == "no_question_column"
    assert "Popescu" not in str(refused.value) + refused.value.say("ro")


def test_a_file_that_is_no_table_is_not_opened(sample, file):
    file.write_bytes(b"%PDF-1.7 Popescu-Canar")
    with pytest.raises(FileRefused, match=r"answers\.csv"):
        read_answers(file, instrument=sample)


def test_every_problem_is_told_in_both_languages():
    for code, one in load_answer_problems().items():
        assert one.problem.ro and one.problem.en and one.remedy.ro and one.remedy.en, code
