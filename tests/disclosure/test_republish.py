"""Two successive reports: after a withdrawal, what is printed beside the earlier report does not show the person."""

import itertools

import numpy as np
import pytest

from evaluation.core.errors import DisclosureError
from evaluation.core.status import Status
from evaluation.disclosure.ledger import ReleaseLedger
from evaluation.disclosure.release import release
from evaluation.disclosure.republish import HELD_BACK, release_again

from .cases import STANDARD, counts, shares

EMPTY = ReleaseLedger()


def published(result):
    return EMPTY.add(release(result, STANDARD))


def people(answers, digest):
    """Yes of all, by sex: a share a group, as the chapter prints them."""
    rows = [("", "all", sum(yes for _, yes in answers), len(answers))]
    for sex in ("female", "male"):
        mine = [yes for one, yes in answers if one == sex]
        rows.append(("sex", sex, sum(mine), len(mine)))
    return shares(*rows, digest=digest)


def test_nothing_is_held_back_the_first_time_or_on_the_same_data():
    first = counts(("sex", "all", 50))
    assert release_again(first, STANDARD, EMPTY).table["estimate"].tolist() == [50]
    assert release_again(first, STANDARD, published(first)).table["estimate"].tolist() == [50]


def test_after_one_withdrawal_the_table_has_no_number_and_says_why():
    ledger = published(counts(("sex", "all", 50), digest="before"))
    again = release_again(counts(("sex", "all", 49), digest="after"), STANDARD, ledger)
    assert again.table["status"].tolist() == [Status.SUPPRESSED.value]
    assert again.table[["n", "numerator", "denominator", "estimate"]].isna().all(axis=None)
    assert [(one.action, one.reason) for one in again.decisions] == [("hold_back", HELD_BACK)]
    assert (again.provenance.rows_in, again.provenance.rows_used) == (0, 0)


def test_once_enough_people_have_left_it_is_printed_again():
    ledger = published(counts(("sex", "all", 50), digest="before"))
    assert release_again(counts(("sex", "all", 40), digest="after"), STANDARD, ledger).table[
        "estimate"
    ].tolist() == [40]


def test_a_contradiction_on_the_same_data_stops_the_build():
    ledger = published(counts(("sex", "all", 50)))
    with pytest.raises(DisclosureError, match="differs from the one released before"):
        release_again(counts(("sex", "all", 49)), STANDARD, ledger)


def test_subtracting_a_later_report_never_shows_who_withdrew():
    """For each of 60 people: they leave, the table is published again, and the two tables are subtracted."""
    rng = np.random.default_rng(4)
    answers = [(str(rng.choice(["female", "male"])), bool(rng.random() < 0.5)) for _ in range(60)]
    first = people(answers, "all")
    before = release(first, STANDARD).table
    ledger, naive, shown = published(first), 0, 0
    for leaving in range(60):
        rest = answers[:leaving] + answers[leaving + 1 :]
        after = people(rest, f"without {leaving}")
        naive += _tells(before, release(after, STANDARD).table)
        shown += _tells(before, release_again(after, STANDARD, ledger).table)
    assert naive == 60  # without the ledger every one of them is found
    assert shown == 0


def _tells(before, after) -> bool:
    """The difference of two printed tables gives the sex and the answer of one person."""
    return any(
        1 <= abs(one - other) < 10
        for column, row in itertools.product(("numerator", "denominator"), range(len(before)))
        if not np.isnan(one := before[column][row]) and not np.isnan(other := after[column][row])
    )
