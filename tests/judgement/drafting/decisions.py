"""A small register, the example's judgement beside it, and a workbook of drafts that tests fill in."""

from collections.abc import Mapping
from pathlib import Path
from shutil import copytree
from typing import Any

from openpyxl import load_workbook

from evaluation.judgement.drafting.form import findings_form, make_findings_workbook
from evaluation.judgement.drafting.proposals import Proposals, propose
from evaluation.judgement.matrix import load_matrix, matrix_beside
from evaluation.judgement.store import load_judgement
from evaluation.reporting.statements import fill_plain

ASSESSMENT = "interim-2026"
EXAMPLE = Path(__file__).resolve().parents[3] / "data_raw" / "example" / "judgement" / ASSESSMENT
SECRET = "CANARY"
ACCEPT = {
    "decision": "acceptată / accepted",
    "grade": "slab / weak",
    "reason.ro": "O singură sursă.",
    "reason.en": "A single source.",
    "searched.ro": "Nu s-au găsit; s-a căutat în observațiile instituțiilor.",
    "searched.en": "None found; the institutions' remarks were searched.",
    "unintended.ro": "Nu s-au găsit.",
    "unintended.en": "None found.",
    "disaggregation.ro": "Pe obiective generale.",
    "disaggregation.en": "By general objective.",
    "gender_rights.ro": "Raportările nu arată pe cine a ajutat măsura.",
    "gender_rights.en": "The returns do not show whom a measure helped.",
    "reviewer": "evaluator fictiv",
    "on": "2027-02-10",
}
NOTE = {"note.ro": "Spune ce s-a distribuit.", "note.en": "It tells what was handed out."}
EDIT = ACCEPT | NOTE | {"decision": "acceptată cu modificări / accepted as edited"}
REJECT = NOTE | {
    "decision": "respinsă / rejected", "reviewer": "evaluator fictiv", "on": "11.02.2027",
}  # fmt: skip


def number(name: str, value: float, **given: Any) -> dict[str, Any]:
    """One record of a register, with everything that a sentence needs."""
    result, row, _ = name.rsplit(".", 2)
    plain = {
        "id": name, "result": result, "row": int(row), "column": "estimate", "measure": "", "quantity": "count",
        "period": "2026", "group": "plan", "level": "all", "value": value, "ci_low": None, "ci_high": None, "n": None,
        "status": "ok", "method": "full_count", "sources": [], "policy": "monitoring_activity", "decision": "keep",
        "kit_version": "0.1.0", "synthetic": True, "shown": [],
    }  # fmt: skip
    return plain | given


def register(**given: Any) -> list[dict[str, Any]]:
    """Delivered and not reported under objective 2, one improvement, and the contradicted returns of EV-08."""
    objective = {"group": "general_objective", "level": "2"}
    ratio = {
        "measure": "IND-1.1.1-1", "quantity": "rate_ratio", "period": "2024-2026", "group": "reading",
        "level": "improved", "ci_low": 1.25, "ci_high": 1.5,
    }  # fmt: skip
    return [
        one | given
        for one in (
            number("monitoring_states.30.estimate", 24.0, measure="begun", **objective),
            number("monitoring_states.31.estimate", 18.0, measure="delivered", **objective),
            number("monitoring_states.32.estimate", 2.0, measure="not_reported", **objective),
            number("monitoring_states.11.estimate", 3.0, measure="contradicted"),
            number("monitoring_changes.5.estimate", 1.375, **ratio),
        )
    ]


def folder_of(home: Path) -> Path:
    """A copy of the example's judgement."""
    return copytree(EXAMPLE, home / "judgement" / ASSESSMENT)


def proposals_of(folder: Path, records: list[dict[str, Any]] | None = None) -> Proposals:
    """The drafts of a register beside the judgement of a folder."""
    kept = register() if records is None else records
    return propose(
        kept,
        load_judgement(folder),
        load_matrix(ASSESSMENT, file=matrix_beside(folder)),
        assessment=ASSESSMENT,
        tell=lambda text, language: fill_plain(text, kept, language=language),
    )


def write_drafts(path: Path, proposals: Proposals) -> Path:
    """The workbook as it goes out."""
    path.write_bytes(make_findings_workbook(proposals))
    return path


def fill(path: Path, draft: str, cells: Mapping[str, object]) -> Path:
    """The workbook with cells of a draft's line set by field, as somebody would in a spreadsheet."""
    book, form = load_workbook(path), findings_form()
    page = book[form.sheet.ro]
    row = next(one.row for one in page["A"] if one.value == draft)
    for field, value in cells.items():
        page.cell(row, form.place(field) + 1).value = value
    book.save(path)
    return path


def line_of(path: Path, draft: str) -> int:
    """The row of a draft in the sheet."""
    page = load_workbook(path)[findings_form().sheet.ro]
    return next(one.row for one in page["A"] if one.value == draft)
