"""Wording follows evidence: which phrases of a sentence stand above the grade of its finding."""

import re
from dataclasses import dataclass

from evaluation.core.language import comma_below
from evaluation.judgement.grades import Grade
from evaluation.judgement.verbs import Patterns, VerbLists, load_verbs, patterns_of

_QUOTED = re.compile(r"„[^”]*”|“[^”]*”|«[^»]*»|(?<!\w)‘[^’]*’(?!\w)")
_MASK = "•"


@dataclass(frozen=True, slots=True)
class Place:
    """A phrase above the grade: where it stands, what it says, what it claims and why it does not pass."""

    start: int
    end: int
    phrase: str
    kind: str
    reason: str


def check_sentence(
    text: str, language: str, grade: Grade, *, verbs: VerbLists | None = None
) -> tuple[Place, ...]:
    """The phrases that claim more than the grade allows, in the order of the sentence.

    A causal phrase passes from the grade that the lists set, a contributory one from its own. Denied claims
    ("nu a determinat", "cannot be attributed to"), intentions ("aims to reduce"), quantities that move by
    themselves ("numărul a scăzut") and words in quotation marks pass. Where a form can be read both ways the
    sentence does not pass. The text is composed Unicode (NFC), so that places are those of the reader.

    >>> [place.phrase for place in check_sentence("The programme led to fewer cases.", "en", Grade.WEAK)]
    ['led to']
    >>> check_sentence("The number of cases fell.", "en", Grade.WEAK)
    ()
    """
    lists = verbs or load_verbs()
    known = patterns_of(language, lists)
    plain = _plain(text)
    places: list[Place] = []
    for kind, found in _claims(plain, known):
        least = lists.passes_from["contributory" if kind == "contributory" else "causal"]
        if not grade.reaches(least) and not is_denied(plain, found, known):
            reason = lists.reasons[kind].ro if language == "ro" else lists.reasons[kind].en  # type: ignore[index]
            places.append(Place(found.start(), found.end(), text[found.start() : found.end()], kind, reason))
    return _without_overlaps(places)


def claim_kinds(text: str, language: str) -> frozenset[str]:
    """What a text claims: ``causal``, ``contributory``, ``change``; nothing for a description."""
    return frozenset(place.kind for place in check_sentence(text, language, Grade.INSUFFICIENT))


def is_cautious(text: str, language: str) -> bool:
    """True when the sentence uses one of the cautious phrases of the lists."""
    return bool(patterns_of(language, load_verbs()).cautious.search(_plain(text)))


def is_denied(text: str, found: re.Match[str], known: Patterns) -> bool:
    """True when the claim is denied, left open or only intended in its own clause."""
    before = _clause_before(text, found.start(), known)
    if known.cancelled.search(_sentence_before(text, found.start())):
        return False
    if known.before.search(before) or known.embedding.search(before):
        return True
    if known.intent.search(before) and not known.achieved.search(before):
        return True
    after = known.clause.split(text[found.end() :], maxsplit=1)[0]
    return bool(known.nominal.match(found[0]) and known.after.search(after))


def _claims(text: str, known: Patterns) -> list[tuple[str, re.Match[str]]]:
    causal = [one for one in known.causal.finditer(text) if not _is_product(text, one, known)]
    change = [one for one in known.acting.finditer(text) if not _moves(text, one, known)]
    change += [one for one in known.with_object.finditer(text) if _acts(text, one, known)]
    change += [
        one
        for one in known.with_both.finditer(text)
        if _acts(text, one, known) and _has_actor(text, one, known)
    ]
    change += [one for one in known.passive.finditer(text) if _has_agent(text, one, known)]
    return [
        *(("causal", one) for one in causal),
        *(("contributory", one) for one in known.contributory.finditer(text)),
        *(("change", one) for one in change),
    ]


def _is_product(text: str, found: re.Match[str], known: Patterns) -> bool:
    """An institution that produced a report caused nothing."""
    if not known.product_verbs.search(found[0]):
        return False
    if known.passive_forms.search(found[0]):
        return bool(known.products.search(_clause_before(text, found.start(), known)))
    return bool(known.products.match(text[found.end() :].lstrip()))


def _moves(text: str, found: re.Match[str], known: Patterns) -> bool:
    """A form that names a movement or a state and no action: "s-a redus", "a reduced number"."""
    return bool(known.moves_before.search(_clause_before(text, found.start(), known)))


def _acts(text: str, found: re.Match[str], known: Patterns) -> bool:
    """Something acted on follows: a noun phrase and no preposition, number or end of the clause.

    At the start of a sentence the form is an adjective ("Improved services").
    """
    if not _sentence_before(text, found.start()).strip():
        return False
    following = text[found.end() :].lstrip()
    if adverb := known.adverbs.match(following):
        following = following[adverb.end() :].lstrip()
    noun = re.match(rf"[^\W\d]|[„“‘{_MASK}]", following)
    return bool(noun) and not known.not_object.match(following) and not _moves(text, found, known)


def _has_actor(text: str, found: re.Match[str], known: Patterns) -> bool:
    """Somebody who acts stands before the verb, and not only a time or a place."""
    before = _clause_before(text, found.start(), known)
    first = before.split()[:1]
    return bool(known.agents.search(before)) or bool(first and not known.adverbial_first.fullmatch(first[0]))


def _has_agent(text: str, found: re.Match[str], known: Patterns) -> bool:
    after = known.clause.split(text[found.end() :], maxsplit=1)[0]
    return bool(known.agent_after.search(after))


def _clause_before(text: str, start: int, known: Patterns) -> str:
    """What stands before a place in the same clause."""
    ends = [boundary.end() for boundary in known.clause.finditer(text, 0, start)]
    return text[max(ends, default=0) : start]


def _sentence_before(text: str, start: int) -> str:
    """The whole sentence before a place: "nu numai …, ci …" reaches across clauses."""
    return re.split(r"[.!?;]\s", text[:start])[-1]


def _without_overlaps(places: list[Place]) -> tuple[Place, ...]:
    kept: list[Place] = []
    for place in sorted(places, key=lambda one: (one.start, -one.end)):
        if not kept or place.start >= kept[-1].end:
            kept.append(place)
    return tuple(kept)


def _plain(text: str) -> str:
    """The text with quoted words covered, comma-below letters and straight apostrophes, place by place."""
    covered = _QUOTED.sub(lambda found: _MASK * len(found[0]), text)
    return "".join(comma_below(letter) for letter in covered).replace("’", "'")
