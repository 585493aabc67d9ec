"""``snitp register-plan``: the plan of analysis is written down, with digests, before the data arrive."""

from datetime import datetime
from gettext import gettext as _
from pathlib import Path

import click

from evaluation.cli.assessment import assessment_option
from evaluation.cli.commands import KitCommand, KitOption, KitPath, language_option
from evaluation.cli.language import later
from evaluation.cli.output import path_from_here


@click.command(
    cls=KitCommand,
    help=later(
        "Register the plan of analysis of an assessment: what the evaluators wrote in planned_analyses.yaml, with the "
        "digests of the evaluation matrix and of the rules as they are today. Refused where data arrived on that day or "
        "before; a registered plan is never replaced. The digest goes to standard output."
    ),
    epilog=later(
        "Example: snitp register-plan --assessment interim-2026 --by NAME --on 2024-07-15 --data DIR"
    ),
)
@assessment_option()
@click.option("--by", cls=KitOption, required=True, metavar=later("NAME"), help=later("Who registers it."))
@click.option(
    "--on",
    cls=KitOption,
    required=True,
    type=click.DateTime(formats=["%Y-%m-%d"]),
    metavar=later("DAY"),
    help=later("The day of registration, such as 2024-07-15."),
)
@click.option(
    "--data",
    cls=KitOption,
    required=True,
    type=KitPath(exists=True, file_okay=False, path_type=Path),
    metavar=later("DIR"),
    help=later("Folder with what arrived; the plan is kept in its folder judgement."),
)
@language_option()
def register_plan(*, assessment: str, by: str, on: datetime, data: Path) -> None:
    """Find the first day of the data, write the plan, print its digest."""
    from evaluation.core.errors import JudgementError
    from evaluation.core.project import Project, find_project
    from evaluation.intake.first_day import first_data_on, undated_data
    from evaluation.judgement import analysis_plan
    from evaluation.strategy.frame import is_synthetic, load_assessments

    known = {one.id: one for one in load_assessments()}
    if assessment not in known:
        text = _("the strategy provides for {known}.").format(known=", ".join(known))
        raise click.BadParameter(text, param_hint="--assessment")
    project, evaluated = Project(find_project().root, data.resolve()), known[assessment]
    undated = undated_data(project, evaluated)
    if undated:
        text = _("There are data whose day of arrival is not known ({kinds}); write it down first.")
        raise JudgementError(text.format(kinds=", ".join(undated)))
    plan = analysis_plan.register_plan(
        project.judgement / assessment,
        assessment=assessment,
        by=by,
        on=on.date(),
        first_data_on=first_data_on(project, evaluated),
        synthetic=is_synthetic(project.judgement),
    )
    written = project.judgement / assessment / analysis_plan.PLAN_FILE
    click.echo(_("Registered: {file}").format(file=path_from_here(written)), err=True)
    click.echo(plan.digest)
