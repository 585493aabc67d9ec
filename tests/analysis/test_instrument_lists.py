"""The annex on instruments counts items, tells what they are for, and gives away no test item and no key."""

import pytest

from evaluation.analysis import instrument_lists
from evaluation.disclosure.policy import load_policies
from evaluation.disclosure.release import release
from evaluation.instruments.catalogue import load_catalogue
from evaluation.instruments.model import ItemKind


@pytest.fixture(scope="module")
def catalogue():
    return load_catalogue()


def told(*results):
    return "\n".join(text for one in results for text in one.texts.astype(str).to_numpy().ravel())


def test_there_are_thirteen_training_and_seven_feedback_questionnaires(catalogue):
    result = instrument_lists.count_instruments(catalogue)
    assert result.table["group"].value_counts().to_dict() == {"training": 13, "feedback": 7}


def test_of_a_form_the_pairing_code_is_not_counted(catalogue):
    # 12 closed items, 1 open, 2 opinions; 25 items of the adult feedback instrument, as in items.yaml
    table = instrument_lists.count_instruments(catalogue).table.set_index("measure")["estimate"]
    assert (table["training_teachers"], table["victim_feedback_adult"]) == (15, 25)


def test_the_topics_of_a_questionnaire_hold_all_its_closed_items(catalogue):
    # 4 common items and 8 pairs: 20 closed items
    table = instrument_lists.count_topics(catalogue).table.groupby("group")["estimate"].sum()
    assert set(table) == {20.0} and len(table) == 13


def test_no_closed_item_choice_or_wrong_answer_of_a_test_is_told(catalogue):
    words = told(
        instrument_lists.count_instruments(catalogue),
        instrument_lists.count_topics(catalogue),
        instrument_lists.list_open_questions(catalogue),
        instrument_lists.list_items(catalogue),
    )
    for one in catalogue.training:
        for item in one.of_kind(ItemKind.CLOSED):
            assert item.label.ro not in words and item.label.en not in words
            assert not any(choice.ro in words for choice in item.choices.values() if len(choice.ro) > 25)


def test_every_feedback_item_is_told_with_its_answers(catalogue):
    texts = instrument_lists.list_items(catalogue).texts.set_index("item")
    assert len(texts) == sum(len(one.items) for one in catalogue.feedback)
    reversed_item = texts[texts["instrument"] == "victim_feedback_adult"].loc["saf_3", "answers.en"]
    assert reversed_item == "scale from “Strongly disagree” to “Strongly agree”; agreement is unfavourable"


def test_the_gate_keeps_what_comes_from_questionnaires_only(catalogue):
    policy = load_policies()["published_source"]
    released = release(instrument_lists.list_open_questions(catalogue), policy)
    assert len(released.texts) == 13
