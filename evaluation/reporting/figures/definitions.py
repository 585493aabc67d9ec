"""Figure definitions as data: what is drawn from a released table, under which words."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from evaluation.core.errors import ReportError
from evaluation.core.language import Language, comma_below
from evaluation.core.yamlfile import read_yaml

REPORTING = Path(__file__).resolve().parent.parent
KINDS = (
    *("series", "bars", "intervals", "stacked", "timeline", "progress", "deadlines"),
    *("completeness_map", "county_tiles", "rank_bands", "links", "scatter_ranks", "chain"),
)
MIXED = ("progress", "deadlines", "scatter_ranks")
BELOW = ("value", "interval")
ORDERS = ("given", "largest_first", "smallest_first", "alphabetical")
TOKEN = re.compile(r"\{([^{}|]+)(?:\|([^{}]+))?\}")
_FIELDS = frozenset(
    {
        "kind",
        "caption",
        "alt",
        "data_layout",
        "data_elsewhere",
        "where",
        "x",
        "y",
        "label",
        "series",
        "period",
        "headline",
        "breaks",
    }
    | {"order", "log", "reference", "reference_label", "note", "quantity"}
    | {"state", "split", "split_label", "most", "classes", "below", "due", "done", "across", "up"}
    | {"beside_layout", "beside_series", "within"}
)
_NEEDED = ("kind", "caption", "alt", "data_layout")
_WORDS = ("caption", "alt", "x", "y", "note", "reference_label")
_SPECS = (
    *("label", "series", "period", "breaks"),
    *("state", "split", "split_label", "within", "due", "done", "beside_series"),
)
_SPEC = re.compile(r"(text|code|word):\S+")

Words = dict[str, str]


@dataclass(frozen=True, slots=True)
class Definition:
    """One figure; ``label``, ``series``, ``period`` and ``breaks`` say which field of a row gives which words.

    ``where`` keeps the rows with one of the values of each column; ``headline`` picks, in the same way, the rows
    of the main line of a ``series`` figure. ``split`` makes a picture for each value of a field, which ``{part}``
    in the caption names (or ``split_label``), and several of at most ``most`` rows. ``state`` says which field tells in one word why a row
    has no number or how far it goes. ``classes`` are the lower bounds of the shades of a map, none for quantiles.
    """

    name: str
    kind: str
    caption: Words
    alt: Words
    data_layout: str
    where: dict[str, tuple[str, ...]]
    headline: dict[str, tuple[str, ...]]
    label: str
    series: str
    period: str
    breaks: str
    order: str
    quantity: str
    x: Words | None
    y: Words | None
    note: Words | None
    log: bool
    reference: float | None
    reference_label: Words | None
    state: str = ""
    split: str = ""
    split_label: str = ""
    most: int = 0
    classes: tuple[float, ...] = ()
    below: str = ""
    data_elsewhere: str = ""
    due: str = ""
    done: str = ""
    across: str = ""
    up: str = ""
    beside_layout: str = ""
    beside_series: str = ""
    within: str = ""


@cache
def load_figures(*files: Path) -> dict[str, Definition]:
    """All figure definitions; an unknown field or a text missing in a language is an error that names it.

    Without files those of the report: every ``figures*.yaml``.
    """
    found: dict[str, Definition] = {}
    for file in files or sorted(REPORTING.glob("figures*.yaml")):
        for name, entry in read_yaml(file).items():
            if name in found:
                raise ReportError(f"{file.name}: the figure {name} stands in two files; keep one.")
            found[name] = _read(name, entry, file=file.name)
    return found


def figure_of(name: str) -> Definition:
    """The definition of that name."""
    figures = load_figures()
    if name not in figures:
        raise ReportError(f"figures: no figure named {name}; add one to a figures file for this result.")
    return figures[name]


def _read(name: str, entry: dict[str, Any], *, file: str) -> Definition:
    place = f"{file}: {name}"
    _check(entry, place)
    words = {field: _pair(entry[field], f"{place}, {field}") for field in _WORDS if entry.get(field)}
    return Definition(
        name=name,
        kind=entry["kind"],
        caption=words["caption"],
        alt=words["alt"],
        data_layout=entry["data_layout"],
        where=_filter(entry.get("where")),
        headline=_filter(entry.get("headline")),
        label=entry.get("label") or "code:level",
        series=entry.get("series", ""),
        period=entry.get("period") or "code:period",
        breaks=entry.get("breaks", ""),
        order=entry.get("order") or "given",
        quantity=entry.get("quantity", ""),
        x=words.get("x"),
        y=words.get("y"),
        note=words.get("note"),
        log=entry.get("log") == "yes",
        reference=_number(entry.get("reference"), place=place, field="reference"),
        reference_label=words.get("reference_label"),
        **{field: entry.get(field, "") for field in _SPECS[4:]},
        most=int(_number(entry.get("most", "0"), place=place, field="most") or 0),
        classes=tuple(_number(one, place=place, field="classes") or 0.0 for one in entry.get("classes", ())),
        across=entry.get("across", ""),
        up=entry.get("up", ""),
        beside_layout=entry.get("beside_layout", ""),
        below=entry.get("below", ""),
        data_elsewhere=entry.get("data_elsewhere", ""),
    )


def _check(entry: dict[str, Any], place: str) -> None:
    unknown = sorted(set(entry) - _FIELDS)
    missing = [field for field in _NEEDED if not entry.get(field)]
    if unknown or missing:
        raise ReportError(
            f"{place}: unknown field(s) {', '.join(unknown) or '-'}, missing field(s) {', '.join(missing) or '-'}; "
            "correct the definition."
        )
    for field, choices in (("kind", KINDS), ("order", ORDERS), ("log", ("yes", "no")), ("below", BELOW)):
        if entry.get(field, choices[0]) not in choices:
            raise ReportError(f"{place}: {field} must be one of {', '.join(choices)}.")
    for field in _SPECS:
        if entry.get(field) and not _SPEC.fullmatch(entry[field]):
            raise ReportError(f"{place}: {field} must be text:NAME, code:COLUMN or word:COLUMN.")


def _filter(entry: dict[str, Any] | None) -> dict[str, tuple[str, ...]]:
    return {
        column: tuple(wanted) if isinstance(wanted, list) else (wanted,)
        for column, wanted in (entry or {}).items()
    }


def _number(text: str | None, *, place: str, field: str) -> float | None:
    try:
        return None if text is None else float(text)
    except ValueError:
        raise ReportError(f"{place}: {field} must be a number with a decimal point.") from None


def _pair(entry: object, place: str) -> Words:
    """Both languages, with the same placeholders."""
    if not isinstance(entry, dict):
        raise ReportError(f"{place}: give a text for ro and one for en.")
    for language in Language:
        if not str(entry.get(language.value) or "").strip():
            raise ReportError(f"{place}: no text in {language.value}; write it.")
    if comma_below(entry["ro"]) != entry["ro"]:
        raise ReportError(f"{place}: the Romanian text has cedilla letters; write ș and ț with comma below.")
    asked = [sorted(match[0] for match in TOKEN.finditer(entry[language.value])) for language in Language]
    if asked[0] != asked[1]:
        raise ReportError(f"{place}: the two languages do not ask for the same numbers.")
    return {language.value: " ".join(entry[language.value].split()) for language in Language}
