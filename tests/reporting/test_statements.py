"""Texts of evaluators: their numbers come from the register, in the language's own form, or not at all."""

import pytest

from evaluation.core.errors import ReportError
from evaluation.reporting.statements import fill_html, fill_plain, find_entry
from tests.judgement.cases import record
from tests.kit.words import use_wording

WHOLE = {
    "method": "count",
    "sources": [{"file": "data_raw/x.csv", "digest": "0" * 64, "rows": "2-9", "sheet": ""}],
    "policy": "p",
    "decision": "keep",
    "kit_version": "0",
}


def entry(name, **given):
    return record(name, **{**WHOLE, **given})


REGISTER = [
    entry("a.1.estimate", quantity="count", value=1234.0),
    entry("a.2.estimate", quantity="proportion", value=0.256, ci_low=0.2, ci_high=0.3125, n=40.0),
    entry("a.3.estimate", quantity="count", value=None, status="suppressed"),
    entry("a.4.estimate", quantity="partial_count", value=3.0),
    entry("a.5.estimate", quantity="count", value=19.0),
    entry("a.6.estimate", quantity="proportion_difference", value=0.158),
    entry("a.2.denominator", quantity="proportion", value=1200.0),
    entry("a.6.numerator", quantity="proportion_difference", value=0.4),
]


@pytest.fixture(autouse=True)
def wording(monkeypatch, tmp_path):
    return use_wording(monkeypatch, tmp_path / "wording", {})


@pytest.mark.parametrize(
    ("text", "language", "told"),
    [
        ("Sunt {number:a.1.estimate|victim}.", "ro", "Sunt 1.234 de victime."),
        ("Sunt {number:a.5.estimate|victim}.", "ro", "Sunt 19 victime."),
        ("There are {number:a.1.estimate|victim}.", "en", "There are 1,234 victims."),
        ("Ponderea: {number:a.2.estimate}.", "ro", "Ponderea: 25,6%."),
        ("Share: {number:a.2.estimate} ({number:a.2.ci_high}).", "en", "Share: 25.6% (31.2%)."),
        ("Vezi {exhibit:series}.", "ro", "Vezi series."),
        ("Fără cifre.", "ro", "Fără cifre."),
        ("Din {number:a.2.denominator|victim}.", "ro", "Din 1.200 de victime."),
        ("Este {number:a.6.estimate}. Apoi.", "ro", "Este +15,8\xa0p.p. Apoi."),
        ("It is {number:a.6.estimate}.", "en", "It is +15.8\xa0pp."),
    ],
)
def test_numbers_are_written_as_their_quantity_and_language_ask(text, language, told):
    assert fill_plain(text, REGISTER, language=language) == told


def test_in_a_page_every_number_leads_to_its_row_of_the_register():
    html, entries = fill_html("A < {number:a.2.estimate}\nB {exhibit:series}", REGISTER, language="en")
    assert 'href="#R-a.2.estimate"' in html and ">25.6%</a>" in html
    assert html.startswith("A &lt; ") and "<br>B " in html
    assert '<a class="xref" href="#exhibit-series"></a>' in html
    assert [one.id for one in entries] == ["a.2.estimate"]


def test_a_limit_of_an_interval_is_an_entry_of_its_own():
    limit = find_entry("a.2.ci_low", REGISTER)
    assert (limit.id, limit.column, limit.value) == ("a.2.ci_low", "ci_low", 0.2)


def test_a_hidden_number_puts_the_whole_text_aside():
    text = "Sunt {number:a.1.estimate} și {number:a.3.estimate}."
    assert fill_plain(text, REGISTER, language="ro") == "Nespus: nu se arată."
    assert fill_html(text, REGISTER, language="ro") == ("Nespus: nu se arată.", ())


def test_a_number_that_is_not_there_is_named():
    with pytest.raises(ReportError, match=r"number b\.1\.estimate: it is not in the register"):
        fill_plain("{number:b.1.estimate}", REGISTER, language="en")


def test_an_incomplete_sum_cannot_be_cited():
    with pytest.raises(ReportError, match="incomplete sum"):
        fill_plain("{number:a.4.estimate}", REGISTER, language="en")


def test_a_value_behind_a_difference_is_cited_by_its_own_row():
    with pytest.raises(ReportError, match="cite that value's own row"):
        fill_plain("{number:a.6.numerator}", REGISTER, language="en")
