"""Words beside rows: each from its own definition, tables turned without losing a row."""

import pytest

from evaluation.analysis.feedback.told import of_people, only_reading, with_words
from evaluation.core.provenance import Provenance
from evaluation.core.results import Result, make_table
from evaluation.instruments.feedback.load import load_feedback

INSTRUMENT = load_feedback("victim_feedback_adult")


def result(*rows):
    return Result("t", make_table(list(rows)), Provenance((), "test", 1, 1))


def change(*, domain="safety", level="gee", group="all", estimate=3.0, low=1.0, high=5.0, **more):
    return {"measure": domain, "quantity": "mean_change", "period": "per_6_months", "group": group, "level": level,
            "n": 50, "estimate": estimate, "ci_low": low, "ci_high": high} | more  # fmt: skip


def told(row, field):
    return with_words(result(row), INSTRUMENT).texts.loc[0, field]


def test_domain_wave_group_and_level_are_said_in_both_languages():
    row = {"measure": "answered", "quantity": "proportion", "period": "month_3", "group": "sex", "level": "female",
           "n": 50, "numerator": 20, "denominator": 50, "estimate": 0.4}  # fmt: skip
    texts = with_words(result(row), INSTRUMENT).texts.loc[0]
    assert (texts["what.ro"], texts["when.en"], texts["whom.ro"], texts["level.en"]) == (
        "au răspuns",
        "at 3 months",
        "Sexul",
        "female",
    )


@pytest.mark.parametrize(
    ("row", "reading"),
    [
        (change(), "clear rise"),
        (change(estimate=-3.0, low=-5.0, high=-1.0), "clear fall"),
        (change(low=-1.0), "no clear change"),
        (change(p_adjusted=0.2), "no clear change"),
        (change(p_adjusted=0.01), "clear rise"),
        (
            change() | {"estimate": None, "ci_low": None, "ci_high": None, "status": "too_few"},
            "too few people",
        ),
        (
            change() | {"quantity": "mean_difference", "level": "lost_less_stayed", "group": "last_wave"},
            "higher",
        ),
        (
            change() | {"quantity": "agreement", "level": "agreement", "method": "disagree"},
            "the readings disagree",
        ),
    ],
)
def test_a_change_reads_by_its_interval_and_corrected_p(row, reading):
    assert told({key: value for key, value in row.items() if value is not None}, "reading.en") == reading


def test_a_code_without_a_word_stops_the_work():
    with pytest.raises(KeyError):
        with_words(result(change(domain="no_such_domain")), INSTRUMENT)


def test_turned_puts_the_reading_in_place_of_the_domain_and_keeps_every_row():
    rows = (change(), change(level="mixed"), change(group="sex.female"))
    table = with_words(result(*rows), INSTRUMENT, turned="level").table
    assert table["measure"].tolist() == ["gee", "mixed", "gee"]
    assert table["group"].tolist() == ["domain", "domain", "domain*sex"]
    assert table["level"].tolist() == ["safety", "safety", "safety*female"]


def test_only_the_rows_of_a_reading_are_taken():
    whole = result(change(), change(level="mixed"), change(domain="support"))
    assert only_reading(whole, "gee").table["measure"].tolist() == ["safety", "support"]


def test_shares_of_answers_lose_their_counts_of_answers_and_keep_the_people_asked():
    row = {"measure": "safety", "quantity": "proportion", "period": "inclusion", "group": "answer", "level": "pn",
           "n": 40, "numerator": 8, "denominator": 160, "estimate": 0.05}  # fmt: skip
    found = of_people(result(row)).table.loc[0]
    assert (found["quantity"], found["n"], found["estimate"]) == ("missing", 40, 0.05)
    assert found[["numerator", "denominator"]].isna().all()
