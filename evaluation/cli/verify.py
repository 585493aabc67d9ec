"""``snitp verify``: checks a sealed report again."""

from gettext import gettext as _
from pathlib import Path

import click

from evaluation.cli.commands import KitCommand, KitPath, format_option, language_option
from evaluation.cli.language import later
from evaluation.cli.output import path_from_here, write_csv, write_json, write_table


@click.command(
    cls=KitCommand,
    help=later(
        "Check a sealed report again: digests, register, and the witnesses of everything that is hidden. Ends with "
        "status 1 when there is a problem."
    ),
)
@click.argument("folder", metavar=later("DIR"), type=KitPath(exists=True, file_okay=False, path_type=Path))
@format_option()
@language_option()
@click.pass_context
def verify(ctx: click.Context, folder: Path, form: str) -> None:
    """Print the problems."""
    from evaluation.reporting.verify import verify_run

    problems = verify_run(folder)
    records = [{"file": one.file, "problem": one.problem, "remedy": one.remedy} for one in problems]
    if form == "json":
        write_json(records)
    elif form == "csv":
        write_csv(records, like=[{"file": "", "problem": "", "remedy": ""}])
    elif records:
        rows = [(one["file"], one["problem"], one["remedy"]) for one in records]
        write_table([_("File"), _("Problem"), _("Remedy")], rows)
    else:
        click.echo(_("{folder}: everything agrees.").format(folder=path_from_here(folder)))
    ctx.exit(1 if records else 0)
