"""Forms that go out and come back: nothing is lost, every problem is told by its cell, nothing typed is quoted."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from evaluation.core.errors import JudgementError
from evaluation.judgement.comments import Comment, load_comments
from evaluation.judgement.comments_form import comments_yaml, make_comments_workbook, read_comments
from evaluation.judgement.findings import ManagementResponse
from evaluation.judgement.forms.model import load_form
from evaluation.judgement.responses import make_response_workbook, read_responses, responses_yaml
from evaluation.judgement.store import load_judgement
from evaluation.strategy.words import Text

ASSESSMENT = "interim-2026"
FOLDER = Path(__file__).resolve().parents[2] / "data_raw" / "example" / "judgement" / ASSESSMENT
SECRET = "CANARY"


@pytest.fixture(scope="module")
def judgement():
    return load_judgement(FOLDER)


@pytest.fixture
def response_form(tmp_path, judgement):
    path = tmp_path / "response.xlsx"
    path.write_bytes(make_response_workbook(ASSESSMENT, judgement.recommendations, judgement.responses))
    return path


@pytest.fixture
def comments_form(tmp_path, judgement):
    path = tmp_path / "comments.xlsx"
    path.write_bytes(make_comments_workbook(ASSESSMENT, load_comments(FOLDER, judgement), judgement))
    return path


def changed(path: Path, form: str, *cells: tuple[str, int, object]) -> Path:
    """The workbook with cells set, by field and row, as somebody would in a spreadsheet."""
    book = load_workbook(path)
    layout = load_form(form)
    for field, row, value in cells:
        book[layout.sheet.ro].cell(row, layout.place(field) + 1).value = value
    book.save(path)
    return path


def row_of(path: Path, form: str, key: str) -> int:
    page = load_workbook(path)[load_form(form).sheet.ro]
    return next(one.row for one in page["A"] if one.value == key)


def test_a_form_that_comes_back_unchanged_gives_the_same_answers(response_form, judgement):
    read = read_responses(response_form, ASSESSMENT, judgement.recommendations, judgement.responses)
    assert sorted(read, key=lambda one: one.recommendation) == list(judgement.responses)


def test_equal_answers_give_an_equal_form(judgement):
    made = [make_response_workbook(ASSESSMENT, judgement.recommendations, ()) for _nth in range(2)]
    assert made[0] == made[1]


def test_an_answer_typed_into_the_form_is_read_with_the_day_of_either_writing(response_form, judgement):
    row = row_of(response_form, "response", "R-03")
    changed(
        response_form, "response", ("accepted", row, "da / yes"), ("action.ro", row, "Lista este prezentată."),
        ("action.en", row, "The list is presented."), ("responsible", row, "ANITP"), ("deadline", row, "31.03.2027"),
        ("status", row, "în curs / under way"),
    )  # fmt: skip
    read = read_responses(response_form, ASSESSMENT, judgement.recommendations, judgement.responses)
    found = next(one for one in read if one.recommendation == "R-03")
    assert (found.accepted, found.responsible, found.deadline, found.status, found.synthetic) == (
        "yes", "ANITP", date(2027, 3, 31), "under_way", True,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("field", "value", "problem"),
    [
        ("accepted", SECRET, "not in the list"),
        ("deadline", SECRET, "not a day"),
        ("action.ro", "=1+1", "a formula"),
        ("action.en", None, "empty"),
        ("deadline", None, "needs the day"),
        ("text.ro", SECRET, "locked cell"),
        ("recommendation", "R-99", "put back R-01"),
        ("note.ro", SECRET, "missing in this language"),
        ("action.ro", f"{SECRET}\x7fa", "a control character"),
        ("action.en", f"{SECRET}\x85a", "a control character"),
        ("action.ro", f"{SECRET}\u2028a", "a control character"),
    ],
)
def test_a_wrong_cell_is_named_with_the_remedy_and_not_quoted(
    response_form, judgement, field, value, problem
):
    row = row_of(response_form, "response", "R-01")
    changed(response_form, "response", (field, row, value))
    with pytest.raises(JudgementError, match=problem) as refused:
        read_responses(response_form, ASSESSMENT, judgement.recommendations, judgement.responses)
    assert str(row) in str(refused.value) and SECRET not in str(refused.value)


def test_a_control_character_is_the_only_problem_of_its_cell(response_form, judgement):
    row = row_of(response_form, "response", "R-01")
    changed(response_form, "response", ("note.ro", row, "a"), ("note.en", row, "a\x7fb"))
    with pytest.raises(JudgementError, match=r"correct the 1 place\(s\)"):
        read_responses(response_form, ASSESSMENT, judgement.recommendations, judgement.responses)


def test_lines_and_tabs_within_a_cell_are_kept(response_form, judgement):
    row = row_of(response_form, "response", "R-01")
    changed(response_form, "response", ("action.ro", row, "Întâi:\n\tlista."))
    read = read_responses(response_form, ASSESSMENT, judgement.recommendations, judgement.responses)
    assert next(one for one in read if one.recommendation == "R-01").action.ro == "Întâi:\n\tlista."


@pytest.mark.parametrize("character", ["\x7f", "\x85"])
def test_a_text_that_the_file_cannot_keep_is_not_given_out(judgement, character):
    action = {"ro": f"{SECRET}{character}a", "en": "a"}
    bad = judgement.responses[0].model_copy(update={"action": Text.model_validate(action)})
    with pytest.raises(JudgementError, match=r"responses\.yaml: a text holds a character") as refused:
        responses_yaml([bad])
    assert SECRET not in str(refused.value)


def test_an_answer_has_the_mark_of_its_recommendation_not_of_the_form(tmp_path, judgement):
    """R-01 is real, the rest of the form is invented."""
    chosen = [
        one.model_copy(update={"synthetic": False}) if one.id == "R-01" else one
        for one in judgement.recommendations
    ]
    stored = [
        one.model_copy(update={"synthetic": False})
        for one in judgement.responses
        if one.recommendation == "R-01"
    ]
    stored += [one for one in judgement.responses if one.recommendation != "R-01"]
    path = tmp_path / "form.xlsx"
    path.write_bytes(make_response_workbook(ASSESSMENT, chosen, stored))
    read = {one.recommendation: one.synthetic for one in read_responses(path, ASSESSMENT, chosen, stored)}
    assert not read.pop("R-01") and read and all(read.values())


def test_an_answer_that_was_stored_as_invented_stays_invented(response_form, judgement):
    real = [one.model_copy(update={"synthetic": False}) for one in judgement.recommendations]
    read = read_responses(response_form, ASSESSMENT, real, judgement.responses)
    assert all(one.synthetic for one in read)


def test_a_form_older_than_the_stored_answers_is_refused(tmp_path, judgement):
    path = tmp_path / "form.xlsx"
    given = (ASSESSMENT, judgement.recommendations, judgement.responses)
    path.write_bytes(make_response_workbook(*given, stored="a" * 64))
    assert read_responses(path, *given, stored="a" * 64)
    with pytest.raises(JudgementError, match=r"form\.xlsx: the stored file changed"):
        read_responses(path, *given, stored="b" * 64)
    with pytest.raises(JudgementError, match=r"form\.xlsx: fișierul păstrat s-a schimbat"):
        read_responses(path, *given, stored="", language="ro")


def test_a_refused_recommendation_needs_no_day(response_form, judgement):
    row = row_of(response_form, "response", "R-05")
    changed(response_form, "response", ("deadline", row, None))
    read = read_responses(response_form, ASSESSMENT, judgement.recommendations, judgement.responses)
    assert next(one for one in read if one.recommendation == "R-05").deadline is None


def test_a_stored_answer_that_was_emptied_is_lost_and_refused(response_form, judgement):
    row, form = row_of(response_form, "response", "R-04"), load_form("response")
    changed(response_form, "response", *((field, row, None) for field in form.open_fields))
    with pytest.raises(JudgementError, match="stored answer to R-04 is missing"):
        read_responses(response_form, ASSESSMENT, judgement.recommendations, judgement.responses)


def test_a_line_that_was_not_written_is_refused(response_form, judgement):
    changed(response_form, "response", ("recommendation", 30, "R-30"), ("accepted", 30, "da / yes"))
    with pytest.raises(JudgementError, match="A30: a line that was not in the form"):
        read_responses(response_form, ASSESSMENT, judgement.recommendations)


def test_a_form_of_another_assessment_is_refused(response_form, judgement):
    with pytest.raises(JudgementError, match="belongs to another assessment, interim-2026"):
        read_responses(response_form, "final-2028", judgement.recommendations)


def test_a_recommendation_that_is_no_longer_in_force_is_refused(response_form, judgement):
    left = [one for one in judgement.recommendations if one.id != "R-01"]
    with pytest.raises(JudgementError, match="R-01 is not an accepted recommendation"):
        read_responses(response_form, ASSESSMENT, left)


def test_an_answer_to_a_recommendation_out_of_force_stays_in_the_file(tmp_path, judgement):
    path = tmp_path / "form.xlsx"
    left = [one for one in judgement.recommendations if one.id != "R-01"]
    path.write_bytes(make_response_workbook(ASSESSMENT, left, judgement.responses))
    read = read_responses(path, ASSESSMENT, left, judgement.responses)
    assert "R-01" in [one.recommendation for one in read]


def test_problems_are_told_in_romanian_too(response_form, judgement):
    changed(response_form, "response", ("accepted", row_of(response_form, "response", "R-01"), "poate"))
    with pytest.raises(JudgementError, match="valoarea nu este în listă"):
        read_responses(response_form, ASSESSMENT, judgement.recommendations, language="ro")


def test_the_file_of_answers_is_read_by_the_judgement(tmp_path, judgement):
    for name in ("findings", "conclusions", "recommendations", "declarations"):
        (tmp_path / f"{name}.yaml").write_bytes((FOLDER / f"{name}.yaml").read_bytes())
    (tmp_path / "responses.yaml").write_text(responses_yaml(judgement.responses), encoding="utf-8")
    assert load_judgement(tmp_path).responses == judgement.responses


def test_a_file_that_is_no_workbook_is_refused(tmp_path, judgement):
    path = tmp_path / "form.xlsx"
    path.write_text("text", encoding="utf-8")
    with pytest.raises(JudgementError, match="not a workbook"):
        read_responses(path, ASSESSMENT, judgement.recommendations)


def test_an_archive_that_is_no_workbook_is_refused_in_the_language_in_use(tmp_path, judgement):
    path = tmp_path / "form.xlsx"
    with ZipFile(path, "w") as archive:
        archive.writestr("a.txt", SECRET)
    with pytest.raises(JudgementError, match=r"form\.xlsx: deteriorat \(KeyError\)"):
        read_responses(path, ASSESSMENT, judgement.recommendations, language="ro")


def test_the_form_of_comments_is_not_taken_for_the_response(comments_form, judgement):
    with pytest.raises(JudgementError, match="sheet Răspuns is missing"):
        read_responses(comments_form, ASSESSMENT, judgement.recommendations)


def test_a_real_answer_has_no_mark():
    one = ManagementResponse.model_validate(
        {
            "recommendation": "R-01",
            "accepted": "no",
            "action": {"ro": "Nimic", "en": "Nothing"},
            "responsible": "ANITP",
            "status": "dropped",
        }
    )
    assert "SINTETICE" not in responses_yaml([one]) and "synthetic" not in responses_yaml([one])


def test_the_example_has_a_comment_with_a_change_one_without_and_one_unanswered(judgement):
    answers = [one.answer.changed if one.answer else "" for one in load_comments(FOLDER, judgement)]
    assert answers == ["partly", "no", ""]


def test_comments_come_back_as_they_went_and_their_file_is_read_again(tmp_path, comments_form, judgement):
    known = load_comments(FOLDER, judgement)
    read = read_comments(comments_form, ASSESSMENT, judgement, known, invented=True)
    (tmp_path / "comments.yaml").write_text(comments_yaml(read), encoding="utf-8")
    assert read == known == load_comments(tmp_path, judgement)


@pytest.mark.parametrize(
    ("place", "invented", "mark"),
    [("progress", True, True), ("progress", False, False), ("F-01", False, False), ("F-04", False, True)],
)
def test_a_new_comment_has_the_mark_of_what_it_is_about(comments_form, judgement, place, invented, mark):
    """F-01 is real here, F-04 and the stored comments are invented."""
    mixed = replace(
        judgement,
        findings=tuple(
            one.model_copy(update={"synthetic": False}) if one.id == "F-01" else one
            for one in judgement.findings
        ),
    )
    changed(
        comments_form, "comments", ("place", 6, place), ("text.ro", 6, "Tabelul este greu de citit."),
        ("text.en", 6, "The table is hard to read."), ("by", 6, "ANITP"), ("on", 6, date(2027, 3, 1)),
    )  # fmt: skip
    known = load_comments(FOLDER, judgement)
    read = read_comments(comments_form, ASSESSMENT, mixed, known, invented=invented)
    assert [one.synthetic for one in read] == [True, True, True, mark]


def test_a_form_older_than_the_stored_comments_is_refused(tmp_path, judgement):
    path, known = tmp_path / "form.xlsx", load_comments(FOLDER, judgement)
    path.write_bytes(make_comments_workbook(ASSESSMENT, known, judgement, stored="a" * 64))
    assert read_comments(path, ASSESSMENT, judgement, known, invented=True, stored="a" * 64) == known
    with pytest.raises(JudgementError, match="the stored file changed"):
        read_comments(path, ASSESSMENT, judgement, known, invented=True, stored="b" * 64)


def test_a_new_comment_gets_the_next_code(comments_form, judgement):
    changed(
        comments_form, "comments", ("place", 6, "progress"), ("text.ro", 6, "Tabelul este greu de citit."),
        ("text.en", 6, "The table is hard to read."), ("by", 6, "ANITP"), ("on", 6, date(2027, 3, 1)),
    )  # fmt: skip
    read = read_comments(
        comments_form, ASSESSMENT, judgement, load_comments(FOLDER, judgement), invented=True
    )
    assert (read[-1].id, read[-1].place, read[-1].on) == ("AC-04", "progress", date(2027, 3, 1))


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        ([("answer.text.ro", None)], "answer is incomplete"),
        ([("answer.what.en", None)], "write what was changed"),
        ([("answer.on", "2027-02-01")], "older than the comment"),
        ([("place", SECRET)], "not in the list"),
    ],
)
def test_an_answer_is_whole(comments_form, judgement, cells, problem):
    row = row_of(comments_form, "comments", "AC-01")
    changed(comments_form, "comments", *((field, row, value) for field, value in cells))
    with pytest.raises(JudgementError, match=problem) as refused:
        read_comments(comments_form, ASSESSMENT, judgement, invented=True)
    assert SECRET not in str(refused.value)


def test_a_stored_comment_that_was_emptied_is_refused(comments_form, judgement):
    row, form = row_of(comments_form, "comments", "AC-03"), load_form("comments")
    changed(comments_form, "comments", *((field, row, None) for field in form.open_fields))
    with pytest.raises(JudgementError, match="AC-03 is missing"):
        read_comments(comments_form, ASSESSMENT, judgement, load_comments(FOLDER, judgement), invented=True)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("place: F-04", "place: F-99", "no chapter"),
        ("by: MF", "by: NOBODY", "not in the registry"),
        ('answered_by: "evaluator fictiv"', 'answered_by: "altcineva"', "no declaration"),
        ("    synthetic: true\n    place: F-04", "    place: F-04", "has no mark"),
        ("id: AC-02", "id: AC-01", "given twice"),
    ],
)
def test_comments_are_checked_against_the_judgement(tmp_path, judgement, old, new, problem):
    text = (FOLDER / "comments.yaml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "comments.yaml").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(JudgementError, match=problem):
        load_comments(tmp_path, judgement)


def test_where_nobody_commented_there_are_no_comments(tmp_path, judgement):
    assert load_comments(tmp_path, judgement) == ()


def test_a_change_without_what_was_changed_is_no_answer():
    with pytest.raises(ValueError, match="say what was changed"):
        Comment.model_validate(
            {
                "id": "AC-01", "assessment": ASSESSMENT, "place": "progress", "by": "ANITP", "on": "2027-01-01",
                "text": {"ro": "a", "en": "a"},
                "answer": {"text": {"ro": "b", "en": "b"}, "changed": "yes", "answered_by": "x", "on": "2027-01-02"},
            }
        )  # fmt: skip
