"""Published questionnaires whose wording may not be changed, read from the file of their official text."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from pydantic import Field

from evaluation.core.errors import InstrumentError
from evaluation.core.yamlfile import read_yaml
from evaluation.instruments.feedback.load import CORE
from evaluation.instruments.feedback.model import NAME, FeedbackInstrument, Slot
from evaluation.instruments.load import questionnaires
from evaluation.strategy.words import Definition, load_as


class SlotText(Definition):
    """The official text of a slot in one language.

    ``steps`` has the answers in the order in which they are printed, each under the number that counts for it
    (``"5": ...`` down to ``"0": ...``), because the printed order of some questionnaires begins with the highest.
    """

    name: str = Field(pattern=NAME)
    language: str
    source: str = Field(min_length=1)
    version: str = Field(min_length=1)
    instruction: str = Field(min_length=1)
    items: tuple[str, ...]
    steps: Mapping[str, str]


def slots_folder(folder: Path | None = None) -> Path:
    """Where the official texts are kept."""
    return (folder or questionnaires()) / CORE / "slots"


def load_slot(folder: Path, slot: Slot, language: str) -> SlotText | None:
    """The official text ``<slot>_<language>.yaml``, None when there is no such file: the slot is then left out.

    A file with another number of items or steps, or with an empty one, is refused.
    """
    file = folder / f"{slot.name}_{language}.yaml"
    if not file.is_file():
        return None
    content = dict(read_yaml(file)) | {"name": slot.name, "language": language}
    found = load_as(SlotText, content, file=file.name)
    if len(found.items) != slot.items or not all(found.items):
        raise InstrumentError(
            f"{file.name}, items: there must be {slot.items}, none empty; copy the official text."
        )
    wanted = {str(one) for one in range(slot.steps)}
    if set(found.steps) != wanted or not all(found.steps.values()):
        raise InstrumentError(
            f'{file.name}, steps: there must be one for each of "0" to "{slot.steps - 1}", none empty; copy the official text.'
        )
    return found


def load_slots(
    instrument: FeedbackInstrument, languages: Sequence[str], *, folder: Path | None = None
) -> tuple[SlotText, ...]:
    """The official texts that are there, slot by slot and language by language."""
    home = slots_folder(folder)
    found = (load_slot(home, slot, one) for slot in instrument.slots for one in languages)
    return tuple(one for one in found if one is not None)
