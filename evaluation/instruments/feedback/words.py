"""The words that exports add to an instrument's own: languages, consent, code, and the common core's answers."""

from collections.abc import Mapping
from pathlib import Path

from evaluation.core.yamlfile import read_yaml
from evaluation.instruments.feedback.load import CORE
from evaluation.instruments.load import questionnaires
from evaluation.strategy.words import Definition, Text, load_as

WORDS_FILE = Path(__file__).resolve().with_suffix(".yaml")
CODE_LETTERS = "23456789BCDFGHJKLMNPQRSTVWXZ"
"""What a card code is made of: no vowels, so that it spells nothing, and nothing that is read as something else."""
CODE_PATTERN = f"^[{CODE_LETTERS}]{{4}}-[{CODE_LETTERS}]{{4}}$"
CODE_EXAMPLE = "7KTM-29XB"


class LanguageName(Definition):
    """A language by its own name, and in Romanian and English."""

    own: str
    name: Text


class Guardian(Definition):
    """What is asked about the guardian's consent where a protocol demands it."""

    question: Text
    answers: Mapping[str, Text]


class FormWords(Definition):
    """The words of the form, and those of the common core that are not in an instrument."""

    languages: Mapping[str, LanguageName]
    form: Mapping[str, Text]
    guardian: Guardian
    paper: Mapping[str, Text]
    special: Mapping[str, Text]
    waves: Mapping[str, Text]
    collectors: Mapping[str, Text]


def load_form_words(folder: Path | None = None) -> FormWords:
    """The words; ``folder`` is that of the questionnaires, the project's own when none is given."""
    core = read_yaml((folder or questionnaires()) / CORE / "core.yaml")
    own = read_yaml(WORDS_FILE)
    common = {name: core[name] for name in ("special", "waves", "collectors")}
    return load_as(FormWords, own | common, file=WORDS_FILE.name)
