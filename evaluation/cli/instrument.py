"""``snitp instrument``: the questionnaires: which there are, what is wrong with them, and their files for every channel."""

from collections.abc import Callable
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evaluation.cli.commands import (
    KitArgument,
    KitCommand,
    KitGroup,
    KitOption,
    KitPath,
    SeveralOf,
    format_option,
    language_option,
)
from evaluation.cli.instrument_files import CHANNELS, SHEET_CHANNEL, SHEET_LANGUAGES
from evaluation.cli.instrument_tables import print_check, print_list, warn_of_states
from evaluation.cli.language import current_language, later
from evaluation.cli.output import path_from_here, write_csv, write_json

if TYPE_CHECKING:
    from evaluation.cli.instrument_files import Export


@click.group(
    cls=KitGroup,
    subcommand_metavar=later("list | check [NAME...] | export NAME"),
    help=later("The questionnaires of the kit: which there are, whether they may be used, and their files."),
    epilog=later("Example: snitp instrument export training_teachers --to paper,workbook --out forms"),
)
@language_option()
def instrument() -> None:
    """Hand over to a sub-command."""


@instrument.command(
    name="list",
    cls=KitCommand,
    help=later(
        "The questionnaires, one record each: audience, version, status, the measures and indicators served."
    ),
    short_help=later("Which questionnaires there are."),
)
@format_option()
@language_option()
def list_(form: str) -> None:
    """Print the questionnaires."""
    from evaluation.cli.instrument_feedback_records import feedback_records
    from evaluation.cli.instrument_records import instrument_records

    records = instrument_records() + feedback_records()
    if form == "json":
        write_json(records)
    elif form == "csv":
        write_csv(records, like=records or [{"name": ""}])
    else:
        print_list(records)


@instrument.command(
    cls=KitCommand,
    help=later(
        "Check questionnaires: both languages, forms of equal make, keys that do not give themselves away, sources, "
        "wording for children, helplines, measures and indicators of the plan. Without a name all are checked. Ends "
        "with status 1 when one has an error."
    ),
    short_help=later("What is wrong with them."),
    epilog=later("Example: snitp instrument check training_teachers"),
)
@click.argument("names", cls=KitArgument, nargs=-1, metavar=later("[NAME]..."))
@format_option()
@language_option()
@click.pass_context
def check(ctx: click.Context, names: tuple[str, ...], form: str) -> None:
    """Print the findings and a line for each questionnaire."""
    from evaluation.cli.instrument_feedback_records import all_check_records
    from evaluation.cli.instrument_records import FINDING_COLUMNS, finding_rows

    records = all_check_records(_known(names))
    if form == "json":
        write_json(records)
    elif form == "csv":
        write_csv(finding_rows(records), like=[FINDING_COLUMNS])
    else:
        print_check(records)
    ctx.exit(1 if any(one["errors"] for one in records) else 0)


@instrument.command(
    cls=KitCommand,
    help=later(
        "Write the files of a questionnaire, for both forms and both languages: XLSForm for ODK and Kobo, paper forms as "
        "PDF, the workbook for typing in paper answers, the LimeSurvey import, the DDI codebook. The key is in none of "
        "them. The paths go to standard output, one a line. A questionnaire with errors is refused."
    ),
    short_help=later("Write its files."),
    epilog=later("Example: snitp instrument export training_teachers --to paper,workbook --out forms"),
)
@click.argument("name", cls=KitArgument, metavar=later("NAME"))
@click.option(
    "--to", "channels", cls=KitOption, type=SeveralOf((*CHANNELS, SHEET_CHANNEL)), default=",".join(CHANNELS), show_default=True,
    metavar=later("CHANNELS"), help=later("Channels, separated by commas."),
)  # fmt: skip
@click.option(
    "--out", cls=KitOption, type=KitPath(file_okay=False, path_type=Path), required=True, metavar=later("DIR"),
    help=later("Folder to write to; it is made when it is not there."),
)  # fmt: skip
@click.option(
    "--module", "modules", cls=KitOption, multiple=True, metavar=later("NAME"),
    help=later("Module of a feedback questionnaire, asked after its own questions; may be given several times."),
)  # fmt: skip
@click.option(
    "--protocol", cls=KitOption, type=KitPath(exists=True, dir_okay=False, path_type=Path), metavar=later("FILE"),
    help=later("Approved protocol, without which a questionnaire for minors is not exported."),
)  # fmt: skip
@click.option(
    "--translation", "translations", cls=KitOption, multiple=True, metavar=later("FILE"),
    type=KitPath(exists=True, dir_okay=False, path_type=Path),
    help=later("Complete translation sheet of a feedback questionnaire; may be given several times."),
)  # fmt: skip
@click.option(
    "--language", "targets", cls=KitOption, type=SeveralOf(SHEET_LANGUAGES), metavar=later("LANGUAGES"),
    help=later("Languages of the translation sheets made by --to translation, separated by commas."),
)  # fmt: skip
@click.option("--force", is_flag=True, cls=KitOption, help=later("Replace files that are already there."))
@language_option()
def export(
    *,
    name: str,
    channels: tuple[str, ...],
    out: Path,
    modules: tuple[str, ...],
    protocol: Path | None,
    translations: tuple[Path, ...],
    targets: tuple[str, ...] | None,
    force: bool,
) -> None:
    """Write the files and print where they are."""
    from evaluation.cli.instrument_feedback import is_feedback, order_of, planned_feedback
    from evaluation.instruments.xlsform import java_is_here

    _known((name,))
    if is_feedback(name):
        order = order_of(name, modules, protocol, translations, targets or ())
        exports, state, refuse = planned_feedback(order, channels, out)
    else:
        if modules or protocol or translations or targets or SHEET_CHANNEL in channels:
            raise click.UsageError(_not_training())
        exports, state, refuse = _planned_training(name, channels, out)
    _check_places(exports, out=out, force=force)
    refuse()
    out.mkdir(parents=True, exist_ok=True)
    for one in exports:
        one.write(one.path)
        click.echo(path_from_here(one.path))
    text = ngettext("{n} file in {folder}.", "{n} files in {folder}.", len(exports))
    click.echo(text.format(n=len(exports), folder=path_from_here(out)), err=True)
    if "xlsform" in channels:
        click.echo(_validated() if java_is_here() else _unvalidated(), err=True)
    warn_of_states([state])


def _planned_training(
    name: str, channels: tuple[str, ...], out: Path
) -> "tuple[list[Export], str, Callable[[], None]]":
    """The files of a questionnaire of training, its status, and what refuses it when it has errors."""
    from evaluation.cli.instrument_files import planned_exports
    from evaluation.instruments.check import refuse_errors
    from evaluation.instruments.load import load_instrument

    chosen = load_instrument(name)

    def refuse() -> None:
        refuse_errors(chosen, language=current_language())

    return planned_exports(chosen, channels, out), chosen.about.validation.value, refuse


def _known(names: tuple[str, ...]) -> tuple[str, ...]:
    """The questionnaires asked for, all of them when none is; an unknown name is a wrong call."""
    from evaluation.instruments.feedback.load import list_feedback
    from evaluation.instruments.load import list_instruments

    known = (*list_instruments(), *list_feedback())
    strange = [one for one in names if one not in known]
    if strange:
        text = _("there is no questionnaire of that name; choose from {known}.")
        raise click.BadParameter(text.format(known=", ".join(known)), param_hint="NAME")
    return tuple(dict.fromkeys(names)) or known


def _check_places(exports: "list[Export]", *, out: Path, force: bool) -> None:
    there = sum(one.path.exists() for one in exports)
    if there and not force:
        text = ngettext(
            "{n} file is already in {folder}; add --force to replace it, or name another folder.",
            "{n} files are already in {folder}; add --force to replace them, or name another folder.",
            there,
        )
        raise click.UsageError(text.format(n=there, folder=path_from_here(out)))


def _not_training() -> str:
    return _(
        "modules, protocols and translations belong to feedback questionnaires; leave them out for one of training."
    )


def _validated() -> str:
    return _("The XLSForms were compiled by pyxform and accepted by ODK Validate.")


def _unvalidated() -> str:
    return _("The XLSForms were compiled by pyxform; ODK Validate did not run, because it needs Java.")
