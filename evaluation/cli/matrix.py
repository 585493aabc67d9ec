"""``snitp matrix``: the questions and the levels of judgement, edited by the team and checked."""

from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evaluation.cli.assessment import assessment_option, check_assessment, judgement_option
from evaluation.cli.commands import KitCommand, LazyGroup, format_option, language_option
from evaluation.cli.language import current_language, later
from evaluation.cli.output import path_from_here, write_csv, write_json, write_table
from evaluation.cli.papers_files import project_with

if TYPE_CHECKING:
    from evaluation.judgement.analysis_plan_state import PartState
    from evaluation.judgement.matrix_rows import Matrix

COMMANDS = {
    "workbook": (
        "evaluation.cli.matrix_files:workbook",
        later("The matrix as a workbook that the team edits."),
    ),
    "read": ("evaluation.cli.matrix_files:read", later("Make an edited workbook the matrix in force.")),
    "check": ("evaluation.cli.matrix:check", later("Check the matrix in force, beside plan and findings.")),
    "list": ("evaluation.cli.matrix:list_rows", later("The sub-questions with their levels of judgement.")),
}

matrix = LazyGroup(
    name="matrix",
    table=COMMANDS,
    help=later(
        "The evaluation matrix of an assessment: what is asked, what counts as each answer, on which evidence. The kit "
        "brings one; the team edits it as a workbook, and from then on the team's own, matrix.yaml in the folder of the "
        "assessment, is in force for the report, the findings and the papers."
    ),
    epilog=later("Example: snitp matrix workbook --assessment interim-2026 --out matrix.xlsx"),
)
matrix = language_option()(matrix)


@click.command(
    cls=KitCommand,
    help=later(
        "Check the matrix in force: ids, gaps, levels of judgement; whether findings answer questions that it asks; "
        "whether it is the one of the registered plan of analysis. The digest goes to standard output. What would stop "
        "a report ends with status 1."
    ),
    epilog=later("Example: snitp matrix check --assessment interim-2026 --data DIR"),
)
@assessment_option()
@judgement_option()
@language_option()
def check(*, assessment: str, data: Path | None) -> None:
    """Say which matrix is in force and what does not fit it."""
    from evaluation.judgement.analysis_plan_state import matrix_state
    from evaluation.judgement.matrix import digest_matrix, load_matrix, matrix_file
    from evaluation.judgement.store import unasked_findings

    check_assessment(assessment)
    project = project_with(data)
    folder, file = project.judgement / assessment, matrix_file(project, assessment)
    found = load_matrix(assessment, file=file)
    digest = digest_matrix(found)
    unasked = unasked_findings(folder, found)
    state = matrix_state(folder, assessment, digest)
    say_whose(file, folder)
    count = len(found.rows)
    click.echo(ngettext("{n} sub-question.", "{n} sub-questions.", count).format(n=count), err=True)
    click.echo(digest)
    short = say_unasked(unasked)
    short |= say_plan(state, digest)
    click.get_current_context().exit(1 if short else 0)


def say_whose(file: Path, folder: Path) -> None:
    """Whether the matrix is the team's, and where it lies, or the kit's."""
    if file.parent == folder:
        click.echo(_("The team's matrix: {file}").format(file=path_from_here(file)), err=True)
    else:
        click.echo(_("The kit's matrix; the team has none of its own yet."), err=True)


def say_unasked(unasked: tuple[str, ...]) -> bool:
    """Findings on questions that the matrix does not ask, which stop a report; whether there are any."""
    if unasked:
        text = _(
            "Findings on a question that the matrix does not ask: {ids}; the report refuses them. Give them another "
            "question or put the question back."
        )
        click.echo(text.format(ids=", ".join(unasked)), err=True)
    return bool(unasked)


def say_plan(state: "PartState | None", digest: str) -> bool:
    """How the matrix stands beside the registered plan; whether a deviation still has to be declared."""
    from evaluation.judgement.analysis_plan import DEVIATIONS_FILE
    from evaluation.judgement.analysis_plan_state import Holding

    if state is None:
        click.echo(_("No plan of analysis is registered."), err=True)
        return False
    texts = {
        Holding.SAME: _("It is the matrix of the registered plan of analysis."),
        Holding.DECLARED: _("It differs from the registered plan of analysis; {deviation} declares it."),
        Holding.BY_KIT: _(
            "It differs from the registered plan of analysis; the kit changed it, with a reason."
        ),
        Holding.UNDECLARED: _(
            "It differs from the registered plan of analysis: declare the deviation in {file}, with concerns: matrix "
            "and digest: {digest}."
        ),
    }
    told = texts[state.holding].format(deviation=state.deviation, file=DEVIATIONS_FILE, digest=digest)
    click.echo(told, err=True)
    return state.holding is Holding.UNDECLARED


@click.command(
    name="list",
    cls=KitCommand,
    help=later(
        "Print the matrix in force, one record a sub-question; JSON and CSV hold every field in both languages."
    ),
    epilog=later("Example: snitp matrix list --assessment interim-2026 --format csv"),
)
@assessment_option()
@judgement_option()
@format_option()
@language_option()
def list_rows(*, assessment: str, data: Path | None, form: str) -> None:
    """Print the sub-questions in the order of the file."""
    from evaluation.judgement.matrix import load_matrix, matrix_file

    check_assessment(assessment)
    found = load_matrix(assessment, file=matrix_file(project_with(data), assessment))
    records = [one.model_dump(mode="json") for one in found.rows]
    if form == "json":
        write_json(records)
    elif form == "csv":
        write_csv(records)
    else:
        _print_rows(found)


def _print_rows(found: "Matrix") -> None:
    from evaluation.judgement.matrix_lists import matrix_lists

    language = current_language()
    names = {one.id: str(getattr(one.name, language)) for one in matrix_lists(found)["criterion"]}
    rows = [
        (
            one.id,
            names[one.criterion],
            str(getattr(one.sub_question, language)),
        )
        for one in found.rows
    ]
    note = ngettext("{n} sub-question.", "{n} sub-questions.", len(rows)).format(n=len(rows))
    write_table([_("Code"), _("Criterion"), _("Sub-question")], rows, note=note, fixed=(0,))
