"""The words of the workbook of drafts: its form, the rules told in it, and its own problems."""

from functools import cache
from pathlib import Path

from evaluation.core.yamlfile import read_yaml
from evaluation.judgement.forms.model import Form
from evaluation.strategy.words import Definition, Text, load_as

WORDS = Path(__file__).resolve().parents[1] / "frame" / "findings_form.yaml"


class FormWords(Definition):
    """The form and the words that only it has."""

    form: Form
    rules: dict[str, Text]
    problems: dict[str, Text]


@cache
def drafting_words() -> FormWords:
    """The words, read once."""
    return load_as(FormWords, read_yaml(WORDS), file=WORDS.name)


def rule_text(rule: str, **facts: Text) -> Text:
    """A rule as told in the workbook, with facts in its own language."""
    return _filled(drafting_words().rules[rule], facts)


def draft_problem(kind: str, **facts: Text) -> Text:
    """A kind of problem with its remedy, in both languages; facts never are what somebody typed.

    >>> draft_problem("evidence", place=same("2")).en.split(";")[0]
    'an unknown evidence id (number 2 in the cell)'
    """
    return _filled(drafting_words().problems[kind], facts)


def same(text: str) -> Text:
    """A text that is the same in both languages."""
    return Text(ro=text, en=text)


def _filled(words: Text, facts: dict[str, Text]) -> Text:
    return Text(
        ro=words.ro.format_map({name: fact.ro for name, fact in facts.items()}),
        en=words.en.format_map({name: fact.en for name, fact in facts.items()}),
    )
