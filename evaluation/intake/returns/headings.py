"""Words of tables that institutions draw themselves: what a heading, a stage and a reason mean."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from pydantic import Field

from evaluation.core.language import comma_below
from evaluation.core.yamlfile import read_yaml
from evaluation.intake.returns.names import is_total
from evaluation.strategy.words import Definition, load_as

WORDS = Path(__file__).resolve().parent / "headings.yaml"


class _Role(Definition):
    role: str
    exact: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()


class _Stage(Definition):
    id: str
    exact: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()


class _Group(Definition):
    id: str
    exact: tuple[str, ...]


class _Reason(Definition):
    id: str
    words: tuple[str, ...]


class _Party(Definition):
    begins: tuple[str, ...]


class HeadingWords(Definition):
    """The content of ``headings.yaml``."""

    columns: tuple[_Role, ...] = Field(min_length=1)
    groups: tuple[_Group, ...]
    stages: tuple[_Stage, ...]
    reasons: tuple[_Reason, ...]
    sender: _Party
    receiver: _Party


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading says: the role of its column, and the words after it."""

    role: str
    rest: str = ""


@cache
def load_headings() -> HeadingWords:
    """The words, as data."""
    return load_as(HeadingWords, read_yaml(WORDS), file=WORDS.name)


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Small letters without diacritics, single spaces for everything that is neither letter nor digit.

    >>> plain("  Județul/ Sectorul (mun. Bucureşti)")
    'judetul sectorul mun bucuresti'
    """
    bare = unicodedata.normalize("NFD", comma_below(text).casefold())
    letters = "".join(one for one in bare if not unicodedata.combining(one))
    return " ".join(re.sub(r"[^a-z0-9%#]+", " ", letters).split())


@lru_cache(maxsize=4096)
def says_total(text: str) -> bool:
    """``names.is_total``, remembered: a table asks it of the same few words thousands of times."""
    return is_total(text)


@lru_cache(maxsize=4096)
def read_heading(text: str) -> Heading | None:
    """The role of a column with this heading; None for words that are no known heading.

    >>> read_heading("Realizat sem. I 2025")
    Heading(role='value', rest='sem i 2025')
    """
    words = plain(text)
    for phrase, role in _exact_phrases().items():
        if words == phrase:
            return Heading(role)
    for phrase, role in _first_phrases():
        if words == phrase or words.startswith(f"{phrase} "):
            return Heading(role, words[len(phrase) :].strip())
    return None


@lru_cache(maxsize=4096)
def read_group(text: str) -> str:
    """The breakdown that a heading names; empty when it is none."""
    words = plain(text)
    return next((one.id for one in load_headings().groups if words in one.exact), "")


@lru_cache(maxsize=4096)
def read_stage(text: str) -> str:
    """The stage that a word stands for; empty when it is none, or when a share of the work is named.

    >>> read_stage("Realizată parțial"), read_stage("Finalizat"), read_stage("Realizat 40%")
    ('under_way', 'delivered', '')
    """
    words = plain(text)
    if re.search(r"\b(?!100 ?%)\d+ ?%", words):
        return ""
    for stage in load_headings().stages:
        if words in stage.exact:
            return stage.id
    found = [
        (len(phrase), stage.id)
        for stage in load_headings().stages
        for phrase in stage.begins
        if re.match(rf"{re.escape(phrase)}(a|e|i)?\b", words)
    ]
    return max(found)[1] if found else ""


@lru_cache(maxsize=4096)
def read_reason(text: str) -> str:
    """The coded reason that a text names; ``other`` when it names none or several, empty without a text.

    >>> read_reason("Lipsă fonduri"), read_reason("din alte cauze"), read_reason("")
    ('no_budget', 'other', '')
    """
    words = f" {plain(text)} "
    if not words.strip():
        return ""
    found = {
        reason.id
        for reason in load_headings().reasons
        if any(f" {phrase}" in words for phrase in reason.words)
    }
    return found.pop() if len(found) == 1 else "other"


@cache
def _exact_phrases() -> dict[str, str]:
    return {phrase: one.role for one in load_headings().columns for phrase in (*one.exact, *one.begins)}


@cache
def _first_phrases() -> tuple[tuple[str, str], ...]:
    """The phrases that may be followed by more words, longest first."""
    pairs = [(phrase, one.role) for one in load_headings().columns for phrase in one.begins]
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair[0])))
