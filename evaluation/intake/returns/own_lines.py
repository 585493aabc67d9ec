"""What each sort of line of a returned request workbook says: a figure, a deliverable, a measure, a county."""

from dataclasses import replace

from evaluation.intake.returns.cells import EMPTY, Line, reasons
from evaluation.intake.returns.layout import SHARED, Key, load_layout
from evaluation.intake.returns.values import Parsed
from evaluation.strategy.plan import DefinitionStatus, Indicator, Kind, Measure, measure_due

TOLERANCE = 0.005
"""A share and its parts may differ by half a per cent, which rounding to whole per cent explains."""


def read_figure(line: Line) -> None:
    """A line of the sheet of figures."""
    found = line.split()
    if found is None:
        return
    key, card = found
    detail, source, remark = line.said("detail"), line.said("source"), line.said("remark")
    value, numerator, denominator = _numbers(line, card, {name: name for name in _PARTS})
    reason = line.choice("reason", reasons())
    something = value.status != "empty" or numerator is not None or denominator is not None or bool(reason)
    open_group = bool(key.group) and not key.level
    if open_group and not (something or source or remark):
        return
    if open_group:
        if not detail:
            return line.reject("own_category_missing", "detail")
        key, detail = key._replace(level=detail), ""
    told = bool(detail) and card.status is DefinitionStatus.UNDEFINED
    if value.status == "reported" and reason:
        line.note("own_value_and_reason", "reason")
        reason = ""
    elif reason:
        value = replace(EMPTY, status="not_applicable" if reason == "not_applicable" else "not_available")
        reason = "" if reason == "not_applicable" else reason
    elif value.status == "refused" and not told:
        return line.reject("", "value")
    elif value.status in ("empty", "refused"):
        if numerator is not None or denominator is not None:
            return line.reject("own_part_alone", "value")
        if not told:
            line.note("own_only_remark", "value")
        value = replace(EMPTY, status="reported" if told else "not_available")
    words = "; ".join(part for part in (remark, value.note, f"sursa: {source}" if source else "") if part)
    record = _observation(line, key, value, numerator, denominator)
    line.accept(record | {"text": detail, "reason": reason, "remark": words}, "value")
    return


def read_county_figure(line: Line, county: str, fields: dict[str, str]) -> None:
    """The cells of one figure for one county."""
    found = line.split()
    if found is None:
        return
    key, card = found
    value, numerator, denominator = _numbers(line, card, fields)
    if value.status in ("empty", "refused"):
        return line.reject("" if value.status == "refused" else "own_part_alone", next(iter(fields.values())))
    record = _observation(line, key._replace(county=county), value, numerator, denominator)
    return line.accept(record | {"text": "", "reason": "", "remark": value.note}, fields["value"])


def read_deliverable(line: Line) -> None:
    """A line of the sheet of deliverables and texts."""
    found = line.split()
    if found is None:
        return
    key, _ = found
    layout, facts = load_layout(), line.own.facts
    stage = line.choice("stage", {**layout.stages, "not_applicable": layout.not_applicable})
    rules = line.own.rules
    last = f"{facts.year + 1}-{rules.deadline_month:02d}-{rules.deadline_day:02d}"
    day = line.date("date", first=line.own.plan.head.start.isoformat(), last=last)
    text, remark = line.said("text"), line.said("remark")
    if not (stage or day or text or remark):
        return line.reject("", "stage")
    status = "reported"
    if stage == "not_applicable":
        stage, status = "", "not_applicable"
    elif not stage:
        line.note("own_stage_missing", "stage")
        status = "reported" if day or text else "not_available"
    elif day and stage != "delivered":
        line.note("own_date_without_delivery", "date")
    record = _observation(line, key, replace(EMPTY, status=status), None, None)
    return line.accept(
        record | {"stage": stage, "date": day, "text": text, "reason": "", "remark": remark}, "stage"
    )


def _is_over(line: Line, measure: Measure) -> bool:
    """All periods of the measure have ended by the end of the reporting year; before, nothing is unmet."""
    windows = measure_due(measure, window=line.own.plan.window)
    return all(window.end.year <= line.own.facts.year for window in windows)


def read_measure(line: Line) -> None:
    """A line of the sheet of measures."""
    measures = {measure.code: measure for measure in line.own.plan.measures}
    if line.key not in measures:
        return line.reject("own_key_unknown" if line.key else "own_row_without_key", "measure")
    layout, facts = load_layout(), line.own.facts
    stage = line.choice("stage", dict(layout.measure_stages))
    reason, remark = line.choice("reason", dict(layout.reasons)), line.said("remark")
    if not (stage or reason or remark):
        return line.reject("", "stage")
    if not stage:
        line.note("own_stage_missing", "stage")
    elif stage == "delivered" and reason:
        line.note("own_reason_of_delivered", "reason")
    elif stage != "delivered" and not reason and (stage == "dropped" or _is_over(line, measures[line.key])):
        line.note("own_reason_missing", "reason")
    record: dict[str, object] = {
        "measure": line.key,
        "year": facts.year,
        "institution": facts.institution,
        "stage": stage,
        "reason": reason,
        "remark": remark,
    }
    return line.accept(record, "stage", measure=True)


_PARTS = ("value", "numerator", "denominator")


def _numbers(
    line: Line, card: Indicator, fields: dict[str, str]
) -> tuple[Parsed, float | None, float | None]:
    """Value and parts of a figure; a share without its value is worked out from its parts."""
    value = line.number(fields["value"], card.type) if "value" in fields else EMPTY
    if card.type not in SHARED or "numerator" not in fields or "denominator" not in fields:
        return value, None, None
    numerator, denominator = line.part(fields["numerator"]), line.part(fields["denominator"])
    if numerator is None or denominator is None:
        return value, numerator, denominator
    if denominator == 0:
        line.note("own_denominator_zero", fields["denominator"])
        return value, None, None
    if card.type is Kind.PROPORTION and numerator > denominator:
        line.note("own_numerator_above", fields["numerator"])
        return value, None, None
    share = numerator / denominator
    if value.status in ("empty", "refused"):
        line.note("own_value_from_parts", fields["value"])
        return Parsed(share), numerator, denominator
    if value.value is not None and abs(value.value - share) > TOLERANCE * max(1.0, share):
        line.note("own_share_disagrees", fields["value"])
    return value, numerator, denominator


def _observation(
    line: Line, key: Key, value: Parsed, numerator: float | None, denominator: float | None
) -> dict[str, object]:
    """The record of a figure or deliverable, without its texts."""
    return {
        "indicator": key.indicator,
        "year": line.own.facts.year,
        "period": key.period,
        "institution": key.institution,
        "county": key.county,
        "group": key.group,
        "level": key.level,
        "value": value.value,
        "numerator": numerator,
        "denominator": denominator,
        "qualifier": value.qualifier if value.status == "reported" else "",
        "lower": value.lower,
        "upper": value.upper,
        "stage": "",
        "date": "",
        "status": value.status,
    }
