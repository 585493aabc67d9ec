"""What a form asks: its columns, what may stand in each, and its words in both languages."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from evaluation.core.errors import JudgementError
from evaluation.core.yamlfile import read_yaml
from evaluation.strategy.words import Definition, Text, load_as

FORMS = Path(__file__).resolve().parents[1] / "frame" / "forms.yaml"


class FormColumn(Definition):
    """One column: ``fixed`` is written by the kit and locked, the others are filled in.

    ``choices`` names the list of a column that takes ``one``; ``needed`` columns are never empty in a line that
    holds anything.
    """

    field: str
    takes: Literal["fixed", "text", "one", "date"]
    width: int
    head: Text
    choices: str = ""
    needed: bool = False


class Form(Definition):
    """A form: its sheets, its instructions and its columns; the first column is the key of a line."""

    format: str
    sheet: Text
    title: Text
    lead: Text
    steps: tuple[Text, ...]
    free_rows: int = 0
    columns: tuple[FormColumn, ...]

    def column(self, field: str) -> FormColumn:
        """The column of a field."""
        return self.columns[self.place(field)]

    def place(self, field: str) -> int:
        """The number of a field's column, from 0."""
        return next(place for place, one in enumerate(self.columns) if one.field == field)

    @property
    def open_fields(self) -> tuple[str, ...]:
        """The fields that somebody fills in."""
        return tuple(one.field for one in self.columns if one.takes != "fixed")


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice of a list: the code that is stored, what stands in the cell, and the name."""

    code: str
    label: str
    name: Text


class _Forms(Definition):
    readme: Text
    lists: Text
    list_heads: dict[str, Text]
    hints: dict[str, Text]
    wrong: Text
    problems: dict[str, Text]
    empty: dict[str, Text]
    choices: dict[str, dict[str, Text]]
    forms: dict[str, Form]


@cache
def form_words() -> _Forms:
    """The forms and the words that they share."""
    return load_as(_Forms, read_yaml(FORMS), file=FORMS.name)


def load_form(name: str) -> Form:
    """The form of a name."""
    forms = form_words().forms
    if name not in forms:
        raise JudgementError(f"forms.yaml: there is no form {name}; add it under forms.")
    return forms[name]


def problem_text(kind: str, **facts: str) -> Text:
    """A kind of problem with its remedy, in both languages; facts are ids and never what was typed."""
    words = form_words().problems[kind]
    return Text(ro=words.ro.format_map(facts), en=words.en.format_map(facts))


def both(text: Text, *, joint: str = " / ") -> str:
    """Both languages of a text in one cell; once where they are the same."""
    return text.ro if text.ro == text.en else f"{text.ro}{joint}{text.en}"
