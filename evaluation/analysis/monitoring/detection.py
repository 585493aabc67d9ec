"""Identified victims beside the capacity to detect them and the ways by which cases are referred."""

from collections.abc import Mapping, Sequence

from evaluation.analysis.monitoring._intervals import ratio_columns
from evaluation.analysis.monitoring._rows import Row, Words, make_result, pair, term
from evaluation.analysis.monitoring.change import CI_LEVEL, changes
from evaluation.analysis.monitoring.definitions import Definitions
from evaluation.core.results import NUMBER_COLUMNS, Result
from evaluation.core.status import Status
from evaluation.strategy.periods import Break
from evaluation.strategy.words import Text

PUBLISHED = "victims_identified"
NAME = Text(ro="Victime identificate (cifră publicată)", en="Identified victims (published figure)")
WORD = {-1: "fall", 0: "steady", 1: "rise"}
AMOUNT = {-1: "less", 0: "equal", 1: "more"}
Directions = list[int | None]


def detection(
    values: Result,
    *,
    first: int,
    last: int,
    definitions: Definitions,
    breaks: Sequence[Break] = (),
    victims: Mapping[int, int] | None = None,
) -> Result:
    """Changes of identified victims, of detection capacity and of referral, side by side, and how they read.

    Which indicators play which part is a definition. ``victims`` may give the published yearly totals. Each
    indicator rises or falls when the exact interval of its ratio excludes 1. The outcome is the published total
    when both years are given; otherwise it falls when some outcome indicators fall and none rises, and the
    reverse; anything else is ``steady``. Detection is less when more of its indicators (capacity and referral
    together) fall than rise, and the reverse. The reading names both and says nothing about success: fewer
    identified victims with less detection may be the same crime seen less.
    """
    changed = changes(values, first=first, last=last, definitions=definitions, breaks=breaks)
    assert changed.texts is not None
    rows: list[Row] = []
    texts: list[Words] = []
    found: dict[str, Directions] = {}
    if victims and {first, last} <= set(victims):
        row = _published(victims[first], victims[last])
        found["published"] = [_direction(row)]
        rows.append({**row, "period": f"{first}-{last}", "group": "outcome"})
        texts.append(pair("label", NAME) | pair("name", NAME) | term("role", "outcome", definitions.terms))
    lines = zip(changed.table.to_dict("records"), changed.texts.to_dict("records"), strict=True)
    by_name = {str(line["measure"]): (line, words) for line, words in lines}
    for role in definitions.detection:
        for name in (one for one in role.indicators if one in by_name):
            line, said = by_name[name]
            row = {str(key): value for key, value in line.items() if key not in ("group", "level")}
            row = {key: one for key, one in row.items() if key not in NUMBER_COLUMNS or one == one}
            found.setdefault(role.id, []).append(_direction(row))
            rows.append({**row, "group": role.id})
            words = {str(key): str(one) for key, one in said.items()}
            texts.append(words | term("role", role.id, definitions.terms))
    key, row = _read(found.get("published") or found.get("outcome", []), _both(found))
    rows.append({**row, "period": f"{first}-{last}", "group": "reading", "level": key})
    texts.append(term("reading", key, definitions.terms))
    return make_result("monitoring_detection", rows, texts, values.provenance, method="change_between_years")


def _published(before: int, after: int) -> Row:
    row: Row = {"measure": PUBLISHED, "quantity": "rate_ratio", "numerator": after, "denominator": before}
    row |= {"n": before + after, "method": "exact_conditional"}
    low, high = ratio_columns([after], [before], ci_level=CI_LEVEL)
    if before == 0 or after == 0:
        return {**row, "status": Status.TOO_FEW.value}
    return {**row, "estimate": after / before, "ci_low": low[0], "ci_high": high[0], "ci_level": CI_LEVEL}


def _direction(row: Mapping[str, object]) -> int | None:
    """1, 0 or -1 for a clear rise, no clear change, a clear fall; None when it cannot be told."""
    low, high = row.get("ci_low"), row.get("ci_high")
    if not isinstance(low, (int, float)) or not isinstance(high, (int, float)):
        return None
    none = 1.0 if row["quantity"] == "rate_ratio" else 0.0
    return 1 if low > none else -1 if high < none else 0


def _both(found: Mapping[str, Directions]) -> Directions:
    return [*found.get("capacity", []), *found.get("referral", [])]


def _read(outcome: Directions, around: Directions) -> tuple[str, Row]:
    """The reading, and how many of the comparable detection indicators fell."""
    known = [one for one in around if one is not None]
    row: Row = {"measure": "detection", "quantity": "proportion", "n": len(known), "method": "full_count"}
    row |= {"numerator": known.count(-1), "denominator": len(known)}
    row |= {"estimate": known.count(-1) / len(known)} if known else {"status": Status.NOT_COLLECTED.value}
    results = [one for one in outcome if one is not None]
    if not results:
        return "not_comparable", row
    falls, rises = results.count(-1), results.count(1)
    moved = WORD[(rises > 0) - (falls > 0)]
    if not known:
        return f"{moved}_with_unknown_detection", row
    balance = known.count(1) - known.count(-1)
    return f"{moved}_with_{AMOUNT[(balance > 0) - (balance < 0)]}_detection", row
