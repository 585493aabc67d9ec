"""Completion records of one language put together as the pages of a report."""

import re
from dataclasses import replace
from typing import Any

from evaluation.core.errors import ReportError
from evaluation.reporting import annexes
from evaluation.reporting.numbers import format_day
from evaluation.reporting.page.labels import REQUIRED_LABELS
from evaluation.reporting.page.model import Chapter, Cover, Page
from evaluation.reporting.register_annex import register_html
from evaluation.reporting.wording import load_wording
from evaluation.strategy.frame import Assessment
from evaluation.strategy.institutions import load_registry

_NUMBER = re.compile(r'<a class="n"([^>]*?href="#R-([^"]+)")')
_BACK = re.compile(r'<a href="#u-([^"]+)">([^<]*)</a>')
_EXHIBIT = re.compile(r'href="#exhibit-([^"]+)"')
_REPEATED = re.compile(r"-\d$")
_GENERATED = ("register", "sources", "decisions", "origin", "self_audit")


def assemble_page(
    assessment: Assessment,
    records: list[dict[str, Any]],
    *,
    language: str,
    versions: dict[str, str],
    inputs: dict[str, str],
    synthetic: bool = False,
    evaluators: str = "",
    judged: bool = False,
    annex: str = "",
    seeds: tuple[str, ...] = (),
) -> Page:
    """The report in one language: front matter, chapters in order, annexes, generated annexes.

    One made with invented data carries the mark on every page. ``evaluators`` are those who declared themselves,
    ``judged`` says that there are findings; ``annex`` is the audit, printed where there is one; ``seeds`` are the
    fixed starting values of the computations that draw random numbers.
    """
    words = load_wording()

    def text(key: str) -> str:
        return words.text(key, language=language)

    numbers = number_chapters([record["chapter"] for record in records])
    shown_as = {record["chapter"]: numbers[record["chapter"]] or record["title"] for record in records}
    entries = annexes.collect_entries(records)
    bodies = {
        "register": register_html(entries, numbers=shown_as, language=language),
        "sources": annexes.sources_html(entries, language=language),
        "decisions": annexes.decisions_html(annexes.collect_decisions(records), language=language),
        "origin": annexes.origin_html(versions, inputs, language=language, seeds=seeds),
        "self_audit": annex,
    }
    abbreviations = annexes.abbreviations_html(load_registry(), language=language)
    chapters = [Chapter("abbreviations", "", text("title.abbreviations"), abbreviations)]
    chapters += [
        Chapter(record["chapter"], numbers[record["chapter"]], record["title"], record["html"])
        for record in records
    ]
    chapters += [
        Chapter(_anchor(name), numbers[name], text(f"title.{name}"), bodies[name])
        for name in _GENERATED
        if bodies[name]
    ]
    title = assessment.title.ro if language == "ro" else assessment.title.en
    chapters = _mark_first_uses(find_exhibits(chapters, records))
    return Page(
        language="ro" if language == "ro" else "en",
        cover=_cover(
            assessment, language=language, synthetic=synthetic, evaluators=evaluators, judged=judged
        ),
        chapters=tuple(chapters),
        labels={key: text(f"page.{key}") for key in REQUIRED_LABELS},
        document_title=title,
        running_head=text(f"running_head.{assessment.id}"),
        date_iso=assessment.data_cutoff.isoformat(),
    )


def find_exhibits(chapters: list[Chapter], records: list[dict[str, Any]]) -> list[Chapter]:
    """References of evaluators' texts to a table or figure by its id get the place where it stands first."""
    places: dict[str, str] = {}
    for record in records:
        for name in dict.fromkeys(one["id"] for one in record["exhibits"] if one["kind"] != "sentence"):
            found = _place_of(name, record["html"])
            if found:
                places.setdefault(name, found)

    def locate(found: re.Match[str]) -> str:
        if found[1] not in places:
            raise ReportError(
                f"exhibit {found[1]}: no table or figure of this report has this id; point the evidence to one."
            )
        return f'href="#{places[found[1]]}"'

    return [replace(one, html=_EXHIBIT.sub(locate, one.html)) for one in chapters]


def _place_of(name: str, page: str) -> str:
    """The anchor of an exhibit: its own, or that of the first of the parts that it is split into."""
    slug = re.escape(name.replace("_", "-"))
    for shape in (rf"(?:[\w.-]+-)?(?:tab|fig)-{slug}", rf"(?:[\w.-]+-)?(?:tab|fig)-{slug}-[^\"]*"):
        found = re.search(rf'data-ref="({shape})"', page)
        if found:
            return found[1]
    return ""


def _mark_first_uses(chapters: list[Chapter]) -> list[Chapter]:
    """Every number's first appearance gets the id to which its row in the register leads back.

    A number that is only drawn in a picture has no such place: its row does not lead back.
    """
    seen: set[str] = set()

    def mark(found: re.Match[str]) -> str:
        if found[2] in seen:
            return found[0]
        seen.add(found[2])
        return f'<a class="n" id="u-{found[2]}"{found[1]}'

    marked = [replace(one, html=_NUMBER.sub(mark, one.html)) for one in chapters]
    return [
        replace(one, html=_BACK.sub(lambda found: found[0] if found[1] in seen else found[2], one.html))
        if one.id == "register"
        else one
        for one in marked
    ]


def number_chapters(names: list[str]) -> dict[str, str]:
    """The printed number of every part: none for the summary, 1, 2, … for chapters, A, B, … for annexes.

    The runs of a chapter that repeats by objective are sections of the chapter before them.

    >>> number_chapters(["summary", "plan", "progress-1", "progress-2", "annex_plan"])["progress-2"]
    '1.2'
    """
    numbers, chapter, section, annex = {}, 0, 0, 0
    for name in [*names, *_GENERATED]:
        if name == "summary":
            numbers[name] = ""
        elif name.startswith("annex") or name in _GENERATED:
            numbers[name] = chr(ord("A") + annex)
            annex += 1
        elif _REPEATED.search(name):
            section += 1
            numbers[name] = f"{chapter}.{section}"
        else:
            chapter, section = chapter + 1, 0
            numbers[name] = str(chapter)
    return numbers


def _anchor(name: str) -> str:
    """A chapter's name as the id of its heading."""
    return name.replace("_", "-")


def _cover(assessment: Assessment, *, language: str, synthetic: bool, evaluators: str, judged: bool) -> Cover:
    """The title page; without findings it says what is missing."""
    words = load_wording()
    kind = assessment.kind.ro if language == "ro" else assessment.kind.en
    stage = "judged" if judged else "reported"
    days = [format_day(day, language=language) for day in (assessment.period_start, assessment.period_end)]
    return Cover(
        title=assessment.title.ro if language == "ro" else assessment.title.en,
        subtitle=words.text(f"cover.subtitle.{stage}", language=language),
        assessment=kind,
        period=" – ".join(days),
        places=words.text("cover.places", language=language),
        commissioner=words.text("cover.commissioner", language=language),
        evaluators=evaluators or words.text("cover.evaluators", language=language),
        date_label=format_day(assessment.data_cutoff, language=language),
        status_line=words.text(f"cover.status.{stage}", language=language),
        synthetic_mark=words.text("cover.synthetic", language=language) if synthetic else "",
    )
