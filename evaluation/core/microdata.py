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
