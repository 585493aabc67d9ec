"""Withdrawal: a person's answers are taken out of everything that the kit keeps, and a search proves it."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from evaluation.core.errors import IntakeError
from evaluation.core.project import PACKAGE, Project
from evaluation.instruments.feedback.load import list_feedback, load_feedback
from evaluation.instruments.feedback.model import Purpose
from evaluation.instruments.limesurvey import question_code
from evaluation.intake.feedback.codes import check_code, feedback_key, pseudonym
from evaluation.intake.feedback.consent import NO, YES
from evaluation.intake.feedback.places import (
    doomed_outputs,
    files_below,
    files_of,
    refuse_traces,
    remove_outputs,
)
from evaluation.intake.feedback.raw_files import (
    Change,
    change_rows,
    is_of,
    raw_files,
    raw_rows,
    set_cell,
    take_out,
)
from evaluation.intake.feedback.searching import Traces, squeeze
from evaluation.intake.feedback.tables import (
    WITHDRAWAL_COLUMNS,
    WITHDRAWALS,
    person_tables,
    read_feedback_table,
    write_feedback_table,
)
from evaluation.intake.feedback.words import load_feedback_words
from evaluation.intake.training.matching import plain

if TYPE_CHECKING:
    import pandas as pd

ALL: Final = "all"
PURPOSES: Final = (ALL, "quotation", "recontact")
LEAST_CHARACTERS = 12
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_STRAY = (
    "traces of the person stand there, or the file cannot be searched; nothing was changed. Take these files away and "
    "withdraw again."
)
_LEFT = "traces of the person are left there; take these files away."


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What was done: receipt, rows taken out or changed by kind of file, outputs removed, and what was searched."""

    receipt: str
    month: str
    purpose: str
    rows: Mapping[str, int]
    outputs_removed: int
    files_searched: int
    bytes_searched: int
    not_opened: tuple[str, ...]
    """Files of other parts of the data that could not be opened, so that only their bytes as they stand were searched."""


@dataclass(slots=True, repr=False)
class _Person:
    """Who withdraws and what they said; it never prints either."""

    code: str
    pseudonym: str
    answers: set[str] = field(default_factory=set)
    rows: dict[str, int] = field(default_factory=dict)

    def __repr__(self) -> str:
        return "_Person(not shown)"


def withdraw(code: str, project: Project, *, purpose: str = ALL, today: date | None = None) -> Withdrawal:
    """Take a person out of answers, texts, codings, reviews, files as they arrived, caches and sealed reports.

    With a purpose (quotation, recontact) only that consent is taken back. Before anything is changed all files of the
    data and the outputs are searched; a trace where the kit may not write stops the withdrawal with the names of the
    files. Afterwards they are searched again for the code, the pseudonym and every answer of 12 characters or more that
    does not stand in anybody else's words. The receipt says nothing of the person. Backups, the collecting program and reports
    already published are outside the kit's reach.
    """
    if purpose not in PURPOSES:
        raise IntakeError(f"purpose: unknown; choose from {', '.join(PURPOSES)}.")
    home, moment = project.feedback, today or date.today()
    told = check_code(code)
    person = _Person(told, pseudonym(told, key=feedback_key(project.data_raw, project.outputs)))
    _find(person, project)
    marks = Traces([person.code, person.pseudonym, *person.answers] if purpose == ALL else person.answers)
    doomed = doomed_outputs(project, marks) if purpose != "recontact" else set()
    if purpose != "recontact":
        refuse_traces(project, marks, _not_ours(project, purpose, doomed), problem=_STRAY)
    remove_outputs(doomed)
    change = _raw_change(purpose, project.root / "questionnaires")
    for path in raw_files(home):
        change_rows(path, person.code, change)
    for path in sorted(person_tables(home), key=lambda one: one.name.startswith("texts_")):
        _change_table(path, person.pseudonym, purpose)
    paths = files_of(project) if purpose == ALL else files_below(project.outputs) if doomed else []
    searched = refuse_traces(project, marks, paths, problem=_LEFT)
    receipt = f"R-{secrets.token_hex(4).upper()}"
    _write_receipt(home, receipt, f"{moment:%Y-%m}", purpose)
    return Withdrawal(
        receipt,
        f"{moment:%Y-%m}",
        purpose,
        dict(person.rows),
        len(doomed),
        searched.files,
        searched.read_bytes,
        tuple(project.relative(one) for one in searched.unreadable),
    )


def _find(person: _Person, project: Project) -> None:
    """The person's rows by kind of file, and their answers that nobody else gave and that are no words of the kit."""
    home = project.feedback
    others: set[str] = set()
    for path in person_tables(home):
        table = read_feedback_table(path, ["person"])
        mine = table["person"] == person.pseudonym
        _count(person, path.name.split("_")[0], int(mine.sum()))
        if "text" in table.columns:
            person.answers |= set(table.loc[mine, "text"])
            others |= set(table.loc[~mine, "text"])
    for path in raw_files(home):
        for _head, row in raw_rows(path):
            own = is_of(row, person.code)
            _count(person, "raw", int(own))
            (person.answers if own else others).update(row)
    if not any(person.rows.values()):
        marks = Traces([person.code, person.pseudonym])
        refuse_traces(project, marks, files_of(project), problem=_STRAY)
        raise IntakeError("code of the card: nothing is kept under it; compare it with the card.")
    said = {one for one in person.answers if len(one.strip()) >= LEAST_CHARACTERS and not _DATE.match(one)}
    known = b"\n".join([*map(squeeze, others), *_kit_texts(project.root / "questionnaires")])
    person.answers = {one for one in said if squeeze(one) not in known}


def _kit_texts(questionnaires: Path) -> list[bytes]:
    """The kit's own words: a text that stands in them tells nobody."""
    files = [path for folder in (PACKAGE, questionnaires) for path in sorted(folder.rglob("*.yaml"))]
    return [squeeze(path.read_text(encoding="utf-8")) for path in files]


def _count(person: _Person, kind: str, rows: int) -> None:
    person.rows[kind] = person.rows.get(kind, 0) + rows


def _not_ours(project: Project, purpose: str, doomed: set[Path]) -> list[Path]:
    """The files that are neither edited nor removed; words that may not be quoted stay in the data all the same."""
    own = {*person_tables(project.feedback), *raw_files(project.feedback)}
    paths = files_of(project) if purpose == ALL else files_below(project.outputs)
    return [one for one in paths if one not in own and one not in doomed and not doomed & set(one.parents)]


def _raw_change(purpose: str, questionnaires: Path) -> Change:
    """All cells of the person's rows, or the consent under any heading that it may have."""
    if purpose == ALL:
        return take_out
    role = f"consent_{purpose}"
    told = [role, question_code(role), *load_feedback_words().roles[role]]
    for name in list_feedback(questionnaires):
        text = load_feedback(name, questionnaires).about.consent.purposes[Purpose(purpose)]
        told += [text.ro, text.en]
    return set_cell({plain(one) for one in told}, NO)


def _change_table(path: Path, person: str, purpose: str) -> None:
    table = read_feedback_table(path, ["person"])
    mine = table["person"] == person
    if not mine.any():
        return
    kind = path.name.split("_")[0]
    if purpose == ALL or (purpose == "quotation" and kind == "reviews"):
        table = table[~mine]
    elif kind == "responses":
        table.loc[mine, f"consent_{purpose}"] = NO
    elif kind == "texts" and purpose == "quotation":
        table = table[~(mine & ~_analysed(path, table, person))]
    write_feedback_table(path, table)


def _analysed(path: Path, texts: "pd.DataFrame", person: str) -> "pd.Series[bool]":
    """Which texts may stay for analysis when quotation is taken back."""
    name = path.name.removeprefix("texts_")
    responses = read_feedback_table(
        path.with_name(f"responses_{name}"), ["person", "wave", "consent_analysis"]
    )
    mine = responses[(responses["person"] == person) & (responses["consent_analysis"] == YES)]
    return texts["wave"].isin(set(mine["wave"]))


def _write_receipt(home: Path, receipt: str, month: str, purpose: str) -> None:
    import pandas as pd

    path = home / WITHDRAWALS
    kept = (
        read_feedback_table(path, WITHDRAWAL_COLUMNS)
        if path.is_file()
        else pd.DataFrame(columns=list(WITHDRAWAL_COLUMNS), dtype=object)
    )
    kept.loc[len(kept)] = [receipt, month, purpose]
    write_feedback_table(path, kept)
