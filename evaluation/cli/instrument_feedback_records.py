"""Feedback instruments as records of ``snitp instrument``, with the same fields as those of training."""

from collections.abc import Sequence

from evaluation.cli.instrument_records import Record, check_records, outcome, unreadable
from evaluation.core.errors import KitError
from evaluation.instruments.feedback.check import check_feedback
from evaluation.instruments.feedback.load import list_feedback, load_feedback
from evaluation.instruments.feedback.model import FeedbackInstrument, FeedbackKind


def feedback_records() -> list[Record]:
    """One record a feedback instrument or module."""
    return [_record(load_feedback(name)) for name in list_feedback()]


def all_check_records(names: Sequence[str]) -> list[Record]:
    """One record a questionnaire with its findings, of training and of feedback."""
    known = list_feedback()
    return [_checked(one) if one in known else check_records([one])[0] for one in names]


def _checked(name: str) -> Record:
    """An instrument with its findings; one that cannot be read has that as its finding."""
    try:
        instrument = load_feedback(name)
    except KitError as error:
        return outcome(name, "", (unreadable(name, error),), to_check=0)
    return outcome(name, instrument.about.status, check_feedback(instrument), to_check=0)


def _record(instrument: FeedbackInstrument) -> Record:
    about = instrument.about
    closed = [one for one in instrument.items if one.kind is not FeedbackKind.OPEN]
    return {
        "name": about.name,
        "title": about.title.model_dump(),
        "audience": about.population.model_dump(),
        "children": about.minors,
        "version": about.version,
        "validation": about.status,
        "closed_items": len(closed),
        "anchors": [],
        "measures": list(about.measures),
        "indicators": [],
        "licence": about.licence,
    }
