"""What identifies by its shape: addresses, links, long numbers, accounts, dates, numbers said in words."""

import re
from collections.abc import Iterator
from functools import cache

from evaluation.intake.feedback.lexicon import folded, load_names

MARK = "[removed]"
_SEPARATOR = r"[\s.,/\\()_+–-]"
_LINK = re.compile(
    r"(?:https?://|www\.)\S+|\b[\w-]{1,60}(?:\.[\w-]{1,60}){0,5}\.(?:ro|com|net|org|eu|info|md|ua|it|uk)\b\S*",
    re.IGNORECASE,
)
_MAIL = re.compile(r"[^\s@]{1,100}\s?@\s?\S+|@\w+")
_ACCOUNT = re.compile(r"\b[A-Za-z]{2}\d{2}(?:[ -]?[A-Za-z0-9]){11,30}\b")
_NUMBER = re.compile(rf"\d(?:{_SEPARATOR}{{0,3}}\d)*")
_DAY = re.compile(rf"\b\d{{1,2}}{_SEPARATOR}{{1,3}}\d{{1,2}}(?:{_SEPARATOR}{{1,3}}\d{{2,4}})?\b")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?")
_LEAST_DIGITS = 3
_LEAST_SPOKEN = 4
_FOLLOWS = re.compile(r"\.?[^\S\n]*(?:[^\W_]+(?:[^\S\n.,;!?]|-|(?=[\n.,;!?])|$)+){1,3}")
"""Three words at most after the word of an address."""
_SHORT = re.compile(r"\.?\s*\d")
Span = tuple[int, int, str]


def find_patterns(text: str) -> Iterator[Span]:
    """Start, end and kind of everything that its shape gives away; numbers of one or two digits may stay."""
    yield from ((*hit.span(), "email") for hit in _MAIL.finditer(text))
    yield from ((*hit.span(), "link") for hit in _LINK.finditer(text))
    yield from ((*hit.span(), "account") for hit in _ACCOUNT.finditer(text))
    yield from ((*hit.span(), "date") for hit in _DAY.finditer(text) if not _helpline(hit.group()))
    yield from _numbers(text)
    words = [(one.start(), one.end(), folded(one.group())) for one in _WORD.finditer(text)]
    yield from _months(text, words)
    yield from _addresses(text, words)
    yield from _spoken(text, words)
    yield from _services(words)


def _numbers(text: str) -> Iterator[Span]:
    """Three digits and more, however they are cut; the public helplines stay."""
    for hit in _NUMBER.finditer(text):
        digits = _digits(hit.group())
        if len(digits) >= _LEAST_DIGITS and not _helpline(hit.group()):
            kind = "cnp" if len(digits) == 13 else "phone" if len(digits) >= 6 else "number"
            yield *hit.span(), kind


def _months(text: str, words: list[Span]) -> Iterator[Span]:
    """Names of months with the numbers beside them; a month that is a word as well needs a number."""
    for start, end, told in words:
        before = re.search(r"\d{1,2}[\s.-]{1,3}$", text[max(0, start - 6) : start])
        after = re.match(r"[\s.,-]{1,3}\d{1,4}", text[end : end + 8])
        if told in _list("months") or (told in _list("months_and_words") and (before or after)):
            first = start - len(before.group()) if before else start
            yield first, end + len(after.group()) if after else end, "date"


def _addresses(text: str, words: list[Span]) -> Iterator[Span]:
    """From the word of an address over the words and numbers that follow, three at most, up to a stop."""
    for start, end, told in words:
        if told not in _list("addresses"):
            continue
        hit = _FOLLOWS.match(text, end)
        if hit and (len(told) > 3 or _SHORT.match(text, end) or text[end : end + 1] == "."):
            yield start, hit.end(), "address"


def _spoken(text: str, words: list[Span]) -> Iterator[Span]:
    """Four digits and more said in words, one after the other."""
    run: list[Span] = []
    for one in [*words, (len(text), len(text), "")]:
        near = not run or not re.search(r"[^\W_]", text[run[-1][1] : one[0]])
        if one[2] in _list("digits") and near:
            run.append(one)
            continue
        if len(run) >= _LEAST_SPOKEN:
            yield run[0][0], run[-1][1], "phone"
        run = [one] if one[2] in _list("digits") else []


def _services(words: list[Span]) -> Iterator[Span]:
    """An address or account told in words: the service's name with four words before it and three after."""
    for place, (start, end, told) in enumerate(words):
        if told in _list("mail"):
            first = words[max(0, place - 4)][0]
            last = words[min(len(words) - 1, place + 3)][1]
            yield min(first, start), max(end, last), "email"


def _helpline(text: str) -> bool:
    return _digits(text) in load_names().helplines


def _digits(text: str) -> str:
    return "".join(str(int(one)) for one in text if one.isdigit() and one.isdecimal())


@cache
def _list(name: str) -> frozenset[str]:
    return frozenset(folded(one) for one in getattr(load_names(), name))
