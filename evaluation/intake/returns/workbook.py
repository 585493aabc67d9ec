"""The request workbook: what an institution is asked for a year, to be filled in and sent back."""

from collections.abc import Mapping
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from evaluation.intake.returns.entries import (
    Answer,
    Request,
    check_answers,
    deliverable_entries,
    indicator_entries,
    measure_entries,
    undated,
)
from evaluation.intake.returns.front import write_english, write_front, write_kit
from evaluation.intake.returns.layout import Key
from evaluation.intake.returns.painting import Pen
from evaluation.intake.returns.sheets import write_counties, write_table
from evaluation.strategy.institutions import Registry
from evaluation.strategy.plan import Plan
from evaluation.strategy.request import RequestRules

if TYPE_CHECKING:
    import pandas as pd

TEXT_ONLY = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def write_request(
    path: Path,
    plan: Plan,
    registry: Registry,
    rules: RequestRules,
    *,
    institution: str,
    year: int,
    previous: "pd.DataFrame | None" = None,
    answers: Mapping[str, Answer] | None = None,
    measure_answers: Mapping[str, Answer] | None = None,
    synthetic: bool = False,
) -> None:
    """Write the workbook of an institution; equal input gives equal bytes.

    ``previous`` is the table of a ledger of observations: the current rows of the year before are shown
    as what was reported earlier. ``answers`` fills the workbook in, by the keys of ``strategy.asked``; an
    open breakdown takes the institution's own category as level. An answer has some of ``value``,
    ``numerator``, ``denominator``, ``qualifier``, ``stage``, ``date``, ``text``, ``source``, ``remark``,
    ``status`` and ``reason``; what is absent stays empty. With a qualifier other than ``exact`` the value is
    the bound in words (5 and ``less_than`` become "<5"); a value that is a text is written as it is.
    """
    request = Request(
        plan=plan,
        registry=registry,
        rules=rules,
        institution=institution,
        year=year,
        previous=earlier_rows(previous, institution=institution, year=year),
        answers=answers or {},
        measure_answers=measure_answers or {},
        synthetic=synthetic,
    )
    check_answers(request)
    path.write_bytes(make_request(request))


def make_request(request: Request) -> bytes:
    """The workbook as bytes."""
    from xlsxwriter import Workbook

    buffer = BytesIO()
    workbook = Workbook(buffer, {"in_memory": True, **TEXT_ONLY})
    title = f"SNITP {request.year}: {request.registry.label(request.institution)}"
    stamp = datetime(request.year + 1, 1, 1, tzinfo=UTC).replace(tzinfo=None)
    workbook.set_properties({"title": title, "author": "ANITP", "created": stamp})
    pen = Pen(workbook, request)
    write_front(pen)
    write_table(pen, "indicators", indicator_entries(request))
    write_table(pen, "deliverables", deliverable_entries(request))
    write_table(pen, "measures", measure_entries(request))
    write_counties(pen)
    write_english(pen)
    write_kit(pen)
    workbook.close()
    return buffer.getvalue()


def earlier_rows(
    table: "pd.DataFrame | None", *, institution: str, year: int
) -> dict[str, Mapping[str, object]]:
    """The current rows of the year before, by the key of the question without its year."""
    if table is None:
        return {}
    mine = table[
        (table["institution"] == institution) & (table["year"] == year - 1) & (table["state"] == "current")
    ]
    rows: dict[str, Mapping[str, object]] = {}
    for row in mine.to_dict("records"):
        parts = (
            str(row[name]) for name in ("indicator", "period", "institution", "county", "group", "level")
        )
        rows[undated(str(Key(*parts)))] = {str(name): value for name, value in row.items()}
    return rows
