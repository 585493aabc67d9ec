"""The management response and the agency's comments as the report's annexes print them: one row each, in words."""

from collections.abc import Sequence

from evaluation.core.provenance import Provenance, Source
from evaluation.core.results import Listing
from evaluation.judgement.comments import Comment
from evaluation.judgement.findings import ManagementResponse, Recommendation
from evaluation.judgement.forms.model import form_words
from evaluation.judgement.listing import day_text, recommendation_texts, same, told
from evaluation.judgement.words import judgement_text
from evaluation.strategy.institutions import load_registry
from evaluation.strategy.words import Text

METHOD = "judgement"
NONE = same("–")


def list_response(
    recommendations: Sequence[Recommendation],
    responses: Sequence[ManagementResponse],
    *,
    sources: Sequence[Source],
) -> Listing:
    """One row a recommendation with the answer received so far, or empty fields; one that says so without any."""
    answers = {one.recommendation: one for one in responses}
    rows = [
        {"id": one.id, **told(recommendation_texts(one) | _answer(answers.get(one.id)))}
        for one in recommendations
    ]
    if not rows:
        empty = [form_words().empty["recommendations"]]
        rows = [{"id": "–", **told({"statement": empty, **{key: [NONE] for key in _RESPONSE}})}]
    synthetic = any(one.synthetic for one in recommendations)
    return _listing("management_response", rows, sources, synthetic=synthetic)


def list_comments(comments: Sequence[Comment], *, sources: Sequence[Source]) -> Listing:
    """One row a comment with its answer, or that it is unanswered; one that says so where nobody commented."""
    rows = [{"id": one.id, "place": one.place, **told(_comment(one))} for one in comments]
    if not rows:
        empty = [form_words().empty["comments"]]
        rows = [{"id": "–", "place": "–", **told({"comment": empty, **{key: [NONE] for key in _COMMENT}})}]
    return _listing("agency_comments", rows, sources, synthetic=any(one.synthetic for one in comments))


_RESPONSE = ("conclusions", "addressee", "deadline", "priority", "cost",
             "accepted", "action", "responsible", "action_deadline", "status", "note")  # fmt: skip
_COMMENT = ("by", "answer", "changed", "what")


def _answer(answer: ManagementResponse | None) -> dict[str, list[Text]]:
    fields = ("accepted", "action", "responsible", "action_deadline", "status", "note")
    if answer is None:
        return {"accepted": [judgement_text("outcomes", "unanswered")], **{key: [NONE] for key in fields[1:]}}
    return {
        "accepted": [judgement_text("accepted", answer.accepted)],
        "action": [answer.action],
        "responsible": [load_registry().get(answer.responsible).name],
        "action_deadline": [day_text(answer.deadline) if answer.deadline else NONE],
        "status": [form_words().choices["status"][answer.status]],
        "note": [answer.note or NONE],
    }


def _comment(one: Comment) -> dict[str, list[Text]]:
    by = [load_registry().get(one.by).name, day_text(one.on)]
    if one.answer is None:
        unanswered = [judgement_text("outcomes", "unanswered")]
        return {"comment": [one.text], "by": by, "answer": unanswered, "changed": [NONE], "what": [NONE]}
    return {
        "comment": [one.text],
        "by": by,
        "answer": [one.answer.text, same(one.answer.answered_by), day_text(one.answer.on)],
        "changed": [judgement_text("accepted", one.answer.changed)],
        "what": [one.answer.what or NONE],
    }


def _listing(name: str, rows: list[dict[str, str]], sources: Sequence[Source], *, synthetic: bool) -> Listing:
    import pandas as pd

    origin = Provenance(tuple(sources), METHOD, len(rows), len(rows), synthetic=synthetic)
    return Listing(name, pd.DataFrame(rows).astype("str"), origin)
