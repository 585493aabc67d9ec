"""The drafts as a workbook for the evaluators: one line a draft, with the rules that a decision follows."""

from evaluation.core.errors import JudgementError
from evaluation.judgement.drafting.proposals import Proposals, draft_line
from evaluation.judgement.drafting.words import drafting_words, rule_text, same
from evaluation.judgement.findings import State
from evaluation.judgement.forms.model import Choice, Form, both
from evaluation.judgement.forms.workbook import Lists, Sheet, make_form_workbook
from evaluation.judgement.grades import Aspect, Grade, load_grade_rules
from evaluation.judgement.judgement import Judgement
from evaluation.judgement.listing_evidence import bound_text
from evaluation.judgement.verbs import load_verbs
from evaluation.judgement.words import judgement_text
from evaluation.strategy.words import Text

DECISIONS = (State.ACCEPTED, State.EDITED, State.REJECTED)


def make_findings_workbook(proposals: Proposals) -> bytes:
    """The workbook with the drafts that are not decided yet; equal input gives equal bytes.

    Raises ``JudgementError`` where nobody has declared independence yet, because nobody could sign a decision.
    """
    lists = findings_lists(proposals.judgement)
    if not lists["reviewers"]:
        raise JudgementError(
            "declarations.yaml: no evaluator has declared independence; without a declaration nobody decides on a "
            "draft, so add it first."
        )
    lines = tuple(draft_line(proposals, one) for one in proposals.undecided)
    return make_form_workbook(Sheet(findings_form(), proposals.assessment, lines, lists, proposals.marked))


def findings_form() -> Form:
    """The form, its instructions ending in the rules of grades and of wording."""
    form, rules, verbs = drafting_words().form, load_grade_rules(), load_verbs()
    told = (
        rule_text("grading", steps=same(str(rules.raise_at_most))),
        rule_text("wording", **{kind: rules.names[grade] for kind, grade in verbs.passes_from.items()}),
    )
    return form.model_copy(update={"steps": (*form.steps, *told)})


def findings_lists(judgement: Judgement) -> Lists:
    """What the columns choose from: decisions, grades with their bounds, yes and no, the evaluators who declared."""
    grades = load_grade_rules().names
    reviewers = [one for one in judgement.declarations if not one.excluded]
    return {
        "decisions": tuple(_choice(one.value, judgement_text("states", one.value)) for one in DECISIONS),
        "grades": tuple(Choice(one.value, both(grades[one]), _bounds(one)) for one in Grade),
        "keys": tuple(_choice(one, judgement_text("accepted", one)) for one in ("yes", "no")),
        "reviewers": tuple(Choice(one.evaluator, one.evaluator, one.institution) for one in reviewers),
    }


def _choice(code: str, name: Text) -> Choice:
    return Choice(code, both(name), name)


def _bounds(grade: Grade) -> Text:
    """A grade with what each aspect of the evidence needs for it."""
    rules = load_grade_rules()
    if grade is Grade.INSUFFICIENT:
        return rule_text("least", grade=rules.names[grade])
    each = [_bound(one, grade) for one in rules.aspects]
    joined = Text(ro="; ".join(one.ro for one in each), en="; ".join(one.en for one in each))
    return rule_text("grade", grade=rules.names[grade], bounds=joined)


def _bound(aspect: Aspect, grade: Grade) -> Text:
    """From or up to which value an aspect has a grade, with its name."""
    return rule_text("bound", aspect=aspect.name, bound=bound_text(aspect, grade))
