"""``snitp status``: who reported what for a year, how completely and when."""

from collections.abc import Mapping
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evaluation.cli.commands import KitCommand, KitOption, KitPath, language_option
from evaluation.cli.language import current_language, later
from evaluation.cli.monitoring_inputs import data_option
from evaluation.cli.output import path_from_here, write_table
from evaluation.cli.years import YEAR

if TYPE_CHECKING:
    from evaluation.cli.monitoring_inputs import Inputs

COUNTS = ("asked", "reported", "not_applicable", "not_available", "silent")


@click.command(
    cls=KitCommand,
    help=later(
        "Who delivered what for a year: figures and deliverables asked, reported, missing with a reason and without, and "
        "how many days after the deadline the return came. No reported figure is shown."
    ),
    epilog=later("Example: snitp status --year 2025 --out status_2025.html"),
)
@click.option("--year", cls=KitOption, type=YEAR, required=True, help=later("The year reported on."))
@click.option(
    "--out",
    cls=KitOption,
    type=KitPath(dir_okay=False, path_type=Path),
    metavar=later("FILE"),
    help=later("Write a page (HTML, both languages, nothing to load) to this file as well."),
)
@click.option("--force", is_flag=True, cls=KitOption, help=later("Replace a page that is there already."))
@data_option()
@language_option()
def status(*, year: int, out: Path | None, force: bool, data: Path | None) -> None:
    """Print the table and write the page."""
    from evaluation.cli.monitoring_inputs import load_inputs, say_synthetic
    from evaluation.cli.status_page import status_page

    if out is not None and out.exists() and not force:
        text = _("the page is there already; add --force to replace it, or name another file.")
        raise click.BadParameter(text, param_hint="--out")
    inputs = load_inputs(year=year, data=data)
    say_synthetic(inputs.observations)
    records = status_records(inputs, year=year)
    _print_records(records)
    if out is not None:
        out.parent.mkdir(parents=True, exist_ok=True)
        page = status_page(records, year=year, synthetic=inputs.observations.synthetic)
        out.write_text(page, encoding="utf-8", newline="\n")
        click.echo(_("Page: {file}").format(file=path_from_here(out)), err=True)


def status_records(inputs: "Inputs", *, year: int) -> list[dict[str, Any]]:
    """One record per institution that was asked, by Romanian name."""
    from evaluation.analysis.monitoring.completeness import completeness, timeliness
    from evaluation.core.language import romanian_key

    counted = completeness(
        inputs.plan,
        inputs.observations,
        asked=inputs.asked,
        years=(year,),
        registry=inputs.registry,
        definitions=inputs.definitions,
    ).table
    counted = counted[counted["group"] == "institution"]
    found = {
        (str(level), str(measure)): float(value)
        for level, measure, value in zip(
            counted["level"], counted["measure"], counted["estimate"], strict=True
        )
    }
    timely = timeliness(
        inputs.observations,
        asked=inputs.asked,
        years=(year,),
        rules=inputs.rules,
        registry=inputs.registry,
        definitions=inputs.definitions,
    )
    assert timely.texts is not None
    lines = zip(timely.table.to_dict("records"), timely.texts.to_dict("records"), strict=True)
    records = [_record(line, words, found) for line, words in lines]
    return sorted(records, key=lambda one: romanian_key(str(one["short"])))


def _record(
    line: Mapping[Any, Any], words: Mapping[Any, Any], found: Mapping[tuple[str, str], float]
) -> dict[str, Any]:
    name, days = str(line["level"]), float(line["estimate"])
    return {
        "institution": name,
        "short": str(words["short.ro"]),
        "name": {"ro": str(words["label.ro"]), "en": str(words["label.en"])},
        **{one: int(found.get((name, one), 0)) for one in COUNTS},
        "share": found.get((name, "share_reported")),
        "timeliness": {"ro": str(words["timeliness.ro"]), "en": str(words["timeliness.en"])},
        "days": int(days) if days == days else None,
        "received": str(words["received"]),
        "deadline": str(words["deadline"]),
    }


def _print_records(records: list[dict[str, Any]]) -> None:
    from evaluation.cli.status_page import signed
    from evaluation.reporting.numbers import format_number

    language = current_language()
    rows = [
        (
            one["short"],
            f"{one['reported'] + one['not_applicable']}/{one['asked']}",
            "–"
            if one["share"] is None
            else format_number(one["share"], quantity="proportion", language=language),
            str(one["not_available"]),
            str(one["silent"]),
            one["timeliness"][language] + ("" if one["days"] is None else f" ({signed(one['days'])})"),
        )
        for one in records
    ]
    headings = [
        _("Institution"), _("Answered"), _("Share"), _("Not available"), _("No answer"), _("Return"),
    ]  # fmt: skip
    answered = sum(one["asked"] > one["silent"] for one in records)
    note = _("Institutions: {n}; with an answer: {answered}").format(n=len(records), answered=answered)
    note += "\n" + _("In brackets: days after the deadline; a minus is before it.")
    write_table(headings, rows, note=note, fixed=(1, 2))
