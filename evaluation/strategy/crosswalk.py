"""How the indicators of a later plan continue those of the first."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from pydantic import model_validator

from evaluation.core.errors import StrategyError
from evaluation.core.provenance import Source, digest_file
from evaluation.core.yamlfile import read_yaml
from evaluation.strategy.frame import Assessment, load_assessments, plan_sources
from evaluation.strategy.plan import PLANS, Plan, load_plan
from evaluation.strategy.words import Definition, Text, load_as


class Relation(StrEnum):
    """What became of an indicator."""

    CONTINUING = "continuing"
    """The same definition: the series goes on."""
    CHANGED = "changed"
    """A revised definition: the series goes on across a flagged break."""
    DROPPED = "dropped"
    NEW = "new"


class Step(Definition):
    """One indicator's way from the earlier plan to the later."""

    old: str = ""
    new: str = ""
    relation: Relation
    note: Text | None = None

    @model_validator(mode="after")
    def _complete(self) -> "Step":
        has_both = bool(self.old) and bool(self.new)
        right = {
            Relation.CONTINUING: has_both,
            Relation.CHANGED: has_both and self.note is not None,
            Relation.DROPPED: bool(self.old) and not self.new,
            Relation.NEW: bool(self.new) and not self.old,
        }
        if not right[self.relation]:
            raise ValueError(
                "continuing and changed need both ids, dropped the old, new the new; changed needs a note"
            )
        return self


class Crosswalk(Definition):
    """The steps of every indicator of two plans."""

    from_plan: str
    to_plan: str
    indicators: tuple[Step, ...]

    @property
    def earlier_ids(self) -> dict[str, str]:
        """The earlier id of every indicator that continues, changed or not, by its later id."""
        return {one.new: one.old for one in self.indicators if one.old and one.new}

    @property
    def changed(self) -> frozenset[str]:
        """Earlier ids of the indicators whose definition was revised."""
        return frozenset(one.old for one in self.indicators if one.relation is Relation.CHANGED)


@dataclass(frozen=True, slots=True)
class EvaluatedPlans:
    """The plan of an assessment, and the later one with its crosswalk where two are evaluated."""

    first: Plan
    later: Plan | None = None
    crosswalk: Crosswalk | None = None
    sources: tuple[Source, ...] = ()


def load_plans(assessment: Assessment, *, folder: Path = PLANS) -> EvaluatedPlans:
    """The plans of an assessment; one that is not published stops, because nothing may be said in its place."""
    missing = [one for one in assessment.plans if not (folder / one / "plan.yaml").is_file()]
    if missing:
        raise StrategyError(
            f"{assessment.id}: {missing[0]} is not published; add its files to evaluation/strategy/plans with a "
            "crosswalk, or try the kit on the bundled example."
        )
    first, *others = (load_plan(one, folder=folder) for one in assessment.plans)
    if not others:
        return EvaluatedPlans(first, sources=plan_sources(first.head.id, folder=folder))
    if len(others) > 1:
        raise StrategyError(
            f"{assessment.id}: more than two plans; one crosswalk leads from one plan to one."
        )
    crosswalk = load_crosswalk(others[0].head.id, folder=folder)
    check_crosswalk(crosswalk, first, others[0])
    place = f"evaluation/strategy/plans/{others[0].head.id}/crosswalk.yaml"
    digest = digest_file(folder / others[0].head.id / "crosswalk.yaml")
    return EvaluatedPlans(first, others[0], crosswalk, (Source(file=place, digest=digest),))


def reporting_plans(*, synthetic: bool, folder: Path = PLANS) -> tuple[Plan, ...]:
    """The plans on which institutions report, the earliest first; each covers the years of its own window.

    A plan that is not published is left out; for invented returns the synthetic plan stands in for it.
    """
    found: dict[str, Plan] = {}
    for assessment in load_assessments():
        stand_ins = {one.plan: one.stand_in for one in assessment.missing_plans if one.stand_in}
        for name in assessment.plans:
            is_there = (folder / name / "plan.yaml").is_file()
            chosen = name if is_there else stand_ins.get(name, "") if synthetic else ""
            if chosen and chosen not in found:
                found[chosen] = load_plan(chosen, folder=folder)
    return tuple(found.values())


def plan_of_year(plans: tuple[Plan, ...], year: int) -> Plan | None:
    """The plan whose window holds the year."""
    return next((one for one in plans if one.window.start.year <= year <= one.window.end.year), None)


def load_crosswalk(plan_id: str, *, folder: Path = PLANS) -> Crosswalk:
    """The crosswalk that a later plan brings with it."""
    return load_as(Crosswalk, read_yaml(folder / plan_id / "crosswalk.yaml"), file="crosswalk.yaml")


def rename_cards(plan: Plan, names: Mapping[str, str]) -> Plan:
    """The plan with other ids for some of its indicators."""
    measures = tuple(
        measure.model_copy(
            update={
                "indicators": tuple(
                    card.model_copy(update={"id": names.get(card.id, card.id)}) for card in measure.indicators
                )
            }
        )
        for measure in plan.measures
    )
    return plan.model_copy(update={"measures": measures})


def check_crosswalk(crosswalk: Crosswalk, earlier: Plan, later: Plan) -> None:
    """Every indicator of both plans has exactly one step, and no step names an unknown one."""
    for plan, side in ((earlier, "old"), (later, "new")):
        named = [getattr(one, side) for one in crosswalk.indicators if getattr(one, side)]
        known = [card.id for measure in plan.measures for card in measure.indicators]
        twice = sorted({one for one in named if named.count(one) > 1})
        astray = sorted(set(named) ^ set(known)) or twice
        if astray:
            raise StrategyError(
                f"crosswalk.yaml: {astray[0]}: every indicator of {plan.head.id} needs exactly one step, "
                "and no other id may stand there; add or correct its line."
            )
