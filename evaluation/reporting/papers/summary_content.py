"""What the four-page summary says: drawn from a sealed run and from the judgement of its assessment, nothing else."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from evaluation.judgement.facts import Graded, grade_finding, index_register
from evaluation.judgement.findings import Conclusion, Finding, Recommendation, numbers_asked
from evaluation.judgement.grades import Grade, load_grade_rules
from evaluation.judgement.judgement import Judgement
from evaluation.judgement.listing import day_text, grade_name
from evaluation.judgement.matrix_lists import matrix_lists
from evaluation.judgement.matrix_rows import Matrix
from evaluation.judgement.store import accepted_conclusions, accepted_findings, accepted_recommendations
from evaluation.judgement.words import judgement_text
from evaluation.reporting.numbers import join_words
from evaluation.reporting.papers.paper import word
from evaluation.reporting.statements import fill_plain
from evaluation.reporting.wording import load_wording
from evaluation.strategy.frame import get_assessment, load_criteria
from evaluation.strategy.institutions import load_registry

_TWO_STOPS = re.compile(r"(?<!\.)\.\.(?!\.)")


@dataclass(frozen=True, slots=True)
class SealedRun:
    """What is taken from a sealed run: its name, its register with its digest, whether it is invented, its inputs.

    ``inputs`` are the digests of the files that it was built with, by their printed path.
    """

    name: str
    assessment: str
    register: Sequence[dict[str, Any]]
    register_digest: str
    synthetic: bool
    inputs: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Found:
    """A finding as printed: text, grade in words, its class, and the codes of its numbers."""

    id: str
    text: str
    grade: str
    kind: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CriterionFound:
    """A criterion with its conclusions and findings."""

    name: str
    conclusions: tuple[str, ...]
    findings: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """The summary in one language, ready to be laid out."""

    language: str
    title: str
    subtitle: str
    facts: tuple[tuple[str, str], ...]
    what: tuple[str, ...]
    criteria: tuple[CriterionFound, ...]
    recommendations: tuple[tuple[str, ...], ...]
    unjudged: tuple[tuple[str, str], ...]
    check: str
    date_iso: str
    running_head: str
    mark: str


def draw_summary(run: SealedRun, judgement: Judgement, matrix: Matrix, *, language: str) -> Summary:
    """The summary of a run; invented findings enter only where the run itself is invented.

    Raises ``ReportError`` where a text asks for a number that is not in the run's register.
    """
    findings = accepted_findings(judgement, synthetic=run.synthetic)
    conclusions = accepted_conclusions(judgement, synthetic=run.synthetic)
    graded = {one.id: _grade(one, judgement, run) for one in findings}
    chosen = get_assessment(run.assessment)
    return Summary(
        language=language,
        title=str(getattr(chosen.title, language)),
        subtitle=word("summary.title", language),
        facts=_facts(run, judgement, language),
        what=_what(judgement, matrix, findings, language),
        criteria=_criteria(run, findings, conclusions, graded, language),
        recommendations=_recommendations(
            accepted_recommendations(judgement, synthetic=run.synthetic), run, language
        ),
        unjudged=_unjudged(matrix, findings, conclusions, graded, language),
        check=word("summary.check_text", language).format(run=run.name, digest=run.register_digest),
        date_iso=chosen.data_cutoff.isoformat(),
        running_head=load_wording().text(f"running_head.{run.assessment}", language=language),
        mark=word("mark", language) if run.synthetic else "",
    )


def _grade(one: Finding, judgement: Judgement, run: SealedRun) -> Graded:
    register = index_register(list(run.register))
    return grade_finding(one, judgement, register, marked=run.synthetic)


def _facts(run: SealedRun, judgement: Judgement, language: str) -> tuple[tuple[str, str], ...]:
    chosen = get_assessment(run.assessment)
    period = " – ".join(
        str(getattr(day_text(one), language)) for one in (chosen.period_start, chosen.period_end)
    )
    named = [
        f"{one.evaluator}, {getattr(one.institution, language)}"
        for one in judgement.declarations
        if not one.excluded and (run.synthetic or not one.synthetic)
    ]
    return (
        (word("summary.period", language), period),
        (word("summary.cutoff", language), str(getattr(day_text(chosen.data_cutoff), language))),
        (word("summary.evaluators", language), "; ".join(named) or word("summary.unnamed", language)),
    )


def _what(
    judgement: Judgement, matrix: Matrix, findings: Sequence[Finding], language: str
) -> tuple[str, ...]:
    """Object, criteria, evidence and grades, in two paragraphs."""
    asked = {one.criterion for one in matrix.rows}
    names = [str(getattr(one.name, language)).lower() for one in load_criteria() if one.id in asked]
    known = {one.id: one.name for one in matrix_lists(matrix)["sources"]}
    groups = dict.fromkeys(judgement.piece(piece).source_group for one in findings for piece in one.evidence)
    sources = [_lower(str(getattr(known[one], language))) for one in groups if one in known]
    grades = [str(getattr(load_grade_rules().names[one], language)) for one in Grade]
    return (
        word("summary.object", language).format(criteria=join_words(names, language=language)),
        word("summary.evidence", language).format(
            sources="; ".join(sources) or "–", grades=join_words(grades, language=language)
        ),
    )


def _lower(name: str) -> str:
    """A name within a sentence; an abbreviation keeps its capitals."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def _criteria(
    run: SealedRun,
    findings: Sequence[Finding],
    conclusions: Sequence[Conclusion],
    graded: Mapping[str, Graded],
    language: str,
) -> tuple[CriterionFound, ...]:
    """Criteria in the order of the frame; those without finding and conclusion are left to the last section."""
    found = []
    for criterion in load_criteria():
        own = [one for one in findings if one.criterion == criterion.id]
        said = [one for one in conclusions if one.criterion == criterion.id and not one.not_assessable]
        if own or said:
            texts = tuple(_filled(getattr(one.text, language), run, language) for one in said)
            printed = tuple(_found(one, graded[one.id], run, language) for one in own)
            found.append(CriterionFound(str(getattr(criterion.name, language)), texts, printed))
    return tuple(found)


def _found(one: Finding, graded: Graded, run: SealedRun, language: str) -> Found:
    grade = word("summary.grade", language).format(grade=getattr(grade_name(graded.final), language))
    if graded.single_source:
        grade = f"{grade}, {word('summary.single', language)}"
    text = getattr(one.statement, language)
    codes = tuple(dict.fromkeys(number for number, _noun in numbers_asked(text)))
    return Found(one.id, _filled(text, run, language), grade, graded.final.value, codes)


def _filled(text: str, run: SealedRun, language: str) -> str:
    """The text with its numbers; a sentence that ends in a unit with a full stop has one, not two."""
    return _TWO_STOPS.sub(".", fill_plain(text, run.register, language=language))


def _recommendations(
    many: Sequence[Recommendation], run: SealedRun, language: str
) -> tuple[tuple[str, ...], ...]:
    """Id, text, conclusions, addressees, deadline, priority and class of cost, most urgent first."""
    order = ("high", "medium", "low")
    return tuple(
        (
            one.id,
            _filled(getattr(one.text, language), run, language),
            ", ".join(one.conclusions),
            ", ".join(_short(body, language) for body in one.addressee),
            str(getattr(day_text(one.deadline), language)),
            str(getattr(judgement_text("priorities", one.priority), language)),
            str(getattr(judgement_text("cost_classes", one.cost_class), language)),
        )
        for one in sorted(many, key=lambda one: (order.index(one.priority), one.deadline, one.id))
    )


def _short(institution: str, language: str) -> str:
    """The name of an institution for a narrow column: its abbreviation, or a short name where it has none."""
    key = f"papers.short.{institution}"
    if load_wording().has(key):
        return load_wording().text(key, language=language)
    one = load_registry().get(institution)
    return one.abbreviation or str(getattr(one.name, language))


def _unjudged(
    matrix: Matrix,
    findings: Sequence[Finding],
    conclusions: Sequence[Conclusion],
    graded: Mapping[str, Graded],
    language: str,
) -> tuple[tuple[str, str], ...]:
    """What was not judged and why: criteria left out or not assessable, findings on insufficient evidence."""
    names = {one.id: str(getattr(one.name, language)) for one in load_criteria()}
    rows = [
        (names[one.criterion], str(getattr(one.not_assessable, language)))
        for one in conclusions
        if one.not_assessable
    ]
    weak = [one.id for one in findings if graded[one.id].final is Grade.INSUFFICIENT]
    rows += [(", ".join(weak), word("summary.insufficient", language))] if weak else []
    left_out = ((names[one.criterion], str(getattr(one.reason, language))) for one in matrix.left_out)
    return (*rows, *left_out)
