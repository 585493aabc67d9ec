"""What pandoc leaves open in a Word file: contents fields, table heads, landscape pages, running heads, properties."""

import copy
import io
from datetime import datetime
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm

from evaluation.reporting.page.word_fields import fill_contents
from evaluation.reporting.page.word_source import WordSource
from evaluation.reporting.page.zipped import NO_PROGRAM, same_bytes

SHORT_TEXT = 900
UPRIGHT, TURNED = round(Mm(163).twips), round(Mm(250).twips)


def finish(raw: bytes, source: WordSource, *, date: datetime, locale: str, title: str) -> bytes:
    """The document as it is handed over."""
    document = Document(io.BytesIO(raw))
    _tabs(document)
    _running(document, source)
    for table, classes in zip(document.tables, source.table_classes, strict=True):
        _table(table, classes)
        _room_below(table)
        if "wide" in classes:
            _landscape(document, table)
    _first_pages(document)
    _pictures(document)
    fill_contents(document)
    _language(document, locale)
    _properties(document, date=date, locale=locale, title=title)
    buffer = io.BytesIO()
    document.save(buffer)
    return same_bytes(buffer.getvalue(), changes=NO_PROGRAM)


def _tabs(document: Any) -> None:
    for paragraph in document.paragraphs[:40]:
        for run in paragraph.runs:
            if "[[tab]]" in run.text:
                run.text = run.text.replace("[[tab]]", "\t").lstrip(" ")


def _running(document: Any, source: WordSource) -> None:
    texts = {
        "[[head]]": source.mark or source.running_head,
        "[[foot]]": source.running_head if source.mark else "",
        "[[page]] ": f"{source.page} ",
        " [[of]] ": f" {source.of} ",
    }
    section = document.sections[0]
    for part in (section.header, section.footer):
        for run in part.paragraphs[0].runs:
            run.text = texts.get(run.text, run.text)
    if source.mark:
        first = section.header.paragraphs[0].runs[0]
        first.font.bold = True
        first.font.color.rgb = document.styles["Mark"].font.color.rgb


def _table(table: Any, classes: frozenset[str]) -> None:
    """Full width, text size, a head that repeats and rows that do not break."""
    kind = "Register" if "register" in classes else "Table"
    share = 50 if "t50" in classes else 75 if "t75" in classes else 100
    _width(table._tbl, UPRIGHT if "wide" not in classes else TURNED, share)
    for nth, row in enumerate(table._tbl.iter(qn("w:tr"))):
        own = row.get_or_add_trPr()
        if own.find(qn("w:cantSplit")) is None:
            own.insert(0, OxmlElement("w:cantSplit"))
        head = own.find(qn("w:tblHeader")) is not None
        if nth == 0 and not head:
            own.append(OxmlElement("w:tblHeader"))
        for paragraph in row.iter(qn("w:p")):
            style = f"{kind}Head" if head or nth == 0 else f"{kind}Text"
            paragraph.get_or_add_pPr().get_or_add_pStyle().set(qn("w:val"), style)


def _room_below(table: Any) -> None:
    """Text that follows a table without a note does not touch its last line."""
    after = table._tbl.getnext()
    while after is not None and after.tag in (qn("w:bookmarkStart"), qn("w:bookmarkEnd")):
        after = after.getnext()
    if after is None or after.tag != qn("w:p") or _style_of(after) not in ("BodyText", "FirstParagraph"):
        return
    properties = after.get_or_add_pPr()
    if properties.find(qn("w:spacing")) is None and properties.find(qn("w:sectPr")) is None:
        spacing = OxmlElement("w:spacing")
        spacing.set(qn("w:before"), "180")
        properties.append(spacing)


def _width(table: Any, width: int, share: int) -> None:
    """As wide as the text or a share of it in percent, the columns in the proportions they have."""
    total = table.tblPr.find(qn("w:tblW"))
    total.set(qn("w:type"), "pct")
    total.set(qn("w:w"), str(50 * share))
    columns = list(table.tblGrid.iter(qn("w:gridCol")))
    given = sum(int(one.get(qn("w:w"), "0")) for one in columns)
    for one in columns:
        part = int(one.get(qn("w:w"), "0")) / given if given else 1 / len(columns)
        one.set(qn("w:w"), str(round(width * part * share / 100)))


def _landscape(document: Any, table: Any) -> None:
    """The table with its caption on pages of their own, turned."""
    last = document.element.body.sectPr
    first = _heading_before(_caption_before(table._tbl))
    if not _ends_section(first):
        first.addprevious(_section_end(copy.deepcopy(last), wide=False))
    after = table._tbl.getnext()
    end = after if after is not None and _style_of(after) == "Note" else table._tbl
    end.addnext(_section_end(copy.deepcopy(last), wide=True))


def _ends_section(place: Any) -> bool:
    """What stands before is the end of a section, so that the page is new already."""
    before = place.getprevious()
    while before is not None and before.tag in (qn("w:bookmarkStart"), qn("w:bookmarkEnd")):
        before = before.getprevious()
    return before is not None and before.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None


def _first_pages(document: Any) -> None:
    """Only the cover goes without running heads."""
    for section in list(document.element.body.iter(qn("w:sectPr")))[1:]:
        for own in section.findall(qn("w:titlePg")):
            section.remove(own)


def _caption_before(table: Any) -> Any:
    goal = table
    while (before := goal.getprevious()) is not None and (
        before.tag == qn("w:bookmarkStart") or _style_of(before) == "TableCaption"
    ):
        goal = before
    return goal


def _heading_before(goal: Any) -> Any:
    """The heading above a turned table when only short text stands between, so that no page holds a heading alone."""
    found, length, place = goal, 0, goal.getprevious()
    while place is not None and place.tag in (qn("w:p"), qn("w:bookmarkStart"), qn("w:bookmarkEnd")):
        length += sum(len(one.text or "") for one in place.iter(qn("w:t")))
        if length > SHORT_TEXT or place.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None:
            break
        if _style_of(place) in ("Heading1", "Heading2"):
            found = place
        place = place.getprevious()
    while (before := found.getprevious()) is not None and before.tag == qn("w:bookmarkStart"):
        found = before
    return found


def _style_of(element: Any) -> str:
    found = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return "" if found is None else str(found.get(qn("w:val")))


def _section_end(section: Any, *, wide: bool) -> Any:
    size = section.find(qn("w:pgSz"))
    if wide:
        size.set(qn("w:w"), str(Mm(297).twips))
        size.set(qn("w:h"), str(Mm(210).twips))
        size.set(qn("w:orient"), "landscape")
    paragraph, properties = OxmlElement("w:p"), OxmlElement("w:pPr")
    spacing = OxmlElement("w:spacing")
    for name, value in (("before", "0"), ("after", "0"), ("line", "20"), ("lineRule", "exact")):
        spacing.set(qn(f"w:{name}"), value)
    properties.append(spacing)
    properties.append(section)
    paragraph.append(properties)
    return paragraph


def _pictures(document: Any) -> None:
    """Pictures have numbers of their own; pandoc gives all the same."""
    for nth, shape in enumerate(document.element.body.iter(qn("wp:docPr")), start=1):
        shape.set("id", str(nth))


def _language(document: Any, locale: str) -> None:
    for tag in document.styles.element.iter(qn("w:lang")):
        tag.set(qn("w:val"), locale)
        tag.set(qn("w:eastAsia"), locale)
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    if defaults.find(qn("w:lang")) is None:
        tag = OxmlElement("w:lang")
        tag.set(qn("w:val"), locale)
        defaults.append(tag)


def _properties(document: Any, *, date: datetime, locale: str, title: str) -> None:
    properties = document.core_properties
    for name in ("author", "last_modified_by", "comments", "keywords", "subject", "category"):
        setattr(properties, name, "")
    properties.title, properties.language = title, locale
    properties.created = properties.modified = date.replace(tzinfo=None)
    properties.revision = 1
