"""Tables and figures of a page: their numbers, the references to them, and the lists of them."""

from collections import Counter
from dataclasses import dataclass

from lxml import etree

from evaluation.core.errors import ReportError
from evaluation.reporting.page.model import Chapter, Page


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One numbered table or figure."""

    id: str
    kind: str
    number: str
    caption: str


def number_exhibits(page: Page, bodies: list[etree._Element]) -> list[Exhibit]:
    """Write "Table 3.1" into every caption, in the order of the document, and return what was numbered."""
    counts: Counter[tuple[str, str]] = Counter()
    found = []
    for chapter, body in zip(page.chapters, bodies, strict=True):
        known = {element.get("id") for element in body.iter() if element.get("id")}
        for place in body.iter("span"):
            if "exno" in (place.get("class") or "").split():
                found.append(_number(place, chapter, known, counts, page))
    return found


def fill_references(page: Page, bodies: list[etree._Element], exhibits: list[Exhibit]) -> None:
    """Write "table 3.1" into every empty reference to a numbered exhibit."""
    by_id = {one.id: one for one in exhibits}
    for chapter, body in zip(page.chapters, bodies, strict=True):
        for link in body.iter("a"):
            if "xref" not in (link.get("class") or "").split():
                continue
            goal = (link.get("href") or "").removeprefix("#")
            if goal not in by_id:
                raise ReportError(
                    f"chapter {chapter.id}: reference to {goal}, which is no numbered table or figure."
                )
            exhibit = by_id[goal]
            del link[:]
            link.text = f"{page.labels[f'xref_{exhibit.kind}']}\u00a0{exhibit.number}"


def frame_tables(page: Page, bodies: list[etree._Element]) -> None:
    """Put every table into a box that scrolls by itself and that the keyboard can reach."""
    for body in bodies:
        for nth, table in enumerate(list(body.iter("table")), start=1):
            parent = table.getparent()
            assert parent is not None
            place = table.find("caption/span")
            name = (place.text or "").rstrip(".") if place is not None else str(nth)
            box = etree.Element("div", {"class": "scroll", "tabindex": "0", "role": "group"})
            if "wide" in (parent.get("class") or "").split():
                box.set("role", "region")
            box.set("aria-label", f"{page.labels['scroll']}: {name}")
            box.tail, table.tail = table.tail, None
            parent.replace(table, box)
            box.append(table)


def _number(
    place: etree._Element,
    chapter: Chapter,
    known: set[str | None],
    counts: Counter[tuple[str, str]],
    page: Page,
) -> Exhibit:
    goal, kind = place.get("data-ref", ""), place.get("data-kind", "")
    if goal not in known or not kind:
        raise ReportError(
            f"chapter {chapter.id}: a caption numbers {goal or 'nothing'}, which is not in the chapter."
        )
    counts[chapter.number, kind] += 1
    running = counts[chapter.number, kind]
    number = f"{chapter.number}.{running}" if chapter.number else str(running)
    parent = place.getparent()
    assert parent is not None
    caption = " ".join("".join(str(part) for part in parent.itertext()).split())
    del place[:]
    place.text = f"{page.labels[kind]}\u00a0{number}."
    return Exhibit(id=goal, kind=kind, number=number, caption=caption)
