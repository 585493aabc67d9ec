"""The protocol without which minors are not asked: who approved it, guardian's consent, child's assent, when to stop."""

from datetime import date
from pathlib import Path

from pydantic import Field

from evaluation.core.errors import InstrumentError
from evaluation.core.yamlfile import read_yaml
from evaluation.instruments.feedback.model import NAME, FeedbackInstrument
from evaluation.strategy.words import Definition, Text, load_as


class Protocol(Definition):
    """A protocol as its file holds it; ``approved_by`` is an institution and never a person."""

    name: str = Field(pattern=NAME)
    version: str = Field(pattern=r"^\d+\.\d+$")
    approved_by: str = Field(min_length=3)
    date: date
    guardian_consent: Text
    child_assent: Text
    guardian_exception: Text
    """Who stands in for a guardian who is a suspect or cannot be asked."""
    stop_rule: Text
    contacts: tuple[Text, ...] = Field(min_length=1)


def load_protocol(folder: Path, name: str) -> Protocol:
    """The protocol ``name.yaml`` of a folder; a missing file or field is an error that names it, never a text."""
    file = folder / f"{name}.yaml"
    if not file.is_file():
        raise InstrumentError(
            f"{file.name}: the protocol is missing; put the approved protocol there, as its README says."
        )
    protocol = load_as(Protocol, read_yaml(file), file=file.name)
    if protocol.name != name:
        raise InstrumentError(
            f"{file.name}, name: the protocol has another name; make file and name the same."
        )
    return protocol


def require_protocol(instrument: FeedbackInstrument, protocol: Protocol | None) -> None:
    """Nothing is made of an instrument that needs a protocol unless that protocol is loaded."""
    needed = instrument.about.protocol
    if not needed:
        return
    if protocol is None or protocol.name != needed:
        raise InstrumentError(
            f"{instrument.name}: it may be used only under the protocol {needed}; load {needed}.yaml, approved."
        )
