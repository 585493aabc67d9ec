"""All instruments of the kit at once, with their files, for those who tell about them."""

from dataclasses import dataclass

from evaluation.core.provenance import Source, digest_file
from evaluation.instruments.feedback.load import CORE as FEEDBACK_CORE
from evaluation.instruments.feedback.load import list_feedback, load_feedback
from evaluation.instruments.feedback.model import FeedbackInstrument
from evaluation.instruments.load import CORE, list_instruments, load_instrument, questionnaires
from evaluation.instruments.model import Instrument
from evaluation.strategy.words import Text


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The training questionnaires and the feedback instruments, in the order of their names."""

    training: tuple[Instrument, ...]
    feedback: tuple[FeedbackInstrument, ...]
    sources: tuple[Source, ...]

    @property
    def served(self) -> dict[str, tuple[Text, ...]]:
        """The titles of the training questionnaires that serve an indicator of the plan, by the indicator."""
        found: dict[str, list[Text]] = {}
        for one in self.training:
            for indicator in dict.fromkeys((*one.about.indicators, *one.served)):
                found.setdefault(indicator, []).append(one.about.title)
        return {indicator: tuple(titles) for indicator, titles in found.items()}


def load_catalogue() -> Catalogue:
    """Every questionnaire of the project's folder, checked, and the files it was read from with their digests."""
    home = questionnaires()
    folders = (CORE, *list_instruments(), FEEDBACK_CORE, *list_feedback())
    files = (file for name in folders for file in sorted((home / name).glob("*.yaml")))
    return Catalogue(
        tuple(load_instrument(name) for name in list_instruments()),
        tuple(load_feedback(name) for name in list_feedback()),
        tuple(
            Source(file=f"questionnaires/{one.relative_to(home).as_posix()}", digest=digest_file(one))
            for one in files
        ),
    )
