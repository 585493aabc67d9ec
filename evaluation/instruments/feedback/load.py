"""Feedback instruments read from ``questionnaires/``, with the common scales, fields and slots taken in."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from evaluation.core.errors import InstrumentError
from evaluation.core.yamlfile import read_yaml
from evaluation.instruments.feedback.model import PREFIX, FeedbackInstrument
from evaluation.instruments.load import questionnaires
from evaluation.strategy.words import load_as

CORE = "victim_feedback_core"


def list_feedback(folder: Path | None = None) -> tuple[str, ...]:
    """The names of the feedback instruments and modules, sorted."""
    home = folder or questionnaires()
    return tuple(sorted(file.parent.name for file in home.glob(f"{PREFIX}*/about.yaml")))


def load_feedback(
    name: str, folder: Path | None = None, *, modules: Sequence[str] = ()
) -> FeedbackInstrument:
    """The instrument of that name; problems name the file and the place, never a text.

    ``about.yaml`` says what it is for, with consent, distress and the names of the facts collected; ``items.yaml``
    holds domains and items. The words of scales, facts and slots come from ``victim_feedback_core``. ``modules`` are
    instruments whose domains and items are asked after its own; the instrument must name them in ``about.yaml``.
    """
    home = folder or questionnaires()
    if name not in list_feedback(home):
        known = ", ".join(list_feedback(home)) or "none"
        raise InstrumentError(f"{name}: no feedback instrument of that name; the known ones are: {known}.")
    core = read_yaml(home / CORE / "core.yaml")
    about = dict(read_yaml(home / name / "about.yaml"))
    if not set(modules) <= set(about.get("modules") or ()):
        raise InstrumentError(
            f"{name}/about.yaml: a module asked for is not among its modules; name it there."
        )
    about["collected"] = [_core_row(core, "collected", one, name) for one in about["collected"]]
    asked = [read_yaml(home / one / "items.yaml") for one in (name, *modules)]
    content: dict[str, Any] = {
        "about": about,
        "domains": [one for part in asked for one in part["domains"]],
        "items": [one for part in asked for one in part["items"]],
        "asked_modules": list(modules),
        "slots": [_core_row(core, "slots", one, name) for one in asked[0].get("slots") or ()],
    }
    used = dict.fromkeys(one["scale"] for one in content["items"] if one.get("scale"))
    content["scales"] = [_core_row(core, "scales", one, name) for one in used]
    instrument = load_as(FeedbackInstrument, content, file=name)
    if instrument.name != name:
        raise InstrumentError(f"{name}/about.yaml: the name is that of another folder; make them the same.")
    return instrument


def _core_row(core: Any, group: str, name: str, instrument: str) -> Any:
    found = [one for one in core[group] if one["name"] == name]
    if not found:
        raise InstrumentError(
            f"{instrument}: {group} of {CORE}/core.yaml have no such name as one asked for; add it there."
        )
    return found[0]
