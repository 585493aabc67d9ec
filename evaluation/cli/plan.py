"""``snitp plan``: the action plan, and the plan held against the legal text."""

from gettext import gettext as _
from gettext import ngettext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evaluation.cli.commands import (
    KitCommand,
    KitGroup,
    KitOption,
    KitPath,
    format_option,
    language_option,
    refuse_options_before,
)
from evaluation.cli.language import current_language, later
from evaluation.cli.output import write_csv, write_json, write_table

if TYPE_CHECKING:
    from evaluation.strategy.textcheck import TextCheck


@click.group(
    cls=KitGroup,
    invoke_without_command=True,
    subcommand_metavar=later("[check [OPTIONS]]"),
    help=later(
        "The action plan, one record per measure: institutions, results, periods, evaluation stages, indicators."
    ),
    epilog=later("Example: snitp plan --objective 1.2 --institution ANITP --format json"),
)
@click.option(
    "--objective",
    cls=KitOption,
    metavar=later("CODE"),
    help=later("Only the measures of a general (1) or specific (1.2) objective."),
)
@click.option(
    "--institution",
    cls=KitOption,
    metavar=later("NAME"),
    help=later(
        "Only the measures that name this institution, also under a ministry (ANITP in “MAI prin ANITP”)."
    ),
)
@format_option()
@language_option()
@click.pass_context
def plan(ctx: click.Context, objective: str | None, institution: str | None, form: str) -> None:
    """Print the plan, or hand over to ``check``."""
    if ctx.invoked_subcommand:
        return refuse_options_before(ctx)
    from evaluation.cli.plan_records import plan_records, select_institution, select_objective
    from evaluation.strategy.institutions import load_registry
    from evaluation.strategy.plan import load_plan

    whole = load_plan()
    measures = whole.measures
    if objective is not None:
        measures = select_objective(measures, objective, plan=whole)
    if institution is not None:
        measures = select_institution(measures, institution, registry=load_registry())
    records = plan_records(whole, measures)
    if form == "json":
        write_json(records)
    elif form == "csv":
        write_csv(records, like=plan_records(whole, whole.measures))
    else:
        _print_plan(records)
    return None


@plan.command(
    cls=KitCommand,
    help=later(
        "Hold every action, institution, result, period, evaluation stage and indicator of the plan against the legal "
        "text, in both directions, and every institution against the registry. Ends with status 1 when anything is "
        "left unexplained."
    ),
    short_help=later("Hold the plan against the legal text."),
)
@click.option(
    "--text",
    "file",
    cls=KitOption,
    metavar=later("FILE"),
    required=True,
    type=KitPath(exists=True, dir_okay=False, path_type=Path),
    help=later("The legal text as UTF-8, extracted line by line from the act."),
)
@format_option()
@language_option()
@click.pass_context
def check(ctx: click.Context, file: Path, form: str) -> None:
    """Print what is unexplained and a summary."""
    from evaluation.cli.plan_records import check_records, read_text, unknown_institutions
    from evaluation.strategy.institutions import load_registry
    from evaluation.strategy.plan import load_plan
    from evaluation.strategy.textcheck import check_against_text

    whole = load_plan()
    outcome = check_against_text(whole, read_text(file))
    strangers = unknown_institutions(whole, load_registry())
    cards = sum(len(measure.indicators) for measure in whole.measures)
    summary = _summarise(outcome, measures=len(whole.measures), indicators=cards, strangers=len(strangers))
    problems = check_records(outcome, strangers)
    if form == "json":
        write_json(
            {
                "measures": len(whole.measures),
                "indicators": cards,
                "fields": len(outcome.fields),
                "not_found": [{"place": one.place, "text": one.text} for one in outcome.missing],
                "not_in_plan": [{"line": one.line, "text": one.text} for one in outcome.leftovers],
                "unknown_institutions": strangers,
                "explained": not problems,
            }
        )
    elif form == "csv":
        write_csv(problems, like=[{"problem": "", "place": "", "text": ""}])
    elif problems:
        words = {
            "not_found": _("not found in the text"),
            "not_in_plan": _("not in the plan"),
            "unknown_institution": _("not in the registry"),
        }
        rows = [(words[one["problem"]], one["place"], one["text"]) for one in problems]
        write_table([_("Problem"), _("Place"), _("Text")], rows)
    click.echo(summary, err=form != "table")
    ctx.exit(1 if problems else 0)


def _summarise(outcome: "TextCheck", *, measures: int, indicators: int, strangers: int) -> str:
    """One line: what was compared and what remains."""
    counted = ngettext("{n} measure", "{n} measures", measures).format(n=measures) + ", "
    counted += ngettext("{n} indicator", "{n} indicators", indicators).format(n=indicators) + ": "
    missing, left = len(outcome.missing), len(outcome.leftovers)
    if not missing and not left and not strangers:
        text = ngettext(
            "the one field of the plan is in the text, nothing of the text is missing from the plan, and every "
            "institution is in the registry.",
            "all {n} fields of the plan are in the text, nothing of the text is missing from the plan, and every "
            "institution is in the registry.",
            len(outcome.fields),
        )
        return counted + text.format(n=len(outcome.fields))
    parts = [
        ngettext("{n} field is not in the text", "{n} fields are not in the text", missing).format(n=missing),
        ngettext(
            "{n} line of the text is not in the plan", "{n} lines of the text are not in the plan", left
        ).format(n=left),
        ngettext(
            "{n} institution is not in the registry", "{n} institutions are not in the registry", strangers
        ).format(n=strangers),
    ]
    return counted + "; ".join(parts) + "."


def _print_plan(records: list[dict[str, Any]]) -> None:
    language = current_language()
    rows = [
        (
            one["code"],
            one["action"][language],
            "\n".join(one["responsible"]),
            "\n".join(one["period"]),
            str(len(one["indicators"])),
        )
        for one in records
    ]
    cards = sum(len(one["indicators"]) for one in records)
    note = ngettext("{n} measure", "{n} measures", len(records)).format(n=len(records)) + ", "
    note += ngettext("{n} indicator", "{n} indicators", cards).format(n=cards)
    headings = [_("Code"), _("Action"), _("Responsible"), _("Period"), _("Indicators")]
    write_table(headings, rows, note=note, fixed=(0, 4))
