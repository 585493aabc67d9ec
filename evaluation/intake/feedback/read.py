"""Feedback read from any usual file: under pseudonyms, screened, every row used or refused with its reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from evaluation.core.errors import IntakeError
from evaluation.core.provenance import Provenance, Source
from evaluation.instruments.feedback.model import FeedbackInstrument
from evaluation.intake.feedback.columns import FeedbackTable, find_feedback_tables
from evaluation.intake.feedback.consent import (
    METHOD,
    TEXT_COLUMNS,
    Responses,
    closed_items,
    response_columns,
    slot_items,
)
from evaluation.intake.feedback.problems import FeedbackRefusedError
from evaluation.intake.feedback.rows import FeedbackRow, RowReader
from evaluation.intake.returns.raw import RawBook
from evaluation.intake.returns.sandbox import DEFAULT, Limits, open_book
from evaluation.intake.training.answers import text_of
from evaluation.intake.training.problems import Findings, Found
from evaluation.intake.training.sheets import letters

LETTER_TRAITS = ("cp1250", "iso-8859-16", "cedilla", "mojibake")
SECOND = "entry_second"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class ReadFeedback:
    """What came out of files of feedback: the answers, and everything noticed, by file, sheet and cell.

    ``refused`` counts the rows that were not used by reason: rows in = rows of ``responses`` + rows refused.
    """

    responses: Responses
    problems: tuple[Found, ...]
    columns_dropped: int

    def __repr__(self) -> str:
        return f"ReadFeedback({self.responses!r}, {len(self.problems)} findings)"


def read_feedback(
    paths: Path | Sequence[Path], instrument: FeedbackInstrument, *, key: bytes, limits: Limits = DEFAULT
) -> ReadFeedback:
    """The answers in exports of Kobo, ODK or LimeSurvey, in our answer workbook, or in a plain table.

    A column that is not known is dropped unread and counted. An answer that is none of its question's refuses the whole
    row, because a row with a hole cannot be told from one left out. Two rows of one person and wave refuse each
    other; entered on two sheets or in two files, equal ones count once, and unequal ones not at all. Answers in own words are screened before they are kept.
    """
    files = [paths] if isinstance(paths, Path) else list(paths)
    findings = Findings()
    rows: list[FeedbackRow] = []
    dropped, sources = 0, []
    for path in files:
        book = open_book(path, limits=limits)
        if set(book.properties) & set(LETTER_TRAITS):
            findings.note(book.file, "", "", "file_letters")
        for table in find_feedback_tables(book, instrument):
            dropped += _tell_columns(book, table, instrument, findings)
            reader = RowReader(book.file, table, instrument, findings=findings, key=key)
            rows += [one for row, line in table.lines().items() if (one := reader.read(row, line))]
        sources.append(Source(f"feedback/answers{path.suffix.lower()}", book.digest))
    kept = _each_once(rows, findings)
    if findings.rows_in != len(kept) + sum(findings.rejected.values()):
        raise IntakeError("rows were lost while reading; please report it, this is a fault of the kit.")
    origin = Provenance(tuple(sources), METHOD, findings.rows_in, len(kept), dict(findings.rejected))
    return ReadFeedback(_responses(kept, instrument, origin), findings.listed(), dropped)


def _each_once(rows: Sequence[FeedbackRow], findings: Findings) -> list[FeedbackRow]:
    """One row a person and wave: equal entries of two sheets are one, anything else given twice is refused."""
    groups: dict[tuple[str, str], list[FeedbackRow]] = {}
    for one in rows:
        groups.setdefault((one.person, one.wave), []).append(one)
    kept = []
    for those in groups.values():
        sheets = {(one.place.file, one.place.sheet) for one in those}
        same = all(one.cells() == those[0].cells() for one in those)
        if len(those) == 1 or (same and len(sheets) == len(those)):
            kept.append(_with_texts(those))
            rest, reason = those[1:], SECOND
        else:
            rest, reason = those, "row_repeated" if len(sheets) < len(those) else "entries_differ"
        for one in rest:
            findings.reject(one.place.file, one.place.sheet, one.place.cell(1), reason)
    return kept


def _with_texts(those: Sequence[FeedbackRow]) -> FeedbackRow:
    """The first entry; own words are typed in once, so that one left out there is taken from the other."""
    first = those[0]
    for one in those[1:]:
        first.texts = one.texts | first.texts
    return first


def _responses(rows: Sequence[FeedbackRow], instrument: FeedbackInstrument, origin: Provenance) -> Responses:
    import pandas as pd

    ordered = sorted(rows, key=lambda one: (one.person, one.wave))
    answered = {name for one in ordered for name, answer in one.closed.items() if answer}
    columns = list(response_columns(instrument, answered))
    table = pd.DataFrame([one.cells() for one in ordered], columns=columns, dtype=object).fillna("")
    texts = pd.DataFrame(
        [
            (one.person, one.wave, item, one.facts.get("language", ""), text)
            for one in ordered
            for item, text in one.texts.items()
        ],
        columns=list(TEXT_COLUMNS),
        dtype=object,
    )
    return Responses(instrument.name, instrument.about.version, table, texts, origin)


def _tell_columns(
    book: RawBook, table: FeedbackTable, instrument: FeedbackInstrument, findings: Findings
) -> int:
    """Columns left out, by their letters; questions without a column; a file of another questionnaire is refused."""
    sheet = table.sheet.name
    for code, places in (("column_unknown", table.unknown), ("column_repeated", table.repeated)):
        for place in places:
            findings.note(book.file, sheet, letters(place), code)
    for name in (*closed_items(instrument), *slot_items(instrument, table.places)):
        if name not in table.places:
            findings.note(book.file, sheet, name, "item_without_column")
    if _told(table, "instrument") - {instrument.name}:
        raise FeedbackRefusedError(book.file, "other_instrument")
    versions = {f"{one}.0" if one.isdigit() else one for one in _told(table, "version")}
    if versions - {instrument.about.version}:
        findings.note(book.file, sheet, "", "version_differs")
    return len(table.unknown) + len(table.repeated)


def _told(table: FeedbackTable, role: str) -> set[str]:
    """The different contents of the column of a role."""
    place = table.places.get(role, 0)
    return {text_of(line[place]) for line in table.lines().values() if place in line}
