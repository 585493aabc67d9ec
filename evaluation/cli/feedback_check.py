"""``snitp feedback check``: what would stop a build of the folder of answers, and what may still identify somebody."""

from gettext import gettext as _
from gettext import ngettext
from pathlib import Path

import click

from evaluation.cli.commands import KitArgument, KitCommand, KitPath, language_option
from evaluation.cli.language import current_language, later

FOLDER = "feedback"


@click.command(
    cls=KitCommand,
    help=later(
        "Check the folder of answers: retention, columns, answers, texts that still hold what looks like a name, files that "
        "do not belong there. One problem a line on standard output, none quotes an answer; with problems the exit status "
        "is 1."
    ),
    epilog=later("Example: snitp feedback check data_raw/feedback"),
)
@click.argument(
    "home", cls=KitArgument, metavar=later("DIR"), type=KitPath(exists=True, file_okay=False, path_type=Path)
)
@language_option()
def check(*, home: Path) -> None:
    """Look through the folder, list what is wrong."""
    from datetime import date

    from evaluation.core.project import Project, find_project
    from evaluation.intake.feedback.checking import check_feedback

    place = home.resolve()
    data = place.parent if place.name == FOLDER else place
    if not (data / FOLDER).is_dir():
        text = _("there is no folder feedback there; name it, or the folder of the data that holds it.")
        raise click.BadParameter(text, param_hint="DIR")
    problems = check_feedback(
        Project(find_project().root, data), today=date.today(), language=current_language()
    )
    for one in problems:
        click.echo(one)
    count = len(problems)
    told = ngettext("{count} problem.", "{count} problems.", count).format(count=count)
    click.echo(told if problems else _("No problem found."), err=True)
    if problems:
        click.get_current_context().exit(1)
