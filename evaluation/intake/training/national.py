"""The national training data: sessions, linked answers and codings, as tables that sessions were gathered into."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from evaluation.core.errors import IntakeError
from evaluation.core.microdata import OCCASIONS, SHEET_COLUMNS, Microdata
from evaluation.core.project import Project
from evaluation.core.provenance import Provenance, Source, digest_file
from evaluation.instruments.load import load_instrument
from evaluation.instruments.model import Instrument, ItemKind

if TYPE_CHECKING:
    import pandas as pd

MARK = "DATE_SINTETICE.yaml"
SESSION_COLUMNS = (
    "session",
    "instrument",
    "month",
    "county",
    "invited",
    "present_pre",
    "present_post",
    "false_share",
)
FINAL, NONE = "final", "-"
CODING_COLUMNS = ("session", "sheet", "occasion", "coder", "codes")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class NationalTraining:
    """Everything known of one audience: its questionnaire, answers, sessions and codings of the open item."""

    instrument: Instrument
    microdata: Microdata
    sessions: "pd.DataFrame"
    codings: "pd.DataFrame"

    def __repr__(self) -> str:
        return f"NationalTraining({self.instrument.name!r}, {len(self.sessions)} sessions, not shown)"


def load_training(project: Project) -> Mapping[str, NationalTraining]:
    """The audiences that have answers, by the name of their questionnaire; none without the folder.

    ``training/answers_<questionnaire>.csv`` (a row a sheet, a column an item, letters), ``sessions.csv`` and
    ``codings_<questionnaire>.csv`` or one ``coding_<questionnaire>_coder<n>.csv`` a coder, as ``snitp training gather``
    writes them. An answer that is not a choice of its item, a sheet
    given twice, or a sheet of an unknown session stops the reading: counts would no longer add up.
    """
    home = project.training
    if not home.is_dir():
        return {}
    sessions = read_training_table(home / "sessions.csv", SESSION_COLUMNS)
    synthetic = (home / MARK).is_file()
    found = {}
    for path in sorted(home.glob("answers_*.csv")):
        name = path.stem.removeprefix("answers_")
        instrument = load_instrument(name, project.root / "questionnaires")
        own = sessions[sessions["instrument"] == name].reset_index(drop=True)
        answers = _answers(path, instrument, own)
        sources = tuple(_source(project, one) for one in (path, home / "sessions.csv"))
        origin = Provenance(sources, "training_answers", len(answers), len(answers), synthetic=synthetic)
        found[name] = NationalTraining(
            instrument,
            Microdata(name, instrument.about.version, answers, origin),
            _numbers(own, home / "sessions.csv"),
            _codings(home, name),
        )
    return found


def _answers(path: Path, instrument: Instrument, sessions: "pd.DataFrame") -> "pd.DataFrame":
    asked = [one for one in instrument.items if one.kind in (ItemKind.CLOSED, ItemKind.REACTION)]
    answers = read_training_table(path, (*SHEET_COLUMNS, *(one.name for one in asked)))
    for item in asked:
        _check(
            answers[item.name].isin(["", *item.choices]),
            path,
            f"column {item.name}",
            "not a choice of the item",
        )
    _check(answers["occasion"].isin(OCCASIONS), path, "column occasion", "neither pre nor post")
    _check(answers["form"].isin(["A", "B"]), path, "column form", "neither A nor B")
    _check(answers["session"].isin(sessions["session"]), path, "column session", "not in sessions.csv")
    _check(
        ~answers.duplicated(["session", "sheet", "occasion"]), path, "sheet", "given twice for its occasion"
    )
    linked = answers["link"] != ""
    _check(
        ~(linked & answers.duplicated(["link", "occasion"])),
        path,
        "column link",
        "on two sheets of one occasion",
    )
    return answers


def _codings(home: Path, name: str) -> "pd.DataFrame":
    """The codings of the open item: one table, or the coders' sheets; a sheet without any code is not coded yet."""
    import pandas as pd

    whole = home / f"codings_{name}.csv"
    if whole.is_file():
        return read_training_table(whole, CODING_COLUMNS)
    paths = sorted(home.glob(f"coding_{name}_coder*.csv"))
    read = [read_training_table(path, CODING_COLUMNS) for path in paths]
    coded = [decided_codes(one) for one in read if one["codes"].ne("").any()]
    return (
        pd.concat(coded, ignore_index=True)
        if coded
        else pd.DataFrame(columns=list(CODING_COLUMNS), dtype=str)
    )


def decided_codes(codings: "pd.DataFrame") -> "pd.DataFrame":
    """Without the rows that the third reader has not decided yet; ``-`` says that no code applies."""
    open_rows = (codings["coder"] == FINAL) & (codings["codes"].str.strip() == "")
    return codings[~open_rows].assign(codes=codings["codes"].where(codings["codes"].str.strip() != NONE, ""))


def read_training_table(path: Path, columns: tuple[str, ...]) -> "pd.DataFrame":
    """The columns of a UTF-8 table as text; a missing file or column, or another encoding, stops the reading."""
    import pandas as pd

    if not path.is_file():
        raise IntakeError(
            f"training/{path.name}: the file is missing; put it there, or take the folder away."
        )
    try:
        table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")
    except (UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError):
        raise IntakeError(f"training/{path.name}: not a UTF-8 table with commas; save it as such.") from None
    missing = [name for name in columns if name not in table.columns]
    if missing:
        raise IntakeError(f"training/{path.name}: column(s) {', '.join(missing)} missing; add them.")
    return table[list(columns)]


def _check(right: "pd.Series[bool]", path: Path, place: str, problem: str) -> None:
    if not right.all():
        row = int((~right).to_numpy().argmax()) + 2
        raise IntakeError(f"training/{path.name}, row {row}, {place}: {problem}; correct the cell.")


def _numbers(sessions: "pd.DataFrame", path: Path) -> "pd.DataFrame":
    """The counts of people as whole numbers and the estimated share of false links as a share."""
    import pandas as pd

    table = sessions.copy()
    for name in SESSION_COLUMNS[4:]:
        numbers = pd.to_numeric(table[name], errors="coerce")
        whole = numbers.between(0, 1) if name == "false_share" else (numbers >= 0) & (numbers % 1 == 0)
        _check(whole, path, f"column {name}", "not a number of the right kind")
        table[name] = numbers
    return table


def _source(project: Project, path: Path) -> Source:
    return Source(project.relative(path), digest_file(path))
