"""``snitp papers register``: every recommendation of every assessment, and what became of it by a day."""

from datetime import date, datetime
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path

import click

from evaluation.cli.assessment import judgement_option
from evaluation.cli.commands import KitCommand, KitOption, KitPath, language_option
from evaluation.cli.language import later
from evaluation.cli.output import make_csv, path_from_here
from evaluation.cli.papers_files import project_with

SUFFIXES = (".xlsx", ".csv")


@click.command(
    cls=KitCommand,
    help=later(
        "Write the register of all recommendations, both languages in columns: every assessment, the management "
        "response, the deadlines, and the outcome on a day. The ending of the file decides: .xlsx or .csv."
    ),
    epilog=later("Example: snitp papers register --on 2028-12-31 --out register.xlsx"),
)
@click.option(
    "--out", cls=KitOption, type=KitPath(dir_okay=False, path_type=Path), required=True, metavar=later("FILE"),
    help=later("The file to write."),
)  # fmt: skip
@click.option(
    "--on", "day", cls=KitOption, type=click.DateTime(["%Y-%m-%d"]), metavar=later("DATE"),
    help=later("The day of the outcome, such as 2028-12-31; without it, today."),
)  # fmt: skip
@judgement_option()
@click.option("--force", is_flag=True, cls=KitOption, help=later("Replace a file that is already there."))
@language_option()
def register(*, out: Path, day: datetime | None, data: Path | None, force: bool) -> None:
    """Write the register and print where it is."""
    from evaluation.judgement.recommendation_register import make_register_workbook, recommendation_rows

    if out.suffix not in SUFFIXES:
        raise click.BadParameter(_("name a file that ends in .xlsx or .csv."), param_hint="--out")
    if out.exists() and not force:
        raise click.UsageError(_("{file} is already there; add --force to replace it.").format(file=out.name))
    on = day.date() if day else date.today()
    rows = recommendation_rows(project_with(data).judgement, on=on)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(make_csv(rows) if out.suffix == ".csv" else make_register_workbook(rows, on=on))
    click.echo(path_from_here(out))
    told = ngettext("{n} recommendation.", "{n} recommendations.", len(rows))
    click.echo(told.format(n=len(rows)), err=True)
