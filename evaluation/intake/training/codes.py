"""The pairing code: its elements brought to one writing, and turned into a pseudonym with a key kept elsewhere."""

import hashlib
import hmac
import os
import unicodedata
from pathlib import Path

from evaluation.core.errors import IntakeError
from evaluation.core.language import comma_below
from evaluation.core.project import PACKAGE

KEYS = "SNITP_KEYS"
PURPOSE = "training"
LEAST_BYTES = 32


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
    """The key for training codes: ``training.key`` in the folder that SNITP_KEYS names; None without that variable.

    The folder lies outside the project, or the key is refused; each purpose has a key of its own, so that codes of
    different data sets cannot be joined.
    """
    folder = os.environ.get(KEYS)
    if not folder:
        return None
    path = Path(folder) / f"{PURPOSE}.key"
    if path.resolve().is_relative_to(PACKAGE.parent):
        raise IntakeError(
            f"{KEYS}: the folder of {PURPOSE}.key lies inside the project, where files are shared; move it elsewhere."
        )
    key = path.read_bytes() if path.is_file() else b""
    if len(key) < LEAST_BYTES:
        raise IntakeError(
            f"{KEYS}: no {PURPOSE}.key of {LEAST_BYTES} bytes or more in that folder; make one, for example with "
            f"'head -c {LEAST_BYTES} /dev/urandom', and keep it outside the project."
        )
    return key


def pseudonym(code: tuple[str, ...], key: bytes) -> str:
    """HMAC-SHA256 of a whole code, 64 bits of it in hexadecimal: the same code gives the same pseudonym under one key."""
    return hmac.new(key, "|".join((PURPOSE, *code)).encode(), hashlib.sha256).hexdigest()[:16]
