"""A decision as cells of the workbook and as a finding; the two turn into each other without loss."""

import unicodedata
from collections.abc import Mapping
from typing import Any

from evaluation.core.language import comma_below
from evaluation.judgement.findings import Finding
from evaluation.judgement.forms.workbook import Line
from evaluation.strategy.words import Text

PAIRS = ("text", "reason", "raised", "searched", "unintended", "disaggregation", "gender_rights", "note")
"""Texts in both languages, each in two columns."""
_PLAIN = ("decision", "evidence", "grade", "against", "key", "reviewer", "on")
LANGUAGES = ("ro", "en")


def clean_cells(cells: Mapping[str, str]) -> dict[str, str]:
    """The open cells as they are kept: composed letters, comma below in Romanian, ids separated by commas.

    >>> clean_cells({"evidence": "EV-1 ;EV-2"})["evidence"]
    'EV-1, EV-2'
    """
    kept = {name: cells.get(name, "") for name in _PLAIN}
    kept |= {name: ", ".join(split_ids(kept[name])) for name in ("evidence", "against")}
    for name in PAIRS:
        kept[f"{name}.ro"] = comma_below(cells.get(f"{name}.ro", ""))
        kept[f"{name}.en"] = unicodedata.normalize("NFC", cells.get(f"{name}.en", ""))
    return kept | {"key": "yes" if kept["key"] == "yes" else ""}


def split_ids(cell: str) -> tuple[str, ...]:
    """The ids of a cell, separated by commas, semicolons or line breaks."""
    for mark in (";", "\n"):
        cell = cell.replace(mark, ",")
    return tuple(one.strip() for one in cell.split(",") if one.strip())


def finding_of(cells: Line, draft: Finding, *, finding: str, synthetic: bool) -> Finding:
    """The finding that a line decides, from cells that were checked."""

    def both(name: str) -> Text | None:
        ro, en = cells[f"{name}.ro"], cells[f"{name}.en"]
        return Text(ro=ro, en=en) if ro and en else None

    content: dict[str, Any] = {
        "id": finding,
        "assessment": draft.assessment,
        "criterion": draft.criterion,
        "question": draft.question,
        "synthetic": synthetic,
        "state": cells["decision"],
        "statement": both("text"),
        "evidence": split_ids(cells["evidence"]),
        "unintended": both("unintended"),
        "disaggregation": both("disaggregation"),
        "gender_rights": both("gender_rights"),
        "draft": draft.id,
        "key": bool(cells["key"]),
        "review": {"reviewer": cells["reviewer"], "on": cells["on"], "note": both("note")},
    }
    if cells["grade"]:
        content["judged"] = {
            "grade": cells["grade"],
            "reason": both("reason"),
            "raised": both("raised"),
        }
    if cells["against"] or both("searched"):
        content["contrary"] = {"evidence": split_ids(cells["against"]), "none_found": both("searched")}
    return Finding.model_validate(content)


def decision_cells(one: Finding) -> dict[str, str]:
    """The open cells that would give a recorded finding."""
    judged, contrary, review = one.judged, one.contrary, one.review
    texts = {
        "text": one.statement,
        "reason": judged.reason if judged else None,
        "raised": judged.raised if judged else None,
        "searched": contrary.none_found if contrary else None,
        "unintended": one.unintended,
        "disaggregation": one.disaggregation,
        "gender_rights": one.gender_rights,
        "note": review.note if review else None,
    }
    cells = {
        "decision": one.state.value,
        "evidence": ", ".join(one.evidence),
        "grade": judged.grade.value if judged else "",
        "against": ", ".join(contrary.evidence) if contrary else "",
        "key": "yes" if one.key else "",
        "reviewer": review.reviewer if review else "",
        "on": review.on.isoformat() if review else "",
    }
    for name, text in texts.items():
        cells |= {f"{name}.{language}": getattr(text, language) if text else "" for language in LANGUAGES}
    return cells


def cited_evidence(one: Finding) -> tuple[str, ...]:
    """The ids of the evidence for and against a finding."""
    return (*one.evidence, *(one.contrary.evidence if one.contrary else ()))
