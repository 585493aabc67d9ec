"""The page: one self-contained HTML file without script, which the PDF and the DOCX are made from too."""

from dataclasses import dataclass
from pathlib import Path

import jinja2
import lxml.html
from lxml import etree
from markupsafe import Markup

from evaluation.core.errors import ReportError
from evaluation.reporting.page.checks import check_html
from evaluation.reporting.page.columns import fix_columns
from evaluation.reporting.page.exhibits import Exhibit, fill_references, frame_tables, number_exhibits
from evaluation.reporting.page.labels import check_labels
from evaluation.reporting.page.letters import check_letters
from evaluation.reporting.page.model import Chapter, Page
from evaluation.reporting.page.sanitise import clean_id, sanitise
from evaluation.reporting.page.sheets import turn_sections
from evaluation.reporting.page.stylesheet import stylesheet

HERE = Path(__file__).parent
POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; font-src data:; base-uri 'none'; form-action 'none'"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the contents, with the sections below it."""

    id: str
    number: str
    title: str
    sections: tuple[tuple[str, str], ...]


def build_html(page: Page) -> str:
    """The whole report as one HTML file: sanitised, numbered, with contents and lists; it loads nothing.

    Raises ReportError when an id occurs twice, a link leads nowhere or a caption numbers nothing.
    """
    check_labels(page.labels, language=page.language)
    _check_chapters(page)
    bodies = [sanitise(one.html, place=f"chapter {one.id}") for one in page.chapters]
    for chapter, body in zip(page.chapters, bodies, strict=True):
        _name_headings(chapter, body)
    exhibits = number_exhibits(page, bodies)
    fill_references(page, bodies, exhibits)
    for body in bodies:
        fix_columns(body)
    turned = [turn_sections(body) for body in bodies]
    frame_tables(page, bodies)
    html: str = _template().render(
        page=page,
        policy=Markup(POLICY),
        description=". ".join(part for part in (page.cover.subtitle, page.cover.assessment) if part),
        css=Markup(stylesheet(page)),
        facts=_facts(page),
        contents=_contents(page, bodies),
        lists=_lists(page, exhibits),
        chapters=[
            (one, _number(page, one), Markup(_inner_html(body)), is_turned)
            for one, body, is_turned in zip(page.chapters, bodies, turned, strict=True)
        ],
    )
    check_letters(html)
    check_html(html)
    return html


def _template() -> jinja2.Template:
    loader = jinja2.FileSystemLoader(HERE)
    return jinja2.Environment(
        loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, keep_trailing_newline=True
    ).get_template("page.html.j2")


def _check_chapters(page: Page) -> None:
    if not page.chapters:
        raise ReportError("page: no chapter; a report has at least one.")
    for chapter in page.chapters:
        if clean_id(chapter.id) != chapter.id or not chapter.id:
            raise ReportError(
                f"chapter {chapter.id!r}: the id may hold ASCII letters, digits, hyphen and full stop."
            )


def _name_headings(chapter: Chapter, body: etree._Element) -> None:
    """Every section heading can be linked to."""
    for nth, heading in enumerate(body.iter("h2"), start=1):
        if not heading.get("id"):
            heading.set("id", f"{chapter.id}-{nth}")


def _number(page: Page, chapter: Chapter) -> str:
    """The number as printed: "3", or "Annex A"."""
    annex = chapter.number and not chapter.number[0].isdigit()
    return f"{page.labels['annex']}\u00a0{chapter.number}" if annex else chapter.number


def _facts(page: Page) -> list[tuple[str, str]]:
    cover = page.cover
    texts = {
        "assessment": cover.assessment,
        "period": cover.period,
        "places": cover.places,
        "commissioner": cover.commissioner,
        "evaluators": cover.evaluators,
        "date": cover.date_label,
        "status": cover.status_line,
    }
    return [(page.labels[f"cover_{name}"], text) for name, text in texts.items() if text]


def _contents(page: Page, bodies: list[etree._Element]) -> list[Entry]:
    return [
        Entry(
            id=chapter.id,
            number=_number(page, chapter),
            title=chapter.title,
            sections=tuple((str(one.get("id")), _text(one)) for one in body.iter("h2")),
        )
        for chapter, body in zip(page.chapters, bodies, strict=True)
    ]


def _lists(page: Page, exhibits: list[Exhibit]) -> list[tuple[str, str, list[Exhibit]]]:
    kinds = {"table": "list_of_tables", "figure": "list_of_figures"}
    lists = [
        (label.replace("_", "-"), page.labels[label], [one for one in exhibits if one.kind == kind])
        for kind, label in kinds.items()
    ]
    return [one for one in lists if one[2]]


def _text(element: etree._Element) -> str:
    return " ".join("".join(str(part) for part in element.itertext()).split())


def _inner_html(body: etree._Element) -> str:
    return "".join(str(lxml.html.tostring(child, encoding="unicode")) for child in _wrapped(body))


def _wrapped(body: etree._Element) -> list[etree._Element]:
    """The children of a chapter; text that stands alone becomes a paragraph."""
    if body.text and body.text.strip():
        first = etree.Element("p")
        first.text = body.text
        body.insert(0, first)
    for child in list(body):
        if child.tail and child.tail.strip():
            loose = etree.Element("p")
            loose.text, child.tail = child.tail, None
            child.addnext(loose)
    return list(body)
