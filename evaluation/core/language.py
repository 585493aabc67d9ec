"""The two languages of the kit and Romanian alphabetical order."""

import unicodedata
from enum import StrEnum

_ORDER = {letter: rank for rank, letter in enumerate("aăâbcdefghiîjklmnopqrsștțuvwxyz")}
_CEDILLA = str.maketrans("şţŞŢ", "șțȘȚ")


class Language(StrEnum):
    """A language that every text of the kit exists in."""

    RO = "ro"
    EN = "en"


def comma_below(text: str) -> str:
    """Text in NFC with the cedilla letters of older encodings replaced by the Romanian ones.

    >>> comma_below("Iaşi, judeţ")
    'Iași, județ'
    """
    return unicodedata.normalize("NFC", text).translate(_CEDILLA)


def romanian_key(text: str) -> tuple[tuple[int, ...], str]:
    """Sort key of the Romanian alphabet: ă and â after a, î after i, ș after s, ț after t.

    >>> sorted(["țară", "tare", "șold", "sat", "înalt", "iz"], key=romanian_key)
    ['iz', 'înalt', 'sat', 'șold', 'tare', 'țară']
    """
    folded = comma_below(text).casefold()
    ranks = tuple(_ORDER.get(letter, -1 if letter.isspace() else 100 + ord(letter)) for letter in folded)
    return ranks, text
