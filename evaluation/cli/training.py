"""``snitp training``: a session's papers before it, and its report after it."""

from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evaluation.cli.commands import KitArgument, KitCommand, KitOption, KitPath, LazyGroup, language_option
from evaluation.cli.language import current_language, later
from evaluation.cli.output import path_from_here

if TYPE_CHECKING:
    from evaluation.cli.instrument_files import Export
    from evaluation.cli.training_pack import Pack

PREFIX = "training_"
MOST_SESSIONS, MOST_PEOPLE = 30, 1000
COMMANDS = {
    "new": ("evaluation.cli.training:new", later("The papers of a session.")),
    "score": ("evaluation.cli.training_score:score", later("The report of a session.")),
    "gather": ("evaluation.cli.training_gather:gather", later("Sessions put together as the national data.")),
    "adjudicate": (
        "evaluation.cli.training_adjudicate:adjudicate",
        later("The answers that two coders read differently."),
    ),
}

training = LazyGroup(
    name="training",
    table=COMMANDS,
    help=later("What a trainer needs: the papers of a session before it, its report after it."),
    epilog=later("Example: snitp training new teachers --sessions 1 --out session"),
)
training = language_option()(training)


@click.command(
    cls=KitCommand,
    help=later(
        "Write the papers of one or more sessions for an audience, such as teachers or pupils_10_13: one page of "
        "instructions, the forms A and B before and after, the workbook for typing in the answers, and the key, which "
        "stays with the trainer. The language of the papers is that of --lang. The paths go to standard output, one "
        "a line."
    ),
    epilog=later("Example: snitp training new teachers --sessions 1 --out session"),
)
@click.argument("audience", cls=KitArgument, metavar=later("AUDIENCE"))
@click.option(
    "--sessions", cls=KitOption, type=click.IntRange(1, MOST_SESSIONS), default=1, show_default=True,
    help=later("How many sessions; each gets a code of its own."),
)  # fmt: skip
@click.option(
    "--people", cls=KitOption, type=click.IntRange(1, MOST_PEOPLE), default=40, show_default=True,
    help=later("For how many participants a session has room in the workbook."),
)  # fmt: skip
@click.option(
    "--out", cls=KitOption, type=KitPath(file_okay=False, path_type=Path), required=True, metavar=later("DIR"),
    help=later("Folder to write to; it is made when it is not there."),
)  # fmt: skip
@click.option(
    "--code", cls=KitOption, metavar=later("CODE"),
    help=later("Beginning of the session codes; without it a fresh one is drawn, which no other trainer has."),
)  # fmt: skip
@click.option("--force", is_flag=True, cls=KitOption, help=later("Replace files that are already there."))
@language_option()
def new(*, audience: str, sessions: int, people: int, out: Path, code: str | None, force: bool) -> None:
    """Write the pack and say what to do with it."""
    from evaluation.cli.training_pack import Pack, pack_files, session_codes
    from evaluation.instruments.check import refuse_errors
    from evaluation.instruments.load import load_instrument

    instrument = load_instrument(_known(audience))
    pack = Pack(instrument, out, current_language(), session_codes(sessions, start=code), people)
    files = pack_files(pack)
    _check_places(files, out=out, force=force)
    refuse_errors(instrument, language=current_language())
    out.mkdir(parents=True, exist_ok=True)
    for one in files:
        one.write(one.path)
        click.echo(path_from_here(one.path))
    _say_what_next(pack, len(files))


def _known(audience: str) -> str:
    """The questionnaire of an audience; an unknown audience is a wrong call."""
    from evaluation.instruments.load import list_instruments

    known = [one for one in list_instruments() if one.startswith(PREFIX)]
    wanted = PREFIX + audience.strip().lower().replace("-", "_").removeprefix(PREFIX)
    if wanted not in known:
        text = _("there is no training questionnaire for it; choose from {known}.")
        names = ", ".join(one.removeprefix(PREFIX) for one in known)
        raise click.BadParameter(text.format(known=names), param_hint="AUDIENCE")
    return wanted


def _check_places(files: "list[Export]", *, out: Path, force: bool) -> None:
    """A workbook may be filled in already, so nothing is replaced unless asked for."""
    there = sum(one.path.exists() for one in files)
    if there and not force:
        text = ngettext(
            "{n} file is already in {folder}; add --force to replace it, or name another folder.",
            "{n} files are already in {folder}; add --force to replace them, or name another folder.",
            there,
        )
        raise click.UsageError(text.format(n=there, folder=path_from_here(out)))


def _say_what_next(pack: "Pack", count: int) -> None:
    """What was written, under which codes, and the next steps."""
    text = ngettext("{n} file in {folder}.", "{n} files in {folder}.", count)
    said = [text.format(n=count, folder=path_from_here(pack.folder))]
    text = ngettext("Session code: {codes}.", "Session codes: {codes}.", len(pack.codes))
    said.append(text.format(codes=", ".join(pack.codes)))
    workbook, first = pack.file("workbook"), pack.file("instructions").name
    said.append(
        _("Next: read {file}, print the forms on both sides of the sheet, keep the key.").format(file=first)
    )
    text = _("After the session: type the answers into {file}, then run: snitp training score {path}")
    said.append(text.format(file=workbook.name, path=path_from_here(workbook)))
    if pack.instrument.about.validation.value == "draft":
        text = ngettext(
            "DRAFT: the questionnaire has not yet been reviewed by experts.",
            "DRAFT: {n} questionnaires have not yet been reviewed by experts.",
            1,
        )
        said.append(text)
    click.echo("\n".join(said), err=True)
