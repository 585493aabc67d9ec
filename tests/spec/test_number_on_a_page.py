"""What a number on a page carries: the manner of its language, a link into the register, and its origin."""

import re

import pytest

from evaluation.reporting.annexes import collect_entries
from evaluation.reporting.register_annex import register_html
from evaluation.reporting.words import say
from tests.kit.released import published
from tests.kit.words import use_wording

# 1,451 victims in 2023; 0.475 of them minors, between 0.45 and 0.50; what was asked for and not collected.
VICTIMS = [
    {"measure": "victims", "quantity": "count", "period": "2023", "n": 1451, "estimate": 1451},
    {
        "measure": "minors",
        "quantity": "proportion",
        "n": 1451,
        "estimate": 0.475,
        "ci_low": 0.45,
        "ci_high": 0.5,
    },
    {"measure": "requests", "quantity": "count", "status": "not_collected"},
]
SENTENCES = {
    "finding": {
        "ro": "În 2023 au fost {victims|victim}; ponderea minorilor: {minors}.",
        "en": "In 2023 there were {victims|victim}; the share of minors: {minors}.",
    },
    "gap": {"ro": "S-au primit {requests} cereri.", "en": "{requests} requests arrived."},
    "caption.origins": {"ro": "origini", "en": "origins"},
    "decisions.result": {"ro": "rezultat", "en": "result"},
    **{
        f"register.{one}": {"ro": one, "en": one}
        for one in [
            "caption",
            "intro",
            "number",
            "value",
            "interval",
            "n",
            "source",
            "method",
            "place",
            "decision",
            "origin",
            "rows",
        ]
    },
}


@pytest.fixture(autouse=True)
def wording(monkeypatch, tmp_path):
    return use_wording(monkeypatch, tmp_path / "wording", SENTENCES)


def finding(language: str):
    return say("finding", published(VICTIMS), language=language)


def text(html: str) -> str:
    return re.sub(r"<[^>]+>", "", html)


def test_it_is_written_as_romanian_readers_write_it():
    assert text(finding("ro").html) == "În 2023 au fost 1.451 de victime; ponderea minorilor: 47,5%."


def test_it_is_written_as_english_readers_write_it():
    assert text(finding("en").html) == "In 2023 there were 1,451 victims; the share of minors: 47.5%."


def test_it_tells_interval_base_source_and_method_where_the_reader_points():
    tips = re.findall(r'data-tip="([^"]*)"', finding("en").html)
    assert tips[1] == "interval 45.0%\u201350.0%; n = 1,451; source series.csv 2-9; method tally"


def test_it_links_to_its_own_row_of_the_register():
    shown = finding("ro")
    record = {"chapter": "context", "notebook": "notebooks/04_context.ipynb"}
    entries = collect_entries([{**record, "exhibits": [{**shown.record(), "cell": 5}]}])
    register = register_html(entries, numbers={"context": "3"}, language="ro")
    links = re.findall(r'href="#(R-[^"]+)"', shown.html)
    assert links == ["R-victims.1.estimate", "R-victims.2.estimate"]
    assert re.findall(r'<tr id="(R-[^"]+)"', register) == links


def test_both_languages_rest_on_the_same_entries():
    assert finding("ro").entries == finding("en").entries


def test_a_number_that_is_not_there_is_never_a_nought():
    shown = say("gap", published(VICTIMS), language="en")
    assert text(shown.html) == "Not said: not collected."
    assert not re.search(r"\d", shown.html)
