"""The feedback data as they are kept, and what the chapters may take out of them: within retention, by consent."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from evaluation.core.errors import IntakeError
from evaluation.core.microdata import WAVE_COLUMNS, ForAnalysis, ForQuotation
from evaluation.core.project import Project
from evaluation.core.provenance import Provenance, Source, digest_file
from evaluation.core.yamlfile import read_yaml
from evaluation.instruments.feedback.load import list_feedback, load_feedback
from evaluation.instruments.feedback.model import SPECIAL, WAVES, FeedbackInstrument, FeedbackKind, Purpose
from evaluation.intake.feedback.consent import (
    CONSENTS,
    METHOD,
    NO,
    REVIEW_COLUMNS,
    TEXT_COLUMNS,
    VERSION,
    YES,
    Responses,
    closed_items,
    for_analysis,
    for_quotation,
    has_consent,
    response_columns,
)
from evaluation.intake.feedback.tables import (
    ABOUT,
    CODING_COLUMNS,
    MARK,
    check_rows,
    read_feedback_table,
    table_path,
)
from evaluation.intake.feedback.words import FACTS
from evaluation.strategy.words import Definition, load_as

if TYPE_CHECKING:
    import pandas as pd

_PERSON = r"[0-9a-f]{16}"
_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")
_BASE = (*WAVE_COLUMNS, *CONSENTS, VERSION)
NO_CODE = "-"


class _Retention(Definition):
    until: str


class _Versions(Definition):
    version: str = ""
    consent_versions: tuple[str, ...] = ()


class FeedbackFolder(Definition):
    """``about.yaml``: until which month the data may be kept, and the versions of instruments and consent texts."""

    retention: _Retention
    instruments: Mapping[str, _Versions] = {}


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class FeedbackData:
    """What may be used of one instrument; codings are those of answers whose person consented to analysis."""

    instrument: FeedbackInstrument
    for_analysis: ForAnalysis
    for_quotation: ForQuotation
    codings: "pd.DataFrame"

    def __repr__(self) -> str:
        return f"FeedbackData({self.instrument.name!r}, {len(self.for_analysis.table)} rows, not shown)"


def load_feedback_data(project: Project, *, today: date | None = None) -> Mapping[str, FeedbackData]:
    """What may be used of every instrument that has answers, by its name; none without the folder.

    Past the month of retention (``today`` is the assessment's date in a build) nothing is read. A row given twice, an
    answer that is none of its question's, or an unknown column stops the reading: counts would no longer add up.
    """
    home = project.feedback
    if not home.is_dir():
        return {}
    check_retention(read_about(home), today or date.today())
    found = {}
    for path in sorted(home.glob("responses_*.csv")):
        name = path.stem.removeprefix("responses_")
        found[name] = load_one(project, name)
    return found


def read_about(home: Path) -> FeedbackFolder:
    """The folder's own facts."""
    about = load_as(FeedbackFolder, read_yaml(home / ABOUT), file=f"feedback/{ABOUT}")
    if not _MONTH.fullmatch(about.retention.until):
        raise IntakeError(f"feedback/{ABOUT}, retention.until: not a month such as 2031-12; correct it.")
    return about


def check_retention(about: FeedbackFolder, today: date) -> None:
    """Data past their month are not used; the last month is still allowed."""
    if f"{today:%Y-%m}" > about.retention.until:
        raise IntakeError(
            f"feedback/{ABOUT}: the data may be kept until {about.retention.until} and that month is over; erase the "
            "folder, nothing is built from it."
        )


def instrument_of(name: str, columns: "set[str] | frozenset[str]", folder: Path) -> FeedbackInstrument:
    """The instrument with those of its modules that have a column."""
    own = load_feedback(name, folder)
    there = [one for one in own.about.modules if one in list_feedback(folder)]
    asked = [one for one in there if columns & {item.name for item in load_feedback(one, folder).items}]
    return load_feedback(name, folder, modules=asked) if asked else own


def read_responses(project: Project, name: str) -> tuple[Responses, FeedbackInstrument]:
    """The kept answers of one instrument, checked, before consent; a module or slot that nobody answered was not asked."""
    home = project.feedback
    path = table_path(home, "responses", name)
    table = read_feedback_table(path, _BASE)
    questionnaires = project.root / "questionnaires"
    own = {*_BASE, *closed_items(load_feedback(name, questionnaires))}
    table = table.drop(columns=[one for one in table.columns if one not in own and (table[one] == "").all()])
    instrument = instrument_of(name, frozenset(table.columns), questionnaires)
    _check_responses(table, instrument, path)
    texts_path = table_path(home, "texts", name)
    texts = _table_or_empty(texts_path, TEXT_COLUMNS)
    _check_texts(texts, instrument, texts_path)
    files = [one for one in (path, texts_path) if one.is_file()]
    sources = tuple(Source(project.relative(one), digest_file(one)) for one in files)
    synthetic = (home / MARK).is_file()
    origin = Provenance(sources, METHOD, len(table), len(table), synthetic=synthetic)
    kept = table.reindex(columns=list(response_columns(instrument, table.columns)), fill_value="")
    return Responses(name, instrument.about.version, _with_months(kept), texts, origin), instrument


def load_one(project: Project, name: str) -> FeedbackData:
    """What may be used of one instrument; whether retention is over is not looked at."""
    home = project.feedback
    versions = read_about(home).instruments.get(name)
    responses, instrument = read_responses(project, name)
    known = () if versions is None else versions.consent_versions
    reviews = _table_or_empty(table_path(home, "reviews", name), REVIEW_COLUMNS)
    return FeedbackData(
        instrument,
        for_analysis(responses, instrument, home=home, versions=known),
        for_quotation(responses, reviews, instrument, home=home, versions=known),
        _codings(
            home, name, responses.table[has_consent(responses.table, Purpose.ANALYSIS, instrument, known)]
        ),
    )


def _codings(home: Path, name: str, consented: "pd.DataFrame") -> "pd.DataFrame":
    """The codings of answers that may be analysed: one table, or the coders' sheets; a sheet without codes is left out.

    A dash says that no code applies.
    """
    import pandas as pd

    whole = table_path(home, "codings", name)
    if whole.is_file():
        read = [read_feedback_table(whole, CODING_COLUMNS)]
    else:
        sheets = (
            read_feedback_table(one, CODING_COLUMNS) for one in sorted(home.glob(f"coding_{name}_coder*.csv"))
        )
        read = [one for one in sheets if one["codes"].str.strip().ne("").any()]
    if not read:
        return pd.DataFrame(columns=list(CODING_COLUMNS), dtype=object)
    codings = pd.concat(read, ignore_index=True)[list(CODING_COLUMNS)]
    codings["codes"] = codings["codes"].where(codings["codes"].str.strip() != NO_CODE, "")
    may = pd.MultiIndex.from_frame(consented[["person", "wave"]])
    return codings[pd.MultiIndex.from_frame(codings[["person", "wave"]]).isin(may)].reset_index(drop=True)


def _check_responses(table: "pd.DataFrame", instrument: FeedbackInstrument, path: Path) -> None:
    known = response_columns(instrument, table.columns)
    unknown = [place for place, one in enumerate(table.columns, 1) if one not in known]
    if unknown:
        raise IntakeError(
            f"feedback/{path.name}, column {unknown[0]}: not a column of the instrument, so it may identify somebody; "
            "take it out."
        )
    check_rows(table["person"].str.fullmatch(_PERSON), path, "column person", "not a pseudonym")
    allowed: dict[str, tuple[str, ...]] = {
        "wave": WAVES,
        "collector": ("", "independent", "service", "alone"),
    }
    allowed |= dict.fromkeys(CONSENTS, ("", YES, NO))
    allowed |= {one.name: ("", *one.categories) for one in instrument.about.collected if one.name in FACTS}
    for item in instrument.items:
        if item.kind is not FeedbackKind.OPEN and item.name in table.columns:
            own = item.choices or instrument.scale(item.scale).steps
            allowed[item.name] = ("", *SPECIAL, *own)
    for slot in instrument.slots:
        asked = [one for one in slot.columns if one in table.columns]
        allowed |= dict.fromkeys(asked, ("", *SPECIAL, *slot.answers))
    for name, those in allowed.items():
        check_rows(table[name].isin(those), path, f"column {name}", "none of the allowed answers")
    check_rows(
        table["months"].str.fullmatch(r"(?:\d{1,3}(?:\.\d+)?)?"), path, "column months", "not a number"
    )
    check_rows(table["language"].str.fullmatch(r"(?:[a-z]{2,3})?"), path, "column language", "not a language")
    check_rows(table[VERSION].str.fullmatch(r"(?:\d+\.\d+)?"), path, f"column {VERSION}", "not a version")
    check_rows(~table.duplicated(["person", "wave"]), path, "columns person, wave", "given twice")


def _check_texts(texts: "pd.DataFrame", instrument: FeedbackInstrument, path: Path) -> None:
    asked = [one.name for one in instrument.of_kind(FeedbackKind.OPEN)]
    check_rows(texts["item"].isin(asked), path, "column item", "not an open question of the instrument")
    check_rows(texts["wave"].isin(WAVES), path, "column wave", "not a wave")
    check_rows(
        ~texts.duplicated(["person", "wave", "item"]), path, "columns person, wave, item", "given twice"
    )


def _table_or_empty(path: Path, columns: tuple[str, ...]) -> "pd.DataFrame":
    import pandas as pd

    if not path.is_file():
        return pd.DataFrame(columns=list(columns), dtype=object)
    return read_feedback_table(path, columns)[list(columns)]


def _with_months(table: "pd.DataFrame") -> "pd.DataFrame":
    """Months as numbers; none where none is known."""
    import pandas as pd

    return table.assign(months=pd.to_numeric(table["months"], errors="coerce").astype("float64"))
