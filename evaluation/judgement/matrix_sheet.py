"""The layout of the matrix workbook: sheets, columns and words, as the writer and the reader both use them."""

from functools import cache
from pathlib import Path
from typing import Any, Literal

from evaluation.core.yamlfile import read_yaml
from evaluation.judgement.matrix_rows import Row
from evaluation.strategy.words import Definition, Text, load_as

LAYOUT = Path(__file__).resolve().parent / "frame" / "matrix_workbook.yaml"
FORMAT = "matrix-1"
KIT_SHEET = "_kit"
HEAD_ROW, FIELDS_ROW, FIRST_ROW = 0, 1, 2
"""Rows of the sheet of questions, from 0; the row of fields is hidden."""
FREE_ROWS = 20
"""Lines for new sub-questions below those that are there."""
SEPARATOR = ";"


class Column(Definition):
    """One column: the field of a row, what may stand in it and from which list."""

    field: str
    takes: Literal["id", "one", "several", "text"]
    list: str = ""
    width: int
    head: Text

    @property
    def optional(self) -> bool:
        """Empty only where ids and reason share the duty to say something."""
        return self.field.endswith((".ids", ".reason"))


class Layout(Definition):
    """Sheets, columns and words."""

    sheets: dict[str, Text]
    title: Text
    lead: Text
    steps: tuple[Text, ...]
    rule: Text
    hints: dict[str, Text]
    wrong: Text
    list_heads: dict[str, Text]
    columns: tuple[Column, ...]

    def place(self, field: str) -> int:
        """The number of a field's column, from 0; of a part that has none, of the first that belongs to it."""
        fields = [one.field for one in self.columns]
        found = [at for at, one in enumerate(fields) if one == field or one.startswith(f"{field}.")]
        return found[0]


@cache
def sheet_layout() -> Layout:
    """The layout, read once."""
    return load_as(Layout, read_yaml(LAYOUT), file=LAYOUT.name)


def cells_of(row: Row, layout: Layout) -> list[str]:
    """The cells of a sub-question in the order of the columns."""
    content = row.model_dump(mode="json")
    return [_cell(content, column.field) for column in layout.columns]


def content_of(cells: dict[str, str], layout: Layout) -> dict[str, Any]:
    """What a model of a sub-question is made from, out of its cells by field."""
    content: dict[str, Any] = {}
    for column in layout.columns:
        *path, last = column.field.split(".")
        home = content
        for step in path:
            home = home.setdefault(step, {})
        home[last] = split_ids(cells[column.field]) if column.takes == "several" else cells[column.field]
    return content


def split_ids(cell: str) -> tuple[str, ...]:
    """The ids of a cell.

    >>> split_ids("BL-007; BL-008;")
    ('BL-007', 'BL-008')
    """
    return tuple(one.strip() for one in cell.replace("\n", SEPARATOR).split(SEPARATOR) if one.strip())


def _cell(content: dict[str, Any], field: str) -> str:
    found: Any = content
    for step in field.split("."):
        found = found[step]
    return f"{SEPARATOR} ".join(found) if isinstance(found, list) else str(found)
