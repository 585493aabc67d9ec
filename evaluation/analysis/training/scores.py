"""Sheets scored with the key: right answers item by item, and each sheet's share of right answers."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from evaluation.core.errors import AnalysisError
from evaluation.core.microdata import SHEET_COLUMNS, Microdata
from evaluation.instruments.model import Instrument, ItemKind

if TYPE_CHECKING:
    import pandas as pd

LEAST_ANSWERED = 0.5
"""A sheet with less than half of its closed items answered is not scored."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Scored:
    """Scored sheets: ``people`` a row a sheet, ``items`` 1, 0 or missing in the same rows, and who was left out.

    ``people`` has session, sheet, occasion, form, link, answered (closed items answered), of (closed items of the
    form) and score (right / of, 0 to 1). ``items`` has a column a closed item: missing where the item is not on
    the form or was omitted. ``left_out`` counts sheets without a score by reason.
    """

    people: "pd.DataFrame"
    items: "pd.DataFrame"
    left_out: dict[str, int]

    def __repr__(self) -> str:
        return f"Scored({len(self.people)} sheets, not shown)"


def score_sheets(microdata: Microdata, instrument: Instrument) -> Scored:
    """Every sheet's share of right answers among the closed items of its form.

    An omitted item on a scored sheet counts as not known (0) in the score and is missing in ``items``, so that
    item statistics speak of those who answered. A sheet with fewer than half of its items answered has no score.

    >>> # a sheet with 9 of 12 right and 1 omitted has the score 9 / 12 = 0.75
    """
    if (microdata.instrument, microdata.version) != (instrument.name, instrument.about.version):
        raise AnalysisError(
            f"{microdata.instrument} {microdata.version}: answers of another questionnaire or version than the key's; "
            "score them with their own."
        )
    table = microdata.table
    names = [one.name for one in instrument.of_kind(ItemKind.CLOSED)]
    keys = np.array([instrument.key(name).correct for name in names])
    given = table[names].fillna("").to_numpy(dtype=str)
    asked = _asked(table["form"].to_numpy(dtype=str), names, instrument)
    answered = (given != "") & asked
    right = (given == keys) & answered
    of = asked.sum(axis=1)
    kept = (of > 0) & (answered.sum(axis=1) >= LEAST_ANSWERED * of)
    people = table.loc[kept, list(SHEET_COLUMNS)].copy()
    people["answered"] = answered.sum(axis=1)[kept]
    people["of"] = of[kept]
    people["score"] = right.sum(axis=1)[kept] / of[kept]
    items = np.where(answered, right.astype(float), np.nan)[kept]
    left_out = {"fewer than half of the items answered": int((~kept).sum())} if not kept.all() else {}
    return Scored(people, _frame(items, names, people), left_out)


def _asked(forms: np.ndarray, names: list[str], instrument: Instrument) -> np.ndarray:
    """Whether an item stands on the form of a sheet."""
    on = {
        form: np.isin(names, [one.name for one in instrument.of_kind(ItemKind.CLOSED, form)])
        for form in ("A", "B")
    }
    unknown = ~np.isin(forms, list(on))
    if unknown.any():
        raise AnalysisError(f"{int(unknown.sum())} sheet(s) have no form A or B; say which form was used.")
    return np.where((forms == "A")[:, None], on["A"], on["B"])


def _frame(values: np.ndarray, names: list[str], people: "pd.DataFrame") -> "pd.DataFrame":
    import pandas as pd

    return pd.DataFrame(values, columns=names, index=people.index)
