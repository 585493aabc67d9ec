"""The files of feedback data: their names, how they are read and how they are replaced, whole and for the owner only."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from evaluation.core.errors import IntakeError

if TYPE_CHECKING:
    import pandas as pd

MARK = "DATE_SINTETICE.yaml"
ABOUT, WITHDRAWALS, REFERRALS = "about.yaml", "withdrawals.csv", "referrals.csv"
WITHDRAWAL_COLUMNS = ("receipt", "month", "purpose")
REFERRAL_COLUMNS = ("month", "service")
CODING_COLUMNS = ("person", "wave", "item", "coder", "codes")
CODERS = ("1", "2")
KINDS = ("responses", "texts", "codings", "reviews")
RAW = "raw"


def table_path(home: Path, kind: str, instrument: str) -> Path:
    """Where a table of an instrument is kept."""
    return home / f"{kind}_{instrument}.csv"


def coding_path(home: Path, instrument: str, coder: str) -> Path:
    """The sheet into which one coder types codes, the texts beside them."""
    return home / f"coding_{instrument}_coder{coder}.csv"


def person_tables(home: Path) -> tuple[Path, ...]:
    """Every table that has rows of people."""
    kinds = (*(f"{kind}_*.csv" for kind in KINDS), "coding_*_coder*.csv")
    return tuple(sorted(path for kind in kinds for path in home.glob(kind)))


def read_feedback_table(path: Path, columns: Iterable[str]) -> "pd.DataFrame":
    """A UTF-8 table as text; a missing file or column, or another encoding, stops the reading without a value."""
    import pandas as pd

    wanted = list(columns)
    if not path.is_file():
        raise IntakeError(f"feedback/{path.name}: the file is missing; gather the answers again.")
    try:
        table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")
    except (UnicodeDecodeError, ValueError):
        raise IntakeError(f"feedback/{path.name}: not a UTF-8 table with commas; save it as such.") from None
    missing = [name for name in wanted if name not in table.columns]
    if missing:
        raise IntakeError(f"feedback/{path.name}: column(s) {', '.join(missing)} missing; add them.")
    if table[wanted].isna().any(axis=None):
        raise IntakeError(f"feedback/{path.name}: a row has fewer cells than columns; save the table again.")
    return table.astype(object)


def check_rows(right: "pd.Series[bool]", path: Path, place: str, problem: str) -> None:
    """Every row is right, or the first that is not is named by its number; its content never."""
    right = right.astype(bool)
    if not right.all():
        row = int((~right).to_numpy().argmax()) + 2
        raise IntakeError(f"feedback/{path.name}, row {row}, {place}: {problem}; correct the cell.")


def write_feedback_table(path: Path, table: "pd.DataFrame") -> None:
    """The table as UTF-8 with one line end, whole or not at all."""
    replace_file(path, table.to_csv(index=False, lineterminator="\n").encode("utf-8"))


def replace_file(path: Path, content: bytes) -> None:
    """A file that only its owner may read; a reader sees the old content or the new, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as opened:
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
