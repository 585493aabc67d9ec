"""``snitp papers response`` and ``snitp papers comments``: forms that go out and are read back without typing."""

from collections.abc import Callable
from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from evaluation.cli.assessment import assessment_option, check_assessment, judgement_option
from evaluation.cli.commands import KitCommand, KitOption, KitPath, language_option
from evaluation.cli.language import current_language, later
from evaluation.cli.output import path_from_here
from evaluation.cli.papers_files import project_with, write_papers

if TYPE_CHECKING:
    from evaluation.core.project import Project
    from evaluation.strategy.words import Text

Target = TypeVar("Target", bound=Callable[..., Any] | click.Command)


def _form_options() -> Callable[[Target], Target]:
    """The options of both commands."""

    def add(command: Target) -> Target:
        command = language_option()(command)
        command = click.option(
            "--force", is_flag=True, cls=KitOption, help=later("Replace files that are already there.")
        )(command)
        command = judgement_option()(command)
        command = click.option(
            "--out", cls=KitOption, type=KitPath(path_type=Path), required=True, metavar=later("PATH"),
            help=later("Folder for the form; with --read the YAML file that is written."),
        )(command)  # fmt: skip
        command = click.option(
            "--read", "filled", cls=KitOption, type=KitPath(exists=True, dir_okay=False, path_type=Path),
            metavar=later("FILE"), help=later("Read this workbook, which came back, instead of writing a form."),
        )(command)  # fmt: skip
        return assessment_option()(command)

    return add


@click.command(
    cls=KitCommand,
    help=later(
        "Write the management-response form: a workbook with drop-down lists and a Word document a language, with the "
        "accepted recommendations and the answers so far. With --read the answers of a workbook that came back are "
        "written as responses.yaml; every problem is told with its cell, and nothing is taken from a form that has one."
    ),
    epilog=later("Example: snitp papers response --read answers.xlsx --assessment interim-2026 --out responses.yaml"),
)  # fmt: skip
@_form_options()
def response(*, assessment: str, filled: Path | None, out: Path, data: Path | None, force: bool) -> None:
    """Write the form, or read it back."""
    from evaluation.core.language import Language
    from evaluation.judgement.responses import make_response_workbook, read_responses, responses_yaml
    from evaluation.judgement.store import accepted_recommendations, load_judgement

    check_assessment(assessment)
    judgement = load_judgement(project_with(data).judgement / assessment)
    chosen = accepted_recommendations(judgement, synthetic=True)
    if filled is not None:
        answers = read_responses(filled, assessment, chosen, judgement.responses, language=current_language())
        _write_read(out, responses_yaml(answers), len(answers), force=force)
        return
    from evaluation.reporting.papers.response import response_docx

    made = {"response.xlsx": make_response_workbook(assessment, chosen, judgement.responses)}
    for one in Language:
        made[f"response.{one.value}.docx"] = response_docx(
            assessment, chosen, judgement.responses, language=one.value
        )
    write_papers(out, made, force=force)


@click.command(
    cls=KitCommand,
    help=later(
        "Write the form for the agency's comments and the evaluators' answers, with those so far. With --read a workbook "
        "that came back is written as comments.yaml; every problem is told with its cell, and no comment is lost."
    ),
    epilog=later("Example: snitp papers comments --assessment interim-2026 --out papers"),
)
@_form_options()
def comments(*, assessment: str, filled: Path | None, out: Path, data: Path | None, force: bool) -> None:
    """Write the form, or read it back."""
    from evaluation.judgement.comments import load_comments
    from evaluation.judgement.comments_form import comments_yaml, make_comments_workbook, read_comments
    from evaluation.judgement.store import load_judgement

    check_assessment(assessment)
    project = project_with(data)
    judgement = load_judgement(project.judgement / assessment)
    known = load_comments(project.judgement / assessment, judgement)
    if filled is not None:
        read = read_comments(filled, assessment, judgement, known, language=current_language())
        _write_read(out, comments_yaml(read), len(read), force=force)
        return
    made = make_comments_workbook(assessment, known, judgement, titles=_titles(project))
    write_papers(out, {"comments.xlsx": made}, force=force)


def _write_read(out: Path, text: str, count: int, *, force: bool) -> None:
    """Write what was read; a file that is there may hold more, so it is only replaced on request."""
    if out.is_dir():
        raise click.BadParameter(_("it is a folder; name the YAML file."), param_hint="--out")
    if out.exists() and not force:
        raise click.UsageError(_("{file} is already there; add --force to replace it.").format(file=out.name))
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(text, encoding="utf-8")
    click.echo(path_from_here(out))
    told = ngettext("{n} line read, nothing lost.", "{n} lines read, nothing lost.", count)
    click.echo(told.format(n=count), err=True)


def _titles(project: "Project") -> dict[str, "Text"]:
    """The titles of the chapters by their names, from the notebooks' first headings."""
    import json

    from evaluation.strategy.words import Text

    found = {}
    for path in sorted(project.notebooks.glob("*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        heads = ["".join(one["source"]).splitlines()[0].removeprefix("# ") for one in cells[:2]]
        found[path.stem.split("_", 1)[1]] = Text(ro=heads[0], en=heads[1])
    return found
