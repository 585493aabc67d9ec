"""Table layouts as data: which rows and columns of a released table a reader sees, under which words."""

import html
import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evaluation.core.errors import ReportError
from evaluation.core.results import Released
from evaluation.core.yamlfile import read_yaml
from evaluation.reporting.displays import number_html
from evaluation.reporting.numbers import format_interval
from evaluation.reporting.register import Entry, make_entry
from evaluation.reporting.wording import load_wording

if TYPE_CHECKING:
    import pandas as pd

REPORTING = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the word above it, and the field of a row that fills it."""

    header: dict[str, str]
    field: str
    quantity: str = ""
    measure: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """How one table looks; ``pivot`` puts the measures of a row's ``pivot`` field side by side.

    With several fields in ``pivot`` a line stands for each combination. ``split`` makes a table for each value of a text, which ``{part}`` in the caption names (or ``split_label``);
    ``within`` is the column that says where in the plan a row belongs, for tables of one objective only.
    """

    caption: dict[str, str]
    columns: tuple[Column, ...]
    where: dict[str, str]
    pivot: str = ""
    note: dict[str, str] | None = None
    wide: bool = False
    split: str = ""
    split_label: str = ""
    within: str = ""


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


def tables_html(
    released: Released, layout: Layout, *, slug: str, language: str, only: str = ""
) -> tuple[str, tuple[Entry, ...]]:
    """The table, or one after the other for each part that the layout splits it into.

    ``only`` keeps the rows of one objective and of those below it.
    """
    rows = _chosen(released, layout).index
    if only:
        place = _values(released, layout.within or layout.split).loc[rows].astype(str)
        rows = rows[(place == only) | place.str.startswith(f"{only}.")]
        slug = slug if layout.split else f"{slug}-{slug_of(only)}"
    if not layout.split:
        return table_html(released, layout, slug=slug, language=language, rows=rows, part=only)
    parts = _values(released, layout.split).loc[rows].astype(str)
    found = []
    for part in dict.fromkeys(parts):
        rows = parts.index[parts == part]
        label = part
        if layout.split_label:
            label = _text(released, int(rows[0]), layout.split_label, language=language)
        piece = slug_of(part)
        found.append(
            table_html(released, layout, slug=f"{slug}-{piece}", language=language, rows=rows, part=label)
        )
    return "".join(markup for markup, _ in found), tuple(one for _, entries in found for one in entries)


def slug_of(part: str) -> str:
    """A value as a piece of an anchor.

    >>> slug_of("2.2")
    '2-2'
    """
    return re.sub(r"[^A-Za-z0-9]+", "-", part).strip("-")


def table_html(
    released: Released,
    layout: Layout,
    *,
    slug: str,
    language: str,
    rows: Collection[int] | None = None,
    part: str = "",
) -> tuple[str, tuple[Entry, ...]]:
    """The table as HTML with caption, scoped headers and notes, and the entries of its numbers.

    ``rows`` keeps some rows only, which the caption names by ``part``; synthetic data are marked in it.
    """
    entries: list[Entry] = []
    head = "".join(f'<th scope="col">{html.escape(one.header[language])}</th>' for one in layout.columns)
    body = []
    for line in _groups(released, layout, rows):
        cells = []
        for place, column in enumerate(layout.columns):
            text, found, numeric = _cell(released, line, column, language=language)
            entries.extend(found)
            if place == 0:
                cells.append(f'<th scope="row">{text}</th>')
            else:
                cells.append(f'<td class="num">{text}</td>' if numeric else f"<td>{text}</td>")
        body.append(f"<tr>{''.join(cells)}</tr>")
    note = f'<p class="note">{html.escape(layout.note[language])}</p>' if layout.note else ""
    caption = html.escape(layout.caption[language].replace("{part}", part))
    caption += synthetic_html(released, language=language)
    return (
        f'<div class="exhibit table{" wide" if layout.wide else ""}" id="tab-{slug}"><table>'
        f'<caption><span class="exno" data-kind="table" data-ref="tab-{slug}"></span> {caption}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table>{note}</div>"
    ), tuple(entries)


def synthetic_html(released: Released, *, language: str) -> str:
    """The mark of a caption over numbers that were invented for a trial."""
    if not is_synthetic(released):
        return ""
    return f' <strong class="synthetic">{html.escape(load_wording().text("synthetic.mark", language=language))}</strong>'


def is_synthetic(released: Released) -> bool:
    """The numbers are invented."""
    return bool(getattr(released.provenance, "synthetic", False))


def _groups(released: Released, layout: Layout, rows: Collection[int] | None) -> list[list[int]]:
    """The row labels behind each printed line: one each, or all with the same pivot value."""
    chosen = _chosen(released, layout)
    if rows is not None:
        chosen = chosen[chosen.index.isin(list(rows))]
    if not layout.pivot:
        return [[int(label)] for label in chosen.index]
    return [
        [int(label) for label in part.index]
        for _, part in chosen.groupby(layout.pivot.split(), sort=False, dropna=False)
    ]


def _chosen(released: Released, layout: Layout) -> "pd.DataFrame":
    source = released.table if len(released.table) else released.texts
    if source is None:
        raise ReportError(f"{released.id}: nothing to show; the result has neither numbers nor texts.")
    chosen = source
    for field, value in layout.where.items():
        chosen = chosen[_values(released, field).loc[chosen.index].astype(str) == value]
    return chosen


def _values(released: Released, field: str) -> "pd.Series":
    """A column of the numbers, or of the texts beside them."""
    for table in (released.table, released.texts):
        if table is not None and field in table.columns:
            return table[field]
    raise ReportError(f"{released.id}: the layout asks for the column {field}, which is not there.")


def _text(released: Released, row: int, name: str, *, language: str) -> str:
    texts = released.texts
    full = next(
        (one for one in (f"{name}.{language}", name) if texts is not None and one in texts.columns), ""
    )
    if texts is None or not full:
        raise ReportError(f"{released.id}: the layout asks for the text {name}, which is not there.")
    return str(texts.loc[row, full])


def _cell(
    released: Released, rows: list[int], column: Column, *, language: str
) -> tuple[str, list[Entry], bool]:
    if column.measure:
        rows = [row for row in rows if released.table.loc[row, "measure"] == column.measure]
        if not rows:
            return html.escape(load_wording().text("status.not_applicable", language=language)), [], False
    row = rows[0]
    if column.field.startswith("text:"):
        text = str(_text(released, row, column.field.removeprefix("text:"), language=language))
        return html.escape(text), [], False
    if column.field.startswith("code:"):
        return html.escape(str(released.table.loc[row, column.field.removeprefix("code:")])), [], False
    if column.field.startswith("word:"):
        field = column.field.removeprefix("word:")
        value = str(released.table.loc[row, field])
        return html.escape(load_wording().text(f"{field}.{value}", language=language)), [], False
    if column.field == "interval":
        return _interval(released, row, column, language=language)
    text, entry = number_html(released, row, column.field, language=language, quantity=column.quantity)
    return text, [entry], True


def _interval(
    released: Released, row: int, column: Column, *, language: str
) -> tuple[str, list[Entry], bool]:
    line = released.table.loc[row].to_dict()
    if line["ci_low"] != line["ci_low"] or line["ci_high"] != line["ci_high"]:
        return html.escape(load_wording().text("status.no_interval", language=language)), [], True
    quantity = column.quantity or str(line["quantity"])
    text = format_interval(
        float(line["ci_low"]), float(line["ci_high"]), quantity=quantity, language=language
    )
    entry = make_entry(released, row, "estimate")
    return f'<a class="n" href="#R-{entry.id}">{html.escape(text)}</a>', [entry], True


def _read_layout(key: str, entry: dict[str, Any], *, file: str) -> Layout:
    columns = tuple(
        Column(
            header=_pair(one.get("header"), f"{key}, a column header", file=file),
            field=one["field"],
            quantity=one.get("quantity", ""),
            measure=one.get("measure", ""),
        )
        for one in entry["columns"]
    )
    return Layout(
        caption=_pair(entry.get("caption"), f"{key}, caption", file=file),
        columns=columns,
        where=dict(entry.get("where") or {}),
        pivot=entry.get("pivot", ""),
        note=_pair(entry["note"], f"{key}, note", file=file) if entry.get("note") else None,
        wide=entry.get("wide") == "yes",
        split=entry.get("split", ""),
        split_label=entry.get("split_label", ""),
        within=entry.get("within", ""),
    )


def _pair(words: dict[str, str] | None, place: str, *, file: str) -> dict[str, str]:
    for language in ("ro", "en"):
        if not isinstance(words, dict) or not (words.get(language) or "").strip():
            raise ReportError(f"{file}: {place}: no text in {language}; write it.")
    assert words is not None
    return words
