"""Table layouts as data: which rows and columns of a released table a reader sees, under which words."""

import html
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from evaluation.core.errors import ReportError
from evaluation.core.results import Released
from evaluation.core.yamlfile import read_yaml
from evaluation.reporting.displays import number_html
from evaluation.reporting.numbers import format_interval
from evaluation.reporting.register import Entry, make_entry
from evaluation.reporting.wording import load_wording

LAYOUTS = Path(__file__).resolve().parent / "tables.yaml"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the word above it, and the field of a row that fills it."""

    header: dict[str, str]
    field: str
    quantity: str = ""
    measure: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """How one table looks; ``pivot`` puts the measures of a row's ``pivot`` field side by side."""

    caption: dict[str, str]
    columns: tuple[Column, ...]
    where: dict[str, str]
    pivot: str = ""
    note: dict[str, str] | None = None
    wide: bool = False


@cache
def load_layouts(file: Path = LAYOUTS) -> dict[str, Layout]:
    """All table layouts; a caption, header or note missing in a language is an error."""
    return {key: _read_layout(key, entry, file=file.name) for key, entry in read_yaml(file).items()}


def layout_of(name: str) -> Layout:
    """The layout of that name."""
    layouts = load_layouts()
    if name not in layouts:
        raise ReportError(f"tables.yaml: no layout named {name}; add one for this result.")
    return layouts[name]


def table_html(
    released: Released, layout: Layout, *, slug: str, language: str
) -> tuple[str, tuple[Entry, ...]]:
    """The table as HTML with caption, scoped headers and notes, and the entries of its numbers."""
    entries: list[Entry] = []
    head = "".join(f'<th scope="col">{html.escape(one.header[language])}</th>' for one in layout.columns)
    body = []
    for rows in _groups(released, layout):
        cells = []
        for place, column in enumerate(layout.columns):
            text, found, numeric = _cell(released, rows, column, language=language)
            entries.extend(found)
            if place == 0:
                cells.append(f'<th scope="row">{text}</th>')
            else:
                cells.append(f'<td class="num">{text}</td>' if numeric else f"<td>{text}</td>")
        body.append(f"<tr>{''.join(cells)}</tr>")
    note = f'<p class="note">{html.escape(layout.note[language])}</p>' if layout.note else ""
    caption = html.escape(layout.caption[language])
    return (
        f'<div class="exhibit table{" wide" if layout.wide else ""}" id="tab-{slug}"><table>'
        f'<caption><span class="exno" data-kind="table" data-ref="tab-{slug}"></span> {caption}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(body)}</tbody></table>{note}</div>"
    ), tuple(entries)


def _groups(released: Released, layout: Layout) -> list[list[int]]:
    """The row labels behind each printed line: one each, or all with the same pivot value."""
    source = released.table if len(released.table) else released.texts
    if source is None:
        raise ReportError(f"{released.id}: nothing to show; the result has neither numbers nor texts.")
    chosen = source
    for field, value in layout.where.items():
        chosen = chosen[chosen[field].astype(str) == value]
    if not layout.pivot:
        return [[int(label)] for label in chosen.index]
    return [
        [int(label) for label in part.index]
        for _, part in chosen.groupby(layout.pivot, sort=False, dropna=False)
    ]


def _cell(
    released: Released, rows: list[int], column: Column, *, language: str
) -> tuple[str, list[Entry], bool]:
    if column.measure:
        rows = [row for row in rows if released.table.loc[row, "measure"] == column.measure]
        if not rows:
            return html.escape(load_wording().text("status.not_applicable", language=language)), [], False
    row = rows[0]
    if column.field.startswith("text:"):
        name = column.field.removeprefix("text:")
        texts = released.texts
        if texts is None:
            raise ReportError(
                f"{released.id}: the layout asks for the text {name}, and the result has no texts."
            )
        full = f"{name}.{language}" if f"{name}.{language}" in texts.columns else name
        if full not in texts.columns:
            raise ReportError(f"{released.id}: the layout asks for the text {name}, which is not there.")
        return html.escape(str(texts.loc[row, full])), [], False
    if column.field.startswith("code:"):
        return html.escape(str(released.table.loc[row, column.field.removeprefix("code:")])), [], False
    if column.field.startswith("word:"):
        field = column.field.removeprefix("word:")
        value = released.table.loc[row, field]
        return html.escape(load_wording().text(f"{field}.{value}", language=language)), [], False
    if column.field == "interval":
        return _interval(released, row, column, language=language)
    text, entry = number_html(released, row, column.field, language=language, quantity=column.quantity)
    return text, [entry], True


def _interval(
    released: Released, row: int, column: Column, *, language: str
) -> tuple[str, list[Entry], bool]:
    line = released.table.loc[row]
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
    )


def _pair(words: dict[str, str] | None, place: str, *, file: str) -> dict[str, str]:
    for language in ("ro", "en"):
        if not isinstance(words, dict) or not (words.get(language) or "").strip():
            raise ReportError(f"{file}: {place}: no text in {language}; write it.")
    assert words is not None
    return words
