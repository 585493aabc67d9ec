"""``snitp feedback gather``: answers of victims put together under pseudonyms, with sheets for coders and reviewer."""

from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evaluation.cli.commands import KitArgument, KitCommand, KitOption, KitPath, language_option
from evaluation.cli.language import current_language, later
from evaluation.cli.output import path_from_here, write_csv

if TYPE_CHECKING:
    from evaluation.instruments.feedback.model import FeedbackInstrument
    from evaluation.intake.feedback.read import ReadFeedback

PREFIX = "victim_feedback_"
FOLDER = "feedback"


@click.command(
    cls=KitCommand,
    help=later(
        "Read exports of Kobo, ODK or LimeSurvey, our answer workbook, or plain tables, and add the answers to the folder "
        "DIR: the card's code becomes a pseudonym, names, places and numbers are taken out of answers in own words, columns "
        "that are not known are dropped. Every row is used or refused with a reason. The list of findings goes to standard "
        "output as CSV; it quotes no answer."
    ),
    epilog=later("Example: snitp feedback gather export.csv --instrument adult --out data_raw/feedback"),
)
@click.argument(
    "files", cls=KitArgument, metavar=later("FILE..."), nargs=-1, required=True,
    type=KitPath(exists=True, dir_okay=False, path_type=Path),
)  # fmt: skip
@click.option(
    "--instrument", "name", cls=KitOption, required=True, metavar=later("NAME"),
    help=later("The questionnaire, such as adult or adult_easy."),
)  # fmt: skip
@click.option(
    "--out", cls=KitOption, type=KitPath(file_okay=False, path_type=Path), required=True, metavar=later("DIR"),
    help=later("Folder of the answers, named feedback, in the folder of the data."),
)  # fmt: skip
@language_option()
def gather(*, files: tuple[Path, ...], name: str, out: Path) -> None:
    """Read every file, add what is new, tell what was found."""
    from datetime import date

    from evaluation.core.project import find_project
    from evaluation.intake.feedback.codes import feedback_key
    from evaluation.intake.feedback.gathering import check_place, gather_feedback
    from evaluation.intake.feedback.read import read_feedback

    if out.resolve().name != FOLDER:
        text = _("the folder is named {name}, so that the report finds it; name it so.")
        raise click.BadParameter(text.format(name=FOLDER), param_hint="--out")
    instrument = _instrument(_known(name))
    check_place(out, find_project())
    read = read_feedback(files, instrument, key=feedback_key(out))
    done = gather_feedback(read.responses, instrument, out, today=date.today())
    _tell(read)
    for path in done.files:
        click.echo(path_from_here(path), err=True)
    origin = read.responses.provenance
    text = ngettext("{count} row read:", "{count} rows read:", origin.rows_in).format(count=origin.rows_in)
    rest = _("{added} added, {already} there already, {refused} refused, {columns} columns dropped.")
    refused = sum(origin.excluded.values())
    said = rest.format(added=done.added, already=done.already, refused=refused, columns=read.columns_dropped)
    click.echo(f"{text} {said}", err=True)
    click.echo(
        _("Next: two people type codes into the coders' sheets; a second person reviews quotations."),
        err=True,
    )


def _known(name: str) -> str:
    """The name of the instrument; an unknown one is a wrong call, and what was typed is not repeated."""
    from evaluation.instruments.feedback.load import list_feedback

    known = list_feedback()
    wanted = PREFIX + name.strip().lower().replace("-", "_").removeprefix(PREFIX)
    if wanted not in known:
        text = _("there is no feedback questionnaire of that name; choose from {known}.")
        names = ", ".join(one.removeprefix(PREFIX) for one in known)
        raise click.BadParameter(text.format(known=names), param_hint="--instrument")
    return wanted


def _instrument(name: str) -> "FeedbackInstrument":
    """The instrument with every module that it may be asked with."""
    from evaluation.instruments.feedback.load import list_feedback, load_feedback

    modules = [one for one in load_feedback(name).about.modules if one in list_feedback()]
    return load_feedback(name, modules=modules)


def _tell(read: "ReadFeedback") -> None:
    """Every finding by file, sheet and cell."""
    from evaluation.intake.feedback.problems import load_feedback_problems

    catalogue, language = load_feedback_problems(), current_language()
    records = [
        {
            _("file"): one.file, _("sheet"): one.sheet, _("cell"): one.cell, _("code"): one.code, _("times"): one.count,
            _("problem"): getattr(catalogue[one.code].problem, language),
            _("remedy"): getattr(catalogue[one.code].remedy, language),
        }
        for one in read.problems
    ]  # fmt: skip
    if records:
        write_csv(records)
