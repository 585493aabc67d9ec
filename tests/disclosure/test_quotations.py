"""Words of people at the gate: how many, whose, and which never."""

import dataclasses

import pandas as pd
import pytest

from evaluation.core.errors import DisclosureError
from evaluation.core.microdata import ForQuotation
from evaluation.core.provenance import Provenance
from evaluation.disclosure.policy import load_policies
from evaluation.disclosure.quotations import MOST, release_quotations

POLICY = load_policies()["victim_feedback"]
QUESTIONS = {
    "helped": ("Ce a ajutat?", "What helped?"),
    "change": ("Ce trebuie schimbat?", "What should change?"),
}


def quotes(*rows):
    """Person, question, text; at least ten people are there unless fewer rows are given on purpose."""
    table = pd.DataFrame([(person, "month_6", item, "ro", text) for person, item, text in rows])
    table.columns = ["person", "wave", "item", "language", "text"]
    return ForQuotation("x", "1.0", table, Provenance((), "test", len(rows), len(rows)))


def crowd(number=12, item="helped"):
    return [(f"p{one}", item, f"răspunsul cu numărul {'abcdefghijklmnop'[one]}") for one in range(number)]


def printed(*rows):
    texts = release_quotations(quotes(*rows), QUESTIONS, POLICY).texts
    return [one.strip("„”") for one in texts["quote.ro"]]


def test_under_the_threshold_of_people_nothing_is_quoted():
    assert printed(*crowd(9)) == []
    released = release_quotations(quotes(*crowd(9)), QUESTIONS, POLICY)
    assert [one.action for one in released.decisions] == ["suppress"]
    assert len(printed(*crowd(10))) == MOST


def test_nobody_is_quoted_twice():
    both = [(person, "change", f"schimbarea cu numărul {text[-1]}") for person, _, text in crowd(11)]
    released = release_quotations(quotes(*crowd(11), *both), QUESTIONS, POLICY)
    said = [one.strip("„”") for one in released.texts["quote.ro"]]
    assert len(said) == 2 * MOST
    letters = [one[-1] for one in said]  # a letter is a person
    assert len(set(letters)) == len(letters)


@pytest.mark.parametrize(
    "text",
    [
        "m-a ajutat [removed] de la adăpost",
        "sunați la 0722 123 456 oricând",
        "scrieți la ana@firma.ro acum",
        "da, bine",
        "x" * 301,
    ],
    ids=["taken out", "telephone", "address", "too short", "too long"],
)
def test_what_may_not_be_printed_is_left_out(text):
    alone = [("p99", "change", text)]
    released = release_quotations(quotes(*crowd(12), *alone), QUESTIONS, POLICY)
    assert list(released.texts["question.en"].unique()) == ["What helped?"]


def test_equal_words_of_several_people_are_printed_once():
    same = [(f"p{one}", "helped", "un loc unde să stau") for one in range(12)]
    assert printed(*same) == ["un loc unde să stau"]


def test_the_choice_depends_on_the_words_and_not_on_who_said_them():
    swapped = [(f"q{11 - place}", item, text) for place, (_, item, text) in enumerate(crowd())]
    assert set(printed(*crowd())) == set(printed(*reversed(swapped)))


def test_neither_person_nor_wave_nor_group_is_in_what_is_released():
    released = release_quotations(quotes(*crowd()), QUESTIONS, POLICY)
    assert set(released.texts.columns) == {"question.ro", "question.en", "quote.ro", "quote.en", "language"}
    assert not any(f"p{one}" in released.texts.to_csv() for one in range(10, 12))


def test_words_are_not_released_under_another_kind_of_policy():
    with pytest.raises(DisclosureError, match="protecting policy only"):
        release_quotations(quotes(*crowd()), QUESTIONS, dataclasses.replace(POLICY, kind="activity"))
