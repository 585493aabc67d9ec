"""What a report page is made of: a cover, chapters as HTML fragments, and the fixed texts of one language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter; ``number`` is "3", "A" for an annex or "" for an unnumbered part; headings begin at h2."""

    id: str
    number: str
    title: str
    html: str


@dataclass(frozen=True, slots=True)
class Cover:
    """What the first page says; an empty ``synthetic_mark`` means that the data are real."""

    title: str
    subtitle: str
    assessment: str
    period: str
    places: str
    commissioner: str
    evaluators: str
    date_label: str
    status_line: str
    synthetic_mark: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Everything the three formats are made from, in one language."""

    language: Literal["ro", "en"]
    cover: Cover
    chapters: tuple[Chapter, ...]
    labels: Mapping[str, str]
    document_title: str
    running_head: str
    date_iso: str
