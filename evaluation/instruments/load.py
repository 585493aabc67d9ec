"""Instruments read from ``questionnaires/``: a folder each, the common core taken into those that ask for it."""

from pathlib import Path
from typing import Any

from evaluation.core.errors import InstrumentError
from evaluation.core.project import find_project
from evaluation.core.yamlfile import read_yaml
from evaluation.instruments.model import Instrument
from evaluation.strategy.words import load_as

CORE = "training_core"


def questionnaires() -> Path:
    """The folder of the instruments in the project around the working folder."""
    return find_project().root / "questionnaires"


def list_instruments(folder: Path | None = None) -> tuple[str, ...]:
    """The names of all training questionnaires, sorted; the common core is a part of others and not one of them."""
    home = folder or questionnaires()
    return tuple(sorted(file.parent.name for file in home.glob("training_*/about.yaml")))


def load_instrument(name: str, folder: Path | None = None) -> Instrument:
    """The instrument of that name with its key; problems name the file and the place, never a text.

    ``items.yaml`` holds the forms and the items, ``key.yaml`` the scoring key and the codebook. Where
    ``items.yaml`` names a ``core``, its items and keys come from that folder.
    """
    home = (folder or questionnaires()) / name
    if not (home / "about.yaml").is_file():
        known = ", ".join(list_instruments(folder)) or "none"
        raise InstrumentError(f"{name}: no instrument of that name; the known ones are: {known}.")
    content: dict[str, Any] = {"about": read_yaml(home / "about.yaml")}
    form, key = read_yaml(home / "items.yaml"), read_yaml(home / "key.yaml")
    content |= {"items": form["items"], "forms": form["forms"]}
    content |= {"keys": key["keys"], "open_keys": key.get("open_keys") or []}
    if form.get("core"):
        content = _with_core(content, home.parent / form["core"])
    instrument = load_as(Instrument, content, file=name)
    if instrument.name != name:
        raise InstrumentError(f"{name}/about.yaml: the name is that of another folder; make them the same.")
    return instrument


def _with_core(content: dict[str, Any], home: Path) -> dict[str, Any]:
    """The core's items that a form of the instrument names, with their keys."""
    wanted = {name for names in content["forms"].values() for name in names}
    items, keys = read_yaml(home / "items.yaml")["items"], read_yaml(home / "key.yaml")["keys"]
    return content | {
        "items": content["items"] + [one for one in items if one["name"] in wanted],
        "keys": content["keys"] + [one for one in keys if one["item"] in wanted],
    }
