"""LimeSurvey's survey structure, read back as LimeSurvey reads it: row by row, questions under groups, answers under questions."""

import csv
import re
from io import StringIO

import pytest

from evaluation.instruments.limesurvey import CODE, COLUMNS, limesurvey_rows, question_code, write_limesurvey
from evaluation.instruments.model import Instrument, ItemKind
from evaluation.strategy.words import load_as
from tests.kit.instruments import sample_content

LANGUAGES = ("ro", "en")


def read(path):
    text = path.read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline=""), dialect="excel-tab"))


def structure(rows, language):
    """Groups, questions and answers of a language, nested by proximity."""
    groups = []
    for row in (one for one in rows if one["language"] == language):
        if row["class"] == "G":
            groups.append((row, []))
        elif row["class"] == "Q":
            groups[-1][1].append((row, []))
        elif row["class"] == "A":
            groups[-1][1][-1][1].append(row)
    return groups


def questions(rows, language="ro"):
    return {
        row["name"]: (row, answers) for _group, those in structure(rows, language) for row, answers in those
    }


@pytest.fixture
def rows(sample, tmp_path):
    return read(write_limesurvey(sample, "A", tmp_path / "sample.txt"))


def test_the_columns_are_those_of_the_format(rows):
    assert tuple(rows[0]) == COLUMNS
    assert {"class", "type/scale", "name", "relevance", "text", "help", "language", "validation"} <= set(
        COLUMNS
    )


def test_the_file_is_utf_8_with_a_byte_order_mark(sample, tmp_path):
    content = write_limesurvey(sample, "A", tmp_path / "sample.txt").read_bytes()
    assert content[:3] == b"\xef\xbb\xbf" and "Numărul fraților și surorilor" in content.decode("utf-8-sig")


def test_settings_come_first_then_one_language_after_the_other(rows):
    order = [(row["class"], row["language"]) for row in rows]
    kinds = [one for place, one in enumerate(order) if place == 0 or order[place - 1][0] != one[0]]
    assert [kind for kind, _language in kinds[:2]] == ["S", "SL"]
    body = [row["language"] for row in rows if row["class"] in "GQA"]
    assert body == sorted(body, reverse=True)  # all of ro, then all of en


def test_both_languages_have_the_same_structure(shipped_or_sample):
    rows = limesurvey_rows(shipped_or_sample, "B")
    bare = {
        language: [
            {
                name: cell
                for name, cell in row.items()
                if name not in ("text", "help", "language", "em_validation_q_tip")
            }
            | ({"name": ""} if row["class"] == "G" else {})
            for row in rows
            if row["class"] in "GQA" and row["language"] == language
        ]
        for language in LANGUAGES
    }
    assert bare["ro"] == bare["en"]


def test_no_text_is_empty_in_a_language(shipped_or_sample):
    rows = limesurvey_rows(shipped_or_sample, "A")
    assert [row for row in rows if row["class"] in ("Q", "A", "SL") and not row["text"]] == []


def test_the_survey_is_romanian_with_english_and_keeps_nothing_about_the_computer(rows):
    settings = {row["name"]: row["text"] for row in rows if row["class"] == "S"}
    assert (settings["language"], settings["additional_languages"]) == ("ro", "en")
    assert settings["anonymized"] == "Y"
    assert {settings[name] for name in ("datestamp", "ipaddr", "refurl", "savetimings")} == {"N"}


def test_a_form_asks_its_items_in_order(shipped_or_sample):
    names = {question_code(one.name): one.name for one in shipped_or_sample.items}
    for form in ("A", "B"):
        asked = [name for name in questions(limesurvey_rows(shipped_or_sample, form)) if name in names]
        assert tuple(names[one] for one in asked) == getattr(shipped_or_sample.forms, form)


def test_codes_are_those_that_limesurvey_takes(shipped_or_sample):
    asked = questions(limesurvey_rows(shipped_or_sample, "A"))
    assert [name for name in asked if not CODE.fullmatch(name)] == []
    answers = [one["name"] for _row, those in asked.values() for one in those]
    assert [name for name in answers if len(name) > 5] == []


@pytest.mark.parametrize(
    ("name", "kind", "shuffled"),
    [("suma1", "L", "1"), ("reactclear", "L", ""), ("opensigns", "T", ""), ("pairmonth", "S", "")],
)
def test_kinds_of_questions(rows, name, kind, shuffled):
    row, _answers = questions(rows)[name]
    assert (row["type/scale"], row["random_order"], row["mandatory"]) == (kind, shuffled, "N")


def test_choices_are_answers_under_their_question(rows):
    """1 + 2 = 3, and the right letter of the first item is a."""
    _row, answers = questions(rows, "en")["suma1"]
    assert [(one["name"], one["text"]) for one in answers] == [
        ("a", "Three."), ("b", "Four."), ("c", "Five."), ("d", "Six."),
    ]  # fmt: skip


def test_opinions_are_asked_only_after_the_session(rows, sample):
    asked = questions(rows)
    after = {name for name, (row, _answers) in asked.items() if row["relevance"] != "1"}
    assert after == {question_code(one.name) for one in sample.of_kind(ItemKind.REACTION)}
    assert {asked[name][0]["relevance"] for name in after} == {'occasion.NAOK == "post"'}


def test_occasion_and_session_must_be_given_and_the_form_is_a_hidden_constant(rows):
    asked = questions(rows)
    assert [name for name, (row, _answers) in asked.items() if row["mandatory"] == "Y"] == [
        "occasion",
        "session",
    ]
    form = asked["form"][0]
    assert (form["type/scale"], form["hidden"], form["text"]) == ("*", "1", "A")


def test_a_box_of_the_code_is_checked(rows):
    pattern = questions(rows)["pairmonth"][0]["validation"]
    inner = re.fullmatch(r"/(.*)/u", pattern).group(1)
    assert [one for one in ("0", "1", "12", "13") if re.fullmatch(inner, one)] == ["1", "12"]


def test_texts_are_html_and_may_hold_quotes(tmp_path):
    content = sample_content()
    content["items"][0]["label"]["ro"] = 'Ce înseamnă "a < b" și „da”?'
    instrument = load_as(Instrument, content, file="test")
    row, _answers = questions(read(write_limesurvey(instrument, "A", tmp_path / "form.txt")))["suma1"]
    assert row["text"] == '2. Ce înseamnă "a &lt; b" și „da”?'


def test_two_runs_give_equal_bytes_and_forms_have_numbers_of_their_own(sample, tmp_path):
    files = [write_limesurvey(sample, form, tmp_path / f"{n}.txt") for n, form in enumerate("AAB")]
    assert files[0].read_bytes() == files[1].read_bytes()
    numbers = [next(row["text"] for row in read(one) if row["name"] == "sid") for one in files]
    assert numbers[0] == numbers[1] != numbers[2] and len(numbers[0]) == 6


def test_nothing_of_the_key_is_in_the_survey(sample):
    told = {cell for row in limesurvey_rows(sample, "A") for cell in row.values()}
    assert not told & {text.ro for key in sample.keys for text in (key.measures, *key.distractors.values())}
    assert not {row["relevance"] for row in limesurvey_rows(sample, "A") if row["class"] == "A"} - {"0"}
