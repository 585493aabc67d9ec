"""The heading of a table: which rows belong to it, and what each column holds."""

import re
from dataclasses import dataclass

from evaluation.intake.returns.columns import FACETED, NAMING, Column, Reader, has_numbers, spread, text_of
from evaluation.intake.returns.headings import read_group, read_heading, says_total
from evaluation.intake.returns.raw import RawCell, RawSheet
from evaluation.intake.returns.recognise import indicator_code

DEEPEST = 3
Rows = dict[int, dict[int, RawCell]]


@dataclass(frozen=True, slots=True)
class Head:
    """First and last row of a heading, and its columns."""

    top: int
    bottom: int
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class _Lines:
    """The rows around a heading; ``naming`` are the columns that say what a row is about."""

    rows: Rows
    merged: dict[tuple[int, int], tuple[int, int]]
    naming: frozenset[int]
    reader: Reader


def read_head(sheet: RawSheet, rows: Rows, row: int, reader: Reader) -> Head:
    """The heading that holds ``row``: with a row above that groups columns, and rows of finer headings below."""
    merged = spread(sheet)
    naming = {place for place, cell in rows[row].items() if _names(text_of(cell.value))}
    naming |= {
        at for (line, at), (_, left) in merged.items() if line == row and left in naming and left == at
    }
    lines = _Lines(rows, merged, frozenset(naming), reader)
    top, bottom = (row - 1 if _is_upper(lines, row - 1) else row), row
    while bottom - row < DEEPEST - 1 and _is_lower(lines, bottom + 1):
        bottom += 1
    reach = {column for line, column in merged if top <= line <= bottom}
    width = max({place for line in range(top, bottom + 1) for place in rows[line]} | reach)
    texts = [_line(lines, line, width) for line in range(top, bottom + 1)]
    columns = []
    for place in range(1, width + 1):
        own = list(dict.fromkeys(line[place] for line in texts if line.get(place)))
        if own:
            columns.append(_read_column(place, own, reader))
    while _is_numbering(rows.get(bottom + 1, {})):
        bottom += 1
    return Head(top, bottom, tuple(columns))


def _names(text: str) -> bool:
    found = read_heading(text)
    return bool(read_group(text)) or (found is not None and found.role in NAMING)


def _is_upper(lines: _Lines, line: int) -> bool:
    """True for a row above that groups some of the columns, and not for a title over all of them."""
    upper = {place: text_of(cell.value) for place, cell in lines.rows.get(line, {}).items()}
    if not upper or has_numbers(lines.rows[line]) or not all(map(lines.reader.is_heading, upper.values())):
        return False
    wide = {
        left
        for (row, at), (_, left) in lines.merged.items()
        if row == line and at in lines.naming and left != at
    }
    return not (set(upper) & wide) and any(place not in lines.naming for place in upper)


def _is_lower(lines: _Lines, line: int) -> bool:
    """True for a row of finer headings: nothing in the naming columns, and only words that head a column."""
    lower = lines.rows.get(line, {})
    if not lower or has_numbers(lower) or set(lower) & lines.naming:
        return False
    return all(lines.reader.is_heading(text_of(cell.value)) for cell in lower.values())


def _is_numbering(cells: dict[int, RawCell]) -> bool:
    """True for the line ``0 | 1 | 2`` or ``(1) | (2)`` that many tables have under their heading."""
    found = [re.fullmatch(r"\(?(\d{1,2})\)?", text_of(cell.value)) for cell in cells.values()]
    numbers = [int(one[1]) for one in found if one]
    if len(numbers) != len(cells) or len(numbers) < 3:
        return False
    return numbers[0] in (0, 1) and numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _line(lines: _Lines, line: int, width: int) -> dict[int, str]:
    """The headings of one row by column; one that groups columns reaches to the next, merged or not."""
    cells = lines.rows[line]
    texts: dict[int, str] = {}
    above = ""
    for place in range(1, width + 1):
        source = lines.merged.get((line, place))
        free = source is None and place not in lines.naming
        if place in cells:
            texts[place] = text_of(cells[place].value)
            groups = bool(lines.reader.facet(texts[place]) or read_group(texts[place]))
            above = texts[place] if free and groups else ""
        elif source and source[0] == line and source[1] in cells:
            texts[place] = text_of(cells[source[1]].value)
        elif free and above:
            texts[place] = above
    return texts


def _read_column(place: int, texts: list[str], reader: Reader) -> Column:
    """One column from its headings, from the upper row to the lower; the lowest role counts."""
    found: dict[str, str] = {}
    role, group, joined = "", "", []
    for text in texts:
        heading = read_heading(text)
        own_group = read_group(text)
        if indicator_code(text) in reader.recogniser.cards:
            found |= reader.facet(text)
        elif own_group:
            group = own_group
        elif heading:
            role = heading.role
            joined.append(heading.rest if role in FACETED else "")
        elif not says_total(text):
            facet = reader.facet(text, group=group) or reader.facet(text)
            found |= facet
            joined.append(text if "period" in facet else "")
    both = " ".join(part for part in reversed(joined) if part)
    found |= {"period": period} if both and (period := reader.period_of(both)) else {}
    if not role:
        is_value = bool(found) or any(says_total(text) for text in texts)
        role = "value" if is_value else f"group:{group}" if group else ""
    if role not in FACETED:
        found = {}
    return Column(place, role, " / ".join(texts), **found)
