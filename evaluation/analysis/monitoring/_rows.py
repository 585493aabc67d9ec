"""Rows of monitoring results: labels, places in the returned files, origin."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from evaluation.core.observations import Observations
from evaluation.core.provenance import Provenance, Source
from evaluation.core.results import Listing, Result, make_table
from evaluation.strategy.plan import Indicator, Measure, Plan
from evaluation.strategy.words import Text

if TYPE_CHECKING:
    import pandas as pd

Row = dict[str, object]
Words = dict[str, str]
Terms = Mapping[str, Mapping[str, Text]]
Origin = Observations | Provenance | Sequence[Source]
PLACES = 4
WHOLE = Text(ro="Planul, în total", en="The plan as a whole")


def pair(field: str, text: Text) -> Words:
    """The two language columns of one text."""
    return {f"{field}.ro": text.ro, f"{field}.en": text.en}


def term(field: str, key: str, terms: Terms, *, kind: str = "") -> Words:
    """A coded word: its key and its words; no code, no words."""
    text = terms[kind or field].get(key)
    words = pair(field, text) if text is not None else {f"{field}.ro": "", f"{field}.en": ""}
    return {f"{field}_key": key, **words}


def chosen_cards(plan: Plan, objective: str = "") -> list[tuple[Measure, Indicator]]:
    """Measures and cards of an objective, in the plan's order."""
    measures = plan.of_objective(objective) if objective else plan.measures
    return [(measure, card) for measure in measures for card in measure.indicators]


def chosen_measures(plan: Plan, objective: str = "") -> tuple[Measure, ...]:
    """Measures of an objective, or all of them."""
    return plan.of_objective(objective) if objective else plan.measures


def card_words(measure: Measure, card: Indicator) -> Words:
    """What every row about an indicator carries."""
    label = Text(ro=f"{card.id} {card.name.ro}", en=f"{card.id} {card.name.en}")
    return {
        **pair("label", label),
        **pair("name", card.name),
        **pair("short", Text(ro=card.id, en=card.id)),
        **pair("unit", card.unit),
        "indicator": card.id,
        "code": measure.code,
        "objective": measure.objective,
        "direction_key": card.direction.value,
        "kind_key": card.type.value,
    }


def levels_of(plan: Plan, objective: str = "") -> list[tuple[str, str, Text, Text]]:
    """Groups and levels at which measures are counted: the whole, general and specific objectives.

    Each is (group, level, label, short); with an objective given, only that one and those below it.
    """
    levels = [] if objective else [("plan", "all", WHOLE, Text(ro="Total", en="Total"))]
    for group, codes in (("general_objective", plan.general), ("specific_objective", plan.specific)):
        for one in codes:
            if not objective or one.code == objective or one.code.startswith(f"{objective}."):
                label = Text(ro=f"{one.code} {one.name.ro}", en=f"{one.code} {one.name.en}")
                levels.append((group, one.code, label, Text(ro=one.code, en=one.code)))
    return levels


def within(code: str, level: str) -> bool:
    """A measure's code lies under an objective's; everything lies under ``all``.

    >>> within("1.2.3", "1.2"), within("1.2.3", "1"), within("1.2.3", "2"), within("1.2.3", "all")
    (True, True, False, True)
    """
    return level in ("all", code) or code.startswith(f"{level}.")


def share_row(measure: str, numerator: int, denominator: int, *, status: str = "not_applicable") -> Row:
    """A full count as a share of a full count: no sampling interval; no share of nothing."""
    row: Row = {
        "measure": measure,
        "quantity": "proportion",
        "n": denominator,
        "numerator": numerator,
        "denominator": denominator,
        "method": "full_count",
    }
    return row | ({"estimate": numerator / denominator} if denominator else {"status": status})


def tally_row(measure: str, count: int) -> Row:
    """A full count."""
    return {"measure": measure, "quantity": "count", "estimate": count, "method": "full_count"}


def places_of(table: "pd.DataFrame") -> "pd.Series[str]":
    """The place of each row as printed in the register: ``2025/ANITP.xlsx Indicatori!H12``."""
    year = table["year"].astype("int64").astype("str") if len(table) else table["file"]
    inside = table["file"].str.contains("/", regex=False)
    file = table["file"].where(inside, year + "/" + table["file"])
    cell = (table["sheet"] + "!" + table["cell"]).str.strip("!")
    return (file + " " + cell).str.strip()


def gather_places(table: "pd.DataFrame", by: Sequence[str]) -> dict[tuple[str, ...], str]:
    """For each group of rows, at most four of their places and how many more there are."""
    found: dict[tuple[str, ...], list[str]] = {}
    if table.empty:
        return {}
    columns = [table[name].astype("str").tolist() for name in by]
    for place, *key in zip(places_of(table).tolist(), *columns, strict=True):
        found.setdefault(tuple(key), []).append(place)
    return {key: _shorten(list(dict.fromkeys(places))) for key, places in found.items()}


def make_result(
    result_id: str,
    rows: Sequence[Row],
    texts: Sequence[Words],
    observations: Origin,
    *,
    method: str,
    rows_in: int | None = None,
    excluded: Mapping[str, int] | None = None,
) -> Result:
    """A result over returned files, its rows and words together; absent words are empty."""
    import pandas as pd

    words = pd.DataFrame(list(texts)).fillna("") if texts else None
    table = make_table([{"level": "all", **row} for row in rows])
    return Result(result_id, table, _origin(observations, method, rows_in, len(rows), excluded), words)


def make_listing(listing_id: str, texts: Sequence[Words], observations: Origin, *, method: str) -> Listing:
    """A listing over returned files."""
    import pandas as pd

    frame = pd.DataFrame(list(texts)).fillna("")
    return Listing(listing_id, frame, _origin(observations, method, None, len(texts), None))


def _shorten(places: list[str]) -> str:
    rest = len(places) - PLACES
    return "; ".join(places[:PLACES]) + (f"; +{rest}" if rest > 0 else "")


def _origin(
    given: Origin, method: str, rows_in: int | None, made: int, excluded: Mapping[str, int] | None
) -> Provenance:
    """The origin of a result made from observations, from another result's origin, or from files."""
    if isinstance(given, Provenance):
        return replace(given, method=method)
    synthetic = isinstance(given, Observations) and given.synthetic
    sources = given.sources if isinstance(given, Observations) else tuple(given)
    left = {name: number for name, number in (excluded or {}).items() if number}
    total = made if rows_in is None else rows_in
    return Provenance(sources, method, total, total - sum(left.values()), left, synthetic=synthetic)
