"""``snitp training adjudicate``: the written answers that two coders read differently, for a third reader to decide."""

from gettext import gettext as _
from gettext import ngettext
from pathlib import Path

import click

from evaluation.cli.commands import KitArgument, KitCommand, KitOption, KitPath, language_option
from evaluation.cli.language import later
from evaluation.cli.output import path_from_here


@click.command(
    cls=KitCommand,
    help=later(
        "List the written answers that the two coders read differently, where it changes whether a person counts: DIR "
        "(written by training gather, coded by two people) gets a sheet for the third reader, who types the codes that "
        "apply, or a dash when none does. An answer left open stays undecided and is told as such."
    ),
    epilog=later("Example: snitp training adjudicate national"),
)
@click.argument(
    "home", cls=KitArgument, metavar=later("DIR"), type=KitPath(exists=True, file_okay=False, path_type=Path)
)
@click.option("--force", is_flag=True, cls=KitOption, help=later("Replace files that are already there."))
@language_option()
def adjudicate(*, home: Path, force: bool) -> None:
    """Compare the coders, write the third reader's sheets."""
    from evaluation.analysis.training.open_answers import find_disagreements
    from evaluation.intake.training.adjudicating import gather_disagreements

    tables = gather_disagreements(home, find_disagreements)
    there = [name for name in tables if (home / name).exists()]
    if there and not force:
        text = _("{names}: already there; --force replaces them, with what the third reader decided.")
        raise click.UsageError(text.format(names=", ".join(there)))
    for name, table in tables.items():
        table.to_csv(home / name, index=False, encoding="utf-8", lineterminator="\n")
        click.echo(path_from_here(home / name))
    count = sum(map(len, tables.values()))
    told = ngettext("{count} answer to decide.", "{count} answers to decide.", count).format(count=count)
    click.echo(told, err=True)
