"""What the trainer holds: one page of instructions; the key, apart from the forms."""

import io
import re
from html import unescape

import pytest
from pypdf import PdfReader

from evaluation.instruments.instructions import instructions_html, key_html
from evaluation.reporting.page.pdf import build_pdf
from tests.kit.instruments import sample_instrument


def told(html):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html[html.index("<body") :])).split())


def test_the_key_gives_the_letters_of_each_form_by_printed_number():
    # anchors c a d b at 1, 4, 7, 10; the sums between them go round a, b, c, d
    row = "c a b a c d d a b b c d"
    words = told(key_html(sample_instrument(), language="en"))
    assert f"A {row} B {row}" in words


@pytest.mark.parametrize(
    ("language", "word"), [("ro", "Numai pentru formator"), ("en", "For the trainer only")]
)
def test_the_key_says_that_it_is_not_handed_out(language, word):
    assert word in told(key_html(sample_instrument(), language=language))


def test_the_key_names_sources_and_whether_they_were_compared():
    words = told(key_html(sample_instrument(), language="ro"))
    assert "Manual de aritmetică, cap. 1 (de verificat de un expert)" in words
    assert "rândul 156 din textul strategiei (comparat cu textul strategiei)" in words


def test_the_codebook_says_when_a_person_counts_and_which_answers_do_not():
    words = told(key_html(sample_instrument(), language="ro"))
    assert "cel puțin 3 idei diferite" in words
    assert "Prea general Răspunsuri despre: prea general. ceva nu e bine nu" in words


@pytest.mark.parametrize("language", ["ro", "en"])
def test_instructions_name_the_codes_the_files_and_the_command(language):
    codes = ("K7QM-3TXB-1", "K7QM-3TXB-2")
    words = told(instructions_html(sample_instrument(), language=language, sessions=2, codes=codes))
    workbook = {"ro": "raspunsuri.xlsx", "en": "answers.xlsx"}[language]
    assert ", ".join(codes) in words
    assert f"snitp training score {workbook}" in words
    assert "0 800 800 678" in words


def test_without_codes_the_trainer_is_told_to_choose_one():
    assert "un cod al sesiunii" in told(instructions_html(sample_instrument(), language="ro", sessions=1))


@pytest.mark.parametrize("months", [2, 19, 20, 24])
def test_months_are_counted_as_romanian_counts(months):
    words = told(instructions_html(sample_instrument(retention_months=str(months)), language="ro"))
    assert f"cel mult {months} {'luni' if months < 20 else 'de luni'}" in words


@pytest.mark.parametrize("language", ["ro", "en"])
def test_instructions_fill_no_more_than_one_page(shipped_or_sample, language):
    codes = tuple(f"K7QM-3TXB-{number}" for number in range(1, 11))
    html = instructions_html(shipped_or_sample, language=language, sessions=10, codes=codes)
    pdf = PdfReader(io.BytesIO(build_pdf(html, date_iso="2024-01-01", language=language)))
    assert len(pdf.pages) == 1
