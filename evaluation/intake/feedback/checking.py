"""The folder of feedback looked through: what would stop a build, what may identify somebody, files that do not belong."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from evaluation.core.errors import KitError
from evaluation.core.project import Project
from evaluation.intake.feedback.consent import PROTOCOLS, TEXT_COLUMNS
from evaluation.intake.feedback.problems import load_feedback_problems
from evaluation.intake.feedback.screening import screen_text
from evaluation.intake.feedback.store import check_retention, load_one, read_about
from evaluation.intake.feedback.tables import (
    ABOUT,
    MARK,
    RAW,
    REFERRAL_COLUMNS,
    REFERRALS,
    WITHDRAWAL_COLUMNS,
    WITHDRAWALS,
    person_tables,
    read_feedback_table,
)

_FOLDERS = (RAW, PROTOCOLS)


def check_feedback(project: Project, *, today: date, language: str = "en") -> tuple[str, ...]:
    """Every problem of the folder as a sentence with file and row; none quotes what stands there."""
    home = project.feedback
    return (
        *_problems_of_folder(home, today),
        *_problems_of_tables(project),
        *_unscreened(home, language),
        *_astray(home),
    )


def _problems_of_folder(home: Path, today: date) -> Iterator[str]:
    try:
        check_retention(read_about(home), today)
    except KitError as error:
        yield str(error)


def _problems_of_tables(project: Project) -> Iterator[str]:
    home = project.feedback
    for path in sorted(home.glob("responses_*.csv")):
        try:
            load_one(project, path.stem.removeprefix("responses_"))
        except KitError as error:
            yield str(error)
    for name, columns in ((REFERRALS, REFERRAL_COLUMNS), (WITHDRAWALS, WITHDRAWAL_COLUMNS)):
        if (home / name).is_file():
            try:
                extra = set(read_feedback_table(home / name, columns).columns) - set(columns)
            except KitError as error:
                yield str(error)
            else:
                if extra:
                    yield f"feedback/{name}: a column too many, which may identify somebody; take it out."


def _unscreened(home: Path, language: str) -> Iterator[str]:
    """Texts in which screening would still take something out."""
    told = load_feedback_problems()["text_unscreened"]
    words = f"{getattr(told.problem, language)}; {getattr(told.remedy, language)}"
    for path in person_tables(home):
        if not path.name.startswith(("texts_", "coding_")):
            continue
        try:
            texts = read_feedback_table(path, [TEXT_COLUMNS[-1]])[TEXT_COLUMNS[-1]]
        except KitError as error:
            yield str(error)
            continue
        for row, text in enumerate(texts, start=2):
            if screen_text(text).found:
                yield f"feedback/{path.name}, row {row}: {words}"


def _astray(home: Path) -> Iterator[str]:
    """Files that the kit neither reads nor searches for a person's rows; names are not told, they may be a person's."""
    known = {*person_tables(home), *(home / one for one in (ABOUT, MARK, REFERRALS, WITHDRAWALS))}
    count = sum(
        path not in known and path.name not in (*_FOLDERS, ".gitignore", "README.md")
        for path in home.iterdir()
    )
    if count:
        yield f"feedback: {count} file(s) or folder(s) that do not belong there; move files as they arrived to {RAW}/."
