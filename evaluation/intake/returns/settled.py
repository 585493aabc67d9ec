"""The settled ledger remembered from an earlier run: the same files, lists and code give the same tables."""

import hashlib
import os
import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from evaluation.core.observations import (
    CORRECTION_COLUMNS,
    DELIVERY_COLUMNS,
    MEASURE_COLUMNS,
    NUMBERS,
    OBSERVATION_COLUMNS,
    Observations,
)
from evaluation.core.provenance import Source
from evaluation.intake.returns.deliveries import YearOfReturns

if TYPE_CHECKING:
    import pandas as pd

MOST_KEPT = 8
"""Older ones are deleted: each holds everything that institutions sent."""
_COLUMNS = {
    "table": OBSERVATION_COLUMNS,
    "measures": MEASURE_COLUMNS,
    "deliveries": DELIVERY_COLUMNS,
    "corrections": CORRECTION_COLUMNS,
}
_SYNTHETIC = "synthetic"


def ledger_key(lists: Iterable[YearOfReturns], readings: Mapping[str, str]) -> str:
    """One digest of everything the ledger is made of.

    ``readings`` gives for the id of every delivery the key of its reading, which covers the file, the plan and the
    code, or the code for which the file is refused. The words of the delivery lists are covered here.
    """
    parts: list[str] = []
    for year in lists:
        parts += [str(year.year), str(year.synthetic), *year.missing]
        for one in year.deliveries:
            said = (one.id, readings[one.id], one.received, one.institution, one.reason, *one.problems)
            parts.append("\1".join(said))
    return hashlib.sha256("\0".join(parts).encode("utf-8")).hexdigest()


def remembered_ledger(store: Path | None, key: str, *, sources: tuple[Source, ...]) -> Observations | None:
    """The ledger of the key, or None where it is not remembered or the file is damaged."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    path = _path(store, key) if store is not None else None
    if path is None or not path.is_file():
        return None
    try:
        with zipfile.ZipFile(path) as opened:
            tables = {
                name: _as_ledger(pq.read_table(BytesIO(opened.read(name))).to_pandas()) for name in _COLUMNS
            }
            synthetic = opened.read(_SYNTHETIC) == b"True"
        if any(tuple(tables[name].columns) != columns for name, columns in _COLUMNS.items()):
            return None
    except (OSError, KeyError, ValueError, zipfile.BadZipFile, pa.ArrowException):
        return None
    return Observations(**tables, sources=sources, synthetic=synthetic)


def remember_ledger(store: Path, key: str, observations: Observations) -> None:
    """Write beside and rename, so that others see the whole ledger or none."""
    store.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=store, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file, zipfile.ZipFile(file, "w") as opened:
            for name in _COLUMNS:
                opened.writestr(name, _as_parquet(getattr(observations, name)))
            opened.writestr(_SYNTHETIC, str(observations.synthetic))
        Path(draft).replace(_path(store, key))
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    found = sorted(store.glob("ledger-*.zip"), key=lambda path: path.stat().st_mtime)
    for old in found[:-MOST_KEPT]:
        old.unlink(missing_ok=True)


def _path(store: Path, key: str) -> Path:
    return store / f"ledger-{key}.zip"


def _as_parquet(table: "pd.DataFrame") -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    target = BytesIO()
    pq.write_table(pa.Table.from_pandas(table, preserve_index=False), target, compression="zstd")
    return target.getvalue()


def _as_ledger(table: "pd.DataFrame") -> "pd.DataFrame":
    return table.astype({name: "float64" if name in NUMBERS else "str" for name in table.columns})
