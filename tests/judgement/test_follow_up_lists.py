"""The follow-up as tables: every recommendation in force is there, an unanswered one says so."""

from datetime import date

import pytest

from evaluation.core.project import find_project
from evaluation.judgement.follow_up_lists import count_follow_up, list_follow_up
from evaluation.judgement.recommendations import follow_up
from evaluation.judgement.store import read_judgement


@pytest.fixture(scope="module")
def followed():
    written = read_judgement(find_project().judgement / "interim-2026")
    return follow_up(written.recommendations, written.responses, on=date(2028, 12, 31))


def test_the_outcomes_of_the_example_are_counted_with_zeros(followed):
    counted = count_follow_up(followed, sources=(), synthetic=True).table.set_index("measure")["estimate"]
    assert counted.to_dict() == {
        "recommendations": 6, "answered": 4, "done": 1, "under_way": 0, "not_due": 0, "overdue": 2, "dropped": 0,
        "refused": 1, "unanswered": 2,
    }  # fmt: skip


def test_a_recommendation_without_an_answer_says_so(followed):
    texts = list_follow_up(followed, sources=(), synthetic=True).texts.set_index("id")
    assert list(texts.index) == ["R-01", "R-02", "R-03", "R-04", "R-05", "R-06"]
    assert texts.loc["R-03", ["outcome.ro", "accepted.ro", "due.ro", "action.ro"]].tolist() == [
        "fără răspuns", "–", "–", "niciun răspuns primit",
    ]  # fmt: skip


def test_an_answer_is_printed_with_its_note_and_the_deadline_that_it_accepted(followed):
    row = list_follow_up(followed, sources=(), synthetic=True).texts.set_index("id").loc["R-04"]
    assert (row["deadline.en"], row["due.en"], row["outcome.en"]) == (
        "30 September 2027",
        "30 June 2028",
        "overdue",
    )
    assert row["action.en"].endswith("The trial on a small group did not take place.")


def test_a_refusal_sets_no_deadline(followed):
    row = list_follow_up(followed, sources=(), synthetic=True).texts.set_index("id").loc["R-05"]
    assert (row["accepted.ro"], row["due.ro"], row["outcome.ro"]) == ("nu", "–", "neacceptată")
