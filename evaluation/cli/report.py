"""``snitp report``: builds the report of an assessment and prints where its files are."""

from contextlib import suppress
from functools import partial
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evaluation.cli.assessment import assessment_option, check_assessment, check_data, data_option
from evaluation.cli.commands import KitCommand, KitOption, KitPath, SeveralOf
from evaluation.cli.language import later
from evaluation.cli.output import path_from_here

if TYPE_CHECKING:
    from evaluation.core.project import Project
    from evaluation.strategy.frame import Assessment

LANGUAGES = ("ro", "en")
FORMATS = ("html", "pdf", "docx")


@click.command(
    cls=KitCommand,
    help=later(
        "Build the report of an assessment as a sealed folder. The paths of its files go to standard output, one a "
        "line; progress goes to standard error. Nothing is computed or written again that is already there."
    ),
    epilog=later("Example: snitp report --assessment interim-2026 --lang ro,en --format html,pdf"),
)
@assessment_option()
@click.option(
    "--lang",
    "languages",
    cls=KitOption,
    type=SeveralOf(LANGUAGES),
    default=",".join(LANGUAGES),
    show_default=True,
    metavar="ro,en",
    help=later(
        "Languages of the report. The language of this help is set before the command: snitp --lang en report."
    ),
)
@click.option(
    "--format",
    "formats",
    cls=KitOption,
    type=SeveralOf(FORMATS),
    default=",".join(FORMATS),
    show_default=True,
    metavar="html,pdf,docx",
    help=later("File formats of the report."),
)
@data_option()
@click.option(
    "--out",
    cls=KitOption,
    type=KitPath(file_okay=False, path_type=Path),
    metavar=later("DIR"),
    help=later("Folder in which the sealed folder of this run is made; default outputs."),
)
@click.option(
    "--force",
    is_flag=True,
    cls=KitOption,
    help=later("Build again although nothing has changed; earlier runs stay."),
)
def report(
    *,
    assessment: str,
    languages: tuple[str, ...],
    formats: tuple[str, ...],
    data: Path | None,
    out: Path | None,
    force: bool,
) -> None:
    """Build and print the paths."""
    from evaluation.audit.annex import audit_annex
    from evaluation.core.project import find_project
    from evaluation.reporting.report import Hooks, build_report

    check_assessment(assessment)
    check_data(data)
    project = find_project()
    _check_answers(_answers(project, data, assessment))
    built = build_report(
        project,
        assessment,
        languages=languages,
        formats=formats,
        out=out,
        data=data,
        force=force,
        hooks=Hooks(
            progress=lambda message: click.echo(describe_step(message), err=True),
            prepare=take_in,
            tell=_tell_plan,
            audit=partial(audit_annex, answers=_answers(project, data, assessment)),
        ),
    )
    closing = (
        _("Sealed: {folder}")
        if built.fresh
        else _("Nothing has changed; the report is already there: {folder}")
    )
    click.echo(closing.format(folder=path_from_here(built.folder)), err=True)
    for file in built.files:
        click.echo(path_from_here(file))


def _check_answers(path: Path) -> None:
    """Answers that cannot be read stop the build before it begins, not at its end; those to another version do not."""
    from evaluation.audit.answers import OtherAnswersError, load_answers

    with suppress(OtherAnswersError):
        load_answers(path, report="")


def _answers(project: "Project", data: Path | None, assessment: str) -> Path:
    """Where the answers of a person to the audit are kept: beside the judgement."""
    from evaluation.audit.annex import ANSWERS

    folder = data / "judgement" if data is not None else project.judgement
    return folder / assessment / ANSWERS


def take_in(project: "Project", assessment: "Assessment") -> None:
    """Read what institutions returned once, before the chapters that need it."""
    from evaluation.intake.returns.ledger import load_observations

    click.echo(_("reading what institutions returned"), err=True)
    load_observations(project, years=assessment.years)


def _tell_plan(project: "Project", assessment: "Assessment") -> dict[str, object]:
    """The plan of analysis and the first day of the data; a deviation that nobody declared stops a real report."""
    from evaluation.intake.first_day import first_data_on
    from evaluation.judgement.analysis_plan import analysis_plan_record
    from evaluation.judgement.analysis_plan_state import check_analysis_plan
    from evaluation.strategy.frame import is_synthetic

    folder, synthetic = project.judgement / assessment.id, is_synthetic(project.returns)
    check_analysis_plan(folder, assessment.id, synthetic=synthetic)
    first = first_data_on(project, assessment)
    plan = analysis_plan_record(folder, assessment.id, first_data_on=first, synthetic=synthetic)
    return {"analysis_plan": plan}


def describe_step(message: str) -> str:
    """A step of the build in words; a step without words is shown as it is."""
    step, *rest = message.split(" ", 1)
    words = {
        "chapter": _("chapter done: {what}"),
        "compare": _("comparing the two languages"),
        "render": _("making the files"),
    }
    return words.get(step, message.replace("{", "{{").replace("}", "}}")).format(what=" ".join(rest))
