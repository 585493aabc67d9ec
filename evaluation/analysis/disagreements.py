"""Where published figures disagree: values of one measure and year, and figures held against each other."""

from collections.abc import Sequence
from dataclasses import dataclass

from evaluation.analysis._secondary import (
    Check,
    Reference,
    Secondary,
    Side,
    card_of,
    figures_of,
    provenance_of,
)
from evaluation.analysis._wording import Texts, citation, same, texts_frame
from evaluation.analysis.headline import pick_headline
from evaluation.core.results import Result, make_table
from evaluation.core.status import Status
from evaluation.strategy.words import Text

SAME_MEASURE_YEAR = "same_measure_year"


@dataclass(frozen=True, slots=True)
class Value:
    """One of the values that disagree."""

    level: str
    number: float | None
    what: Text | None
    code: str
    source: Text | None
    note: Text | None


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Values that do not fit: ``kind`` is same_measure_year, equal, at_most or by_design.

    ``by_design`` marks two concepts that are easily taken for one; the difference is not an error.
    """

    id: str
    kind: str
    measure: str
    year: int
    values: tuple[Value, ...]
    note: Text


def find_disagreements(series: Secondary) -> tuple[Disagreement, ...]:
    """All disagreements of the series, by measure, year and id.

    A check whose values are not all there is listed with what is missing, never skipped.
    """
    table = series.table
    spread = table.groupby(["measure", "year"], sort=True)["value"].nunique()
    found = [
        _same_measure_year(series, str(measure), int(year)) for measure, year in spread[spread > 1].index
    ]
    for check in series.rules.checks:
        numbers = [_compute(series, side) for side in check.sides]
        if _fails(check, numbers):
            values = tuple(
                _value(series, n, side, x)
                for n, (side, x) in enumerate(zip(check.sides, numbers, strict=True), 1)
            )
            found.append(
                Disagreement(
                    check.id, check.relation, check.about.measure, check.about.year, values, check.note
                )
            )
    return tuple(
        sorted(found, key=lambda one: (one.measure, one.year, one.kind != SAME_MEASURE_YEAR, one.id))
    )


def disagreement_table(series: Secondary) -> Result:
    """The disagreements as a result: one row per value, ``group`` is the disagreement, ``quantity`` its kind."""
    rows: list[dict[str, object]] = []
    texts: list[Texts] = []
    for one in find_disagreements(series):
        label = card_of(series, one.measure).label
        for place, value in enumerate(one.values):
            rows.append(
                {
                    "measure": one.measure,
                    "quantity": one.kind,
                    "period": str(one.year),
                    "group": one.id,
                    "level": value.level,
                    "estimate": value.number,
                    "method": "published values side by side",
                    "status": (Status.OK if value.number is not None else Status.NOT_COLLECTED).value,
                }
            )
            texts.append(
                {
                    "label": label,
                    "what": value.what,
                    "code": same(value.code),
                    "source": value.source,
                    "note": value.note or one.note,
                    "remark": _remark(one, value, first=place == 0),
                }
            )
    return Result(
        "secondary_disagreements",
        make_table(rows),
        provenance_of(series, series.provenance.rows_used, method="published values side by side"),
        texts_frame(texts),
    )


def _remark(one: Disagreement, value: Value, *, first: bool) -> Text:
    """What is compared and, once for each disagreement, the note on it."""
    note = value.note or one.note
    if value.what is None:
        return note
    return Text(ro=f"{value.what.ro}. {note.ro}", en=f"{value.what.en}. {note.en}") if first else value.what


def _same_measure_year(series: Secondary, measure: str, year: int) -> Disagreement:
    pick = pick_headline(series, measure, year)
    values = tuple(
        Value(
            str(row["source_id"]),
            float(row["value"]),
            None,
            str(row["source_id"]),
            citation(series, row["source_id"]),
            Text(ro=row["note.ro"], en=row["note.en"]) if row["note.ro"] else None,
        )
        for row in figures_of(series, measure, year)
    )
    return Disagreement(f"{measure}_{year}", SAME_MEASURE_YEAR, measure, year, values, pick.reason)


def _fails(check: Check, numbers: list[float | None]) -> bool:
    known = [number for number in numbers if number is not None]
    if check.relation == "by_design" or len(known) < len(numbers):
        return True
    if check.relation == "at_most":
        return known[0] > known[1] + check.tolerance
    return max(known) - min(known) > check.tolerance


def _value(series: Secondary, number: int, side: Side, computed: float | None) -> Value:
    names = {
        reference.source_id or _headline_source(series, reference) for reference in (*side.plus, *side.minus)
    }
    single = side.source_id or (names.pop() if len(names) == 1 else "")
    known = single in series.sources.index
    source = citation(series, single) if known else None
    return Value(f"side_{number}", computed, side.what, single if known else "–", source, None)


def _headline_source(series: Secondary, reference: Reference) -> str:
    return pick_headline(series, reference.measure, reference.year).source_id


def _compute(series: Secondary, side: Side) -> float | None:
    if side.stated is not None:
        return side.stated
    plus, minus, over = (_total(series, part) for part in (side.plus, side.minus, side.over))
    if plus is None or minus is None or over is None:
        return None
    return (plus - minus) / (over if side.over else 1.0) * side.times


def _total(series: Secondary, references: Sequence[Reference]) -> float | None:
    values = [_look_up(series, reference) for reference in references]
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None


def _look_up(series: Secondary, reference: Reference) -> float | None:
    if not reference.source_id:
        return pick_headline(series, reference.measure, reference.year).value
    figures = figures_of(series, reference.measure, reference.year)
    return next((float(one["value"]) for one in figures if one["source_id"] == reference.source_id), None)
