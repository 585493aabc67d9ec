"""What a file of the report says, read from the file alone and in one shape for page, Word and PDF."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Number:
    """A number as printed, with the id that its link carries and the place where it stands."""

    id: str
    text: str
    place: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as printed: the id of its exhibit, its caption, its head and its rows."""

    id: str
    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    links: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """What stands under one heading, down to the next heading of any level."""

    id: str
    chapter: str
    level: int
    title: str
    text: str
    grids: tuple[Grid, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """One file of the report in one language."""

    name: str
    language: str
    title: str
    facts: dict[str, str]
    parts: tuple[Part, ...]
    numbers: tuple[Number, ...]
    blocks: tuple[tuple[str, str], ...]
    alternatives: tuple[tuple[str, str], ...]
    listed: tuple[str, ...]
    contents: tuple[str, ...]
    text: str
    rows: dict[str, str] = field(default_factory=dict)
    tips: dict[str, str] = field(default_factory=dict)
    pages: dict[str, int] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)

    def under(self, chapter: str) -> tuple[Part, ...]:
        """The parts of one chapter, by the id of its first heading."""
        return tuple(one for one in self.parts if one.chapter == chapter)


@dataclass(frozen=True, slots=True)
class FileKey:
    """A file known by its digest: two copies of one file are read once."""

    digest: str
    language: str
    path: Path = field(compare=False)
    anchors: Any = field(compare=False, default=None)


def squeeze(text: str) -> str:
    """The text on one line, with plain spaces.

    >>> squeeze("a\\n  b\\xa0c")
    'a b c'
    """
    return " ".join(text.split())
