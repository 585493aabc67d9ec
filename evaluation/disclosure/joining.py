"""Two parts of one result, each released under its own policy, laid side by side again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from evaluation.core.errors import DisclosureError
from evaluation.core.provenance import Provenance
from evaluation.core.results import Decision, Released

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True, eq=False)
class Parts:
    """What the gate makes one released table of."""

    table: "pd.DataFrame"
    texts: "pd.DataFrame | None"
    provenance: Provenance
    decisions: tuple[Decision, ...]
    witnesses: tuple[dict[str, Any], ...]


def join_parts(first: Released, second: Released, *, order: Sequence[int] | None) -> Parts:
    """Rows of both in the order given, with decisions and witnesses that point at them."""
    import pandas as pd

    count = len(first.table) + len(second.table)
    wanted = list(range(count)) if order is None else [int(place) for place in order]
    if first.id != second.id or sorted(wanted) != list(range(count)):
        raise DisclosureError(f"{first.id}: the two parts are not of one result; join what was split.")
    if first.witnesses and second.witnesses:
        raise DisclosureError(f"{first.id}: both parts were protected; release them together instead.")
    place = {old: new for new, old in enumerate(wanted)}
    spans = (range(len(first.table)), range(len(first.table), count))
    moved = [{old - span.start: place[old] for old in span} for span in spans]
    decisions = [
        one if one.row is None else replace(one, row=where[one.row])
        for part, where in zip((first, second), moved, strict=True)
        for one in part.decisions
    ]
    audited, open_part = (1, 0) if second.witnesses else (0, 1)
    kept = {"policy": (first, second)[open_part].policy, "rows": sorted(moved[open_part].values())}
    witnesses = _move((first, second)[audited].witnesses, moved[audited], kept)
    table = pd.concat([first.table, second.table], ignore_index=True)
    return Parts(
        table.iloc[wanted].reset_index(drop=True),
        _texts(first, second, wanted),
        _provenance(first, second),
        tuple(decisions),
        witnesses,
    )


def policy_of(released: Released, row: int) -> str:
    """The policy of one row: of a joined table, that of its part."""
    first, _, second = released.policy.partition("+")
    if not second:
        return first
    frames: list[Any] = [entry for entry in released.witnesses if entry["kind"] == "system"]
    if not frames:
        return released.policy
    kept = frames[0]["kept"]
    audited = second if kept["policy"] == first else first
    return str(kept["policy"]) if row in kept["rows"] else audited


def _move(
    witnesses: Sequence[Mapping[str, Any]], where: Mapping[int, int], kept: Mapping[str, Any]
) -> tuple[dict[str, Any], ...]:
    moved = []
    for entry in witnesses:
        if entry["kind"] != "system":
            moved.append(dict(entry))
            continue
        moved.append(
            {
                **entry,
                "places": [[cell, where[row], column] for cell, row, column in entry["places"]],
                "guards": [[where[row], cells] for row, cells in entry["guards"]],
                "population": [where[row] for row in entry["population"]],
                "derived": [[where[row], [where[one] for one in rows]] for row, rows in entry["derived"]],
                "kept": dict(kept),
            }
        )
    return tuple(moved)


def _texts(first: Released, second: Released, wanted: list[int]) -> "pd.DataFrame | None":
    import pandas as pd

    if first.texts is None or second.texts is None:
        if first.texts is not second.texts:
            raise DisclosureError(
                f"{first.id}: one part has words and the other has none; join what was split."
            )
        return None
    if list(first.texts.columns) != list(second.texts.columns):
        raise DisclosureError(f"{first.id}: the words of the two parts differ; join what was split.")
    texts = pd.concat([first.texts, second.texts], ignore_index=True)
    return texts.iloc[wanted].reset_index(drop=True)


def _provenance(first: Released, second: Released) -> Provenance:
    """The origin that says least: row counts that one part withholds stay withheld."""
    one, other = first.provenance, second.provenance
    files = [[(source.file, source.digest) for source in origin.sources] for origin in (one, other)]
    if files[0] != files[1] or one.method != other.method:
        raise DisclosureError(f"{first.id}: the two parts come from different files; join what was split.")
    least = min(one, other, key=lambda origin: origin.rows_in)
    return replace(least, synthetic=one.synthetic or other.synthetic)
