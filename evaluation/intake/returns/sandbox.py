"""Returned workbooks are parsed in a process of their own, with limits on memory, time and size of the answer."""

import hashlib
import json
import tempfile
from pathlib import Path
from typing import Any

from evaluation.intake.returns.children import read_apart
from evaluation.intake.returns.limits import DEFAULT, FileRefused, Limits
from evaluation.intake.returns.raw import CellValue, RawBook, RawCell, RawSheet
from evaluation.intake.returns.screen import read_bytes, screen

__all__ = ["DEFAULT", "FileRefused", "Limits", "open_book"]

KINDS = ("text", "number", "date", "bool", "error", "formula")
_PLAIN_KINDS = (1, 3)
"""Numbers and booleans stand in the answer as themselves, everything else as its place among the texts."""


def open_book(path: Path, *, limits: Limits = DEFAULT) -> RawBook:
    """The filled cells of a returned .xlsx, .xls, .ods or .csv file, or FileRefused with code and remedy.

    The file is looked at without parsing, then read by a child that limits itself before it touches the content,
    follows no link, computes no formula and answers in plain JSON. Only filled cells arrive; a
    formula that was never calculated arrives as kind ``formula`` without a value.
    """
    data = read_bytes(path, limits)
    form = screen(path.name, data, limits)
    answer = _parse(path.name, data, form, limits)
    if "refused" in answer:
        raise FileRefused(path.name, str(answer["refused"]))
    texts, formats = answer["texts"], answer["formats"]
    return RawBook(
        file=path.name,
        digest=hashlib.sha256(data).hexdigest(),
        sheets=tuple(_sheet(one, texts, formats) for one in answer["sheets"]),
        properties=tuple(answer["properties"]),
    )


def _parse(name: str, data: bytes, form: str, limits: Limits) -> dict[str, Any]:
    """What the child answers; it reads the very bytes that were looked at, not the file again."""
    with tempfile.TemporaryFile() as source:
        source.write(data)
        source.seek(0)
        answer = read_apart(source, form, limits)
    if answer is None:
        raise FileRefused(name, "file_too_heavy")
    loaded: dict[str, Any] = json.loads(answer)
    return loaded


def _sheet(plain: dict[str, Any], texts: list[str], formats: list[str]) -> RawSheet:
    cells: dict[tuple[int, int], RawCell] = {}
    for row, column, kind, number_format, value in zip(
        plain["rows"], plain["columns"], plain["kinds"], plain["formats"], plain["values"], strict=True
    ):
        is_text = kind not in _PLAIN_KINDS and value is not None
        held: CellValue = texts[value] if is_text else value
        cells[row, column] = RawCell(row, column, held, KINDS[kind], formats[number_format])
    return RawSheet(
        name=plain["name"],
        hidden=plain["hidden"],
        cells=cells,
        merged=tuple((a, b, c, d) for a, b, c, d in plain["merged"]),
        hidden_rows=frozenset(plain["hidden_rows"]),
        hidden_columns=frozenset(plain["hidden_columns"]),
    )
