"""Terms of reference of an assessment, drawn from the frame, the plans and the matrix; what nobody has set stays blank."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from evaluation.core.provenance import Provenance, Source, digest_file
from evaluation.core.results import Listing
from evaluation.judgement.listing import day_text, told
from evaluation.judgement.matrix import MATRIX, load_matrix
from evaluation.judgement.matrix_rows import Matrix
from evaluation.judgement.terms_tables import TABLES, TermsTable
from evaluation.judgement.terms_words import TERMS, Section, TermsWords, load_terms_words
from evaluation.strategy.frame import Assessment, get_assessment
from evaluation.strategy.plan import load_plan
from evaluation.strategy.words import Text

METHOD = "terms_of_reference"


@dataclass(frozen=True, slots=True)
class TermsSection:
    """A section as it is printed: paragraphs, items and tables, all in both languages."""

    id: str
    title: Text
    paragraphs: tuple[Text, ...]
    items: tuple[Text, ...]
    tables: tuple[TermsTable, ...]


def draw_terms(assessment: str, *, file: Path = MATRIX) -> tuple[TermsSection, ...]:
    """The sections for an assessment, in their order; the questions are those of a file of the matrix."""
    words, chosen = load_terms_words(), get_assessment(assessment)
    matrix = load_matrix(assessment, file=file)
    return tuple(_section(one, words, chosen, matrix) for one in words.sections)


def list_terms(assessment: str) -> Listing:
    """One row a section: its title, and its paragraphs and items on lines of their own."""
    rows = [
        told({"title": [one.title], "text": [*one.paragraphs, *one.items]}) for one in draw_terms(assessment)
    ]
    return _listing("terms_of_reference", rows)


def list_budget() -> Listing:
    """One row a budget line: what, and in which unit; the strategy states no amount, so there is none."""
    words = load_terms_words()
    rows = [
        {"id": one.id, **told({"line": [one.line], "unit": [one.unit], "amount": [words.blank]})}
        for one in words.budget
    ]
    return _listing("terms_budget", rows)


def list_deliverables() -> Listing:
    """One row a deliverable with its formats."""
    words = load_terms_words()
    rows = [
        told({"what": [one.what], "form": [one.form], "due": [words.blank]}) for one in words.deliverables
    ]
    return _listing("terms_deliverables", rows)


def _section(one: Section, words: TermsWords, assessment: Assessment, matrix: Matrix) -> TermsSection:
    facts = _facts(assessment)
    return TermsSection(
        one.id,
        one.title,
        tuple(_filled(text, facts) for text in one.paragraphs),
        one.items,
        tuple(TABLES[part](words, assessment, matrix) for part in one.parts),
    )


def _facts(assessment: Assessment) -> Mapping[str, Text]:
    """What the texts name of the assessment; a plan that is not published is told as such."""
    start, end = day_text(assessment.period_start), day_text(assessment.period_end)
    missing = {one.plan: one.note for one in assessment.missing_plans}
    plans = [load_plan(one).head.title for one in assessment.plans if one not in missing]
    covered = [*plans, *missing.values()]
    return {
        "title": assessment.title,
        "period": Text(ro=f"{start.ro} – {end.ro}", en=f"{start.en} – {end.en}"),
        "plans": Text(
            ro="; ".join(one.ro.rstrip(".") for one in covered),
            en="; ".join(one.en.rstrip(".") for one in covered),
        ),
        "cutoff": day_text(assessment.data_cutoff),
        "note": assessment.note,
    }


def _filled(text: Text, facts: Mapping[str, Text]) -> Text:
    ro = text.ro.format_map({name: one.ro for name, one in facts.items()})
    return Text(ro=ro, en=text.en.format_map({name: one.en for name, one in facts.items()}))


def _listing(name: str, rows: list[dict[str, str]], *, file: Path = TERMS) -> Listing:
    import pandas as pd

    source = Source(file=f"evaluation/judgement/frame/{file.name}", digest=digest_file(file))
    return Listing(
        name, pd.DataFrame(rows).astype("str"), Provenance((source,), METHOD, len(rows), len(rows))
    )
