"""Why a number is there, or why it is not."""

from enum import StrEnum


class Status(StrEnum):
    """State of one estimate; absence always has a reason."""

    OK = "ok"
    SUPPRESSED = "suppressed"
    TOO_FEW = "too_few"
    NOT_COLLECTED = "not_collected"
    NOT_APPLICABLE = "not_applicable"
    NOT_DUE = "not_due"
    UNDEFINED = "undefined"
