"""The request workbook as data, shared by its writer and its reader: sheets, columns, keys, words of the lists."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from pydantic import Field, RootModel, model_validator

from evaluation.core.yamlfile import read_yaml
from evaluation.strategy.plan import Indicator, Kind
from evaluation.strategy.words import Definition, Text, load_as

HERE = Path(__file__).resolve().parent
KIT_SHEET = "_kit"
KEY_FIELD = "_key"
FORMAT = "snitp-request"
TITLE_ROW, NOTE_ROW, FIELDS_ROW, HEAD_ROW, FIRST_ROW = 1, 2, 3, 4, 5
"""Rows of a table, from 0; row 0 holds the banner of invented data. The row of fields is not shown."""
COUNTY_HEAD = 4
"""Head rows of the county sheet: measure, indicator, period, part."""
NUMBER_PARTS = ("value", "numerator", "denominator")
SHARED = (Kind.PROPORTION, Kind.RATIO)


class Column(Definition):
    """One column: its field, which never changes meaning, what is printed above it, whether it is filled in."""

    field: str
    heading: str
    width: float
    input: bool = False


class Sheet(Definition):
    """One sheet; ``id`` is how the code calls it."""

    id: str
    name: str = Field(max_length=31)
    title: str
    note: str
    columns: tuple[Column, ...] = ()

    @property
    def fields(self) -> dict[str, int]:
        """Place of each field, from 0."""
        return {column.field: place for place, column in enumerate(self.columns)}


class Hint(Definition):
    """What is shown beside a cell; the spreadsheet program cuts longer texts."""

    title: str = Field(max_length=32)
    message: str = Field(max_length=255)


class Layout(Definition):
    """The words and places of the workbook."""

    version: str
    open_rows: int
    banner: str
    contact: Text
    sheets: tuple[Sheet, ...]
    parts: Mapping[str, str]
    county_width: float
    stages: Mapping[str, str]
    measure_stages: Mapping[str, str]
    reasons: Mapping[str, str]
    not_applicable: str
    not_available: str
    qualified: Mapping[str, str]
    periods: Mapping[str, str]
    months: tuple[str, ...] = Field(min_length=12, max_length=12)
    total: str
    open_category: str
    by_evaluators: str
    definitions: Mapping[Kind, str]
    numerator: str
    denominator: str
    denominator_only: str
    ambiguous: str
    undefined: str
    ambiguous_text: str
    hints: Mapping[str, Hint]
    footer: str
    print_page: str

    def sheet(self, sheet_id: str) -> Sheet:
        """The sheet of an id."""
        return next(one for one in self.sheets if one.id == sheet_id)

    @property
    def reason_list(self) -> tuple[str, ...]:
        """The choices for a value that is not there."""
        return (self.not_applicable, *self.reasons.values())

    @model_validator(mode="after")
    def _lists_fit(self) -> "Layout":
        lists = (self.stages.values(), self.measure_stages.values(), self.reason_list)
        if any(len(",".join(one)) > 255 or any("," in word for word in one) for one in lists):
            raise ValueError("a drop-down holds at most 255 characters and no comma in its words")
        return self


class Forms(RootModel[Mapping[str, Mapping[str, str]]]):
    """A counted noun: its forms for one, few and other, by language."""


class Section(Definition):
    """A heading and its paragraphs."""

    heading: Text
    paragraphs: tuple[Text, ...]


class LegendEntry(Definition):
    """A cell format and what it means."""

    style: str
    text: Text


class Legend(Definition):
    """The colours of the workbook in words."""

    heading: Text
    entries: tuple[LegendEntry, ...]


class Index(Definition):
    """The list of indicators in English."""

    heading: Text
    columns: tuple[Column, ...]


class Front(Definition):
    """What the workbook says to the person who fills it in."""

    title: Text
    subtitle: Text
    purpose: Text
    sections: tuple[Section, ...]
    legend: Legend
    counted: Mapping[str, Forms]
    index: Index


class Key(NamedTuple):
    """The parts of a key of ``strategy.asked``; an open breakdown has a group and no level yet."""

    indicator: str
    period: str
    institution: str
    county: str = ""
    group: str = ""
    level: str = ""

    def __str__(self) -> str:
        part = f"{self.group}={self.level}" if self.group else ""
        return "|".join((self.indicator, self.period, self.institution, self.county, part))


@cache
def load_layout() -> Layout:
    """The layout in force."""
    return load_as(Layout, read_yaml(HERE / "request_layout.yaml"), file="request_layout.yaml")


@cache
def load_front() -> Front:
    """The instructions in force."""
    return load_as(Front, read_yaml(HERE / "request_front.yaml"), file="request_front.yaml")


def split_key(text: str) -> Key | None:
    """The parts of a key; nothing when the text is no key.

    >>> split_key("IND-1.1.1-1|2025|ANITP||environment=rural")[4:]
    ('environment', 'rural')
    >>> split_key("12 500") is None
    True
    """
    parts = text.split("|", 4)
    if len(parts) != 5 or not all(parts[:3]):
        return None
    group, _, level = parts[4].partition("=")
    return Key(parts[0], parts[1], parts[2], parts[3], group, level)


def column_key(key: str, part: str) -> str:
    """The key of a column of the county sheet: the total's key and the part of the figure."""
    return f"{key}#{part}"


def split_column_key(text: str) -> tuple[Key, str] | None:
    """The total's key and the part; nothing when the text is no column key."""
    total, mark, part = text.rpartition("#")
    key = split_key(total)
    return (key, part) if mark and key is not None and part in NUMBER_PARTS else None


def parts_of(card: Indicator) -> tuple[str, ...]:
    """The numbers that a card asks for: shares and ratios also ask for their two parts."""
    return NUMBER_PARTS if card.type in SHARED else NUMBER_PARTS[:1]
