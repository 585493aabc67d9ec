"""Who sent a sheet and for which period, as told above its tables, by its name or by the file's."""

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

from evaluation.intake.returns.columns import text_of
from evaluation.intake.returns.headings import load_headings, plain
from evaluation.intake.returns.names import find_institution
from evaluation.intake.returns.raw import RawCell, RawSheet
from evaluation.intake.returns.values import parse_period
from evaluation.strategy.institutions import Registry

NEAR_THE_TOP = 15
_PART = re.compile(
    r"\b(?:sem(?:estrul|estru)?|trim(?:estrul|estru)?)\.? ?(?:IV|III|II|I|[1-4])\b"
    r"(?:,? ?(?:al anului |din |anul )?20\d\d)?",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:an|anul|anului) (20\d\d)\b", re.IGNORECASE)


def find_sender(
    sheets: Iterable[RawSheet], registry: Registry, *, ends: dict[str, int]
) -> tuple[str, str, str]:
    """Sheet, cell and id of the institution named near the top of a sheet, before its first table.

    A label ("Instituția: …") counts more than a name that stands alone; somebody written to ("Către …") is no
    sender. Of a ministry and its agency the agency is meant. Nothing where two names remain.
    """
    labelled: list[tuple[RawCell, str, str]] = []
    alone: list[tuple[RawCell, str, str]] = []
    for sheet in sheets:
        top = min(ends.get(sheet.name, NEAR_THE_TOP), NEAR_THE_TOP)
        cells = {place: cell for place, cell in sorted(sheet.cells.items()) if place[0] < top}
        for place, cell in cells.items():
            text = text_of(cell.value)
            left = text_of(cells[place[0], place[1] - 1].value) if (place[0], place[1] - 1) in cells else ""
            if cell.kind != "text" or _is_receiver(text) or _is_receiver(left):
                continue
            after = _after_label(text)
            name = after if after else text
            found, _ = find_institution(_without_points(name), registry)
            if found:
                kept = labelled if after or _after_label(f"{left}: x") == "x" else alone
                kept.append((cell, sheet.name, found))
    for group in (labelled, alone):
        chosen = _most_specific({found for _, _, found in group}, registry)
        if chosen:
            cell, name, _ = next(one for one in group if one[2] == chosen)
            return name, address(cell.row, cell.column), chosen
    return "", "", ""


def institution_in_name(name: str, registry: Registry) -> str:
    """The institution that a file or sheet name tells, in one of its parts."""
    stem = PurePosixPath(name).stem if "." in name else name
    whole, _ = find_institution(stem.replace("_", " "), registry)
    if whole:
        return whole
    parts = [part for part in re.split(r"[_\s.,;()–—-]+", stem) if len(part) > 1]
    found = {one for part in parts if part.upper() == part and (one := find_institution(part, registry)[0])}
    return _most_specific(found, registry)


def find_period(texts: Iterable[str], *, year: int | None) -> tuple[str, int | None]:
    """The period that titles tell, and a year that they name; empty where they tell none or several."""
    labels: set[str] = set()
    years: set[int] = set()
    for text in texts:
        if len(text) > 300:
            continue
        years |= {int(found) for found in _YEAR.findall(text)}
        whole = parse_period(text, year=year).label
        labels |= {whole} if whole else set()
        pieces = (
            parse_period(found[0].replace(" anul ", " "), year=year).label for found in _PART.finditer(text)
        )
        labels |= {label for label in pieces if label}
    parts = {label for label in labels if "-" in label} or labels
    return (parts.pop() if len(parts) == 1 else ""), (years.pop() if len(years) == 1 else None)


def address(row: int, column: int) -> str:
    """The name of a cell.

    >>> address(12, 28)
    'AB12'
    """
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def _without_points(name: str) -> str:
    """An abbreviation written with points (A.N.I.T.P.) without them; any other name as it is."""
    return name.replace(".", "") if re.fullmatch(r"(\w\.){2,}\w?\.?", name.strip()) else name


def _is_receiver(text: str) -> bool:
    words = plain(text)
    return any(words == one or words.startswith(f"{one} ") for one in load_headings().receiver.begins)


def _after_label(text: str) -> str:
    """What stands behind a label and a colon (or dash); empty without a label."""
    label, mark, rest = text.partition(":")
    if not mark:
        label, mark, rest = text.partition(" - ")
    return rest.strip() if mark and plain(label) in load_headings().sender.begins else ""


def _most_specific(found: set[str], registry: Registry) -> str:
    """Of an institution and those above it the lowest; empty when two remain."""
    above = {registry.get(one).parent for one in found}
    for _ in range(3):
        above |= {registry.get(one).parent for one in above if one}
    left = found - above
    return left.pop() if len(left) == 1 else ""
