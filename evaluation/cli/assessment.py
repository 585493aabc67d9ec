"""Options that name an assessment and its data, and what is wrong with a call that names others."""

from collections.abc import Callable
from gettext import gettext as _
from pathlib import Path
from typing import Any, TypeVar

import click

from evaluation.cli.commands import KitOption, KitPath
from evaluation.cli.language import later

Target = TypeVar("Target", bound=Callable[..., Any] | click.Command)


def assessment_option() -> Callable[[Target], Target]:
    """``--assessment``, one that the strategy provides for."""
    return click.option(
        "--assessment", cls=KitOption, required=True, metavar=later("ID"),
        help=later("The assessment, such as interim-2026."),
    )  # fmt: skip


def judgement_option() -> Callable[[Target], Target]:
    """``--data``, whose folder judgement holds what the evaluators wrote."""
    return click.option(
        "--data", cls=KitOption, type=KitPath(exists=True, file_okay=False, path_type=Path), metavar=later("DIR"),
        help=later("Folder with the folder judgement; without it the invented example is used."),
    )  # fmt: skip


def data_option() -> Callable[[Target], Target]:
    """``--data``, whose folder stands in for data_raw."""
    return click.option(
        "--data", cls=KitOption, type=KitPath(exists=True, file_okay=False, path_type=Path), metavar=later("DIR"),
        help=later("Folder with what arrived, in place of data_raw; it must hold the folder secondary."),
    )  # fmt: skip


def check_assessment(assessment: str) -> None:
    """An assessment that the strategy does not provide for is a wrong call."""
    from evaluation.strategy.frame import load_assessments

    known = [one.id for one in load_assessments()]
    if assessment not in known:
        text = _("the strategy provides for {known}.").format(known=", ".join(known))
        raise click.BadParameter(text, param_hint="--assessment")


def check_data(data: Path | None) -> None:
    """A folder without the published series is a wrong call."""
    if data is not None and not (data / "secondary").is_dir():
        text = _(
            "the folder secondary is missing in it; name the folder that holds it, laid out like data_raw."
        )
        raise click.BadParameter(text, param_hint="--data")
