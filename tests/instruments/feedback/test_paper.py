"""The paper form of feedback: what the person sees and ticks, and how the easy version differs."""

import io
import re
from html import unescape

import pytest
from pypdf import PdfReader

from evaluation.core.errors import InstrumentError
from evaluation.instruments.feedback.paper import feedback_html, has_letters
from evaluation.instruments.feedback.protocol import Protocol
from evaluation.instruments.feedback.translation_read import read_translation
from evaluation.reporting.page.pdf import build_pdf
from evaluation.strategy.words import load_as
from tests.kit.feedback import filled_sheet, minors, protocol_content, small_instrument

LANGUAGES = ("ro", "en")


def page(language="ro", instrument=None, **settings):
    return feedback_html(instrument or small_instrument(), language=language, **settings)


def told(html):
    """The words of a page without its style, spaces made one."""
    body = re.sub(r"<[^>]+>", " ", html[html.index("<body") :])
    return " ".join(unescape(body).split())


def squares(html):
    return html[html.index("<body") :].count('class="square"')


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_status_is_printed_at_the_top(language):
    words = told(page(language))
    assert words.index("EXPERIMENTAL") < words.index({"ro": "Acordul", "en": "Consent"}[language])


def test_each_purpose_of_the_consent_has_a_yes_and_a_no():
    words = told(page("en"))
    for purpose in ("The answers may be counted.", "My words may be quoted.", "I may be contacted again."):
        assert f"{purpose} Yes No" in words


def test_boxes_are_those_of_consents_facts_ratings_and_choice():
    """3 consents of 2, 5 waves, 3 collectors, 2 of sex, 5 ratings of 5 + 2, a choice of 2 + 2."""
    assert squares(page()) == 3 * 2 + 5 + 3 + 2 + 5 * 7 + 4


def test_the_easy_version_has_the_same_boxes_and_each_question_apart():
    easy = page(instrument=small_instrument(easy="yes"))
    assert squares(easy) == squares(page())
    assert (easy.count('<table class="rate"'), page().count('<table class="rate"')) == (0, 2)
    assert 'class="feedback easy"' in easy and 'class="feedback easy"' not in page()
    assert re.search(r"\.easy \{ font-size: 14pt", easy)


def test_special_answers_stand_last_in_the_head_of_a_table():
    words = told(page("en"))
    assert re.search(r"Strongly agree 5 Does not apply.* na I prefer not to answer pn", words)


def test_the_code_has_eight_cells_and_no_name_is_asked_for():
    html = page()
    assert html[html.index("<body") :].count('class="cell"') == 8
    assert "Nu se scrie niciun nume" in told(html)


def test_questions_have_numbers_through_the_form():
    words = told(page("en"))
    places = [
        words.index(f"{n}. {label}")
        for n, label in ((1, "I feel safe"), (4, "I get the help"), (6, "Did you"), (7, "What should"))
    ]
    assert places == sorted(places)


def test_an_open_item_has_lines_its_hint_and_its_waves():
    html = page("en")
    assert html.count('class="line"') == 4
    assert "In short, no names. Asked only: at 3 months, at 6 months" in told(html)


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_is_the_last_thing_and_names_the_numbers(language):
    words = told(page(language))
    end = words[words.rindex({"ro": "Dacă este greu", "en": "If it is hard"}[language]) :]
    assert "0 800 800 678" in end and "112" in end


def test_what_the_person_is_not_told_is_not_printed():
    words = told(page())
    assert "Motivul lui" not in words and "Opriți la semne de teamă" not in words


def test_under_a_protocol_the_guardians_consent_is_ticked_first():
    protocol = load_as(Protocol, protocol_content(), file="test")
    words = told(page("en", minors(), protocol=protocol))
    assert words.index("Is there the guardian's consent?") < words.index("The answers may be counted.")
    assert "I want to answer." in words and "119" in words


def test_nothing_is_asked_for_outside_the_page():
    found = re.findall(r'url\("?([^")]{0,30})', page())
    assert len(found) == 3 and all(one.startswith("data:font/woff2") for one in found)


def test_a_text_with_marks_of_html_stays_a_text():
    title = {"ro": "Părerea <b>1</b> & 2", "en": "Opinion <b>1</b> & 2"}
    assert "Părerea &lt;b&gt;1&lt;/b&gt; &amp; 2" in page(instrument=small_instrument(title=title))


def test_a_language_without_translation_is_refused():
    with pytest.raises(InstrumentError, match="language uk"):
        page("uk")


def test_a_translation_is_printed_and_its_letters_are_looked_for(tmp_path):
    safe = "items.safe_1.label"
    given = {
        language: read_translation(
            filled_sheet(tmp_path / f"{language}.xlsx", small_instrument(), language=language, cells=cells),
            small_instrument(),
        )
        for language, cells in (("tr", {"D12": "Küçük ev"}), ("uk", {"D12": "Думка"}))
    }
    pages = {one: page(one, translations=(read,)) for one, read in given.items()}
    assert '<html lang="tr"' in pages["tr"] and given["tr"].texts[safe] in told(pages["tr"])
    assert (has_letters(pages["tr"]), has_letters(pages["uk"])) == (True, False)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_becomes_a_pdf_with_equal_bytes(language):
    first, second = (build_pdf(page(language), date_iso="2024-01-01", language=language) for _ in range(2))
    assert first == second and len(PdfReader(io.BytesIO(first)).pages) >= 1
