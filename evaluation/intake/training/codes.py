"""The pairing code: its elements brought to one writing, and turned into a pseudonym with a key kept elsewhere."""

import hashlib
import hmac
import unicodedata

from evaluation.core.language import comma_below
from evaluation.intake.keys import key_for

PURPOSE = "training"


def normalise(text: str, *, length: int) -> str:
    """An element in capitals without marks or blanks, digits padded to their length; empty if it does not fit.

    >>> normalise(" ș", length=1), normalise("7", length=2), normalise("Ță", length=2), normalise("Ana", length=1)
    ('S', '07', 'TA', '')
    """
    letters = unicodedata.normalize("NFKD", comma_below(text)).upper()
    kept = "".join(one for one in letters if one.isalnum())
    if kept.isdigit():
        kept = kept.zfill(length)
    return kept if len(kept) <= length else ""


def training_key() -> bytes | None:
    """The key for training codes, ``training.key``; None where no folder of keys is named."""
    return key_for("training")


def pseudonym(code: tuple[str, ...], key: bytes) -> str:
    """HMAC-SHA256 of a whole code, 64 bits of it in hexadecimal: the same code gives the same pseudonym under one key."""
    return hmac.new(key, "|".join((PURPOSE, *code)).encode(), hashlib.sha256).hexdigest()[:16]
