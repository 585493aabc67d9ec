"""The comparability statement: for every indicator of both plans, how far its values may be set side by side, and why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from evaluation.core.errors import JudgementError
from evaluation.core.project import Project
from evaluation.core.provenance import Provenance, Source, digest_file
from evaluation.core.results import Listing, Result, make_table
from evaluation.judgement.comparability_rules import (
    ComparabilityRules,
    Fact,
    Verdict,
    comparability_source,
    load_comparability_rules,
)
from evaluation.judgement.published_definitions import DEFINITIONS, PUBLISHED, FrozenCard, FrozenDefinitions
from evaluation.strategy.crosswalk import EvaluatedPlans, Relation, Step
from evaluation.strategy.frame import plan_sources
from evaluation.strategy.periods import Break
from evaluation.strategy.plan import DefinitionStatus, Indicator, Plan
from evaluation.strategy.words import Text

if TYPE_CHECKING:
    import pandas as pd

METHOD = "comparability_rules"
NONE = "–"
WHOLE = Text(ro="Ambele planuri", en="Both plans")
_RELATIONS = {
    Relation.NEW: Fact.RELATION_NEW,
    Relation.DROPPED: Fact.RELATION_DROPPED,
    Relation.CHANGED: Fact.RELATION_CHANGED,
}
_COMPARED = {
    "name": Fact.NAME_DIFFERS,
    "unit": Fact.UNIT_DIFFERS,
    "type": Fact.TYPE_DIFFERS,
    "numerator": Fact.NUMERATOR_DIFFERS,
    "denominator": Fact.DENOMINATOR_DIFFERS,
    "direction": Fact.DIRECTION_DIFFERS,
    "disaggregation": Fact.BREAKDOWN_DIFFERS,
    "frequency": Fact.FREQUENCY_DIFFERS,
    "status": Fact.STATE_DIFFERS,
}
_FROZEN = {
    "card": Fact.CARD_EDITED,
    "definition": Fact.DEFINITION_EDITED,
    "baseline": Fact.BASELINE_EDITED,
}


@dataclass(frozen=True, slots=True)
class Comparable:
    """An indicator with its ids in both plans, the verdict, and the rules and reasons that led to it."""

    old: str
    new: str
    measure: str
    name: Text
    verdict: Verdict
    rules: tuple[str, ...]
    reason: Text

    @property
    def general(self) -> str:
        """The general objective under which it is counted."""
        return self.measure[0]


def compare_definitions(
    plans: EvaluatedPlans,
    *,
    today: Iterable[FrozenCard],
    frozen: FrozenDefinitions,
    breaks: Iterable[Break] = (),
    rules: ComparabilityRules | None = None,
) -> tuple[Comparable, ...]:
    """The verdict on every indicator of both plans, in the order of the crosswalk.

    ``today`` are the digests of the first plan's indicators as the files stand now, ``frozen`` those of the
    published report. A break counts under the id of either plan. Nothing is left out: every step is one row.
    """
    if plans.later is None or plans.crosswalk is None:
        raise JudgementError("comparability: one plan only, so there is nothing to compare; name two plans.")
    rules = rules or load_comparability_rules()
    first, later = _cards(plans.first), _cards(plans.later)
    now, then = {one.id: one for one in today}, frozen.by_id
    listed = list(breaks)
    found = []
    for step in plans.crosswalk.indicators:
        old, new = first.get(step.old), later.get(step.new)
        own = [one for one in listed if one.indicator in {step.old, step.new} - {""}]
        facts = step_facts(
            step, old and old[1], new and new[1], now=now.get(step.old), then=then.get(step.old)
        )
        verdict, held = rules.decide(facts | ({Fact.BREAK} if own else set()))
        reasons = [_filled(one.reason, step, own) for one in held] or [rules.same]
        measure, card = new or old or _unknown(step)
        ids = tuple(one.id for one in held) or (rules.same.id,)
        found.append(Comparable(step.old, step.new, measure, card.name, verdict, ids, _joined(reasons)))
    return tuple(found)


def step_facts(
    step: Step,
    old: Indicator | None,
    new: Indicator | None,
    *,
    now: FrozenCard | None,
    then: FrozenCard | None,
) -> set[Fact]:
    """What the crosswalk, the two cards and the frozen digests say; Romanian texts are compared, not translations."""
    facts = {_RELATIONS[step.relation]} if step.relation in _RELATIONS else set()
    if old is not None and new is not None:
        facts |= {fact for name, fact in _COMPARED.items() if _printed(old, name) != _printed(new, name)}
    if {one.status for one in (old, new) if one is not None} == {DefinitionStatus.UNDEFINED}:
        facts.add(Fact.UNDEFINED)
    if old is not None and then is None:
        facts.add(Fact.NOT_FROZEN)
    if now is not None and then is not None:
        facts |= {fact for name, fact in _FROZEN.items() if getattr(now, name) != getattr(then, name)}
    return facts


def comparability_sources(
    project: Project, plans: EvaluatedPlans, earlier: str, *, breaks: Path
) -> tuple[Source, ...]:
    """The files behind the statement: both plans, crosswalk, frozen definitions, list of breaks."""
    frozen = project.judgement / earlier / PUBLISHED / DEFINITIONS
    files = [one for one in (frozen, breaks) if one.is_file()]
    listed = (Source(project.relative(one), digest_file(one)) for one in files)
    later = plan_sources(plans.later.head.id) if plans.later else ()
    return (*plans.sources, *plan_sources(plans.first.head.id), *later, *listed)


def count_comparability(
    compared: Sequence[Comparable],
    plans: EvaluatedPlans,
    *,
    sources: Sequence[Source],
    synthetic: bool,
    rules: ComparabilityRules | None = None,
) -> Result:
    """How many indicators have each verdict, for both plans and each general objective, zeros among them.

    All indicators are counted, so there is no sampling interval.
    """
    rules = rules or load_comparability_rules()
    levels = [("plan", "all", WHOLE)]
    levels += [
        ("general_objective", one.code, Text(ro=f"{one.code} {one.name.ro}", en=f"{one.code} {one.name.en}"))
        for one in plans.first.general
    ]
    rows: list[dict[str, object]] = []
    texts: list[dict[str, str]] = []
    for group, level, label in levels:
        own = [one for one in compared if level in ("all", one.general)]
        for verdict in Verdict:
            found = sum(one.verdict is verdict for one in own)
            rows.append(
                {"measure": verdict.value, "quantity": "count", "group": group, "level": level}
                | {"n": len(own), "estimate": found, "method": METHOD}
            )
            texts.append(_words("label", label) | _words("verdict", rules.verdicts[verdict]))
    origin = _origin(compared, sources, synthetic=synthetic)
    return Result("comparability_counts", make_table(rows), origin, _frame(texts))


def list_comparability(
    compared: Sequence[Comparable],
    *,
    sources: Sequence[Source],
    synthetic: bool,
    rules: ComparabilityRules | None = None,
) -> Listing:
    """One row an indicator: its ids in both plans, the verdict and the reason."""
    rules = rules or load_comparability_rules()
    rows = [
        {"old": one.old or NONE, "new": one.new or NONE, "general": one.general}
        | {"verdict_key": one.verdict.value, "rules": ", ".join(one.rules)}
        | _words("name", one.name)
        | _words("verdict", rules.verdicts[one.verdict])
        | _words("reason", one.reason)
        for one in sorted(compared, key=lambda one: one.general)
    ]
    return Listing("comparability", _frame(rows), _origin(compared, sources, synthetic=synthetic))


def _cards(plan: Plan) -> dict[str, tuple[str, Indicator]]:
    return {card.id: (measure.code, card) for measure in plan.measures for card in measure.indicators}


def _printed(card: Indicator, field: str) -> object:
    """A field as it is compared: a text in Romanian, a list without its order."""
    value = getattr(card, field)
    if isinstance(value, tuple):
        return frozenset(value)
    return value.ro if isinstance(value, Text) else value


def _unknown(step: Step) -> tuple[str, Indicator]:
    raise JudgementError(
        f"crosswalk: {step.old or step.new} is in neither plan; correct the line of the crosswalk."
    )


def _filled(reason: Text, step: Step, breaks: Sequence[Break]) -> Text:
    """The reason with the note of the crosswalk and the first break."""
    first = breaks[0] if breaks else None
    since = first.from_period if first else ""
    told: Mapping[str, tuple[str, str]] = {
        "{note}": (step.note.ro, step.note.en) if step.note else ("", ""),
        "{since}": (since, since),
        "{why}": (first.note_ro, first.note_en) if first else ("", ""),
    }
    romanian, english = reason.ro, reason.en
    for place, (ro, en) in told.items():
        romanian, english = romanian.replace(place, ro), english.replace(place, en)
    return Text(ro=romanian, en=english)


def _joined(reasons: Iterable[Text]) -> Text:
    many = list(reasons)
    return Text(ro=" ".join(one.ro for one in many), en=" ".join(one.en for one in many))


def _words(field: str, text: Text) -> dict[str, str]:
    return {f"{field}.ro": text.ro, f"{field}.en": text.en}


def _frame(rows: list[dict[str, str]]) -> "pd.DataFrame":
    import pandas as pd

    return pd.DataFrame(rows)


def _origin(compared: Sequence[Comparable], sources: Sequence[Source], *, synthetic: bool) -> Provenance:
    files = (*sources, comparability_source())
    return Provenance(files, METHOD, len(compared), len(compared), synthetic=synthetic)
