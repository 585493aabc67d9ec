"""A reported cell turned into a value, its bounds and what was read into it; dates and periods beside."""

import math
import re
from dataclasses import dataclass, replace

from evaluation.core.language import comma_below
from evaluation.intake.returns.dates import ParsedDate, ParsedPeriod, parse_date, parse_period
from evaluation.intake.returns.marks import CURRENCY, multiple_of, refused_shape, relation_of, without_notes
from evaluation.intake.returns.names import fold
from evaluation.intake.returns.numerals import LARGEST, NUMERAL, SPACES, read_numeral, read_word
from evaluation.intake.returns.raw import CellValue
from evaluation.intake.returns.statuses import read_status
from evaluation.strategy.plan import Kind

__all__ = ["Parsed", "ParsedDate", "ParsedPeriod", "parse_date", "parse_period", "parse_value"]

LONGEST = 200
WHOLE = (Kind.COUNT,)
_KINDS = {"error": "excel_error", "formula": "formula_without_value", "date": "date_for_number"}
_DAYS = {"zi": 1, "zile": 1, "zile calendaristice": 1, "saptamana": 7, "saptamani": 7}
_LEI = {"lei", "leu", "ron"}
_NOT_A_UNIT = {"luni", "luna", "ani", "an", "ore", "ora", "minute", "bani", *_LEI} | {
    *("nu", "fara", "minus", "sau", "ori", "jumatate", "plus", "si", "la", "suta", "mii", "mil", "sute")
}
"""Words that change what a number means, so that it is not read without them."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a cell says.

    ``status`` is reported, not_available, not_applicable, ``empty`` or ``refused``; ``codes`` are keys of
    ``problems.yaml``. ``value`` is None where only bounds are known. ``note`` is text that stood beside the number.
    """

    value: float | None
    lower: float | None = None
    upper: float | None = None
    qualifier: str = "exact"
    status: str = "reported"
    codes: tuple[str, ...] = ()
    note: str = ""


class _RefusalError(Exception):
    def __init__(self, *codes: str) -> None:
        super().__init__(*codes)
        self.codes = codes


def parse_value(raw: CellValue, *, kind: str = "text", number_format: str = "General", unit: Kind) -> Parsed:
    """The figure in a cell: counts and days as they are, money in lei, shares as fractions of 1.

    Absence keeps its reason: an empty cell is ``empty``, "nu este cazul" ``not_applicable``, "nu deținem date"
    and a dash ``not_available``; none of them is 0. What cannot be read in one way only is ``refused``.

    >>> parse_value("<5", unit=Kind.COUNT)
    Parsed(value=None, lower=0.0, upper=4.0, qualifier='less_than', status='reported', codes=(), note='')
    >>> parse_value("12,5%", unit=Kind.PROPORTION).value
    0.125
    """
    try:
        if kind in _KINDS:
            raise _RefusalError(_KINDS[kind])
        if kind == "bool" or isinstance(raw, bool):
            raise _RefusalError("boolean_for_number")
        if raw is None or (isinstance(raw, str) and not raw.strip()):
            return Parsed(None, status="empty")
        if isinstance(raw, str):
            return _from_text(raw, unit)
        return _from_number(float(raw), number_format, unit)
    except _RefusalError as refusal:
        return Parsed(None, status="refused", codes=refusal.codes)


def _from_number(number: float, number_format: str, unit: Kind) -> Parsed:
    plain = re.sub(r"\\(.)", r"\1", number_format)
    percent = "%" in re.sub(r'"[^"]*"', "", plain)
    if not math.isfinite(number) or abs(number) > LARGEST:
        raise _RefusalError("number_unreadable")
    symbols = re.sub(r"\[\$([^\]-]*)[^\]]*\]", r" \1 ", plain.replace('"', " "))
    if unit is Kind.MONEY and CURRENCY.search(symbols):
        raise _RefusalError("foreign_currency")
    if unit is Kind.PROPORTION:
        return _share(number * 100 if percent else number, percent=percent)
    if percent:
        raise _RefusalError("percent_for_number")
    return _checked(Parsed(number), unit)


def _from_text(raw: str, unit: Kind) -> Parsed:
    text = " ".join(comma_below(raw).translate(SPACES).replace("\u2212", "-").split())
    if len(text) > LONGEST:
        raise _RefusalError("number_unreadable")
    if said := read_status(text):
        return Parsed(None, status=said[0], codes=said[1])
    if word := read_word(text):
        return _united(word.number or 0.0, "", unit, codes=word.codes)
    text, note, codes = without_notes(text)
    if CURRENCY.search(note) or multiple_of(note)[0]:
        raise _RefusalError("unit_unexpected")
    relation, text = relation_of(text)
    if code := refused_shape(text):
        raise _RefusalError(code)
    match = re.fullmatch(rf"({NUMERAL}) ?(\+?) ?(\D*)", text)
    if not match:
        raise _RefusalError("number_unreadable")
    if not relation and re.search(r"\b(estim|aprox|circa|cca)", fold(note)):
        relation = "about"
    relation = relation or ("at_least" if match[2] else "")
    after = match[3].strip(" .")
    number, more = _number(match[1].rstrip(".,"), after, unit)
    found = _united(number, after, unit, codes=(*codes, *more), note=note)
    return _related(found, relation, unit)


def _number(text: str, after: str, unit: Kind) -> tuple[float, tuple[str, ...]]:
    multiplied = multiple_of(after)[0] > 0
    numeral = read_numeral(
        text,
        whole=unit in WHOLE and not multiplied,
        largest=100 if unit is Kind.PROPORTION else LARGEST,
        decimals=2 if unit is Kind.MONEY and not multiplied else None,
    )
    if numeral.number is None:
        raise _RefusalError(*numeral.codes)
    return numeral.number, numeral.codes


def _united(number: float, after: str, unit: Kind, *, codes: tuple[str, ...], note: str = "") -> Parsed:
    """The number in the unit's own measure: what follows it is a multiple, a unit, or words kept as note."""
    times, rest = multiple_of(after)
    if times:
        number, codes = round(number * times, 6), (*codes, "multiple_read")
    words = fold(rest).removeprefix("de ")
    percent = rest == "%" or words == "la suta"
    if unit is Kind.PROPORTION:
        if rest and not percent:
            raise _RefusalError("unit_unexpected")
        share = _share(number, percent=percent)
        return replace(share, codes=(*codes, *share.codes), note=note)
    if percent:
        raise _RefusalError("percent_for_number")
    if unit is Kind.DURATION and words in _DAYS:
        number, codes = number * _DAYS[words], (*codes, *(("weeks_read",) if _DAYS[words] > 1 else ()))
    elif rest and not (unit is Kind.MONEY and words in _LEI):
        _check_unit_words(rest, words, unit)
        codes, note = (*codes, "unit_word"), "; ".join(filter(None, (rest, note)))
    return _checked(Parsed(number, codes=codes, note=note), unit)


def _check_unit_words(rest: str, words: str, unit: Kind) -> None:
    if unit is Kind.DURATION:
        raise _RefusalError("duration_unit")
    if unit in (Kind.MONEY, Kind.RATING) or set(words.split()) & _NOT_A_UNIT:
        raise _RefusalError("unit_unexpected")
    if not re.fullmatch(r"[^\W\d_][\w .,/-]{1,60}", rest):
        raise _RefusalError("number_unreadable")


def _share(number: float, *, percent: bool) -> Parsed:
    """A share as a fraction of 1; without the sign, 1 is open and refused, other values are read and listed."""
    if number < 0:
        raise _RefusalError("negative")
    if number > 100:
        raise _RefusalError("share_above_whole")
    if number == 1 and not percent:
        raise _RefusalError("share_one")
    if not percent and 0 < number < 1:
        return Parsed(number, codes=("share_as_fraction",))
    share = float(f"{number / 100:.15g}")
    return Parsed(share, codes=() if percent or number == 0 else ("share_as_percent",))


def _checked(found: Parsed, unit: Kind) -> Parsed:
    number = float(found.value or 0)
    if number < 0:
        raise _RefusalError("negative")
    if number > LARGEST:
        raise _RefusalError("number_unreadable")
    if unit in WHOLE and not number.is_integer():
        raise _RefusalError("count_fraction")
    return found


def _related(found: Parsed, relation: str, unit: Kind) -> Parsed:
    """The bounds that "sub", "peste" and the like state; counts step by one, other units do not."""
    number = float(found.value or 0)
    step = 1 if unit in WHOLE else 0
    if relation in ("below", "at_most"):
        upper = number - (step if relation == "below" else 0)
        if upper < 0:
            raise _RefusalError("number_unreadable")
        return replace(found, value=None, lower=0.0, upper=upper, qualifier="less_than")
    if relation in ("above", "at_least"):
        lower = number + (step if relation == "above" else 0)
        top = 1.0 if unit is Kind.PROPORTION else None
        return replace(found, value=None, lower=lower, upper=top, qualifier="more_than")
    return replace(found, qualifier="about") if relation == "about" else found
