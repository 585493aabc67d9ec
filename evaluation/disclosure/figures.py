"""Reading the rows of a result as whole numbers of people: value, base and n, with the columns that show them."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from evaluation.core.errors import DisclosureError
from evaluation.core.status import Status
from evaluation.disclosure.policy import Policy, QuantityKind

if TYPE_CHECKING:
    from evaluation.core.results import Result

Cats = tuple[tuple[str, str], ...]
Figures = dict[str, tuple[int, tuple[str, ...]]]
NUMBERLESS = (Status.NOT_COLLECTED, Status.NOT_APPLICABLE, Status.NOT_DUE, Status.UNDEFINED)
TOTAL = "all"
ONE_FIGURE = {"partial_count": "count", "count_at_least": "count"}
"""Counts by another name: the total of some institutions adds to the levels as a whole count does."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row as the gate sees it; ``figures`` maps a part to the whole number and the columns that show it.

    ``withheld`` rows lack the base that would show them safe; ``drops`` are columns that are not released.
    """

    position: int
    measure: str
    period: str
    quantity: str
    kind: QuantityKind
    status: Status
    cats: Cats
    figures: dict[str, tuple[int, tuple[str, ...]]]
    withheld: bool = False
    drops: tuple[str, ...] = ()

    @property
    def guarded(self) -> tuple[str, ...]:
        """The parts that may not be worked out when the row is suppressed."""
        if self.kind == "ratio":
            return tuple(part for part in ("value", "base") if part in self.figures)
        return next(((part,) for part in ("value", "n", "base") if part in self.figures), ())


def read_rows(result: "Result", policy: Policy, *, reported: bool = False) -> list[Row]:
    """Every row of the result; a quantity, status or number that the gate does not know is refused.

    In ``reported`` figures a share or statistic without its base is withheld, because institutions often
    do not give it.
    """
    records: list[dict[str, Any]] = [dict(record) for record in result.table.to_dict("records")]  # type: ignore[arg-type]
    rows = [
        _read_row(result.id, position, record, policy, reported=reported)
        for position, record in enumerate(records)
    ]
    return _counts_named_twice(rows)


def is_small(row: Row, policy: Policy) -> bool:
    """The row shows a figure that the policy protects, taken by itself."""
    figures = {part: figure for part, (figure, _) in row.figures.items()}
    if not figures:
        return row.withheld
    if row.status is not Status.OK:
        return "value" in figures or any(figure < policy.threshold for figure in figures.values())
    if row.kind in ("statistic", "range"):
        return figures["n"] < (policy.minimum_n if row.kind == "statistic" else policy.minimum_n_range)
    return _is_small_count(row, figures, policy)


def _is_small_count(row: Row, figures: dict[str, int], policy: Policy) -> bool:
    if row.kind == "ratio":
        return any(_below(figure, policy) for figure in figures.values())
    base = figures.get("base", figures.get("n"))
    if base is None or row.kind in ("rate", "coverage"):
        return _below(figures["value"], policy)
    if row.kind == "proportion" and base < policy.minimum_base:
        return True
    if any(figures[part] < policy.threshold for part in ("base", "n") if part in figures):
        return True
    return any(_below_share(part, base, policy) for part in (figures["value"], base - figures["value"]))


def categories(result_id: str, position: int, group: str, level: str) -> Cats:
    """The categories that a row's group and level name; ``all`` is the total and names none.

    >>> categories("t", 0, "county*sex", "Alba*all")
    (('county', 'Alba'),)
    """
    if level in (TOTAL, ""):
        return ()
    names, levels = group.split("*"), level.split("*")
    if len(names) != len(levels) or len(set(names)) != len(names):
        raise DisclosureError(
            f"{result_id}: row {position}: group and level have different parts; write them as a*b and x*y."
        )
    return tuple(sorted((name, value) for name, value in zip(names, levels, strict=True) if value != TOTAL))


def whole(number: float, place: str) -> int:
    """The number as a whole number of people, or a refusal."""
    if not np.isfinite(number) or number < 0 or abs(number - round(number)) > 1e-6:
        raise DisclosureError(f"{place} is not a whole number of people; give counts as counts.")
    return round(number)


def share_count(share: float, base: int, decimals: int, place: str) -> int:
    """The count behind a share with no numerator: what a reader finds from its printed decimals."""
    count = round(share * base)
    if abs(count - share * base) > base * 0.5 * 10.0 ** -(decimals + 2) + 1e-6 or not 0 <= count <= base:
        raise DisclosureError(f"{place}: no whole number of people gives this share; give the numerator.")
    return count


def _below(count: int, policy: Policy) -> bool:
    return count < policy.threshold and (count > 0 or policy.zero_is_small)


def _below_share(count: int, base: int, policy: Policy) -> bool:
    if count == 0:
        return policy.extremes_minimum_base is None or base < policy.extremes_minimum_base
    return count < policy.threshold


def _read_row(
    result_id: str, position: int, record: dict[str, Any], policy: Policy, *, reported: bool
) -> Row:
    place = f"{result_id}: row {position}"
    quantity = str(record["quantity"])
    kind = (policy.quantities or {}).get(quantity)
    if kind is None:
        raise DisclosureError(
            f"{place}: the policy {policy.name} does not know the quantity; add it to the file."
        )
    status = Status(str(record["status"]))
    if status is Status.SUPPRESSED:
        raise DisclosureError(f"{place} is suppressed before the gate; pass the result as it was computed.")
    numbers = {name: float(record[name]) for name in ("n", "numerator", "denominator", "estimate")}
    awaited = status in (Status.NOT_COLLECTED, Status.NOT_APPLICABLE, Status.NOT_DUE)
    withheld = (kind == "never" and not awaited) or (reported and _lacks_base(kind, status, numbers))
    empty = _empty_base(status, numbers, policy)
    drops = _drops(kind, numbers, reported=reported)
    if withheld or kind == "change" or (status in NUMBERLESS and not empty):
        figures: Figures = {}
    else:
        given = {name: np.nan if name in drops else number for name, number in numbers.items()}
        figures = _figures(kind, given, place, Status.TOO_FEW if empty else status, policy.decimals)
    return Row(
        position=position,
        measure=str(record["measure"]),
        period=str(record["period"]),
        quantity=ONE_FIGURE.get(quantity, quantity),
        kind=kind,
        status=status,
        cats=()
        if kind == "change"
        else categories(result_id, position, str(record["group"]), str(record["level"])),
        figures=figures,
        withheld=withheld,
        drops=drops,
    )


def _lacks_base(kind: QuantityKind, status: Status, numbers: dict[str, float]) -> bool:
    """A reported figure that cannot be shown safe, because nobody said how many people are behind it."""
    if status is not Status.OK or kind not in (
        "proportion",
        "ratio",
        "rate",
        "coverage",
        "statistic",
        "range",
    ):
        return False
    if kind in ("statistic", "range"):
        return bool(np.isnan(numbers["n"]))
    wanted = ("numerator", "denominator") if kind == "ratio" else ("numerator",)
    baseless = bool(np.isnan(numbers["n"]) and np.isnan(numbers["denominator"]))
    return baseless or (kind != "proportion" and any(bool(np.isnan(numbers[name])) for name in wanted))


def _empty_base(status: Status, numbers: dict[str, float], policy: Policy) -> bool:
    """ "Undefined" says that a base is nought; a base that is small is protected like any other figure."""
    bases = [numbers[name] for name in ("n", "denominator") if not np.isnan(numbers[name])]
    return status is Status.UNDEFINED and any(base < policy.threshold for base in bases)


def _drops(kind: QuantityKind, numbers: dict[str, float], *, reported: bool) -> tuple[str, ...]:
    """Columns that repeat in other words what the row shows, or that the audit cannot read as people."""
    if kind in ("coverage", "change"):
        return ("n",)
    if kind == "ratio" and numbers["n"] == numbers["denominator"]:
        return ("n",)
    return ("numerator", "denominator") if reported and kind in ("statistic", "range") else ()


def _figures(
    kind: QuantityKind, numbers: dict[str, float], place: str, status: Status, decimals: int
) -> Figures:
    if status is Status.TOO_FEW:
        return _too_few(numbers, place)
    if kind == "proportion":
        return _proportion(numbers, place, decimals)
    readers = {"count": _count, "rate": _rate, "coverage": _rate, "ratio": _ratio}
    return readers.get(kind, _statistic)(numbers, place)


def _count(numbers: dict[str, float], place: str) -> Figures:
    value = whole(numbers["estimate"], f"{place}: the estimate")
    figures: Figures = {"value": (value, ("estimate",))}
    if not np.isnan(numbers["numerator"]):
        if whole(numbers["numerator"], f"{place}: the numerator") != value:
            raise DisclosureError(f"{place}: count and numerator differ; they are one figure.")
        figures["value"] = (value, ("estimate", "numerator"))
    return _with_bases(figures, numbers, place)


def _proportion(numbers: dict[str, float], place: str, decimals: int) -> Figures:
    figures = _with_bases({}, numbers, place)
    if not figures:
        raise DisclosureError(f"{place}: a share without its base; give n or the denominator.")
    base, _ = figures.get("base", figures.get("n", (0, ())))
    if np.isnan(numbers["numerator"]):
        figures["value"] = (share_count(numbers["estimate"], base, decimals, place), ("share",))
    else:
        figures["value"] = (whole(numbers["numerator"], f"{place}: the numerator"), ("numerator",))
    if figures["value"][0] > base:
        raise DisclosureError(f"{place}: the numerator is above its base; correct the result.")
    return figures


def _rate(numbers: dict[str, float], place: str) -> Figures:
    if np.isnan(numbers["numerator"]):
        raise DisclosureError(f"{place}: a rate without its numerator; give the count of people.")
    value = whole(numbers["numerator"], f"{place}: the numerator")
    if not np.isnan(numbers["n"]) and whole(numbers["n"], f"{place}: n") != value:
        raise DisclosureError(f"{place}: the n of a rate is its numerator; correct the result.")
    columns = ("numerator",) if np.isnan(numbers["n"]) else ("numerator", "n")
    return {"value": (value, columns)}


def _ratio(numbers: dict[str, float], place: str) -> Figures:
    """Two counts, of which neither is a part of the other."""
    for name in ("numerator", "denominator"):
        if np.isnan(numbers[name]):
            raise DisclosureError(f"{place}: a ratio without its {name}; give both counts.")
    if not np.isnan(numbers["n"]):
        raise DisclosureError(f"{place}: the n of a ratio is its denominator; correct the result.")
    return {
        "value": (whole(numbers["numerator"], f"{place}: the numerator"), ("numerator",)),
        "base": (whole(numbers["denominator"], f"{place}: the denominator"), ("denominator",)),
    }


def _statistic(numbers: dict[str, float], place: str) -> Figures:
    if not (np.isnan(numbers["numerator"]) and np.isnan(numbers["denominator"])):
        raise DisclosureError(
            f"{place}: numerator and denominator have no meaning for this quantity; leave them out."
        )
    if np.isnan(numbers["n"]):
        raise DisclosureError(f"{place}: a statistic without its n; give the number of people behind it.")
    return {"n": (whole(numbers["n"], f"{place}: n"), ("n",))}


def _too_few(numbers: dict[str, float], place: str) -> Figures:
    figures = _with_bases({}, numbers, place)
    if not np.isnan(numbers["numerator"]):
        figures["value"] = (whole(numbers["numerator"], f"{place}: the numerator"), ("numerator",))
    return figures


def _counts_named_twice(rows: list[Row]) -> list[Row]:
    """Where n repeats the count in every row of a quantity that gives it, it is the count and no base."""
    families: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows:
        if row.kind == "count" and row.status is Status.OK:
            families.setdefault((row.measure, row.period, row.quantity), []).append(row)
    for family in families.values():
        named = [row for row in family if "n" in row.figures]
        if all(row.figures["n"][0] == row.figures["value"][0] for row in named):
            for row in named:
                value, columns = row.figures["value"]
                row.figures["value"] = (value, (*columns, "n"))
                del row.figures["n"]
    return rows


def _with_bases(figures: Figures, numbers: dict[str, float], place: str) -> Figures:
    for part, column in (("base", "denominator"), ("n", "n")):
        if not np.isnan(numbers[column]):
            figures[part] = (whole(numbers[column], f"{place}: {column}"), (column,))
    bases = [figures[part][0] for part in ("base", "n") if part in figures]
    if len(bases) == 2 and bases[1] < bases[0]:
        raise DisclosureError(f"{place}: n is below the denominator; n counts everybody asked.")
    return figures
