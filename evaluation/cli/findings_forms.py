"""``snitp findings draft`` and ``snitp findings read``: the workbook of drafts, out and back."""

from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evaluation.cli.assessment import assessment_option, check_assessment, judgement_option
from evaluation.cli.commands import KitArgument, KitCommand, KitOption, KitPath, language_option
from evaluation.cli.language import current_language, later
from evaluation.cli.output import path_from_here
from evaluation.cli.papers_files import project_with
from evaluation.cli.workbooks import check_workbook_name, replace_whole, screen_workbook

if TYPE_CHECKING:
    from evaluation.core.project import Project
    from evaluation.judgement.drafting.proposals import Proposals
    from evaluation.judgement.judgement import Judgement
    from evaluation.judgement.matrix_rows import Matrix
    from evaluation.reporting.papers.summary_content import SealedRun

NO_FINDINGS = b"evidence: []\nfindings: []\n"
"""The file before the first decision."""

run_option = click.option(
    "--run", cls=KitOption, type=KitPath(exists=True, file_okay=False, path_type=Path), metavar=later("DIR"),
    help=later("The sealed report whose numbers count; without it the newest one in outputs."),
)  # fmt: skip


@click.command(
    cls=KitCommand,
    help=later(
        "Write the drafts of findings that follow from the numbers of a sealed report, and that nobody has decided yet, "
        "as a workbook for the evaluators: one line a draft, with the text as it will read, the computed grade, and "
        "columns for the decision."
    ),
    epilog=later("Example: snitp findings draft --assessment interim-2026 --out drafts.xlsx"),
)
@assessment_option()
@run_option
@judgement_option()
@click.option(
    "--out", cls=KitOption, type=KitPath(dir_okay=False, path_type=Path), required=True, metavar=later("FILE"),
    help=later("The workbook to write, ending in .xlsx."),
)  # fmt: skip
@click.option("--force", is_flag=True, cls=KitOption, help=later("Replace a file that is already there."))
@language_option()
def draft(*, assessment: str, run: Path | None, data: Path | None, out: Path, force: bool) -> None:
    """Write the workbook and say how many drafts it holds."""
    from evaluation.judgement.drafting.form import make_findings_workbook
    from evaluation.judgement.store import load_judgement

    check_assessment(assessment)
    check_workbook_name(out, force=force)
    project = project_with(data)
    matrix = _matrix(project, assessment)
    judgement = load_judgement(project.judgement / assessment, questions=_questions(matrix))
    proposals = _propose(project, judgement, matrix, assessment=assessment, run=run)
    count = len(proposals.undecided)
    if not count:
        click.echo(_("Every draft of this report is decided; nothing is written."), err=True)
        return
    made = make_findings_workbook(proposals)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(made)
    click.echo(path_from_here(out))
    told = ngettext(
        "{n} draft to decide; it enters the report only once an evaluator accepts it.",
        "{n} drafts to decide; they enter the report only once an evaluator accepts them.",
        count,
    )
    click.echo(told.format(n=count), err=True)


@click.command(
    cls=KitCommand,
    help=later(
        "Read the decisions of a workbook of drafts and add the decided findings, with the evidence that they cite, to "
        "findings.yaml. Every problem is told with its cell, and then nothing is written. Lines without a decision stay "
        "drafts; reading the same workbook again changes nothing."
    ),
    epilog=later("Example: snitp findings read drafts.xlsx --assessment interim-2026 --data data_raw"),
)
@click.argument(
    "file", cls=KitArgument, metavar=later("FILE"), type=KitPath(exists=True, dir_okay=False, path_type=Path)
)
@assessment_option()
@run_option
@judgement_option()
@language_option()
def read(*, file: Path, assessment: str, run: Path | None, data: Path | None) -> None:
    """Add what was decided, whole or not at all."""
    from evaluation.judgement.drafting.append import append_decisions, check_appended
    from evaluation.judgement.drafting.read import read_decisions
    from evaluation.judgement.store import FINDINGS_FILE, load_judgement

    check_assessment(assessment)
    screen_workbook(file)
    project = project_with(data)
    folder, matrix = project.judgement / assessment, _matrix(project, assessment)
    judgement = load_judgement(folder, questions=_questions(matrix))
    own = folder / FINDINGS_FILE
    before = own.read_bytes() if own.is_file() else None
    proposals = _propose(project, judgement, matrix, assessment=assessment, run=run)
    decided = read_decisions(file, proposals, language=current_language())
    if decided.findings:
        text = append_decisions((before or NO_FINDINGS).decode("utf-8"), decided)
        check_appended(folder, text, decided, proposals, questions=_questions(matrix))
        replace_whole(own, before, text.encode("utf-8"))
        click.echo(path_from_here(own))
    _say_what_was_read(len(decided.findings), decided.recorded, decided.undecided)


def _propose(
    project: "Project", judgement: "Judgement", matrix: "Matrix", *, assessment: str, run: Path | None
) -> "Proposals":
    """The drafts of the register of a sealed run, which is named on standard error."""
    from evaluation.judgement.drafting.proposals import propose
    from evaluation.reporting.statements import fill_plain

    sealed = _sealed(project, assessment, run)
    records = sealed.register
    click.echo(_("Numbers of the report {run}.").format(run=sealed.name), err=True)
    return propose(
        records,
        judgement,
        matrix,
        assessment=assessment,
        tell=lambda text, language: fill_plain(text, records, language=language),
    )


def _sealed(project: "Project", assessment: str, run: Path | None) -> "SealedRun":
    """The run that was named, or the newest one of the assessment; intact, and of this assessment."""
    from evaluation.reporting.papers.summary import read_run
    from evaluation.reporting.run_register import newest_run

    sealed = read_run(run or newest_run(project, assessment))
    if sealed.assessment != assessment:
        text = _("it is a report of {assessment}; name a run of the assessment asked for.")
        raise click.BadParameter(text.format(assessment=sealed.assessment), param_hint="--run")
    return sealed


def _matrix(project: "Project", assessment: str) -> "Matrix":
    """The matrix in force, the team's or the kit's."""
    from evaluation.judgement.matrix import load_matrix, matrix_file

    return load_matrix(assessment, file=matrix_file(project, assessment))


def _questions(matrix: "Matrix") -> list[str]:
    return [one.id for one in matrix.rows]


def _say_what_was_read(new: int, recorded: int, undecided: int) -> None:
    parts = [
        ngettext("{n} decision recorded", "{n} decisions recorded", new).format(n=new),
        ngettext("{n} already there", "{n} already there", recorded).format(n=recorded),
        ngettext("{n} draft without a decision", "{n} drafts without a decision", undecided).format(
            n=undecided
        ),
    ]
    click.echo("; ".join(parts) + ".", err=True)
