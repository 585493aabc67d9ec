"""``snitp request``: the workbooks in which institutions report for a year."""

from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evaluation.cli.commands import KitCommand, KitOption, KitPath, language_option
from evaluation.cli.language import later
from evaluation.cli.output import path_from_here
from evaluation.cli.years import YEAR, refuse_years_outside

if TYPE_CHECKING:
    from evaluation.core.observations import Observations
    from evaluation.strategy.plan import Plan


@click.command(
    cls=KitCommand,
    help=later(
        "Write one workbook for each responsible institution, asking for its indicators, deliverables and measures of a "
        "year. The paths go to standard output, one a line."
    ),
    epilog=later("Example: snitp request --year 2025 --out cereri"),
)
@click.option(
    "--year",
    cls=KitOption,
    type=YEAR,
    required=True,
    help=later("The year reported on."),
)
@click.option(
    "--out",
    cls=KitOption,
    type=KitPath(file_okay=False, path_type=Path),
    required=True,
    metavar=later("DIR"),
    help=later("Folder for the workbooks; it is made when it is not there."),
)
@click.option(
    "--institution",
    cls=KitOption,
    metavar=later("ID"),
    help=later("Only the workbook of this institution, such as ANITP."),
)
@click.option(
    "--data",
    cls=KitOption,
    type=KitPath(exists=True, file_okay=False, path_type=Path),
    metavar=later("DIR"),
    help=later(
        "Folder whose returns of the year before are shown as reported last time; without it nothing is shown."
    ),
)
@click.option(
    "--force",
    is_flag=True,
    cls=KitOption,
    help=later("Replace workbooks that are already there."),
)
@language_option()
def request(*, year: int, out: Path, institution: str | None, data: Path | None, force: bool) -> None:
    """Write the workbooks and print where they are."""
    from evaluation.intake.returns.workbook import write_request
    from evaluation.strategy.institutions import load_registry
    from evaluation.strategy.request import load_request_rules

    plan, registry, rules = _plan(year), load_registry(), load_request_rules()
    files = {one: out / f"{one}_{year}.xlsx" for one in _asked(plan, year=year, only=institution)}
    _check_places(list(files.values()), out=out, force=force)
    earlier = _earlier(data, year=year)
    out.mkdir(parents=True, exist_ok=True)
    for one, file in files.items():
        write_request(
            file,
            plan,
            registry,
            rules,
            institution=one,
            year=year,
            previous=None if earlier is None else earlier.table,
            synthetic=earlier is not None and earlier.synthetic,
        )
        click.echo(path_from_here(file))
    text = ngettext("{n} workbook in {folder}", "{n} workbooks in {folder}", len(files))
    click.echo(text.format(n=len(files), folder=path_from_here(out)), err=True)


def _plan(year: int) -> "Plan":
    """The published plan that covers the year; institutions are never asked about an invented one."""
    from evaluation.strategy.crosswalk import plan_of_year, reporting_plans
    from evaluation.strategy.frame import load_assessments

    plans = reporting_plans(synthetic=False)
    found = plan_of_year(plans, year)
    if found is None and any(year in one.years for one in load_assessments()):
        text = _("the plan for {year} is not published.").format(year=year)
        raise click.BadParameter(text, param_hint="--year")
    return found or plans[-1]


def _earlier(data: Path | None, *, year: int) -> "Observations | None":
    """What was reported for the year before; workbooks that show invented figures are marked as synthetic."""
    if data is None:
        return None
    from evaluation.core.project import Project, find_project
    from evaluation.intake.returns.ledger import load_observations

    return load_observations(Project(find_project().root, data.resolve()), years=(year - 1,))


def _asked(plan: "Plan", *, year: int, only: str | None) -> list[str]:
    """The institutions that are asked for something; a year or an institution without a request is a wrong call."""
    from evaluation.strategy.asked import measures_asked, responsible_institutions

    refuse_years_outside((plan,), (year,), option="--year")
    everyone = responsible_institutions(plan)
    only = next((one for one in everyone if only is not None and one == only.strip().upper()), only)
    if only is not None and only not in everyone:
        text = _("no measure of the plan names it as responsible; choose from {known}.")
        raise click.BadParameter(text.format(known=", ".join(everyone)), param_hint="--institution")
    chosen = [only] if only is not None else list(everyone)
    asked = [one for one in chosen if measures_asked(plan, one, year=year)]
    if not asked:
        text = _("none of its measures has begun by the end of that year.")
        raise click.BadParameter(text, param_hint="--institution")
    return asked


def _check_places(files: list[Path], *, out: Path, force: bool) -> None:
    """Workbooks that are there may be filled in already, so they are only replaced on request."""
    there = [file for file in files if file.exists()]
    if there and not force:
        text = ngettext(
            "{n} workbook is already in {folder}; add --force to replace it, or name another folder.",
            "{n} workbooks are already in {folder}; add --force to replace them, or name another folder.",
            len(there),
        )
        raise click.UsageError(text.format(n=len(there), folder=path_from_here(out)))
