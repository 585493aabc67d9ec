"""Numbers read back from print, and answers stored once."""

from datetime import date

import pytest

from evaluation.audit.answers import Answers, add_answer, load_answers, save_answers
from evaluation.audit.catalogue import load_catalogue, load_words
from evaluation.audit.languages import _foreign
from evaluation.audit.outcome import State
from evaluation.audit.readings import explains
from evaluation.audit.run import FUNCTIONS, judge_check
from evaluation.audit.word_reader import bookmark_of
from evaluation.core.errors import AuditError

ENTRY = {"value": 0.675, "ci_low": 0.5, "ci_high": 0.8, "n": 40.0, "status": "ok"}


@pytest.mark.parametrize(
    ("text", "language", "right"),
    [
        ("67,5%", "ro", True),
        ("67.5%", "en", True),
        ("68%", "en", True),
        ("67,4%", "ro", False),
        ("27 din 40", "ro", True),
        ("28 din 40", "ro", False),
        ("50,0%–80,0%", "ro", True),
        ("50,0%–81,0%", "ro", False),
        ("0.68", "en", True),
        ("0.69", "en", False),
        ("ascuns", "ro", False),
    ],
)
def test_a_printed_number_is_the_entry_or_not(text, language, right):
    assert explains(ENTRY, text, language) is right


@pytest.mark.parametrize(("text", "right"), [("12,3 mil.", True), ("12,4 mil.", False), ("12.345.678", True)])
def test_millions_are_read_as_such(text, right):
    entry = {**ENTRY, "value": 12345678.0, "ci_low": None, "ci_high": None, "n": None}
    assert explains(entry, text, "ro") is right


def test_a_hidden_entry_explains_no_number():
    assert not explains({**ENTRY, "status": "suppressed", "value": None}, "7", "ro")
    assert explains({**ENTRY, "status": "suppressed", "value": None}, "ascuns (confidențial)", "ro")


def test_a_long_anchor_has_the_bookmark_that_word_gives_it():
    # printf %s R-monitoring_deliverable_counts.1.estimate | sha1sum, first digit replaced by X
    assert (
        bookmark_of("R-monitoring_deliverable_counts.1.estimate")
        == "X2e9d19e88190c5daa0140d4f1c15eb9b394516f"
    )
    assert bookmark_of("R-plan_size.1.estimate") == "R-plan_size.1.estimate"


def test_a_sentence_in_the_other_language_is_noticed_and_a_quotation_is_not_counted_as_one():
    assert _foreign("small, or needed to keep a small figure from being worked out and shown", "ro")
    assert not _foreign("mic sau necesar ca o cifră mică să nu poată fi dedusă din celelalte", "ro")
    assert not _foreign("the reports of the agency", "ro")


def test_every_check_has_a_function_words_and_a_question_where_a_person_is_asked():
    checks = load_catalogue().checks
    assert len(checks) == 38
    assert {one.id for one in checks} == set(FUNCTIONS)
    assert {one.id for one in checks if one.asked} == {"S08", "P01", "F05", "G01"}
    assert all(one.question is not None for one in checks if one.asked)
    assert {one.group for one in checks} == set(load_catalogue().groups)
    assert set(load_words().states) == {one.value for one in State}


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ("yes", State.MET),
        ("no", State.NOT_MET),
        ("not_applicable", State.NOT_APPLICABLE),
        ("", State.TO_BE_ASKED),
    ],
)
def test_an_asked_check_counts_only_with_an_answer(small_run, answer, state):
    given = Answers(report="r")
    if answer:
        given = add_answer(given, "G01", answer, name="A. B.", day=date(2027, 1, 2))
    outcome = judge_check(small_run(), load_catalogue().check("G01"), given)
    assert (outcome.state, outcome.name) == (state, "A. B." if answer else "")


def test_no_answer_helps_where_the_machine_objects(small_run):
    given = add_answer(Answers(report="r"), "S08", "yes", name="A. B.", day=date(2027, 1, 2))
    outcome = judge_check(small_run("<h2>Findings</h2>", ""), load_catalogue().check("S08"), given)
    assert outcome.state is State.NOT_MET


def test_answers_come_back_as_stored_and_only_for_their_report(tmp_path):
    path = tmp_path / "answers.yaml"
    given = add_answer(Answers(report="r"), "P01", "yes", name="A. B.", day=date(2027, 1, 2), note="citit")
    save_answers(given, path)
    assert load_answers(path, report="r") == given
    with pytest.raises(AuditError, match="for another report"):
        load_answers(path, report="s")


@pytest.mark.parametrize(("check", "answer"), [("S01", "yes"), ("P01", "maybe")])
def test_an_answer_nobody_asked_for_or_of_no_kind_is_refused(tmp_path, check, answer):
    path = tmp_path / "answers.yaml"
    save_answers(add_answer(Answers(report="r"), check, answer, name="A.", day=date(2027, 1, 2)), path)
    with pytest.raises(AuditError, match=check):
        load_answers(path, report="r")
