"""The results chain: every measure on its path to objectives, expected results and problems, orphans flagged."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from evaluation.strategy.frame import ExpectedResult, Pillar, Problem
from evaluation.strategy.plan import Plan
from evaluation.strategy.words import Text


class Level(StrEnum):
    """The levels of the chain, from what is done to why."""

    MEASURE = "measure"
    SPECIFIC = "specific"
    GENERAL = "general"
    RESULT = "expected_result"
    PROBLEM = "problem"
    PILLAR = "pillar"


class Orphan(StrEnum):
    """Where the chain breaks."""

    MEASURE_WITHOUT_INDICATOR = "measure_without_indicator"
    MEASURE_WITHOUT_RESULT = "measure_without_result"
    MEASURE_WITHOUT_OBJECTIVE = "measure_without_objective"
    OBJECTIVE_WITHOUT_MEASURE = "objective_without_measure"
    OBJECTIVE_WITHOUT_RESULT = "objective_without_result"
    OBJECTIVE_WITHOUT_PROBLEM = "objective_without_problem"
    OBJECTIVE_WITHOUT_PILLAR = "objective_without_pillar"
    RESULT_WITHOUT_OBJECTIVE = "result_without_objective"
    PROBLEM_WITHOUT_OBJECTIVE = "problem_without_objective"
    PILLAR_WITHOUT_OBJECTIVE = "pillar_without_objective"


@dataclass(frozen=True, slots=True)
class Node:
    """One box of the chain."""

    id: str
    level: Level
    name: Text


@dataclass(frozen=True, slots=True)
class Edge:
    """An arrow towards the reason; ``printed`` is false where the link is our reading."""

    start: str
    end: str
    printed: bool


@dataclass(frozen=True, slots=True)
class Path:
    """A measure with everything that it leads to."""

    measure: str
    specific: str
    general: str
    results: tuple[str, ...]
    problems: tuple[str, ...]
    pillars: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chain:
    """Boxes, arrows, the path of every measure, and the places where the chain breaks."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    paths: tuple[Path, ...]
    orphans: tuple[tuple[str, Orphan], ...]

    def name(self, node: str) -> Text:
        """The name of a box."""
        return next(one.name for one in self.nodes if one.id == node)

    def towards(self, node: str) -> tuple[str, ...]:
        """The boxes whose arrows end here, in their order."""
        return tuple(one.start for one in self.edges if one.end == node)


def trace_results(
    plan: Plan, expected: Sequence[ExpectedResult], problems: Sequence[Problem], pillars: Sequence[Pillar]
) -> Chain:
    """The chain of a plan; a link to an objective that the plan does not have counts as none."""
    specific = {one.code: one for one in plan.specific}
    general = {one.code for one in plan.general}
    nodes = tuple(_nodes(plan, expected, problems, pillars))
    codes = set(specific) | general
    edges = [Edge(one.code, one.objective, True) for one in plan.measures if one.objective in specific]
    edges += [Edge(one.code, one.general, True) for one in plan.specific if one.general in general]
    aims = {one.id: one.objectives for one in expected} | {one.id: one.objectives for one in problems}
    edges += [Edge(code, one, False) for one, links in aims.items() for code in links if code in codes]
    edges += [
        Edge(code, one.id, False) for one in pillars for code in one.general_objectives if code in general
    ]
    up = _targets(edges)
    levels = {one.id: one.level for one in nodes}
    paths = tuple(_path(one.code, one.objective, up, levels) for one in plan.measures)
    return Chain(nodes, tuple(edges), paths, tuple(_orphans(plan, nodes, up, edges)))


def _nodes(
    plan: Plan, expected: Sequence[ExpectedResult], problems: Sequence[Problem], pillars: Sequence[Pillar]
) -> Iterator[Node]:
    yield from (Node(one.code, Level.GENERAL, one.name) for one in plan.general)
    yield from (Node(one.code, Level.SPECIFIC, one.name) for one in plan.specific)
    yield from (Node(one.code, Level.MEASURE, one.action) for one in plan.measures)
    yield from (Node(one.id, Level.RESULT, Text(ro=one.ro, en=one.en)) for one in expected)
    yield from (Node(one.id, Level.PROBLEM, one.title) for one in problems)
    yield from (Node(one.id, Level.PILLAR, Text(ro=one.ro, en=one.en)) for one in pillars)


def _targets(edges: Iterable[Edge]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for one in edges:
        found.setdefault(one.start, []).append(one.end)
    return {start: tuple(dict.fromkeys(ends)) for start, ends in found.items()}


def _path(
    measure: str, objective: str, up: Mapping[str, tuple[str, ...]], levels: Mapping[str, Level]
) -> Path:
    specific = objective if objective in up.get(measure, ()) else ""
    general = next((one for one in up.get(specific, ()) if levels[one] is Level.GENERAL), "")
    ends = dict.fromkeys((*up.get(specific, ()), *up.get(general, ())))
    of = {level: tuple(one for one in ends if levels[one] is level) for level in Level}
    return Path(measure, specific, general, of[Level.RESULT], of[Level.PROBLEM], of[Level.PILLAR])


def _orphans(
    plan: Plan, nodes: Sequence[Node], up: Mapping[str, tuple[str, ...]], edges: Sequence[Edge]
) -> Iterator[tuple[str, Orphan]]:
    """Breaks in the order of measures, objectives, then what the objectives should serve."""
    levels = {one.id: one.level for one in nodes}
    reached = {one.end for one in edges}
    for measure in plan.measures:
        if not measure.indicators:
            yield measure.code, Orphan.MEASURE_WITHOUT_INDICATOR
        if not measure.results:
            yield measure.code, Orphan.MEASURE_WITHOUT_RESULT
        if measure.code not in up:
            yield measure.code, Orphan.MEASURE_WITHOUT_OBJECTIVE
    for one in plan.specific:
        ends = {levels[end] for end in (*up.get(one.code, ()), *up.get(one.general, ()))}
        if one.code not in reached:
            yield one.code, Orphan.OBJECTIVE_WITHOUT_MEASURE
        if Level.RESULT not in ends:
            yield one.code, Orphan.OBJECTIVE_WITHOUT_RESULT
        if Level.PROBLEM not in ends:
            yield one.code, Orphan.OBJECTIVE_WITHOUT_PROBLEM
    for one in plan.general:
        if Level.PILLAR not in {levels[end] for end in up.get(one.code, ())}:
            yield one.code, Orphan.OBJECTIVE_WITHOUT_PILLAR
    ends_of = {
        Level.RESULT: Orphan.RESULT_WITHOUT_OBJECTIVE,
        Level.PROBLEM: Orphan.PROBLEM_WITHOUT_OBJECTIVE,
        Level.PILLAR: Orphan.PILLAR_WITHOUT_OBJECTIVE,
    }
    yield from (
        (one.id, ends_of[one.level]) for one in nodes if one.level in ends_of and one.id not in reached
    )
