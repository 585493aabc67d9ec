"""What a matrix must hold to be used: known ids only, every yardstick of the strategy asked about."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from evaluation.core.errors import JudgementError
from evaluation.judgement.matrix_lists import evaluated_plans, matrix_lists
from evaluation.judgement.matrix_problems import MatrixProblem
from evaluation.judgement.matrix_rows import STRATEGY, Limit, Matrix, Row, Term
from evaluation.strategy.frame import load_criteria, load_expected_results, load_pillars, load_problems

LEVELS = ("yes", "partly", "no")


@dataclass(frozen=True, slots=True)
class Known:
    """The ids that a row may name, a set a field, and those that the matrix must cover."""

    fields: dict[str, frozenset[str]]
    general: frozenset[str]
    yardsticks: frozenset[str]
    left_out: frozenset[str]


def known_ids(matrix: Matrix) -> Known:
    """The ids of plan, frame and ledger, and of the matrix's own lists."""
    fields = {field: frozenset(one.id for one in terms) for field, terms in matrix_lists(matrix).items()}
    plans = evaluated_plans()
    yardsticks = {one.code for plan in plans for one in plan.specific}
    yardsticks |= {one.id for one in load_expected_results()} | {one.id for one in load_problems()}
    yardsticks |= {one.id for one in load_pillars()}
    general = frozenset(one.code for plan in plans for one in plan.general)
    left_out = frozenset(one.id for one in load_criteria() if one.state == "left_out")
    return Known(fields, general, frozenset(yardsticks), left_out)


def check_matrix(matrix: Matrix, known: Known, *, file: str, assessment: str) -> None:
    """The matrix is sound and leaves no gap in an assessment, or every problem is named at once."""
    problems = find_matrix_problems(matrix, known, assessments=(assessment,))
    if problems:
        listed = "; ".join(str(one) for one in problems)
        raise JudgementError(f"{file}: {listed}; correct the matrix and run again.")


def find_matrix_problems(
    matrix: Matrix, known: Known, *, assessments: tuple[str, ...] = ()
) -> tuple[MatrixProblem, ...]:
    """Everything that keeps the matrix from being used, rows first; gaps of these assessments, or of all."""
    asked = assessments or tuple(sorted(known.fields["assessments"]))
    return (
        *(problem for row in matrix.rows for problem in row_problems(row, known)),
        *_repeated(matrix),
        *(problem for one in asked for problem in _gaps(matrix.of_assessment(one), known, one)),
        *_left_out_problems(matrix, known),
    )


def row_problems(row: Row, known: Known) -> Iterator[MatrixProblem]:
    """What is wrong with one row."""
    for field, ids in _named(row).items():
        unknown = tuple(one for one in ids if one not in known.fields[field.split(".")[-1]])
        if unknown:
            yield MatrixProblem(row.id, field, "unknown_id", unknown)
        if len(set(ids)) < len(ids):
            yield MatrixProblem(row.id, field, "named_twice")
    for field in ("assessments", "drawn_from", "sources", "methods", "limits"):
        if not getattr(row, field):
            yield MatrixProblem(row.id, field, "nothing_named")
    for field in ("indicators", "baseline", "disaggregation"):
        listed = getattr(row, field)
        if not listed.ids and not listed.reason:
            yield MatrixProblem(row.id, field, "no_id_no_reason")
    prefix, _, number = row.id.rpartition("-")
    if prefix != f"EQ-{row.criterion}-{row.scope}" or not number.isdecimal():
        facts = {"criterion": row.criterion, "scope": row.scope}
        yield MatrixProblem(row.id, "id", "wrong_id", facts=facts)
    yield from _level_problems(row)


def _level_problems(row: Row) -> Iterator[MatrixProblem]:
    """The three levels are three different texts in each language."""
    for language in ("ro", "en"):
        texts = [getattr(getattr(row.judgement, level), language).casefold() for level in LEVELS]
        if len(set(texts)) < len(LEVELS):
            yield MatrixProblem(row.id, "judgement", f"same_level_{language}")


def _named(row: Row) -> dict[str, tuple[str, ...]]:
    """The ids that a row names, by field; after a point, the list that they belong to."""
    return {
        "assessments": row.assessments,
        "scope": (row.scope,),
        "criterion": (row.criterion,),
        "drawn_from": row.drawn_from,
        "indicators": row.indicators.ids,
        "indicators.reason": _given(row.indicators.reason),
        "baseline": row.baseline.ids,
        "baseline.reason": _given(row.baseline.reason),
        "sources": row.sources,
        "owner": (row.owner,),
        "methods": row.methods,
        "sample": (row.sample,),
        "disaggregation": row.disaggregation.ids,
        "disaggregation.reason": _given(row.disaggregation.reason),
        "limits": row.limits,
    }


def _given(one: str) -> tuple[str, ...]:
    return (one,) if one else ()


def _repeated(matrix: Matrix) -> Iterator[MatrixProblem]:
    """Ids given twice, in the rows and in each list."""
    lists: dict[str, Iterable[Row | Term | Limit]] = {
        "rows": matrix.rows,
        "sources": matrix.sources,
        "methods": matrix.methods,
        "samples": matrix.samples,
        "reasons": matrix.reasons,
        "limits": matrix.limits,
    }
    for name, entries in lists.items():
        for one, times in Counter(entry.id for entry in entries).items():
            if times > 1:
                yield MatrixProblem("", name, "repeated", (one,))


def _gaps(matrix: Matrix, known: Known, assessment: str) -> Iterator[MatrixProblem]:
    """What an assessment does not ask about although it must."""
    place = {"assessment": assessment}
    scopes = {one.scope for one in matrix.rows}
    for scope in sorted((known.general | {STRATEGY}) - scopes):
        kind = "no_question_strategy" if scope == STRATEGY else "no_question_general"
        yield MatrixProblem("", "", kind, facts=place | {"scope": scope})
    forgotten = tuple(sorted(known.yardsticks - {one for row in matrix.rows for one in row.drawn_from}))
    if forgotten:
        yield MatrixProblem("", "", "not_drawn", forgotten, place)
    asked, left_out = {one.criterion for one in matrix.rows}, {one.criterion for one in matrix.left_out}
    for criterion in sorted(known.fields["criterion"] - asked - left_out):
        yield MatrixProblem("", "", "criterion_missing", facts=place | {"criterion": criterion})
    for criterion in sorted(asked & left_out):
        yield MatrixProblem("", "", "criterion_twice", facts=place | {"criterion": criterion})


def _left_out_problems(matrix: Matrix, known: Known) -> Iterator[MatrixProblem]:
    """Criteria left out are known, and those that the frame leaves out are not asked about."""
    for one in matrix.left_out:
        unknown = [one.criterion] if one.criterion not in known.fields["criterion"] else []
        unknown += [name for name in one.assessments if name not in known.fields["assessments"]]
        if unknown:
            yield MatrixProblem("", "left_out", "unknown_id", tuple(unknown))
    for criterion in sorted(known.left_out & {one.criterion for one in matrix.rows}):
        yield MatrixProblem("", "left_out", "criterion_barred", facts={"criterion": criterion})
