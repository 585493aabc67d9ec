"""Sentences from released numbers: one row for each placeholder, the reason where a number was not released."""

import re

import pandas as pd
import pytest

from evaluation.core.errors import ReportError, WordingError
from evaluation.reporting.words import say, show
from tests.kit.released import protected, published, result
from tests.kit.words import use_wording

ROWS = [
    {"measure": "victims", "quantity": "count", "level": "all", "period": "2022", "n": 700, "estimate": 500},
    {"measure": "victims", "quantity": "count", "level": "all", "period": "2023", "n": 700, "estimate": 1451},
    {"measure": "victims", "quantity": "count", "level": "minor", "period": "2023", "status": "suppressed"},
    {"measure": "one", "quantity": "count", "level": "all", "period": "2023", "estimate": 1},
    {"measure": "minors", "quantity": "proportion", "level": "all", "n": 700, "estimate": 0.475,
     "ci_low": 0.465, "ci_high": 0.485},
    {"measure": "wanted", "quantity": "count", "level": "all", "status": "not_collected"},
]  # fmt: skip
TEXTS = {
    "plain": {"ro": "Ponderea este {minors}.", "en": "The share is {minors}."},
    "year": {"ro": "În 2023: {victims@all@2023|victim}.", "en": "In 2023: {victims@all@2023|victim}."},
    "then": {"ro": "În {then}: {victims@all@then}.", "en": "In {then}: {victims@all@then}."},
    "few": {"ro": "A fost {one|victim}.", "en": "There was {one|victim}."},
    "base": {"ro": "Din {minors:n} cazuri.", "en": "Of {minors:n} cases."},
    "unclear": {"ro": "{victims@all}", "en": "{victims@all}"},
    "nobody": {"ro": "{victims@all@1999}", "en": "{victims@all@1999}"},
    "withheld": {
        "ro": "Din {victims@all@2023}, {victims@minor@2023} erau minori.",
        "en": "Of {victims@all@2023}, {victims@minor@2023} were minors.",
    },
    "absent": {"ro": "{wanted} cereri.", "en": "{wanted} requests."},
    "marks": {
        "ro": 'Art. <25> & „litera e” "x": {minors}.',
        "en": 'Art. <25> & \u2018letter e\u2019 "x": {minors}.',
    },
    "wordless": {"ro": "Fără cifre.", "en": "No numbers."},
}


@pytest.fixture(autouse=True)
def wording(monkeypatch, tmp_path):
    return use_wording(monkeypatch, tmp_path / "wording", TEXTS)


RELEASED = published(ROWS)


def seen(html: str) -> str:
    """What a reader sees: the text without tags."""
    return re.sub(r"<[^>]+>", "", html)


@pytest.mark.parametrize(
    ("key", "ro", "en"),
    [
        ("plain", "Ponderea este 47,5%.", "The share is 47.5%."),
        ("year", "În 2023: 1.451 de victime.", "In 2023: 1,451 victims."),
        ("few", "A fost 1 victimă.", "There was 1 victim."),
        ("base", "Din 700 cazuri.", "Of 700 cases."),
        ("wordless", "Fără cifre.", "No numbers."),
    ],
)
def test_a_sentence_carries_its_numbers_in_the_manner_of_its_language(key, ro, en):
    assert seen(say(key, RELEASED, language="ro").html) == ro
    assert seen(say(key, RELEASED, language="en").html) == en


def test_a_number_links_to_its_row_of_the_register():
    shown = say("year", RELEASED, language="en")
    # The second row of the result: victims.2.estimate.
    assert 'href="#R-victims.2.estimate"' in shown.html
    assert [one.id for one in shown.entries] == ["victims.2.estimate"]


def test_a_number_tells_interval_base_source_and_method():
    tip = re.search(r'data-tip="([^"]*)"', say("plain", RELEASED, language="ro").html)
    assert tip
    assert tip[1] == "interval 46,5%\u201348,5%; n = 700; sursa series.csv 2-9; metoda numărătoare"


@pytest.mark.parametrize("key", ["withheld", "absent"])
def test_a_sentence_with_a_number_not_released_is_not_said(key):
    reason = {"withheld": "Not said: not shown.", "absent": "Not said: not collected."}[key]
    shown = say(key, RELEASED, language="en")
    assert seen(shown.html) == reason
    assert shown.entries == ()


def test_a_sentence_that_is_not_said_shows_no_number_at_all():
    html = say("withheld", RELEASED, language="ro").html
    assert not re.search(r"\d", html)


@pytest.mark.parametrize(("key", "count"), [("unclear", 2), ("nobody", 0)])
def test_a_placeholder_must_name_one_row(key, count):
    with pytest.raises(WordingError, match=rf"sentence {key}: .* names {count} rows"):
        say(key, RELEASED, language="ro")


def test_a_placeholder_that_two_results_answer_is_refused():
    with pytest.raises(WordingError, match="names 2 rows"):
        say("plain", RELEASED, published(ROWS, name="again"), language="ro")


def test_a_placeholder_for_a_number_that_nothing_gives_is_refused():
    with pytest.raises(WordingError, match="names 0 rows"):
        say("plain", language="ro")


def test_marks_of_html_in_a_text_stay_text():
    html = say("marks", RELEASED, language="en").html
    assert "Art. &lt;25&gt; &amp; \u2018letter e\u2019 &quot;x&quot;: " in html


def test_marks_of_html_in_names_stay_text():
    rows = [{"measure": "minors", "quantity": "count", "method": '<b>&"', "estimate": 3}]
    html = say("plain", published(rows), language="en").html
    assert "<b>" not in html
    assert "&lt;b&gt;&amp;&quot;" in html


def test_a_sentence_has_the_style_asked_for():
    assert say("plain", RELEASED, language="en").html.startswith('<p class="said">')
    assert say("plain", RELEASED, language="en", style="lead").html.startswith('<p class="lead">')


def test_a_key_that_does_not_exist_is_refused():
    with pytest.raises(WordingError, match="the key nothing does not exist"):
        say("nothing", RELEASED, language="ro")


@pytest.mark.parametrize(
    "thing",
    [result(ROWS), pd.DataFrame({"estimate": [987654]}), 987654, None],
    ids=["result", "frame", "number", "none"],
)
def test_only_what_the_gate_released_is_said_or_shown(thing):
    for refused in (
        lambda: say("plain", thing, language="ro"),
        lambda: show(thing, language="ro", layout="any"),
    ):
        with pytest.raises(ReportError, match="only what the gate released can be shown") as error:
            refused()
        assert "987654" not in str(error.value)


def test_a_layout_that_does_not_exist_is_refused():
    with pytest.raises(ReportError, match="no layout named nowhere"):
        show(RELEASED, language="ro", layout="nowhere")


def test_what_is_said_prints_its_name_only():
    assert repr(say("plain", RELEASED, language="en")) == "Shown(sentence 'plain')"


def test_what_the_gate_decided_goes_with_the_sentence():
    assert [one["action"] for one in say("plain", RELEASED, language="en").decisions] == ["keep"]


def test_the_proof_of_protection_goes_with_a_sentence_about_people():
    # 12 + 3 + 25 = 40 people; the 3 is under the threshold of ten.
    rows = [
        {"measure": "people", "quantity": "count", "group": "county", "level": level, "estimate": value}
        for level, value in (("a", 12), ("b", 3), ("c", 25))
    ]
    assert [one["id"] for one in say("wordless", protected(rows), language="en").witnesses] == ["victims"]
    assert say("plain", RELEASED, language="en").witnesses == ()


def test_the_period_of_a_sentence_can_be_printed_in_it():
    assert seen(say("then", RELEASED, language="en", period="2022").html) == "In 2022: 500."
