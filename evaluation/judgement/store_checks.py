"""What is wrong with a judgement: references, reviews, wording above the grade, independence."""

import re
from collections import Counter
from collections.abc import Collection, Iterator

from evaluation.judgement.findings import NUMBER, Conclusion, Finding, Recommendation, State, numbers_asked
from evaluation.judgement.grades import Grade, worst_grade
from evaluation.judgement.judgement import Judgement
from evaluation.judgement.wording_grade import check_sentence, claim_kinds
from evaluation.strategy.frame import load_assessments, load_criteria
from evaluation.strategy.institutions import load_registry
from evaluation.strategy.words import Definition, Text

_NAMES = re.compile(
    r"\b(?:general objectives?|obiectiv\w* general\w*) [1-5]\b|\b[A-Z][A-Z0-9]*-[\w.-]+|\b[1-5]\.\d(?:\.\d{1,2})?\b|\b(?:19|20)\d\d\b"
)


def find_problems(judgement: Judgement, *, questions: Collection[str] = ()) -> list[str]:
    """Every problem as a line with its place, its problem and its remedy; nobody is named."""
    return [
        *_repeated_ids(judgement),
        *(line for one in judgement.findings for line in _finding(judgement, one, questions)),
        *(line for one in judgement.conclusions for line in _conclusion(judgement, one)),
        *(line for one in judgement.recommendations for line in _recommendation(judgement, one)),
        *_responses(judgement),
        *_declarations(judgement),
        *_typed_texts(judgement),
    ]


def typed_numbers(text: str) -> list[str]:
    """Digits in a text that are no placeholder, year, code of the plan or id: numbers are never typed.

    >>> typed_numbers("In 2026, measure 3.2.1 had {number:a.1.estimate} of 12 results.")
    ['12']
    """
    return re.findall(r"\d[\d.,]*\d|\d", _NAMES.sub("", NUMBER.sub("", text)))


def _repeated_ids(judgement: Judgement) -> Iterator[str]:
    lists = (judgement.evidence, judgement.findings, judgement.conclusions, judgement.recommendations)
    counted = Counter(one.id for many in lists for one in many)
    answered = Counter(one.recommendation for one in judgement.responses)
    for repeated in sorted(one for one, times in counted.items() if times > 1):
        yield f"{repeated}: the id is given twice; ids never repeat."
    for repeated in sorted(one for one, times in answered.items() if times > 1):
        yield f"responses.yaml, {repeated}: answered twice; keep one response."


def _finding(judgement: Judgement, one: Finding, questions: Collection[str]) -> Iterator[str]:
    place = f"findings.yaml, {one.id}"
    yield from _frame(place, one.assessment, one.criterion)
    if questions and one.question not in questions:
        yield f"{place}: the question {one.question} is not in the evaluation matrix; use one of its ids."
    known = {piece.id for piece in judgement.evidence}
    against = one.contrary.evidence if one.contrary else ()
    for missing in sorted({*one.evidence, *against} - known):
        yield f"{place}: the evidence {missing} does not exist; add it or correct the id."
    cited = [piece for piece in judgement.evidence if piece.id in {*one.evidence, *against}]
    pointed = {_cell_row(piece.number) for piece in cited}
    asked_for = {number for number, _ in numbers_asked(one.statement.ro)}
    for asked in sorted(number for number in asked_for if _cell_row(number) not in pointed):
        yield f"{place}: the statement shows {asked}, which is not among its evidence; cite it."
    yield from _review(place, one)
    if one.in_force:
        yield from _complete(place, one)
        yield from _wording(place, one.statement, one.judged.grade if one.judged else Grade.INSUFFICIENT)
        yield from _rivals(place, one)


def _cell_row(number: str) -> str:
    """The row of a register id, without its column: an interval's ends belong to their estimate."""
    return number.rpartition(".")[0]


def _review(place: str, one: Finding | Recommendation) -> Iterator[str]:
    if one.state is State.DRAFT:
        if one.review:
            yield f"{place}: a draft has a reviewer; say what the reviewer decided."
    elif one.review is None:
        yield f"{place}: {one.state.value} without a reviewer; record who decided and when."
    elif one.state in (State.REJECTED, State.EDITED) and one.review.note is None:
        yield f"{place}: {one.state.value} without a note; write what was changed or why."


def _complete(place: str, one: Finding) -> Iterator[str]:
    asked = {
        "contrary evidence": one.contrary,
        "judged grade": one.judged,
        "unintended results": one.unintended,
        "note on disaggregation": one.disaggregation,
        "note on gender and rights": one.gender_rights,
    }
    for name, given in asked.items():
        if given is None:
            yield f"{place}: {one.state.value} without {name}; write it, or that there is none."


def _wording(place: str, text: Text, grade: Grade) -> Iterator[str]:
    for language, words in (("ro", text.ro), ("en", text.en)):
        for found in check_sentence(words, language, grade):
            yield (
                f"{place}: «{found.phrase}» ({language}) stands above the grade {grade.value}; "
                "use a cautious wording or raise the evidence."
            )


def _rivals(place: str, one: Finding) -> Iterator[str]:
    causal = claim_kinds(one.statement.ro, "ro") | claim_kinds(one.statement.en, "en")
    still_open = [rival for rival in one.rivals if rival.standing == "open"]
    if causal and (not one.rivals or still_open):
        yield f"{place}: claims a cause with a rival explanation open or none named; examine the rivals first."


def _conclusion(judgement: Judgement, one: Conclusion) -> Iterator[str]:
    place = f"conclusions.yaml, {one.id}"
    yield from _frame(place, one.assessment, one.criterion)
    yield from _cited(judgement, place, one.text)
    if bool(one.findings) == (one.not_assessable is not None):
        yield f"{place}: needs findings, or the reason why the criterion cannot be assessed; give one of them."
    known = {finding.id: finding for finding in judgement.findings}
    for missing in sorted(set(one.findings) - set(known)):
        yield f"{place}: the finding {missing} does not exist; add it or correct the id."
    cited = [known[finding] for finding in one.findings if finding in known]
    for unreviewed in (finding.id for finding in cited if not finding.in_force):
        yield f"{place}: the finding {unreviewed} is not accepted; a conclusion stands on accepted findings."
    if cited and one.criterion not in {finding.criterion for finding in cited}:
        yield f"{place}: no finding is on the criterion {one.criterion}; cite one or change the criterion."
    if not one.synthetic and any(finding.synthetic for finding in cited):
        yield f"{place}: stands on invented findings without the mark; mark it synthetic."
    grade = worst_grade(finding.judged.grade for finding in cited if finding.judged)
    yield from _wording(place, one.text, grade)


def _recommendation(judgement: Judgement, one: Recommendation) -> Iterator[str]:
    place = f"recommendations.yaml, {one.id}"
    known = {conclusion.id: conclusion for conclusion in judgement.conclusions}
    for missing in sorted(set(one.conclusions) - set(known)):
        yield f"{place}: the conclusion {missing} does not exist; add it or correct the id."
    yield from _cited(judgement, place, one.text)
    yield from _institutions(place, one.addressee)
    yield from _review(place, one)
    if not one.synthetic and any(known[each].synthetic for each in one.conclusions if each in known):
        yield f"{place}: stands on invented conclusions without the mark; mark it synthetic."


def _cited(judgement: Judgement, place: str, text: Text) -> Iterator[str]:
    """Numbers of a text outside findings stand in a row that a piece of evidence names, and are the same in both."""
    pointed = {_cell_row(piece.number) for piece in judgement.evidence if piece.row}
    asked = [sorted(numbers_asked(words)) for words in (text.ro, text.en)]
    for number in sorted({one for many in asked for one, _ in many}):
        if _cell_row(number) not in pointed:
            yield f"{place}: the text shows {number}, which no evidence names; add it as one, with its row."
    if asked[0] != asked[1]:
        yield f"{place}: the two languages do not ask for the same numbers."


def _responses(judgement: Judgement) -> Iterator[str]:
    known = {one.id: one.synthetic for one in judgement.recommendations}
    for one in judgement.responses:
        place = f"responses.yaml, {one.recommendation}"
        if one.recommendation not in known:
            yield f"{place}: the recommendation does not exist; correct the id."
        elif one.synthetic and not known[one.recommendation]:
            yield f"{place}: an invented answer to a recommendation that is not invented; remove it."
        yield from _institutions(place, (one.responsible,))


def _declarations(judgement: Judgement) -> Iterator[str]:
    for number, one in enumerate(judgement.declarations, start=1):
        if one.excluded:
            yield (
                f"declarations.yaml, evaluator {number}: has a role in drafting or carrying out the strategy, "
                "which excludes; name another evaluator."
            )
    declared = {one.evaluator for one in judgement.declarations if not one.excluded}
    real = {one.evaluator for one in judgement.declarations if not one.excluded and not one.synthetic}
    reviewed: list[Finding | Conclusion | Recommendation] = [*judgement.findings, *judgement.conclusions]
    for judged in [*reviewed, *judgement.recommendations]:
        if judged.review and judged.review.reviewer not in (declared if judged.synthetic else real):
            yield f"{judged.id}: the reviewer has made no declaration of independence; add it."


def _frame(place: str, assessment: str, criterion: str) -> Iterator[str]:
    if assessment not in {one.id for one in load_assessments()}:
        yield f"{place}: the assessment {assessment} is unknown; use an id of assessments.yaml."
    if criterion not in {one.id for one in load_criteria()}:
        yield f"{place}: the criterion {criterion} is unknown; use an id of criteria.yaml."


def _institutions(place: str, ids: Collection[str]) -> Iterator[str]:
    known = {one.id for one in load_registry().registry}
    for missing in sorted(set(ids) - known):
        yield f"{place}: the institution {missing} is not in the registry; use an id of institutions.yaml."


def _typed_texts(judgement: Judgement) -> Iterator[str]:
    """Numbers typed into any text that may be printed, whatever entry it belongs to."""
    entries: list[tuple[str, Definition]] = [
        *((f"findings.yaml, {one.id}", one) for one in judgement.findings),
        *((f"findings.yaml, {one.id}", one) for one in judgement.evidence),
        *((f"conclusions.yaml, {one.id}", one) for one in judgement.conclusions),
        *((f"recommendations.yaml, {one.id}", one) for one in judgement.recommendations),
        *((f"responses.yaml, {one.recommendation}", one) for one in judgement.responses),
    ]
    for place, one in entries:
        for text in texts_in(one):
            yield from _typed(place, text)


def texts_in(content: object) -> Iterator[Text]:
    """Every text in both languages inside an entry, however deep."""
    if isinstance(content, Text):
        yield content
    elif isinstance(content, tuple):
        for one in content:
            yield from texts_in(one)
    elif isinstance(content, Definition):
        for name in type(content).model_fields:
            yield from texts_in(getattr(content, name))


def _typed(place: str, text: Text) -> Iterator[str]:
    if typed_numbers(text.ro) or typed_numbers(text.en):
        yield f"{place}: a number is typed into the text; cite it from the register with {{number:<id>}}."
