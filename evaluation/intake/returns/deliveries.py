"""What was delivered for a year: the files of its folder and what the delivery list says of them."""

import csv
import hashlib
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from evaluation.core.errors import IntakeError
from evaluation.core.yamlfile import read_yaml
from evaluation.intake.returns.names import find_institution
from evaluation.strategy.institutions import Registry

DELIVERY_LIST = "deliveries.csv"
LIST_COLUMNS = ("file", "received", "institution", "reason")
SYNTHETIC_MARK = "DATE_SINTETICE.yaml"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One file as it arrived; ``received`` is an ISO date or empty, ``institution`` an id or empty."""

    year: int
    path: Path
    file: str
    digest: str
    received: str = ""
    institution: str = ""
    reason: str = ""
    problems: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The same file under the same name has the same id in every run."""
        text = f"{self.year}|{self.file}|{self.digest}"
        return f"DEL-{hashlib.sha256(text.encode('utf-8')).hexdigest()[:12]}"


@dataclass(frozen=True, slots=True)
class YearOfReturns:
    """The deliveries of a year in the order of their names; ``missing`` are files that only the list knows."""

    year: int
    folder: Path
    deliveries: tuple[Delivery, ...]
    missing: tuple[str, ...] = ()
    synthetic: bool = False


def years_of(folder: Path) -> tuple[int, ...]:
    """The years that have a folder below the folder of returns."""
    if not folder.is_dir():
        return ()
    found = (one.name for one in folder.iterdir() if one.is_dir())
    return tuple(sorted(int(name) for name in found if re.fullmatch(r"20\d\d", name)))


def list_deliveries(folder: Path, *, year: int, registry: Registry, synthetic: bool = False) -> YearOfReturns:
    """Every file of a year's folder, opened and digested here, with what the delivery list says of it.

    Without a delivery list nothing is known of the dates. Files whose names begin with a point, lock files of
    office programs and the list itself are no deliveries.
    """
    listed = _read_list(folder)
    found = {
        path.relative_to(folder).as_posix(): path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not _is_no_delivery(path, folder)
    }
    deliveries = tuple(
        _delivery(name, path, listed.get(name), year=year, registry=registry, has_list=bool(listed))
        for name, path in sorted(found.items())
    )
    missing = tuple(sorted(set(listed) - set(found)))
    return YearOfReturns(year, folder, deliveries, missing, synthetic or is_synthetic(folder))


def is_synthetic(folder: Path) -> bool:
    """True when the folder says that everything in it is invented."""
    mark = folder / SYNTHETIC_MARK
    return mark.is_file() and isinstance(read_yaml(mark), dict)


def _delivery(
    name: str, path: Path, row: Mapping[str, str] | None, *, year: int, registry: Registry, has_list: bool
) -> Delivery:
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if row is None:
        problems = ("not_in_delivery_list",) if has_list else ()
        return Delivery(year, path, name, digest, problems=problems)
    found, _ = find_institution(row["institution"], registry)
    problems = ("list_institution_unknown",) if row["institution"] and not found else ()
    received = row["received"] if _is_day(row["received"]) else ""
    if row["received"] and not received:
        problems = (*problems, "list_date_unreadable")
    return Delivery(year, path, name, digest, received, found or "", row["reason"], problems)


def _read_list(folder: Path) -> dict[str, dict[str, str]]:
    """The rows of the delivery list by file; a list that cannot be read stops, because dates decide what counts."""
    path = folder / DELIVERY_LIST
    if not path.is_file():
        return {}
    place = f"{folder.name}/{DELIVERY_LIST}"
    try:
        text = path.read_bytes().decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error):
        raise IntakeError(
            f"{place}: not a comma-separated file in UTF-8; save it again as CSV UTF-8."
        ) from None
    header = tuple(cell.strip() for cell in rows[0]) if rows else ()
    if not set(LIST_COLUMNS[:2]) <= set(header) or set(header) - set(LIST_COLUMNS):
        raise IntakeError(
            f"{place}, line 1: the columns must be {', '.join(LIST_COLUMNS)}; correct the first line."
        )
    listed: dict[str, dict[str, str]] = {}
    for number, cells in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            raise IntakeError(
                f"{place}, line {number}: {len(cells)} cells where {len(header)} are expected; put texts that hold "
                "a comma in double quotes."
            )
        row = dict.fromkeys(LIST_COLUMNS, "") | dict(
            zip(header, (cell.strip() for cell in cells), strict=True)
        )
        if row["file"] in listed:
            raise IntakeError(
                f"{place}, line {number}: the file is listed twice; keep one line for each file."
            )
        listed[row["file"]] = row
    return listed


def _is_day(text: str) -> bool:
    try:
        return bool(date.fromisoformat(text)) and len(text) == 10
    except ValueError:
        return False


def _is_no_delivery(path: Path, folder: Path) -> bool:
    hidden = any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)
    return hidden or path.name in (DELIVERY_LIST, SYNTHETIC_MARK)
