"""The columns of the register of recommendations, in their order, with their heads in both languages."""

from functools import cache
from pathlib import Path

from evaluation.core.yamlfile import read_yaml
from evaluation.strategy.words import Definition, Text, load_as

WORDS = Path(__file__).resolve().parent / "frame" / "recommendation_register.yaml"


class RegisterColumn(Definition):
    """One column of the register."""

    field: str
    width: int
    head: Text


class RegisterWords(Definition):
    """Title, sheet and columns."""

    title: Text
    sheet: Text
    on: Text
    columns: tuple[RegisterColumn, ...]


@cache
def load_register_words() -> RegisterWords:
    """The words, read once."""
    return load_as(RegisterWords, read_yaml(WORDS), file=WORDS.name)
