"""What became of the recommendations of an earlier report: how many have each outcome, and each with its answer."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from evaluation.core.provenance import Provenance, Source
from evaluation.core.results import Listing, Result, make_table
from evaluation.judgement.listing import day_text
from evaluation.judgement.published_words import published_text
from evaluation.judgement.recommendations import FollowUp, count_outcomes
from evaluation.judgement.words import judgement_text
from evaluation.strategy.institutions import load_registry
from evaluation.strategy.words import Text

if TYPE_CHECKING:
    import pandas as pd

METHOD = "follow_up"


def count_follow_up(followed: Sequence[FollowUp], *, sources: Sequence[Source], synthetic: bool) -> Result:
    """How many recommendations there are, how many were answered, and how many have each outcome, zeros among them.

    All recommendations in force are counted, so there is no sampling interval.
    """
    counts = {"recommendations": len(followed), "answered": sum(one.response is not None for one in followed)}
    outcomes = {outcome.value: number for outcome, number in count_outcomes(followed).items()}
    rows: list[dict[str, object]] = [
        {"measure": name, "quantity": "count", "group": group, "level": "all"}
        | {"n": len(followed), "estimate": number, "method": METHOD}
        for group, counted in (("all", counts), ("outcome", outcomes))
        for name, number in counted.items()
    ]
    texts = [_words("outcome", published_text("follow_up", name)) for name in counts]
    texts += [_words("outcome", judgement_text("outcomes", name)) for name in outcomes]
    return Result("follow_up_counts", make_table(rows), _origin(followed, sources, synthetic), _frame(texts))


def list_follow_up(followed: Sequence[FollowUp], *, sources: Sequence[Source], synthetic: bool) -> Listing:
    """One row a recommendation: what, to whom, the answer and what became of it; one without an answer says so."""
    rows = [_row(one) for one in followed]
    return Listing("follow_up", _frame(rows), _origin(followed, sources, synthetic))


def _row(one: FollowUp) -> dict[str, str]:
    asked, answer = one.recommendation, one.response
    nothing = published_text("follow_up", "none")
    row = {
        "id": asked.id,
        "outcome_key": one.outcome.value,
        **_words("text", asked.text),
        **_words("addressee", _named(asked.addressee)),
        **_words("deadline", day_text(asked.deadline)),
        **_words("priority", judgement_text("priorities", asked.priority)),
        **_words("outcome", one.outcome.text),
    }
    if answer is None:
        missing = published_text("follow_up", "no_action")
        silent = dict.fromkeys(("accepted", "responsible", "due"), nothing)
        told = (_words(field, text) for field, text in (silent | {"action": missing}).items())
        return {**row, **{name: text for words in told for name, text in words.items()}}
    note = answer.note
    action = (
        Text(ro=f"{answer.action.ro} {note.ro}", en=f"{answer.action.en} {note.en}")
        if note
        else answer.action
    )
    return (
        row
        | _words("accepted", judgement_text("accepted", answer.accepted))
        | _words("action", action)
        | _words("responsible", _named((answer.responsible,)))
        | _words("due", day_text(answer.deadline) if answer.deadline else nothing)
    )


def _named(ids: Sequence[str]) -> Text:
    known = [load_registry().get(one).name for one in ids]
    return Text(ro="; ".join(one.ro for one in known), en="; ".join(one.en for one in known))


def _words(field: str, text: Text) -> dict[str, str]:
    return {f"{field}.ro": text.ro, f"{field}.en": text.en}


def _frame(rows: list[dict[str, str]]) -> "pd.DataFrame":
    import pandas as pd

    return pd.DataFrame(rows)


def _origin(followed: Sequence[FollowUp], sources: Sequence[Source], synthetic: bool) -> Provenance:
    return Provenance(tuple(sources), METHOD, len(followed), len(followed), synthetic=synthetic)
