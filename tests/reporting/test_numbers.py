"""Numbers as a reader expects them in Romanian and in English, typed by hand."""

from datetime import date

import pytest

from evaluation.reporting.numbers import format_day, format_interval, format_number, join_words, plural_form


@pytest.mark.parametrize(
    ("value", "quantity", "ro", "en"),
    [
        (1234.5, "published", "1.234,5", "1,234.5"),
        (1234567, "count", "1.234.567", "1,234,567"),
        (999, "count", "999", "999"),
        (0, "count", "0", "0"),
        (-3, "count", "\N{MINUS SIGN}3", "\N{MINUS SIGN}3"),
        (47.5, "percent", "47,5%", "47.5%"),
        (47, "percent", "47%", "47%"),  # as published, no decimal is added
        (0.475, "proportion", "47,5%", "47.5%"),
        (0.47, "proportion", "47,0%", "47.0%"),  # computed: always one decimal
        (1, "proportion", "100,0%", "100.0%"),
        (0, "proportion", "0,0%", "0.0%"),
        (2 / 3, "proportion", "66,7%", "66.7%"),
        (2.894, "rate", "2,89", "2.89"),
        (1.5, "rate_ratio", "1,50", "1.50"),
        (15.15, "published", "15,15", "15.15"),
        (0.1 + 0.2, "published", "0,3", "0.3"),  # 0.30000000000000004 in binary
        (12345.6789, "some_new_quantity", "12.345,68", "12,345.68"),
    ],
)
def test_a_number_is_written_in_the_manner_of_each_language(value, quantity, ro, en):
    assert format_number(value, quantity=quantity, language="ro") == ro
    assert format_number(value, quantity=quantity, language="en") == en


def test_halves_round_to_even():
    assert [format_number(value, quantity="count", language="en") for value in (0.5, 1.5, 2.5)] == [
        "0",
        "2",
        "2",
    ]


def test_a_number_that_is_not_there_is_refused():
    with pytest.raises(ValueError, match="print its status"):
        format_number(float("nan"), quantity="count", language="ro")


def test_another_language_is_refused():
    with pytest.raises(ValueError, match="not a valid Language"):
        format_number(1, quantity="count", language="fr")


def test_an_interval_has_an_en_dash_and_limits_like_the_estimate():
    assert format_interval(0.465, 0.475, quantity="proportion", language="ro") == "46,5%\u201347,5%"
    assert format_interval(1200, 1300, quantity="count", language="en") == "1,200\u20131,300"


def test_an_interval_with_a_negative_limit_has_a_word_between_so_that_the_dash_is_no_minus():
    assert format_interval(-3, 12, quantity="rank_shift", language="ro") == "\N{MINUS SIGN}3 până la 12"
    assert format_interval(-3, 12, quantity="rank_shift", language="en") == "\N{MINUS SIGN}3 to 12"


# Romanian: 1 victimă; 0, 2-19 and every number ending in 01-19 victime; 20-100, 120, ... de victime.
ROMANIAN = {
    0: "few", 1: "one", 2: "few", 19: "few", 20: "other", 21: "other", 99: "other", 100: "other", 101: "few",
    102: "few", 119: "few", 120: "other", 200: "other", 1000: "other", 1001: "few", 1019: "few", 1020: "other",
}  # fmt: skip


@pytest.mark.parametrize(("value", "form"), ROMANIAN.items())
def test_romanian_has_three_forms(value, form):
    assert plural_form(value, language="ro") == form


@pytest.mark.parametrize(("value", "form"), [(0, "other"), (1, "one"), (2, "other"), (101, "other")])
def test_english_has_two_forms(value, form):
    assert plural_form(value, language="en") == form


def test_a_day_is_written_in_words():
    day = date(2026, 12, 31)
    assert format_day(day, language="ro") == "31 decembrie 2026"
    assert format_day(day, language="en") == "31 December 2026"


def test_an_enumeration_ends_with_the_conjunction_of_its_language():
    assert join_words(["IGPR", "ANITP", "ONG"], language="ro") == "IGPR, ANITP și ONG"
    assert join_words(["IGPR", "ANITP"], language="en") == "IGPR and ANITP"
