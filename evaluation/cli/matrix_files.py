"""``snitp matrix workbook`` and ``snitp matrix read``: the matrix goes out to the team and comes back checked."""

from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evaluation.cli.assessment import assessment_option, check_assessment, judgement_option
from evaluation.cli.commands import KitArgument, KitCommand, KitOption, KitPath, language_option
from evaluation.cli.language import current_language, later
from evaluation.cli.matrix import say_plan, say_unasked, say_whose
from evaluation.cli.output import path_from_here
from evaluation.cli.papers_files import project_with
from evaluation.cli.workbooks import check_workbook_name, replace_whole, screen_workbook

if TYPE_CHECKING:
    from evaluation.judgement.matrix_changes import RowChange
    from evaluation.judgement.matrix_read import Reading


@click.command(
    cls=KitCommand,
    help=later(
        "Write the matrix in force as a workbook: one line a sub-question, both languages side by side, drop-down lists "
        "of ids, instructions. What the team changes in it is taken over by snitp matrix read."
    ),
    epilog=later("Example: snitp matrix workbook --assessment interim-2026 --out matrix.xlsx"),
)
@assessment_option()
@judgement_option()
@click.option(
    "--out", cls=KitOption, type=KitPath(dir_okay=False, path_type=Path), required=True, metavar=later("FILE"),
    help=later("The workbook to write, ending in .xlsx."),
)  # fmt: skip
@click.option("--force", is_flag=True, cls=KitOption, help=later("Replace a file that is already there."))
@language_option()
def workbook(*, assessment: str, data: Path | None, out: Path, force: bool) -> None:
    """Write the workbook and say whose matrix it holds."""
    from evaluation.judgement.matrix import matrix_file
    from evaluation.judgement.matrix_workbook import write_matrix_workbook

    check_assessment(assessment)
    check_workbook_name(out, force=force)
    project = project_with(data)
    file = matrix_file(project, assessment)
    out.parent.mkdir(parents=True, exist_ok=True)
    write_matrix_workbook(assessment, out, file=file)
    say_whose(file, project.judgement / assessment)
    click.echo(path_from_here(out))


@click.command(
    cls=KitCommand,
    help=later(
        "Read an edited workbook and make it the matrix in force: matrix.yaml in the folder of its assessment. Every "
        "problem is told with its cell, and then nothing is written. Says which sub-questions were added, edited and "
        "removed, and whether a registered plan of analysis makes the change a deviation. Refused when the matrix is no "
        "longer the one that the workbook was written from."
    ),
    epilog=later("Example: snitp matrix read matrix.xlsx --data DIR"),
)
@click.argument(
    "file", cls=KitArgument, metavar=later("FILE"), type=KitPath(exists=True, dir_okay=False, path_type=Path)
)
@click.option(
    "--data", cls=KitOption, required=True, type=KitPath(exists=True, file_okay=False, path_type=Path),
    metavar=later("DIR"), help=later("Folder with what arrived; the matrix is kept in its folder judgement."),
)  # fmt: skip
@click.option(
    "--force", is_flag=True, cls=KitOption,
    help=later("Take the workbook over even if the matrix changed since it was written."),
)  # fmt: skip
@language_option()
def read(*, file: Path, data: Path, force: bool) -> None:
    """Compare, prove, write whole or not at all, and say what it means."""
    from evaluation.judgement.analysis_plan_state import matrix_state
    from evaluation.judgement.matrix import MATRIX_FILE, digest_matrix, load_matrix, matrix_file
    from evaluation.judgement.matrix_changes import compare_matrices
    from evaluation.judgement.matrix_read import assessment_of_workbook, matrix_of_reading
    from evaluation.judgement.matrix_write import matrix_yaml
    from evaluation.judgement.store import unasked_findings

    screen_workbook(file)
    assessment, project = assessment_of_workbook(file), project_with(data)
    folder, base = project.judgement / assessment, matrix_file(project, assessment)
    own = folder / MATRIX_FILE
    there = own.read_bytes() if base == own else None
    before = load_matrix(assessment, file=base)
    reading = _sound(file, base)
    after = matrix_of_reading(reading, file=base)
    digest, current = digest_matrix(after), digest_matrix(before)
    state, unasked = matrix_state(folder, assessment, digest), unasked_findings(folder, after)
    if there is not None and digest == current:
        click.echo(_("The matrix says this already; nothing is written."), err=True)
    else:
        _check_origin(file, reading, current, force=force)
        replace_whole(own, there, matrix_yaml(after, assessment).encode("utf-8"))
        click.echo(path_from_here(own))
        _say_changes(compare_matrices(before, after))
    say_unasked(unasked)
    say_plan(state, digest)


def _sound(file: Path, base: Path) -> "Reading":
    """The workbook as read, without a problem; else every problem is told with its cell."""
    from evaluation.core.errors import JudgementError
    from evaluation.judgement.matrix_read import inspect_matrix_workbook

    reading = inspect_matrix_workbook(file, file=base)
    for one in reading.problems:
        text = str(getattr(one.text, current_language()))
        click.echo(f"{one.cell}: {text}" if one.cell else text, err=True)
    if reading.problems:
        told = ngettext(
            "{file}: {n} problem; nothing is written. Correct it and read the workbook again.",
            "{file}: {n} problems; nothing is written. Correct them and read the workbook again.",
            len(reading.problems),
        )
        raise JudgementError(told.format(file=file.name, n=len(reading.problems)))
    return reading


def _check_origin(file: Path, reading: "Reading", current: str, *, force: bool) -> None:
    """The workbook was written from the matrix in force, so that nobody's edit is lost unseen."""
    from evaluation.core.errors import JudgementError

    if reading.digest != current and not force:
        text = _(
            "{file}: the matrix changed since this workbook was written; nothing is written. Edit a fresh workbook, or "
            "add --force to put this one in place of what is there."
        )
        raise JudgementError(text.format(file=file.name))


def _say_changes(changes: tuple["RowChange", ...]) -> None:
    """Each sub-question that differs, then the three counts."""
    language = current_language()
    kinds = {"added": _("added"), "edited": _("edited"), "removed": _("removed")}
    for one in changes:
        columns = "; ".join(str(getattr(column.head, language)) for column in one.columns)
        told = f"{one.row}: {kinds[one.kind]}"
        click.echo(f"{told} ({columns})" if columns else told, err=True)
    counts = {kind: sum(one.kind == kind for one in changes) for kind in kinds}
    text = _("Sub-questions added: {added}; edited: {edited}; removed: {removed}.")
    click.echo(text.format(**counts), err=True)
