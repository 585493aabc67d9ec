"""The verdict on each definition: evidence held against the written criteria, the worst word wins."""

from collections.abc import Mapping, Sequence

from evaluation.analysis.workbench._counties import Row, Words, build_result, words_row
from evaluation.core.provenance import Provenance, Source
from evaluation.core.results import Listing, Result
from evaluation.core.status import Status
from evaluation.strategy.definitions import (
    Component,
    Criterion,
    IndicatorDefinition,
    Thresholds,
    Verdict,
)
from evaluation.strategy.plan import Plan
from evaluation.strategy.words import Text

Evidence = Mapping[str, Mapping[str, float]]
"""Definition id -> criterion id -> what was found."""
ORDER = (Verdict.ACCEPTED, Verdict.EXPERIMENTAL, Verdict.NOT_COMPUTABLE)
COMPUTED = "components_collected"
REAL = "real_data"
ALL = Text(ro="toate", en="all")
NO_WEIGHT = Text(ro="fără pondere", en="no weight")


def judge(definition: IndicatorDefinition, thresholds: Thresholds, evidence: Mapping[str, float]) -> Verdict:
    """The worse of what the file says and what the evidence allows.

    Without any collected component nothing is computable. Accepted needs every criterion of the aggregation
    with evidence on the right side; a criterion without evidence is not met.
    """
    wanted = criteria_of(definition, thresholds)
    if evidence.get(COMPUTED, 0.0) <= 0:
        found = Verdict.NOT_COMPUTABLE
    elif all(one.id in evidence and one.allows(evidence[one.id]) for one in wanted):
        found = Verdict.ACCEPTED
    else:
        found = Verdict.EXPERIMENTAL
    return max(definition.verdict, found, key=ORDER.index)


def criteria_of(definition: IndicatorDefinition, thresholds: Thresholds) -> tuple[Criterion, ...]:
    """The criteria that concern the way a definition is computed."""
    return tuple(one for one in thresholds.criteria if definition.aggregation in one.aggregations)


def judge_definitions(
    definitions: Sequence[IndicatorDefinition],
    thresholds: Thresholds,
    evidence: Evidence,
    *,
    synthetic: bool,
    provenance: Provenance,
) -> Result:
    """How many definitions have each verdict, and each criterion with its evidence and its threshold.

    When the caller or the provenance says that the data are invented, the criterion on real data is not met,
    so nothing is accepted; without any data it has no evidence.
    """
    real = 0.0 if synthetic or provenance.synthetic else 1.0
    whole: dict[str, dict[str, float]] = {}
    for one in definitions:
        found = dict(evidence.get(one.id, {}))
        whole[one.id] = found | {REAL: real} if found.get(COMPUTED, 0.0) > 0 else found
    verdicts = {one.id: judge(one, thresholds, whole[one.id]) for one in definitions}
    rows: list[Row] = []
    words: list[Words] = []
    for level in (*ORDER, "all"):
        number = sum(level in ("all", verdict) for verdict in verdicts.values())
        rows.append(_count("verdicts", "verdict", str(level), number))
        name = ALL if level == "all" else thresholds.verdicts[Verdict(level)]
        words.append(words_row(name) | _blank())
    for one in definitions:
        rows.append(_count(one.id, "verdict", verdicts[one.id].value, 1))
        empty = verdicts[one.id] is Verdict.NOT_COMPUTABLE is not one.verdict
        note = thresholds.no_data if empty else one.reason
        words.append(words_row(thresholds.verdicts[verdicts[one.id]], note=note) | _blank())
        for criterion in criteria_of(one, thresholds):
            row, outcome = _criterion_row(one, criterion, whole[one.id])
            rows.append(row)
            words.append(words_row(criterion.name) | _outcome(thresholds.outcomes[outcome], criterion.reason))
    return build_result("verdicts", rows, words, provenance)


def indicator_names(plan: Plan) -> dict[str, Text]:
    """The printed name of every indicator by its id."""
    return {card.id: card.name for measure in plan.measures for card in measure.indicators}


def list_definitions(
    definitions: Sequence[IndicatorDefinition],
    thresholds: Thresholds,
    *,
    names: Mapping[str, Text],
    sources: Sequence[Source],
) -> Listing:
    """One row a definition; ``names`` gives the printed name of each indicator by its id."""
    rows = [
        {
            "definition": one.id,
            "indicator": one.indicator,
            **_both("name", names[one.indicator]),
            **_both("concept", one.concept),
            **_both("formula", one.formula),
            **_both("scale", one.scale),
            **_both("missing_rule", one.missing_rule),
            **_both("non_compensation", one.non_compensation),
            **_both("cost", one.cost),
            **_both("verdict", thresholds.verdicts[one.verdict]),
            **_both("reason", one.reason),
            "missing_evidence.ro": " ".join(text.ro for text in one.missing_evidence),
            "missing_evidence.en": " ".join(text.en for text in one.missing_evidence),
        }
        for one in definitions
    ]
    return _listing("definitions", rows, sources)


def list_components(
    definitions: Sequence[IndicatorDefinition], thresholds: Thresholds, *, sources: Sequence[Source]
) -> Listing:
    """One row a component: the data it needs, where they would come from, its weight and the reason."""
    rows = [
        {
            "definition": one.id,
            "component": part.id,
            **_both("name", part.name),
            **_both("data_needed", part.data_needed),
            **_both("source", thresholds.sources[part.source]),
            **_both("direction", thresholds.directions[part.direction]),
            **_both("weight", _weight(part)),
            **_both("reason", part.reason),
        }
        for one in definitions
        for part in one.components
    ]
    return _listing("components", rows, sources)


def _criterion_row(
    definition: IndicatorDefinition, criterion: Criterion, evidence: Mapping[str, float]
) -> tuple[Row, str]:
    """The row of one criterion, with its bound as the numerator, and the outcome."""
    row: Row = {
        "measure": definition.id,
        "quantity": "evidence",
        "group": "criterion",
        "level": criterion.id,
        "numerator": criterion.bound,
        "method": "at_least" if criterion.at_least is not None else "at_most",
    }
    if criterion.id not in evidence:
        return {**row, "status": Status.NOT_COLLECTED.value}, "no_evidence"
    value = evidence[criterion.id]
    return {**row, "estimate": value}, "met" if criterion.allows(value) else "not_met"


def _count(measure: str, group: str, level: str, number: int) -> Row:
    row: Row = {"measure": measure, "quantity": "count", "group": group, "level": level, "method": "count"}
    return {**row, "n": number, "numerator": number, "estimate": number}


def _outcome(outcome: Text, reason: Text) -> Words:
    return {
        "outcome.ro": outcome.ro,
        "outcome.en": outcome.en,
        "reason.ro": reason.ro,
        "reason.en": reason.en,
    }


def _blank() -> Words:
    return {"outcome.ro": "", "outcome.en": "", "reason.ro": "", "reason.en": ""}


def _weight(part: Component) -> Text:
    if part.weight is None:
        return NO_WEIGHT
    return Text(ro=f"{part.weight:g}".replace(".", ","), en=f"{part.weight:g}")


def _both(field: str, text: Text) -> dict[str, str]:
    return {f"{field}.ro": text.ro, f"{field}.en": text.en}


def _listing(listing_id: str, rows: list[dict[str, str]], sources: Sequence[Source]) -> Listing:
    import pandas as pd

    origin = Provenance(tuple(sources), "definitions of the workbench", len(rows), len(rows))
    return Listing(listing_id, pd.DataFrame(rows).astype("str"), origin)
