"""Findings, conclusions and recommendations as the page prints them, in tables or in cards."""

import re
from dataclasses import dataclass

from evaluation.audit.catalogue import load_catalogue
from evaluation.audit.papers import Grid, Paper, Part
from evaluation.audit.sealed import Sealed


@dataclass(frozen=True, slots=True)
class Record:
    """One finding, conclusion or recommendation: what its columns say, and what it links to."""

    place: str
    cells: dict[str, str]
    links: tuple[str, ...]

    @property
    def name(self) -> str:
        """Its code, or the place where it stands."""
        return self.cells.get("id") or self.place


def chapter_parts(paper: Paper, name: str) -> tuple[Part, ...]:
    """The parts of a chapter, found by its id or by the words of its heading; empty when it is missing."""
    chapter = load_catalogue().chapters[name]
    own = paper.under(chapter.id)
    if own:
        return own
    words = re.compile(getattr(chapter.words, paper.language), re.IGNORECASE)
    heads = [one.chapter for one in paper.parts if one.level == 1 and words.search(one.title)]
    return paper.under(heads[0]) if heads else ()


def find_part(paper: Paper, words: re.Pattern[str]) -> Part | None:
    """The first part whose heading has the words."""
    return next((one for one in paper.parts if words.search(one.title)), None)


def find_chapter(paper: Paper, words: re.Pattern[str]) -> tuple[Part, ...]:
    """The part whose heading has the words, with the parts below it when it heads a chapter."""
    part = find_part(paper, words)
    if part is None:
        return ()
    return paper.under(part.chapter) if part.level == 1 else (part,)


def read_records(run: Sealed, kind: str, language: str) -> list[Record] | None:
    """The records of a chapter: its cards, or else the rows of its tables; None when it has no such chapter."""
    parts = chapter_parts(run.page(language), kind)
    if not parts:
        return None
    columns = {
        key: re.compile(getattr(text, language), re.IGNORECASE)
        for key, text in load_catalogue().columns[kind].items()
    }
    grids = [grid for part in parts for grid in part.grids]
    cards = [one for grid in grids for one in _cards(grid, columns, kind)]
    return cards or [one for grid in grids for one in _lines(grid, columns, kind)]


def _lines(grid: Grid, columns: dict[str, re.Pattern[str]], kind: str) -> list[Record]:
    """A record a row, in a table whose head has the columns."""
    keys = match_columns(grid.head, columns)
    if len(keys) < 3:
        return []
    return [
        Record(f"{grid.id or kind} {place}", _cells(row, keys), links)
        for place, (row, links) in enumerate(zip(grid.rows, grid.links, strict=True), start=1)
    ]


def _cards(grid: Grid, columns: dict[str, re.Pattern[str]], kind: str) -> list[Record]:
    """The record of a table whose rows are the columns' names with what belongs to them."""
    labels = tuple(row[0] for row in grid.rows if len(row) == 2)
    keys = match_columns(labels, columns)
    if len(keys) < 3:
        return []
    values = tuple(row[1] for row in grid.rows if len(row) == 2)
    links = tuple(one for row in grid.links for one in row)
    cells = _cells(values, keys)
    return [Record(grid.id or kind, {**cells, "id": cells.get("id") or grid.caption}, links)]


def match_columns(head: tuple[str, ...], columns: dict[str, re.Pattern[str]]) -> dict[str, int]:
    """Which column stands for which key; each column once, in the order of the keys."""
    found: dict[str, int] = {}
    for key, words in columns.items():
        places = [place for place, text in enumerate(head) if words.search(text)]
        free = [place for place in places if place not in found.values()]
        if free:
            found[key] = free[0]
    return found


def _cells(row: tuple[str, ...], keys: dict[str, int]) -> dict[str, str]:
    return {key: row[place] for key, place in keys.items() if place < len(row)}
