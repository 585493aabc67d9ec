"""``snitp lab``: JupyterLab on the notebooks."""

import os
import subprocess
import sys
from gettext import gettext as _

import click

from evaluation.cli.commands import KitCommand, language_option
from evaluation.cli.language import later


@click.command(
    cls=KitCommand,
    help=later("Open the notebooks in JupyterLab. It runs until it is stopped with Ctrl+C, twice."),
)
@language_option()
@click.pass_context
def lab(ctx: click.Context) -> None:
    """Become JupyterLab; on Windows, where a process cannot, wait for it."""
    from evaluation.core.project import find_project

    notebooks = find_project().notebooks
    click.echo(
        _("JupyterLab starts on {folder}; to stop it, press Ctrl+C twice here.").format(
            folder=notebooks.name
        ),
        err=True,
    )
    command = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={notebooks}"]
    if os.name == "nt":
        ctx.exit(subprocess.call(command))
    os.execv(sys.executable, command)
