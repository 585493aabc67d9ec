"""Which of several figures for the same thing counts: a later one, one of equals, or none of contradicting ones."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass

from evaluation.intake.returns.deliveries import Delivery

Row = dict[str, object]
FIGURE = ("year", "indicator", "period", "institution", "county", "group", "level")
FIGURE_CONTENT = (
    "value",
    "numerator",
    "denominator",
    "qualifier",
    "lower",
    "upper",
    "stage",
    "date",
    "text",
    "status",
)
MEASURE = ("year", "measure", "institution")
MEASURE_CONTENT = ("stage", "reason")
LATER, SAME_FILE, SAME_VALUE, NO_ORDER = (
    "later delivery",
    "same file",
    "same value",
    "different values, no order",
)


@dataclass(frozen=True, slots=True)
class Reported:
    """A row with its name, its delivery and the delivery's first copy, if it is a copy."""

    row: Row
    name: str
    delivery: Delivery
    copy_of: Delivery | None = None


def settle(rows: Iterable[Reported], *, key: tuple[str, ...], content: tuple[str, ...]) -> None:
    """Give every row its state.

    1. A file with the digest of another of the same year: its rows are ``duplicate``.
    2. For the same thing of the same institution and year, a figure received later supersedes the earlier ones,
       cell by cell; what the later delivery does not mention stays. ``state_reason`` is the reason that
       the delivery list gives for the later delivery.
    3. Among figures without an order (same date, or a date that is not known): equal ones count once, the others
       are ``duplicate``; different ones are all ``contradicted`` and none counts.
    """
    groups: dict[Hashable, list[Reported]] = defaultdict(list)
    for one in rows:
        one.row.update(state="current", superseded_by="", state_reason="")
        if one.copy_of is None:
            groups[tuple(one.row.get(name, "") for name in key)].append(one)
        else:
            _mark(one, "duplicate", by="", reason=f"{SAME_FILE}: {one.copy_of.file}")
    for group in groups.values():
        if len(group) > 1:
            _settle_group(group, content)


def _settle_group(group: list[Reported], content: tuple[str, ...]) -> None:
    latest = max(one.delivery.received for one in group)
    last = [one for one in group if one.delivery.received in ("", latest)]
    earlier = [one for one in group if one.delivery.received not in ("", latest)]
    successor = next((one for one in last if one.delivery.received == latest), last[0])
    for one in earlier:
        _mark(one, "superseded", by=successor.name, reason=successor.delivery.reason or LATER)
    said = {tuple(_content(one.row.get(name)) for name in content) for one in last}
    for place, one in enumerate(last):
        if len(said) > 1:
            _mark(one, "contradicted", by="", reason=NO_ORDER)
        elif place:
            _mark(one, "duplicate", by=last[0].name, reason=SAME_VALUE)


def _content(value: object) -> object:
    """Missing text, missing numbers and NaN are all nothing."""
    return None if value in ("", None) or value != value else value


def _mark(one: Reported, state: str, *, by: str, reason: str) -> None:
    one.row.update(state=state, superseded_by=by, state_reason=reason)


def find_copies(
    deliveries: Iterable[Delivery], *, order: Callable[[Delivery], Hashable]
) -> Mapping[str, Delivery]:
    """For every delivery that repeats another's bytes the first of them, in the order given."""
    first: dict[tuple[int, str], Delivery] = {}
    copies: dict[str, Delivery] = {}
    for one in sorted(deliveries, key=order):  # type: ignore[arg-type, type-var]
        kept = first.setdefault((one.year, one.digest), one)
        if kept is not one:
            copies[one.id] = kept
    return copies
