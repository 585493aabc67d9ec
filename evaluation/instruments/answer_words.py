"""The words of the answer workbook, by their place in the words file."""

from functools import cache
from pathlib import Path
from typing import Any

from evaluation.core.yamlfile import read_yaml

WORDS_FILE = Path(__file__).resolve().with_suffix(".yaml")


def answer_words(*path: str) -> Any:
    """What stands at a place of the words file: both languages, or a group of texts."""
    found: Any = _words()
    for step in path:
        found = found[step]
    return found


@cache
def _words() -> Any:
    return read_yaml(WORDS_FILE)
