"""Checks of the two languages: equal in structure and numbers, right letters, no mixture."""

import re
from itertools import zip_longest

from evaluation.audit.catalogue import Check
from evaluation.audit.outcome import Pointer, Pointers
from evaluation.audit.papers import Paper
from evaluation.audit.readings import read_tokens
from evaluation.audit.sealed import LANGUAGES, Sealed

_CEDILLA = re.compile("[\u015f\u0163\u015e\u0162]")
_SMALL = {
    "ro": frozenset(
        [
            "și",
            "de",
            "la",
            "pe",
            "cu",
            "din",
            "este",
            "sunt",
            "nu",
            "care",
            "mai",
            "pentru",
            "prin",
            "sau",
            "fiecare",
            "unde",
            "când",
            "dacă",
            "ale",
            "lui",
            "al",
            "o",
            "un",
            "despre",
        ]
    ),
    "en": frozenset(
        [
            "the",
            "of",
            "and",
            "to",
            "is",
            "was",
            "were",
            "which",
            "that",
            "for",
            "with",
            "by",
            "from",
            "or",
            "each",
            "where",
            "when",
            "not",
            "its",
            "their",
            "has",
            "have",
        ]
    ),
}
"""Small words that one language has and the other has not: "an" and "are" are words of both."""
_QUOTED = re.compile("„[^”]{0,600}”|“[^”]{0,600}”|«[^»]{0,600}»")
_ASIDE = re.compile(r"\([^)]*\)|https?://\S+")
_LEAST_WORDS = 8
_LEAST_FOREIGN = 3


def check_parity(run: Sealed, _check: Check) -> Pointers:
    """L01: page, Word and PDF of the two languages show the same headings, tables and numbers in the same order."""
    lacking = [one for one in LANGUAGES if one not in run.languages]
    if lacking:
        return [Pointer(run.folder.name, "report", "language_missing", one) for one in lacking]
    found = []
    for read in (run.page, run.word, run.pdf):
        mine, theirs = (read(one) for one in LANGUAGES)
        found += _same_structure(mine, theirs)
        found += _same_numbers(mine, theirs)
    return found


def _same_structure(mine: Paper, theirs: Paper) -> Pointers:
    shapes = [
        [(part.level, [(len(grid.head), len(grid.rows)) for grid in part.grids]) for part in one.parts]
        for one in (mine, theirs)
    ]
    for place, (left, right) in enumerate(zip_longest(*shapes)):
        if left != right:
            parts = theirs.parts if place < len(theirs.parts) else mine.parts
            return [
                Pointer(
                    theirs.name,
                    parts[place].id or parts[place].title,
                    "structure_differs",
                    parts[place].title,
                )
            ]
    if len(mine.alternatives) != len(theirs.alternatives):
        return [Pointer(theirs.name, "figures", "structure_differs", str(len(theirs.alternatives)))]
    return []


def _same_numbers(mine: Paper, theirs: Paper) -> Pointers:
    """Id by id; in a PDF a line may break elsewhere, so the parts of one number are put together."""
    told = [_told(one) for one in (mine, theirs)]
    found = [
        Pointer(theirs.name, name, "numbers_differ", name)
        for name in sorted(set(told[0]) | set(told[1]))
        if told[0].get(name) != told[1].get(name)
    ]
    orders = [[one.id for one in paper.numbers] for paper in (mine, theirs)]
    if not found and mine.name.endswith((".html", ".docx")) and orders[0] != orders[1]:
        found.append(Pointer(theirs.name, "numbers", "structure_differs", "order"))
    return found


def _told(paper: Paper) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in paper.numbers:
        found.setdefault(one.id, []).extend(
            token.lstrip("+-") for token in read_tokens(one.text, paper.language)
        )
    return {name: sorted(tokens) for name, tokens in found.items()}


def check_letters(run: Sealed, check: Check) -> Pointers:
    """L02: no cedilla in any file, each file says its language, no text in the other one outside quotation marks.

    Titles and variants of names that are printed in their original language stand under headings of their own.
    """
    found = []
    for paper in run.papers():
        own = paper.name.split(".")[1]
        if paper.language != own:
            found.append(Pointer(paper.name, "lang", "mixed", paper.language or "lang"))
        originals = _originals(run.page(own), check, paper)
        for place, text in [*_unquoted(paper), *paper.alternatives]:
            if _CEDILLA.search(text):
                found.append(Pointer(paper.name, place, "cedilla", _around(text)))
            elif place not in originals and _foreign(text, own):
                found.append(Pointer(paper.name, place, "mixed", f"{' '.join(text.split()[:8])}…"))
    return found


def _originals(page: Paper, check: Check, paper: Paper) -> set[str]:
    """The places of a file where texts stand in their original language: ids, titles or pages of headings."""
    words = check.pattern("originals", page.language)
    found: set[str] = set()
    for part, after in zip_longest(page.parts, page.parts[1:]):
        if words.search(part.title):
            start = paper.pages.get(part.id, 0)
            end = paper.pages.get(after.id, start) if after is not None else start
            found |= {part.id, part.title} | {f"p. {one}" for one in range(start, end + 1)}
    return found


def _unquoted(paper: Paper) -> list[tuple[str, str]]:
    """The blocks without what is quoted; a quotation may run over several lines of a page of a PDF."""
    if not paper.name.endswith(".pdf"):
        return [(place, _QUOTED.sub(" ", text)) for place, text in paper.blocks]
    sheets: dict[str, list[str]] = {}
    for place, text in paper.blocks:
        sheets.setdefault(place, []).append(text)
    plain = {place: _QUOTED.sub("\n", "\n".join(lines)) for place, lines in sheets.items()}
    return [(place, line) for place, text in plain.items() for line in text.split("\n")]


def _around(text: str) -> str:
    spot = _CEDILLA.search(text)
    start = spot.start() if spot else 0
    return text[max(0, start - 20) : start + 20]


def _foreign(text: str, own: str) -> bool:
    """Several small words of the other language and more of them than of its own."""
    words = re.findall(r"[^\W\d_]+", _ASIDE.sub(" ", text).casefold())
    if len(words) < _LEAST_WORDS:
        return False
    other = next(one for one in LANGUAGES if one != own)
    foreign = sum(word in _SMALL[other] for word in words)
    return foreign >= _LEAST_FOREIGN and foreign > sum(word in _SMALL[own] for word in words)
