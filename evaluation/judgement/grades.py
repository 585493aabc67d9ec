"""The grade of a finding's evidence: part computed from facts, part judged with a written reason."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from evaluation.core.errors import JudgementError
from evaluation.core.yamlfile import read_yaml
from evaluation.strategy.words import Definition, Text, load_as

GRADES_FILE = Path(__file__).with_name("grades.yaml")


class Grade(StrEnum):
    """How strong the evidence is, from the best down."""

    STRONG = "strong"
    MODERATE = "moderate"
    WEAK = "weak"
    INSUFFICIENT = "insufficient"

    @property
    def rank(self) -> int:
        """0 for the best; a higher rank is a lower grade."""
        return list(Grade).index(self)

    def reaches(self, other: "Grade") -> bool:
        """At least as good as another grade."""
        return self.rank <= other.rank


class Aspect(Definition):
    """One side of the evidence with the bounds of its grades."""

    id: Literal["sources", "n", "precision", "reliability", "missing_share", "linkage_error"]
    better: Literal["more", "less"]
    strong: float
    moderate: float
    weak: float
    name: Text
    reason: Text

    @model_validator(mode="after")
    def _ordered(self) -> "Aspect":
        bounds = [self.strong, self.moderate, self.weak]
        if bounds != sorted(bounds, reverse=self.better == "more"):
            raise ValueError("the bounds must fall from strong to weak evidence")
        return self

    def grade(self, value: float) -> Grade:
        """The grade of a value; a value on a bound has the better grade."""
        for grade in (Grade.STRONG, Grade.MODERATE, Grade.WEAK):
            bound = float(getattr(self, grade.value))
            if value >= bound if self.better == "more" else value <= bound:
                return grade
        return Grade.INSUFFICIENT


class Ceiling(Definition):
    """What invented data are worth in a report that does not say it is invented."""

    unmarked: Grade
    name: Text
    reason: Text


class Origin(Definition):
    """Sources that stand on the same records and count as one, with the reason."""

    sources: tuple[str, ...] = Field(min_length=2)
    reason: Text


class GradeRules(Definition):
    """Bounds, sources of one origin, the most that a judgement may raise, names of the grades."""

    aspects: tuple[Aspect, ...] = Field(min_length=6, max_length=6)
    raise_at_most: int
    same_origin: tuple[Origin, ...]
    synthetic: Ceiling
    names: dict[Grade, Text]


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known about the evidence of one finding; None is an aspect that the evidence does not have.

    ``half_width`` and ``meaningful_change`` are in the same unit.
    """

    sources: int
    n: float | None = None
    half_width: float | None = None
    meaningful_change: float | None = None
    reliability: float | None = None
    missing_share: float | None = None
    linkage_error: float | None = None
    synthetic: bool = False

    def value(self, aspect: str) -> float | None:
        """The fact of an aspect; precision is the half-width over the change that matters."""
        if aspect != "precision":
            found: float | None = getattr(self, aspect)
            return found
        if self.half_width is None:
            return None
        if not self.meaningful_change or self.meaningful_change < 0:
            raise JudgementError(
                "grade: an interval is given without the change that matters; state it, in the same unit."
            )
        return self.half_width / self.meaningful_change


@dataclass(frozen=True, slots=True)
class Computed:
    """The computed grade, the aspect that held it down, and the grade of every aspect."""

    grade: Grade
    weakest: str
    name: Text
    aspects: dict[str, Grade]
    synthetic: bool


@cache
def load_grade_rules(path: Path = GRADES_FILE) -> GradeRules:
    """The rules of grading."""
    return load_as(GradeRules, read_yaml(path), file=path.name)


def compute_grade(facts: Facts, *, marked: bool = False, rules: GradeRules | None = None) -> Computed:
    """The grade that the facts allow: that of the weakest aspect, which is named.

    An aspect that the evidence does not have (a count has no reliability) is not judged. Invented data are
    insufficient unless the report is ``marked`` as invented. Among equally weak aspects the first of the
    rules is named.

    >>> compute_grade(Facts(sources=1, n=800)).weakest
    'sources'
    """
    known = rules or load_grade_rules()
    values = {aspect: facts.value(aspect.id) for aspect in known.aspects}
    graded: dict[str, Grade] = {
        aspect.id: aspect.grade(value) for aspect, value in values.items() if value is not None
    }
    names: dict[str, Text] = {aspect.id: aspect.name for aspect in known.aspects}
    if facts.synthetic and not marked:
        graded["synthetic"] = known.synthetic.unmarked
        names["synthetic"] = known.synthetic.name
    grade = worst_grade(graded.values())
    weakest = next(aspect for aspect, one in graded.items() if one is grade)
    return Computed(grade, weakest, names[weakest], graded, facts.synthetic)


def final_grade(
    computed: Grade, judged: Grade, *, raised: Text | None = None, rules: GradeRules | None = None
) -> Grade:
    """The lower of the computed and the judged grade, unless a written reason raises it.

    A reason lets the judged grade stand above the computed one by at most the steps of the rules.
    """
    steps = computed.rank - judged.rank
    if steps <= 0 or raised is None:
        return worst_grade((computed, judged))
    most = (rules or load_grade_rules()).raise_at_most
    if steps > most:
        raise JudgementError(
            f"grade: judged {steps} steps above what the evidence gives; a reason raises it by {most} at most."
        )
    return judged


def independent_sources(sources: Iterable[str], *, rules: GradeRules | None = None) -> frozenset[str]:
    """The sources that are independent of each other: those of one origin count once, under the first's name.

    >>> sorted(independent_sources(["ledger", "text", "feedback"]))
    ['feedback', 'text']
    """
    origins = (rules or load_grade_rules()).same_origin
    first = {source: origin.sources[0] for origin in origins for source in origin.sources}
    return frozenset(first.get(source, source) for source in sources)


def worst_grade(grades: Iterable[Grade]) -> Grade:
    """The lowest of several grades; without any there is no evidence."""
    return max(grades, key=lambda one: one.rank, default=Grade.INSUFFICIENT)
