"""The cells of one reported figure turned into the fields of the ledger."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from evaluation.intake.returns.columns import text_of
from evaluation.intake.returns.headings import plain, read_reason, read_stage
from evaluation.intake.returns.raw import RawCell
from evaluation.intake.returns.statuses import read_status
from evaluation.intake.returns.values import Parsed, parse_date, parse_value
from evaluation.strategy.asked import ONCE
from evaluation.strategy.plan import Indicator, Kind

ROUNDING = 0.0051
"""Half a per cent: a share printed without decimals may differ that much from its parts."""
_LARGE_UNITS = ("mii", "milioane", "mil", "mld", "miliarde")
Cells = Mapping[str, RawCell]


@dataclass(frozen=True, slots=True)
class Figure:
    """Fields of the ledger, or the codes for which there are none; ``noted`` is told beside."""

    fields: dict[str, object]
    refused: tuple[str, ...] = ()
    noted: tuple[tuple[str, str], ...] = ()
    """Pairs of a role and a code."""


def read_figure(card: Indicator, cells: Cells) -> Figure:
    """A number with its parts, or why there is none; a deliverable or text with its stage.

    Without a value but with a reason or a remark the figure is not available; with nothing it is not there.
    """
    return _read_once(card, cells) if card.type in ONCE else _read_number(card, cells)


def read_state(cells: Cells) -> Figure:
    """How far a whole measure has come, and why no further."""
    cell = cells["stage"]
    stage = read_stage(text_of(cell.value))
    if not stage:
        return Figure({}, (_absent_code(cell) or "stage_unclear",))
    reason = "" if stage == "delivered" else read_reason(_text(cells, "reason"))
    return Figure({"stage": stage, "reason": reason, "remark": _remark(cells)})


def _read_number(card: Indicator, cells: Cells) -> Figure:
    kinds = {"value": card.type, "numerator": Kind.RATIO, "denominator": Kind.RATIO}
    if card.type is Kind.PROPORTION:
        kinds |= {"numerator": Kind.COUNT, "denominator": Kind.COUNT}
    parsed = {
        role: _parse(cells[role], unit, _text(cells, "unit") if role == "value" else "")
        for role, unit in kinds.items()
        if role in cells
    }
    refused = tuple(code for one in parsed.values() if one.status == "refused" for code in one.codes)
    noted = tuple((role, code) for role, one in parsed.items() for code in one.codes)
    if refused:
        return Figure({}, refused)
    given = {role: one for role, one in parsed.items() if one.status != "empty"}
    said = given.get("value") or given.get("numerator") or given.get("denominator")
    notes = [one.note for one in given.values()]
    if said is None or said.status != "reported":
        status = said.status if said else "not_available"
        reason = read_reason(_text(cells, "reason")) if status == "not_available" else ""
        return Figure({"status": status, "reason": reason, "remark": _remark(cells, *notes)}, noted=noted)
    number = _with_parts(card, given)
    if isinstance(number, str):
        return Figure({}, (number,))
    return Figure({**number, "status": "reported", "remark": _remark(cells, *notes)}, noted=noted)


def _parse(cell: RawCell, unit: Kind, words: str) -> Parsed:
    """The cell's value; a column of units says what the number alone does not (``mii lei``, ``%``)."""
    parse = parse_value(cell.value, kind=cell.kind, number_format=cell.number_format, unit=unit)
    said = plain(words)
    matters = said == "%" or said.split(" ")[0] in _LARGE_UNITS
    if not matters or parse.status != "reported" or "%" in cell.number_format:
        return parse
    text = text_of(cell.value)
    if not text.replace(".", "").replace(",", "").replace(" ", "").isdigit():
        return parse
    if cell.kind == "number":
        text = text.replace(".", ",")
    return parse_value(f"{text} {words}", unit=unit)


def _with_parts(card: Indicator, given: dict[str, Parsed]) -> dict[str, object] | str:
    """Value, bounds and parts together, or the code of what does not agree."""
    value, over, under = (given.get(role) for role in ("value", "numerator", "denominator"))
    exact = all(one is None or one.qualifier == "exact" for one in (over, under))
    if not exact or (value is None and (over is None or under is None)):
        return "parts_incomplete"
    fields: dict[str, object] = {"qualifier": "exact"}
    if over is not None and over.value is not None:
        fields["numerator"] = over.value
    if under is not None and under.value is not None:
        fields["denominator"] = under.value
    share = math.nan
    if "numerator" in fields and "denominator" in fields:
        top, whole = float(str(fields["numerator"])), float(str(fields["denominator"]))
        if whole == 0:
            return "denominator_zero"
        if card.type is Kind.PROPORTION and top > whole:
            return "numerator_above_denominator"
        share = top / whole
    if value is None or value.status != "reported":
        return fields | {"value": share}
    if (
        value.value is not None
        and not math.isnan(share)
        and abs(value.value - share) > ROUNDING * max(1, share)
    ):
        return "share_differs"
    bounds = {"lower": value.lower, "upper": value.upper, "qualifier": value.qualifier, "value": value.value}
    return fields | {name: one for name, one in bounds.items() if one is not None}


def _read_once(card: Indicator, cells: Cells) -> Figure:
    """A deliverable or a text: its stage, the day, what it is called or says."""
    noted: list[tuple[str, str]] = []
    day = ""
    if "date" in cells:
        cell = cells["date"]
        found = parse_date(cell.value, kind=cell.kind, number_format=cell.number_format)
        day = found.date
        noted += [("date", code) for code in found.codes]
    stage, said, codes = _stage_of(card, cells, day)
    if not stage and not said:
        return Figure({}, codes)
    noted += [("stage" if "stage" in cells else "value", code) for code in codes]
    text = _text(cells, "document")
    if card.type is Kind.TEXT and not text:
        text = _text(cells, "value")
    absent = said or ("reported" if stage else "")
    reason = read_reason(_text(cells, "reason")) if stage != "delivered" else ""
    fields = {"stage": stage, "date": day, "text": text, "status": absent, "reason": reason}
    return Figure({**fields, "remark": _remark(cells)}, noted=tuple(noted))


def _stage_of(card: Indicator, cells: Cells, day: str) -> tuple[str, str, tuple[str, ...]]:
    """Stage, or the status said in its place, and codes; the column of stages counts before that of values."""
    role = next((name for name in ("stage", "value") if name in cells), "")
    if role:
        return _stage_in(card, cells[role], is_value=role == "value")
    if day:
        return "delivered", "", ("stage_from_date",)
    if card.type is Kind.TEXT and _text(cells, "document"):
        return "delivered", "", ()
    return "", "", ("stage_unclear",)


def _stage_in(card: Indicator, cell: RawCell, *, is_value: bool) -> tuple[str, str, tuple[str, ...]]:
    text = text_of(cell.value)
    code, stage, said = _absent_code(cell), read_stage(text), read_status(text)
    if code or stage:
        return ("" if code else stage), "", ((code,) if code else ())
    if said:
        return "", said[0], said[1]
    if card.type is Kind.TEXT:
        return "delivered", "", ()
    if is_value and text.isdigit():
        return ("delivered" if int(text) else "not_started"), "", ("stage_from_number",)
    return "", "", ("stage_unclear",)


def _absent_code(cell: RawCell) -> str:
    return {"formula": "formula_without_value", "error": "excel_error"}.get(cell.kind, "")


def _text(cells: Cells, role: str) -> str:
    return text_of(cells[role].value) if role in cells else ""


def _remark(cells: Cells, *notes: str) -> str:
    parts = [_text(cells, "remark"), _text(cells, "reason"), *notes]
    return "; ".join(dict.fromkeys(part for part in parts if part))
