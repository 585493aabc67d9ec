"""The columns of an export: which question each holds, in either language, by code or by text; all others are left out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from evaluation.core.yamlfile import read_yaml
from evaluation.instruments.answer_layout import load_answer_layout
from evaluation.instruments.limesurvey import question_code
from evaluation.instruments.model import Instrument
from evaluation.instruments.screen import load_screen_words
from evaluation.intake.training.matching import heading_variants, plain
from evaluation.strategy.words import Definition, load_as

COLUMNS_FILE = Path(__file__).with_suffix(".yaml")
ITEM, TECHNICAL, UNKNOWN = "item", "technical", "unknown"


class ColumnWords(Definition):
    """Headings and words that are the same for every instrument."""

    roles: Mapping[str, tuple[str, ...]]
    technical: Mapping[str, tuple[str, ...]]
    unique: tuple[str, ...]
    marks: Mapping[str, tuple[str, ...]]
    occasions: Mapping[str, tuple[str, ...]]
    blanks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One column by its place from 1; ``role`` is item, occasion, form, session, sheet, instrument, version,
    technical or unknown. A text that stands on both forms over different items names both in ``items``."""

    place: int
    role: str
    items: tuple[str, ...] = ()
    is_unique: bool = False


@cache
def load_column_words() -> ColumnWords:
    """The words in force."""
    return load_as(ColumnWords, read_yaml(COLUMNS_FILE), file=COLUMNS_FILE.name)


class Headings:
    """Every heading under which a column of an instrument may arrive."""

    def __init__(self, instrument: Instrument) -> None:
        self.instrument = instrument
        self.items: dict[str, tuple[str, ...]] = {}
        for item in instrument.items:
            for told in (item.name, question_code(item.name), item.label.ro, item.label.en):
                key = plain(told)
                self.items[key] = tuple(dict.fromkeys((*self.items.get(key, ()), item.name)))
        self.roles = _role_headings()

    def column(self, place: int, heading: str) -> Column:
        """What a column holds, by its heading; the question comes first, then what programs add."""
        variants = heading_variants(heading)
        for told in variants:
            if told in self.items:
                return Column(place, ITEM, self.items[told])
        whole = plain(heading)
        unique = whole in load_column_words().unique
        if unique or whole in _technical():
            return Column(place, TECHNICAL, is_unique=unique)
        role = next((self.roles[told] for told in variants if told in self.roles), "")
        if role:
            return Column(place, role)
        return Column(place, TECHNICAL if set(variants) & _technical() else UNKNOWN)

    def columns(self, headings: Mapping[int, str]) -> tuple[Column, ...]:
        """The columns of a row of headings."""
        return tuple(self.column(place, text) for place, text in sorted(headings.items()))


def own_items(columns: Sequence[Column], instrument: Instrument) -> int:
    """How many questions of the instrument itself, not of the common core, the columns hold."""
    own = {one.name for one in instrument.items if one.kind.value in ("closed", "open")} - set(
        instrument.anchors
    )
    return len(own & {name for column in columns for name in column.items})


def program_of(headings: Sequence[str]) -> str:
    """Which program wrote an export: kobo, google, limesurvey, or plain for any other table.

    >>> program_of(["_uuid", "teach_a1"]), program_of(["Marcaj de timp"]), program_of(["teach_a1"])
    ('kobo', 'google', 'plain')
    """
    told = {plain(one) for one in headings}
    marks = load_column_words().marks
    return next((name for name, those in marks.items() if told & set(those)), "plain")


def read_occasion(text: str) -> str:
    """``pre`` or ``post`` for a word of either language; empty for any other.

    >>> read_occasion("Înainte de sesiune"), read_occasion("After the session"), read_occasion("marți")
    ('pre', 'post', '')
    """
    return _occasions().get(plain(text), "")


def read_form(text: str) -> str:
    """``A`` or ``B``; empty for anything else.

    >>> read_form("formularul B"), read_form("a"), read_form("C")
    ('B', 'A', '')
    """
    last = plain(text).split()[-1:]
    return last[0].upper() if last and last[0] in ("a", "b") else ""


def is_blank(text: str) -> bool:
    """True for a sign or word that stands for no answer."""
    return plain(text) in load_column_words().blanks


@cache
def _role_headings() -> dict[str, str]:
    """Headings of the columns about the sheet: our own in both languages, then the usual ones."""
    words, layout = load_screen_words(), load_answer_layout()
    found = {plain(told): role for role, those in load_column_words().roles.items() for told in those}
    found |= {plain(told): "occasion" for told in (words.occasion.ro, words.occasion.en)}
    found |= {plain(told): "session" for told in (words.session.ro, words.session.en)}
    for one in layout.columns:
        found |= {plain(told): one.field for told in (one.heading.ro, one.heading.en)}
    return found


@cache
def _technical() -> frozenset[str]:
    return frozenset(told for those in load_column_words().technical.values() for told in those)


@cache
def _occasions() -> dict[str, str]:
    found = {told: code for code, those in load_column_words().occasions.items() for told in those}
    for source in (load_screen_words().occasions, load_answer_layout().lists["occasion"]):
        found |= {plain(told): code for code, text in source.items() for told in (text.ro, text.en)}
    return found
