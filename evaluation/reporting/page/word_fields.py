"""Contents and lists of a Word file: fields that Word keeps up to date, filled with what they will say."""

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

FIELDS = {
    "[[contents]]": ('TOC \\o "1-2" \\h \\z', {"Heading1": "TOC1", "Heading2": "TOC2"}),
    "[[tables]]": ('TOC \\h \\z \\t "Table Caption,1"', {"TableCaption": "TableofFigures"}),
    "[[figures]]": ('TOC \\h \\z \\t "Image Caption,1"', {"ImageCaption": "TableofFigures"}),
}


def fill_contents(document: Any) -> None:
    """Replace the three markers by fields with one linked line per heading or caption.

    Page numbers are Word's to count: the fields are marked for renewal when the document is opened.
    """
    paragraphs = list(document.element.body.iter(qn("w:p")))
    ids = {style.style_id for style in document.styles}
    numbers = iter(range(1, 100_000))
    for paragraph in paragraphs:
        marker = _text(paragraph)
        if marker not in FIELDS:
            continue
        instruction, levels = FIELDS[marker]
        found = [(one, levels[_style(one)]) for one in paragraphs if _style(one) in levels and _text(one)]
        lines = [_line(_bookmark(one, next(numbers)), _text(one), style, ids) for one, style in found]
        _replace(paragraph, lines, instruction)


def _replace(marker: Any, lines: list[Any], instruction: str) -> None:
    if not lines:
        marker.getparent().remove(marker)
        return
    first = lines[0]
    at = 1 if first.find(qn("w:pPr")) is not None else 0
    for offset, run in enumerate((_mark("begin", dirty=True), _instruction(instruction), _mark("separate"))):
        first.insert(at + offset, run)
    lines[-1].append(_mark("end"))
    for line in lines:
        marker.addprevious(line)
    marker.getparent().remove(marker)


def _line(bookmark: str, text: str, style: str, ids: set[str]) -> Any:
    paragraph, properties = OxmlElement("w:p"), OxmlElement("w:pPr")
    name = OxmlElement("w:pStyle")
    name.set(qn("w:val"), style if style in ids else "Normal")
    properties.append(name)
    paragraph.append(properties)
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), bookmark)
    link.set(qn("w:history"), "1")
    run, words = OxmlElement("w:r"), OxmlElement("w:t")
    words.text = text
    words.set(qn("xml:space"), "preserve")
    run.append(words)
    link.append(run)
    paragraph.append(link)
    return paragraph


def _bookmark(paragraph: Any, number: int) -> str:
    """A bookmark around the text of a heading or caption, named as Word names them."""
    name = f"_Toc{number:08d}"
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(qn("w:id"), str(900_000 + number))
    start.set(qn("w:name"), name)
    properties = paragraph.find(qn("w:pPr"))
    paragraph.insert(0 if properties is None else 1, start)
    paragraph.append(end)
    return name


def _mark(kind: str, *, dirty: bool = False) -> Any:
    run, char = OxmlElement("w:r"), OxmlElement("w:fldChar")
    char.set(qn("w:fldCharType"), kind)
    if dirty:
        char.set(qn("w:dirty"), "true")
    run.append(char)
    return run


def _instruction(text: str) -> Any:
    run, code = OxmlElement("w:r"), OxmlElement("w:instrText")
    code.text = f" {text} "
    code.set(qn("xml:space"), "preserve")
    run.append(code)
    return run


def _style(paragraph: Any) -> str:
    found = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return "" if found is None else str(found.get(qn("w:val")))


def _text(paragraph: Any) -> str:
    return " ".join("".join(one.text or "" for one in paragraph.iter(qn("w:t"))).split())
