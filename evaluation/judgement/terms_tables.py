"""The tables of the terms of reference: each drawn from the frame, the plans or the matrix, with cells left to fill in."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from evaluation.judgement.listing import joined, name_lists, same
from evaluation.judgement.matrix_rows import Matrix
from evaluation.judgement.terms_words import TermsWords
from evaluation.strategy.frame import Assessment, load_independence, load_monitoring
from evaluation.strategy.institutions import load_registry
from evaluation.strategy.plan import load_plan
from evaluation.strategy.words import Text

Row = tuple[Text | None, ...]
"""A line of a table; None is a cell to be filled in."""


@dataclass(frozen=True, slots=True)
class TermsTable:
    """A table with its caption; ``widths`` are hundredths of the width of the text."""

    id: str
    caption: Text
    heads: tuple[Text, ...]
    rows: tuple[Row, ...]
    widths: tuple[int, ...]


def _rules(words: TermsWords, assessment: Assessment, _matrix: Matrix) -> TermsTable:
    chosen = words.rules[assessment.id]
    rules = {one.id: one for one in load_monitoring().rules}
    rows = [(rules[one].rule, words.force[rules[one].force], same(rules[one].lines)) for one in chosen]
    return _table(words, "rules", rows, (64, 16, 20))


def _open_questions(words: TermsWords, assessment: Assessment, _matrix: Matrix) -> TermsTable:
    """Questions about a rule of this assessment, each with who can answer it."""
    names, chosen = _institutions(), set(words.rules[assessment.id])
    asked = [one for one in load_monitoring().questions if chosen.intersection(one.rules)]
    rows: list[Row] = [
        (joined(same(f"{one.id}:"), one.question), names.get(one.addressee, words.unknown), None)
        for one in asked
    ]
    return _table(words, "open_questions", rows, (55, 20, 25))


def _extent(words: TermsWords, assessment: Assessment, _matrix: Matrix) -> TermsTable:
    missing = {one.plan for one in assessment.missing_plans}
    rows = []
    for plan in (load_plan(one) for one in assessment.plans if one not in missing):
        cards = sum(len(measure.indicators) for measure in plan.measures)
        counts = (len(plan.general), len(plan.specific), len(plan.measures), cards)
        rows.append((plan.head.title, *(same(str(one)) for one in counts)))
    return _table(words, "extent", rows, (44, 14, 14, 14, 14))


def _questions(words: TermsWords, _assessment: Assessment, matrix: Matrix) -> TermsTable:
    names = name_lists(matrix)["criterion"]
    rows = [
        (names[one.criterion], same(one.id), one.question, one.sub_question)
        for name in names
        for one in matrix.of_criterion(name)
    ]
    return _table(words, "questions", rows, (14, 20, 28, 38))


def _left_out(words: TermsWords, _assessment: Assessment, matrix: Matrix) -> TermsTable:
    names = name_lists(matrix)["criterion"]
    return _table(
        words, "left_out", [(names[one.criterion], one.reason) for one in matrix.left_out], (30, 70)
    )


def _deliverables(words: TermsWords, _assessment: Assessment, _matrix: Matrix) -> TermsTable:
    rows: list[Row] = [(one.what, one.form, None) for one in words.deliverables]
    return _table(words, "deliverables", rows, (58, 22, 20))


def _calendar(words: TermsWords, _assessment: Assessment, _matrix: Matrix) -> TermsTable:
    rows: list[Row] = [(one.step, one.who, None) for one in words.calendar]
    return _table(words, "calendar", rows, (56, 24, 20))


def _conditions(words: TermsWords, _assessment: Assessment, _matrix: Matrix) -> TermsTable:
    rows = [
        (same(one.id), Text(ro=one.ro, en=one.en), same(one.lines)) for one in load_independence().conditions
    ]
    return _table(words, "conditions", rows, (10, 70, 20))


def _declaration(words: TermsWords, _assessment: Assessment, _matrix: Matrix) -> TermsTable:
    rows: list[Row] = [
        (one.field, same(", ".join(one.conditions) or "–"), None) for one in load_independence().declaration
    ]
    signature = words.tables["declaration"].signature
    return _table(words, "declaration", [*rows, (signature, same("–"), None)], (40, 15, 45))


def _budget(words: TermsWords, _assessment: Assessment, _matrix: Matrix) -> TermsTable:
    rows: list[Row] = [(same(one.id), one.line, one.unit, None, None, None) for one in words.budget]
    total = (same("–"), words.tables["budget"].total, same("–"), same("–"), same("–"), None)
    return _table(words, "budget", [*rows, total], (8, 38, 14, 12, 14, 14))


TABLES: Mapping[str, Callable[[TermsWords, Assessment, Matrix], TermsTable]] = {
    "rules": _rules,
    "open_questions": _open_questions,
    "extent": _extent,
    "questions": _questions,
    "left_out": _left_out,
    "deliverables": _deliverables,
    "calendar": _calendar,
    "conditions": _conditions,
    "declaration": _declaration,
    "budget": _budget,
}
"""The parts that a section may draw from data."""


def _table(words: TermsWords, name: str, rows: Sequence[Row], widths: tuple[int, ...]) -> TermsTable:
    told = words.tables[name]
    return TermsTable(name, told.caption, told.heads, tuple(rows), widths)


def _institutions() -> Mapping[str, Text]:
    return {one.id: one.name for one in load_registry().registry}
