"""The page as the HTML that pandoc turns into Word: styles named, boxes unwrapped, navigation left to Word."""

import copy
from dataclasses import dataclass
from typing import Any

import lxml.html
from lxml import etree

STYLED = {"callout": "Callout", "key-message": "Key Message", "note": "Note", "source": "Note"}
MARKERS = {"contents": "[[contents]]", "list-of-tables": "[[tables]]", "list-of-figures": "[[figures]]"}


@dataclass(frozen=True, slots=True)
class WordSource:
    """What pandoc reads, and what the finishing needs to know about it."""

    html: str
    table_classes: tuple[frozenset[str], ...]
    mark: str
    running_head: str
    page: str
    of: str


def word_source(html: str) -> WordSource:
    """Take a finished page apart for Word; numbers, captions and links stay as they are in the page."""
    tree: Any = lxml.html.document_fromstring(html)
    root: Any = etree.Element("div")
    mark = _text(_first(tree, "//aside[@class='mark']"))
    _cover(tree, root, mark)
    _navigation(tree, root)
    for chapter in tree.xpath("//section[contains(@class, 'chapter')]"):
        _prepare(chapter)
        root.extend(list(chapter))
    tables = [_classes(table) for table in root.iter("table")]
    for table in root.iter("table"):
        table.attrib.pop("data-kinds", None)
    body = tree.find("body")
    return WordSource(
        html=f"<html><body>{lxml.html.tostring(root, encoding='unicode')!s}</body></html>",
        table_classes=tuple(tables),
        mark=mark,
        running_head=_text(_first(tree, "//footer/p")).split(" · ")[0],
        page=body.get("data-page", ""),
        of=body.get("data-of", ""),
    )


def _cover(tree: Any, root: Any, mark: str) -> None:
    header = _first(tree, "//header")
    if mark:
        _styled(root, "Mark", mark)
    for name, style in (("cover-title", "Title"), ("cover-subtitle", "Subtitle")):
        _styled(root, style, _text(_first(header, f".//*[@class='{name}']")))
    for fact in header.xpath(".//dl/div"):
        box = etree.SubElement(etree.SubElement(root, "div", {"custom-style": "Cover Fact"}), "p")
        label = etree.SubElement(box, "strong")
        label.text, label.tail = _text(fact.find("dt")), f" [[tab]]{_text(fact.find('dd'))}"


def _navigation(tree: Any, root: Any) -> None:
    _styled(root, "TOC Heading", _text(_first(tree, "//p[@class='nav-title']")))
    _styled(root, "toc 1", MARKERS["contents"])
    for heading in tree.xpath("//nav[@class='lists']//h2"):
        _styled(root, "List Heading", _text(heading))
        _styled(root, "table of figures", MARKERS[heading.get("id")])


def _prepare(chapter: Any) -> None:
    for summary in list(chapter.iter("summary")):
        summary.getparent().remove(summary)
    for box in chapter.xpath(".//div[starts-with(@class, 'scroll')]"):
        outer = box.getparent()
        kinds = " ".join(sorted(_classes(outer)))
        for table in box.iter("table"):
            table.set("data-kinds", f"{kinds} {table.get('class') or ''}".strip())
        box.drop_tag()
    for details in chapter.iter("details"):
        details.tag = "div"
    for element in list(chapter.iter("p", "div")):
        style = next((STYLED[one] for one in sorted(_classes(element)) if one in STYLED), "")
        if style:
            _wrap(element, style)
    for row in chapter.iter("tr"):
        _move_id(row)
    for number in chapter.xpath(".//span[@class='exno']"):
        number.tag = "strong"
    for cell in chapter.xpath(".//*[contains(concat(' ', @class, ' '), ' num ')]"):
        cell.set("style", "text-align: right")
    for column in chapter.iter("col"):
        column.set("style", f"width: {(column.get('class') or 'w0')[1:]}%")
    for link in list(chapter.iter("a")):
        link.attrib.pop("data-tip", None)
        _name_link(link)


def _wrap(element: Any, style: str) -> None:
    if element.tag == "div":
        element.set("custom-style", style)
        return
    box = etree.Element("div", {"custom-style": style})
    box.tail, element.tail = element.tail, None
    element.getparent().replace(element, box)
    box.append(element)


def _move_id(row: Any) -> None:
    """Word has bookmarks in text, not on rows: the row's id goes to its first cell."""
    name = row.attrib.pop("id", None)
    if name is None or not len(row):
        return
    cell = row[0]
    anchor = etree.Element("span", {"id": name})
    anchor.text, cell.text = cell.text, None
    for child in list(cell):
        anchor.append(child)
    cell.append(anchor)


def _name_link(link: Any) -> None:
    name = link.attrib.pop("id", None)
    if name is None:
        return
    anchor = etree.Element("span", {"id": name})
    inner = copy.copy(link)
    inner.tail = None
    anchor.tail = link.tail
    link.getparent().replace(link, anchor)
    anchor.append(inner)


def _styled(root: Any, style: str, text: str) -> None:
    if text:
        etree.SubElement(etree.SubElement(root, "div", {"custom-style": style}), "p").text = text


def _classes(element: Any) -> frozenset[str]:
    return frozenset((element.get("data-kinds") or element.get("class") or "").split())


def _first(tree: Any, path: str) -> Any:
    found = tree.xpath(path)
    return found[0] if found else None


def _text(element: Any) -> str:
    return "" if element is None else " ".join("".join(str(part) for part in element.itertext()).split())
