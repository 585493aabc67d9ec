"""The catalogue of what can be found wrong in a returned file, in words for the people who sent it."""

from enum import StrEnum
from functools import cache
from pathlib import Path

from evaluation.core.yamlfile import read_yaml
from evaluation.strategy.words import Definition, Text, load_as

PROBLEMS_FILE = Path(__file__).with_name("problems.yaml")


class Outcome(StrEnum):
    """What was done about a problem."""

    REPAIRED = "repaired"
    REFUSED = "refused"
    NOTED = "noted"


class Problem(Definition):
    """A kind of problem: what was done, what it is, and what the sender can do."""

    outcome: Outcome
    problem: Text
    remedy: Text


class _Catalogue(Definition):
    problems: dict[str, Problem]


@cache
def load_problems() -> dict[str, Problem]:
    """All problems by code."""
    content = {"problems": read_yaml(PROBLEMS_FILE) or {}}
    return load_as(_Catalogue, content, file=PROBLEMS_FILE.name).problems
