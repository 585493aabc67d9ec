"""The web page of a report, read with lxml."""

from functools import lru_cache
from typing import TYPE_CHECKING

from evaluation.audit.papers import FileKey, Grid, Number, Paper, Part, squeeze

if TYPE_CHECKING:
    from lxml.etree import _Element

_HEADINGS = ("h1", "h2", "h3", "h4")
_BLOCKS = ("p", "li", "td", "th", "dd", "dt", "caption", "figcaption", "summary", *_HEADINGS)


@lru_cache(maxsize=6)
def read_page(key: FileKey) -> Paper:
    """The page as a paper: headings with what stands under them, numbers, tables, alternatives."""
    from lxml import html

    tree = html.fromstring(key.path.read_bytes())
    facts = {_text(one): _text(one.getnext()) for one in tree.iter("dt") if one.getnext() is not None}
    return Paper(
        name=key.path.name,
        language=tree.get("lang") or "",
        title=_text(next(tree.iter("h1"), None)),
        facts=facts,
        parts=tuple(part for section in tree.iter("section") for part in _parts(section)),
        numbers=tuple(_numbers(tree)),
        blocks=tuple(_blocks(tree)),
        alternatives=tuple((_figure_of(one), one.get("alt") or "") for one in tree.iter("img")),
        listed=tuple(_targets(tree, "lists")),
        contents=tuple(_targets(tree, "contents")),
        text=_text(tree.find("body")),
        rows={one.get("id", "")[2:]: _text(one) for one in tree.iter("tr") if one.get("id", "")[:2] == "R-"},
        tips={
            one.get("href", "")[3:]: one.get("data-tip", "")
            for one in tree.iter("a")
            if one.get("class") == "n" and one.get("data-tip")
        },
        places={
            one.get("id") or "": section.get("aria-labelledby") or ""
            for section in tree.iter("section")
            for one in section.iter("figure")
        },
    )


def _text(element: "_Element | None") -> str:
    return "" if element is None else squeeze(" ".join(str(one) for one in element.itertext()))


def _parts(section: "_Element") -> list[Part]:
    """Headings and what follows them; what stands in nested boxes belongs to the heading above."""
    parts: list[Part] = []
    chapter = section.get("aria-labelledby") or ""
    head: _Element | None = None
    body: list[_Element] = []
    for child in [*section, None]:
        if child is None or child.tag in _HEADINGS:
            if head is not None:
                parts.append(_part(head, body, chapter or head.get("id") or ""))
            head, body = child, []
        else:
            body.append(child)
    return parts


def _part(head: "_Element", body: list["_Element"], chapter: str) -> Part:
    grids = tuple(_grid(table) for one in body for table in one.iter("table"))
    text = " ".join(_text(one) for one in body)
    return Part(
        head.get("id") or "", chapter, int(head.tag[1]), _text(head), text, tuple(one for one in grids if one)
    )


def _grid(table: "_Element") -> Grid:
    lines = [[cell for cell in row if cell.tag in ("td", "th")] for row in table.iter("tr")]
    caption = table.find("caption")
    box = next((one for one in table.iterancestors() if (one.get("id") or "").startswith("tab-")), None)
    span = None if caption is None else caption.find("span")
    ident = (span.get("data-ref") if span is not None else "") or (box.get("id") if box is not None else "")
    top = lines and all(one.get("scope") == "col" or one.tag == "th" for one in lines[0])
    body = lines[1:] if top else lines
    return Grid(
        id=ident or "",
        caption=_text(caption),
        head=tuple(_text(cell) for cell in lines[0]) if top else (),
        rows=tuple(tuple(_text(cell) for cell in line) for line in body),
        links=tuple(tuple(a.get("href", "") for cell in line for a in cell.iter("a")) for line in body),
    )


def _numbers(tree: "_Element") -> list[Number]:
    found, place = [], ""
    for one in tree.iter("a", "caption", *_HEADINGS):
        if one.tag in _HEADINGS:
            place = one.get("id") or place
        elif one.tag == "caption":
            span = one.find("span")
            place = (span.get("data-ref") if span is not None else "") or place
        elif one.get("class") == "n" and (one.get("href") or "").startswith("#R-"):
            found.append(Number(one.get("href", "")[3:], _text(one), place))
    return found


def _blocks(tree: "_Element") -> list[tuple[str, str]]:
    """Texts without the parts that are marked as being in another language."""
    found, place = [], ""
    for one in tree.iter(*_BLOCKS):
        if one.tag in _HEADINGS:
            place = one.get("id") or place
        if any(box.get("lang") for box in [one, *one.iterancestors()][:-1]):
            continue
        text = _text(one)
        for foreign in one.iterdescendants():
            if isinstance(foreign.tag, str) and foreign.get("lang"):
                text = text.replace(_text(foreign), " ")
        found.append((place, text))
    return found


def _figure_of(image: "_Element") -> str:
    return next((one.get("id") or "" for one in image.iterancestors() if one.tag == "figure"), "")


def _targets(tree: "_Element", name: str) -> list[str]:
    return [
        (a.get("href") or "")[1:]
        for nav in tree.iter("nav")
        if nav.get("class") == name
        for a in nav.iter("a")
    ]
