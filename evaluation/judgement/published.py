"""The numbers of a published report, kept with their keys, and what becomes of them when they are computed again."""

import csv
import io
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import Path
from typing import Any

from evaluation.core.errors import JudgementError

NUMBERS = "register.csv"
CHAPTERS = ("progress", "annex_indicator_values", "training", "feedback")
"""The chapters whose numbers are kept and computed again; a part of one (``progress-1``) belongs to it."""
KEY = ("result", "measure", "quantity", "period", "group", "level", "column", "place")
EXACT = ("count", "partial_count", "count_at_least")
"""Quantities that are counted: no tolerance."""
TOLERANCE = 1e-9
"""Relative, for everything that is not counted."""

Key = tuple[str, ...]


class Outcome(StrEnum):
    """What becomes of a number when it is computed again."""

    EQUAL = "equal"
    DIFFERENT = "different"
    MISSING = "missing"
    """Published and not computed again."""
    NEW = "new"
    """Computed now and not published then."""


@dataclass(frozen=True, slots=True)
class Number:
    """One number of a register by what it says and not by its row.

    ``place`` tells apart, in the order of the register, the few numbers whose key is otherwise the same.
    """

    result: str
    measure: str
    quantity: str
    period: str
    group: str
    level: str
    column: str
    place: str
    value: float | None
    ci_low: float | None
    ci_high: float | None
    n: float | None
    status: str
    policy: str
    synthetic: bool

    @property
    def key(self) -> Key:
        """What the number is of."""
        return tuple(str(getattr(self, name)) for name in KEY)


@dataclass(frozen=True, slots=True)
class Compared:
    """A key with the number then and now, and the outcome."""

    key: Key
    outcome: Outcome
    published: Number | None
    recomputed: Number | None

    @property
    def place(self) -> dict[str, str]:
        """The parts of the key by name."""
        return dict(zip(KEY, self.key, strict=True))


def belongs(chapter: str) -> bool:
    """The chapter is one whose numbers are kept, or a part of one.

    >>> belongs("progress-1"), belongs("plan"), belongs("feedback")
    (True, False, True)
    """
    return chapter.split("-", 1)[0] in CHAPTERS


def numbers_of(records: Iterable[Mapping[str, Any]]) -> tuple[Number, ...]:
    """The numbers of a register that the kept chapters show, sorted by key."""
    chosen = [one for one in records if any(belongs(use["chapter"]) for use in one["shown"])]
    seen: Counter[Key] = Counter()
    found = []
    for one in sorted(chosen, key=lambda one: (one["result"], one["row"], one["column"])):
        parts: dict[str, Any] = {name: str(one[name]) for name in KEY if name != "place"}
        key = tuple(parts.values())
        seen[key] += 1
        rest: dict[str, Any] = {
            name: one[name] for name in ("value", "ci_low", "ci_high", "n", "status", "policy")
        }
        found.append(Number(**parts, place=str(seen[key]), synthetic=bool(one["synthetic"]), **rest))
    return tuple(sorted(found, key=lambda one: one.key))


def compare_numbers(published: Iterable[Number], recomputed: Iterable[Number]) -> tuple[Compared, ...]:
    """Every key of both with its outcome, sorted; rows are matched by key and never by position."""
    then, now = {one.key: one for one in published}, {one.key: one for one in recomputed}
    return tuple(
        Compared(key, _outcome(then.get(key), now.get(key)), then.get(key), now.get(key))
        for key in sorted({*then, *now})
    )


def numbers_csv(numbers: Iterable[Number]) -> bytes:
    """The numbers as CSV: one line each, full precision, the same bytes for the same numbers."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    names = [one.name for one in fields(Number)]
    writer.writerow(names)
    writer.writerows([_cell(getattr(one, name)) for name in names] for one in numbers)
    return buffer.getvalue().encode("utf-8")


def load_numbers(folder: Path) -> tuple[Number, ...]:
    """The numbers in the folder of a published report; a faulty line stops, with its place."""
    path = folder / NUMBERS
    names = [one.name for one in fields(Number)]
    try:
        rows = list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8"), newline=""), strict=True))
    except FileNotFoundError:
        raise JudgementError(
            f"{NUMBERS}: the published numbers are missing; make them with snitp freeze from the sealed report."
        ) from None
    except (UnicodeDecodeError, csv.Error):
        raise JudgementError(f"{NUMBERS}: not a comma-separated file in UTF-8; freeze it again.") from None
    if not rows or rows[0] != names:
        raise JudgementError(f"{NUMBERS}, line 1: other columns than this kit writes; freeze it again.")
    found = tuple(_number(cells, names, line) for line, cells in enumerate(rows[1:], start=2))
    if len({one.key for one in found}) != len(found):
        raise JudgementError(f"{NUMBERS}: a key stands there twice; freeze it again.")
    return found


def _outcome(then: Number | None, now: Number | None) -> Outcome:
    if then is None:
        return Outcome.NEW
    if now is None:
        return Outcome.MISSING
    exact = then.quantity in EXACT
    same = (
        then.status == now.status
        and _equal(then.value, now.value, exact=exact)
        and _equal(then.n, now.n, exact=True)
        and _equal(then.ci_low, now.ci_low, exact=False)
        and _equal(then.ci_high, now.ci_high, exact=False)
    )
    return Outcome.EQUAL if same else Outcome.DIFFERENT


def _equal(then: float | None, now: float | None, *, exact: bool) -> bool:
    if then is None or now is None:
        return then is now
    return then == now if exact else math.isclose(then, now, rel_tol=TOLERANCE, abs_tol=0.0)


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else repr(value) if isinstance(value, float) else str(value)


def _number(cells: list[str], names: list[str], line: int) -> Number:
    place = f"{NUMBERS}, line {line}"
    if len(cells) != len(names):
        raise JudgementError(f"{place}: another number of cells than columns; freeze it again.")
    given: dict[str, Any] = dict(zip(names, cells, strict=True))
    try:
        for name in ("value", "ci_low", "ci_high", "n"):
            given[name] = float(given[name]) if given[name] else None
    except ValueError:
        raise JudgementError(f"{place}: a number cannot be read; freeze it again.") from None
    return Number(**{**given, "synthetic": given["synthetic"] == "true"})
