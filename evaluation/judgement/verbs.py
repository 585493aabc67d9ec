"""The lists of causal, contributory and cautious wording, ready for searching."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from evaluation.core.errors import JudgementError
from evaluation.core.yamlfile import read_yaml
from evaluation.judgement.grades import Grade
from evaluation.strategy.words import Definition, Text, load_as

VERBS_FILE = Path(__file__).with_name("verbs.yaml")


class ChangeVerbs(Definition):
    """Verbs of change and what tells an action from a movement.

    ``acting`` forms act unless something before them says otherwise; ``with_object`` ones when something
    acted on follows, ``with_both`` ones ("a crescut") when somebody who acts stands before them as well;
    ``passive`` participles when an agent follows.
    """

    acting: tuple[str, ...]
    with_object: tuple[str, ...]
    with_both: tuple[str, ...]
    passive: tuple[str, ...]
    moves_before: str
    agent_after: str
    adverbs: str
    not_object: str
    agents: str
    adverbial_first: str


class Negation(Definition):
    """How a claim is denied: right before it, by a phrase that governs it, after it; and what undoes that.

    ``nominal`` claims ("the effect of …") are the ones that can be denied after them.
    """

    before: str
    embedding: tuple[str, ...]
    after: str
    nominal: str
    cancelled: tuple[str, ...]


class LanguageVerbs(Definition):
    """The lists of one language."""

    causal: tuple[str, ...]
    contributory: tuple[str, ...]
    cautious: tuple[str, ...]
    change: ChangeVerbs
    passive_forms: str
    products: str
    product_verbs: str
    negation: Negation
    intent: str
    achieved: str
    clause: str


class VerbLists(Definition):
    """Both languages, the grades from which a kind of claim passes, the reasons."""

    passes_from: dict[Literal["causal", "contributory"], Grade]
    ro: LanguageVerbs
    en: LanguageVerbs
    reasons: dict[Literal["causal", "contributory", "change"], Text]


@dataclass(frozen=True, slots=True)
class Patterns:
    """The lists of one language as compiled patterns, under the names that they have in the file."""

    causal: re.Pattern[str]
    contributory: re.Pattern[str]
    cautious: re.Pattern[str]
    acting: re.Pattern[str]
    with_object: re.Pattern[str]
    with_both: re.Pattern[str]
    passive: re.Pattern[str]
    moves_before: re.Pattern[str]
    agent_after: re.Pattern[str]
    adverbs: re.Pattern[str]
    not_object: re.Pattern[str]
    agents: re.Pattern[str]
    adverbial_first: re.Pattern[str]
    passive_forms: re.Pattern[str]
    products: re.Pattern[str]
    product_verbs: re.Pattern[str]
    before: re.Pattern[str]
    embedding: re.Pattern[str]
    after: re.Pattern[str]
    nominal: re.Pattern[str]
    cancelled: re.Pattern[str]
    intent: re.Pattern[str]
    achieved: re.Pattern[str]
    clause: re.Pattern[str]


@cache
def load_verbs(path: Path = VERBS_FILE) -> VerbLists:
    """The lists; every kind of claim has a grade from which it passes and a reason."""
    found = load_as(VerbLists, read_yaml(path), file=path.name)
    if len(found.passes_from) != 2 or len(found.reasons) != 3:
        raise JudgementError(f"{path.name}: a kind of claim has no grade or no reason; give every one both.")
    return found


def patterns_of(language: str, lists: VerbLists) -> Patterns:
    """The patterns of a language."""
    if language not in ("ro", "en"):
        raise JudgementError(f"wording: no lists for the language {language}; use ro or en.")
    return _compile(lists.ro if language == "ro" else lists.en)


@cache
def _compile(lists: LanguageVerbs) -> Patterns:
    change, negation = lists.change, lists.negation
    return Patterns(
        causal=_words(*lists.causal),
        contributory=_words(*lists.contributory),
        cautious=_words(*lists.cautious),
        acting=_words(*change.acting),
        with_object=_words(*change.with_object),
        with_both=_words(*change.with_both),
        passive=_words(*change.passive),
        moves_before=_words(change.moves_before, closed=False),
        agent_after=_words(change.agent_after.replace("agents", change.agents), closed=False),
        adverbs=_words(change.adverbs),
        not_object=_words(change.not_object),
        agents=_words(change.agents),
        adverbial_first=_words(change.adverbial_first),
        passive_forms=_words(lists.passive_forms),
        products=_words(lists.products),
        product_verbs=_words(lists.product_verbs),
        before=_words(negation.before, closed=False),
        embedding=_words(*negation.embedding),
        after=_words(negation.after),
        nominal=_words(negation.nominal),
        cancelled=_words(*negation.cancelled),
        intent=_words(lists.intent, closed=False),
        achieved=_words(lists.achieved, closed=False),
        clause=re.compile(lists.clause, re.IGNORECASE),
    )


def _words(*patterns: str, closed: bool = True) -> re.Pattern[str]:
    """One pattern of whole words in which a space stands for any space; without patterns it finds nothing."""
    body = "|".join(patterns or ("(?!)",)).replace(" ?", r"\s*").replace(" ", r"\s+")
    end = r"(?!\w)" if closed else ""
    return re.compile(rf"(?<!\w)(?:{body}){end}", re.IGNORECASE)
