"""``snitp findings``: drafts for the evaluators, their decisions, and what is recorded."""

from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evaluation.cli.assessment import assessment_option, check_assessment, judgement_option
from evaluation.cli.commands import KitCommand, LazyGroup, format_option, language_option
from evaluation.cli.language import current_language, later
from evaluation.cli.output import write_csv, write_json, write_table
from evaluation.cli.papers_files import project_with

if TYPE_CHECKING:
    from evaluation.judgement.findings import Finding

COMMANDS = {
    "draft": (
        "evaluation.cli.findings_forms:draft",
        later("The drafts that a report proposes, as a workbook for the evaluators."),
    ),
    "read": ("evaluation.cli.findings_forms:read", later("Record the decisions of a workbook of drafts.")),
    "list": ("evaluation.cli.findings:list_findings", later("The findings with state, grade and reviewer.")),
}

FIELDS = (
    "id", "state", "criterion", "question", "grade", "key", "reviewer", "on", "draft", "synthetic", "statement.ro",
    "statement.en",
)  # fmt: skip
"""The columns where no finding is written yet."""

findings = LazyGroup(
    name="findings",
    table=COMMANDS,
    help=later(
        "The findings of an assessment: drafts that follow from the numbers of a report go to the evaluators, who "
        "accept, edit or reject each of them; nothing enters a report before."
    ),
    epilog=later("Example: snitp findings draft --assessment interim-2026 --out drafts.xlsx"),
)
findings = language_option()(findings)


@click.command(
    name="list",
    cls=KitCommand,
    help=later("Print the findings of an assessment: state, judged grade, reviewer, day, and the draft they came from."),
    epilog=later("Example: snitp findings list --assessment interim-2026 --format csv"),
)  # fmt: skip
@assessment_option()
@judgement_option()
@format_option()
@language_option()
def list_findings(*, assessment: str, data: Path | None, form: str) -> None:
    """Print one record a finding, in the order of the file."""
    from evaluation.judgement.store import load_judgement

    check_assessment(assessment)
    known = load_judgement(project_with(data).judgement / assessment).findings
    records = [_record(one) for one in known]
    if form == "json":
        write_json(records)
    elif form == "csv":
        write_csv(records, like=records or [dict.fromkeys(FIELDS, "")])
    else:
        _print_findings(records)


def _record(one: "Finding") -> dict[str, Any]:
    return {
        "id": one.id,
        "state": one.state.value,
        "criterion": one.criterion,
        "question": one.question,
        "grade": one.judged.grade.value if one.judged else "",
        "key": one.key,
        "reviewer": one.review.reviewer if one.review else "",
        "on": one.review.on.isoformat() if one.review else "",
        "draft": one.draft,
        "synthetic": one.synthetic,
        "statement": {"ro": one.statement.ro, "en": one.statement.en},
    }


def _print_findings(records: list[dict[str, Any]]) -> None:
    from evaluation.judgement.grades import Grade, load_grade_rules
    from evaluation.judgement.words import judgement_text

    language, grades = current_language(), load_grade_rules().names
    rows = [
        (
            one["id"],
            getattr(judgement_text("states", one["state"]), language),
            getattr(grades[Grade(one["grade"])], language) if one["grade"] else "",
            one["reviewer"],
            one["on"],
            one["draft"],
        )
        for one in records
    ]
    note = ngettext("{n} finding", "{n} findings", len(rows)).format(n=len(rows))
    headings = [_("Code"), _("State"), _("Judged grade"), _("Reviewer"), _("Day"), _("Draft")]
    write_table(headings, rows, note=note, fixed=(0, 4))
