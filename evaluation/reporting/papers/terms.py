"""The terms of reference as a Word document that ANITP edits: dates, amounts and contract clauses are left open."""

from pathlib import Path

from evaluation.judgement.matrix import MATRIX
from evaluation.judgement.terms import TermsSection, draw_terms
from evaluation.judgement.terms_tables import TermsTable
from evaluation.judgement.terms_words import load_terms_words
from evaluation.reporting.papers.paper import Paper, escaped, paper_docx, table_html, word
from evaluation.reporting.wording import load_wording
from evaluation.strategy.frame import get_assessment
from evaluation.strategy.words import Text


def terms_docx(assessment: str, *, language: str, file: Path = MATRIX) -> bytes:
    """The terms of reference of an assessment in one language, with a file of the matrix; equal input, equal bytes."""
    chosen = get_assessment(assessment)
    sections = "".join(
        _section(one, number, language)
        for number, one in enumerate(draw_terms(assessment, file=file), start=1)
    )
    proposal = getattr(load_terms_words().proposal, language)
    return paper_docx(
        Paper(
            language=language,
            title=word("terms.title", language),
            subtitle=getattr(chosen.title, language),
            facts=(),
            body=f'<p class="note">{escaped(proposal)}</p>{sections}',
            running_head=f"{word('terms.title', language)} – "
            + load_wording().text(f"running_head.{assessment}", language=language),
            date_iso=chosen.data_cutoff.isoformat(),
        )
    )


def _section(section: TermsSection, number: int, language: str) -> str:
    def told(text: Text) -> str:
        return escaped(getattr(text, language))

    paragraphs = "".join(f"<p>{told(one)}</p>" for one in section.paragraphs)
    items = "".join(f"<li>{told(one)}</li>" for one in section.items)
    listed = f"<ul>{items}</ul>" if items else ""
    tables = "".join(_table(one, language) for one in section.tables)
    return f"<h2>{number}. {told(section.title)}</h2>{paragraphs}{listed}{tables}"


def _table(table: TermsTable, language: str) -> str:
    rows = [[None if one is None else str(getattr(one, language)) for one in row] for row in table.rows]
    heads = [str(getattr(one, language)) for one in table.heads]
    return table_html(heads, rows, table.widths, caption=str(getattr(table.caption, language)))
