"""A wording table of the test's own, in place of the report's."""

import json
from pathlib import Path
from typing import Any

import pytest

from evaluation.reporting import annexes, cells, displays, register_annex, statements, tables, words
from evaluation.reporting.wording import Wording, load_wording

REASONS = {
    "suppressed": ("nu se arată", "not shown"),
    "too_few": ("prea puține", "too few"),
    "not_collected": ("neculese", "not collected"),
    "not_applicable": ("nu se aplică", "not applicable"),
    "not_due": ("nescadent", "not due"),
    "undefined": ("nedefinit", "undefined"),
    "no_interval": ("fără interval", "no interval"),
}
BASIC = {
    **{f"status.{key}": {"ro": ro, "en": en} for key, (ro, en) in REASONS.items()},
    **{
        f"sentence.{key}": {"ro": f"Nespus: {ro}.", "en": f"Not said: {en}."}
        for key, (ro, en) in REASONS.items()
    },
    "tip.interval": {"ro": "interval", "en": "interval"},
    "tip.source": {"ro": "sursa", "en": "source"},
    "tip.method": {"ro": "metoda", "en": "method"},
    "method.count": {"ro": "numărătoare", "en": "tally"},
}
NOUNS = {
    "victim": {
        "ro": {"one": "victimă", "few": "victime", "other": "de victime"},
        "en": {"one": "victim", "other": "victims"},
    }
}


def write_wording(
    folder: Path, texts: dict[str, Any], *, nouns: dict[str, Any] | None = None, file: str = "texts.yaml"
) -> Path:
    """Wording files in a folder; JSON is YAML."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / file).write_text(json.dumps(texts, ensure_ascii=False), encoding="utf-8")
    (folder / "nouns.yaml").write_text(json.dumps(nouns or {}, ensure_ascii=False), encoding="utf-8")
    return folder


def use_wording(patch: pytest.MonkeyPatch, folder: Path, texts: dict[str, Any]) -> Wording:
    """Let sentences and tables read these texts, the reasons for absence, and the noun ``victim``."""
    wording = load_wording(write_wording(folder, {**BASIC, **texts}, nouns=NOUNS))
    for module in (annexes, cells, displays, register_annex, statements, tables, words):
        patch.setattr(module, "load_wording", lambda: wording)
    return wording
