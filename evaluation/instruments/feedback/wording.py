"""In which words a form is told: every text has a key, and a language is Romanian, English or a translation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from evaluation.core.errors import InstrumentError
from evaluation.instruments.feedback.model import FeedbackInstrument
from evaluation.instruments.feedback.words import FormWords
from evaluation.strategy.words import Text

TARGETS = ("uk", "ne", "si", "bn", "vi", "tr", "fil")
"""Languages that translation sheets are made for: those of foreign victims identified in Romania."""


@dataclass(frozen=True, slots=True)
class Told:
    """A text with its key; ``official`` texts are published in their languages and never translated here."""

    key: str
    texts: Mapping[str, str]
    official: bool = False


@dataclass(frozen=True, slots=True)
class Translation:
    """A complete translation of an instrument, with who made it and who translated it back."""

    instrument: str
    version: str
    language: str
    texts: Mapping[str, str]
    translator: str
    translated: date
    back_translator: str
    back_translated: date


@dataclass(frozen=True, slots=True)
class Wording:
    """A language that a form is told in."""

    code: str
    own_name: str
    texts: Mapping[str, str]

    @property
    def column(self) -> str:
        """The language as forms on a screen name it."""
        return f"{self.own_name} ({self.code})"

    def say(self, told: Told) -> str:
        """A text in this language."""
        return told.texts.get(self.code) or self.texts[told.key]


def tell(key: str, text: Text) -> Told:
    """A text of the instrument or the kit under its key."""
    return Told(key, {"ro": text.ro, "en": text.en})


def wordings(
    instrument: FeedbackInstrument, translations: Sequence[Translation], words: FormWords
) -> tuple[Wording, ...]:
    """The languages of the instrument, then the translations; one for another version or twice is refused."""
    for one in translations:
        if (one.instrument, one.version) != (instrument.name, instrument.about.version):
            raise InstrumentError(
                f"translation {one.language}: made for another questionnaire or version; translate this one."
            )
    codes = [*instrument.about.languages, *(one.language for one in translations)]
    if len(set(codes)) < len(codes):
        raise InstrumentError("translations: a language is given twice; give each language once.")
    given = {one.language: one.texts for one in translations}
    return tuple(Wording(one, words.languages[one].own, given.get(one, {})) for one in codes)
