"""What came back as a file of the judgement: YAML as the kit reads it, every text quoted, nothing empty."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pydantic import BaseModel

from evaluation.core.errors import JudgementError, ProjectError
from evaluation.core.yamlfile import read_yaml
from evaluation.judgement.forms.workbook import MARK


def yaml_text(name: str, entries: Sequence[BaseModel], *, synthetic: bool) -> str:
    r"""The entries under a name; fields without a value are left out, invented entries carry the mark on top.

    Texts are quoted as JSON, which YAML reads as the same characters.

    >>> from evaluation.strategy.words import Text
    >>> yaml_text("notes", [Text(ro="da", en="yes")], synthetic=False)
    'notes:\n  - ro: "da"\n    en: "yes"\n'
    """
    lines = [f"# {MARK.ro} / {MARK.en}"] if synthetic else []
    lines += [f"{name}:" if entries else f"{name}: []"]
    for entry in entries:
        body = _mapping(entry.model_dump(mode="json", exclude_none=True), 4)
        lines += [f"  - {body[0].strip()}", *body[1:]]
    return "\n".join(lines) + "\n"


def proved_text(name: str, entries: Sequence[BaseModel], *, synthetic: bool) -> str:
    """The text of ``yaml_text`` once it is sure that it reads back as the same entries.

    Raises ``JudgementError`` where a text holds a character that YAML does not keep.
    """
    text = yaml_text(name, entries, synthetic=synthetic)
    with TemporaryDirectory() as home:
        file = Path(home) / f"{name}.yaml"
        file.write_text(text, encoding="utf-8", newline="\n")
        try:
            found = read_yaml(file)[name]
        except ProjectError:
            found = []
    pairs = zip(entries, found, strict=False)
    if len(found) != len(entries) or any(type(one).model_validate(back) != one for one, back in pairs):
        raise JudgementError(
            f"{name}.yaml: a text holds a character that the file cannot keep; type the text again."
        )
    return text


def _mapping(content: Mapping[str, Any], indent: int) -> list[str]:
    lines = []
    for key, value in content.items():
        place = " " * indent + (json.dumps(key) if key in ("on", "yes", "no") else key)
        if isinstance(value, Mapping):
            lines += [f"{place}:", *_mapping(value, indent + 2)]
        elif isinstance(value, bool):
            lines += [f"{place}: true"] if value else []
        elif value != "":
            lines += [f"{place}: {json.dumps(value, ensure_ascii=False)}"]
    return lines
