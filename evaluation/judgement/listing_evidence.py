"""How the evidence stands together: triangulation by question, contribution by general objective, as printed."""

from collections.abc import Iterable, Mapping

from babel.numbers import format_decimal

from evaluation.core.errors import JudgementError
from evaluation.core.provenance import Provenance, Source, digest_file
from evaluation.core.results import Listing, Result, make_table
from evaluation.judgement.contribution import Chain, Link, chain_problems, judge_chain, link_grade
from evaluation.judgement.grades import GRADES_FILE, Aspect, Grade, load_grade_rules
from evaluation.judgement.judged import Judged
from evaluation.judgement.listing import (
    METHOD,
    NONE,
    Names,
    as_listing,
    evidence_text,
    grade_name,
    name_lists,
    rival_text,
    same,
    told,
)
from evaluation.judgement.triangulation import Triangulated, triangulate
from evaluation.judgement.words import judgement_text
from evaluation.strategy.plan import load_plan
from evaluation.strategy.words import Text

COUNTED = "questions_counted"


def list_triangulation(judged: Judged) -> Listing:
    """One row a question of the matrix: its findings, the sources for and against, those that are silent."""
    names = name_lists(judged.matrix)
    expected = {row.id: row.sources for row in judged.matrix.rows}
    lines = triangulate(judged.judgement, expected, synthetic=judged.marked)
    rows = [{"id": one.question, **told(_line(one, judged, names))} for one in lines]
    return as_listing("triangulation", rows, judged)


def count_questions(judged: Judged) -> Result:
    """How many questions of the matrix there are, and how many have findings, findings of one source only, or none.

    All questions are counted, so there is no sampling interval.
    """
    expected = {row.id: row.sources for row in judged.matrix.rows}
    lines = triangulate(judged.judgement, expected, synthetic=judged.marked)
    counts = {
        "asked": len(lines),
        "answered": sum(not one.unanswered for one in lines),
        "single_source": sum(one.single_source for one in lines),
        "unanswered": sum(one.unanswered for one in lines),
    }
    rows: list[dict[str, object]] = [
        {"measure": name, "quantity": "count", "level": "all", "n": len(lines), "estimate": number}
        | {"method": COUNTED}
        for name, number in counts.items()
    ]
    origin = Provenance(judged.sources, COUNTED, len(lines), len(lines), synthetic=judged.marked)
    return Result("questions", make_table(rows), origin)


def _line(one: Triangulated, judged: Judged, names: Names) -> dict[str, list[Text]]:
    row = judged.matrix.row(one.question)
    state = "unanswered" if one.unanswered else "single" if one.single_source else "several"
    return {
        "criterion": [names["criterion"][row.criterion]],
        "question": [row.sub_question],
        "findings": [same(", ".join(one.findings) or NONE)],
        "speaks_for": _named(one.speaks_for, names),
        "against": _named(one.against, names),
        "silent": _named(one.silent, names),
        "state": [judgement_text("triangulation", state)],
    }


def _named(groups: Iterable[str], names: Names) -> list[Text]:
    return [names["sources"][group] for group in groups]


def list_contribution(judged: Judged, chains: Iterable[Chain]) -> Listing:
    """One row a link of the chain of each general objective: claim, evidence, grade and the evaluator's reason."""
    source_of = judged.judgement.source_of
    rows = [
        {
            "objective": chain.objective,
            "level": link.level,
            **told(_link(link, judged, source_of)),
        }
        for chain in _printed(chains, judged)
        for link in chain.links
    ]
    return as_listing("contribution", rows, judged)


def list_verdicts(judged: Judged, chains: Iterable[Chain]) -> Listing:
    """One row a general objective: what the weakest link allows to say, and the rival explanations examined."""
    source_of = judged.judgement.source_of
    names = {one.code: one.name for one in load_plan().general}
    rows = []
    for chain in _printed(chains, judged):
        verdict = judge_chain(chain, source_of)
        texts = {
            "name": [names[chain.objective]],
            "verdict": [verdict.text],
            "grade": [grade_name(verdict.grade)],
            "weakest": [judgement_text("links", verdict.weakest)],
            "rivals": [rival_text(one) for one in chain.rivals],
        }
        rows.append({"objective": chain.objective, **told(texts)})
    return as_listing("contribution_verdicts", rows, judged)


def _printed(chains: Iterable[Chain], judged: Judged) -> list[Chain]:
    """Reviewed chains; invented ones only in a report that says it is invented.

    Raises ``JudgementError`` where a claim stands above the grade of its link, or cites what is not there.
    """
    chosen = [one for one in chains if one.review and (judged.marked or not one.synthetic)]
    source_of = judged.judgement.source_of
    objectives = sorted({one.objective for one in chosen})
    problems = chain_problems(chosen, objectives=objectives, source_of=source_of)
    if problems:
        raise JudgementError(
            f"chains.yaml: {len(problems)} problem(s); correct the file and run again.\n"
            + "\n".join(problems)
        )
    return chosen


def _link(link: Link, judged: Judged, source_of: Mapping[str, str]) -> dict[str, list[Text]]:
    return {
        "link": [judgement_text("links", link.level)],
        "claim": [link.claim],
        "evidence": [evidence_text(judged.judgement.piece(piece)) for piece in link.evidence],
        "grade": [grade_name(link_grade(link, source_of))],
        "reason": [link.judged.reason],
    }


def list_grade_rules() -> Listing:
    """One row an aspect of the evidence: from or up to which value it is strong, moderate, weak, and why."""
    import pandas as pd

    rows = [
        told(
            {
                "aspect": [one.name],
                **{
                    grade.value: [bound_text(one, grade)]
                    for grade in (Grade.STRONG, Grade.MODERATE, Grade.WEAK)
                },
                "reason": [one.reason],
            }
        )
        for one in load_grade_rules().aspects
    ]
    source = Source(file=f"evaluation/judgement/{GRADES_FILE.name}", digest=digest_file(GRADES_FILE))
    return Listing(
        "grade_rules", pd.DataFrame(rows).astype("str"), Provenance((source,), METHOD, len(rows), len(rows))
    )


def bound_text(aspect: Aspect, grade: Grade) -> Text:
    """The bound of a grade with its side: from a value up, or up to a value."""
    words = judgement_text("bounds", aspect.better)
    value = float(getattr(aspect, grade.value))
    ro, en = (format_decimal(value, locale=locale) for locale in ("ro_RO", "en_GB"))
    return Text(ro=words.ro.format(value=ro), en=words.en.format(value=en))
