"""What of the registered plan still holds: same, declared, brought by the kit, or undeclared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from evaluation.core.errors import JudgementError
from evaluation.judgement.analysis_plan import (
    DEVIATIONS_FILE,
    AnalysisPlan,
    Deviation,
    load_analysis_plan,
    load_deviations,
)
from evaluation.judgement.analysis_rules import MATRIX, RuleChange, load_rules, rule_digests
from evaluation.judgement.judgement import Judgement
from evaluation.judgement.store import read_judgement


class Holding(StrEnum):
    """How a part of the plan stands today."""

    SAME = "same"
    DECLARED = "declared"
    BY_KIT = "by_kit"
    UNDECLARED = "undeclared"


@dataclass(frozen=True, slots=True)
class PartState:
    """One rule, or one finding's change that matters, with both digests where it has them."""

    part: str
    holding: Holding
    registered: str = ""
    today: str = ""
    deviation: str = ""
    changes: tuple[RuleChange, ...] = ()


def compare_plan(
    plan: AnalysisPlan,
    deviations: Sequence[Deviation],
    *,
    today: Mapping[str, str],
    changes: Sequence[RuleChange] | None = None,
) -> tuple[PartState, ...]:
    """Every rule registered or in force today.

    A rule that says something else than registered is a deviation, whoever changed it: the reader asks whether the
    rule moved after the data, not who moved it. Evaluators declare it by a row that gives the digest of the new
    content. A version of the kit declares it by a row of its own list that leads from the registered content to
    today's, so that the change is printed with its reason; a new version alone declares nothing.
    """
    known = load_rules().changes if changes is None else changes
    return tuple(
        _judge(one, plan.registered.get(one, ""), today.get(one, ""), deviations, known)
        for one in dict.fromkeys([*plan.registered, *today])
    )


def compare_changes(
    plan: AnalysisPlan, judgement: Judgement, deviations: Sequence[Deviation]
) -> tuple[PartState, ...]:
    """The findings that state a change that matters: planned for that measure, or a deviation names the finding."""
    declared = {one.concerns: one.id for one in deviations}
    found = []
    for one in judgement.findings:
        if one.meaningful_change is None:
            continue
        pieces = (judgement.piece(name) for name in one.evidence)
        measures = {piece.row.measure for piece in pieces if piece.row}
        planned = {
            change.value for change in plan.meaningful_changes if measures.intersection(change.measures)
        }
        same = one.meaningful_change.value in planned
        otherwise = Holding.DECLARED if one.id in declared else Holding.UNDECLARED
        found.append(
            PartState(one.id, Holding.SAME if same else otherwise, deviation=declared.get(one.id, ""))
        )
    return tuple(found)


def plan_states(folder: Path, plan: AnalysisPlan, deviations: Sequence[Deviation]) -> tuple[PartState, ...]:
    """The rules, and the findings of the folder where they are written already."""
    states = compare_plan(plan, deviations, today=rule_digests(folder, plan.assessment))
    if not (folder / "findings.yaml").is_file():
        return states
    return states + compare_changes(plan, read_judgement(folder), deviations)


def matrix_state(folder: Path, assessment: str, digest: str) -> PartState | None:
    """How a matrix of that digest stands beside the plan of a folder; None where no plan was registered."""
    plan = load_analysis_plan(folder, assessment=assessment)
    if plan is None:
        return None
    states = compare_plan(plan, load_deviations(folder, plan=plan), today={MATRIX: digest})
    return next(one for one in states if one.part == MATRIX)


def check_analysis_plan(folder: Path, assessment: str, *, synthetic: bool) -> None:
    """A real report stops at an undeclared deviation; an invented one prints it.

    Without a plan nothing stops: the report says that none was registered. A plan that is marked as invented is
    refused beside data that are not.
    """
    plan = load_analysis_plan(folder, assessment=assessment)
    deviations = load_deviations(folder, plan=plan)
    if plan is None or synthetic:
        return
    if plan.synthetic or any(one.synthetic for one in deviations):
        raise JudgementError(
            "plan of analysis: it is marked as invented, the data are not; register the evaluators' own plan."
        )
    undeclared = [one for one in plan_states(folder, plan, deviations) if one.holding is Holding.UNDECLARED]
    if undeclared:
        told = "; ".join(f"{one.part} ({one.today or 'no digest'})" for one in undeclared)
        raise JudgementError(
            f"plan of analysis: {len(undeclared)} undeclared deviation(s): {told}; declare each in "
            f"{DEVIATIONS_FILE} with its reason, or restore what was registered."
        )


def _judge(
    part: str, before: str, now: str, deviations: Sequence[Deviation], changes: Sequence[RuleChange]
) -> PartState:
    if before == now:
        return PartState(part, Holding.SAME, before, now)
    for one in deviations:
        if one.concerns == part and one.digest == now:
            return PartState(part, Holding.DECLARED, before, now, deviation=one.id)
    path = _kit_path(part, before, now, changes)
    return PartState(part, Holding.BY_KIT if path else Holding.UNDECLARED, before, now, changes=path)


def _kit_path(part: str, before: str, now: str, changes: Sequence[RuleChange]) -> tuple[RuleChange, ...]:
    """The kit's own changes that lead from one content to the other, in order; nothing if they do not."""
    steps = {one.before: one for one in changes if one.rule == part}
    path: list[RuleChange] = []
    while before != now:
        step = steps.pop(before, None)
        if step is None:
            return ()
        path.append(step)
        before = step.after
    return tuple(path)
