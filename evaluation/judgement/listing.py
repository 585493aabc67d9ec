"""Findings, conclusions and recommendations as the report prints them: one row each, in words of both languages.

Numbers stay places in the text, ``{number:<id>}``; the report fills them from its register.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from babel.dates import format_date

from evaluation.core.provenance import Provenance
from evaluation.core.results import Listing
from evaluation.judgement.facts import Graded
from evaluation.judgement.findings import Evidence, Finding, Recommendation, Review, Rival
from evaluation.judgement.grades import Grade, load_grade_rules, worst_grade
from evaluation.judgement.judged import Judged
from evaluation.judgement.matrix_lists import matrix_lists
from evaluation.judgement.matrix_rows import Matrix
from evaluation.judgement.store import accepted_conclusions, accepted_recommendations
from evaluation.judgement.words import judgement_text
from evaluation.strategy.frame import load_criteria
from evaluation.strategy.institutions import load_registry
from evaluation.strategy.words import Text

LANGUAGES = ("ro", "en")
NONE = "–"
METHOD = "judgement"
_LOCALES = {"ro": "ro_RO", "en": "en_GB"}
Names = Mapping[str, Mapping[str, Text]]
Texts = Mapping[str, Iterable[Text]]


def list_findings(judged: Judged) -> Listing:
    """One row a finding, by criterion: statement, evidence, sources, grade with its reason, all that speaks against it."""
    names = name_lists(judged.matrix)
    order = list(names["criterion"])
    rows = [
        {"id": one.id, "key": str(one.key), **told(_finding(one, judged, names))}
        for one in sorted(judged.findings, key=lambda one: (order.index(one.criterion), one.id))
    ]
    return as_listing("findings", rows, judged)


def list_conclusions(judged: Judged) -> Listing:
    """One row a conclusion: criterion, text, the findings it stands on and the lowest of their grades."""
    names = name_lists(judged.matrix)
    printed = {one.id: one for one in judged.findings}
    rows = []
    for one in accepted_conclusions(judged.judgement, synthetic=judged.marked):
        grades = [judged.grade(printed[finding]).final for finding in one.findings]
        texts = {
            "criterion": [names["criterion"][one.criterion]],
            "statement": [one.text],
            "findings": [same(", ".join(one.findings) or NONE)],
            "grade": [grade_name(worst_grade(grades))] if grades else [same(NONE)],
            "not_assessable": [one.not_assessable or same(NONE)],
        }
        rows.append({"id": one.id, **told(texts)})
    return as_listing("conclusions", rows, judged)


def list_recommendations(judged: Judged) -> Listing:
    """One row a recommendation: text, conclusions, addressees by name, deadline, priority, class of cost."""
    recommended = accepted_recommendations(judged.judgement, synthetic=judged.marked)
    rows = [{"id": one.id, **told(recommendation_texts(one))} for one in recommended]
    return as_listing("recommendations", rows, judged)


def recommendation_texts(one: Recommendation) -> dict[str, list[Text]]:
    """The cells of a recommendation."""
    known = {body.id: body.name for body in load_registry().registry}
    return {
        "statement": [one.text],
        "conclusions": [same(", ".join(one.conclusions))],
        "addressee": [known[body] for body in one.addressee],
        "deadline": [day_text(one.deadline)],
        "priority": [judgement_text("priorities", one.priority)],
        "cost": [judgement_text("cost_classes", one.cost_class)],
        "rights": [one.gender_rights or same(NONE)],
    }


def _finding(one: Finding, judged: Judged, names: Names) -> dict[str, list[Text]]:
    row = judged.matrix.row(one.question)
    limits = {limit.id: limit for limit in judged.matrix.limits}
    pieces = [judged.judgement.piece(piece) for piece in one.evidence]
    graded = judged.grade(one)
    return {
        "label": [_label(one.id, names["criterion"][one.criterion])],
        **_in_both_lists(one.criterion),
        "criterion": [names["criterion"][one.criterion]],
        "question": [same(one.question), row.sub_question],
        "statement": [one.statement],
        "answer": [judgement_text("answers", one.answer or "none")],
        "evidence": [evidence_text(piece) for piece in pieces],
        "sources": _sources(pieces, graded, names),
        "grade": [grade_name(graded.final)],
        "why": _why(one, graded),
        "contrary": _contrary(one, judged),
        "rivals": [rival_text(rival) for rival in one.rivals],
        "unintended": [one.unintended or same(NONE)],
        "groups": [one.disaggregation or same(NONE)],
        "rights": [one.gender_rights or same(NONE)],
        "limits": [joined(limits[name].limit, limits[name].mitigation) for name in row.limits],
        "review": [_review(one.state.value, one.review)],
    }


def _in_both_lists(criterion: str) -> dict[str, list[Text]]:
    """The criterion under its name in the list of the OECD and in that of the European Commission."""
    known = next(one for one in load_criteria() if one.id == criterion)
    return {"oecd": [known.oecd], "eu": [known.eu]}


def _label(code: str, criterion: Text) -> Text:
    return Text(ro=f"{code}, {criterion.ro.lower()}", en=f"{code}, {criterion.en.lower()}")


def evidence_text(piece: Evidence) -> Text:
    """A piece of evidence as a line: its code, what it is, and the place of its number or exhibit."""
    if piece.document:
        seen = f" ({{exhibit:{piece.exhibit}}})" if piece.exhibit else ""
        return Text(ro=f"{piece.id}: {piece.document.ro}{seen}", en=f"{piece.id}: {piece.document.en}{seen}")
    place = f"{{exhibit:{piece.exhibit}}}" if piece.exhibit else f"{{number:{piece.number}}}"
    title = piece.title or same(piece.row.measure if piece.row else piece.exhibit)
    return Text(ro=f"{piece.id}: {title.ro}: {place}", en=f"{piece.id}: {title.en}: {place}")


def _sources(pieces: list[Evidence], graded: Graded, names: Names) -> list[Text]:
    """The sources by name on one line, with the flag where they are of one origin."""
    groups = dict.fromkeys(piece.source_group for piece in pieces)
    flag = [judgement_text("single_source")] if graded.single_source else []
    named = [*(names["sources"][group] for group in groups), *flag]
    return [Text(ro="; ".join(one.ro for one in named), en="; ".join(one.en for one in named))]


def _why(one: Finding, graded: Graded) -> list[Text]:
    """What held the computed grade down, what the evaluator judged and why, and what was raised."""
    assert one.judged is not None
    is_single = graded.single_source and graded.computed.weakest == "sources"
    words = judgement_text("why", "single" if is_single else "computed")
    lines = [
        Text(
            ro=words.ro.format(grade=grade_name(graded.computed.grade).ro, aspect=graded.computed.name.ro),
            en=words.en.format(grade=grade_name(graded.computed.grade).en, aspect=graded.computed.name.en),
        ),
        joined(_judged_as(graded.judged), one.judged.reason),
    ]
    return (
        [*lines, joined(judgement_text("why", "raised"), one.judged.raised)] if one.judged.raised else lines
    )


def _judged_as(grade: Grade) -> Text:
    words = judgement_text("why", "judged")
    return Text(
        ro=words.ro.format(grade=grade_name(grade).ro), en=words.en.format(grade=grade_name(grade).en)
    )


def _contrary(one: Finding, judged: Judged) -> list[Text]:
    if one.contrary is None:
        return [same(NONE)]
    pieces = [evidence_text(judged.judgement.piece(piece)) for piece in one.contrary.evidence]
    return pieces or [one.contrary.none_found or same(NONE)]


def rival_text(one: Rival) -> Text:
    """Another explanation with how it stands and why."""
    state = judgement_text("standing", one.standing)
    return Text(
        ro=f"{one.explanation.ro} ({state.ro}: {one.reason.ro})",
        en=f"{one.explanation.en} ({state.en}: {one.reason.en})",
    )


def _review(state: str, review: Review | None) -> Text:
    if review is None:
        return same(NONE)
    day, words = day_text(review.on), judgement_text("states", state)
    return Text(ro=f"{words.ro}, {review.reviewer}, {day.ro}", en=f"{words.en}, {review.reviewer}, {day.en}")


def grade_name(grade: Grade) -> Text:
    """The name of a grade."""
    return load_grade_rules().names[grade]


def day_text(day: date) -> Text:
    """A day in words."""
    ro, en = (format_date(day, format="d MMMM y", locale=_LOCALES[language]) for language in LANGUAGES)
    return Text(ro=ro, en=en)


def name_lists(matrix: Matrix) -> Names:
    """The names of the ids that a row of the matrix uses, by field."""
    return {field: {one.id: one.name for one in terms} for field, terms in matrix_lists(matrix).items()}


def same(words: str) -> Text:
    """A code that reads the same in both languages."""
    return Text(ro=words, en=words)


def joined(first: Text, second: Text) -> Text:
    """Two texts, one after the other."""
    return Text(ro=f"{first.ro} {second.ro}", en=f"{first.en} {second.en}")


def told(texts: Texts) -> dict[str, str]:
    """The cells of a row in both languages; several texts stand on lines of their own."""
    return {
        f"{field}.{language}": "\n".join(getattr(one, language) for one in many) or NONE
        for field, many in texts.items()
        for language in LANGUAGES
    }


def as_listing(name: str, rows: Sequence[dict[str, str]], judged: Judged) -> Listing:
    """The rows with their origin; what is invented stays said."""
    import pandas as pd

    origin = Provenance(judged.sources, METHOD, len(rows), len(rows), synthetic=judged.marked)
    return Listing(name, pd.DataFrame(list(rows)).astype("str"), origin)
