"""Delivery across the plan's own lines: pillars, problems, expected results, themes."""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from pydantic import Field

from evaluation.analysis.monitoring._rows import (
    WHOLE,
    Row,
    Words,
    make_listing,
    make_result,
    pair,
    tally_row,
)
from evaluation.core.errors import AnalysisError
from evaluation.core.provenance import Source
from evaluation.core.results import Listing, Result
from evaluation.core.status import Status
from evaluation.core.yamlfile import read_yaml
from evaluation.strategy.frame import ExpectedResult, Pillar, Problem
from evaluation.strategy.institutions import FRAME
from evaluation.strategy.plan import Measure, Plan
from evaluation.strategy.words import Definition, Text, check_unique, load_as

RULES = FRAME / "crosscutting.yaml"
UNKNOWN = ("not_reported", "contradicted")
OTHERS = "others"
BOUNDS = "bounds_unreported"


class Theme(Definition):
    """Measures that name something, by the words of their Romanian text; all others are beside them."""

    id: str
    words: tuple[str, ...] = Field(min_length=1)
    name: Text
    others: Text
    reason: Text

    def names(self, measure: Measure) -> bool:
        """The action or an indicator of the measure holds one of the words."""
        texts = (measure.action.ro, *(card.name.ro for card in measure.indicators))
        return any(re.search(word, text, re.IGNORECASE) for word in self.words for text in texts)


class CrossRules(Definition):
    """Themes, the breakdowns looked at, the fewest measures of a share."""

    themes: tuple[Theme, ...]
    breakdowns: tuple[str, ...]
    least_measures: int = Field(ge=1)
    least_reason: Text


class Lines(Definition):
    """One group of measures: what cuts across, which part of it, its name and its measures."""

    group: str
    level: str
    name: Text
    short: Text
    measures: frozenset[str]


@cache
def load_cross_rules(file: Path = RULES) -> CrossRules:
    """The rules of the cross-cutting analyses."""
    rules = load_as(CrossRules, read_yaml(file), file=file.name)
    check_unique((one.id for one in rules.themes), file=file.name)
    return rules


def cross_lines(
    plan: Plan,
    *,
    pillars: Sequence[Pillar],
    problems: Sequence[Problem],
    expected: Sequence[ExpectedResult],
    rules: CrossRules,
) -> tuple[Lines, ...]:
    """The plan as a whole, its pillars, the problems, the expected results and the themes with their complements.

    Problems and expected results are linked to objectives in our reading; a measure may stand under several, so
    their counts do not add up to the plan. Pillars, and each theme with the others, do.
    """
    every = frozenset(one.code for one in plan.measures)
    total = Text(ro="Total", en="Total")
    lines = [Lines(group="plan", level="all", name=WHOLE, short=total, measures=every)]
    lines += [_line(plan, "pillar", one.id, one, one.general_objectives) for one in pillars]
    lines += [_line(plan, "problem", one.id, one.title, one.objectives) for one in problems]
    lines += [_line(plan, "expected_result", one.id, one, one.objectives) for one in expected]
    for theme in rules.themes:
        named = frozenset(one.code for one in plan.measures if theme.names(one))
        lines.append(Lines(group=theme.id, level=theme.id, name=theme.name, short=theme.name, measures=named))
        rest = Lines(
            group=theme.id, level=OTHERS, name=theme.others, short=theme.others, measures=every - named
        )
        lines.append(rest)
    return tuple(lines)


def delivery_across(states: Result, lines: Iterable[Lines], *, rules: CrossRules) -> Result:
    """Of each group of measures: how many have begun, are delivered, are unknown, and the share delivered.

    Unknown are measures on which nobody reported or the reports contradict each other. The share is of those that
    have begun; all are counted, so it has no sampling interval. Its limits are what the share would be with none
    and with all of the unknown delivered. Under the rules' fewest measures the share is ``too_few``: part and whole
    stand beside it.
    """
    if states.id != "monitoring_measures":
        raise AnalysisError(f"{states.id}: states of measures are needed; give those of measure_states.")
    known = dict(zip(states.table["measure"], states.table["level"], strict=True))
    period = str(states.table["period"].iloc[0]) if len(states.table) else ""
    rows: list[Row] = []
    texts: list[Words] = []
    for line in lines:
        found = [str(known[code]) for code in sorted(line.measures) if code in known]
        for row in _counts(found, least=rules.least_measures):
            rows.append({**row, "period": period, "group": line.group, "level": line.level})
            texts.append(pair("label", line.name) | pair("short", line.short) | {"code": line.level})
    return make_result("crosscutting_delivery", rows, texts, states.provenance, method="full_count")


def list_themes(plan: Plan, *, rules: CrossRules, sources: Sequence[Source]) -> Listing:
    """Each theme with its reason and the codes of its measures, so that the rule can be checked and contested."""
    rows = [
        pair("theme", one.name)
        | pair("reason", one.reason)
        | {"measures": ", ".join(found.code for found in plan.measures if one.names(found)) or "–"}
        for one in rules.themes
    ]
    return make_listing("crosscutting_theme_list", rows, sources, method="plan_count")


def _line(plan: Plan, group: str, level: str, name: Text, objectives: Sequence[str]) -> Lines:
    codes = frozenset(one.code for objective in objectives for one in plan.of_objective(objective))
    plain, short = Text(ro=name.ro, en=name.en), Text(ro=level, en=level)
    return Lines(group=group, level=level, name=plain, short=short, measures=codes)


def _counts(states: Sequence[str], *, least: int) -> list[Row]:
    begun = len(states) - states.count("not_due")
    delivered, unknown = states.count("delivered"), sum(states.count(one) for one in UNKNOWN)
    made = {"measures": len(states), "begun": begun, "delivered": delivered, "unknown": unknown}
    return [
        *(tally_row(name, number) for name, number in made.items()),
        _share(delivered, unknown, begun, least),
    ]


def _share(delivered: int, unknown: int, begun: int, least: int) -> Row:
    row: Row = {"measure": "share_delivered", "quantity": "proportion", "n": begun, "method": BOUNDS}
    row |= {"numerator": delivered, "denominator": begun}
    if not begun:
        return row | {"status": Status.NOT_DUE.value}
    if begun < least:
        return row | {"status": Status.TOO_FEW.value}
    low, high = delivered / begun, (delivered + unknown) / begun
    return row | {"estimate": low, "ci_low": low, "ci_high": high}
