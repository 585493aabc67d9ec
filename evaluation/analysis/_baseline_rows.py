"""Rows and words that the results of the baselines share."""

from collections.abc import Sequence

from evaluation.core.provenance import Provenance, Source
from evaluation.core.results import Result, make_table
from evaluation.strategy.words import Text

Row = dict[str, object]


def pair(name: str, words: Text | None) -> dict[str, str]:
    """A text in both languages; a dash where there is none."""
    return {f"{name}.ro": words.ro if words else "–", f"{name}.en": words.en if words else "–"}


def build_result(
    name: str,
    rows: Sequence[Row],
    texts: Sequence[dict[str, str]] | None,
    sources: tuple[Source, ...],
    *,
    method: str,
) -> Result:
    import pandas as pd

    provenance = Provenance(sources=sources, method=method, rows_in=len(rows), rows_used=len(rows))
    frame = None if texts is None else pd.DataFrame(texts)
    return Result(name, make_table(list(rows)), provenance, frame)
