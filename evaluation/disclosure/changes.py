"""Rows worked out from other rows: a change is shown only where the figures that it is made of are shown."""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from evaluation.core.errors import DisclosureError
from evaluation.core.status import Status
from evaluation.disclosure.figures import Row, categories
from evaluation.disclosure.policy import Policy

Sources = Mapping[int, tuple[int, ...]]
Record = Mapping[Any, Any]
AWAITED = (Status.NOT_COLLECTED, Status.NOT_APPLICABLE, Status.NOT_DUE)
RATIO = "rate_ratio"
PRECISION = 1e-9


def find_sources(name: str, rows: Sequence[Row], records: Sequence[Record], policy: Policy) -> Sources:
    """For each row of a change the rows that it is made of, first the later, last the earlier.

    They are the totals of the same measure in the two periods that the row names (``2024-2025``,
    ``w2 / w1``), or the rows that the policy's ``derived_from`` names. A change whose rows are not there
    could be turned back into a suppressed figure, so it is refused; so is one that is not made of its rows.
    Without a number it has nothing to be made of, and stays out of what is linked.
    """
    places: dict[tuple[str, str, Any], list[int]] = {}
    for row in rows:
        if row.kind != "change":
            places.setdefault((row.measure, row.period, row.cats), []).append(row.position)
    found: dict[int, tuple[int, ...]] = {}
    for row in rows:
        if row.kind != "change":
            continue
        record = records[row.position]
        if row.measure in (policy.derived_from or {}):
            sources = _of_other_measure(name, row, record, places, policy)
        else:
            sources = _of_two_periods(row, record, places, records)
        if not sources and row.status is Status.OK:
            raise DisclosureError(
                f"{name}: row {row.position}: the figures that this change is made of are not there; "
                "release both tables together."
            )
        found[row.position] = sources
    return found


def is_made_of(change: Record, later: float, earlier: float) -> bool:
    """The change is the ratio or the difference of two figures, and prints no other.

    >>> is_made_of({"quantity": "difference", "estimate": 2.0, "numerator": 5, "denominator": 3}, 5, 3)
    True
    """
    ratio = later / earlier if earlier else math.nan
    expected = ratio if change["quantity"] == RATIO else later - earlier
    if not _equal(change["estimate"], expected):
        return False
    pairs = ((change["numerator"], later), (change["denominator"], earlier))
    return all(math.isnan(given) or _equal(given, figure) for given, figure in pairs)


def _of_two_periods(
    row: Row, record: Record, places: Mapping[Any, list[int]], records: Sequence[Record]
) -> tuple[int, ...]:
    for one, other in _halves(row.period):
        sides = [places.get((row.measure, period, ())) for period in (one, other)]
        if not sides[0] or not sides[1]:
            continue
        first, second = (records[side[0]]["estimate"] for side in sides if side)
        made = is_made_of(record, second, first) or is_made_of(record, first, second)
        if row.status is Status.OK and not made:
            continue
        return tuple(sorted({*sides[0], *sides[1]}))
    return ()


def _of_other_measure(
    name: str, row: Row, record: Record, places: Mapping[Any, list[int]], policy: Policy
) -> tuple[int, ...]:
    base = (policy.derived_from or {})[row.measure]
    cats = categories(name, row.position, str(record["group"]), str(record["level"]))
    own, whole = places.get((base, row.period, cats), []), places.get((base, row.period, ()), [])
    return tuple(sorted({*own, *whole})) if own and whole else ()


def _halves(period: str) -> Iterator[tuple[str, str]]:
    """Every way of reading a label as two periods."""
    for mark in ("/", "-", "–"):
        parts = period.split(mark)
        for place in range(1, len(parts)):
            yield mark.join(parts[:place]).strip(), mark.join(parts[place:]).strip()


def _equal(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=PRECISION, abs_tol=PRECISION)
