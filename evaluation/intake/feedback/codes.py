"""The code on a person's card: drawn at random, checked without being quoted, kept only as a pseudonym."""

import hashlib
import hmac
import random
import re
import secrets
from pathlib import Path

from stdnum.iso7064 import mod_37_36

from evaluation.core.errors import IntakeError
from evaluation.intake.keys import KEYS, key_for
from evaluation.intake.training.identifiers import has_identifier

ALPHABET = "23456789BCDFGHJKLMNPQRSTVWXZ"
"""Without vowels, so that no word or name comes out, and without 0, 1 and Y, which are misread."""
PURPOSE = "feedback"
LENGTH = 8
_SEPARATORS = re.compile(r"[\s\u00ad\u200b\ufeff\u2010-\u2015\u2212._/-]+")
_REASONS = {
    "code_missing": "no code; copy it from the card",
    "code_personal": "a CNP, telephone number or address stands where the code of the card belongs; erase it",
    "code_name": "letters without a digit, as of a name, stand where the code of the card belongs; erase it",
    "code_shape": "not the eight signs of a card; copy the code again",
    "code_check": "the check sign does not fit; copy the code again from the card",
}


def make_codes(count: int, *, seed: int | None = None) -> tuple[str, ...]:
    """Different codes of the form ``XXXX-XXXX``; the last sign is a check sign.

    Every code has a letter and a digit, so that it is neither a name nor a telephone number. Real cards are drawn from
    the system's source of randomness; a ``seed`` is for invented data only. The check sign finds every single wrong
    sign and nearly all neighbours that changed places.

    References
    ----------
    ISO/IEC 7064:2003, hybrid system, here modulo 29, 28.
    """
    source = secrets.SystemRandom() if seed is None else random.Random(seed)
    drawn: dict[str, None] = {}
    while len(drawn) < count:
        body = "".join(source.choice(ALPHABET) for _ in range(LENGTH - 1))
        code = body + mod_37_36.calc_check_digit(body, ALPHABET)
        if not code.isdigit() and not code.isalpha():
            drawn[f"{code[:4]}-{code[4:]}"] = None
    return tuple(drawn)


def refusal(text: str) -> str:
    """Why a text is no code of a card: a code of the catalogue of problems; empty for a code.

    >>> refusal(" 2bcd-fgh7 "), refusal("Maria"), refusal("0722 123 456"), refusal("2BCD-FGHJ")
    ('', 'code_name', 'code_personal', 'code_check')
    """
    told = _SEPARATORS.sub("", text).upper()
    if not told:
        return "code_missing"
    if has_identifier(text) or has_identifier(told) or "@" in told or told.lstrip("+").isdigit():
        return "code_personal"
    if not any(one.isdigit() for one in told):
        return "code_name"
    if len(told) != LENGTH or not set(told) <= set(ALPHABET):
        return "code_shape"
    return "" if mod_37_36.is_valid(told, ALPHABET) else "code_check"


def check_code(text: str) -> str:
    """The code in its one writing, ``XXXX-XXXX``; what is no code is refused and never quoted."""
    reason = refusal(text)
    if reason:
        raise IntakeError(f"code of the card: {_REASONS[reason]}.")
    told = _SEPARATORS.sub("", text).upper()
    return f"{told[:4]}-{told[4:]}"


def feedback_key(*shared: Path) -> bytes:
    """The key of feedback, ``feedback.key``; without one nothing is read, because waves could not be linked."""
    key = key_for(PURPOSE, *shared)
    if key is None:
        raise IntakeError(
            f"{KEYS}: no folder of keys is named, so the waves of one person cannot be linked; name the folder that "
            f"holds {PURPOSE}.key, outside the project."
        )
    return key


def pseudonym(code: str, *, key: bytes, purpose: str = PURPOSE) -> str:
    """HMAC-SHA256 of a code, 64 bits of it in hexadecimal; another purpose gives another pseudonym under any key.

    References
    ----------
    Krawczyk, Bellare and Canetti (1997), RFC 2104.
    """
    return hmac.new(key, f"{purpose}|{check_code(code)}".encode(), hashlib.sha256).hexdigest()[:16]
