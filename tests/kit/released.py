"""Released results with invented numbers, for tests of what the report shows; only tests may make them directly."""

import pandas as pd

from evaluation.core.provenance import Provenance, Source
from evaluation.core.results import Decision, Released, make_table


def invented(
    result_id: str, rows: list[dict[str, object]], texts: dict[str, list[str]] | None = None
) -> Released:
    """A released result from rows that name only the columns they have, and texts by column, same order."""
    table = make_table(rows)
    provenance = Provenance(
        (Source("data_raw/invented/table.csv", "0" * 64),),
        "published",
        rows_in=len(rows),
        rows_used=len(rows),
    )
    decision = Decision(result_id, "published_source", "released", "invented for a test")
    frame = None if texts is None else pd.DataFrame(texts, index=table.index)
    return Released(result_id, table, frame, provenance, "published_source", (decision,))
