"""The first day on which data of an assessment may have arrived, from the days and months that the data hold."""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from evaluation.core.errors import IntakeError
from evaluation.core.project import Project
from evaluation.intake.returns.deliveries import list_deliveries, years_of
from evaluation.strategy.frame import Assessment
from evaluation.strategy.institutions import load_registry

MONTHS = (("training", "sessions.csv"), ("feedback", "referrals.csv"), ("feedback", "withdrawals.csv"))
ANSWERS = (("training", "answers_*.csv"), ("feedback", "responses_*.csv"))


def first_data_on(project: Project, assessment: Assessment) -> date | None:
    """The earliest day known for returns, sessions and feedback; None where no data hold a day.

    Where only a month is known its first day counts: data cannot be older than that. Answers of victims hold no
    days by design, so the months of referrals and withdrawals stand for them.
    """
    if undated_data(project, assessment):
        return None
    return min([*_return_days(project, assessment), *_month_days(project, assessment)], default=None)


def undated_data(project: Project, assessment: Assessment) -> tuple[str, ...]:
    """The kinds of data of which nobody can say that a plan is older.

    Returns of which one has no day, training and feedback without any month.
    """
    kinds = []
    if not all(_received(project, assessment)):
        kinds.append("returns")
    dated = {folder for folder, name in MONTHS if list(_months(_home(project, folder) / name))}
    kinds += [
        folder
        for folder, pattern in ANSWERS
        if folder not in dated and any(_home(project, folder).glob(pattern))
    ]
    return tuple(kinds)


def _home(project: Project, folder: str) -> Path:
    return project.training if folder == "training" else project.feedback


def _received(project: Project, assessment: Assessment) -> Iterator[str]:
    """The day on which each returned file arrived, empty where nobody wrote it down."""
    registry = load_registry()
    for year in years_of(project.returns):
        if year in assessment.years:
            listed = list_deliveries(project.returns / str(year), year=year, registry=registry)
            yield from (one.received for one in listed.deliveries)


def _return_days(project: Project, assessment: Assessment) -> Iterator[date]:
    yield from (date.fromisoformat(day) for day in _received(project, assessment) if day)


def _month_days(project: Project, assessment: Assessment) -> Iterator[date]:
    for folder, name in MONTHS:
        for day in _months(_home(project, folder) / name):
            if day <= assessment.period_end:
                yield day


def _months(path: Path) -> Iterator[date]:
    """The first day of each month that a file holds."""
    if not path.is_file():
        return
    with path.open(encoding="utf-8-sig", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), start=2):
            try:
                yield date.fromisoformat(f"{row['month']}-01")
            except (KeyError, ValueError):
                raise IntakeError(
                    f"{path.name}, line {number}, month: not a month such as 2025-02; correct the file."
                ) from None
