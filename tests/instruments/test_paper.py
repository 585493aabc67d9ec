"""The paper form: what a participant sees, and what nobody may see on it."""

import io
import re
from html import unescape

import pytest
from pypdf import PdfReader

from evaluation.core.errors import InstrumentError
from evaluation.instruments.paper import in_two_columns, paper_html
from evaluation.reporting.page.pdf import build_pdf
from tests.kit.instruments import sample_instrument

LANGUAGES = ("ro", "en")
STATES = {"ro": "CIORNĂ", "en": "DRAFT"}


def page(*, form="A", occasion="pre", language="ro", session="", **about):
    return paper_html(
        sample_instrument(**about), form=form, occasion=occasion, language=language, session=session
    )


def told(html):
    """The words of a page without its style, spaces made one."""
    body = re.sub(r"<[^>]+>", " ", html[html.index("<body") :])
    return " ".join(unescape(body).split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_twelve_questions_stand_in_the_order_of_their_form_with_four_boxes_each(language):
    words = told(page(language=language))
    expected = {
        "ro": ("1. Cine poate deveni", "2. Cât fac unu și doi?", "3. Cât fac doi și trei?", "4. Unde sunt"),
        "en": ("1. Who can become", "2. What are one and two", "3. What are two and three", "4. Where are"),
    }[language]
    places = [words.index(one) for one in expected]
    assert places == sorted(places)
    assert page(language=language).count('class="box"') == 48


def test_form_b_asks_the_twins():
    assert "Cât fac doi și unu?" in told(page(form="B"))
    assert "Cât fac doi și unu?" not in told(page(form="A"))


@pytest.mark.parametrize("occasion", ["pre", "post"])
def test_opinions_are_asked_only_after_the_session(occasion):
    assert ("Explicațiile au fost clare." in told(page(occasion=occasion))) == (occasion == "post")


def test_the_key_is_not_on_the_form():
    html = page(occasion="post")
    for secret in ("Adună două numere.", "Numărătoare greșită.", "Manual de aritmetică", "sum_a1", "Izolare"):
        assert secret not in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_status_letter_occasion_and_session_code_are_printed(language):
    words = told(page(form="B", occasion="post", language=language, session="K7QM-3TXB-1"))
    when = {"ro": "DUPĂ sesiune", "en": "AFTER the session"}[language]
    assert all(one in words for one in (STATES[language], f"B {when}", "K7QM-3TXB-1"))


def test_without_a_session_code_there_is_a_box_for_it():
    assert page().count('class="fill"') == page(session="S-1").count('class="fill"') + 1


def test_six_elements_make_the_code_and_all_but_the_brothers_and_sisters_have_two_boxes():
    assert page().count('class="cell"') == 11


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("children", [False, True])
def test_helplines_and_the_wish_for_no_name_are_always_there(language, children):
    words = told(page(language=language, children=children))
    assert all(number in words for number in ("0 800 800 678", "116 111", "119", "112"))
    assert {
        ("ro", False): "Nu vă scrieți numele",
        ("ro", True): "Nu scrie numele tău",
    }.get((language, children), "Do not write your name") in words


def test_a_childs_form_speaks_to_a_child_and_has_larger_letters():
    assert 'class="child"' in page(children=True) and 'class="child"' not in page()
    assert "Cu cuvintele tale" in told(page(children=True))
    assert "Cu cuvintele dumneavoastră" in told(page())


def test_nothing_is_asked_for_outside_the_page():
    found = re.findall(r'url\("?([^")]{0,30})', page())
    assert len(found) == 3 and all(one.startswith("data:font/woff2") for one in found)


def test_a_text_with_marks_of_html_stays_a_text():
    title = {"ro": "Formare <b>1</b> & 2", "en": "Training <b>1</b> & 2"}
    assert "Formare &lt;b&gt;1&lt;/b&gt; &amp; 2" in page(title=title)


@pytest.mark.parametrize(
    ("choices", "expected"),
    [
        (["da", "nu", "uneori", "nu știu"], True),  # two lines instead of four
        (["x" * 95] * 4, False),  # six lines instead of four
        (["x" * 46, "da", "nu", "uneori"], True),  # three lines instead of four
    ],
)
def test_choices_stand_side_by_side_only_where_that_saves_lines(choices, expected):
    assert in_two_columns(choices, children=False) is expected


@pytest.mark.parametrize(
    ("settings", "place"),
    [
        ({"form": "C"}, "form C"),
        ({"occasion": "later"}, "occasion later"),
        ({"language": "fr"}, "language fr"),
    ],
)
def test_what_does_not_exist_is_refused_by_its_place(settings, place):
    with pytest.raises(InstrumentError, match=place):
        page(**settings)


def test_equal_input_gives_equal_bytes():
    first, second = (build_pdf(page(), date_iso="2024-01-01", language="ro") for _ in range(2))
    assert first == second


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_fits_both_sides_of_one_sheet(shipped_or_sample, language):
    for form in ("A", "B"):
        html = paper_html(
            shipped_or_sample, form=form, occasion="post", language=language, session="K7QM-3TXB-1"
        )
        pdf = PdfReader(io.BytesIO(build_pdf(html, date_iso="2024-01-01", language=language)))
        assert len(pdf.pages) <= 2, form
