"""The rules of the check of feedback instruments as data."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from evaluation.core.yamlfile import read_yaml
from evaluation.instruments.check_rules import Finding, Rule
from evaluation.instruments.feedback.model import FeedbackInstrument
from evaluation.strategy.words import Definition, Text, load_as

RULES_FILE = Path(__file__).resolve().with_name("check.yaml")


class FeedbackLimits(Definition):
    """Characters that an item may have."""

    length: int
    easy: int


class FeedbackHelplines(Definition):
    """Telephone numbers as digits."""

    everyone: tuple[str, ...]
    minors: tuple[str, ...]


class FeedbackRules(Definition):
    """All rules with their limits and the patterns that they look for."""

    limits: FeedbackLimits
    helplines: FeedbackHelplines
    negations: Mapping[str, str]
    asks: Mapping[str, str]
    names: Mapping[str, str]
    refused: Text
    rules: Mapping[str, Rule]

    def finding(self, code: str, instrument: FeedbackInstrument, file: str, place: str) -> Finding:
        """A finding of that rule in a file of the instrument's folder."""
        rule = self.rules[code]
        return Finding(code, f"{instrument.name}/{file}, {place}", rule.problem, rule.remedy, rule.severity)

    def negates(self, text: Text) -> bool:
        """Whether a text has a word of negation in either language.

        >>> load_feedback_rules().negates(Text(ro="Nu-mi este frică.", en="I fear it."))
        True
        """
        return any(_holds(self.negations[one], getattr(text, one)) for one in ("ro", "en"))

    def asks_something(self, told: str, language: str) -> bool:
        """Whether a text begins as a question does."""
        return _holds(self.asks[language], told)

    def speaks_of_names(self, text: Text) -> bool:
        """Whether a hint speaks of names, in both languages."""
        return all(_holds(self.names[one], getattr(text, one)) for one in ("ro", "en"))


@cache
def load_feedback_rules() -> FeedbackRules:
    """The rules of the check."""
    return load_as(FeedbackRules, read_yaml(RULES_FILE), file=RULES_FILE.name)


def _holds(pattern: str, told: str) -> bool:
    return re.search(pattern, told.casefold()) is not None
