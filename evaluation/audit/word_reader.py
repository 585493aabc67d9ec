"""The Word file of a report, read from its XML; the ids of numbers are those of its bookmarks."""

import hashlib
import zipfile
from functools import lru_cache
from typing import TYPE_CHECKING

from evaluation.audit.papers import FileKey, Grid, Number, Paper, Part, squeeze

if TYPE_CHECKING:
    from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_LONGEST = 40


def bookmark_of(anchor: str) -> str:
    """The bookmark that stands for an anchor: Word allows forty characters, longer ones become a digest.

    >>> bookmark_of("R-plan_size.1.estimate")
    'R-plan_size.1.estimate'
    """
    if len(anchor) <= _LONGEST:
        return anchor
    return f"X{hashlib.sha1(anchor.encode(), usedforsecurity=False).hexdigest()[1:]}"


@lru_cache(maxsize=6)
def read_word(key: FileKey) -> Paper:
    """The Word file as a paper; ``key.anchors`` are the ids of the register, to read shortened bookmarks."""
    from lxml import etree

    with zipfile.ZipFile(key.path) as parts:
        tree = etree.fromstring(parts.read("word/document.xml"))
        styles = etree.fromstring(parts.read("word/styles.xml"))
    names = {bookmark_of(f"R-{one}"): one for one in key.anchors or ()}
    body = tree[0]
    codes = [squeeze(run.text or "") for run in tree.iter(f"{_W}instrText")]
    return Paper(
        name=key.path.name,
        language=_language(styles),
        title=next((_text(one) for one in body.iter(f"{_W}p") if _style(one) == "Title"), ""),
        facts={},
        parts=tuple(_parts(body)),
        numbers=tuple(_numbers(body, names)),
        blocks=tuple(_blocks(body)),
        alternatives=tuple(("", one.get("descr") or "") for one in tree.iter(_DRAWING)),
        listed=tuple(one for one in codes if one.startswith("TOC") and "\\o" not in one),
        contents=tuple(one for one in codes if one.startswith("TOC") and "\\o" in one),
        text="\n".join(_text(one) for one in body.iter(f"{_W}p")),
    )


def _text(element: "_Element") -> str:
    return squeeze("".join(one.text or "" if one.tag == f"{_W}t" else " " for one in element.iter(
        f"{_W}t", f"{_W}br", f"{_W}tab", f"{_W}p")))  # fmt: skip


def _style(paragraph: "_Element") -> str:
    found = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return "" if found is None else found.get(f"{_W}val") or ""


def _language(styles: "_Element") -> str:
    found = next(styles.iter(f"{_W}lang"), None)
    return "" if found is None else (found.get(f"{_W}val") or "")[:2]


def _blocks(body: "_Element") -> list[tuple[str, str]]:
    found, place = [], ""
    for one in body.iter(f"{_W}p"):
        place = _text(one) if _style(one).startswith("Heading") else place
        found.append((place, _text(one)))
    return found


def _parts(body: "_Element") -> list[Part]:
    parts: list[Part] = []
    title, level, chapter = "", 0, ""
    texts: list[str] = []
    grids: list[Grid] = []
    for child in [*body, None]:
        style = _style(child) if child is not None and child.tag == f"{_W}p" else ""
        if child is None or style.startswith("Heading"):
            if title:
                parts.append(Part("", chapter, level, title, " ".join(texts), tuple(grids)))
            if child is not None:
                title, level, texts, grids = _text(child), int(style[7:8] or "1"), [], []
                chapter = title if level == 1 else chapter
        elif child.tag == f"{_W}tbl":
            grids.append(_grid(child))
        else:
            texts.append(_text(child))
    return parts


def _grid(table: "_Element") -> Grid:
    lines = [tuple(_text(cell) for cell in row.iter(f"{_W}tc")) for row in table.findall(f"{_W}tr")]
    return Grid("", "", lines[0] if lines else (), tuple(lines[1:]))


def _numbers(body: "_Element", names: dict[str, str]) -> list[Number]:
    found, place = [], ""
    for one in body.iter(f"{_W}hyperlink", f"{_W}p"):
        if one.tag == f"{_W}p":
            place = _text(one) if _style(one).startswith("Heading") else place
            continue
        anchor = one.get(f"{_W}anchor") or ""
        if anchor in names or anchor.startswith("R-"):
            found.append(Number(names.get(anchor, anchor[2:]), _text(one), place))
    return found
