"""Error classes, one a room: a message says place, problem and remedy, and never quotes a cell value."""


class KitError(Exception):
    """Anything that the kit refuses to do, with a sentence for the person at the keyboard."""


class ProjectError(KitError):
    """The folder that the command runs in is not a project of the kit, or is incomplete."""


class StrategyError(KitError):
    """A definition of the plan, the ledger or the assessments cannot be used."""


class InstrumentError(KitError):
    """A questionnaire or its key cannot be used."""


class IntakeError(KitError):
    """Something that arrived in ``data_raw`` cannot be read safely."""


class AnalysisError(KitError):
    """A method refuses its input."""


class DisclosureError(KitError):
    """The gate stays closed."""


class RepublicationError(DisclosureError):
    """Beside an earlier release on other data, a difference would show people who left or joined."""


class JudgementError(KitError):
    """A matrix, a finding or a judgement falls short of the rules that were written in advance."""


class ReportError(KitError):
    """The report cannot be built, or what was built falls short."""


class WordingError(ReportError):
    """A sentence or label is missing in a language, or asks for a number that is not there."""


class AuditError(KitError):
    """A sealed report cannot be audited, or a number cannot be followed to its cell."""
