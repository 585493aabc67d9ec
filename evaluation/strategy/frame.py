"""The strategy around the plan: expected results, problems, pillars, monitoring rules, assessments."""

from datetime import date
from pathlib import Path

from pydantic import Field

from evaluation.core.errors import StrategyError
from evaluation.core.provenance import Source, digest_file
from evaluation.core.yamlfile import read_yaml
from evaluation.strategy.institutions import FRAME, NameMisprint
from evaluation.strategy.plan import PLANS
from evaluation.strategy.words import Definition, PlacedText, Text, load_as


class ExpectedResult(PlacedText):
    """One of the eight expected results; the link to objectives is our reading."""

    id: str
    objectives: tuple[str, ...]
    mapping: str
    note: str = ""


class Problem(Definition):
    """One of the fifteen problems; title as printed, summary ours."""

    id: str
    title: Text
    summary: Text
    lines: str
    objectives: tuple[str, ...]
    mapping: str
    note: str = ""


class Pillar(PlacedText):
    """One of the four pillars; the link to general objectives is our reading."""

    id: str
    general_objectives: tuple[str, ...]
    mapping: str
    note: str = ""


class MonitoringRule(Definition):
    """Who must or may do what, and when, to monitor and evaluate the strategy."""

    id: str
    rule: Text
    actor: str
    other_actors: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    years: tuple[int, ...]
    force: str
    report_year: str = ""
    report_form: str = ""
    sources: tuple[Text, ...] = ()
    measure: str = ""
    lines: str
    misprints: tuple[NameMisprint, ...] = ()
    note: str = ""


class MonitoringQuestion(Definition):
    """What the monitoring rules leave open, as the question to ask."""

    id: str
    rules: tuple[str, ...]
    question: Text
    lines: str
    addressee: str


class MissingPlan(Definition):
    """A plan that an assessment will need and that is not published."""

    plan: str
    stand_in: str = ""
    note: Text


class Assessment(Definition):
    """One of the two evaluations, as data."""

    id: str
    title: Text
    kind: Text
    period_start: date
    period_end: date
    plans: tuple[str, ...]
    data_cutoff: date
    languages: tuple[str, ...]
    chapters: tuple[str, ...]
    lines: str
    missing_plans: tuple[MissingPlan, ...] = ()
    note: Text

    @property
    def years(self) -> tuple[int, ...]:
        """The years under evaluation."""
        return tuple(range(self.period_start.year, self.period_end.year + 1))


class Criterion(Definition):
    """An evaluation criterion with its name in the two usual lists."""

    id: str
    name: Text
    oecd: Text
    eu: Text
    question: Text
    state: str = Field(pattern="^(in_part|not_yet|left_out)$")
    reason: Text


class Condition(PlacedText):
    """What the strategy asks of the evaluators."""

    id: str


class DeclarationField(Definition):
    """One field of the evaluators' declaration of independence; empty until they are named."""

    id: str
    field: Text
    conditions: tuple[str, ...] = ()
    state: str = Field(pattern="^(not_named|declared)$")


class Independence(Definition):
    """The conditions and the declaration."""

    conditions: tuple[Condition, ...]
    declaration: tuple[DeclarationField, ...]


class _Criteria(Definition):
    criteria: tuple[Criterion, ...]


class _ExpectedResults(Definition):
    expected_results: tuple[ExpectedResult, ...]
    notes: tuple[Text, ...] = ()


class _Problems(Definition):
    problems: tuple[Problem, ...]
    notes: tuple[Text, ...] = ()


class _Pillars(Definition):
    pillars: tuple[Pillar, ...]
    notes: tuple[Text, ...] = ()


class Monitoring(Definition):
    """The rules and the open questions."""

    rules: tuple[MonitoringRule, ...]
    questions: tuple[MonitoringQuestion, ...]


class _Assessments(Definition):
    assessments: tuple[Assessment, ...]


def load_expected_results(folder: Path = FRAME) -> tuple[ExpectedResult, ...]:
    """The eight expected results in printed order."""
    name = "expected_results.yaml"
    return load_as(_ExpectedResults, read_yaml(folder / name), file=name).expected_results


def load_problems(folder: Path = FRAME) -> tuple[Problem, ...]:
    """The fifteen problems in printed order."""
    return load_as(_Problems, read_yaml(folder / "problems.yaml"), file="problems.yaml").problems


def load_pillars(folder: Path = FRAME) -> tuple[Pillar, ...]:
    """The four pillars in printed order."""
    return load_as(_Pillars, read_yaml(folder / "pillars.yaml"), file="pillars.yaml").pillars


def load_monitoring(folder: Path = FRAME) -> Monitoring:
    """The rules of monitoring and evaluation."""
    return load_as(Monitoring, read_yaml(folder / "monitoring.yaml"), file="monitoring.yaml")


def load_assessments(folder: Path = FRAME) -> tuple[Assessment, ...]:
    """Both assessments."""
    name = "assessments.yaml"
    return load_as(_Assessments, read_yaml(folder / name), file=name).assessments


def get_assessment(assessment: str, *, folder: Path = FRAME) -> Assessment:
    """The assessment of that id."""
    known = {one.id: one for one in load_assessments(folder)}
    if assessment not in known:
        raise StrategyError(
            f"assessment {assessment}: unknown; the strategy provides for {' and '.join(known)}."
        )
    return known[assessment]


def assessment_for(assessment: str, returns: Path, *, folder: Path = FRAME) -> Assessment:
    """The assessment as it can be built on a folder of returns.

    On synthetic returns the synthetic plan stands in for one that is not published yet; on real ones never.
    """
    found = get_assessment(assessment, folder=folder)
    if not is_synthetic(returns) or not all(one.stand_in for one in found.missing_plans):
        return found
    stand_ins = {one.plan: one.stand_in for one in found.missing_plans}
    plans = tuple(stand_ins.get(plan, plan) for plan in found.plans)
    return found.model_copy(update={"plans": plans, "missing_plans": ()})


def is_synthetic(returns: Path) -> bool:
    """The returns say of themselves that they are invented."""
    return (returns / "DATE_SINTETICE.yaml").is_file()


def load_criteria(folder: Path = FRAME) -> tuple[Criterion, ...]:
    """The evaluation criteria, those left out among them, with the reason."""
    return load_as(_Criteria, read_yaml(folder / "criteria.yaml"), file="criteria.yaml").criteria


def load_independence(folder: Path = FRAME) -> Independence:
    """What the strategy asks of the evaluators and the fields of their declaration."""
    return load_as(Independence, read_yaml(folder / "independence.yaml"), file="independence.yaml")


def load_terms(folder: Path = FRAME) -> dict[str, dict[str, Text]]:
    """Words for the classes of the definition files: list, class, text in both languages."""
    content = read_yaml(folder / "terms.yaml")
    return {
        kind: {name: load_as(Text, words, file=f"terms.yaml, {kind}") for name, words in terms.items()}
        for kind, terms in content.items()
    }


def frame_sources(*names: str, folder: Path = FRAME) -> tuple[Source, ...]:
    """Definition files of the frame as sources of a result, with their digests."""
    return tuple(_source(folder / f"{name}.yaml") for name in names)


def plan_sources(plan_id: str = "pna_2024_2026", *, folder: Path = PLANS) -> tuple[Source, ...]:
    """The files of a plan as sources of a result, with their digests."""
    home = folder / plan_id
    return tuple(
        _source(path) for path in (home / "objectives.yaml", *sorted((home / "measures").glob("*.yaml")))
    )


def _source(path: Path) -> Source:
    return Source(
        file=f"evaluation/strategy/{path.relative_to(PLANS.parent).as_posix()}", digest=digest_file(path)
    )
