"""Small definitions and tables for the tests of the workbench."""

from collections.abc import Mapping

import pandas as pd

from evaluation.core.provenance import Provenance, Source
from evaluation.core.results import Result
from evaluation.strategy.definitions import IndicatorDefinition, get_definition

ORIGIN = Provenance((Source("tests/table", "0"),), "typed in the test", 0, 0)


def index_of(
    weights: Mapping[str, float], *, most_missing: int = 1, kind: str = "percent_rank"
) -> IndicatorDefinition:
    """The definition of the vulnerability index with other components."""
    real = get_definition("WB-4.1.8-3")
    parts = tuple(
        real.components[0].model_copy(update={"id": name, "weight": weight})
        for name, weight in weights.items()
    )
    rule = real.missing_rule.model_copy(update={"most_missing": most_missing})
    scale = real.scale.model_copy(update={"kind": kind})
    return real.model_copy(update={"components": parts, "missing_rule": rule, "scale": scale})


def long(columns: Mapping[str, Mapping[str, float | None]]) -> pd.DataFrame:
    """Component -> county -> value as a table with a line for each cell."""
    rows = [(county, name, value) for name, values in columns.items() for county, value in values.items()]
    table = pd.DataFrame(rows, columns=["county", "component", "value"])
    table["value"] = table["value"].astype("float64")
    table["row"] = range(2, len(table) + 2)
    return table


def row_of(result: Result, **labels: str) -> "pd.Series":
    """The one row with these labels."""
    table = result.table
    for name, wanted in labels.items():
        table = table[table[name] == wanted]
    assert len(table) == 1, labels
    return table.iloc[0]


def estimates(result: Result, **labels: str) -> dict[str, float]:
    """Level -> estimate of the rows with these labels."""
    table = result.table
    for name, wanted in labels.items():
        table = table[table[name] == wanted]
    return dict(zip(table["level"], table["estimate"], strict=True))
