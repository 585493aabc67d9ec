"""``snitp papers summary``: four pages for the Committee and the Government, from a sealed report."""

from gettext import ngettext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evaluation.cli.assessment import judgement_option
from evaluation.cli.commands import KitArgument, KitCommand, KitOption, KitPath, language_option
from evaluation.cli.language import later
from evaluation.cli.papers_files import out_folder_option, project_with, write_papers

if TYPE_CHECKING:
    from evaluation.core.project import Project
    from evaluation.reporting.papers.summary_content import SealedRun


@click.command(
    cls=KitCommand,
    help=later(
        "Write the summary of a sealed report as PDF and Word document in both languages: what was evaluated, findings "
        "with the grade of their evidence, conclusions, recommendations, what could not be judged. Its numbers come "
        "from the register of the report, its texts from the files that the report was built with. More than four pages is "
        "an error that says what to shorten."
    ),
    epilog=later("Example: snitp papers summary outputs/interim-2026/RUN --out papers"),
)
@click.argument(
    "run", cls=KitArgument, metavar=later("DIR"), type=KitPath(exists=True, file_okay=False, path_type=Path)
)
@out_folder_option()
@judgement_option()
@click.option("--force", is_flag=True, cls=KitOption, help=later("Replace files that are already there."))
@language_option()
def summary(*, run: Path, out: Path, data: Path | None, force: bool) -> None:
    """Write the four files."""
    from evaluation.judgement.judged import load_judged
    from evaluation.reporting.papers.summary import read_run, summary_files

    sealed, project = read_run(run), project_with(data)
    _check_judgement(sealed, project)
    judged = load_judged(project, sealed.assessment, sealed.register)
    write_papers(out, summary_files(sealed, judged.judgement, judged.matrix), force=force)


def _check_judgement(sealed: "SealedRun", project: "Project") -> None:
    """The texts of today are those that the report was built with; a summary never says what its report does not."""
    from evaluation.core.errors import JudgementError
    from evaluation.judgement.judged_files import changed_judgement

    changed = changed_judgement(sealed.inputs, project, sealed.assessment)
    if changed:
        text = ngettext(
            "{files}: not the file that the report was built with; build the report again.",
            "{files}: not the files that the report was built with; build the report again.",
            len(changed),
        )
        raise JudgementError(text.format(files=", ".join(changed)))
