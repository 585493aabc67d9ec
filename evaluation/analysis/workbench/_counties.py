"""What the county methods share: complete pairs, ranks, thirds, names, and provenance with its counts."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from scipy import stats

from evaluation.core.errors import AnalysisError
from evaluation.core.provenance import Provenance
from evaluation.core.results import Result, make_table
from evaluation.strategy.counties import load_counties
from evaluation.strategy.words import Text

if TYPE_CHECKING:
    import pandas as pd

Numbers = npt.NDArray[np.float64]
Row = dict[str, object]
Places = npt.NDArray[np.int64]
Words = dict[str, str]


def counted(provenance: Provenance, *, method: str, rows_in: int, rows_used: int, reason: str) -> Provenance:
    """The origin with the rows of this computation; what was not used has one reason."""
    left = rows_in - rows_used
    return replace(
        provenance,
        method=method,
        rows_in=rows_in,
        rows_used=rows_used,
        excluded={reason: left} if left else {},
    )


def single_values(table: "pd.DataFrame", column: str, *, what: str) -> "pd.Series[float]":
    """One number for each county, sorted by county; a county given twice is an error."""
    if table["county"].duplicated().any():
        raise AnalysisError(f"{what}: a county stands twice; choose one period and one component.")
    return table.set_index("county")[column].astype("float64").sort_index()


def ranks_high_first(values: Numbers) -> Places:
    """Rank 1 for the highest value; values equal to ten decimals share the better place.

    >>> ranks_high_first(np.array([0.2, 0.9, 0.9])).tolist()
    [3, 1, 1]
    """
    return stats.rankdata(-np.round(values, 10), method="min").astype(np.int64)


def third_of(rank: int, number: int) -> int:
    """The third of a ranking in which a rank falls: 1, 2 or 3.

    >>> [third_of(rank, 42) for rank in (1, 14, 15, 28, 29, 42)]
    [1, 1, 2, 2, 3, 3]
    """
    return 1 + (rank - 1) * 3 // number


def county_name(county: str) -> str:
    """The name of a county by its id; an id that is not known is its own name."""
    return {one.id: one.name for one in load_counties()}.get(county, county)


def lines_of(table: "pd.DataFrame", column: str) -> dict[str, str]:
    """The source lines of each unit, where the table knows them."""
    if "row" not in table:
        return {}
    groups = table.sort_values("row").groupby(column)["row"]
    return {str(unit): ", ".join(str(line) for line in rows) for unit, rows in groups}


def words_row(name: Text | str, *, note: Text | None = None, source_rows: str = "") -> Words:
    """The texts beside a row: its name, a note, and the lines of the source."""
    ro, en = (name, name) if isinstance(name, str) else (name.ro, name.en)
    return {
        "name.ro": ro,
        "name.en": en,
        "note.ro": note.ro if note else "",
        "note.en": note.en if note else "",
        "source_rows": source_rows,
    }


def build_result(
    result_id: str, rows: Sequence[Mapping[str, object]], words: Sequence[Words], provenance: Provenance
) -> Result:
    """A result with its texts, row by row."""
    import pandas as pd

    table = make_table([dict(row) for row in rows])
    texts = pd.DataFrame(list(words), index=table.index).fillna("").astype("str")
    return Result(result_id, table, provenance, texts)
