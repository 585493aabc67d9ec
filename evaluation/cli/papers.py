"""``snitp papers``: what those who commission and approve need, for Word, Excel and the Committee's meeting."""

from gettext import gettext as _
from pathlib import Path

import click

from evaluation.cli.assessment import assessment_option, check_assessment, judgement_option
from evaluation.cli.commands import KitCommand, KitOption, LazyGroup, language_option
from evaluation.cli.language import later
from evaluation.cli.papers_files import out_folder_option, project_with, write_papers

COMMANDS = {
    "terms": ("evaluation.cli.papers:terms", later("Terms of reference and budget lines, to be edited.")),
    "response": (
        "evaluation.cli.papers_forms:response",
        later("The management-response form, written and read back."),
    ),
    "comments": (
        "evaluation.cli.papers_forms:comments",
        later("The agency's comments and the answers, written and read back."),
    ),
    "summary": (
        "evaluation.cli.papers_summary:summary",
        later("Four pages for the Committee and the Government."),
    ),
    "register": (
        "evaluation.cli.papers_register:register",
        later("All recommendations over time and what became of them."),
    ),
}

papers = LazyGroup(
    name="papers",
    table=COMMANDS,
    help=later(
        "Papers for those who commission and approve the evaluation: terms of reference, response form, comments, "
        "summary, register of recommendations. Each is written in Romanian and in English."
    ),
    epilog=later("Example: snitp papers terms --assessment interim-2026 --out papers"),
)
papers = language_option()(papers)


@click.command(
    cls=KitCommand,
    help=later(
        "Write the terms of reference with the budget lines as Word documents, one a language. Rules, questions and "
        "conditions come from the strategy; dates and amounts are left empty, because the strategy states none."
    ),
    epilog=later("Example: snitp papers terms --assessment interim-2026 --out papers"),
)
@assessment_option()
@out_folder_option()
@judgement_option()
@click.option("--force", is_flag=True, cls=KitOption, help=later("Replace files that are already there."))
@language_option()
def terms(*, assessment: str, out: Path, data: Path | None, force: bool) -> None:
    """Write both documents."""
    from evaluation.core.language import Language
    from evaluation.judgement.matrix import matrix_file
    from evaluation.reporting.papers.terms import terms_docx

    check_assessment(assessment)
    file = matrix_file(project_with(data), assessment)
    made = {f"terms.{one}.docx": terms_docx(assessment, language=one.value, file=file) for one in Language}
    write_papers(out, made, force=force)
    click.echo(_("Dates, amounts and contract clauses are left empty: fill them in."), err=True)
