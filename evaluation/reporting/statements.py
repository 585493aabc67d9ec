"""Texts that evaluators wrote, with their numbers filled in from the register of the report.

``{number:<id>}`` or ``{number:<id>|<noun>}`` is a number of the register, ``{exhibit:<id>}`` a table or figure of the
report. Nothing is computed here: a number that the gate hid puts the whole text aside, as in ``say``.
"""

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from evaluation.core.errors import ReportError
from evaluation.core.status import Status
from evaluation.reporting.displays import describe_entry
from evaluation.reporting.numbers import AT_LEAST, PARTIAL, format_number
from evaluation.reporting.register import Entry
from evaluation.reporting.wording import load_wording

Records = Sequence[Mapping[str, Any]]
_PLACE = re.compile(r"\{(number|exhibit):([^{}|]+)(?:\|([^{}]+))?\}")
_FIELDS = tuple(one.name for one in fields(Entry))
_LIMITS = ("ci_low", "ci_high")


def fill_html(text: str, register: Records, *, language: str) -> tuple[str, tuple[Entry, ...]]:
    """The text as HTML, every number a link into the register; line breaks stay. And the entries of its numbers."""
    entries: list[Entry] = []
    pieces, last = [], 0
    for found in _PLACE.finditer(text):
        pieces.append(_escape(text[last : found.start()]))
        last = found.end()
        if found[1] == "exhibit":
            pieces.append(f'<a class="xref" href="#exhibit-{html.escape(found[2], quote=True)}"></a>')
            continue
        entry = find_entry(found[2], register)
        entries.append(entry)
        if entry.status != Status.OK:
            return _escape(_withheld(entry, language)), ()
        tip = html.escape(describe_entry(entry, language=language), quote=True)
        number = html.escape(_number(entry, found[3] or "", language=language))
        pieces.append(f'<a class="n" href="#R-{entry.id}" data-tip="{tip}">{number}</a>')
        last += _second_stop(number, text[last:])
    pieces.append(_escape(text[last:]))
    return "".join(pieces), tuple(entries)


def fill_plain(text: str, register: Records, *, language: str) -> str:
    """The text with its numbers as words, for papers that stand beside the report; an exhibit is told by its id."""
    pieces, last = [], 0
    for found in _PLACE.finditer(text):
        pieces.append(text[last : found.start()])
        last = found.end()
        if found[1] == "exhibit":
            pieces.append(found[2])
            continue
        entry = find_entry(found[2], register)
        if entry.status != Status.OK:
            return _withheld(entry, language)
        number = _number(entry, found[3] or "", language=language)
        pieces.append(number)
        last += _second_stop(number, text[last:])
    return "".join([*pieces, text[last:]])


def find_entry(number: str, register: Records) -> Entry:
    """The entry of an id; the limits of an interval are those of their estimate.

    Raises ``ReportError`` for a number that is not in the register.
    """
    stem, _, column = number.rpartition(".")
    wanted = f"{stem}.estimate" if column in _LIMITS else number
    record = next((one for one in register if one["id"] == wanted), None)
    if record is None:
        raise ReportError(
            f"number {number}: it is not in the register of this report; point the evidence to one that is."
        )
    entry = Entry(**{name: record[name] for name in _FIELDS})
    entry = replace(entry, sources=tuple(record["sources"]))
    return replace(entry, id=number, column=column, value=record[column]) if column in _LIMITS else entry


def _number(entry: Entry, noun: str, *, language: str) -> str:
    if entry.value is None:
        return load_wording().text("status.not_applicable", language=language)
    if entry.column not in ("estimate", *_LIMITS):
        return _part(entry, noun, language=language)
    if entry.quantity in PARTIAL:
        raise ReportError(
            f"number {entry.id}: it is an incomplete sum, which a sentence cannot cite; cite how much was answered."
        )
    quantity = "published" if entry.quantity == "difference" else entry.quantity
    text = format_number(float(entry.value), quantity=quantity, language=language)
    words = load_wording()
    if entry.quantity == AT_LEAST:
        text = words.text("at_least.of", language=language).replace("{value}", text)
    return _counted(text, noun, entry.value, language=language)


def _part(entry: Entry, noun: str, *, language: str) -> str:
    """A part, a whole or an n: a count, whatever the estimate is; the two values of a difference are not."""
    if entry.quantity in ("difference", "proportion_difference") and entry.column != "n":
        raise ReportError(f"number {entry.id}: it is a value behind a difference; cite that value's own row.")
    assert entry.value is not None
    text = format_number(float(entry.value), quantity="count", language=language)
    return _counted(text, noun, entry.value, language=language)


def _counted(text: str, noun: str, value: float, *, language: str) -> str:
    """The number with the noun that it counts, in the form that goes with it."""
    return f"{text} {load_wording().counted(noun, value, language=language)}" if noun else text


def _second_stop(number: str, rest: str) -> int:
    """A unit that ends in a full stop (p.p.) ends the sentence too: how much of the rest falls away."""
    return int(number.endswith(".") and rest.startswith("."))


def _withheld(entry: Entry, language: str) -> str:
    return load_wording().text(f"sentence.{entry.status}", language=language)


def _escape(text: str) -> str:
    return html.escape(text).replace("\n", "<br>")
