"""``snitp feedback withdraw``: a person is taken out of everything the kit keeps, and a receipt says nothing of who."""

from gettext import gettext as _
from pathlib import Path

import click

from evaluation.cli.commands import KitArgument, KitCommand, KitOption, KitPath, language_option
from evaluation.cli.language import later
from evaluation.cli.output import write_json

PURPOSES = ("all", "quotation", "recontact")


@click.command(
    cls=KitCommand,
    help=later(
        "Take a person out of the answers, texts, codings, reviews, files as they arrived, caches and sealed reports that "
        "quote them, then search all of them for what is left. Without CODE it is asked for, unseen, so that it does not "
        "stay in the history of the terminal. The receipt goes to standard output as JSON and names nobody."
    ),
    epilog=later("Example: snitp feedback withdraw"),
)
@click.argument("code", cls=KitArgument, metavar=later("CODE"), nargs=-1)
@click.option(
    "--data", cls=KitOption, type=KitPath(exists=True, file_okay=False, path_type=Path), metavar=later("DIR"),
    help=later("Folder with what arrived, in place of data_raw; it holds the folder feedback."),
)  # fmt: skip
@click.option(
    "--purpose", cls=KitOption, type=click.Choice(PURPOSES), default=PURPOSES[0], show_default=True,
    help=later("What consent is taken back: everything, quotation only, or being contacted again."),
)  # fmt: skip
@language_option()
def withdraw(*, code: tuple[str, ...], data: Path | None, purpose: str) -> None:
    """Withdraw while no build is running, write the receipt."""
    from evaluation.core.project import Project, find_project
    from evaluation.intake.feedback.withdraw import withdraw as take_out
    from evaluation.reporting.seal import build_lock

    told = " ".join(code) or click.prompt(_("Code on the card"), hide_input=True, err=True)
    found = find_project()
    project = found if data is None else Project(found.root, data.resolve())
    with build_lock(project.outputs):
        done = take_out(told, project, purpose=purpose)
    write_json(
        {
            "receipt": done.receipt,
            "month": done.month,
            "purpose": done.purpose,
            "rows": dict(done.rows),
            "outputs_removed": done.outputs_removed,
            "files_searched": done.files_searched,
            "bytes_searched": done.bytes_searched,
            "not_opened": list(done.not_opened),
        }
    )
    click.echo(
        _(
            "Done. Erase the answers in the collecting program and in backups as well: a new export would bring them back. "
            "Build the reports again."
        ),
        err=True,
    )
