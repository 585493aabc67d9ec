"""Answers of people on their way from intake to analysis: what they hold is never printed."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from evaluation.core.provenance import Provenance

if TYPE_CHECKING:
    import pandas as pd

SHEET_COLUMNS = ("session", "sheet", "occasion", "form", "link")
OCCASIONS = ("pre", "post")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Microdata:
    """Tidy answers of one instrument: a row a sheet, a column an item, after pseudonyms and consent.

    ``table`` begins with ``SHEET_COLUMNS``: the session, the number of the sheet in it, the occasion (``pre`` or
    ``post``), the form (``A`` or ``B``) and ``link``, the same text on the two sheets of one person and empty
    where no link was made. Every other column is an item: the letter of the choice, or empty. Open answers are
    not here; they are coded apart.
    """

    instrument: str
    version: str
    table: "pd.DataFrame"
    provenance: Provenance

    def __repr__(self) -> str:
        return f"Microdata({self.instrument!r}, {len(self.table)} rows, not shown)"


WAVE_COLUMNS = ("person", "wave", "months", "language", "collector", "sex", "age_group", "exploitation")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ForAnalysis:
    """Answers of people who consented to analysis; only intake makes one, and analysis of feedback takes nothing else.

    ``table`` begins with ``WAVE_COLUMNS``: ``person`` is a pseudonym, ``wave`` one of inclusion, month_3, month_6,
    month_12, exit, ``months`` the time since inclusion (a number, not a date), then who collected and the facts of the
    group, empty where not recorded. Every other column is a rating or choice item: the step or choice, ``na``, ``pn``,
    or empty where the item was left out. Answers in own words are not here.
    """

    instrument: str
    version: str
    table: "pd.DataFrame"
    provenance: Provenance

    def __repr__(self) -> str:
        return f"ForAnalysis({self.instrument!r}, {len(self.table)} rows, not shown)"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ForQuotation:
    """Screened answers in own words of people who consented to quotation: person, wave, item, language, text."""

    instrument: str
    version: str
    table: "pd.DataFrame"
    provenance: Provenance

    def __repr__(self) -> str:
        return f"ForQuotation({self.instrument!r}, {len(self.table)} answers, not shown)"
