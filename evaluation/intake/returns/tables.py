"""Where the tables of a sheet are, wherever their heading stands and whatever its words."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from evaluation.intake.returns.columns import FACETED, NAMING, REPORTING, Column, Reader, has_numbers, text_of
from evaluation.intake.returns.headings import plain, read_group, read_heading
from evaluation.intake.returns.heads import Head, read_head
from evaluation.intake.returns.names import find_county
from evaluation.intake.returns.raw import RawCell, RawSheet
from evaluation.intake.returns.recognise import indicator_code, measure_code

SEARCHED_ROWS = 60


@dataclass(frozen=True, slots=True)
class Table:
    """Rows ``first`` to ``last`` of a sheet under a heading that begins in row ``head``."""

    head: int
    first: int
    last: int
    columns: tuple[Column, ...]

    def places(self, *roles: str) -> tuple[Column, ...]:
        """The columns of some roles, from the left."""
        return tuple(one for one in self.columns if one.role in roles)


def find_tables(sheet: RawSheet, reader: Reader) -> tuple[Table, ...]:
    """Every table of a sheet, from the top; without a heading that is understood there is none."""
    rows = rows_of(sheet)
    heads: list[Head] = []
    for place, row in enumerate(rows):
        if (heads and row <= heads[-1].bottom) or (not heads and place >= SEARCHED_ROWS):
            continue
        if _begins_table(rows[row], reader, first=not heads):
            heads.append(read_head(sheet, rows, row, reader))
    ends = [head.top - 1 for head in heads[1:]] + [max(rows, default=0)] * bool(heads)
    return tuple(
        _complete(rows, Table(head.top, head.bottom + 1, end, head.columns), reader)
        for head, end in zip(heads, ends, strict=True)
    )


def rows_of(sheet: RawSheet) -> dict[int, dict[int, RawCell]]:
    """The filled cells by row and column, in order."""
    rows: dict[int, dict[int, RawCell]] = {}
    for (row, column), cell in sorted(sheet.cells.items()):
        if cell.kind == "formula" or text_of(cell.value):
            rows.setdefault(row, {})[column] = cell
    return rows


def _begins_table(cells: dict[int, RawCell], reader: Reader, *, first: bool) -> bool:
    """True for a row with several headings of which one names what rows are about, or with a row of facets."""
    if len(cells) < 2 or has_numbers(cells):
        return False
    texts = [text_of(cell.value) for cell in cells.values()]
    roles = [found.role for text in texts if (found := read_heading(text))]
    groups = sum(bool(read_group(text)) for text in texts)
    facets = [next(iter(facet)) for text in texts if not read_heading(text) and (facet := reader.facet(text))]
    known = len(roles) + groups + len(facets)
    named = any(role in NAMING for role in roles) or bool(groups)
    tells = any(role in REPORTING for role in roles) or len(facets) >= 2
    if named and known >= 2 and 2 * known >= len(cells) and (tells or first):
        return True
    same = max((facets.count(kind) for kind in set(facets)), default=0)
    return same >= 2 and len(facets) == same and same >= len(cells) - 1


def _complete(rows: dict[int, dict[int, RawCell]], table: Table, reader: Reader) -> Table:
    """The table with the columns that only their content tells: codes without a heading, ``Nr.`` as a counter."""
    roles = {one.place: one for one in table.columns}
    width = max((place for row in _body(rows, table) for place in row), default=0)
    for place in range(1, width + 1):
        roles.setdefault(place, Column(place, ""))
    body = list(_body(rows, table))[:60]
    have = {one.role for one in roles.values()}
    named = bool(have & {"indicator"}) or any(one.indicator for one in roles.values())
    reporting = [one for one in roles.values() if one.role in FACETED]
    for place, column in sorted(roles.items()):
        texts = [text_of(row[place].value) for row in body if place in row]
        if column.role in ("", "serial"):
            role = _role_by_content(texts, reader, have=have, named=named)
            roles[place] = replace(column, role=role or column.role)
            have.add(role)
            named = named or role == "indicator"
        elif column.role == "value" and plain(column.heading) == "nr" and len(reporting) > 1:
            first = place == min(roles)
            roles[place] = replace(column, role="serial") if first else column
    return replace(table, columns=tuple(roles[place] for place in sorted(roles)))


def _role_by_content(texts: list[str], reader: Reader, *, have: set[str], named: bool) -> str:
    if not texts:
        return ""
    codes = sum(bool(indicator_code(text)) for text in texts)
    measures = sum(bool(measure_code(text)) for text in texts)
    if 2 * codes > len(texts) and not named:
        return "indicator"
    if 2 * measures > len(texts) and "measure" not in have:
        return "measure"
    if "county" not in have and 2 * sum(bool(find_county(text)) for text in texts) > len(texts):
        return "county"
    if not named and 2 * sum(bool(reader.recogniser.find(text).indicator) for text in texts) > len(texts):
        return "indicator"
    return ""


def _body(rows: dict[int, dict[int, RawCell]], table: Table) -> Iterator[dict[int, RawCell]]:
    return (rows[row] for row in range(table.first, table.last + 1) if row in rows)
