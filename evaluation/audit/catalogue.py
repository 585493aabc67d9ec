"""The list of checks and their words, read from data."""

import re
from functools import lru_cache
from pathlib import Path

from pydantic import Field

from evaluation.core.yamlfile import read_yaml
from evaluation.strategy.words import Definition, Text, check_unique, load_as

_HERE = Path(__file__).parent


class Check(Definition):
    """One check: what it asks, who decides it, and the words by which its place is found."""

    id: str
    group: str
    how: str
    text: Text
    question: Text | None = None
    words: dict[str, Text] = Field(default_factory=dict)

    @property
    def asked(self) -> bool:
        """Whether a person has to answer once the machine has no objection."""
        return self.how != "machine"

    def pattern(self, name: str, language: str) -> re.Pattern[str]:
        """The words of that name as a pattern."""
        return re.compile(getattr(self.words[name], language), re.IGNORECASE)


class Chapter(Definition):
    """A chapter by the id of its heading, or else by its words."""

    id: str
    words: Text


class Catalogue(Definition):
    """All checks with the tables they read and the limits they apply."""

    groups: dict[str, Text]
    checks: tuple[Check, ...]
    chapters: dict[str, Chapter]
    columns: dict[str, dict[str, Text]]
    grades: dict[str, Text]
    minimum_base: int
    summary_pages: int
    without_interval: dict[str, Text]
    without_n: dict[str, Text]

    def check(self, name: str) -> Check:
        """The check of that id."""
        return next(one for one in self.checks if one.id == name)


class AuditWords(Definition):
    """The sentences of pointers, states and the page."""

    problems: dict[str, Text]
    states: dict[str, Text]
    page: dict[str, Text]


@lru_cache(maxsize=1)
def load_catalogue() -> Catalogue:
    """The checks as they stand in ``checks.yaml``; ids are unique, groups known."""
    found = load_as(Catalogue, read_yaml(_HERE / "checks.yaml"), file="checks.yaml")
    check_unique((one.id for one in found.checks), file="checks.yaml")
    return found


@lru_cache(maxsize=1)
def load_words() -> AuditWords:
    """The words as they stand in ``words.yaml``."""
    return load_as(AuditWords, read_yaml(_HERE / "words.yaml"), file="words.yaml")
