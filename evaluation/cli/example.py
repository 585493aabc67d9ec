"""``snitp example``: invented returns with a known truth, to try the kit on and to test it."""

from gettext import gettext as _
from gettext import ngettext
from pathlib import Path

import click

from evaluation.cli.commands import KitCommand, KitOption, KitPath, language_option
from evaluation.cli.language import later
from evaluation.cli.output import path_from_here
from evaluation.cli.years import YEAR, refuse_years_outside

SEED = 20262028
YEARS = "2024,2025,2026"


def _read_years(ctx: click.Context, param: click.Parameter, value: str) -> tuple[int, ...]:
    years = [one.strip() for one in value.split(",")]
    if not all(len(one) == 4 and one.isascii() and one.isdigit() for one in years):
        raise click.BadParameter(_("give years of four digits, separated by commas: 2024,2025."), param=param)
    return tuple(sorted({YEAR.convert(one, param, ctx) for one in years}))


@click.command(
    cls=KitCommand,
    help=later(
        "Write invented returns of all institutions, some in the request workbook and some in a form of their own with "
        "errors, and the list of what is planted in them. Everything is marked as synthetic; nothing is real. Equal "
        "seeds give equal files."
    ),
    epilog=later("Example: snitp example --out my_example --seed 1 --years 2024,2025"),
)
@click.option(
    "--out",
    "folder",
    cls=KitOption,
    metavar=later("DIR"),
    required=True,
    type=KitPath(file_okay=False, path_type=Path),
    help=later("Folder to write to; it is made when it is not there."),
)
@click.option(
    "--seed",
    cls=KitOption,
    type=click.IntRange(min=0),
    default=SEED,
    show_default=True,
    help=later("Number from which all values are drawn."),
)
@click.option(
    "--years",
    cls=KitOption,
    metavar=later("YEARS"),
    default=YEARS,
    show_default=True,
    callback=_read_years,
    help=later("Reporting years, separated by commas."),
)
@click.option("--force", is_flag=True, cls=KitOption, help=later("Replace an earlier example in the folder."))
@language_option()
def example(*, folder: Path, seed: int, years: tuple[int, ...], force: bool) -> None:
    """Write the files and say how many there are."""
    from evaluation.cli.example_files import write_example
    from evaluation.strategy.crosswalk import reporting_plans

    refuse_years_outside(reporting_plans(synthetic=True), years, option="--years")
    if not force and any((folder / name).exists() for name in ("returns", "context", "truth.json")):
        text = _(
            "the folder holds an example or returns already; name another one, or add --force for an example."
        )
        raise click.BadParameter(text, param_hint="--out")
    count = write_example(folder, seed=seed, years=years)
    text = ngettext(
        "{n} invented delivery written to {folder}: SYNTHETIC DATA, nothing is real.",
        "{n} invented deliveries written to {folder}: SYNTHETIC DATA, nothing is real.",
        count,
    )
    click.echo(text.format(n=count, folder=path_from_here(folder)), err=True)
