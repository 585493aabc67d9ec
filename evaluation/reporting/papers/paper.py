"""A short paper in one language as a Word document: from the same reference document as the report, no cover page."""

import html
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from evaluation.reporting.page.letters import check_letters
from evaluation.reporting.page.word import build_docx
from evaluation.reporting.page.zipped import NO_PROGRAM, same_bytes
from evaluation.reporting.wording import load_wording

FILL_IN = 560
"""Height in twips of a row with a cell that somebody fills in by hand or in Word."""
COMPACT = {"Title": (20, 0, 4), "Subtitle": (11, 0, 10)}
"""Points, space before and after of the styles that fill a cover page in the report."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper: what stands on top, its body as HTML, and the mark of invented data, if it is."""

    language: str
    title: str
    subtitle: str
    facts: tuple[tuple[str, str], ...]
    body: str
    running_head: str
    date_iso: str
    mark: str = ""


def paper_docx(paper: Paper) -> bytes:
    """The paper as DOCX; equal input, equal bytes. A mark stands on the first page and at the head of the others."""
    page = _page(paper)
    check_letters(page)
    raw = build_docx(page, date_iso=paper.date_iso, language=paper.language, title=paper.title)
    return _compacted(raw)


def table_html(
    heads: Sequence[str], rows: Sequence[Sequence[str | None]], widths: Sequence[int], *, caption: str = ""
) -> str:
    """A table of texts; None is a cell left empty. ``widths`` are hundredths of the width of the text."""
    columns = "".join(f'<col class="w{one}" />' for one in widths)
    head = "".join(f'<th scope="col">{html.escape(one)}</th>' for one in heads)
    lines = "".join(f"<tr>{''.join(_cell(one) for one in row)}</tr>" for row in rows)
    above = f"<caption>{html.escape(caption)}</caption>" if caption else ""
    return f"<table>{above}<colgroup>{columns}</colgroup><thead><tr>{head}</tr></thead><tbody>{lines}</tbody></table>"


def _cell(text: str | None) -> str:
    return "<td></td>" if text is None else f"<td>{escaped(text)}</td>"


def escaped(text: str) -> str:
    """A text that cannot become markup; its line breaks stay."""
    return html.escape(text).replace("\n", "<br />")


def word(key: str, language: str) -> str:
    """A text of the papers' wording."""
    return load_wording().text(f"papers.{key}", language=language)


def _page(paper: Paper) -> str:
    """The paper in the shape that the Word maker takes apart."""
    labels = {
        name: html.escape(load_wording().text(f"page.{name}", language=paper.language), quote=True)
        for name in ("page", "of")
    }
    facts = "".join(
        f"<div><dt>{html.escape(label)}</dt><dd>{html.escape(text)}</dd></div>" for label, text in paper.facts
    )
    mark = f'<aside class="mark">{html.escape(paper.mark)}</aside>' if paper.mark else ""
    return (
        f'<!DOCTYPE html><html lang="{paper.language}"><head><title>{html.escape(paper.title)}</title></head>'
        f'<body data-page="{labels["page"]}" data-of="{labels["of"]}">{mark}'
        f'<header><p class="cover-title">{html.escape(paper.title)}</p>'
        f'<p class="cover-subtitle">{html.escape(paper.subtitle)}</p><dl>{facts}</dl></header>'
        f'<section class="chapter">{paper.body}</section>'
        f"<footer><p>{html.escape(paper.running_head)}</p></footer></body></html>"
    )


def _compacted(raw: bytes) -> bytes:
    """Title and subtitle as small as a paper without a cover needs, empty cells high enough to write in."""
    from docx import Document
    from docx.oxml.ns import qn
    from docx.shared import Pt, Twips

    document = Document(io.BytesIO(raw))
    for name, (size, before, after) in COMPACT.items():
        style: Any = document.styles[name]
        style.font.size = Pt(size)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    for field in list(document.sections[0].header._element.iter(qn("w:fldSimple"))):
        field.getparent().remove(
            field
        )  # names the chapter, which a paper has none of: Word would print an error
    for table in document.tables:
        for row in table.rows:
            if any(not cell.text.strip() for cell in row.cells):
                row.height = Twips(FILL_IN)
    buffer = io.BytesIO()
    document.save(buffer)
    return same_bytes(buffer.getvalue(), changes=NO_PROGRAM)
