"""The words of the recomputation and of the follow-up, by their place in the words file."""

from functools import cache
from pathlib import Path

from evaluation.core.yamlfile import read_yaml
from evaluation.strategy.words import Definition, Text, load_as

WORDS = Path(__file__).with_name("published_words.yaml")


class _Words(Definition):
    recomputation: dict[str, Text]
    follow_up: dict[str, Text]


def published_text(group: str, name: str) -> Text:
    """The text of a group; both languages are always there.

    >>> published_text("recomputation", "equal").en
    'equal to those published'
    """
    words: dict[str, Text] = getattr(_words(), group)
    return words[name]


@cache
def _words() -> _Words:
    return load_as(_Words, read_yaml(WORDS), file=WORDS.name)
