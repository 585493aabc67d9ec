"""What a check found: its state, and where to look."""

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How a check ended; a question without an answer, or a rebuild still to be made, is not met."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_APPLICABLE = "not_applicable"
    TO_BE_ASKED = "to_be_asked"
    TO_BE_REBUILT = "to_be_rebuilt"


@dataclass(frozen=True, slots=True)
class Pointer:
    """A place in the report and what is wrong there; ``problem`` is a key of the words."""

    file: str
    place: str
    problem: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One check on one report."""

    check: str
    state: State
    pointers: tuple[Pointer, ...] = ()
    answer: str = ""
    name: str = ""
    date: str = ""


Pointers = list[Pointer]
