"""Romanian letters and their order."""

import unicodedata

import pytest

from evaluation.core.language import comma_below, romanian_key

# The Romanian alphabet of 31 letters as the Academy's orthographic dictionary (DOOM) prints it.
ALPHABET = [
    "a",
    "ă",
    "â",
    "b",
    "c",
    "d",
    "e",
    "f",
    "g",
    "h",
    "i",
    "î",
    "j",
    "k",
    "l",
    "m",
    "n",
    "o",
    "p",
    "q",
    "r",
    "s",
    "ș",
    "t",
    "ț",
    "u",
    "v",
    "w",
    "x",
    "y",
    "z",
]


def test_letters_stand_in_the_published_order():
    mixed = ALPHABET[20:] + ALPHABET[:20]
    assert sorted(mixed, key=romanian_key) == ALPHABET


def test_capitals_stand_in_the_same_order():
    capitals = [letter.upper() for letter in ALPHABET]
    mixed = capitals[20:] + capitals[:20]
    assert sorted(mixed, key=romanian_key) == capitals


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Arad", "Argeș"),  # d before g
        ("azur", "ăsta"),  # every a-word before every ă-word
        ("ăsta", "âla"),  # ă before â
        ("izvor", "înalt"),  # i before î
        ("înalt", "jos"),  # î before j
        ("Suceava", "Șoimuș"),  # s before ș
        ("Tulcea", "Țara"),  # t before ț
        ("Țara", "Ulmeni"),  # ț before u
        ("Satu Mare", "Satul"),  # a space before any letter
        ("sat", "sată"),  # the shorter word first
    ],
)
def test_words_are_compared_letter_by_letter(before, after):
    assert romanian_key(before) < romanian_key(after)


def test_old_letters_sort_like_the_right_ones():
    assert romanian_key("\u015foim")[0] == romanian_key("\u0219oim")[0]


def test_the_four_cedilla_letters_become_comma_below():
    assert comma_below("\u015f\u0163\u015e\u0162") == "\u0219\u021b\u0218\u021a"


def test_letters_with_combining_marks_become_single_letters():
    # NFD writes ș as s + U+0326 and ă as a + U+0306; NFC is one code point each.
    assert comma_below(unicodedata.normalize("NFD", "\u0219\u0103")) == "\u0219\u0103"


def test_s_with_a_combining_cedilla_becomes_comma_below():
    assert comma_below("s\u0327i") == "\u0219i"


def test_turkish_words_are_not_told_apart():
    # Known limit, wanted: in Romanian text every s with cedilla is an s with comma.
    assert comma_below("Ata\u015fehir") == "Ata\u0219ehir"
