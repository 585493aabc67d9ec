"""What may identify a person, looked for in what people typed: such a cell is emptied and never quoted."""

import re

from stdnum.ro import cnp

_CNP = re.compile(r"(?<!\d)[1-9](?:[ .-]?\d){12}(?!\d)")
_PHONE = re.compile(r"(?<![\d])(?:(?:\+|00)\d{1,3}[ .\-/]?)?\(?0?[23789]\d{1,3}\)?(?:[ .\-/]?\d){6,7}(?!\d)")
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]{2,}")
_ACCOUNT = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}\b")
_HELPLINES = frozenset({"0800800678", "800800678"})
CODE = re.compile(r"(?=.*\d)[A-Z0-9][A-Z0-9-]{1,19}")
"""A session code as it is printed on the forms: capital letters, digits, hyphens; never without a digit."""


def has_identifier(text: str) -> bool:
    """True for a text with a CNP, a telephone number, an e-mail address or an account in it.

    The public helpline does not count. Any thirteen digits with a CNP's shape count, valid or not: people mistype.

    >>> has_identifier("scrie-mi la ana@example.org"), has_identifier("sun la 0 800 800 678"), has_identifier("112")
    (True, False, False)
    """
    if _EMAIL.search(text) or _ACCOUNT.search(text) or _CNP.search(text):
        return True
    return any(_digits(hit.group()) not in _HELPLINES for hit in _PHONE.finditer(text))


def session_code(text: str) -> str:
    """The code of a session in capitals; empty for a text that has not the shape of one, such as a name.

    >>> session_code("bcdf-ghjk-1"), session_code("Popescu"), session_code("0722123456")
    ('BCDF-GHJK-1', '', '')
    """
    told = re.sub(r"\s+", "-", text.strip().upper())
    if not CODE.fullmatch(told) or has_identifier(told) or cnp.is_valid(_digits(told)):
        return ""
    return told


def _digits(text: str) -> str:
    return "".join(one for one in text if one.isdigit())
