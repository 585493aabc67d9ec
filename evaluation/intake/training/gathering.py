"""Sessions that were read one by one, put together as the tables of the national data."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from evaluation.core.errors import IntakeError
from evaluation.core.microdata import SHEET_COLUMNS
from evaluation.intake.training.facts import SessionFacts
from evaluation.intake.training.identifiers import has_identifier
from evaluation.intake.training.read import ReadAnswers

if TYPE_CHECKING:
    import pandas as pd

CODERS = ("1", "2")
CODING = "coding_{name}_coder{coder}.csv"


def gather_answers(trainings: Sequence[ReadAnswers]) -> "dict[str, pd.DataFrame]":
    """File name to table: answers of each questionnaire, all sessions, and the coders' sheets of written answers.

    A session given twice stops the gathering: its people would count double. A session without the number of people
    invited or present counts those who handed in a sheet. Written answers that hold an identifier are left out.
    """
    import pandas as pd

    _check_once(trainings)
    tables: dict[str, pd.DataFrame] = {}
    sessions = pd.DataFrame([row for one in trainings for row in _sessions(one)])
    for name in sorted({one.instrument.name for one in trainings}):
        mine = [one for one in trainings if one.instrument.name == name]
        tables[f"answers_{name}.csv"] = pd.concat([_answers(one) for one in mine], ignore_index=True)
        written = pd.concat([one.open_answers for one in mine], ignore_index=True)
        safe = written[~written["text"].map(has_identifier)]
        for coder in CODERS:
            sheet = safe[["session", "sheet", "occasion", "text"]].assign(coder=coder, codes="")
            tables[CODING.format(name=name, coder=coder)] = sheet.sort_values(
                ["session", "sheet", "occasion"], kind="stable"
            )
    return tables | {"sessions.csv": sessions.sort_values("session", kind="stable")}


def _answers(read: ReadAnswers) -> "pd.DataFrame":
    """Answers with links that no other session uses."""
    table = read.microdata.table
    linked = table["link"].where(table["link"] == "", table["session"] + "-" + table["link"])
    return table.assign(link=linked)[[*SHEET_COLUMNS, *table.columns[len(SHEET_COLUMNS) :]]]


def _sessions(read: ReadAnswers) -> list[dict[str, object]]:
    table = read.microdata.table
    rows = []
    for facts in read.sessions:
        mine = table[table["session"] == facts.code]
        sheets = {name: int((mine["occasion"] == name).sum()) for name in ("pre", "post")}
        before = facts.present_pre if facts.present_pre is not None else sheets["pre"]
        after = facts.present_post if facts.present_post is not None else sheets["post"]
        rows.append(
            {
                "session": facts.code, "instrument": read.instrument.name, "month": _month(facts), "county": facts.county,
                "invited": max(before, after) if facts.invited is None else facts.invited,
                "present_pre": before, "present_post": after, "false_share": round(read.linked.false_share, 6),
            }
        )  # fmt: skip
    return rows


def _month(facts: SessionFacts) -> str:
    return f"{facts.year}-{facts.month}" if facts.year and facts.month else facts.year


def _check_once(trainings: Sequence[ReadAnswers]) -> None:
    codes = [facts.code for one in trainings for facts in one.sessions]
    twice = sorted({code for code in codes if codes.count(code) > 1})
    if twice:
        raise IntakeError(
            f"{', '.join(twice)}: session given twice; leave out one of its files, or give the sessions codes of their own."
        )
