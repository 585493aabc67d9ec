"""Data beside the returns that the workbench needs: county components, target groups, codings, the internet chain."""

import csv
import math
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from evaluation.core.errors import IntakeError
from evaluation.core.project import Project
from evaluation.core.provenance import Provenance, Source, digest_file
from evaluation.strategy.counties import load_counties
from evaluation.strategy.definitions import Role, load_definitions

if TYPE_CHECKING:
    import pandas as pd

POPULATION = "population"
MARK = "DATE_SINTETICE.yaml"
METHOD = "context data, read strictly"
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "county_components": ("county", "component", "period", "value"),
    "target_groups": ("county", "period", "low", "high"),
    "analyst_codings": ("definition", "unit", "analyst", "value"),
    "internet_chain": ("link", "period", "numerator", "denominator"),
}
NUMBERS = ("value", "low", "high", "numerator", "denominator")
WHOLE = ("low", "high", "numerator", "denominator")
ORDERED = (("low", "high"), ("numerator", "denominator"))
_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?")
_YEAR = re.compile(r"20\d{2}", re.ASCII)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Context:
    """The four tables; ``row`` is the line in the file and an empty number means not collected.

    A file that is missing gives an empty table and has no source. ``synthetic`` says that the data are
    invented, so nothing computed from them can be accepted.
    """

    county_components: "pd.DataFrame"
    target_groups: "pd.DataFrame"
    analyst_codings: "pd.DataFrame"
    internet_chain: "pd.DataFrame"
    sources: Mapping[str, Source] = field(default_factory=dict)
    synthetic: bool = False

    def __repr__(self) -> str:
        return f"Context({', '.join(self.sources)}, not released)"

    def of_period(self, period: str) -> "Context":
        """The same tables with the rows of one year; codings have no year and stay whole."""
        chosen = {
            name: table[table["period"] == period].reset_index(drop=True)
            for name in COLUMNS
            if "period" in (table := getattr(self, name))
        }
        return replace(self, **chosen)

    def provenance(self, name: str) -> Provenance:
        """The origin of one table: rows in, rows with numbers, rows without."""
        table: pd.DataFrame = getattr(self, name)
        empty = int(table[[one for one in COLUMNS[name] if one in NUMBERS]].isna().any(axis=1).sum())
        return Provenance(
            sources=(self.sources[name],) if name in self.sources else (),
            method=METHOD,
            rows_in=len(table),
            rows_used=len(table) - empty,
            excluded={"not collected": empty} if empty else {},
            synthetic=self.synthetic,
        )


def load_latest_context(project: Project) -> tuple[Context, int]:
    """The tables of the latest year that any of them has, and that year; 0 when nothing was collected."""
    context = load_context(project)
    dated = [name for name, columns in COLUMNS.items() if "period" in columns]
    periods = {str(one) for name in dated for one in getattr(context, name)["period"]}
    latest = max(periods, default="")
    return (context.of_period(latest), int(latest)) if latest else (context, 0)


def load_context(project: Project | Path) -> Context:
    """The context tables of a project (or of a folder); every fault of a file is told in one message.

    Nothing is repaired and no value is repeated in a message: a line, a column and a remedy are.
    """
    folder = project if isinstance(project, Path) else project.returns.parent / "context"
    known = _known()
    tables, sources = {}, {}
    for name, columns in COLUMNS.items():
        file = folder / f"{name}.csv"
        rows = _read(file, columns) if file.is_file() else {}
        _check(file.name, rows, columns, known=known)
        tables[name] = _typed(rows, columns)
        if rows:
            shown = project.relative(file) if isinstance(project, Project) else file.name
            sources[name] = Source(shown, digest_file(file), rows=f"2-{max(rows)}")
    marks = (folder / MARK, folder.parent / MARK, folder.parent / "returns" / MARK)
    return Context(**tables, sources=sources, synthetic=any(mark.is_file() for mark in marks))


def _known() -> dict[str, frozenset[str]]:
    definitions = load_definitions()
    return {
        "county": frozenset(county.id for county in load_counties()),
        "component": frozenset(
            part.id for one in definitions for part in one.components if part.role is Role.TERM
        )
        | {POPULATION},
        "definition": frozenset(one.id for one in definitions),
        "link": frozenset(
            part.id for one in definitions for part in one.components if part.role in (Role.BASE, Role.LINK)
        ),
    }


def _read(file: Path, columns: tuple[str, ...]) -> dict[int, dict[str, str]]:
    """Rows by their line in the file; the header and the number of cells must be exact."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as handle:
            reader = csv.reader(handle, strict=True)
            header = tuple(next(reader, []))
            lines = dict(enumerate(reader, start=2))
    except (UnicodeDecodeError, csv.Error):
        raise IntakeError(
            f"{file.name}: not a comma-separated file in UTF-8; save it again as CSV UTF-8."
        ) from None
    if header != columns:
        raise IntakeError(f"{file.name}, line 1: the columns must be {', '.join(columns)}, in this order.")
    uneven = [number for number, cells in lines.items() if len(cells) != len(columns)]
    if uneven:
        raise IntakeError(f"{file.name}, line {uneven[0]}: not {len(columns)} cells; correct the line.")
    return {number: dict(zip(columns, cells, strict=True)) for number, cells in lines.items()}


def _check(
    file: str,
    rows: Mapping[int, Mapping[str, str]],
    columns: tuple[str, ...],
    *,
    known: Mapping[str, frozenset[str]],
) -> None:
    keys = [name for name in columns if name not in NUMBERS]
    times = Counter(tuple(row[name] for name in keys) for row in rows.values())
    problems = []
    for line, row in rows.items():
        faults = [text for name in columns if (text := _cell_fault(name, row[name], known=known))]
        if times[tuple(row[name] for name in keys)] > 1:
            faults.append(f"{', '.join(keys)}: given twice; keep one row.")
        faults += _pair_faults(row) if not faults else []
        problems += [f"{file}, line {line}, {text}" for text in faults]
    if problems:
        raise IntakeError("\n".join(problems))


def _cell_fault(name: str, text: str, *, known: Mapping[str, frozenset[str]]) -> str:
    """What is wrong with one cell, or nothing; an empty number is allowed."""
    if name in known:
        return "" if text in known[name] else f"{name}: not a known id; see the definition files."
    if name == "period":
        return "" if _YEAR.fullmatch(text) else "period: not a year; write its four digits."
    if name in NUMBERS:
        return _number_fault(name, text)
    return "" if text.strip() == text and text else f"{name}: empty or with spaces around; correct it."


def _number_fault(name: str, text: str) -> str:
    if text and not _NUMBER.fullmatch(text):
        return f"{name}: not a plain number (decimal point, no separators); correct it or leave it empty."
    if text and float(text) < 0:
        return f"{name}: below zero; correct it."
    if text and name in WHOLE and not float(text).is_integer():
        return f"{name}: not a whole number; correct it."
    return ""


def _pair_faults(row: Mapping[str, str]) -> list[str]:
    """Low and high, numerator and denominator: both or none, the first at most the second."""
    faults = []
    for first, second in ORDERED:
        one, two = row.get(first, ""), row.get(second, "")
        if bool(one) != bool(two):
            faults.append(f"{first} and {second}: one of them is empty; give both or none.")
        elif one and float(one) > float(two):
            faults.append(f"{first}: above {second}; correct the row.")
    return faults


def _typed(rows: Mapping[int, Mapping[str, str]], columns: tuple[str, ...]) -> "pd.DataFrame":
    import pandas as pd

    typed = [
        {"row": line}
        | {
            name: (float(text) if text else math.nan) if name in NUMBERS else text
            for name, text in row.items()
        }
        for line, row in rows.items()
    ]
    table = pd.DataFrame(typed, columns=["row", *columns])
    kinds = {name: "float64" if name in NUMBERS else "str" for name in columns}
    return table.astype({"row": "int64", **kinds})
