"""Published secondary figures: strict reading of the series and of the list of sources."""

import csv
import math
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evaluation.core.errors import IntakeError
from evaluation.core.project import Project
from evaluation.core.provenance import Provenance, Source, digest_file
from evaluation.intake.secondary_definitions import MeasureCard, Rules, ValueKind, load_measures, load_rules

if TYPE_CHECKING:
    import pandas as pd

SERIES_COLUMNS = (
    "source_id",
    "country",
    "year",
    "measure",
    "value",
    "unit",
    "flags",
    "note_ro",
    "note_en",
    "retrieved_from",
    "publication_year",
)
SOURCE_COLUMNS = (
    "source_id",
    "title",
    "publisher",
    "relays",
    "publication_year",
    "url",
    "kind",
    "note_ro",
    "note_en",
)
KINDS = ("government", "international organisation", "NGO", "press", "other")
FLAGS = frozenset(
    (
        "rounded",
        "approximate",
        "lower_bound",
        "broadcast",
        "ambiguous",
        "unattributed",
        "not_a_total",
        "provisional",
        "estimated",
        "first_release",
        "revised",
        "quotation",
    )
)
YEARS = range(2000, 2031)
METHOD = "published secondary figures, read strictly"
_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?")

Row = dict[str, str]
Fault = tuple[str, str]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class SecondarySeries:
    """The published figures with their sources and definitions.

    ``table`` has one row per figure (``row`` is the line in the file, ``flags`` a tuple of words); ``figures``
    holds the same rows by (measure, year), in the order of the file;
    ``sources`` is indexed by source id; ``problems`` says what was left out and why.
    """

    table: "pd.DataFrame"
    figures: Mapping[tuple[str, int], tuple[Mapping[str, Any], ...]]
    sources: "pd.DataFrame"
    provenance: Provenance
    measures: Mapping[str, MeasureCard]
    rules: Rules
    problems: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return f"SecondarySeries({len(self.table)} figures, {len(self.sources)} sources)"


def load_series(place: Project | Path, *, reject_rows: bool = False) -> SecondarySeries:
    """The secondary series of a project (or of a folder with series.csv and sources.csv).

    Nothing is repaired. By default the first faulty file stops with all its problems in one message; with
    ``reject_rows`` faulty rows are left out, listed in ``problems`` and counted in the provenance.
    """
    import pandas as pd

    folder = _folder(place)
    file = folder / "series.csv"
    sources, measures = load_sources(place), load_measures()
    rows = _read(file, SERIES_COLUMNS)
    faults = _series_faults(rows, known=frozenset(map(str, sources.index)), measures=measures)
    problems = tuple(f"{file.name}, line {line}: {text}" for line, (_, text) in sorted(faults.items()))
    if problems and not reject_rows:
        raise IntakeError("\n".join(problems))
    kept = {line: row for line, row in rows.items() if line not in faults}
    typed = [_typed(line, row) for line, row in kept.items()]
    figures: dict[tuple[str, int], tuple[Mapping[str, Any], ...]] = {}
    for figure in typed:
        key = (figure["measure"], figure["year"])
        figures[key] = (*figures.get(key, ()), figure)
    provenance = Provenance(
        sources=(
            Source(_shown(file, place), digest_file(file), rows=f"2-{max(rows, default=2)}"),
            Source(_shown(folder / "sources.csv", place), digest_file(folder / "sources.csv")),
        ),
        method=METHOD,
        rows_in=len(rows),
        rows_used=len(kept),
        excluded=Counter(reason for reason, _ in faults.values()),
    )
    return SecondarySeries(
        pd.DataFrame(typed), figures, sources, provenance, measures, load_rules(), problems
    )


def load_sources(place: Project | Path) -> "pd.DataFrame":
    """The documents that the figures were read in, indexed by source id, all texts as written."""
    import pandas as pd

    file = _folder(place) / "sources.csv"
    rows = _read(file, SOURCE_COLUMNS)
    times = Counter(row["source_id"] for row in rows.values())
    problems = []
    for line, row in rows.items():
        text = _source_fault(row, repeated=times[row["source_id"]] > 1)
        if text:
            problems.append(f"{file.name}, line {line}: {text}")
    if problems:
        raise IntakeError("\n".join(problems))
    return pd.DataFrame(list(rows.values()), columns=list(SOURCE_COLUMNS)).set_index("source_id")


def _folder(place: Project | Path) -> Path:
    return place.data_raw / "secondary" if isinstance(place, Project) else place


def _shown(file: Path, place: Project | Path) -> str:
    return place.relative(file) if isinstance(place, Project) else file.name


def _read(file: Path, columns: tuple[str, ...]) -> dict[int, Row]:
    """Rows by their number in the file, the header being 1; the header and the number of cells must be exact."""
    if not file.is_file():
        raise IntakeError(f"{file.name}: the file is missing; restore it from the kit's repository.")
    try:
        with file.open(encoding="utf-8", newline="") as handle:
            reader = csv.reader(handle, strict=True)
            header = next(reader, [])
            lines = dict(enumerate(reader, start=2))
    except (UnicodeDecodeError, csv.Error):
        raise IntakeError(
            f"{file.name}: not a comma-separated file in UTF-8; save it again as CSV UTF-8."
        ) from None
    if tuple(header) != columns:
        raise IntakeError(f"{file.name}, line 1: the columns must be {', '.join(columns)}, in this order.")
    for number, cells in lines.items():
        if len(cells) != len(columns):
            raise IntakeError(
                f"{file.name}, line {number}: {len(cells)} cells where {len(columns)} are expected; "
                "put texts that hold a comma in double quotes."
            )
    return {number: dict(zip(columns, cells, strict=True)) for number, cells in lines.items()}


def _series_faults(
    rows: Mapping[int, Row], *, known: frozenset[str], measures: Mapping[str, MeasureCard]
) -> dict[int, Fault]:
    """The first fault of each faulty row: a short reason for the count, and a sentence."""
    keys = Counter((row["source_id"], row["measure"], row["year"]) for row in rows.values())
    faults: dict[int, Fault] = {}
    for line, row in rows.items():
        if keys[row["source_id"], row["measure"], row["year"]] > 1:
            fault: Fault | None = ("duplicate key", "source, measure and year are given twice; keep one row.")
        else:
            fault = _row_fault(row, known=known, card=measures.get(row["measure"]))
        if fault:
            faults[line] = fault
    return faults


def _row_fault(row: Row, *, known: frozenset[str], card: MeasureCard | None) -> Fault | None:
    if card is None:
        return (
            "unknown measure",
            "measure has no entry in secondary_measures.yaml; add it or correct the name.",
        )
    value = row["value"]
    number = float(value) if _NUMBER.fullmatch(value) else math.nan
    published = row["publication_year"]
    years = f"{YEARS.start} to {YEARS.stop - 1}"
    rules = (
        (
            row["source_id"] in known,
            "unknown source",
            "source_id is not in sources.csv; add it or correct it.",
        ),
        (row["country"] == "RO", "other country", "country is not RO; this series holds Romania only."),
        (_is_year(row["year"]), "year", f"year is not a whole year from {years}; correct it."),
        (not published or _is_year(published), "publication year", f"publication_year is not from {years}."),
        (
            row["unit"] == card.unit,
            "unit",
            "unit is unknown or not the measure's; see secondary_measures.yaml.",
        ),
        (set(_flags(row)) <= FLAGS, "flag", f"flags holds an unknown word; use {', '.join(sorted(FLAGS))}."),
        (
            bool(row["note_ro"]) == bool(row["note_en"]),
            "note",
            "the note lacks a language; write both or none.",
        ),
        (
            not math.isnan(number),
            "not a number",
            "value is not a plain number (decimal point, no separators).",
        ),
        (not number < 0, "negative", "value is below zero; correct it."),
        (card.kind != ValueKind.COUNT or number.is_integer(), "count not whole", "a count must be whole."),
        (card.kind != ValueKind.PERCENT or number <= 100, "share above 100", "a share lies from 0 to 100."),
    )
    return next(((reason, text) for holds, reason, text in rules if not holds), None)


def _source_fault(row: Row, *, repeated: bool) -> str:
    published, url = row["publication_year"], row["url"]
    rules = (
        (
            bool(row["source_id"]) and not repeated,
            "source_id is empty or given twice; each document has its own.",
        ),
        (
            bool(row["title"] and row["publisher"]),
            "title or publisher is empty; it cannot be cited like that.",
        ),
        (row["kind"] in KINDS, f"kind is unknown; use {', '.join(KINDS)}."),
        (
            not published or _is_year(published),
            "publication_year is not a year; correct it or leave it empty.",
        ),
        (not url or url.startswith(("https://", "http://")), "url does not begin with https://; correct it."),
        (bool(row["note_ro"]) == bool(row["note_en"]), "the note lacks a language; write both or none."),
    )
    return next((text for holds, text in rules if not holds), "")


def _is_year(text: str) -> bool:
    return re.fullmatch(r"\d{4}", text, re.ASCII) is not None and int(text) in YEARS


def _flags(row: Row) -> tuple[str, ...]:
    return tuple(flag for flag in row["flags"].split(";") if flag)


def _typed(line: int, row: Row) -> dict[str, Any]:
    return {
        "row": line,
        "source_id": row["source_id"],
        "year": int(row["year"]),
        "measure": row["measure"],
        "value": float(row["value"]),
        "unit": row["unit"],
        "flags": _flags(row),
        "note.ro": row["note_ro"],
        "note.en": row["note_en"],
        "retrieved_from": row["retrieved_from"],
        "publication_year": int(row["publication_year"]) if row["publication_year"] else 0,
    }
