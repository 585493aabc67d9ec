"""``snitp papers response`` and ``snitp papers comments``: forms that go out and are read back without typing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
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
from evaluation.cli.workbooks import replace_whole, screen_workbook

if TYPE_CHECKING:
    from evaluation.core.project import Project
    from evaluation.strategy.words import Text

Target = TypeVar("Target", bound=Callable[..., Any] | click.Command)


def _form_options() -> Callable[[Target], Target]:
    """The options of both commands."""

    def add(command: Target) -> Target:
        command = language_option()(command)
        command = click.option(
            "--force", is_flag=True, cls=KitOption,
            help=later("Replace files that are already there; with --read also from a form older than what is stored."),
        )(command)  # fmt: skip
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
        "written as responses.yaml; every problem is told with its cell, and nothing is taken from a form that has one "
        "or that is older than the stored answers."
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
    folder = project_with(data).judgement / assessment
    target = _Target.of(folder / "responses.yaml", out)
    judgement = load_judgement(folder)
    chosen, known = accepted_recommendations(judgement, synthetic=True), judgement.responses
    if filled is not None:
        target.check(force=force)
        screen_workbook(filled)
        stored, language = None if force else target.stored, current_language()
        answers = read_responses(
            filled, assessment, chosen, known, stored=stored, language=language, on=date.today()
        )
        target.write(responses_yaml(answers), len(answers))
        return
    from evaluation.reporting.papers.response import response_docx

    made = {"response.xlsx": make_response_workbook(assessment, chosen, known, stored=target.stored)}
    for one in Language:
        made[f"response.{one.value}.docx"] = response_docx(assessment, chosen, known, language=one.value)
    write_papers(out, made, force=force)


@click.command(
    cls=KitCommand,
    help=later(
        "Write the form for the agency's comments and the evaluators' answers, with those so far. With --read a workbook "
        "that came back is written as comments.yaml; every problem is told with its cell, and no comment is lost. A form "
        "that is older than the stored comments is refused."
    ),
    epilog=later("Example: snitp papers comments --assessment interim-2026 --out papers"),
)
@_form_options()
def comments(*, assessment: str, filled: Path | None, out: Path, data: Path | None, force: bool) -> None:
    """Write the form, or read it back."""
    from evaluation.judgement.comments import FILE, load_comments
    from evaluation.judgement.comments_form import comments_yaml, make_comments_workbook, read_comments
    from evaluation.judgement.store import load_judgement
    from evaluation.strategy.frame import is_synthetic

    check_assessment(assessment)
    project = project_with(data)
    folder = project.judgement / assessment
    target = _Target.of(folder / FILE, out)
    judgement = load_judgement(folder)
    known = load_comments(folder, judgement)
    if filled is not None:
        target.check(force=force)
        screen_workbook(filled)
        stored, language = None if force else target.stored, current_language()
        invented = any(is_synthetic(one) for one in (project.returns, project.judgement))
        read = read_comments(
            filled, assessment, judgement, known, invented=invented, stored=stored, language=language
        )
        target.write(comments_yaml(read), len(read))
        return
    made = make_comments_workbook(assessment, known, judgement, titles=_titles(project), stored=target.stored)
    write_papers(out, {"comments.xlsx": made}, force=force)


@dataclass(frozen=True, slots=True)
class _Target:
    """The YAML file that is written, as it was before anything was read, and the digest of the stored file.

    Where both are the same file, the digest in the form protects what is there; another file is only replaced on
    request.
    """

    out: Path
    before: bytes | None
    stored: str
    is_stored: bool

    @classmethod
    def of(cls, kept: Path, out: Path) -> "_Target":
        """What lies at both places now; of a file that is not there the digest is an empty text."""
        from evaluation.core.provenance import digest_file

        before = out.read_bytes() if out.is_file() else None
        stored = digest_file(kept) if kept.is_file() else ""
        return cls(out, before, stored, out.resolve() == kept.resolve())

    def check(self, *, force: bool) -> None:
        """A file that is there may hold more than the form, so it is not replaced unasked."""
        if self.out.is_dir():
            raise click.BadParameter(_("it is a folder; name the YAML file."), param_hint="--out")
        if self.before is not None and not self.is_stored and not force:
            text = _("{file} is already there; add --force to replace it.")
            raise click.UsageError(text.format(file=self.out.name))

    def write(self, text: str, count: int) -> None:
        """Write what was read, whole or not at all, and say how much it was."""
        replace_whole(self.out, self.before, text.encode("utf-8"))
        click.echo(path_from_here(self.out))
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
