"""What the commands of ``snitp papers`` share: a folder for what they write, the project with the data named, writing files."""

from collections.abc import Callable, Mapping
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


def out_folder_option() -> Callable[[Target], Target]:
    """``--out`` of commands that write several files."""
    return click.option(
        "--out", cls=KitOption, type=KitPath(file_okay=False, path_type=Path), required=True, metavar=later("DIR"),
        help=later("Folder to write to; it is made when it is not there."),
    )  # fmt: skip


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
