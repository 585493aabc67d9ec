"""Texts compared as a person compares them: without marks, capitals, signs and printed numbers."""

import html
import re
import unicodedata

_TAG = re.compile(r"<[^<>]{1,200}>")
_NUMBERING = re.compile(r"(?:(?:intrebarea|intrebare|question|item|q|nr) )?\d{1,2} (?=\S)")
_LETTERED = re.compile(r"[a-d] (?=\S)")


def plain(text: str) -> str:
    """Lower-case letters and digits with single spaces; tags and entities of web pages are taken out.

    >>> plain("3.  Cine poate deveni <b>victimă</b>?"), plain("teach_a1")
    ('3 cine poate deveni victima', 'teach a1')
    """
    if "<" in text or "&" in text:
        text = html.unescape(_TAG.sub(" ", text))
    spread = unicodedata.normalize("NFKD", text.casefold())
    kept = (one if one.isalnum() else " " for one in spread if not unicodedata.combining(one))
    return " ".join("".join(kept).split())


def without_number(told: str) -> str:
    """A plain text without the number of the question in front; the same text when there is none.

    >>> without_number("3 cine poate"), without_number("112")
    ('cine poate', '112')
    """
    return _NUMBERING.sub("", told, count=1) if _NUMBERING.match(told) else told


def without_letter(told: str) -> str:
    """A plain text without the letter or number of a choice in front.

    >>> without_letter("b numai fetele")
    'numai fetele'
    """
    return _LETTERED.sub("", told, count=1) if _LETTERED.match(told) else without_number(told)


def heading_variants(heading: str) -> tuple[str, ...]:
    """What a column may be headed with, from the whole to its parts, each as a plain text.

    Collecting programs put the group in front (``pairing/pair_mother``), the code (``teacha1. Text``) or both.

    >>> heading_variants("pairing/pair_mother")[1]
    'pair mother'
    """
    parts = [heading, *_endings(heading, "/")]
    if " " not in heading.strip():
        parts += _endings(heading, ".")
    parts += [re.split(r"[.:\s]", heading.strip(), maxsplit=1)[0]]
    told = [plain(one) for one in parts]
    return tuple(dict.fromkeys(one for text in told for one in (text, without_number(text)) if one))


def _endings(heading: str, mark: str) -> list[str]:
    """Everything after the first, second, … mark."""
    parts = heading.split(mark)
    return [mark.join(parts[place:]) for place in range(1, len(parts))]
