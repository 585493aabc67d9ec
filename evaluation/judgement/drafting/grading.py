"""Whether the words of a decided finding stand within the grade of its evidence."""

from collections.abc import Iterator

from evaluation.core.errors import JudgementError
from evaluation.judgement.drafting.cells import LANGUAGES
from evaluation.judgement.drafting.checks import Told
from evaluation.judgement.drafting.proposals import Proposals
from evaluation.judgement.drafting.words import draft_problem, same
from evaluation.judgement.facts import gather_facts
from evaluation.judgement.findings import Finding
from evaluation.judgement.grades import Grade, compute_grade, final_grade, load_grade_rules
from evaluation.judgement.verbs import load_verbs
from evaluation.judgement.wording_grade import check_sentence, claim_kinds


def check_grade(finding: Finding, proposals: Proposals) -> Iterator[Told]:
    """Evidence without a released number, a grade raised too far, a phrase above the grade, a cause without rivals."""
    if not finding.in_force or finding.judged is None:
        return
    try:
        facts = gather_facts(finding, proposals.judgement, proposals.register)
    except JudgementError:
        yield Told("evidence", draft_problem("no_base"))
        return
    computed = compute_grade(facts, marked=proposals.marked)
    try:
        grade = final_grade(computed.grade, finding.judged.grade, raised=finding.judged.raised)
    except JudgementError:
        yield Told("grade", draft_problem("raised"))
        return
    yield from _check_wording(finding, grade)


def _check_wording(finding: Finding, grade: Grade) -> Iterator[Told]:
    reasons, name = load_verbs().reasons, load_grade_rules().names[grade]
    for language in LANGUAGES:
        text = getattr(finding.statement, language)
        above = check_sentence(text, language, grade)
        for one in above:
            facts = {"letter": same(str(one.start + 1)), "reason": reasons[one.kind], "grade": name}  # type: ignore[index]
            yield Told(f"text.{language}", draft_problem("wording", **facts))
        if claim_kinds(text, language) and not above and not finding.rivals:
            yield Told(f"text.{language}", draft_problem("rivals"))
