"""The words of the judgement, by their place in the words file."""

from functools import cache
from pathlib import Path
from typing import Any

from evaluation.core.yamlfile import read_yaml
from evaluation.strategy.words import Text, load_as

WORDS_FILE = Path(__file__).with_name("judgement_words.yaml")


def judgement_text(*path: str) -> Text:
    """The text that stands at a place of the words file; both languages are always there.

    >>> judgement_text("outcomes", "overdue").en
    'overdue'
    """
    return load_as(Text, judgement_entry(*path), file=f"{WORDS_FILE.name}, {'.'.join(path)}")


def judgement_entry(*path: str) -> Any:
    """What stands at a place of the words file: a text, a group of texts or a value."""
    found = _words()
    for step in path:
        found = found[step]
    return found


@cache
def _words() -> Any:
    return read_yaml(WORDS_FILE)
