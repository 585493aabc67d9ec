"""``snitp audit``: a sealed report read by its own checks."""

import json
from datetime import date
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evaluation.cli.commands import KitCommand, KitOption, KitPath, format_option, language_option
from evaluation.cli.language import current_language, later
from evaluation.cli.output import path_from_here, write_csv, write_json, write_table

if TYPE_CHECKING:
    from evaluation.audit.run import Audit


@click.command(
    cls=KitCommand,
    help=later(
        "Audit a sealed report: every check reads the files themselves. Ends with status 1 when a check is not met "
        "or waits for an answer."
    ),
    epilog=later("Example: snitp audit outputs/interim-2026/RUN --answers answers.yaml --out audit"),
)
@click.argument("folder", metavar=later("DIR"), type=KitPath(exists=True, file_okay=False, path_type=Path))
@click.option(
    "--answers",
    cls=KitOption,
    type=KitPath(dir_okay=False, path_type=Path),
    help=later("The answers to the questions that a person decides (YAML)."),
)
@click.option(
    "--ask",
    cls=KitOption,
    metavar=later("NAME"),
    help=later("Ask what is open, and store it under this name."),
)
@click.option(
    "--rebuilt",
    cls=KitOption,
    type=KitPath(exists=True, file_okay=False, path_type=Path),
    help=later("A second run built from the same inputs, to compare bytes."),
)
@click.option(
    "--out",
    cls=KitOption,
    type=KitPath(file_okay=False, path_type=Path),
    help=later("Write audit.json and the pages here; never into the sealed folder."),
)
@format_option()
@language_option()
@click.pass_context
def audit(
    ctx: click.Context,
    folder: Path,
    *,
    answers: Path | None,
    ask: str | None,
    rebuilt: Path | None,
    out: Path | None,
    form: str,
) -> None:
    """Print the checks and their score."""
    from evaluation.audit.outcome import State
    from evaluation.audit.run import audit_run

    if ask and answers is None:
        raise click.UsageError(_("--ask stores answers: name the file with --answers."))
    for path in (out, answers):
        if path is not None and path.resolve().is_relative_to(folder.resolve()):
            raise click.UsageError(_("a sealed folder is never written to; name another place."))
    found = audit_run(folder, answers=answers, rebuilt=rebuilt)
    if ask and answers is not None:
        _ask(found, answers, ask)
        found = audit_run(folder, answers=answers, rebuilt=rebuilt)
    if out is not None:
        _write(found, out)
    _show(found, form)
    settled = (State.MET, State.NOT_APPLICABLE)
    ctx.exit(0 if all(one.state in settled for one in found.outcomes) else 1)


def _ask(found: "Audit", path: Path, name: str) -> None:
    """Each open question once; the answer is stored at once, so that a break loses nothing."""
    from evaluation.audit.answers import NO, NOT_APPLICABLE, YES, add_answer, load_answers, save_answers
    from evaluation.audit.catalogue import load_catalogue
    from evaluation.audit.outcome import State

    stored = load_answers(path, report=found.report)
    for one in found.outcomes:
        question = load_catalogue().check(one.check).question
        if one.state is not State.TO_BE_ASKED or question is None:
            continue
        text = f"{one.check} {getattr(question, current_language())}"
        given = click.prompt(text, type=click.Choice([YES, NO, NOT_APPLICABLE]), err=True)
        note = click.prompt(_("Why"), default="", show_default=False, err=True)
        stored = add_answer(stored, one.check, given, name=name, day=date.today(), note=note)
        save_answers(stored, path)


def _write(found: "Audit", out: Path) -> None:
    from evaluation.audit.page import audit_page, audit_records
    from evaluation.core.language import Language

    out.mkdir(parents=True, exist_ok=True)
    content = json.dumps(audit_records(found), ensure_ascii=False, indent=1, sort_keys=True)
    (out / "audit.json").write_text(f"{content}\n", encoding="utf-8")
    for language in Language:
        (out / f"audit.{language.value}.html").write_text(audit_page(found, language.value), encoding="utf-8")
    click.echo(_("{folder}: audit written.").format(folder=path_from_here(out)), err=True)


def _show(found: "Audit", form: str) -> None:
    from evaluation.audit.catalogue import load_catalogue
    from evaluation.audit.page import audit_records, shown_pointers, state_text

    if form == "json":
        write_json(audit_records(found))
        return
    if form == "csv":
        records = [
            {"check": one.check, "state": one.state.value, "file": pointer.file, "place": pointer.place}
            | {"problem": pointer.problem, "detail": pointer.detail}
            for one in found.outcomes
            for pointer in one.pointers
        ]
        write_csv(records, like=[dict.fromkeys(("check", "state", "file", "place", "problem", "detail"), "")])
        return
    language = current_language()
    rows = [
        (one.check, getattr(load_catalogue().check(one.check).text, language), state_text(one, language))
        for one in found.outcomes
    ]
    write_table([_("Check"), _("What it asks"), _("State")], rows, fixed=(0,))
    places = [(one.check, "\n".join(shown_pointers(one, language))) for one in found.outcomes if one.pointers]
    write_table([_("Check"), _("Where")], places, fixed=(0,))
    groups = load_catalogue().groups
    scores = [
        (getattr(groups[one.group], language) if one.group else _("In all"), f"{one.met} / {one.applicable}")
        for one in found.scores()
    ]
    write_table([_("Group"), _("Met / applicable")], scores)
