"""The register as an annex: every number with what lies behind it, in two tables that refer to each other."""

import html
import math
from typing import Any

from evaluation.core.status import Status
from evaluation.reporting.annexes import collect_sources, known, table_html, word
from evaluation.reporting.displays import method_name
from evaluation.reporting.numbers import format_number
from evaluation.reporting.wording import load_wording

Entries = list[dict[str, Any]]
_DIGITS = 4
_SHARES = ("proportion", "share")
_HEADERS = ("number", "value", "origin", "rows", "place")


def register_html(entries: Entries, *, numbers: dict[str, str], language: str) -> str:
    """The register: one row per number, the target of its link on the pages; origins are told once, before it.

    ``numbers`` gives the printed number of a chapter ("3", "A") by its id.
    """
    codes = {origin: f"O{place}" for place, origin in enumerate(_origins(entries), start=1)}
    head = "".join(f'<th scope="col">{word(f"register.{one}", language)}</th>' for one in _HEADERS)
    body = "".join(_row(entry, codes[_origin(entry)], numbers, language=language) for entry in entries)
    caption = word("register.caption", language)
    return (
        f"<p>{word('register.intro', language)}</p>{_origins_html(entries, codes, language=language)}"
        '<div class="exhibit table register" id="tab-register"><table class="register"><caption>'
        f'<span class="exno" data-kind="table" data-ref="tab-register"></span> {caption}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _origin(entry: dict[str, Any]) -> tuple[str, ...]:
    files = tuple(one["file"] for one in entry["sources"])
    return (entry["result"], entry["method"], entry["policy"], entry["decision"], *files)


def _origins(entries: Entries) -> list[tuple[str, ...]]:
    return list(dict.fromkeys(_origin(entry) for entry in entries))


def _origins_html(entries: Entries, codes: dict[tuple[str, ...], str], *, language: str) -> str:
    """What the numbers of one result share: files, method, decision of the gate."""
    files = {file: f"S{place}" for place, file in enumerate(collect_sources(entries), start=1)}
    rows = [
        (
            code,
            origin[0],
            _file_codes([files[one] for one in origin[4:]]),
            method_name(origin[1], language=language),
            f"{known('policy', origin[2], language)}: {known('decision', origin[3], language)}",
        )
        for origin, code in codes.items()
    ]
    keys = ("register.origin", "decisions.result", "register.source", "register.method", "register.decision")
    return table_html("origins", keys, rows, language=language)


def _file_codes(codes: list[str]) -> str:
    """S1, S4; a run of more than three is shortened to its ends."""
    return ", ".join(codes) if len(codes) <= 3 else f"{codes[0]}–{codes[-1]} ({len(codes)})"


def _row(entry: dict[str, Any], origin: str, numbers: dict[str, str], *, language: str) -> str:
    lines = "; ".join(dict.fromkeys(_first_place(one["rows"]) for one in entry["sources"] if one["rows"]))
    places = "; ".join(
        dict.fromkeys(
            f"{numbers.get(one['chapter'], one['chapter'])}:{one['cell']}" for one in entry["shown"]
        )
    )
    value = _value(entry, language=language)
    around = [_interval(entry, language=language), _count(entry, language=language)]
    beside = "; ".join(one for one in around if one and entry["status"] == Status.OK)
    cells = (f"{value} ({beside})" if beside else value, origin, lines, places)
    tail = "".join(f"<td>{html.escape(one)}</td>" for one in cells)
    back = f'<a href="#u-{entry["id"]}">{html.escape(entry["id"].removesuffix(".estimate"))}</a>'
    return f'<tr id="R-{entry["id"]}"><th scope="row">{back}</th>{tail}</tr>'


def _first_place(rows: str) -> str:
    """The first of several cells and how many more there are; register.json names more of them.

    >>> _first_place("2025/A.xlsx Indicatori!H12; 2025/B.xlsx Indicatori!H9; +3")
    '2025/A.xlsx Indicatori!H12 +4'
    """
    first, *others = rows.split("; ")
    more = sum(int(one[1:]) if one.startswith("+") else 1 for one in others)
    return f"{first} +{more}" if more and "!" in first else rows


def _value(entry: dict[str, Any], *, language: str) -> str:
    """The number with more digits than a page shows; a fraction is written as the percentage it is read as."""
    if entry["status"] != Status.OK:
        return load_wording().text(f"status.{entry['status']}", language=language)
    if entry["value"] is None:
        return load_wording().text("status.not_applicable", language=language)
    return _number(entry["value"], entry["quantity"], language=language)


def _count(entry: dict[str, Any], *, language: str) -> str:
    if entry["n"] is None:
        return ""
    return f"n = {format_number(entry['n'], quantity='count', language=language)}"


def _interval(entry: dict[str, Any], *, language: str) -> str:
    limits = [entry["ci_low"], entry["ci_high"]]
    if None in limits:
        return ""
    return "–".join(_number(limit, entry["quantity"], language=language) for limit in limits)


def _number(value: float, quantity: str, *, language: str) -> str:
    if math.isinf(value):
        return "∞"
    shown = value * 100 if quantity in _SHARES else value
    percent = "%" if quantity in (*_SHARES, "percent") else ""
    return format_number(round(shown, _DIGITS), quantity="published", language=language) + percent
