"""What the monitoring commands read: the returns, what was asked, the definitions."""

from collections.abc import Callable
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evaluation.cli.commands import KitOption, KitPath, Target
from evaluation.cli.language import later
from evaluation.core.errors import IntakeError

if TYPE_CHECKING:
    import pandas as pd

    from evaluation.analysis.monitoring.definitions import Definitions
    from evaluation.analysis.monitoring.joining import Joined
    from evaluation.core.observations import Observations
    from evaluation.core.project import Project
    from evaluation.strategy.institutions import Registry
    from evaluation.strategy.plan import Plan
    from evaluation.strategy.request import RequestRules


@dataclass(frozen=True)
class Inputs:
    """The plan, the ledger of returns and everything the analysis takes as given.

    Where the years run over two plans these are read as one (``joined``).
    """

    project: "Project"
    plan: "Plan"
    registry: "Registry"
    rules: "RequestRules"
    definitions: "Definitions"
    observations: "Observations"
    asked: "pd.DataFrame"
    years: tuple[int, ...]
    joined: "Joined"


def data_option() -> Callable[[Target], Target]:
    """``--data``, the folder whose returns are read."""
    return click.option(
        "--data",
        cls=KitOption,
        type=KitPath(exists=True, file_okay=False, path_type=Path),
        metavar=later("DIR"),
        help=later(
            "Folder that holds the folder returns; default from SNITP_DATA, then the invented example."
        ),
    )


def load_inputs(*, year: int | None = None, earlier: int = 0, data: Path | None = None) -> Inputs:
    """Everything, for the years that have returns; ``earlier`` years before the one asked for are read too."""
    from evaluation.analysis.monitoring.definitions import load_definitions
    from evaluation.analysis.monitoring.joining import join_plans
    from evaluation.core.project import Project, find_project
    from evaluation.intake.returns.deliveries import years_of
    from evaluation.intake.returns.ledger import load_observations
    from evaluation.strategy.crosswalk import load_plans
    from evaluation.strategy.frame import assessment_for, load_assessments
    from evaluation.strategy.institutions import load_registry
    from evaluation.strategy.request import load_request_rules

    project = find_project() if data is None else Project(find_project().root, data.resolve())
    known = tuple(sorted(years_of(project.returns))) if project.returns.is_dir() else ()
    if not known:
        raise IntakeError(
            _(
                "There are no returns; put them into returns/<year>/ of a folder and name the folder with --data."
            )
        )
    if year is not None and year not in known:
        text = _("there are no returns of this year; choose from {known}.")
        raise click.BadParameter(text.format(known=", ".join(map(str, known))), param_hint="--year")
    years = tuple(one for one in known if year is None or year - earlier <= one <= year)
    registry, rules = load_registry(), load_request_rules()
    observations = load_observations(project, years=years)
    whole = [one.id for one in load_assessments() if set(years) <= set(one.years)]
    if not whole:
        raise IntakeError(_("There are returns of a year that no assessment covers; set its folder aside."))
    plans = load_plans(assessment_for(whole[0], project.returns))
    joined = join_plans(plans, observations, registry=registry, rules=rules, years=years)
    return Inputs(
        project,
        joined.plan,
        registry,
        rules,
        load_definitions(),
        joined.observations,
        joined.asked,
        years,
        joined,
    )


def say_synthetic(observations: "Observations") -> None:
    """Invented data are said to be invented, on standard error."""
    if observations.synthetic:
        click.echo(_("SYNTHETIC DATA: institutions and figures are invented."), err=True)
