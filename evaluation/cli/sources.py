"""``snitp sources``: the published series, value by value, and where their sources disagree."""

from gettext import gettext as _
from typing import Any

import click

from evaluation.cli.commands import KitCommand, format_option, language_option
from evaluation.cli.language import current_language, later
from evaluation.cli.output import write_csv, write_json, write_table

_STATUSES = {
    "not_collected": later("not collected"),
    "undefined": later("undefined"),
}


@click.command(
    cls=KitCommand,
    help=later(
        "The published figures, one record per measure and year: every value with its source, the headline value and "
        "why it was chosen, and whether the sources disagree."
    ),
)
@format_option()
@language_option()
def sources(form: str) -> None:
    """Print the records."""
    from evaluation.analysis.series import sources_records
    from evaluation.core.project import find_project
    from evaluation.intake.secondary import load_series

    records = sources_records(load_series(find_project()))
    if form == "json":
        write_json(records)
    elif form == "csv":
        write_csv(records)
    else:
        _print_records(records)


def _print_records(records: list[dict[str, Any]]) -> None:
    from evaluation.core.language import romanian_key

    language = current_language()
    ordered = sorted(records, key=lambda one: (romanian_key(one["label"][language]), one["year"]))
    rows = [
        (
            one["label"][language],
            str(one["year"]),
            _headline(one, language=language),
            str(len(one["values"])),
            _("disagree") if one["disagreement"] else "",
        )
        for one in ordered
    ]
    differing = sum(bool(one["disagreement"]) for one in records)
    note = _("Records: {n}; sources that disagree: {differing}").format(n=len(records), differing=differing)
    write_table(
        [_("Measure"), _("Year"), _("Headline"), _("Values"), _("Sources")], rows, note=note, fixed=(1,)
    )


def _headline(record: dict[str, Any], *, language: str) -> str:
    """The headline value and who published it; without one, the reason in a word."""
    from evaluation.reporting.numbers import format_number

    headline = record["headline"]
    if headline is None:
        reason = _STATUSES[record["status"]]
        return _(reason)
    value = format_number(headline["value"], quantity="published", language=language)
    publisher = next(
        one["publisher"] for one in record["values"] if one["source_id"] == headline["source_id"]
    )
    return f"{value} ({publisher})"
