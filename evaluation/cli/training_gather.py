"""``snitp training gather``: answers of many sessions put together as the national data, and sheets for two coders."""

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
        "Put the answers of sessions together as the national data: DIR gets a table of answers a questionnaire, a table of "
        "sessions, and for the written answers one sheet a coder, in which the codes of the codebook are typed. Give the "
        "files that training score reads; each is read as one training. Codes of people are dropped when their sheets are "
        "linked; written answers with a telephone number, an address or a CNP in them are left out."
    ),
    epilog=later("Example: snitp training gather session1.xlsx session2.csv --out national"),
)
@click.argument(
    "files", cls=KitArgument, metavar=later("FILE..."), nargs=-1, required=True,
    type=KitPath(exists=True, dir_okay=False, path_type=Path),
)  # fmt: skip
@click.option(
    "--out", cls=KitOption, type=KitPath(file_okay=False, path_type=Path), required=True, metavar=later("DIR"),
    help=later("Folder to write to; it is made when it is not there."),
)  # fmt: skip
@click.option("--force", is_flag=True, cls=KitOption, help=later("Replace files that are already there."))
@language_option()
def gather(*, files: tuple[Path, ...], out: Path, force: bool) -> None:
    """Read every file, write the tables."""
    from evaluation.intake.training.gathering import gather_answers
    from evaluation.intake.training.read import read_answers

    tables = gather_answers([read_answers(one) for one in files])
    there = [name for name in tables if (out / name).exists()]
    if there and not force:
        text = _("{names}: already there; give another folder, or --force to replace them.")
        raise click.UsageError(text.format(names=", ".join(there)))
    out.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        table.to_csv(out / name, index=False, encoding="utf-8", lineterminator="\n")
        click.echo(path_from_here(out / name))
    count = len(tables["sessions.csv"])
    told = ngettext("{count} session gathered.", "{count} sessions gathered.", count).format(count=count)
    click.echo(told, err=True)
    click.echo(
        _(
            "Next: two people type codes into the coders' sheets, each alone; the report reads them from there."
        ),
        err=True,
    )
