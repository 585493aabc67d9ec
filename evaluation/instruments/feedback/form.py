"""A feedback form before a channel is chosen: its sections and questions in order, each text with its key."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from evaluation.instruments.feedback.model import FeedbackInstrument, FeedbackItem, Purpose
from evaluation.instruments.feedback.protocol import Protocol
from evaluation.instruments.feedback.wording import Told, Wording, tell
from evaluation.instruments.feedback.words import CODE_EXAMPLE, FormWords
from evaluation.strategy.words import Text

GUARDIAN = "consent_guardian"
CONSENTS = tuple(f"consent_{one.value}" for one in Purpose)
ALWAYS = ("person_code", "wave")
"""Asked of everyone, so that a refusal is counted and honoured; nothing else is asked without consent to analysis."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question: a select has ``answers``, a text has none; ``answer_list`` is common to questions of one scale."""

    name: str
    label: Told
    hints: tuple[Told, ...] = ()
    answer_list: str = ""
    answers: Mapping[str, Told] = field(default_factory=dict)
    required: bool = False
    waves: tuple[str, ...] = ()
    """The waves at which it is asked; empty where it is asked at all."""
    item: FeedbackItem | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """Questions of one domain, or of one official questionnaire, with what is read before them."""

    name: str
    label: Told
    questions: tuple[Question, ...]
    introduction: Told | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """What is told and asked, in the languages of ``wordings``."""

    instrument: FeedbackInstrument
    words: FormWords
    wordings: tuple[Wording, ...]
    protocol: Protocol | None
    guardian: Question | None
    consents: tuple[Question, ...]
    sheet: tuple[Question, ...]
    """Code, wave, who collected, language, and the facts collected."""
    sections: tuple[Section, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every question in the order in which it is asked."""
        first = (self.guardian,) if self.guardian else ()
        return (
            *first,
            *self.consents,
            *self.sheet,
            *(one for part in self.sections for one in part.questions),
        )

    @property
    def numbers(self) -> Mapping[str, int]:
        """The printed number of each question of the sections."""
        asked = [one.name for part in self.sections for one in part.questions]
        return {name: number for number, name in enumerate(asked, 1)}

    @property
    def consent_texts(self) -> tuple[Told, ...]:
        """What is read before consent is asked for: guardian's and child's part of the protocol first."""
        consent = self.instrument.about.consent
        told = [tell(f"consent.{one}", getattr(consent, one)) for one in ("text", "rights", "withdrawal")]
        if self.protocol is not None:
            told.append(tell("protocol.child_assent", self.protocol.child_assent))
        return tuple(told)

    @property
    def help_texts(self) -> tuple[Told, ...]:
        """What is said at the end, then whom to call."""
        distress = self.instrument.about.distress
        contacts = [tell(f"distress.contacts.{n}", one) for n, one in enumerate(distress.contacts, 1)]
        if self.protocol is not None:
            known = set(distress.contacts)
            more = [one for one in self.protocol.contacts if one not in known]
            contacts += [tell(f"protocol.contacts.{n}", one) for n, one in enumerate(more, 1)]
        return (tell("distress.text", distress.text), *contacts)

    @property
    def title(self) -> Told:
        """The title of the instrument."""
        return tell("about.title", self.instrument.about.title)

    def word(self, name: str) -> Told:
        """A word that the kit adds."""
        return form_word(self.words, name)


def form_word(words: FormWords, name: str) -> Told:
    """A word that the kit adds, with the example of a code filled in."""
    text = words.form[name]
    filled = Text(ro=text.ro.format(example=CODE_EXAMPLE), en=text.en.format(example=CODE_EXAMPLE))
    return tell(f"form.{name}", filled)
