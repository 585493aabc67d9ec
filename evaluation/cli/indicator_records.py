"""The records of ``snitp indicators``."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from evaluation.core.results import Result
from evaluation.strategy.asked import year_of
from evaluation.strategy.ledger import load_ledger

if TYPE_CHECKING:
    from evaluation.cli.monitoring_inputs import Inputs

Line = Mapping[Any, Any]
Key = tuple[str, str]


def indicator_records(
    inputs: "Inputs", *, wanted: frozenset[str] | None = None, year: int | None = None
) -> list[dict[str, Any]]:
    """One record per indicator and year, deliverables with the window in which they fall due."""
    from evaluation.analysis.monitoring.change import starting_values
    from evaluation.analysis.monitoring.values import annual_values

    values = annual_values(
        inputs.plan,
        inputs.observations,
        asked=inputs.asked,
        years=inputs.years,
        definitions=inputs.definitions,
    )
    starting = {str(line["measure"]): line for line, _words in _lines(starting_values(values))}
    changed = _changes(values, inputs)
    baselines = _baselines(inputs)
    places = _known_places(inputs)
    sources = [{"file": one.file, "digest": one.digest} for one in inputs.observations.sources]
    records = []
    for line, words in [*_lines(values), *_deliverables(inputs)]:
        name = str(words["indicator"])
        if (wanted is not None and name not in wanted) or (
            year is not None and str(line["period"]) != str(year) and not words.get("state_key")
        ):
            continue
        first = starting.get(str(line["measure"]))
        records.append(
            _record(line, words)
            | {
                "change": changed.get((str(line["measure"]), str(line["period"]))),
                "baseline": baselines[name],
                "starting_value": None
                if first is None
                else {"year": int(first["period"]), "value": _number(first["estimate"])},
                "provenance": _places(str(words["source_rows"]), places) | {"sources": sources},
                "synthetic": inputs.observations.synthetic,
            }
        )
    order = {card.id: place for place, card in enumerate(_cards(inputs))}
    return sorted(records, key=lambda one: (order[one["indicator"]], one["period"]))


def _cards(inputs: "Inputs") -> list[Any]:
    return [card for measure in inputs.plan.measures for card in measure.indicators]


def _record(line: Line, words: Line) -> dict[str, Any]:
    value, low = _number(line["estimate"]), _number(line["ci_low"])
    state = _both(words, "state") if words.get("state_key") else None
    return {
        "id": str(line["measure"]),
        "indicator": str(words["indicator"]),
        "name": _both(words, "name"),
        "measure": str(words["code"]),
        "period": str(line["period"]),
        "unit": _both(words, "unit"),
        "direction": str(words["direction_key"]),
        "quantity": str(line["quantity"]),
        "value": value,
        "interval": None
        if low is None
        else {"low": low, "high": _number(line["ci_high"]), "level": _number(line["ci_level"])},
        "numerator": _number(line["numerator"]),
        "denominator": _number(line["denominator"]),
        "method": str(line["method"]),
        "status": str(line["status"]),
        "reason": _both(words, "reason") if words.get("reason_key") else None,
        "state": state,
        "answered": int(words["answered"]),
        "asked": int(words["asked"]),
    }


def _known_places(inputs: "Inputs") -> dict[str, dict[str, str]]:
    """Every cell of the returns by its place as printed; the file with the folder of its year."""
    from evaluation.analysis.monitoring._rows import places_of

    table = inputs.observations.table[["year", "file", "sheet", "cell"]]
    alone = places_of(table.assign(sheet="", cell=""))
    return {
        place: {"file": file, "sheet": sheet, "cell": cell}
        for place, file, sheet, cell in zip(
            places_of(table), alone, table["sheet"], table["cell"], strict=True
        )
    }


def _places(rows: str, known: Mapping[str, dict[str, str]]) -> dict[str, Any]:
    """The cells behind a value, and how many more there are than are named.

    >>> _places("a.csv C7; b.csv C2; +2", {"a.csv C7": {"file": "a.csv", "sheet": "", "cell": "C7"}})["more"]
    2
    """
    named = [one for one in rows.split("; ") if one]
    more = int(named.pop()[1:]) if named and named[-1].startswith("+") else 0
    cells = [known.get(one, {"file": one, "sheet": "", "cell": ""}) for one in named]
    return {"cells": cells, "more": more}


def _changes(values: Result, inputs: "Inputs") -> dict[Key, dict[str, Any]]:
    """The change from the year before, by indicator and later year."""
    from evaluation.analysis.monitoring.change import changes
    from evaluation.intake.returns.breaks import load_breaks
    from evaluation.strategy.periods import Break

    breaks: list[Break] = [*load_breaks(inputs.project.returns), *inputs.joined.breaks]
    found: dict[Key, dict[str, Any]] = {}
    for last in inputs.years:
        if last - 1 not in inputs.years:
            continue
        result = changes(values, first=last - 1, last=last, definitions=inputs.definitions, breaks=breaks)
        for line, words in _lines(result):
            low = _number(line["ci_low"])
            found[str(line["measure"]), str(last)] = {
                "from": last - 1,
                "quantity": str(line["quantity"]),
                "value": _number(line["estimate"]),
                "low": low,
                "high": _number(line["ci_high"]),
                "reading_key": str(line["level"]),
                "reading": _both(words, "reading"),
                "reason": _both(words, "reason") if words["reason_key"] else None,
                "note": _both(words, "note"),
            }
    return found


def _deliverables(inputs: "Inputs") -> list[tuple[Line, Line]]:
    """Deliverables whose window has ended by the last year of the returns, or about which something was said."""
    from evaluation.analysis.monitoring.deliverables import deliverable_states

    last = max(inputs.years)
    states = deliverable_states(
        inputs.plan,
        inputs.observations,
        cutoff=date(last, 12, 31),
        definitions=inputs.definitions,
        closings=inputs.joined.closings,
    )
    return [
        (line, words)
        for line, words in _lines(states)
        if year_of(str(line["period"])) <= last or words["answered"] != "0"
    ]


def _baselines(inputs: "Inputs") -> dict[str, dict[str, Any]]:
    from evaluation.analysis.monitoring.change import baselines_of

    listing = baselines_of(inputs.plan, load_ledger(), definitions=inputs.definitions, sources=())
    return {
        str(one["indicator"]): {
            "status": "linked" if one["link_key"] == "linked" else "undefined",
            "ledger": None if one["ledger"] == "–" else str(one["ledger"]),
            "printed": None if one["printed"] == "–" else str(one["printed"]),
            "why": _both(one, "why"),
            "limits": _both(one, "limits"),
        }
        for one in listing.texts.to_dict("records")
    }


def _lines(result: Result) -> list[tuple[Line, Line]]:
    assert result.texts is not None
    return list(zip(result.table.to_dict("records"), result.texts.to_dict("records"), strict=True))


def _both(words: Line, field: str) -> dict[str, str]:
    return {"ro": str(words[f"{field}.ro"]), "en": str(words[f"{field}.en"])}


def _number(value: Any) -> float | int | None:
    """A finite number, whole where it is; JSON knows no other."""
    number = float(value)
    if number != number or number in (float("inf"), float("-inf")):
        return None
    return int(number) if number.is_integer() else number
