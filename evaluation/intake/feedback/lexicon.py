"""The lists behind screening: names with their Romanian endings, places, ordinary words, institutions that may stay."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from evaluation.core.yamlfile import read_yaml
from evaluation.strategy.counties import load_counties
from evaluation.strategy.words import Definition, load_as

HERE = Path(__file__).parent
_LONG_ENDING = 3


class NameLists(Definition):
    """What is taken out, and what may stay."""

    given: tuple[str, ...]
    surnames: tuple[str, ...]
    names_and_words: tuple[str, ...]
    places: tuple[str, ...]
    places_and_words: tuple[str, ...]
    allowed: tuple[str, ...]
    cues: tuple[str, ...]
    endings: tuple[str, ...]
    addresses: tuple[str, ...]
    months: tuple[str, ...]
    months_and_words: tuple[str, ...]
    digits: tuple[str, ...]
    helplines: tuple[str, ...]
    mail: tuple[str, ...]


class _Ordinary(Definition):
    ro: tuple[str, ...]
    en: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The lists, ready for looking up; all words are folded."""

    names: frozenset[str]
    places: frozenset[str]
    only_capital: frozenset[str]
    ordinary: frozenset[str]
    cues: frozenset[str]
    endings: tuple[str, ...]
    allowed: re.Pattern[str]

    def is_ordinary(self, text: str) -> bool:
        """True for an ordinary word of either language."""
        return folded(text) in self.ordinary

    def listed(self, told: str, *, capital: bool) -> str:
        """``name`` or ``place`` for a word of the lists; words that mean something else too need their capital."""
        if told in self.only_capital and not capital:
            return ""
        if told in self.names or told.endswith(self.endings):
            return "name"
        return "place" if told in self.places else ""

    def allowed_spans(self, text: str) -> list[tuple[int, int]]:
        """Where permitted institutions stand."""
        return [one.span() for one in self.allowed.finditer(text)]


def folded(text: str) -> str:
    """Small letters without marks.

    >>> folded("Ștefănița")
    'stefanita'
    """
    spread = unicodedata.normalize("NFKD", text.casefold())
    return "".join(one for one in spread if not unicodedata.combining(one))


@cache
def load_names() -> NameLists:
    """The lists as they are kept."""
    return load_as(NameLists, read_yaml(HERE / "names.yaml"), file="names.yaml")


@cache
def load_lexicon() -> Lexicon:
    """The lists in force; names and places with the endings that Romanian gives them."""
    lists = load_names()
    ordinary = load_as(_Ordinary, read_yaml(HERE / "ordinary.yaml"), file="ordinary.yaml")
    seats = [word for one in load_counties() for word in re.split(r"[\s-]+", f"{one.name} {one.seat}")]
    double = _split((*lists.names_and_words, *lists.places_and_words))
    plain_words = frozenset(_split((*ordinary.ro, *ordinary.en)))
    names = _with_endings((*_split((*lists.given, *lists.surnames)), *_split(lists.names_and_words)))
    places = _with_endings((*_split((*lists.places, *lists.places_and_words)), *map(folded, seats)))
    return Lexicon(
        names=names,
        places=places,
        only_capital=_with_endings(double) | (plain_words & (names | places)),
        ordinary=plain_words,
        cues=frozenset(map(folded, lists.cues)),
        endings=lists.endings,
        allowed=re.compile(
            "|".join(
                rf"(?<!\w){re.escape(one)}(?!\w)" for one in sorted(lists.allowed, key=len, reverse=True)
            )
        ),
    )


def _split(lines: Iterable[str]) -> tuple[str, ...]:
    return tuple(folded(word) for line in lines for word in line.split())


def _with_endings(names: Iterable[str]) -> frozenset[str]:
    """Names as they are declined or called: Mariei, Ioano, Radului, Ioane, Popestilor.

    >>> sorted({"mariei", "popescului", "ioane"} - _with_endings(["maria", "popescu", "ioan"]))
    []
    """
    found: set[str] = set()
    for name in names:
        found.add(name)
        if name.endswith("a"):
            found |= {name[:-1] + one for one in ("ei", "o", "ii", "ele")}
        elif name.endswith(("u", "o")):
            found |= {name + one for one in ("l", "lui", "le")}
        elif not name.endswith(("e", "i")):
            found |= {name + one for one in ("ul", "ului", "e", "ule")}
        else:
            found |= {name + one for one in ("lui", "ul", "ului")}
        if name.endswith("escu"):
            found |= {name[:-3] + one for one in ("stii", "stilor", "sti")}
    return frozenset(found)
