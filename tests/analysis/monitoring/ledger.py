"""A small plan and ledgers typed inside the tests; what a row does not say is filled in."""

from functools import cache
from typing import Any

import pandas as pd

from evaluation.analysis.monitoring.asking import asked_table
from evaluation.analysis.monitoring.definitions import Definitions, load_definitions
from evaluation.core.observations import (
    CORRECTION_COLUMNS,
    DELIVERY_COLUMNS,
    MEASURE_COLUMNS,
    OBSERVATION_COLUMNS,
    Observations,
    make_ledger,
)
from evaluation.core.provenance import Source
from evaluation.strategy.institutions import Registry, load_registry
from evaluation.strategy.plan import Plan, load_plan
from evaluation.strategy.request import RequestRules, load_request_rules

SOURCES = (Source("data_raw/example/returns/2025", "0" * 64),)
STATES = {"state": "current"}


@cache
def real_plan() -> Plan:
    return load_plan()


@cache
def registry() -> Registry:
    return load_registry()


@cache
def rules() -> RequestRules:
    return load_request_rules()


@cache
def definitions() -> Definitions:
    return load_definitions()


@cache
def asked(*years: int) -> pd.DataFrame:
    """What the plan asks for these years."""
    return asked_table(real_plan(), registry(), rules(), years=years)


def ledger(text: str = "", *, measures: str = "", deliveries: str = "") -> Observations:
    """Observations from lines with bars; period is the year and status reported unless a column says otherwise."""
    rows = [_filled(row, number) for number, row in enumerate(_rows(text))]
    stages = [{"file": f"{row.get('institution', '')}.xlsx", **STATES, **row} for row in _rows(measures)]
    received = [{"state": "accepted", "form": "kit", **row} for row in _rows(deliveries)]
    return Observations(
        make_ledger(rows, OBSERVATION_COLUMNS),
        make_ledger(stages, MEASURE_COLUMNS),
        make_ledger(received, DELIVERY_COLUMNS),
        make_ledger([], CORRECTION_COLUMNS),
        SOURCES,
        synthetic=True,
    )


def line(result: Any, measure: str, **where: str) -> pd.Series:
    """The one row of a result with this measure."""
    chosen = result.table[result.table["measure"] == measure]
    for name, value in where.items():
        chosen = chosen[chosen[name] == value]
    assert len(chosen) == 1, f"{measure} {where}: {len(chosen)} rows"
    return chosen.iloc[0]


def words(result: Any, row: pd.Series) -> pd.Series:
    """The texts of that row."""
    return result.texts.loc[row.name]


def _rows(text: str) -> list[dict[str, object]]:
    lines = [one.strip().strip("|").split("|") for one in text.strip().splitlines() if one.strip()]
    if not lines:
        return []
    header, *body = [[cell.strip() for cell in one] for one in lines]
    return [{name: cell for name, cell in zip(header, one, strict=True) if cell} for one in body]


def _filled(row: dict[str, object], number: int) -> dict[str, object]:
    given = {
        "observation": str(number),
        "period": row["year"],
        "status": "reported",
        "qualifier": "exact",
        "file": f"{row['institution']}.xlsx",
        "sheet": "Indicatori",
        "cell": f"H{number + 1}",
        **STATES,
    }
    return given | row
