"""``snitp indicators``: every indicator and year with value, change, baseline and the cells it comes from."""

from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evaluation.cli.commands import KitCommand, KitOption, format_option, language_option
from evaluation.cli.language import current_language, later
from evaluation.cli.monitoring_inputs import data_option
from evaluation.cli.output import write_csv, write_json, write_table
from evaluation.cli.years import YEAR

if TYPE_CHECKING:
    from evaluation.cli.monitoring_inputs import Inputs
    from evaluation.strategy.plan import Plan

_STATUSES = {
    "not_collected": later("not collected"),
    "undefined": later("undefined"),
    "not_due": later("not due yet"),
    "not_applicable": later("not applicable"),
    "too_few": later("too few"),
}


@click.command(
    cls=KitCommand,
    help=later(
        "What institutions reported on each indicator, one record per indicator and year: baseline or why there is none, "
        "value with interval, change from the year before, status, and the cells the value comes from; the table shows "
        "the main parts, JSON and CSV all of them. The figures have not passed the gate: they are for the evaluator's eyes and are not to be published."
    ),
    epilog=later("Example: snitp indicators --year 2025 --indicator IND-1.1.1-1"),
)
@click.option(
    "--year", cls=KitOption, type=YEAR, help=later("Only this year, with the change from the year before.")
)
@click.option(
    "--indicator",
    cls=KitOption,
    metavar=later("ID"),
    help=later("Only this indicator (IND-1.1.1-1), measure (1.1.1) or objective (1.1)."),
)
@data_option()
@format_option()
@language_option()
def indicators(*, year: int | None, indicator: str | None, data: Path | None, form: str) -> None:
    """Print the records."""
    from evaluation.cli.indicator_records import indicator_records
    from evaluation.cli.monitoring_inputs import load_inputs, say_synthetic

    inputs = load_inputs(year=year, earlier=1, data=data)
    wanted = None if indicator is None else _select(indicator, plan=inputs.plan)
    click.echo(_("Unfiltered figures, not to be published."), err=True)
    say_synthetic(inputs.observations)
    records = indicator_records(inputs, wanted=wanted, year=year)
    if form == "json":
        write_json(records)
    elif form == "csv":
        write_csv(records)
    else:
        _print_records(records, inputs)


def _select(code: str, *, plan: "Plan") -> frozenset[str]:
    """The ids of the indicators that a code names; an unknown code is a wrong call."""
    wanted = code.strip().rstrip(".").upper()
    found = frozenset(
        card.id
        for measure in plan.measures
        for card in measure.indicators
        if wanted in (card.id, measure.code) or f"{measure.code}.".startswith(f"{wanted}.")
    )
    if not found:
        text = _("there is no indicator, measure or objective with this code.")
        raise click.BadParameter(text, param_hint="--indicator")
    return found


def _print_records(records: list[dict[str, Any]], inputs: "Inputs") -> None:
    language = current_language()
    rows = [
        (
            one["id"],
            one["name"][language],
            one["period"],
            _value(one, language=language),
            one["change"]["reading"][language] if one["change"] else "",
            f"{one['answered']}/{one['asked']}",
        )
        for one in records
    ]
    note = _("Records: {n}; years: {years}").format(n=len(rows), years=", ".join(map(str, inputs.years)))
    headings = [_("Id"), _("Indicator"), _("Period"), _("Value (interval)"), _("Change"), _("Answered")]
    write_table(headings, rows, note=note, fixed=(0, 2, 5))


def _value(one: dict[str, Any], *, language: str) -> str:
    """The value as printed with its interval, or the state of a deliverable, or why there is none."""
    from evaluation.reporting.numbers import format_interval, format_number

    if one["state"]:
        return str(one["state"][language])
    if one["value"] is None:
        status = _STATUSES[one["status"]]
        return _(status) + (f" ({one['reason'][language]})" if one["reason"] else "")
    quantity = one["quantity"].removeprefix("partial_").removesuffix("_at_least")
    shown = format_number(one["value"], quantity=quantity, language=language)
    if one["quantity"].startswith("partial_"):
        return _("incomplete sum: {value}").format(value=shown)
    if one["quantity"] == "count_at_least":
        shown = _("at least {value}").format(value=shown)
    if one["interval"] is None or one["interval"]["high"] is None:
        return shown
    limits = (one["interval"]["low"], one["interval"]["high"])
    return f"{shown} ({format_interval(*limits, quantity=quantity, language=language)})"
