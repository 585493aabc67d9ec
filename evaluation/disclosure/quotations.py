"""The gate for words of people: few, read by a second person, nobody twice, nothing that a scan would stop."""

import hashlib
from collections.abc import Mapping
from typing import TYPE_CHECKING

from evaluation.core.errors import DisclosureError
from evaluation.core.microdata import ForQuotation
from evaluation.core.results import Decision, Released, make_table
from evaluation.disclosure.policy import Policy, load_allowed
from evaluation.disclosure.scan import scan_text

if TYPE_CHECKING:
    import pandas as pd

TAKEN_OUT = "[removed]"
MOST, SHORTEST, LONGEST = 4, 12, 300
"""Quotations a question; characters that one must and may have."""


def release_quotations(
    quotes: ForQuotation, questions: Mapping[str, tuple[str, str]], policy: Policy
) -> Released:
    """Words that may be printed: at most four a question, at most one a person, none with something taken out.

    ``quotes`` holds what consent and a second person's review let pass; ``questions`` the Romanian and English text of
    each question, in the order of printing. Under as many people as the policy's threshold nothing is quoted: who
    spoke could be guessed. Which words are chosen depends on a digest of the text only, never on who said it; equal
    texts are printed once. Neither wave nor group is printed. The language is that of the person: words are not
    translated.
    """
    if policy.kind != "protect":
        raise DisclosureError("quotations: words of people are released under a protecting policy only.")
    table = quotes.table
    enough = table["person"].nunique() >= policy.threshold
    chosen = _choose(quotes, tuple(questions)) if enough else []
    rows = [
        {"question.ro": questions[item][0], "question.en": questions[item][1], "quote.ro": f"„{text}”",
         "quote.en": f"“{text}”", "language": language}
        for item, text, language in chosen
    ]  # fmt: skip
    reason = policy.reason["en"]
    said = "keep" if enough else "suppress"
    decision = Decision("feedback_quotations", policy.name, said, reason)
    return Released(
        "feedback_quotations", make_table([]), _texts(rows), quotes.provenance, policy.name, (decision,)
    )


def _choose(quotes: ForQuotation, items: tuple[str, ...]) -> list[tuple[str, str, str]]:
    """Question, text and language of the words printed."""
    used: set[str] = set()
    found, spoken = [], set[str]()
    for item in items:
        mine = quotes.table[quotes.table["item"] == item]
        order = sorted(zip(mine["text"], mine["person"], mine["language"], strict=True), key=_digest)
        taken = 0
        for text, person, language in order:
            if taken == MOST or person in used or text in spoken or not _may_print(str(text)):
                continue
            used.add(str(person))
            spoken.add(str(text))
            found.append((item, str(text), str(language)))
            taken += 1
    return found


def _digest(quote: tuple[object, ...]) -> tuple[str, str]:
    return hashlib.sha256(str(quote[0]).encode()).hexdigest(), str(quote[1])


def _may_print(text: str) -> bool:
    return (
        SHORTEST <= len(text) <= LONGEST
        and TAKEN_OUT not in text
        and not scan_text(text, where="quotation", allowed=load_allowed())
    )


def _texts(rows: list[dict[str, str]]) -> "pd.DataFrame":
    import pandas as pd

    columns = ["question.ro", "question.en", "quote.ro", "quote.en", "language"]
    return pd.DataFrame(rows, columns=columns).astype("str")
