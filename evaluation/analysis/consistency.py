"""Consistency of published figures: interval arithmetic, a safe formula reader, the baseline audit."""

import ast
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from evaluation.core.errors import AnalysisError
from evaluation.strategy.ledger import Ledger, Reading, Relation, Rule, RuleKind, Verdict
from evaluation.strategy.words import Text

__all__ = ["AuditFinding", "Interval", "ReadingResult", "Verdict", "audit", "combine", "evaluate", "holds"]

_ID = re.compile(r"\b(BL|EX)-(\d{3})\b")
_NAME = re.compile(r"\b(BL|EX)_(\d{3})\b")
_SYMBOL = {
    Relation.EQUALS: "≟",
    Relation.OVERLAPS: "∩",
    Relation.BETWEEN: "∈",
    Relation.AT_MOST: "≤",
    Relation.AT_LEAST: "≥",
    Relation.LESS: "<",
    Relation.GREATER: ">",
    Relation.WHOLE: "∈ ℤ",
}


@dataclass(frozen=True, slots=True)
class Interval:
    """All values between two exact fractions, both ends included.

    The printed 47% stands for 46.5 up to (not including) 47.5; the end is included here, so that a boundary
    case is never called inconsistent. The operations treat their inputs as independent, which can only widen.
    """

    low: Fraction
    high: Fraction

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise AnalysisError(
                "an interval has its lower end above its upper end; give the lower end first."
            )

    def __add__(self, other: "Interval") -> "Interval":
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: "Interval") -> "Interval":
        return Interval(self.low - other.high, self.high - other.low)

    def __mul__(self, other: "Interval") -> "Interval":
        ends = [a * b for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(min(ends), max(ends))

    def __truediv__(self, other: "Interval") -> "Interval":
        if other.low <= 0 <= other.high:
            raise AnalysisError("division by an interval that contains 0; change the formula.")
        return self * Interval(1 / other.high, 1 / other.low)

    def __neg__(self) -> "Interval":
        return Interval(-self.high, -self.low)


@dataclass(frozen=True, slots=True)
class ReadingResult:
    """One reading of a claim, recomputed."""

    name: Text
    formula: str
    left: Interval | None
    right: Interval | None
    verdict: Verdict
    arithmetic: str


@dataclass(frozen=True, slots=True)
class AuditFinding:
    """What one rule found; ``recomputed`` is the left side of the first reading that can be computed."""

    id: str
    claim: Text
    formula: str
    inputs: tuple[str, ...]
    stated: str
    recomputed_lower: float | None
    recomputed_upper: float | None
    verdict: Verdict
    question: Text
    arithmetic: str
    readings: tuple[ReadingResult, ...]
    lines: tuple[int, ...]


def audit(ledger: Ledger, rules: Sequence[Rule]) -> tuple[AuditFinding, ...]:
    """Every rule tested against the ledger, in the order given.

    A reading is consistent when some pair of true values inside the two intervals satisfies its relation. A
    missing input makes the reading not determinable; it is never replaced by a guess.
    """
    known = {
        one.id: Interval(Fraction(one.lower), Fraction(one.upper)) for one in ledger.quantities().values()
    }
    return tuple(_find(rule, known) for rule in rules)


def combine(verdicts: Sequence[Verdict]) -> Verdict:
    """The verdict of a rule: that of its readings where they agree, else that it depends on the reading.

    >>> combine([Verdict.CONSISTENT, Verdict.INCONSISTENT]).value
    'depends_on_reading'
    """
    if not verdicts:
        raise AnalysisError("a rule without readings has no verdict; give it at least one.")
    return verdicts[0] if len(set(verdicts)) == 1 else Verdict.DEPENDS_ON_READING


def holds(left: Interval, relation: Relation, right: Interval | None = None) -> bool:
    """True when some value of ``left`` and some value of ``right`` satisfy the relation."""
    if relation is Relation.WHOLE:
        return floor(left.high) >= left.low
    if right is None:
        raise AnalysisError(f"the relation {relation.value} compares two sides; give the right one too.")
    if relation is Relation.AT_MOST:
        return left.low <= right.high
    if relation is Relation.AT_LEAST:
        return left.high >= right.low
    if relation is Relation.LESS:
        return left.low < right.high
    if relation is Relation.GREATER:
        return left.high > right.low
    return left.low <= right.high and right.low <= left.high


def evaluate(formula: str, known: Mapping[str, Interval]) -> Interval:
    """Value of a formula over ledger ids, without running code.

    Allowed are ``+ - * /``, brackets, numbers, ids such as ``BL-014`` or ``BL_014``, and ``sum``, ``mean``,
    ``min``, ``max`` and ``interval(low, high)``, which spans from the low end of the first argument to the
    high end of the second. Anything else is an error.

    >>> evaluate("10 / interval(2, 4)", {}) == Interval(Fraction(5, 2), Fraction(5))
    True
    """
    try:
        tree = ast.parse(_ID.sub(r"\1_\2", formula).strip(), mode="eval")
    except (SyntaxError, ValueError):
        raise AnalysisError("the formula cannot be read; use + - * / and ledger ids.") from None
    return _walk(tree.body, known)


def _find(rule: Rule, known: Mapping[str, Interval]) -> AuditFinding:
    if rule.kind is RuleKind.REFERENCE:
        return _compare_references(rule)
    try:
        results = tuple(_read(reading, known) for reading in rule.readings)
    except AnalysisError as error:
        raise AnalysisError(f"rule {rule.id}: {error}") from None
    shown = next((result.left for result in results if result.left is not None), None)
    return AuditFinding(
        id=rule.id,
        claim=rule.claim,
        formula="; ".join(result.formula for result in results if result.formula),
        inputs=rule.inputs(),
        stated=rule.stated,
        recomputed_lower=None if shown is None else float(shown.low),
        recomputed_upper=None if shown is None else float(shown.high),
        verdict=combine([result.verdict for result in results]),
        question=rule.question,
        arithmetic="\n".join(result.arithmetic for result in results if result.arithmetic),
        readings=results,
        lines=rule.lines,
    )


def _compare_references(rule: Rule) -> AuditFinding:
    if rule.verdict is None or rule.found is None or rule.expected is None:
        raise AnalysisError(f"rule {rule.id}: a reference rule needs found, expected and verdict.")
    return AuditFinding(
        id=rule.id,
        claim=rule.claim,
        formula="",
        inputs=(),
        stated=rule.stated,
        recomputed_lower=None,
        recomputed_upper=None,
        verdict=rule.verdict,
        question=rule.question,
        arithmetic=f"«{rule.found}» ≟ «{rule.expected}» → {rule.verdict.value}",
        readings=(),
        lines=rule.lines,
    )


def _read(reading: Reading, known: Mapping[str, Interval]) -> ReadingResult:
    if reading.left is None or reading.relation is None:
        return ReadingResult(reading.name, "", None, None, Verdict.NOT_DETERMINABLE, "")
    left = evaluate(reading.left, known)
    right = None if reading.right is None else evaluate(reading.right, known)
    verdict = Verdict.CONSISTENT if holds(left, reading.relation, right) else Verdict.INCONSISTENT
    symbol = _SYMBOL[reading.relation]
    formula = " ".join(part for part in (reading.left, symbol, reading.right) if part)
    sides = [_side(reading.left, left, known), symbol]
    if reading.right is not None and right is not None:
        sides.append(_side(reading.right, right, known))
    return ReadingResult(reading.name, formula, left, right, verdict, f"{' '.join(sides)} → {verdict.value}")


def _side(formula: str, value: Interval, known: Mapping[str, Interval]) -> str:
    shown = _show(value)
    with_numbers = _ID.sub(lambda match: _show(known[match[0]]), formula)
    return shown if with_numbers == shown else f"{with_numbers} = {shown}"


def _show(value: Interval) -> str:
    if value.low == value.high:
        return _number(value.low)
    return f"[{_number(value.low)}, {_number(value.high)}]"


def _number(value: Fraction) -> str:
    if (value * 10**6).denominator == 1:
        text = f"{float(value):.6f}"
        return text.rstrip("0").rstrip(".")
    return f"≈{float(value):.1f}" if abs(value) >= 10**5 else f"≈{float(value):.6g}"


def _sum(values: Sequence[Interval]) -> Interval:
    return Interval(sum((v.low for v in values), Fraction(0)), sum((v.high for v in values), Fraction(0)))


def _mean(values: Sequence[Interval]) -> Interval:
    count = Fraction(len(values))
    return _sum(values) / Interval(count, count)


def _min(values: Sequence[Interval]) -> Interval:
    return Interval(min(v.low for v in values), min(v.high for v in values))


def _max(values: Sequence[Interval]) -> Interval:
    return Interval(max(v.low for v in values), max(v.high for v in values))


def _span(values: Sequence[Interval]) -> Interval:
    if len(values) != 2:
        raise AnalysisError("interval() takes two arguments, the low and the high one.")
    return Interval(values[0].low, values[1].high)


_FUNCTIONS: Mapping[str, Callable[[Sequence[Interval]], Interval]] = {
    "sum": _sum,
    "mean": _mean,
    "min": _min,
    "max": _max,
    "interval": _span,
}


def _walk(node: ast.expr, known: Mapping[str, Interval]) -> Interval:
    match node:
        case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
            exact = Fraction(str(number))
            return Interval(exact, exact)
        case ast.Name(id=name):
            return _look_up(name, known)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_walk(operand, known)
        case ast.BinOp(
            left=left, op=ast.Add() | ast.Sub() | ast.Mult() | ast.Div() as operation, right=right
        ):
            return _apply(operation, _walk(left, known), _walk(right, known))
        case ast.Call(func=ast.Name(id=name), args=[_, *_] as arguments, keywords=[]) if name in _FUNCTIONS:
            return _FUNCTIONS[name]([_walk(argument, known) for argument in arguments])
    raise AnalysisError("the formula uses something other than + - * /, numbers, ids, sum, mean, min, max.")


def _apply(operation: ast.operator, left: Interval, right: Interval) -> Interval:
    match operation:
        case ast.Add():
            return left + right
        case ast.Sub():
            return left - right
        case ast.Mult():
            return left * right
    return left / right


def _look_up(name: str, known: Mapping[str, Interval]) -> Interval:
    one = _NAME.sub(r"\1-\2", name)
    if one not in known:
        raise AnalysisError(f"{one} is not in the ledger; add it there or correct the formula.")
    return known[one]
