"""The wording table: complete in both languages, or not loaded at all."""

import pytest

from evaluation.core.errors import WordingError
from evaluation.reporting.wording import load_wording
from tests.kit.words import NOUNS, write_wording

GOOD = {"ro": "Sunt {a}.", "en": "There are {a}."}


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ({"en": "There are."}, "informed has no text in ro"),
        ({"ro": "Sunt."}, "informed has no text in en"),
        ({"ro": "", "en": "There are."}, "informed has no text in ro"),
        ({"ro": "  ", "en": "There are."}, "informed has no text in ro"),
        ("There are.", "informed must have a text for ro"),
        ({"ro": "Jude\u0163ul.", "en": "The county."}, "informed: the Romanian text has cedilla"),
        ({"ro": "\u015ei.", "en": "And."}, "informed: the Romanian text has cedilla"),
        ({"ro": "Sunt {a}.", "en": "There are {b}."}, "informed: the two languages do not ask for the same"),
        ({"ro": "Sunt {a}.", "en": "There are."}, "informed: the two languages do not ask for the same"),
        ({"ro": "{a} și {a}.", "en": "{a} twice."}, "informed: the two languages do not ask for the same"),
        (
            {"ro": "Sunt {a|victim}.", "en": "There are {a}."},
            "informed: the two languages do not ask for the same",
        ),
    ],
)
def test_an_incomplete_text_is_refused_by_its_key(tmp_path, entry, problem):
    with pytest.raises(WordingError, match=rf"texts\.yaml: {problem}"):
        load_wording(write_wording(tmp_path, {"informed": entry}))


def test_the_same_numbers_may_stand_in_another_order(tmp_path):
    entry = {"ro": "Din {a}, {b}.", "en": "{b} of {a}."}
    words = load_wording(write_wording(tmp_path, {"informed": entry}))
    assert words.text("informed", language="en") == "{b} of {a}."


def test_lines_of_the_file_become_one_line(tmp_path):
    words = load_wording(write_wording(tmp_path, {"k": {"ro": "unu\n  doi", "en": "one two"}}))
    assert words.text("k", language="ro") == "unu doi"


def test_a_key_in_two_files_is_refused(tmp_path):
    write_wording(tmp_path, {"k": GOOD}, file="one.yaml")
    write_wording(tmp_path, {"k": GOOD}, file="two.yaml")
    with pytest.raises(WordingError, match=r"two\.yaml: the key k stands in two files"):
        load_wording(tmp_path)


def test_a_key_that_does_not_exist_is_named(tmp_path):
    words = load_wording(write_wording(tmp_path, {"k": GOOD}))
    assert words.has("k")
    assert not words.has("informed")
    with pytest.raises(WordingError, match="the key informed does not exist"):
        words.text("informed", language="ro")


@pytest.mark.parametrize(("language", "form"), [("ro", "one"), ("ro", "few"), ("ro", "other"), ("en", "one")])
def test_a_noun_without_one_of_its_forms_is_refused(tmp_path, language, form):
    lacking = {lang: dict(forms) for lang, forms in NOUNS["victim"].items()}
    del lacking[language][form]
    with pytest.raises(WordingError, match=rf"nouns\.yaml: victim lacks {language} {form}"):
        load_wording(write_wording(tmp_path, {}, nouns={"victim": lacking}))


def test_a_noun_with_old_letters_is_refused(tmp_path):
    old = {"ro": {"one": "jude\u0163", "few": "x", "other": "de x"}, "en": NOUNS["victim"]["en"]}
    with pytest.raises(WordingError, match=r"nouns\.yaml: county has cedilla letters"):
        load_wording(write_wording(tmp_path, {}, nouns={"county": old}))


@pytest.mark.parametrize(
    ("value", "ro", "en"),
    [(0, "victime", "victims"), (1, "victimă", "victim"), (19, "victime", "victims"), (20, "de victime", "victims"),
     (101, "victime", "victims"), (120, "de victime", "victims")],
)  # fmt: skip
def test_a_noun_takes_the_form_of_its_number(tmp_path, value, ro, en):
    words = load_wording(write_wording(tmp_path, {}, nouns=NOUNS))
    assert words.counted("victim", value, language="ro") == ro
    assert words.counted("victim", value, language="en") == en


def test_a_noun_that_does_not_exist_is_named(tmp_path):
    with pytest.raises(WordingError, match="the noun case does not exist"):
        load_wording(write_wording(tmp_path, {}, nouns=NOUNS)).counted("case", 2, language="ro")
