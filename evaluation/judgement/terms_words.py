"""The words of the terms of reference, as the file has them."""

from functools import cache
from pathlib import Path

from evaluation.core.yamlfile import read_yaml
from evaluation.strategy.words import Definition, Text, load_as

TERMS = Path(__file__).resolve().parent / "frame" / "terms_of_reference.yaml"


class Section(Definition):
    """A section: its texts, and the parts that are drawn from data."""

    id: str
    title: Text
    paragraphs: tuple[Text, ...] = ()
    items: tuple[Text, ...] = ()
    parts: tuple[str, ...] = ()


class Deliverable(Definition):
    """What is handed over, in which formats."""

    what: Text
    form: Text


class Step(Definition):
    """A step of the calendar; its date is for ANITP to set."""

    step: Text
    who: Text


class BudgetLine(Definition):
    """A line of the budget with its unit; quantity and amount are for ANITP to set."""

    id: str
    line: Text
    unit: Text


class TableWords(Definition):
    """Caption and heads of a table, and the words of its last line, if it has one."""

    caption: Text
    heads: tuple[Text, ...]
    total: Text | None = None
    signature: Text | None = None


class TermsWords(Definition):
    """Everything that the terms of reference say in words of their own."""

    proposal: Text
    blank: Text
    sections: tuple[Section, ...]
    deliverables: tuple[Deliverable, ...]
    calendar: tuple[Step, ...]
    budget: tuple[BudgetLine, ...]
    tables: dict[str, TableWords]
    force: dict[str, Text]
    unknown: Text
    rules: dict[str, tuple[str, ...]]


@cache
def load_terms_words() -> TermsWords:
    """The words, read once."""
    return load_as(TermsWords, read_yaml(TERMS), file=TERMS.name)
