"""Evaluability: what of each objective and measure can be evaluated at all, by written rules over the plan's data."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evaluation.core.provenance import Provenance, Source
from evaluation.core.results import Listing, Result, make_table
from evaluation.judgement.evaluability_facts import figures_about, measure_facts, percent
from evaluation.judgement.evaluability_rules import (
    DIMENSIONS,
    EvaluabilityRules,
    Rating,
    Rule,
    evaluability_source,
    load_evaluability_rules,
)
from evaluation.judgement.plan_data import PlanData
from evaluation.strategy.words import Text

if TYPE_CHECKING:
    import pandas as pd

METHOD = "evaluability_rules"


@dataclass(frozen=True, slots=True)
class Assessed:
    """An objective or a measure with the rule that decided on each dimension and the facts behind it."""

    unit: str
    code: str
    name: Text
    facts: Mapping[str, float]
    decided: Mapping[str, Rule]

    def rating(self, dimension: str) -> Rating:
        """Yes, partly or no."""
        return self.decided[dimension].rating


def assess_evaluability(data: PlanData, rules: EvaluabilityRules | None = None) -> tuple[Assessed, ...]:
    """Every general objective, specific objective and measure, in the plan's order and level by level."""
    rules = rules or load_evaluability_rules()
    measures = [
        _assess("measure", one.code, one.action, measure_facts(one, data), rules)
        for one in data.plan.measures
    ]
    kinds = {"general": data.plan.general, "specific": data.plan.specific}
    objectives = [
        _assess(kind, one.code, one.name, objective_facts(one.code, measures, data), rules)
        for kind, level in kinds.items()
        for one in level
    ]
    return (*objectives, *measures)


def objective_facts(code: str, measures: Iterable[Assessed], data: PlanData) -> dict[str, float]:
    """What the frame and the ledger say about an objective, and how its measures were rated."""
    own = [one for one in measures if one.code.startswith(f"{code}.")]
    below = [one.code for one in data.plan.specific if code in {one.code, one.general}]
    near = {figure for gap in data.gaps if gap.objective in below for figure in gap.related}
    facts: dict[str, float] = {
        "measures": len(own),
        "expected_results": sum(bool(set(one.objectives) & {code, *below}) for one in data.expected),
        "figures": len(figures_about([code], data)),
        "near": len(near | figures_about(below, data)),
    }
    for dimension in DIMENSIONS:
        for rating in (Rating.YES, Rating.NO):
            found = sum(one.rating(dimension) is rating for one in own)
            facts[f"{dimension}_{rating.value}"] = percent(found, len(own))
    return facts


def list_evaluability(
    assessed: Sequence[Assessed], rules: EvaluabilityRules, *, sources: Sequence[Source]
) -> Listing:
    """One row a unit: its rating on each dimension, and what follows from every one that is not a yes."""
    return Listing("evaluability", _frame(_row(one, rules) for one in assessed), _origin(assessed, sources))


def list_evaluability_reasons(
    assessed: Sequence[Assessed], rules: EvaluabilityRules, *, sources: Sequence[Source]
) -> Listing:
    """One row a unit and dimension: rating, rule, reason and consequence."""
    rows = (
        {
            "unit": one.unit,
            "code": one.code,
            "dimension": dimension,
            "rating": rule.rating.value,
            "rule": rule.id,
            **_words("name", one.name),
            **_words("dimension", rules.dimensions[dimension]),
            **_words("rating", rules.ratings[rule.rating.value]),
            **_words("reason", rule.reason),
            **_words("consequence", rule.consequence),
        }
        for one in assessed
        for dimension, rule in one.decided.items()
    )
    return Listing("evaluability_reasons", _frame(rows), _origin(assessed, sources))


def count_evaluability(
    assessed: Sequence[Assessed], rules: EvaluabilityRules, *, sources: Sequence[Source]
) -> Result:
    """How many units of each kind have each rating on each dimension, zeros among them.

    All units of the plan are counted, so there is no sampling interval.
    """
    rows: list[dict[str, object]] = []
    texts: list[dict[str, str]] = []
    for unit, unit_name in rules.units.items():
        own = [one for one in assessed if one.unit == unit]
        for dimension, dimension_name in rules.dimensions.items():
            for rating, rating_name in rules.ratings.items():
                found = sum(one.rating(dimension) == rating for one in own)
                rows.append(
                    {
                        "measure": f"evaluability_{dimension}",
                        "quantity": "count",
                        "group": unit,
                        "level": rating,
                        "n": len(own),
                        "estimate": found,
                        "method": METHOD,
                    }
                )
                texts.append(
                    _words("unit", unit_name)
                    | _words("dimension", dimension_name)
                    | _words("rating", rating_name)
                )
    return Result("evaluability_counts", make_table(rows), _origin(assessed, sources), _frame(texts))


def _assess(unit: str, code: str, name: Text, facts: dict[str, float], rules: EvaluabilityRules) -> Assessed:
    decided = {dimension: rules.rate(unit, dimension, facts) for dimension in DIMENSIONS}
    return Assessed(unit, code, name, facts, decided)


def _row(one: Assessed, rules: EvaluabilityRules) -> dict[str, str]:
    row = {
        "unit": one.unit,
        "code": one.code,
        **_words("unit", rules.units[one.unit]),
        **_words("name", one.name),
    }
    for dimension, rule in one.decided.items():
        row |= _words(dimension, rules.ratings[rule.rating.value])
    lacking = [rule.consequence for rule in one.decided.values() if rule.rating is not Rating.YES]
    told = Text(
        ro=" ".join(text.ro for text in lacking) or "–", en=" ".join(text.en for text in lacking) or "–"
    )
    return row | _words("consequence", told)


def _words(field: str, text: Text) -> dict[str, str]:
    return {f"{field}.ro": text.ro, f"{field}.en": text.en}


def _frame(rows: Iterable[dict[str, str]]) -> "pd.DataFrame":
    import pandas as pd

    return pd.DataFrame(list(rows))


def _origin(assessed: Sequence[Assessed], sources: Sequence[Source]) -> Provenance:
    return Provenance((*sources, evaluability_source()), METHOD, len(assessed), len(assessed))
