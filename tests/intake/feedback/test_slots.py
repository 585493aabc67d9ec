"""A published questionnaire from the column of an export to its score; where it was not asked, there is no trace of it."""

import json

import pytest

from evaluation.analysis.feedback.scores import score_domains
from evaluation.core.errors import IntakeError, StrategyError
from evaluation.core.microdata import WAVE_COLUMNS
from evaluation.instruments.feedback.model import FeedbackInstrument
from evaluation.intake.feedback.gathering import gather_feedback
from evaluation.intake.feedback.read import read_feedback
from evaluation.intake.feedback.store import load_feedback_data
from evaluation.intake.feedback.tables import read_feedback_table, write_feedback_table
from evaluation.strategy.words import load_as
from tests.kit.feedback import NAME, small_content, who5_slot, write_small
from tests.kit.feedback_data import FULL, KEY, OTHER, TODAY, gather_rows, row, write_export

COLUMNS = ("who5_1", "who5_2", "who5_3", "who5_4", "who5_5")
STEPS = {"5": "mereu", "4": "des", "3": "uneori", "2": "rar", "1": "foarte rar", "0": "niciodată"}
INVENTED = {
    "source": "inventat pentru teste", "version": "1", "instruction": "Alegeți.",
    "items": [f"Întrebarea inventată {one}" for one in ("a", "b", "c", "d", "e")], "steps": STEPS,
}  # fmt: skip


def content():
    return small_content() | {"slots": [who5_slot()]}


@pytest.fixture(scope="module")
def instrument() -> FeedbackInstrument:
    return load_as(FeedbackInstrument, content(), file=NAME)


@pytest.fixture
def asked(project):
    write_small(project.root / "questionnaires", content())
    return project


def answers(*given):
    return dict(zip(COLUMNS, given, strict=True))


def read(path, instrument):
    return read_feedback(path, instrument, key=KEY)


def load(project):
    return load_feedback_data(project, today=TODAY)[NAME]


def test_from_the_columns_of_an_export_to_the_score(asked, instrument):
    gather_rows(
        asked,
        [FULL | answers("5", "4", "3", "2", "1"), row(wave="month_3") | answers("0", "1", "pn", "2", "")],
        instrument=instrument,
    )
    data = load(asked)
    scores = score_domains(data.for_analysis, data.instrument)
    # (5 + 4 + 3 + 2 + 1) x 4 = 60; with an answer missing there is no score
    assert list(scores.table["wave"]) == ["inclusion", "month_3"]
    assert scores.table["who5"][0] == 60.0
    assert scores.table["who5"].isna().tolist() == [False, True]
    assert scores.slots == ("who5",) and scores.left_out["who5"] == 1


@pytest.mark.parametrize("head", ["{}", "group_who5/{}", "domain_who5-{}", "{}. Text of the question"])
def test_the_heads_that_programs_write(tmp_path, instrument, head):
    told = {head.format(name): value for name, value in answers("5", "4", "na", "pn", "").items()}
    done = read(write_export(tmp_path / "a.csv", [FULL | told]), instrument)
    assert done.columns_dropped == 0
    got = done.responses.table.iloc[0]
    assert [got[name] for name in COLUMNS] == ["5", "4", "na", "pn", ""]


def test_the_codes_of_limesurvey_and_numbers_with_decimals(tmp_path, instrument):
    told = {name.replace("_", ""): value for name, value in answers("5.0", "0.0", "3", "2", "1").items()}
    got = read(write_export(tmp_path / "a.csv", [FULL | told]), instrument).responses.table.iloc[0]
    assert [got[name] for name in COLUMNS] == ["5", "0", "3", "2", "1"]


def test_an_answer_that_is_none_refuses_the_row(tmp_path, instrument):
    path = write_export(tmp_path / "a.csv", [FULL | answers("6", "4", "3", "2", "1")])
    done = read(path, instrument)
    assert dict(done.responses.provenance.excluded) == {"answer_unreadable": 1}


@pytest.mark.parametrize("cells", [{}, answers("", "", "", "", "")])
def test_without_an_answer_there_is_no_column(asked, instrument, cells):
    gather_rows(asked, [FULL | cells], instrument=instrument)
    kept = read_feedback_table(asked.feedback / f"responses_{NAME}.csv", [])
    data = load(asked)
    assert not set(COLUMNS) & {*kept.columns, *data.for_analysis.table.columns}
    assert score_domains(data.for_analysis, data.instrument).slots == ()


def test_answers_of_someone_who_did_not_consent_to_analysis_are_not_kept(tmp_path, instrument):
    told = row(consent_analysis="no") | answers("5", "4", "3", "2", "1")
    done = read(write_export(tmp_path / "a.csv", [told]), instrument).responses
    assert len(done.table) == 1 and not set(COLUMNS) & set(done.table.columns)


def test_a_column_of_the_slot_that_the_file_lacks_is_told_and_left_empty(tmp_path, instrument):
    told = {name: value for name, value in answers("5", "4", "3", "2", "1").items() if name != "who5_3"}
    done = read(write_export(tmp_path / "a.csv", [FULL | told]), instrument)
    assert [(one.cell, one.code) for one in done.problems] == [("who5_3", "item_without_column")]
    assert [done.responses.table.iloc[0][name] for name in COLUMNS] == ["5", "4", "", "2", "1"]


def test_a_slot_that_came_later_joins_the_answers_kept_before(asked, instrument):
    gather_rows(asked, [FULL], instrument=instrument)
    gather_rows(asked, [row(person_code=OTHER) | answers("1", "1", "1", "1", "1")], instrument=instrument)
    gather_rows(asked, [row(wave="month_3")], instrument=instrument)
    table = load(asked).for_analysis.table
    assert sorted(table["who5_1"]) == ["", "", "1"]
    assert sorted(score_domains(load(asked).for_analysis, instrument).table["who5"].dropna()) == [20.0]


def test_what_is_kept_is_checked(asked, instrument):
    gather_rows(asked, [FULL | answers("5", "4", "3", "2", "1")], instrument=instrument)
    path = asked.feedback / f"responses_{NAME}.csv"
    write_feedback_table(path, read_feedback_table(path, []).assign(who5_2="6"))
    with pytest.raises(IntakeError, match="row 2, column who5_2"):
        load(asked)


def test_an_item_that_nobody_answered_stays_in_its_slot(asked, instrument):
    gather_rows(asked, [FULL | answers("5", "4", "", "2", "1")], instrument=instrument)
    assert list(load(asked).for_analysis.table[list(COLUMNS)].iloc[0]) == ["5", "4", "", "2", "1"]


def test_the_words_of_an_official_text_that_is_there(asked, instrument, monkeypatch):
    monkeypatch.chdir(asked.root)
    place = asked.root / "questionnaires" / "victim_feedback_core" / "slots" / "who5_ro.yaml"
    place.parent.mkdir()
    place.write_text(json.dumps(INVENTED, ensure_ascii=False), encoding="utf-8")
    told = dict(zip(INVENTED["items"], ["mereu", "4 des", "Uneori", "rar", "niciodata"], strict=True))
    path = write_export(asked.feedback / "raw" / "a.csv", [FULL | told])
    done = read(path, instrument).responses
    assert [done.table.iloc[0][name] for name in COLUMNS] == ["5", "4", "3", "2", "0"]
    gather_feedback(done, instrument, asked.feedback, today=TODAY)
    # (5 + 4 + 3 + 2 + 0) x 4 = 56
    assert list(score_domains(load(asked).for_analysis, instrument).table["who5"]) == [56.0]


def test_an_instrument_without_a_slot_keeps_dropping_its_columns(tmp_path):
    plain = load_as(FeedbackInstrument, small_content(), file=NAME)
    path = write_export(tmp_path / "a.csv", [FULL | answers("5", "4", "3", "2", "1")])
    done = read(path, plain)
    assert done.columns_dropped == 5
    assert list(done.responses.table.columns[: len(WAVE_COLUMNS)]) == list(WAVE_COLUMNS)
    assert not set(COLUMNS) & set(done.responses.table.columns)


def test_an_item_may_not_have_the_name_of_one_of_a_slot():
    told = content()
    told["items"][0] |= {"name": "who5_1"}
    with pytest.raises(StrategyError, match="name of one of a slot"):
        load_as(FeedbackInstrument, told, file=NAME)


def test_our_workbook_with_the_official_text(asked, instrument, monkeypatch):
    from openpyxl import load_workbook

    from evaluation.instruments.feedback.slots import SlotText
    from evaluation.instruments.feedback.workbook import make_feedback_workbook

    monkeypatch.chdir(asked.root)
    text = load_as(SlotText, INVENTED | {"name": "who5", "language": "ro"}, file="who5_ro")
    path = asked.feedback / "raw" / "registru.xlsx"
    path.parent.mkdir()
    made = make_feedback_workbook(instrument, language="ro", rows=5, slots=(text, _english(text)))
    path.write_bytes(made)
    book = load_workbook(path)
    sheet = book.worksheets[1]
    heads = {str(cell.value): (cell.row, cell.column) for line in sheet.iter_rows(max_row=6) for cell in line}
    told = FULL | answers(5, 4, 3, 2, 1)
    row_number = max(row for row, _ in (heads["person_code"], heads["who5_5"])) + 1
    for name in ("person_code", "wave", "consent_analysis", "consent_version", "safe_1", *COLUMNS):
        sheet.cell(row_number, heads[name][1], told[name])
    book.save(path)
    done = read(path, instrument)
    assert done.columns_dropped == 0
    assert [done.responses.table.iloc[0][name] for name in COLUMNS] == ["5", "4", "3", "2", "1"]


def _english(text):
    return text.model_copy(update={"language": "en"})
