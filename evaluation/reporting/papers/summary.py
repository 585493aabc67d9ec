"""The summary for the Committee and the Government: at most four A4 pages as PDF, the same text as DOCX."""

import io
import json
from pathlib import Path

from evaluation.core.errors import ReportError
from evaluation.core.provenance import digest_file
from evaluation.judgement.judgement import Judgement
from evaluation.judgement.matrix_rows import Matrix
from evaluation.reporting.page.checks import check_html
from evaluation.reporting.page.letters import check_letters
from evaluation.reporting.page.pdf import build_pdf
from evaluation.reporting.papers.paper import Paper, escaped, paper_docx, table_html, word
from evaluation.reporting.papers.style import summary_css
from evaluation.reporting.papers.summary_content import SealedRun, Summary, draw_summary
from evaluation.reporting.seal import MANIFEST, broken_files

HERE = Path(__file__).parent
MOST_PAGES = 4
HEADS = ("recommendation", "stands_on")
WIDTHS = (7, 37, 9, 12, 13, 9, 13)


def read_run(folder: Path) -> SealedRun:
    """A sealed run, refused when a file of it was changed since it was sealed."""
    broken = broken_files(folder)
    if broken:
        raise ReportError(
            f"{folder.name}: {', '.join(broken[:3])} changed since the report was sealed; use a run that is whole."
        )
    manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    register = json.loads((folder / "register.json").read_text(encoding="utf-8"))
    return SealedRun(
        folder.resolve().name,
        manifest["assessment"],
        register,
        digest_file(folder / "register.json"),
        bool(manifest["synthetic"]),
        manifest.get("inputs", {}),
    )


def summary_files(
    run: SealedRun, judgement: Judgement, matrix: Matrix, *, languages: tuple[str, ...] = ("ro", "en")
) -> dict[str, bytes]:
    """The summary as PDF and DOCX in each language; equal input, equal bytes. Over four pages is an error."""
    files = {}
    for language in languages:
        summary = draw_summary(run, judgement, matrix, language=language)
        pdf = build_pdf(summary_html(summary), date_iso=summary.date_iso, language=language)
        check_length(pdf, summary)
        files[f"summary.{language}.pdf"] = pdf
        files[f"summary.{language}.docx"] = summary_docx(summary)
    return files


def check_length(pdf: bytes, summary: Summary) -> None:
    """At most four pages; the error says which texts are the longest."""
    from pypdf import PdfReader

    pages = len(PdfReader(io.BytesIO(pdf)).pages)
    if pages > MOST_PAGES:
        texts = {one.id: one.text for group in summary.criteria for one in group.findings}
        texts |= {row[0]: row[1] for row in summary.recommendations}
        longest = sorted(texts, key=lambda one: (-len(texts[one]), one))[:3]
        raise ReportError(
            f"summary ({summary.language}): {pages} pages, {MOST_PAGES} at most; shorten the texts of "
            f"{', '.join(longest)}, or accept fewer findings."
        )


def summary_html(summary: Summary) -> str:
    """The page of the PDF, self-contained and without script."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )  # fmt: skip
    page: str = environment.get_template("summary.html.j2").render(
        summary=summary,
        css=Markup(summary_css(summary)),
        word=lambda key: word(f"summary.{key}", summary.language),
        heads=_heads(summary.language),
        widths=WIDTHS,
    )
    check_letters(page)
    check_html(page)
    return page


def summary_docx(summary: Summary) -> bytes:
    """The same text as a Word document."""
    language = summary.language

    def heading(key: str) -> str:
        return f"<h3>{escaped(word(f'summary.{key}', language))}</h3>"

    body = heading("what") + "".join(f"<p>{escaped(one)}</p>" for one in summary.what) + heading("found")
    body += _found_html(summary) or f"<p>{escaped(word('summary.nothing', language))}</p>"
    body += heading("recommended")
    body += (
        table_html(_heads(language), summary.recommendations, WIDTHS)
        if summary.recommendations
        else f"<p>{escaped(word('summary.none', language))}</p>"
    )
    items = "".join(
        f"<li><strong>{escaped(name)}</strong>: {escaped(why)}</li>" for name, why in summary.unjudged
    )
    body += heading("unjudged")
    body += f"<ul>{items}</ul>" if items else f"<p>{escaped(word('summary.all_judged', language))}</p>"
    body += heading("checked") + f'<p class="note">{escaped(summary.check)}</p>'
    return paper_docx(
        Paper(
            language=language,
            title=summary.title,
            subtitle=summary.subtitle,
            facts=summary.facts,
            body=body,
            running_head=summary.running_head,
            date_iso=summary.date_iso,
            mark=summary.mark,
        )
    )


def _found_html(summary: Summary) -> str:
    pieces = []
    for group in summary.criteria:
        pieces.append(f"<h4>{escaped(group.name)}</h4>")
        pieces += [f'<p class="callout">{escaped(one)}</p>' for one in group.conclusions]
        items = "".join(
            f"<li><strong>{one.id}</strong> {escaped(one.text)} <em>({escaped(one.grade)})</em>"
            f"{' [' + escaped('; '.join(one.codes)) + ']' if one.codes else ''}</li>"
            for one in group.findings
        )
        pieces.append(f"<ul>{items}</ul>" if items else "")
    return "".join(pieces)


def _heads(language: str) -> tuple[str, ...]:
    names = ("addressee", "deadline", "priority", "cost")
    own = tuple(word(f"summary.{one}", language) for one in HEADS)
    return (word("code", language), *own, *(word(one, language) for one in names))
