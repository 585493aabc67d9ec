"""``snitp recompute``: the numbers of a published report, computed again and compared with what was printed."""

import os
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evaluation.cli.assessment import assessment_option, check_assessment, check_data, data_option
from evaluation.cli.commands import KitCommand, KitOption, KitPath, format_option, language_option
from evaluation.cli.language import current_language, later
from evaluation.cli.output import write_csv, write_json, write_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evaluation.core.project import Project
    from evaluation.judgement.published_errata import Explained

FIELDS = (
    "outcome", "result", "measure", "quantity", "period", "group", "level", "column", "place", "published",
    "published_status", "recomputed", "recomputed_status", "erratum", "reason",
)  # fmt: skip


@click.command(
    cls=KitCommand,
    help=later(
        "Compute the numbers of a published report again, from the archived inputs and with the code of today, and "
        "compare them. Ends with status 1 when a published number is another one and no erratum says why."
    ),
    epilog=later("Example: snitp recompute --assessment interim-2026 --format json"),
)
@assessment_option()
@click.option(
    "--published",
    cls=KitOption,
    type=KitPath(exists=True, file_okay=False, path_type=Path),
    metavar=later("DIR"),
    help=later("Folder that snitp freeze wrote; default that of the assessment. Errata stand beside it."),
)
@data_option()
@format_option()
@language_option()
@click.pass_context
def recompute(
    ctx: click.Context, *, assessment: str, published: Path | None, data: Path | None, form: str
) -> None:
    """Print what differs, and how many numbers were compared."""
    from evaluation.core.project import find_project
    from evaluation.judgement.published import compare_numbers, load_numbers, numbers_of
    from evaluation.judgement.published_definitions import PUBLISHED
    from evaluation.judgement.published_errata import explain_differences, load_errata, unused_errata

    check_assessment(assessment)
    check_data(data)
    if data is not None:
        os.environ["SNITP_DATA"] = str(data.resolve())
    project = find_project()
    home = published or project.judgement / assessment / PUBLISHED
    then, errata = load_numbers(home), load_errata(home.parent)
    now = numbers_of(_records(project, assessment))
    explained = explain_differences(compare_numbers(then, now), errata)
    _show(explained, form)
    for one in unused_errata(explained, errata):
        click.echo(_("{erratum} explains no difference.").format(erratum=one), err=True)
    ctx.exit(1 if any(one.unexplained for one in explained) else 0)


def _records(project: "Project", assessment: str) -> list[dict[str, Any]]:
    """The register of today, under the lock of a build because the chapters are kept as a build keeps them."""
    from evaluation.cli.report import describe_step, take_in
    from evaluation.reporting.recompute import recompute_published
    from evaluation.reporting.seal import build_lock
    from evaluation.strategy.frame import get_assessment

    with build_lock(project.outputs):
        return recompute_published(
            project,
            assessment,
            progress=lambda message: click.echo(describe_step(message), err=True),
            prepare=lambda: take_in(project, get_assessment(assessment)),
        )


def _show(explained: "Sequence[Explained]", form: str) -> None:
    from evaluation.judgement.published import Outcome

    records = [_record(one) for one in explained if one.compared.outcome is not Outcome.EQUAL]
    if form == "json":
        write_json(records)
        return
    if form == "csv":
        write_csv(records, like=[dict.fromkeys(FIELDS, "")])
        return
    if records:
        rows = [(_key(one), _outcome(one), str(one["erratum"] or "–")) for one in records]
        write_table([_("Number"), _("What became of it"), _("Erratum")], rows)
    equal = sum(one.compared.outcome is Outcome.EQUAL for one in explained)
    unexplained = sum(one.unexplained for one in explained)
    text = _("Equal: {equal}. Not equal: {other}. Unexplained: {unexplained}.")
    click.echo(text.format(equal=equal, other=len(records), unexplained=unexplained))


def _record(one: "Explained") -> dict[str, Any]:
    """A difference; of two numbers that the gate protects only their statuses are told."""
    from evaluation.judgement.published_lists import is_shown

    then, now = one.compared.published, one.compared.recomputed
    shown = is_shown(one)
    reason = getattr(one.erratum.reason, current_language()) if one.erratum else ""
    return {
        "outcome": one.compared.outcome.value,
        **one.compared.place,
        "published": then.value if then and shown else None,
        "published_status": then.status if then else None,
        "recomputed": now.value if now and shown else None,
        "recomputed_status": now.status if now else None,
        "erratum": one.erratum.id if one.erratum else None,
        "reason": reason if one.erratum else (_("unexplained") if one.unexplained else ""),
    }


def _key(record: dict[str, Any]) -> str:
    names = ("result", "measure", "quantity", "period", "group", "level", "column")
    return " · ".join(str(record[name]) for name in names if record[name])


def _outcome(record: dict[str, Any]) -> str:
    words = {"different": _("different"), "missing": _("not found again"), "new": _("not published then")}
    values = "" if record["published"] is None and record["recomputed"] is None else _values(record)
    return f"{words[record['outcome']]}{values}"


def _values(record: dict[str, Any]) -> str:
    return f": {_plain(record['published'])} → {_plain(record['recomputed'])}"


def _plain(value: float | None) -> str:
    return "–" if value is None else f"{value:g}"
