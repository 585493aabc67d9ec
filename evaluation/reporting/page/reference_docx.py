"""Makes ``reference.docx``: the Word styles, page and running heads that every DOCX of the kit takes over.

Run: ``python -m evaluation.reporting.page.reference_docx``. Equal bytes every time.
"""

import io
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from evaluation.reporting.page.zipped import NO_PROGRAM, same_bytes

FILE = Path(__file__).parent / "reference.docx"
NAVY, TEXT, GREY, MARK = "12305A", "1C2127", "4A525C", "7A1C12"
SANS, SERIF = "Noto Sans", "Noto Serif"
STAND_INS = {SANS: "Calibri", SERIF: "Cambria"}
# name, based on, font, points, bold, colour, space before and after in points
PARAGRAPHS = (
    ("Normal", None, SERIF, 10.5, False, TEXT, 0, 6),
    ("Body Text", "Normal", SERIF, 10.5, False, TEXT, 0, 7),
    ("First Paragraph", "Body Text", SERIF, 10.5, False, TEXT, 0, 7),
    ("Compact", "Body Text", SERIF, 10.5, False, TEXT, 0, 3),
    ("Block Text", "Body Text", SERIF, 10, False, GREY, 4, 8),
    ("Title", None, SERIF, 27, True, NAVY, 120, 14),
    ("Subtitle", None, SANS, 14, False, GREY, 0, 150),
    ("Cover Fact", None, SANS, 9.5, False, TEXT, 4, 4),
    ("Mark", None, SANS, 9.5, True, MARK, 0, 0),
    ("Heading 1", None, SANS, 20, True, NAVY, 0, 18),
    ("Heading 2", None, SANS, 14, True, NAVY, 20, 7),
    ("Heading 3", None, SANS, 11.5, True, NAVY, 15, 5),
    ("Heading 4", None, SANS, 10.5, True, NAVY, 12, 4),
    ("TOC Heading", None, SANS, 20, True, NAVY, 0, 14),
    ("List Heading", None, SANS, 14, True, NAVY, 20, 8),
    ("toc 1", None, SANS, 10, True, NAVY, 6, 2),
    ("toc 2", None, SANS, 9.5, False, TEXT, 0, 2),
    ("table of figures", None, SANS, 9.5, False, TEXT, 0, 3),
    ("Caption", None, SANS, 9, False, TEXT, 10, 4),
    ("Table Caption", "Caption", SANS, 9, False, TEXT, 12, 4),
    ("Image Caption", "Caption", SANS, 9, False, TEXT, 4, 10),
    ("Figure", "Normal", SERIF, 10.5, False, TEXT, 8, 2),
    ("Captioned Figure", "Figure", SERIF, 10.5, False, TEXT, 10, 2),
    ("Table Text", None, SANS, 8.5, False, TEXT, 2, 2),
    ("Table Head", None, SANS, 8.5, True, NAVY, 2, 2),
    ("Register Text", None, SANS, 6.5, False, TEXT, 1, 1),
    ("Register Head", None, SANS, 6.5, True, NAVY, 1, 1),
    ("Note", None, SANS, 8, False, GREY, 4, 12),
    ("Callout", None, SANS, 10, False, TEXT, 14, 12),
    ("Key Message", None, SANS, 11.5, True, NAVY, 10, 12),
    ("Header", None, SANS, 8, False, GREY, 0, 0),
    ("Footer", None, SANS, 8, False, GREY, 0, 0),
)
BUILT_IN = {
    "toc 1": "TOC1",
    "toc 2": "TOC2",
    "table of figures": "TableofFigures",
    "TOC Heading": "TOCHeading",
}
BORDERS = {
    "Heading 1": '<w:top w:val="single" w:sz="20" w:space="8" w:color="12305A"/>',
    "TOC Heading": '<w:top w:val="single" w:sz="20" w:space="8" w:color="12305A"/>',
    "Title": '<w:top w:val="single" w:sz="20" w:space="14" w:color="12305A"/>',
    "Cover Fact": '<w:bottom w:val="single" w:sz="4" w:space="3" w:color="C9D0D9"/>'
    '<w:between w:val="single" w:sz="4" w:space="3" w:color="C9D0D9"/>',
    "Callout": '<w:left w:val="single" w:sz="32" w:space="10" w:color="12305A"/>',
    "Key Message": '<w:top w:val="single" w:sz="6" w:space="7" w:color="12305A"/>'
    '<w:bottom w:val="single" w:sz="6" w:space="7" w:color="12305A"/>',
    "Mark": "".join(f'<w:{side} w:val="single" w:sz="6" w:space="5" w:color="7A1C12"/>'
                    for side in ("top", "left", "bottom", "right")),
    "Header": '<w:bottom w:val="single" w:sz="4" w:space="4" w:color="C9D0D9"/>',
}  # fmt: skip
TABLE_STYLE = f"""<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="Table"><w:name w:val="Table"/>
<w:basedOn w:val="TableNormal"/><w:qFormat/><w:tblPr><w:tblBorders><w:top w:val="single" w:sz="12" w:color="{NAVY}"/>
<w:bottom w:val="single" w:sz="12" w:color="{NAVY}"/><w:insideH w:val="single" w:sz="4" w:color="C9D0D9"/></w:tblBorders>
<w:tblCellMar><w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar></w:tblPr>
<w:trPr><w:cantSplit/></w:trPr>
<w:tblStylePr w:type="firstRow"><w:rPr><w:b/><w:color w:val="{NAVY}"/></w:rPr><w:tcPr><w:tcBorders>
<w:bottom w:val="single" w:sz="8" w:color="{NAVY}"/></w:tcBorders><w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr></w:style>"""


def build_reference() -> bytes:
    """The reference document as bytes."""
    document = Document()
    for name, base, font, size, bold, colour, before, after in PARAGRAPHS:
        style = _style(document, name)
        style.base_style = document.styles[base] if base else None
        _format(style, font=font, size=size, bold=bold, colour=colour, before=before, after=after)
    _details(document)
    document.styles.element.append(parse_xml(TABLE_STYLE))
    _page(document)
    _properties(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return same_bytes(buffer.getvalue(), changes={"word/fontTable.xml": _font_table(), **NO_PROGRAM})


def _style(document: Any, name: str) -> Any:
    if name in document.styles:
        return document.styles[name]
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name in BUILT_IN)
    style.element.set(qn("w:styleId"), BUILT_IN.get(name, style.style_id))
    return style


def _format(
    style: Any, *, font: str, size: float, bold: bool, colour: str, before: float, after: float
) -> None:
    style.font.size, style.font.bold, style.font.italic = Pt(size), bold or None, None
    style.font.color.rgb = RGBColor.from_string(colour)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()
    for slot in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{slot}"), font)
    layout = style.paragraph_format
    layout.space_before, layout.space_after = Pt(before), Pt(after)
    layout.line_spacing = 1.05 if size > 12 else 1.15 if font == SANS else 1.25
    for old in style.element.get_or_add_pPr().findall(qn("w:pBdr")):
        style.element.pPr.remove(old)
    if style.name in BORDERS:
        border = parse_xml(f"<w:pBdr {nsdecls('w')}>{BORDERS[style.name]}</w:pBdr>")
        style.element.pPr.insert_element_before(
            border, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc", "w:outlineLvl"
        )


def _details(document: Any) -> None:
    styles = document.styles
    for name in ("Heading 1", "TOC Heading"):
        styles[name].paragraph_format.page_break_before = True
    for name in ("Heading 1", "Heading 2", "Heading 3", "Heading 4", "TOC Heading", "List Heading", "Table Caption",
                 "Captioned Figure"):  # fmt: skip
        styles[name].paragraph_format.keep_with_next = True
    for name, indent in (("toc 1", 0), ("toc 2", 7), ("table of figures", 0)):
        layout = styles[name].paragraph_format
        layout.left_indent = Mm(indent)
        layout.tab_stops.add_tab_stop(Mm(163), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    for name in ("Callout", "Mark"):
        styles[name].paragraph_format.left_indent = Mm(4)
    styles["Mark"].paragraph_format.right_indent = Mm(4)
    styles["Cover Fact"].paragraph_format.tab_stops.add_tab_stop(Mm(45))
    styles["Cover Fact"].paragraph_format.left_indent = Mm(45)
    styles["Cover Fact"].paragraph_format.first_line_indent = Mm(-45)
    styles["Callout"].element.pPr.append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:fill="F3F5F8"/>'))
    link = styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER, builtin=True)
    link.font.underline = False


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(25), Mm(22)
    section.top_margin, section.bottom_margin = Mm(27), Mm(24)
    section.header_distance, section.footer_distance = Mm(13), Mm(12)
    section.different_first_page_header_footer = True
    _line(section.header.paragraphs[0], "[[head]]", [("STYLEREF", '"Heading 1"')])
    _line(section.footer.paragraphs[0], "[[foot]]", ["[[page]] ", ("PAGE", ""), " [[of]] ", ("NUMPAGES", "")])
    section.first_page_header.paragraphs[0].style = document.styles["Normal"]


def _line(paragraph: Any, left: str, right: list[str | tuple[str, str]]) -> None:
    """Text on the left, text and fields on the right of the line."""
    paragraph.style.paragraph_format.tab_stops.clear_all()
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(163), WD_TAB_ALIGNMENT.RIGHT)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
    paragraph.add_run(left)
    paragraph.add_run("\t")
    for part in right:
        if isinstance(part, str):
            paragraph.add_run(part)
        else:
            paragraph._p.append(
                parse_xml(
                    f'<w:fldSimple {nsdecls("w")} w:instr="{" ".join(part).strip().replace(chr(34), "&quot;")}">'
                    "<w:r><w:t></w:t></w:r></w:fldSimple>"
                )
            )


def _properties(document: Any) -> None:
    properties = document.core_properties
    for name in ("author", "last_modified_by", "comments", "keywords", "subject", "category", "title"):
        setattr(properties, name, "")
    properties.created = properties.modified = datetime(2024, 1, 1, tzinfo=UTC)
    properties.revision = 1


def _font_table() -> bytes:
    """Where Noto is not installed, Word takes the stand-in named here."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/></w:font>'
        for name, other in sorted(STAND_INS.items())
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f"{head}<w:fonts {nsdecls('w')}>{fonts}</w:fonts>".encode()


if __name__ == "__main__":
    FILE.write_bytes(build_reference())
