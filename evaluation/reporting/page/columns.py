"""Column widths from the text of a table and the letters of the bundled font, so that paper needs no trial layout."""

import re
from dataclasses import dataclass, replace

import numpy as np
from lxml import etree

from evaluation.reporting.page.letters import text_em

EM = {"table": 2.97, "dense": 2.97, "register": 2.12}  # mm: 8.4 pt and 6 pt
PADDING = {"table": 3.6, "dense": 1.8, "register": 2.2}
MANY = 12  # columns: what has more stands closer together
UPRIGHT, TURNED = 163.0, 257.0
LONGEST_WORD, SAMPLE = 9.0, 300  # em, rows
SMALL, SHORT = 62.0, 150.0  # mm: tables that stay whole; turned tables that fit upright
TOGETHER = 70.0  # mm: the first rows and the last rows stay together up to this height
WORTH_TURNING = 1.5  # how much higher an upright table may be: its page is as much higher than a turned one
LINE, ROW = 4.05, 2.8
_TOKEN = re.compile(r"(?=\S*\d)[\w.]+(?:[-–/][\w.]+)+")
_DOTTED = re.compile(r"\d+(?:\.\d+)+")
_HEADERS = frozenset({"thead"})


@dataclass(frozen=True, slots=True)
class Widths:
    """Whole percentages of the columns, the width of the table in percent of the line, its height in mm.

    ``ends`` is the height of the head with the first three rows, or of the last three where that is more.
    """

    columns: list[int]
    table: int
    height: float
    ends: float
    fits: bool


def fix_columns(body: etree._Element) -> None:
    """Give every table without spans a ``colgroup`` (classes w1 to w100) and, where it is narrow, class t50 or t75.

    A turned table that is short and fits upright is put upright; a short table is marked to stay on one page, one
    with high rows to break between any two of them, one with many columns to stand closer together.
    """
    for table in body.iter("table"):
        parent = table.getparent()
        kinds = set() if parent is None else set((parent.get("class") or "").split())
        if parent is None or table.find("colgroup") is not None or _has_spans(table):
            continue
        kind, turned = _kind(table, kinds), "wide" in kinds
        _join_tokens(table, kind)
        widths = _widths(table, kind=kind, available=TURNED if turned else UPRIGHT)
        if turned and kind != "register":
            upright = _widths(table, kind=kind, available=UPRIGHT)
            if upright.fits and upright.height <= max(SHORT, WORTH_TURNING * widths.height):
                widths = upright
                _drop_class(parent, "wide")
        if widths.table < 100:
            _add_class(table, f"t{widths.table}")
        if kind == "dense":
            _add_class(table, "dense")
        if widths.height <= SMALL:
            _add_class(table, "keep")
        elif widths.ends > TOGETHER:
            _add_class(table, "loose")
        group = etree.Element("colgroup")
        for width in widths.columns:
            etree.SubElement(group, "col", {"class": f"w{width}"})
        table.insert(0 if table.find("caption") is None else 1, group)


def column_widths(
    rows: list[list[str]],
    *,
    heads: int,
    available: float,
    em: float,
    padding: float,
    words: list[float] | None = None,
) -> Widths:
    """Room for the longest word of every column (in em, when known), then room where it saves most lines.

    >>> column_widths([["ab", "ab"], ["12", "12"]], heads=1, available=100, em=3, padding=3.6).columns
    [50, 50]
    """
    columns = max((len(row) for row in rows), default=0)
    if not columns:
        return Widths([], 100, 0.0, 0.0, fits=True)
    natural, least = np.zeros((len(rows), columns)), np.full(columns, 4 * em / 3)
    for nth, row in enumerate(rows):
        for place, text in enumerate(row):
            bold = nth < heads
            parts = [text_em(word, bold=bold) for word in text.split()]
            if words is None:
                least[place] = max(least[place], em * min(max(parts, default=0.0), LONGEST_WORD))
            natural[nth, place] = 1.03 * em * (sum(parts) + 0.26 * max(0, len(parts) - 1))
    if words is not None:
        least = np.maximum(least, em * np.array(words))
    least = 1.03 * least + padding
    whole = np.maximum(np.maximum(natural[heads:].max(axis=0, initial=0.0), natural[:heads].max(axis=0, initial=0.0) / 2)
                       + padding, least)  # fmt: skip
    share = next((one for one in (50, 75) if whole.sum() <= available * one / 100), 100)
    room = available * share / 100
    given = whole * room / whole.sum() if whole.sum() <= room else _shared(natural, least, room, padding)
    heights = _heights(natural, given - padding)
    return Widths(
        _percentages(given, least),
        share,
        (height := float(heights.sum() + 2 * LINE)),
        float(max(heights[: heads + 3].sum(), heights[-3:].sum())),
        fits=bool(least.sum() <= (0.99 if height <= SMALL else 0.95) * available),
    )


def _shared(natural: np.ndarray, least: np.ndarray, room: float, padding: float) -> np.ndarray:
    """The least widths, then step by step more for the column whose long cells make rows highest."""
    given: np.ndarray = least * min(1.0, room / least.sum())
    step = max(room - given.sum(), 0.0) / 80
    if step <= 0:
        return given
    for _ in range(80):
        lines = natural / np.maximum(given - padding, 1.0)
        highest, longest = lines.max(axis=1), lines.argmax(axis=1)
        gain = np.bincount(longest, weights=highest * np.maximum(highest - 1, 0.0), minlength=len(given))
        given[int((gain / given).argmax())] += step
    return given


def _heights(natural: np.ndarray, inner: np.ndarray) -> np.ndarray:
    """Height of every row in mm as the text falls into lines."""
    lines: np.ndarray = np.ceil(1.05 * natural / np.maximum(inner, 1.0)).max(axis=1, initial=1.0)
    return lines * LINE + ROW


def _percentages(given: np.ndarray, least: np.ndarray) -> list[int]:
    """Whole percentages that add to 100; what rounding takes comes from the columns with room to spare."""
    total = given.sum()
    shares = np.maximum(np.ceil(100 * given / total - 1e-9), 1)
    while shares.sum() > 100:
        shares[int((shares * total / 100 - least).argmax())] -= 1
    return [int(one) for one in shares]


def _kind(table: etree._Element, classes: set[str]) -> str:
    """How closely a table is set."""
    if "register" in classes:
        return "register"
    return "dense" if max((len(row) for row in table.iter("tr")), default=0) > MANY else "table"


def _widths(table: etree._Element, *, kind: str, available: float) -> Widths:
    rows = list(table.iter("tr"))
    heads = sum(1 for row in rows if _is_head(row))
    texts = [[_text(cell) for cell in row] for row in rows]
    step = max(1, -(-len(texts) // SAMPLE))
    chosen = texts[:heads] + texts[heads::step]
    words = [_longest(rows, place) for place in range(max((len(row) for row in rows), default=0))]
    found = column_widths(
        chosen, heads=heads, available=available, em=EM[kind], padding=PADDING[kind], words=words
    )
    return replace(found, height=found.height * step)


def _longest(rows: list[etree._Element], place: int) -> float:
    """What of a column must stay on one line, in em: words up to a limit, whole numbers with their unit."""
    longest = 0.0
    for row in rows:
        cell = row[place] if place < len(row) else None
        if cell is None:
            continue
        text, classes = _text(cell), set((cell.get("class") or "").split())
        if classes & {"num", "nb"} and cell.tag == "td":
            whole = max(text_em(line) for line in _lines(cell))
            longest = max(longest, min(whole, 2 * LONGEST_WORD))
        for word in set(text.split()):
            longest = max(longest, min(text_em(word, bold=_is_head(row)), LONGEST_WORD))
    return longest


def _join_tokens(table: etree._Element, kind: str) -> None:
    """Codes and periods such as BL-001 and 2012-2016 stay on one line; so do the words of a short cell of codes."""
    for cell in table.iter("td", "th"):
        if len(cell) or not cell.text or len(cell.text) > 4000:
            continue
        text = cell.text.strip()
        if len(text) <= 22 and (_TOKEN.fullmatch(text) or _DOTTED.fullmatch(text)):
            _add_class(cell, "nb")
        elif kind != "register" and _TOKEN.search(text):
            _wrap_tokens(cell, text)


def _wrap_tokens(cell: etree._Element, text: str) -> None:
    last, cell.text = 0, ""
    place: etree._Element | None = None
    for found in _TOKEN.finditer(text):
        if len(found[0]) > 22:
            continue
        before = text[last : found.start()]
        if place is None:
            cell.text = before
        else:
            place.tail = before
        place = etree.SubElement(cell, "span", {"class": "nb"})
        place.text, last = found[0], found.end()
    if place is None:
        cell.text = text
    else:
        place.tail = text[last:]


def _is_head(row: etree._Element) -> bool:
    parent = row.getparent()
    return parent is not None and parent.tag in _HEADERS


def _add_class(element: etree._Element, name: str) -> None:
    element.set("class", f"{element.get('class') or ''} {name}".strip())


def _drop_class(element: etree._Element, name: str) -> None:
    element.set("class", " ".join(one for one in (element.get("class") or "").split() if one != name))


def _has_spans(table: etree._Element) -> bool:
    return any(cell.get("colspan") or cell.get("rowspan") for cell in table.iter("th", "td"))


def _lines(cell: etree._Element) -> list[str]:
    """The text of a cell, broken where the cell breaks it."""
    lines = [""]
    for part in cell.iter():
        if part.tag == "br":
            lines.append("")
        elif part is not cell or part.text:
            lines[-1] += part.text or ""
        if part is not cell:
            lines[-1] += part.tail or ""
    return [" ".join(line.split()) for line in lines]


def _text(cell: etree._Element) -> str:
    return " ".join("".join(str(part) for part in cell.itertext()).split())
