"""Feedback questionnaires in ``snitp instrument export``: what is asked for, and the files planned for it."""

from collections.abc import Callable
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

import click

from evaluation.cli.instrument_feedback_files import FeedbackOrder, feedback_exports
from evaluation.cli.instrument_files import SHEET_CHANNEL
from evaluation.cli.language import current_language

if TYPE_CHECKING:
    from evaluation.cli.instrument_files import Export


def is_feedback(name: str) -> bool:
    """Whether a questionnaire is one of feedback."""
    from evaluation.instruments.feedback.load import list_feedback

    return name in list_feedback()


def order_of(
    name: str,
    modules: tuple[str, ...],
    protocol: Path | None,
    translations: tuple[Path, ...],
    targets: tuple[str, ...],
) -> FeedbackOrder:
    """What the files are to be made of; a translation with a gap and a wrong protocol are refused here."""
    from evaluation.instruments.feedback.load import load_feedback
    from evaluation.instruments.feedback.protocol import load_protocol, require_protocol
    from evaluation.instruments.feedback.translation_read import read_translation

    chosen = load_feedback(name, modules=modules)
    loaded = load_protocol(protocol.parent, protocol.stem) if protocol is not None else None
    require_protocol(chosen, loaded)
    read = tuple(read_translation(one, chosen, protocol=loaded) for one in translations)
    return FeedbackOrder(chosen, loaded, read, targets)


def planned_feedback(
    order: FeedbackOrder, channels: tuple[str, ...], out: Path
) -> "tuple[list[Export], str, Callable[[], None]]":
    """The files, the status of the questionnaire, and what refuses it when it has errors."""
    from evaluation.instruments.feedback.check import refuse_feedback_errors

    if (SHEET_CHANNEL in channels) != bool(order.targets):
        raise click.UsageError(_("--to translation and --language go together; give both or neither."))

    def refuse() -> None:
        refuse_feedback_errors(order.instrument, language=current_language())

    return feedback_exports(order, channels, out), order.instrument.about.status, refuse
