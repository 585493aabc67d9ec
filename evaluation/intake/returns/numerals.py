"""A figure as text turned into a number: Romanian and English signs of thousands and decimals, words, multiples."""

import re
from dataclasses import dataclass

from evaluation.intake.returns.names import fold

LARGEST = 10**13
"""Above, a float no longer holds every unit with two decimals; no figure of the plan comes near."""
SPACES = str.maketrans(dict.fromkeys("\u00a0\u202f\u2009\u2007\u2002\u2003\t\r\n", " "))
_WORDS = (
    ("zero", "niciunul", "niciuna", "nici unul", "nici una", "niciun caz", "nici un caz"),
    ("unu", "una", "un"),
    ("doi", "doua"),
    ("trei",),
    ("patru",),
    ("cinci",),
    ("sase",),
    ("sapte",),
    ("opt",),
    ("noua",),
    ("zece",),
    ("unsprezece",),
    ("doisprezece", "douasprezece"),
    ("treisprezece",),
    ("paisprezece", "patrusprezece"),
    ("cincisprezece",),
    ("saisprezece",),
    ("saptesprezece",),
    ("optsprezece",),
    ("nouasprezece",),
    ("douazeci",),
)
WORDS = {word: number for number, words in enumerate(_WORDS) for word in words}
MULTIPLES = {
    "mii": 1e3,
    "mie": 1e3,
    "mil": 1e6,
    "milion": 1e6,
    "milioane": 1e6,
    "mld": 1e9,
    "miliard": 1e9,
    "miliarde": 1e9,
}
NUMERAL = r"\d[\d.,]*(?: \d{3}(?!\d)[\d.,]*)*"
"""Where a number stands in a text; whether it can be read is decided by ``read_numeral``."""


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number, or None with the code that says why it cannot be read; ``codes`` list what was assumed."""

    number: float | None
    codes: tuple[str, ...] = ()


_UNREADABLE = Numeral(None, ("number_unreadable",))
_NOTATIONS = (
    (r"0|[1-9]\d*", "", ""),
    (r"0\d+", "", "leading_zeros"),
    (r"[1-9]\d{0,2}( \d{3})+(,\d+)?", " ", ""),
    (r"[1-9]\d{0,2}((\.\d{3})+,\d+|(\.\d{3}){2,})", ".", ""),
    (r"[1-9]\d{0,2}((,\d{3})+\.\d+|(,\d{3}){2,})", ",", "thousands_comma"),
    (r"\d+,\d+", "", ""),
    (r"\d+\.\d+", "", "decimal_point"),
)
"""Pattern, signs of thousands to drop, and the code that lists the reading."""


def read_numeral(text: str, *, whole: bool, largest: float = LARGEST, decimals: int | None = None) -> Numeral:
    """The number that signs of thousands and decimals stand for.

    Two readings are possible for "1.234" and "1,234". ``whole`` says that the figure counts whole things, then
    the point stands for thousands, as Romanian writes them; ``decimals`` is the most decimals that the
    unit has (two for money), and ``largest`` the most that it can be (100 for a share). What these leave
    open is refused. Missing values do not come here.

    >>> read_numeral("1.234,5", whole=False)
    Numeral(number=1234.5, codes=())
    >>> read_numeral("3.5", whole=False)
    Numeral(number=3.5, codes=('decimal_point',))
    >>> read_numeral("1.234", whole=True)
    Numeral(number=1234.0, codes=('thousands_point',))
    >>> read_numeral("1.234", whole=False)
    Numeral(number=None, codes=('number_ambiguous',))
    """
    if len(text) > 40:
        return _UNREADABLE
    if re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", text):
        return _two_readings(text, whole=whole, largest=largest, decimals=decimals)
    for pattern, thousands, code in _NOTATIONS:
        if re.fullmatch(pattern, text):
            number = float(text.translate(dict.fromkeys(map(ord, thousands))).replace(",", "."))
            return Numeral(number, (code,) if code else ()) if number <= LARGEST else _UNREADABLE
    return _UNREADABLE


def read_word(text: str) -> Numeral | None:
    """A number up to twenty written in words; None for anything else.

    >>> read_word("Douăsprezece")
    Numeral(number=12.0, codes=('number_word',))
    """
    number = WORDS.get(fold(text))
    return None if number is None else Numeral(float(number), ("number_word",))


def _two_readings(text: str, *, whole: bool, largest: float, decimals: int | None) -> Numeral:
    point = "." in text
    as_thousands = float(re.sub(r"[.,]", "", text))
    as_decimals = float(text.replace(",", "."))
    can_be_thousands = as_thousands <= largest and (point or not whole)
    can_be_decimals = not whole and (decimals is None or decimals >= 3)
    if can_be_decimals and (not point or not can_be_thousands):
        return Numeral(as_decimals, ("decimal_point",) if point else ())
    if can_be_thousands and not can_be_decimals and point:
        return Numeral(as_thousands, ("thousands_point",))
    return Numeral(None, ("number_ambiguous",))
