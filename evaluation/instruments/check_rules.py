"""The rules of the check as data, and what a finding is."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from evaluation.core.yamlfile import read_yaml
from evaluation.instruments.model import Instrument
from evaluation.strategy.words import Definition, Text, load_as

RULES_FILE = Path(__file__).resolve().with_name("check.yaml")
_LINES = re.compile(r"\d+(-\d+)?(, ?\d+(-\d+)?)*")


class Severity(StrEnum):
    """Whether a finding keeps the instrument from being used."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to change: where it is, what is wrong, what to do; ``rule`` is the code of the rule."""

    rule: str
    place: str
    problem: Text
    remedy: Text
    severity: Severity


class Rule(Definition):
    """What a rule says when it is not met."""

    severity: Severity
    problem: Text
    remedy: Text


class Limits(Definition):
    """The numbers that the rules compare with."""

    closed: int
    anchors: int
    pairing: int
    reactions: int
    letters_least: int
    letters_most: int
    longest_most: int
    longest_never: int
    twin_gap: float
    form_gap: float
    sentence_most: int
    sentence_never: int


class Helplines(Definition):
    """Telephone numbers as digits."""

    everyone: tuple[str, ...]
    children: tuple[str, ...]


class CheckRules(Definition):
    """All rules with their limits and word lists."""

    limits: Limits
    helplines: Helplines
    not_for_children: Mapping[str, tuple[str, ...]]
    about_oneself: Mapping[str, tuple[str, ...]]
    refers_to_others: Mapping[str, tuple[str, ...]]
    refused: Text
    rules: Mapping[str, Rule]

    def finding(self, code: str, instrument: Instrument, file: str, place: str) -> Finding:
        """A finding of that rule in a file of the instrument's folder."""
        rule = self.rules[code]
        return Finding(
            rule=code,
            place=f"{instrument.name}/{file}, {place}",
            problem=rule.problem,
            remedy=rule.remedy,
            severity=rule.severity,
        )

    def readable_lines(self, lines: str) -> bool:
        """Whether lines of a source are numbers and ranges.

        >>> load_check_rules().readable_lines("156, 160-162"), load_check_rules().readable_lines("p. 3")
        (True, False)
        """
        return _LINES.fullmatch(lines) is not None


@cache
def load_check_rules() -> CheckRules:
    """The rules of the check."""
    return load_as(CheckRules, read_yaml(RULES_FILE), file=RULES_FILE.name)
