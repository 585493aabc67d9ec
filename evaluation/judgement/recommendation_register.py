"""The register of all recommendations over time: every assessment, every answer, and what became of each by a day."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from evaluation.core.errors import JudgementError
from evaluation.judgement.findings import ManagementResponse, Recommendation
from evaluation.judgement.forms.model import both, form_words
from evaluation.judgement.forms.workbook import MARK, STAMP, STYLES, TEXT_ONLY
from evaluation.judgement.recommendations import FollowUp, answers_by, follow_up
from evaluation.judgement.register_words import load_register_words
from evaluation.judgement.store import load_judgement
from evaluation.judgement.words import judgement_text
from evaluation.strategy.frame import load_assessments
from evaluation.strategy.words import Text

if TYPE_CHECKING:
    Row = dict[str, str]

FILE = "recommendations.yaml"


def recommendation_rows(home: Path, *, on: date) -> list["Row"]:
    """One row a recommendation of every assessment in the folder, in the order of the assessments.

    A draft or a rejected one is there too, with its state and without an outcome: nothing drops out of the register.
    """
    known = [one.id for one in load_assessments()]
    if not home.is_dir():
        raise JudgementError("register: there is no folder of judgements; name the data with --data.")
    found = [one.name for one in home.iterdir() if (one / FILE).is_file()]
    astray = sorted(set(found) - set(known))
    if astray:
        raise JudgementError(
            f"register: the folder {astray[0]} is no assessment; name it like one of {', '.join(known)}."
        )
    rows: list[Row] = []
    for assessment in (one for one in known if one in found):
        judgement = load_judgement(home / assessment)
        followed = {
            one.recommendation.id: one
            for one in follow_up(judgement.recommendations, judgement.responses, on=on)
        }
        answers = {one.recommendation: one for one in answers_by(judgement.responses, on)}
        rows += [
            _row(one, answers.get(one.id), followed.get(one.id), on) for one in judgement.recommendations
        ]
    return rows


def make_register_workbook(rows: Sequence["Row"], *, on: date) -> bytes:
    """The register as a workbook with filters; equal input gives equal bytes."""
    from xlsxwriter import Workbook

    words, buffer = load_register_words(), BytesIO()
    synthetic = any(one["synthetic"] for one in rows)
    with Workbook(buffer, {"in_memory": True, **TEXT_ONLY}) as workbook:
        workbook.set_properties({"title": words.title.ro, "created": STAMP})
        styles = {name: workbook.add_format(look) for name, look in STYLES.items()}
        page = workbook.add_worksheet(words.sheet.ro)
        page.write_string(0, 0, both(words.title), styles["title"])
        page.write_string(1, 0, f"{both(words.on)}: {on.isoformat()}")
        if synthetic:
            page.write_string(2, 0, both(MARK), styles["mark"])
        for place, column in enumerate(words.columns):
            page.set_column(place, place, column.width)
            page.write_string(3, place, both(column.head, joint="\n"), styles["head"])
            for line, row in enumerate(rows, 4):
                page.write_string(line, place, row[column.field], styles["fixed" if place == 0 else "open"])
        page.set_row(3, 48)
        page.freeze_panes(4, 2)
        page.autofilter(3, 0, 3 + max(len(rows), 1), len(words.columns) - 1)
        page.set_landscape()
        page.set_paper(8)
        page.fit_to_pages(1, 0)
        page.repeat_rows(3)
        page.set_header(f"&L{both(MARK)}" if synthetic else "")
    return buffer.getvalue()


def _row(
    one: Recommendation, answer: ManagementResponse | None, followed: FollowUp | None, on: date
) -> "Row":
    row = {
        "assessment": one.assessment,
        "id": one.id,
        **_cells("text", one.text),
        "conclusions": ", ".join(one.conclusions),
        "addressee": ", ".join(one.addressee),
        "deadline": one.deadline.isoformat(),
        **_cells("priority", judgement_text("priorities", one.priority)),
        **_cells("cost_class", judgement_text("cost_classes", one.cost_class)),
        **_cells("state", judgement_text("states", one.state.value)),
        **_answer_cells(answer),
        "due": followed.due.isoformat() if followed else "",
        **_cells("outcome", followed.outcome.text if followed else None),
        "on": on.isoformat(),
        "synthetic": both(MARK) if one.synthetic else "",
    }
    return {column.field: row[column.field] for column in load_register_words().columns}


def _answer_cells(answer: ManagementResponse | None) -> "Row":
    return {
        **_cells("accepted", judgement_text("accepted", answer.accepted) if answer else None),
        **_cells("action", answer.action if answer else None),
        "responsible": answer.responsible if answer else "",
        "action_deadline": answer.deadline.isoformat() if answer and answer.deadline else "",
        **_cells("status", form_words().choices["status"][answer.status] if answer else None),
        **_cells("note", answer.note if answer else None),
    }


def _cells(field: str, text: Text | None) -> "Row":
    return {f"{field}.ro": text.ro if text else "", f"{field}.en": text.en if text else ""}
