"""Sessions that stand out: each rule on hand-made sheets that meet it exactly, and on sheets that just miss it."""

import pandas as pd
import pytest

from evaluation.analysis.training.checks import session_row
from evaluation.analysis.training.odd_sessions import find_odd_sessions
from evaluation.analysis.training.scores import Scored

ITEMS = [f"i{place}" for place in range(10)]


def sheets(session, occasion, *letters, form="A", links=True):
    """One sheet a string of ten letters; the key is ten times the letter a."""
    return [
        {"session": session, "sheet": str(place), "occasion": occasion, "form": form,
         "link": f"{session}-{place}" if links else "", **dict(zip(ITEMS, given, strict=True))}
        for place, given in enumerate(letters)
    ]  # fmt: skip


def odd(*groups):
    table = pd.DataFrame([row for group in groups for row in group])
    right = (table[ITEMS] == "a").astype(float)
    people = table[["session", "sheet", "occasion", "form", "link"]].assign(
        answered=10, of=10, score=right.mean(axis=1)
    )
    found = find_odd_sessions(Scored(people, right, {}), table)
    return [(session, flag, round(size, 9), n) for session, flag, size, n in found]


def mixed(number, right=5):
    """Sheets with so many right answers and wrong ones that nobody shares."""
    wrong = 10 - right
    return [
        "a" * right + "".join("bcd"[person // 3**place % 3] for place in range(wrong))
        for person in range(number)
    ]


ORDINARY = [sheets(f"S{place}", "post", *mixed(8, right=5 + place % 3)) for place in range(8)]


def test_ordinary_sessions_are_not_odd():
    assert odd(*ORDINARY) == []


def test_a_session_far_above_the_others_and_near_the_top_is_outlying():
    # means 0.5, 0.6, 0.7 in turn; median 0.6, MAD 0.1, limit 0.6 + 3.5 x 0.14826 = 1.12 : nothing passes it
    assert odd(*ORDINARY, sheets("T", "post", *["a" * 10] * 8)) == []
    # all others at 0.5: MAD 0, so that a mean of 0.9 is outlying and one of 0.8 is not near the top
    flat = [sheets(f"S{place}", "post", *mixed(8)) for place in range(8)]
    assert odd(*flat, sheets("T", "post", *mixed(8, right=8))) == []
    assert odd(*flat, sheets("T", "post", *["aaaaaaaaab"] * 8)) == [("T", "outlying_session", 0.9, 8)]


def test_seven_sessions_are_too_few_to_tell_an_outlying_one():
    flat = [sheets(f"S{place}", "post", *mixed(8)) for place in range(6)]
    assert odd(*flat, sheets("T", "post", *["aaaaaaaaab"] * 8)) == []


def test_a_session_that_knew_nearly_all_beforehand_is_at_the_ceiling_and_not_taught():
    flat = [sheets(f"S{place}", "post", *mixed(8)) for place in range(8)]
    known = [
        sheets("T", occasion, *["aaaaaaaaab"] * 8, form=form)
        for occasion, form in (("pre", "A"), ("post", "B"))
    ]
    assert odd(*flat, *known) == [("T", "ceiling_session", 0.9, 8)]


@pytest.mark.parametrize(
    ("same", "others", "found"),
    [
        (4, 12, [("T", "copied_sheets", 0.25, 16)]),
        (4, 13, []),  # under a quarter
        (3, 5, []),  # fewer than four
    ],
)
def test_equal_wrong_answers_are_copied_sheets(same, others, found):
    assert odd(sheets("T", "post", *["aaaaaaabcd"] * same, *mixed(others))) == found


def test_equal_sheets_with_two_wrong_answers_are_no_sign_of_copying():
    assert odd(sheets("T", "post", *["aaaaaaaabc"] * 8)) == []


def test_equal_letters_on_different_forms_are_no_sign_of_copying():
    two, others = ["aaaaaaabcd", "aaaaaaadcb"], sheets("T", "post", *mixed(8))
    assert odd(sheets("T", "post", *two), sheets("T", "post", *two, form="B"), others) == []
    assert odd(*[sheets("T", "post", *two)] * 2, others) == [("T", "copied_sheets", 0.333333333, 12)]


def test_the_same_form_before_and_after_is_named_from_eight_pairs_on():
    before, after = mixed(8, right=4), mixed(8, right=5)
    twice = [sheets("T", "pre", *before), sheets("T", "post", *after)]
    assert odd(*twice) == [("T", "same_form", 1.0, 8)]
    assert odd(*(group[:7] for group in twice)) == []
    swapped = [sheets("T", "pre", *before), sheets("T", "post", *after, form="B")]
    assert odd(*swapped) == []


def test_of_fewer_than_ten_sheets_the_flag_stands_without_its_size():
    flat = [sheets(f"S{place}", "post", *mixed(8)) for place in range(8)]
    small, large = ([("T", "outlying_session", 0.9, n)] for n in (8, 10))
    assert odd(*flat, sheets("T", "post", *["aaaaaaaaab"] * 8)) == small
    assert odd(*flat, sheets("T", "post", *["aaaaaaaaab"] * 10)) == large
    assert session_row("T", "outlying_session", 0.9, 8)["status"] == "too_few"
    assert session_row("T", "outlying_session", 0.9, 10)["estimate"] == 0.9
