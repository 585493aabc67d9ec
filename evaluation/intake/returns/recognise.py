"""Which indicator a row speaks of: by its code, else by measure and name, and never by a guess."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from evaluation.intake.returns.headings import plain
from evaluation.strategy.asked import institutions_of
from evaluation.strategy.plan import Indicator, Measure, Plan

NEAR_ENOUGH = 88.0
"""Least similarity (0-100) of a name to the plan's own."""
MARGIN = 6.0
"""How much less similar every other indicator in question must be."""
_INDICATOR = re.compile(
    r"\bIND(?:(\d\d)[\s._–—-]+)?[\s._–—-]*(\d\.\d\.\d{1,2})[\s._–—-]+(\d{1,2})\b", re.IGNORECASE
)
_MEASURE = re.compile(r"^\D{0,20}?(\d\.\d\.\d{1,2})(?![\d.]*\d)")
_DATE = re.compile(r"^\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Match:
    """The indicator found, or the code of the problem that kept it from being found."""

    indicator: str = ""
    problem: str = ""


@dataclass(slots=True)
class Recogniser:
    """Looks indicators up; what was looked up once is remembered."""

    plan: Plan
    cards: dict[str, tuple[Indicator, Measure]] = field(init=False)
    _names: dict[str, str] = field(init=False)
    _actions: dict[str, str] = field(init=False)
    _seen: dict[tuple[str, str, str], Match] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.cards = {card.id: (card, one) for one in self.plan.measures for card in one.indicators}
        self._names = {id_: _name(card.name.ro) for id_, (card, _) in self.cards.items()}
        self._actions = {one.code: _name(one.action.ro) for one in self.plan.measures}

    def find(self, indicator: str, *, measure: str = "", institution: str = "") -> Match:
        """The indicator that a text names, within a measure where one is given.

        A code decides, unless the name beside it is word for word that of another indicator. A name must be
        near enough to one indicator and clearly further from all others. Where several indicators have equally
        near names, the one that the institution is asked for is taken, if it is the only one.
        """
        key = (indicator, measure, institution)
        if key not in self._seen:
            self._seen[key] = self._find(indicator, measure=measure, institution=institution)
        return self._seen[key]

    def find_measure(self, text: str) -> str:
        """The code of the measure that a text begins with or quotes; empty when it is none of the plan's.

        >>> from evaluation.strategy.plan import load_plan
        >>> Recogniser(load_plan()).find_measure("Măsura 1.1.1. Implementarea")
        '1.1.1'
        """
        code = measure_code(text)
        if code:
            return code if code in self._actions else ""
        words = _name(text)
        near = self._nearest(words, self._actions)
        return near if words and near else ""

    def _find(self, indicator: str, *, measure: str, institution: str) -> Match:
        code = indicator_code(indicator) or indicator_code(measure)
        rest = _name(_MEASURE.sub(" ", _INDICATOR.sub(" ", indicator), count=1))
        if code:
            if code not in self.cards:
                return Match(problem="indicator_unknown")
            exact = {id_ for id_, name in self._names.items() if name == rest}
            return Match(code) if code in exact or not exact else Match(problem="code_and_name_differ")
        named = measure_code(measure) or measure_code(indicator)
        within = named or self.find_measure(measure)
        if (named and named not in self._actions) or (measure and not within):
            return Match(problem="measure_unknown")
        if not rest:
            return Match(problem="indicator_missing")
        names = {i: n for i, n in self._names.items() if not within or self.cards[i][1].code == within}
        return self._by_name(rest, names, institution=institution)

    def _by_name(self, words: str, names: dict[str, str], *, institution: str) -> Match:
        scores = {id_: _likeness(words, name) for id_, name in names.items()}
        best = max(scores.values(), default=0.0)
        if best < NEAR_ENOUGH:
            return Match(problem="indicator_unknown")
        close = [id_ for id_, score in scores.items() if score > best - MARGIN]
        first = [id_ for id_ in close if scores[id_] == best]
        if best == 100 and len(first) == 1:
            return Match(first[0])
        if len(close) > 1 and len(first) == len(close):
            close = [id_ for id_ in first if institution in institutions_of(self.cards[id_][1])]
        return Match(close[0]) if len(close) == 1 else Match(problem="indicator_ambiguous")

    @staticmethod
    def _nearest(words: str, names: dict[str, str]) -> str:
        scores = sorted(((_likeness(words, name), id_) for id_, name in names.items()), reverse=True)
        (first, found), (second, _) = scores[0], scores[1] if len(scores) > 1 else (0.0, "")
        return found if first >= NEAR_ENOUGH and second <= first - MARGIN else ""


def indicator_code(text: str) -> str:
    """The indicator's code in a text, in the writing of the plan.

    >>> indicator_code("ind 1.1.1 - 2 Număr de beneficiari")
    'IND-1.1.1-2'
    >>> indicator_code("IND27-1.1.1-2")
    'IND27-1.1.1-2'
    """
    found = _INDICATOR.search(text)
    return f"IND{found[1] or ''}-{found[2]}-{found[3]}" if found else ""


def measure_code(text: str) -> str:
    """The code of a measure at the beginning of a text ("1.1.1.", "Măsura 1.1.1"); a date is none."""
    found = None if _DATE.match(text) else _MEASURE.match(text.strip())
    return found[1] if found else ""


def is_measure_as_date(text: str, kind: str) -> bool:
    """A code such as 3.4.5 that a spreadsheet has turned into a day; which code it was cannot be told."""
    return kind == "date" and _DATE.match(text) is not None


def known_codes(recogniser: Recogniser, texts: Iterable[str]) -> int:
    """How many texts hold the code of an indicator of the plan."""
    return sum(indicator_code(text) in recogniser.cards for text in texts)


def _name(text: str) -> str:
    """A name without its small variations: ``Nr.``, ``Nr`` and ``Numărul`` are ``numar``, ``de`` is left out."""
    words = ("numar" if word in ("nr", "numarul", "no") else word for word in plain(text).split())
    return " ".join(word for word in words if word not in ("de", "al", "a"))


def _likeness(left: str, right: str) -> float:
    return max(fuzz.ratio(left, right), fuzz.token_sort_ratio(left, right))
