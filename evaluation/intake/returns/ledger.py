"""From the folder of returns to the ledger of observations: every file, every figure, and which of them count."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from evaluation.core.errors import IntakeError
from evaluation.core.observations import (
    CORRECTION_COLUMNS,
    DELIVERY_COLUMNS,
    MEASURE_COLUMNS,
    OBSERVATION_COLUMNS,
    Observations,
    make_ledger,
)
from evaluation.core.project import Project
from evaluation.core.provenance import Source, digest_file, digest_text
from evaluation.intake.returns.deliveries import (
    DELIVERY_LIST,
    Delivery,
    YearOfReturns,
    is_synthetic,
    list_deliveries,
    years_of,
)
from evaluation.intake.returns.problems import load_problems
from evaluation.intake.returns.raw import Correction, Reading
from evaluation.intake.returns.readings import frame_digest, is_remembered, read_delivery, reading_key
from evaluation.intake.returns.settled import ledger_key, remember_ledger, remembered_ledger
from evaluation.intake.returns.states import (
    FIGURE,
    FIGURE_CONTENT,
    MEASURE,
    MEASURE_CONTENT,
    Reported,
    find_copies,
    settle,
)
from evaluation.strategy.crosswalk import plan_of_year, reporting_plans
from evaluation.strategy.institutions import Registry, load_registry
from evaluation.strategy.plan import Plan
from evaluation.strategy.request import RequestRules, load_request_rules

CHILDREN = 2
"""Files are parsed in processes of their own; more than two at once help little and need memory."""
_NO_LOSS = "total_row"
_FLEETING = frozenset({"file_changed", "file_too_heavy"})
"""Refusals that another run may not repeat; a ledger with one of them is not remembered."""
_NAMED = ("sheet", "cell", *FIGURE, "measure")
_ORDER = ["year", "indicator", "period", "institution", "county", "group", "level", "file", "sheet", "cell"]


@dataclass(frozen=True, slots=True)
class _Read:
    delivery: Delivery
    reading: Reading
    copy_of: Delivery | None


def load_observations(project: Project, *, years: tuple[int, ...] | None = None) -> Observations:
    """Everything that institutions returned, or what they returned for some years.

    Every file of the years asked for is opened and digested on each call, also when its reading is remembered
    below ``outputs/.cache/intake``; files of other years are not touched.
    """
    return take_in(
        project.returns,
        relative=project.relative,
        plans=reporting_plans(synthetic=is_synthetic(project.returns)),
        registry=load_registry(),
        rules=load_request_rules(),
        years=years,
        store=project.outputs / ".cache" / "intake",
    )


def take_in(
    folder: Path,
    *,
    relative: Callable[[Path], str],
    plans: tuple[Plan, ...],
    registry: Registry,
    rules: RequestRules,
    years: tuple[int, ...] | None = None,
    store: Path | None = None,
) -> Observations:
    """The ledger of a folder of returns (``<folder>/<year>/…``), or of one year's files for the one year given.

    Each year is read against the plan whose window holds it; a year that no plan covers stops the run.
    A file that cannot be opened is a delivery in the state ``refused`` with a correction; the others are read.

    Which figure counts (``states.settle``):

    * the same bytes delivered twice for a year: the rows of the second are ``duplicate``;
    * a later date of receipt, same institution and year: supersedes the earlier figure cell by cell, with
      ``superseded_by`` and the reason of the delivery list (``later delivery`` without one); figures that the
      later delivery does not mention stay current;
    * same date or a date that is not known: equal figures count once, different ones are all ``contradicted``
      and none of them counts.

    A file whose own year is not that of its folder is refused whole.
    """
    below = set(years_of(folder))
    flat = not below and years is not None and len(years) == 1
    chosen = years if flat else tuple(sorted(below & set(years)) if years is not None else sorted(below))
    invented = is_synthetic(folder)
    lists = [
        list_deliveries(
            folder if flat else folder / str(year), year=year, registry=registry, synthetic=invented
        )
        for year in chosen or ()
    ]
    by_year = {one.year: _plan_for(one.year, plans) for one in lists}
    frames = {plan.head.id: frame_digest(plan, registry, rules) for plan in by_year.values()}

    def read(delivery: Delivery) -> Reading:
        plan = by_year[delivery.year]
        return read_delivery(delivery, plan, registry, rules, frame=frames[plan.head.id], store=store)

    sources = tuple(_source(one, relative) for one in lists)
    keys = {
        one.id: reading_key(one, frame=frames[by_year[one.year].head.id])
        for year in lists
        for one in year.deliveries
    }
    unread = [one for year in lists for one in year.deliveries if not is_remembered(store, keys[one.id])]
    readings = _read_all(unread, read)
    refused = {name: one.corrections[0].code for name, one in readings.items() if one.form == "refused"}
    key = ledger_key(lists, keys | refused)
    kept = remembered_ledger(store, key, sources=sources)
    if kept is not None:
        return kept
    rest = _read_all([one for year in lists for one in year.deliveries if one.id not in readings], read)
    found = _make(lists, _placed(lists, readings | rest), sources)
    lasting = _FLEETING.isdisjoint(refused.values()) and all(one.form != "refused" for one in rest.values())
    if store is not None and lasting:
        remember_ledger(store, key, found)
    return found


def _plan_for(year: int, plans: tuple[Plan, ...]) -> Plan:
    plan = plan_of_year(plans, year)
    if plan is None:
        raise IntakeError(
            f"returns/{year}: no published plan covers this year; move the folder aside until the plan's files are "
            "in evaluation/strategy/plans, or name the years to read."
        )
    return plan


def _read_all(deliveries: list[Delivery], read: Callable[[Delivery], Reading]) -> dict[str, Reading]:
    """The readings of deliveries by their ids, two at a time."""
    with ThreadPoolExecutor(max_workers=CHILDREN) as pool:
        return dict(zip((one.id for one in deliveries), pool.map(read, deliveries), strict=True))


def _placed(lists: list[YearOfReturns], readings: Mapping[str, Reading]) -> list[_Read]:
    """Every delivery with its reading, in the order of the years and files; another year's file is refused."""
    placed = []
    for year in lists:
        copies = find_copies(year.deliveries, order=lambda one: (one.received or "9999", one.file))
        for one in year.deliveries:
            reading, copy_of = readings[one.id], copies.get(one.id)
            if reading.form == "kit" and reading.year != one.year:
                reading, copy_of = _refuse(reading, "own_other_year"), None
            placed.append(_Read(one, reading, copy_of))
    return placed


def _refuse(reading: Reading, code: str) -> Reading:
    found = reading.rows_in
    return Reading(
        reading.form,
        reading.institution,
        reading.year,
        corrections=[Correction("", "", code, found)],
        rows_in=found,
        rows_rejected=found,
        synthetic=reading.synthetic,
    )


def _make(lists: list[YearOfReturns], read: list[_Read], sources: tuple[Source, ...]) -> Observations:
    figures = [row for one in read for row in _rows(one, one.reading.observations, prefix="OBS")]
    measures = [row for one in read for row in _rows(one, one.reading.measures, prefix="")]
    settle(figures, key=FIGURE, content=FIGURE_CONTENT)
    settle(measures, key=MEASURE, content=MEASURE_CONTENT)
    corrections = [row for one in read for row in _corrections(one)]
    corrections += [
        _correction("", f"{year.year}/{name}", Correction("", "", "listed_file_missing", 0))
        for year in lists
        for name in year.missing
    ]
    table = make_ledger([one.row for one in figures], OBSERVATION_COLUMNS)
    states = make_ledger([one.row for one in measures], MEASURE_COLUMNS)
    return Observations(
        table=table.sort_values(_ORDER, kind="stable", ignore_index=True),
        measures=states.sort_values(["year", "measure", "institution", "file", "cell"], ignore_index=True),
        deliveries=make_ledger([_delivery(one) for one in read], DELIVERY_COLUMNS),
        corrections=make_ledger(corrections, CORRECTION_COLUMNS).sort_values(
            ["file", "sheet", "cell", "code"], kind="stable", ignore_index=True
        ),
        sources=sources,
        synthetic=any(one.synthetic for one in lists) or any(one.reading.synthetic for one in read),
    )


def _rows(one: _Read, records: Iterable[dict[str, object]], *, prefix: str) -> list[Reported]:
    """Rows with their delivery, file and id; the id is that of the place and the question, so it never changes."""
    delivery, file, rows = one.delivery.id, _file(one.delivery), []
    for row in records:  # not copied: two hundred thousand of them are the most that memory has to hold
        row.update(delivery=delivery, file=file)
        named = "|".join([str(row.get(name, "")) for name in _NAMED])
        name = hashlib.sha256(f"{delivery}|{named}".encode()).hexdigest()[:12]
        if prefix:
            row["observation"] = f"{prefix}-{name}"
        rows.append(Reported(row, f"{prefix or 'MEA'}-{name}", one.delivery, one.copy_of))
    return rows


def _file(delivery: Delivery) -> str:
    return f"{delivery.year}/{delivery.file}"


def _delivery(one: _Read) -> dict[str, object]:
    delivery, reading = one.delivery, one.reading
    return {
        "delivery": delivery.id,
        "file": _file(delivery),
        "digest": delivery.digest,
        "year": delivery.year,
        "institution": reading.institution or delivery.institution,
        "received": delivery.received,
        "form": "free" if reading.form == "refused" else reading.form,
        "state": _state(reading),
        "reason": delivery.reason,
        "rows_in": reading.rows_in,
        "rows_used": reading.rows_used,
        "rows_rejected": reading.rows_rejected,
    }


def _state(reading: Reading) -> str:
    """Refused with nothing used, partly with something rejected; totals left out are no loss."""
    problems = load_problems()
    refused = any(problems[one.code].outcome == "refused" for one in reading.corrections)
    if reading.form == "refused" or (not reading.rows_used and (reading.rows_rejected or refused)):
        return "refused"
    aside = sum(one.rows for one in reading.corrections if one.code == _NO_LOSS)
    return "partly" if reading.rows_rejected > aside else "accepted"


def _corrections(one: _Read) -> list[dict[str, object]]:
    found = [*one.reading.corrections, *(Correction("", "", code) for code in one.delivery.problems)]
    if one.copy_of is not None:
        found.append(Correction("", "", "same_file_twice", one.reading.rows_used))
    return [_correction(one.delivery.id, _file(one.delivery), correction) for correction in found]


def _correction(delivery: str, file: str, one: Correction) -> dict[str, object]:
    outcome = load_problems()[one.code].outcome.value
    place = {"delivery": delivery, "file": file, "sheet": one.sheet, "cell": one.cell}
    return {**place, "code": one.code, "outcome": outcome, "rows": one.rows}


def _source(year: YearOfReturns, relative: Callable[[Path], str]) -> Source:
    """The folder of a year; its digest covers every file and the delivery list."""
    listed = year.folder / DELIVERY_LIST
    digests = [one.digest for one in year.deliveries] + ([digest_file(listed)] if listed.is_file() else [])
    return Source(relative(year.folder), digest_text("\n".join(sorted(digests))))
