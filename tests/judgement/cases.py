"""A small judgement in files, which tests break one place at a time, and the register that it points to."""

from pathlib import Path
from typing import Any

BOTH = {"ro": "Text de probă.", "en": "A text to try."}
REVIEW = {"reviewer": "E. Probă", "on": "2027-01-01"}


def record(name: str, **given: Any) -> dict[str, Any]:
    """One record of a register: id ``result.row.column``; what is not given is plain."""
    result, row, column = name.rsplit(".", 2)
    plain: dict[str, Any] = {
        "id": name,
        "result": result,
        "row": int(row),
        "column": column,
        "measure": "m",
        "quantity": "proportion",
        "period": "",
        "group": "",
        "level": "all",
        "value": 0.5,
        "ci_low": None,
        "ci_high": None,
        "n": None,
        "status": "ok",
        "synthetic": False,
        "shown": [],
    }
    return plain | given


def piece(name: str, number: str, *, source: str = "returns", **more: Any) -> dict[str, Any]:
    """A piece of evidence on the plain record of a number."""
    row = {"result": number.rsplit(".", 2)[0], "measure": "m", "quantity": "proportion"}
    return {"id": name, "kind": "number", "source_group": source, "number": number, "row": row} | more


def finding(**given: Any) -> dict[str, Any]:
    """An accepted finding with everything that one needs; None takes a field away."""
    plain: dict[str, Any] = {
        "id": "F-1",
        "assessment": "interim-2026",
        "criterion": "effectiveness",
        "question": "EQ-1",
        "state": "accepted",
        "statement": {
            "ro": "Ponderea este {number:a.1.estimate}.",
            "en": "The share is {number:a.1.estimate}.",
        },
        "evidence": ["EV-1"],
        "contrary": {"none_found": BOTH},
        "judged": {"grade": "weak", "reason": BOTH},
        "unintended": BOTH,
        "disaggregation": BOTH,
        "gender_rights": BOTH,
        "review": REVIEW,
    }
    return {name: value for name, value in (plain | given).items() if value is not None}


def judgement_files() -> dict[str, list[dict[str, Any]]]:
    """The lists of the five files, without a problem."""
    conclusion = {"id": "C-1", "assessment": "interim-2026", "criterion": "effectiveness", "text": BOTH}
    recommendation = {"id": "R-1", "assessment": "interim-2026", "text": BOTH, "conclusions": ["C-1"]}
    return {
        "evidence": [piece("EV-1", "a.1.estimate"), piece("EV-2", "a.2.estimate", source="feedback")],
        "findings": [finding()],
        "conclusions": [conclusion | {"findings": ["F-1"], "review": REVIEW}],
        "recommendations": [
            recommendation
            | {
                "addressee": ["ANITP"],
                "deadline": "2027-06-30",
                "priority": "high",
                "cost_class": "low",
                "state": "accepted",
                "review": REVIEW,
            }
        ],
        "responses": [
            {
                "recommendation": "R-1",
                "accepted": "yes",
                "action": BOTH,
                "responsible": "ANITP",
                "deadline": "2027-12-31",
                "status": "under_way",
            }
        ],
        "declarations": [
            {
                "evaluator": "E. Probă",
                "institution": BOTH,
                "position": BOTH,
                "drafting": "no",
                "implementing": "no",
                "contract": BOTH,
                "other_interests": BOTH,
                "on": "2026-01-01",
            }
        ],
    }


def write_judgement(folder: Path, lists: dict[str, list[dict[str, Any]]]) -> Path:
    """The five files in a folder."""
    from ruamel.yaml import YAML

    files = {name: {name: lists[name]} for name in lists if name not in ("evidence", "findings")}
    files["findings"] = {"evidence": lists["evidence"], "findings": lists["findings"]}
    for name, content in files.items():
        with (folder / f"{name}.yaml").open("w", encoding="utf-8") as handle:
            YAML(typ="safe").dump(content, handle)
    return folder
