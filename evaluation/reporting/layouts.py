"""Table layouts as data: which rows and columns of a released table a reader sees, under which words."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from evaluation.core.errors import ReportError
from evaluation.core.yamlfile import read_yaml

REPORTING = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the word above it, and the field of a row that fills it.

    ``measure`` takes the row of that measure; ``missing`` is the text that stands for a number that is not there.
    ``each`` is the value of the layout's ``across`` for which the column was repeated; ``*`` in a file.
    """

    header: dict[str, str]
    field: str
    quantity: str = ""
    measure: str = ""
    missing: str = ""
    each: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """How one table looks; ``pivot`` puts the measures of a row's ``pivot`` field side by side.

    With several fields in ``pivot`` a line stands for each combination. ``across`` repeats the columns marked
    ``each`` for every value of a field, which ``{each}`` in their header names. ``split`` makes a table for each
    value of a text, which ``{part}`` in the caption names (or ``split_label``); ``within`` is the column that says
    where in the plan a row belongs, for tables of one objective only. A ``card`` prints each part, which is one row,
    as a list of headers with what belongs under them.
    """

    caption: dict[str, str]
    columns: tuple[Column, ...]
    where: dict[str, tuple[str, ...]]
    pivot: str = ""
    across: str = ""
    note: dict[str, str] | None = None
    wide: bool = False
    split: str = ""
    split_label: str = ""
    within: str = ""
    card: bool = False


@cache
def load_layouts(*files: Path) -> dict[str, Layout]:
    """All table layouts; a caption, header or note missing in a language is an error.

    Without files those of the report: every ``tables*.yaml``.
    """
    found: dict[str, Layout] = {}
    for file in files or sorted(REPORTING.glob("tables*.yaml")):
        for key, entry in read_yaml(file).items():
            if key in found:
                raise ReportError(f"{file.name}: the layout {key} stands in two files; keep one.")
            found[key] = _read_layout(key, entry, file=file.name)
    return found


def layout_of(name: str) -> Layout:
    """The layout of that name."""
    layouts = load_layouts()
    if name not in layouts:
        raise ReportError(f"tables: no layout named {name}; add one to a tables file for this result.")
    return layouts[name]


def _read_layout(key: str, entry: dict[str, Any], *, file: str) -> Layout:
    columns = tuple(
        Column(
            header=_pair(one.get("header"), f"{key}, a column header", file=file),
            field=one["field"],
            quantity=one.get("quantity", ""),
            measure=one.get("measure", ""),
            missing=one.get("missing", ""),
            each="*" if one.get("each") == "yes" else "",
        )
        for one in entry["columns"]
    )
    return Layout(
        caption=_pair(entry.get("caption"), f"{key}, caption", file=file),
        columns=columns,
        where={name: _several(value) for name, value in (entry.get("where") or {}).items()},
        pivot=entry.get("pivot", ""),
        across=entry.get("across", ""),
        note=_pair(entry["note"], f"{key}, note", file=file) if entry.get("note") else None,
        wide=entry.get("wide") == "yes",
        split=entry.get("split", ""),
        split_label=entry.get("split_label", ""),
        within=entry.get("within", ""),
        card=entry.get("card") == "yes",
    )


def _several(value: str | list[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _pair(words: dict[str, str] | None, place: str, *, file: str) -> dict[str, str]:
    for language in ("ro", "en"):
        if not isinstance(words, dict) or not (words.get(language) or "").strip():
            raise ReportError(f"{file}: {place}: no text in {language}; write it.")
    assert words is not None
    return words
