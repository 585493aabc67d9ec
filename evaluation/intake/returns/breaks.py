"""Breaks in series: from when on an indicator is counted in another way, and why."""

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path

from evaluation.core.errors import IntakeError

BREAKS = "breaks.csv"
COLUMNS = ("indicator", "from_period", "kind", "note_ro", "note_en")
KINDS = ("definition", "law", "recording")
_PERIOD = re.compile(r"20\d\d(-(S[12]|Q[1-4]|0[1-9]|1[0-2]))?")


@dataclass(frozen=True, slots=True)
class SeriesBreak:
    """Figures of the indicator before and from ``from_period`` do not form one series."""

    indicator: str
    from_period: str
    kind: str
    note_ro: str
    note_en: str


def load_breaks(folder: Path) -> tuple[SeriesBreak, ...]:
    """The breaks listed in a folder of returns, by indicator and period; without a list there are none.

    A faulty line stops, because a break that is overlooked makes two series into one.
    """
    path = folder / BREAKS
    if not path.is_file():
        return ()
    try:
        rows = list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error):
        raise IntakeError(
            f"{BREAKS}: not a comma-separated file in UTF-8; save it again as CSV UTF-8."
        ) from None
    if not rows or tuple(rows[0]) != COLUMNS:
        raise IntakeError(f"{BREAKS}, line 1: the columns must be {', '.join(COLUMNS)}, in this order.")
    found = [_read(cells, number) for number, cells in enumerate(rows[1:], start=2) if any(cells)]
    return tuple(sorted(found, key=lambda one: (one.indicator, one.from_period, one.kind)))


def _read(cells: list[str], number: int) -> SeriesBreak:
    place = f"{BREAKS}, line {number}"
    if len(cells) != len(COLUMNS):
        raise IntakeError(
            f"{place}: {len(cells)} cells where {len(COLUMNS)} are expected; quote texts with commas."
        )
    one = SeriesBreak(*(cell.strip() for cell in cells))
    if not re.fullmatch(r"IND(\d\d)?-\d\.\d\.\d{1,2}-\d{1,2}", one.indicator):
        raise IntakeError(f"{place}: indicator is no code of the plan; write it like IND-1.1.1-1.")
    if not _PERIOD.fullmatch(one.from_period):
        raise IntakeError(f"{place}: from_period is no period; write 2025, 2025-S1, 2025-Q3 or 2025-03.")
    if one.kind not in KINDS:
        raise IntakeError(f"{place}: kind is unknown; use {', '.join(KINDS)}.")
    if not one.note_ro or not one.note_en:
        raise IntakeError(f"{place}: the note lacks a language; write both.")
    return one
