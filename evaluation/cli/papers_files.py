"""What the commands of ``snitp papers`` share: their options, the judgement of an assessment, writing files."""

from collections.abc import Callable, Mapping
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from evaluation.cli.commands import KitOption, KitPath
from evaluation.cli.language import later
from evaluation.cli.output import path_from_here

if TYPE_CHECKING:
    from evaluation.core.project import Project

Target = TypeVar("Target", bound=Callable[..., Any] | click.Command)


def assessment_option() -> Callable[[Target], Target]:
    """``--assessment``, one that the strategy provides for."""
    return click.option(
        "--assessment", cls=KitOption, required=True, metavar=later("ID"),
        help=later("The assessment, such as interim-2026."),
    )  # fmt: skip


def out_folder_option() -> Callable[[Target], Target]:
    """``--out`` of commands that write several files."""
    return click.option(
        "--out", cls=KitOption, type=KitPath(file_okay=False, path_type=Path), required=True, metavar=later("DIR"),
        help=later("Folder to write to; it is made when it is not there."),
    )  # fmt: skip


def data_option() -> Callable[[Target], Target]:
    """``--data``, whose folder judgement holds what the evaluators wrote."""
    return click.option(
        "--data", cls=KitOption, type=KitPath(exists=True, file_okay=False, path_type=Path), metavar=later("DIR"),
        help=later("Folder with the folder judgement; without it the invented example is used."),
    )  # fmt: skip


def check_assessment(assessment: str) -> None:
    """An assessment that the strategy does not provide for is a wrong call."""
    from evaluation.strategy.frame import load_assessments

    known = [one.id for one in load_assessments()]
    if assessment not in known:
        text = _("the strategy provides for {known}.").format(known=", ".join(known))
        raise click.BadParameter(text, param_hint="--assessment")


def project_with(data: Path | None) -> "Project":
    """The project, with the data that were named."""
    from evaluation.core.project import Project, find_project

    found = find_project()
    return found if data is None else Project(found.root, data.resolve())


def write_papers(out: Path, made: Mapping[str, bytes], *, force: bool) -> None:
    """Write the files and print their paths; what is there is only replaced on request."""
    there = sum((out / name).exists() for name in made)
    if there and not force:
        text = ngettext(
            "{n} file is already in {folder}; add --force to replace it, or name another folder.",
            "{n} files are already in {folder}; add --force to replace them, or name another folder.",
            there,
        )
        raise click.UsageError(text.format(n=there, folder=path_from_here(out)))
    out.mkdir(parents=True, exist_ok=True)
    for name, content in made.items():
        (out / name).write_bytes(content)
        click.echo(path_from_here(out / name))
