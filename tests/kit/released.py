"""Results that passed the gate, for the tests of what stands behind it."""

import pandas as pd

from evaluation.core.provenance import Provenance, Source
from evaluation.core.results import Listing, Released, Result, make_table
from evaluation.disclosure.policy import load_policies
from evaluation.disclosure.release import release

SOURCE = Source(file="data_raw/secondary/series.csv", digest="0" * 64, rows="2-9")


def provenance(rows: int) -> Provenance:
    """The origin of a published table."""
    return Provenance(sources=(SOURCE,), method="count", rows_in=rows, rows_used=rows)


def result(
    rows: list[dict[str, object]], *, name: str = "victims", texts: pd.DataFrame | None = None
) -> Result:
    """A result before the gate."""
    return Result(name, make_table(rows), provenance(len(rows)), texts)


def published(
    rows: list[dict[str, object]], *, name: str = "victims", texts: pd.DataFrame | None = None
) -> Released:
    """The same after the gate, under the policy for published figures."""
    return release(result(rows, name=name, texts=texts), load_policies()["published_source"])


def listing(texts: pd.DataFrame, *, name: str = "words") -> Released:
    """Words after the gate."""
    return release(Listing(name, texts, provenance(len(texts))), load_policies()["published_source"])


def protected(rows: list[dict[str, object]], *, name: str = "victims") -> Released:
    """The same under the policy for data about people."""
    return release(result(rows, name=name), load_policies()["standard"])
