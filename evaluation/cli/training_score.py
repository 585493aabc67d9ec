"""``snitp training score``: from the file with the answers to a one-page report and a record, in a minute."""

from collections.abc import Sequence
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evaluation.cli.commands import KitArgument, KitCommand, KitOption, KitPath, SeveralOf, language_option
from evaluation.cli.language import current_language, later
from evaluation.cli.output import path_from_here

if TYPE_CHECKING:
    from evaluation.instruments.model import Instrument
    from evaluation.intake.training.problems import Found
    from evaluation.intake.training.read import ReadAnswers

PREFIX = "training_"
FORMATS = ("html", "pdf")
SHOWN_PLACES = 3


@click.command(
    cls=KitCommand,
    help=later(
        "Read the answers of a session and write its report, one page, and a record for the national data. FILE is the "
        "workbook of the pack, or an export of Kobo, ODK, Google Forms or LimeSurvey, or any table with a column a question; "
        "give several files when form A and form B, or before and after, were exported apart. Columns that are no question "
        "are left out unread. Every repair is told with file, sheet and cell; no answer is quoted."
    ),
    epilog=later("Example: snitp training score answers.xlsx"),
)
@click.argument(
    "files", cls=KitArgument, metavar=later("FILE..."), nargs=-1, required=True,
    type=KitPath(exists=True, dir_okay=False, path_type=Path),
)  # fmt: skip
@click.option(
    "--instrument", "name", cls=KitOption, metavar=later("NAME"),
    help=later("The questionnaire, such as teachers; without it, it is told from the file."),
)  # fmt: skip
@click.option(
    "--out", cls=KitOption, type=KitPath(file_okay=False, path_type=Path), metavar=later("DIR"),
    help=later("Folder to write to; it is made when it is not there. Default: the folder of the first file."),
)  # fmt: skip
@click.option(
    "--format", "formats", cls=KitOption, type=SeveralOf(FORMATS), default=",".join(FORMATS), show_default=True,
    metavar="html,pdf", help=later("File formats of the report."),
)  # fmt: skip
@click.option("--force", is_flag=True, cls=KitOption, help=later("Replace files that are already there."))
@language_option()
def score(
    *, files: tuple[Path, ...], name: str | None, out: Path | None, formats: tuple[str, ...], force: bool
) -> None:
    """Read, tell what was found, report."""
    from evaluation.cli.training_files import findings_file, make_files, planned_names, write_files
    from evaluation.cli.training_session import session_results

    language, folder = current_language(), out or files[0].parent
    read = _read(files, _instrument(name))
    codes = [one.code for one in read.sessions]
    names = planned_names(codes, formats, language=language, findings=bool(read.problems))
    _check_places([folder / one for one in names], folder=folder, force=force)
    _tell_read(read)
    _tell_found(read.problems)
    made = make_files(read.instrument, session_results(read), formats, language=language)
    made |= findings_file(read.problems, language=language)
    for path in write_files(made, folder):
        click.echo(path_from_here(path))
    _tell_what_next(read)


def _instrument(name: str | None) -> "Instrument | None":
    """The questionnaire that was named; an unknown name is a wrong call."""
    from evaluation.instruments.load import list_instruments, load_instrument

    if name is None:
        return None
    known = [one for one in list_instruments() if one.startswith(PREFIX)]
    wanted = PREFIX + name.strip().lower().replace("-", "_").removeprefix(PREFIX)
    if wanted not in known:
        text = _("there is no training questionnaire for it; choose from {known}.")
        names = ", ".join(one.removeprefix(PREFIX) for one in known)
        raise click.BadParameter(text.format(known=names), param_hint="--instrument")
    return load_instrument(wanted)


def _read(files: Sequence[Path], instrument: "Instrument | None") -> "ReadAnswers":
    """The answers; a refusal is told in the language in use, after what was found in the file."""
    from evaluation.core.errors import IntakeError
    from evaluation.intake.returns.limits import FileRefused
    from evaluation.intake.training.problems import AnswersRefusedError
    from evaluation.intake.training.read import read_answers

    try:
        return read_answers(files, instrument=instrument)
    except AnswersRefusedError as error:
        _tell_found(error.found)
        raise IntakeError(error.say(current_language())) from None
    except FileRefused as error:
        raise IntakeError(error.say(current_language())) from None


def _check_places(paths: Sequence[Path], *, folder: Path, force: bool) -> None:
    """A report is not replaced unless asked for."""
    there = sum(one.exists() for one in paths)
    if there and not force:
        text = ngettext(
            "{n} file is already in {folder}; add --force to replace it, or name another folder.",
            "{n} files are already in {folder}; add --force to replace them, or name another folder.",
            there,
        )
        raise click.UsageError(text.format(n=there, folder=path_from_here(folder)))


def _tell_read(read: "ReadAnswers") -> None:
    """Which questionnaire, and that no row was lost."""
    origin = read.microdata.provenance
    text = _("Questionnaire: {name}; rows received: {rows_in}, used: {used}, left out: {left}.")
    said = text.format(
        name=read.instrument.name, rows_in=origin.rows_in, used=origin.rows_used, left=origin.rows_in - origin.rows_used
    )  # fmt: skip
    linked = read.linked
    text = _(
        "Linked pairs: {linked}; unsure, so not linked: {unsure}; sheets from before without a partner: {alone}."
    )
    pairs = text.format(linked=linked.linked, unsure=linked.ambiguous, alone=linked.unlinked)
    click.echo(f"{said}\n{pairs}", err=True)


def _tell_found(problems: Sequence["Found"]) -> None:
    """What was found, one line a kind, with the first places; the file of findings has them all."""
    from evaluation.cli.training_files import OUTCOMES
    from evaluation.intake.training.problems import load_answer_problems

    language, catalogue = current_language(), load_answer_problems()
    kinds: dict[str, list[Found]] = {}
    for one in problems:
        kinds.setdefault(one.code, []).append(one)
    for code, those in kinds.items():
        problem = catalogue[code]
        count = sum(one.count for one in those)
        outcome = _(OUTCOMES[problem.outcome.value])
        told, remedy = getattr(problem.problem, language), getattr(problem.remedy, language)
        places = ", ".join(
            place for one in those[:SHOWN_PLACES] if (place := f"{one.sheet} {one.cell}".strip())
        )
        more = " …" if len(those) > SHOWN_PLACES else ""
        click.echo(
            f"- {outcome} ({count}): {told}" + (f" [{places}{more}]" if places else "") + f"; {remedy}",
            err=True,
        )


def _tell_what_next(read: "ReadAnswers") -> None:
    """The status of the questionnaire, and where the record goes."""
    if read.instrument.about.validation.value == "draft":
        text = ngettext(
            "DRAFT: the questionnaire has not yet been reviewed by experts.",
            "DRAFT: {n} questionnaires have not yet been reviewed by experts.",
            1,
        )
        click.echo(text, err=True)
    click.echo(
        _("Send the record (.json) on for the national data; it names nobody. Keep the raw file safe."),
        err=True,
    )
