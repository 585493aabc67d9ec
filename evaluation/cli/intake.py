"""``snitp intake``: reads what institutions returned, tells every problem with its place, keeps the ledger."""

from collections import Counter, defaultdict
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from evaluation.cli.commands import (
    KitArgument,
    KitCommand,
    KitOption,
    KitPath,
    format_option,
    language_option,
)
from evaluation.cli.language import current_language, later
from evaluation.cli.output import path_from_here, write_csv, write_json, write_table
from evaluation.cli.years import YEAR

if TYPE_CHECKING:
    from evaluation.core.observations import Observations
    from evaluation.core.project import Project

SHOWN_PLACES = 3
_STATES = {"accepted": later("accepted"), "partly": later("partly"), "refused": later("refused")}
_OUTCOMES = {"repaired": later("repaired"), "refused": later("not used"), "noted": later("noted")}


@click.command(
    cls=KitCommand,
    help=later(
        "Read what institutions returned: DIR holds a folder a year, or the files of the year named by --year. Every "
        "file is told with its rows in, used and rejected, every problem with file, sheet and cell; nothing is "
        "changed silently, and no cell is quoted. Ends with status 1 when something was rejected."
    ),
)
@click.argument(
    "folder",
    cls=KitArgument,
    metavar=later("DIR"),
    type=KitPath(exists=True, file_okay=False, path_type=Path),
)
@click.option("--year", type=YEAR, cls=KitOption, help=later("Only the returns of this year."))
@click.option(
    "--out",
    type=KitPath(file_okay=False, path_type=Path),
    cls=KitOption,
    metavar=later("DIR"),
    help=later("Where the ledger is kept; default: a new folder in outputs/intake."),
)
@click.option("--force", is_flag=True, cls=KitOption, help=later("Replace a ledger that is there already."))
@format_option()
@language_option()
@click.pass_context
def intake(
    ctx: click.Context, folder: Path, *, year: int | None, out: Path | None, force: bool, form: str
) -> None:
    """Read, tell and keep."""
    from evaluation.core.project import find_project
    from evaluation.intake.returns.deliveries import is_synthetic, years_of
    from evaluation.intake.returns.ledger import take_in
    from evaluation.intake.returns.store import digest_store, write_store
    from evaluation.strategy.crosswalk import reporting_plans
    from evaluation.strategy.institutions import load_registry
    from evaluation.strategy.request import load_request_rules

    years = years_of(folder)
    _check_call(years, year=year, out=out, force=force)
    project = find_project()
    observations = take_in(
        folder,
        relative=lambda path: _printed(path, project),
        plans=reporting_plans(synthetic=is_synthetic(folder)),
        registry=load_registry(),
        rules=load_request_rules(),
        years=None if year is None else (year,),
        store=project.outputs / ".cache" / "intake",
    )
    if observations.deliveries.empty and observations.corrections.empty:
        raise click.UsageError(_("The folder holds no file of an institution; nothing was read."), ctx)
    name = f"{year or _one(years) or 'all'}-{digest_store(observations)[:8]}"
    kept = out or project.outputs / "intake" / name
    is_new = out is not None or force or not kept.exists()
    if is_new:
        write_store(observations, kept, force=force)
    _tell(observations, form=form)
    text = (
        _("Ledger: {folder}")
        if is_new
        else _("Ledger of an earlier run on the same files, left as it is: {folder}")
    )
    click.echo(text.format(folder=path_from_here(kept)), err=True)
    ctx.exit(0 if set(observations.deliveries["state"]) <= {"accepted"} else 1)


def _check_call(years: tuple[int, ...], *, year: int | None, out: Path | None, force: bool) -> None:
    """A folder without the year asked for, or a ledger that is there already, is a wrong call."""
    if not years and year is None:
        raise click.UsageError(
            _("The folder has no folder of a year; give the year of its files with --year.")
        )
    if years and year is not None and year not in years:
        raise click.UsageError(_("The folder has no returns of {year}.").format(year=year))
    if out is not None and out.exists() and not force:
        text = _("the folder is there already; add --force to replace its ledger, or name another one.")
        raise click.BadParameter(text, param_hint="--out")


def _printed(path: Path, project: "Project") -> str:
    """A folder as printed in the ledger; of one outside the project only its name is told."""
    try:
        return project.relative(path)
    except ValueError:
        return path.name


def _one(years: tuple[int, ...]) -> int | None:
    return years[0] if len(years) == 1 else None


def _tell(observations: "Observations", *, form: str) -> None:
    deliveries, problems = _deliveries(observations), _problems(observations)
    if form == "json":
        write_json({"synthetic": observations.synthetic, "deliveries": deliveries, "corrections": problems})
    elif form == "csv":
        write_csv(problems, like=[_COLUMNS])
    else:
        _print(deliveries, problems, synthetic=observations.synthetic)


def _deliveries(observations: "Observations") -> list[dict[str, Any]]:
    """One record a file; numbers of rows are whole."""
    states: dict[str, Counter[str]] = defaultdict(Counter)
    for delivery, state in zip(observations.table["delivery"], observations.table["state"], strict=True):
        states[delivery][state] += 1
    records = []
    for one in observations.deliveries.to_dict("records"):
        whole = {name: int(one[name]) for name in ("year", "rows_in", "rows_used", "rows_rejected")}
        kept = {
            name: one[name] for name in ("file", "year", "institution", "received", "form", "state", "reason")
        }
        found = dict(sorted(states[one["delivery"]].items()))
        records.append(
            {"delivery": one["delivery"], "digest": one["digest"], **kept, **whole, "observations": found}
        )
    return records


_WORDS = {"ro": "", "en": ""}
_COLUMNS = {
    **dict.fromkeys(("file", "sheet", "cell", "code", "outcome", "rows"), ""),
    "problem": _WORDS,
    "remedy": _WORDS,
}


def _problems(observations: "Observations") -> list[dict[str, Any]]:
    """One record a correction, in both languages; places and words of the kit, never the content of a cell."""
    from evaluation.intake.returns.problems import load_problems

    catalogue = load_problems()
    return [
        {
            **{name: one[name] for name in ("file", "sheet", "cell", "code", "outcome")},
            "rows": int(one["rows"]),
            "problem": catalogue[one["code"]].problem.model_dump(),
            "remedy": catalogue[one["code"]].remedy.model_dump(),
        }
        for one in observations.corrections.to_dict("records")
    ]


def _print(deliveries: list[dict[str, Any]], problems: list[dict[str, Any]], *, synthetic: bool) -> None:
    rows = [
        (
            one["file"],
            one["institution"],
            _("request workbook") if one["form"] == "kit" else _("own table"),
            str(one["rows_in"]),
            str(one["rows_used"]),
            str(one["rows_rejected"]),
            _(state),
        )
        for one in deliveries
        for state in (_STATES[one["state"]],)
    ]
    headings = [_("File"), _("Institution"), _("Form"), _("Rows in"), _("used"), _("rejected"), _("State")]
    note = _("Files: {n}; with something rejected: {short}").format(
        n=len(rows), short=sum(one["state"] != "accepted" for one in deliveries)
    )
    title = _("SYNTHETIC DATA: institutions and figures are invented.") if synthetic else ""
    write_table(headings, rows, title=title, note=note)
    if problems:
        grouped = [_group(found) for found in _by_code(problems)]
        write_table([_("Problem"), _("Done"), _("Times"), _("First places"), _("Remedy")], grouped)


def _by_code(problems: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Problems of one code together: what was not used first, then the most frequent."""
    groups: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for one in problems:
        groups[one["code"]].append(one)
    order = list(_OUTCOMES)
    order.insert(0, order.pop(order.index("refused")))
    return sorted(
        groups.values(), key=lambda found: (order.index(found[0]["outcome"]), -len(found), found[0]["code"])
    )


def _group(found: list[dict[str, Any]]) -> tuple[str, ...]:
    first = found[0]
    outcome = _OUTCOMES[first["outcome"]]
    language = current_language()
    places = [
        " ".join(filter(None, (one["file"], f"{one['sheet']}!{one['cell']}".strip("!")))) for one in found
    ]
    more = f"\n+{len(places) - SHOWN_PLACES}" if len(places) > SHOWN_PLACES else ""
    return (
        first["problem"][language],
        _(outcome),
        str(len(found)),
        "\n".join(places[:SHOWN_PLACES]) + more,
        first["remedy"][language],
    )
