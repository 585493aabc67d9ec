"""What every command that reads a workbook does first and last: refuse what is unsafe, write whole or not at all."""

from gettext import gettext as _
from pathlib import Path

import click

from evaluation.cli.language import current_language


def check_workbook_name(out: Path, *, force: bool) -> None:
    """A workbook to be written ends in .xlsx, and what is there is only replaced on request."""
    if out.suffix != ".xlsx":
        raise click.BadParameter(_("name a file that ends in .xlsx."), param_hint="--out")
    if out.exists() and not force:
        raise click.UsageError(_("{file} is already there; add --force to replace it.").format(file=out.name))


def screen_workbook(file: Path) -> None:
    """A file with macros, of another kind or too large is refused before anything in it is read."""
    from evaluation.core.errors import JudgementError
    from evaluation.intake.returns.limits import FileRefused
    from evaluation.intake.returns.screen import read_bytes, screen

    try:
        screen(file.name, read_bytes(file))
    except FileRefused as error:
        raise JudgementError(error.say(current_language())) from None


def replace_whole(path: Path, before: bytes | None, after: bytes) -> None:
    """The new content in place of the old, unless somebody wrote in between; ``before`` is None where no file was."""
    from evaluation.core.errors import JudgementError
    from evaluation.reporting.stale import write_whole

    if (path.read_bytes() if path.is_file() else None) != before:
        raise JudgementError(
            f"{path.name}: it was changed while the workbook was being read; read the workbook again."
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, after)
