"""The codebook of open answers: every open question of the adult questionnaire, no code twice, no code that is a column."""

import pytest

from evaluation.core.errors import InstrumentError
from evaluation.instruments.feedback.codebook import load_codebook
from evaluation.instruments.feedback.load import load_feedback
from evaluation.instruments.feedback.model import FeedbackKind

CODE = "{{code: {code}, label: {{ro: x, en: y}}, includes: {{ro: x, en: y}}, example: {{ro: x, en: y}}}}"


def write(folder, *codes):
    home = folder / "q"
    home.mkdir()
    lines = "\n".join(f"  - {CODE.format(code=code)}" for code in codes)
    (home / "codebook.yaml").write_text(f"open_1:\n{lines}\n", encoding="utf-8")
    return folder


def test_every_open_question_of_the_adult_questionnaire_has_codes():
    open_items = {one.name for one in load_feedback("victim_feedback_adult").of_kind(FeedbackKind.OPEN)}
    assert set(load_codebook("victim_feedback_adult")) == open_items


def test_codes_come_in_the_order_of_the_file(tmp_path):
    assert [one.code for one in load_codebook("q", write(tmp_path, "b", "a"))["open_1"]] == ["b", "a"]


def test_without_a_file_there_are_none(tmp_path):
    assert load_codebook("q", tmp_path) == {}


@pytest.mark.parametrize(("codes", "problem"), [(("a", "a"), "twice"), (("person",), "name of a column")])
def test_a_code_twice_or_with_the_name_of_a_column_is_refused(tmp_path, codes, problem):
    with pytest.raises(InstrumentError, match=problem):
        load_codebook("q", write(tmp_path, *codes))
