"""The ledger of observations kept as files: Parquet for programs, a workbook of corrections for people.

Parquet and not a database: the ledger is written once by ``snitp intake`` and never changed in place, so nothing of
a database is needed (no transactions, no users, no server), and everything of a file is: a digest, a copy in an
archive, the same bytes from the same input, column types that survive, and readers in R, Stata, Python and DuckDB.
"""

import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from evaluation.core.errors import IntakeError
from evaluation.core.observations import Observations
from evaluation.core.provenance import Source, digest_text
from evaluation.intake.returns.problems import load_problems

if TYPE_CHECKING:
    import pandas as pd
    import xlsxwriter

TABLES = ("observations", "measures", "deliveries", "corrections")
HEAD = "store.json"
FORMAT = "snitp-observations-1"
CORRECTIONS = "corecturi.xlsx"
_KEYS = {
    "observations": ["observation"],
    "measures": ["measure", "year", "institution", "delivery", "sheet", "cell"],
    "deliveries": ["year", "file", "delivery"],
    "corrections": ["file", "sheet", "cell", "code"],
}
_DONE = {
    "repaired": "citit și păstrat astfel",
    "refused": "nu a fost folosit",
    "noted": "semnalat, nimic nu a fost schimbat",
}
_COLUMNS = (
    ("Instituția", 16),
    ("Fișier", 34),
    ("Foaie", 20),
    ("Celulă", 9),
    ("Problema", 60),
    ("Ce s-a făcut", 26),
    ("Ce este de făcut", 60),
    ("Rânduri", 9),
)
_BANNER = "DATE SINTETICE: instituțiile și cifrele din aceste fișiere sunt inventate."
_STAMP = datetime(2024, 1, 1)


def digest_store(observations: Observations) -> str:
    """One digest of what the observations were made from."""
    return digest_text("\n".join(f"{one.file} {one.digest}" for one in observations.sources))


def write_store(observations: Observations, folder: Path, *, force: bool = False) -> Path:
    """Write the ledger into a new folder, whole or not at all; equal observations give equal bytes.

    A folder that is there already is only replaced with ``force``, and only when it is a store.
    """
    if folder.exists() and not (force and _is_store(folder)):
        remedy = "name another folder" if force else "use --force to replace it, or name another one"
        raise IntakeError(f"{folder.name}: the folder is there already; {remedy}.")
    folder.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        for name, table in zip(TABLES, _tables(observations), strict=True):
            _write_table(table, draft / f"{name}.parquet", name)
        head = {
            "format": FORMAT,
            "synthetic": observations.synthetic,
            "sources": [{"file": one.file, "digest": one.digest} for one in observations.sources],
        }
        text = json.dumps(head, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
        (draft / HEAD).write_text(text, encoding="utf-8")
        write_corrections(observations, draft / CORRECTIONS)
        draft.chmod(0o755 & ~_umask())
        if folder.exists():
            shutil.rmtree(folder)
        draft.replace(folder)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    return folder


def read_store(folder: Path) -> Observations:
    """The ledger that ``write_store`` wrote."""
    import pyarrow.parquet as pq

    if not _is_store(folder):
        raise IntakeError(f"{folder.name}: no store of observations of this kit; make it with snitp intake.")
    head = json.loads((folder / HEAD).read_text(encoding="utf-8"))
    tables = {name: pq.read_table(folder / f"{name}.parquet").to_pandas(types_mapper=None) for name in TABLES}
    return Observations(
        table=_as_ledger(tables["observations"]),
        measures=_as_ledger(tables["measures"]),
        deliveries=_as_ledger(tables["deliveries"]),
        corrections=_as_ledger(tables["corrections"]),
        sources=tuple(Source(one["file"], one["digest"]) for one in head["sources"]),
        synthetic=bool(head["synthetic"]),
    )


def write_corrections(observations: Observations, path: Path) -> None:
    """The workbook of corrections in Romanian, to be sent back: where, what, what was done, what to do.

    It holds places and words of the kit, never the content of a cell.
    """
    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(path, options) as workbook:
        workbook.set_properties({"title": "Corecturi", "author": "ANITP", "created": _STAMP})
        sheet = workbook.add_worksheet("Corecturi")
        bold = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        wrap = workbook.add_format({"text_wrap": True, "valign": "top"})
        top = 0
        if observations.synthetic:
            sheet.write_string(0, 0, _BANNER, workbook.add_format({"bold": True}))
            top = 1
        for place, (heading, width) in enumerate(_COLUMNS):
            sheet.set_column(place, place, width)
            sheet.write_string(top, place, heading, bold)
        sheet.freeze_panes(top + 1, 0)
        _write_rows(sheet, observations, first=top + 1, wrap=wrap)


def _write_rows(
    sheet: "xlsxwriter.worksheet.Worksheet", observations: Observations, *, first: int, wrap: object
) -> None:
    senders: Mapping[str, str] = dict(
        zip(observations.deliveries["delivery"], observations.deliveries["institution"], strict=True)
    )
    table = observations.corrections.sort_values(_KEYS["corrections"], kind="stable")
    problems = load_problems()
    for row, one in enumerate(table.to_dict("records"), start=first):
        problem = problems[one["code"]]
        texts = (
            senders.get(one["delivery"], ""),
            one["file"],
            one["sheet"],
            one["cell"],
            problem.problem.ro,
            _DONE[one["outcome"]],
            problem.remedy.ro,
        )
        for place, text in enumerate(texts):
            sheet.write_string(row, place, text, wrap)
        sheet.write_number(row, len(texts), one["rows"], wrap)


def _tables(observations: Observations) -> "tuple[pd.DataFrame, ...]":
    found = (observations.table, observations.measures, observations.deliveries, observations.corrections)
    return tuple(
        table.sort_values(_KEYS[name], kind="stable", ignore_index=True)
        for name, table in zip(TABLES, found, strict=True)
    )


def _write_table(table: "pd.DataFrame", path: Path, name: str) -> None:
    """Text and numbers only, one row group size and no notes of the writing program's versions of pandas."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = {
        one: pa.array(table[one].tolist(), pa.float64() if table[one].dtype.kind == "f" else pa.string())
        for one in table.columns
    }
    made = pa.table(columns).replace_schema_metadata({b"format": FORMAT.encode(), b"table": name.encode()})
    pq.write_table(made, path, compression="zstd", row_group_size=65_536, store_schema=False)


def _as_ledger(table: "pd.DataFrame") -> "pd.DataFrame":
    return table.astype(
        {name: "float64" if table[name].dtype.kind == "f" else "str" for name in table.columns}
    )


def _is_store(folder: Path) -> bool:
    head = folder / HEAD
    return head.is_file() and f'"{FORMAT}"' in head.read_text(encoding="utf-8")


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
