"""What goes to standard output: JSON for programs, CSV for spreadsheets, tables for readers."""

import csv
import io
import json
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

Record = Mapping[str, Any]
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_MARK = "\t"


def write_json(content: object) -> None:
    """The content as JSON in UTF-8, keys in the order given; nothing else is printed."""
    text = json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False)
    click.echo(text.encode("utf-8"))


def write_csv(records: Sequence[Record], *, like: Sequence[Record] | None = None) -> None:
    """The records as CSV; ``like`` gives the columns when the records are a selection of others."""
    click.echo(make_csv(records, like=like), nl=False)


def write_table(
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    title: str = "",
    note: str = "",
    fixed: Sequence[int] = (),
) -> None:
    """A table that fits the terminal (80 columns when there is none); ``fixed`` columns are never wrapped.

    Emphasis is bold only and only on a terminal; nothing is said by colour.
    """
    from rich import box
    from rich.console import Console
    from rich.table import Table

    console = Console(file=sys.stdout, markup=False, emoji=False, highlight=False, soft_wrap=False)
    table = Table(box=box.SIMPLE_HEAD, leading=1, pad_edge=False, collapse_padding=True)
    for place, heading in enumerate(headings):
        table.add_column(heading, no_wrap=place in fixed, overflow="fold")
    for row in rows:
        table.add_row(*row)
    if title:
        console.print(title, style="bold")
    console.print(table)
    if note:
        console.print(note)


def make_csv(records: Sequence[Record], *, like: Sequence[Record] | None = None) -> bytes:
    r"""RFC 4180 in UTF-8 with a byte order mark; one line a record.

    Nested parts get dotted columns (``action.ro``); a list becomes lines within its cell; a list of records
    whose own parts are nested becomes JSON. A spreadsheet takes a cell for a formula when it begins with
    ``= + - @``, quoted or not, so such a text gets one tab in front, and so does a text that begins with a
    tab. ``read_csv`` takes one tab off again: what comes back is exactly what was written. Numbers are no
    texts and keep their sign.

    >>> make_csv([{"id": "a", "text": "=1+1"}]).decode("utf-8-sig")
    'id,text\r\na,\t=1+1\r\n'
    """
    flat = [_flatten(record) for record in records]
    columns = _columns(records if like is None else like)
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([_cell(one.get(name)) for name in columns] for one in flat)
    return buffer.getvalue().encode("utf-8-sig")


def read_csv(content: bytes) -> list[dict[str, str]]:
    """The cells that ``make_csv`` wrote, as text."""
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    return [dict(zip(rows[0], (cell.removeprefix(_MARK) for cell in row), strict=True)) for row in rows[1:]]


def path_from_here(path: Path) -> str:
    """The path from the working folder, with forward slashes."""
    return Path(os.path.relpath(path)).as_posix()


def _columns(records: Sequence[Record]) -> list[str]:
    """Every column of the records, in the order of their keys; a part that is absent here and nested there is nested."""
    found = list(dict.fromkeys(name for record in records for name in _flatten(record)))
    nested = {name.split(".")[0] for name in found if "." in name}
    keys = dict.fromkeys(key for record in records for key in record)
    return [name for key in keys for name in found if name.split(".")[0] == key and name not in nested]


def _flatten(record: Record) -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for name, value in record.items():
        if isinstance(value, Mapping):
            flat |= {f"{name}.{inner}": one for inner, one in _flatten(value).items()}
        elif isinstance(value, (list, tuple)):
            flat |= _flatten_list(name, value)
        else:
            flat[name] = value
    return flat


def _flatten_list(name: str, values: Sequence[Any]) -> dict[str, Any]:
    if not values:
        return {}
    if not all(isinstance(one, Mapping) for one in values):
        return {name: "\n".join(_text(one) for one in values)}
    if any(isinstance(part, (Mapping, list, tuple)) for one in values for part in one.values()):
        return {name: json.dumps(values, ensure_ascii=False)}
    return {f"{name}.{key}": "\n".join(_text(one[key]) for one in values) for key in values[0]}


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _cell(value: object) -> str:
    text = _text(value)
    return _MARK + text if isinstance(value, str) and text.startswith(_FORMULA) else text
