"""Dates and periods as people write them; Romania writes the day first."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from evaluation.core.language import comma_below
from evaluation.intake.returns.names import fold
from evaluation.intake.returns.numerals import SPACES
from evaluation.intake.returns.raw import CellValue
from evaluation.intake.returns.statuses import read_status
from evaluation.strategy.asked import window_label
from evaluation.strategy.periods import Window

EARLIEST, LATEST = 2015, 2040
_SERIAL_ZERO = date(1899, 12, 30)
_MONTHS = {
    name: month
    for month, names in enumerate(
        (
            "ian ianuarie",
            "feb febr februarie",
            "mar mart martie",
            "apr aprilie",
            "mai",
            "iun iunie",
            "iul iulie",
            "aug august",
            "sep sept septembrie",
            "oct octombrie",
            "nov noi noiembrie",
            "dec decembrie",
        ),
        start=1,
    )
    for name in names.split()
}
_ROMAN = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "v": 5,
    "vi": 6,
    "vii": 7,
    "viii": 8,
    "ix": 9,
    "x": 10,
    "xi": 11,
    "xii": 12,
}
_PART = re.compile(
    r"(?P<kind>s|sem|semestrul|semestru|q|t|tr|trim|trimestrul|trimestru) ?(?P<part>iv|iii|ii|i|[1-4])( al anului| anul)?( (?P<year>20\d\d))?"
    r"|(?P<year_first>20\d\d) (?P<kind_2>s|sem|q|t|trim) ?(?P<part_2>iv|iii|ii|i|[1-4])"
    r"|(?P<part_3>iv|iii|ii|i|[1-4]) (?P<kind_3>semestru|trimestru|sem|trim)( (?P<year_3>20\d\d))?"
)


@dataclass(frozen=True, slots=True)
class ParsedDate:
    """A day as ISO text, or none with a status (reported, not_available, not_applicable, empty, refused)."""

    date: str = ""
    status: str = "reported"
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ParsedPeriod:
    """A label of ``strategy.asked.window_label``, or none with the code that says why."""

    label: str = ""
    codes: tuple[str, ...] = ()


def parse_date(raw: CellValue, *, kind: str = "text", number_format: str = "General") -> ParsedDate:
    """The day in a cell; day first, listed where the month could be first too.

    A month without its day ("martie 2025") is refused, because the day would be invented; so is a date that can
    only be read month first, because its neighbours would then be read wrongly. Absence keeps its reason.

    >>> parse_date("15.03.2025").date, parse_date("03/04/2025")
    ('2025-03-15', ParsedDate(date='2025-04-03', status='reported', codes=('date_day_first',)))
    """
    if kind in ("error", "formula", "bool") or isinstance(raw, bool):
        return _no_date(
            {"error": "excel_error", "formula": "formula_without_value"}.get(kind, "date_unreadable")
        )
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return ParsedDate(status="empty")
    if isinstance(raw, int | float):
        return _from_serial(float(raw))
    text = " ".join(comma_below(raw).translate(SPACES).split())
    if kind == "date" and _is_month_format(number_format):
        return _no_date("date_without_day")
    if said := read_status(text):
        return ParsedDate(status=said[0], codes=said[1])
    return _from_text(text)


def parse_period(
    raw: CellValue, *, kind: str = "text", number_format: str = "General", year: int | None = None
) -> ParsedPeriod:
    """The period in a cell as the label used everywhere; ``year`` is assumed where the text names none, and listed.

    >>> parse_period("sem. I 2025").label, parse_period("ian-iun 2025").label, parse_period("trim. III", year=2025)
    ('2025-S1', '2025-S1', ParsedPeriod(label='2025-Q3', codes=('period_year_assumed',)))
    """
    if isinstance(raw, bool) or raw is None:
        return ParsedPeriod(codes=("period_unreadable",))
    text = str(int(raw)) if isinstance(raw, int | float) and float(raw).is_integer() else str(raw)
    if kind == "date":
        if not _is_month_format(number_format):
            return ParsedPeriod(codes=("period_unreadable",))
        text = f"{text[5:7]} {text[:4]}"
    folded = fold(text)
    if len(folded) > 80:
        return ParsedPeriod(codes=("period_unreadable",))
    for reading in (_years, _days, _part_of_year, _months):
        if found := reading(folded, year):
            return found
    return ParsedPeriod(codes=("period_unreadable",))


def _is_month_format(number_format: str) -> bool:
    plain = re.sub(r"\[[^\]]*\]|\"[^\"]*\"|\\.", "", number_format).lower()
    return "m" in plain and "y" in plain and "d" not in plain


def _from_serial(number: float) -> ParsedDate:
    if number.is_integer() and EARLIEST <= number <= LATEST:
        return _no_date("date_without_day")
    if not 1 <= number < 80_000:
        return _no_date("date_unreadable")
    day = _SERIAL_ZERO + timedelta(days=int(number))
    return _day(day.year, day.month, day.day, ("date_from_serial",))


def _from_text(text: str) -> ParsedDate:
    if match := re.fullmatch(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})([T ]\d{1,2}:\d\d.*)?", text):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := re.fullmatch(
        r"(\d{1,2})([-./ ]{1,2})(\d{1,2}|[IVX]{1,4})([-./ ]{1,2})(\d{4}|\d{2})( ?\d{1,2}:\d\d.*| ?a\.?)?",
        text,
    ):
        month = _ROMAN.get(match[3].lower(), 0) or int(match[3] if match[3].isdigit() else 0)
        return _day_first(int(match[1]), month, match[5], slash="." not in match[2] and match[3].isdigit())
    folded = fold(text)
    match = re.fullmatch(r"(?:data de |la |in |din )*(\d{1,2}) ?([a-z]+) (\d{4}|\d{2})(?: .{0,40})?", folded)
    if match and match[2] in _MONTHS:
        return _day_first(int(match[1]), _MONTHS[match[2]], match[3], slash=False)
    if parse_period(text).label:
        return _no_date("date_without_day")
    return _no_date("date_unreadable")


def _day_first(day: int, month: int, year: str, *, slash: bool) -> ParsedDate:
    if month > 12 and day <= 12:
        return _no_date("date_month_first")
    codes = ("date_day_first",) if slash and day <= 12 and day != month else ()
    if len(year) == 2:
        return _day(2000 + int(year), month, day, (*codes, "date_short_year"))
    return _day(int(year), month, day, codes)


def _day(year: int, month: int, day: int, codes: tuple[str, ...] = ()) -> ParsedDate:
    try:
        found = date(year, month, day)
    except ValueError:
        return _no_date("date_unreadable")
    if not EARLIEST <= found.year <= LATEST:
        return _no_date("date_implausible")
    return ParsedDate(found.isoformat(), codes=codes)


def _no_date(code: str) -> ParsedDate:
    return ParsedDate(status="refused", codes=(code,))


def _years(text: str, _: int | None) -> ParsedPeriod | None:
    match = re.fullmatch(r"(?:anul |anii |in anul |an |perioada )*(20\d\d)(?: (20\d\d))?", text)
    if match and match[1] <= (match[2] or match[1]):
        return _label(date(int(match[1]), 1, 1), date(int(match[2] or match[1]), 12, 31))
    return None


def _days(text: str, _: int | None) -> ParsedPeriod | None:
    match = re.fullmatch(r"(?:perioada )?(\d{1,2}) (\d{1,2}) (20\d\d) (\d{1,2}) (\d{1,2}) (20\d\d)", text)
    if not match:
        return None
    try:
        start = date(int(match[3]), int(match[2]), int(match[1]))
        return _label(start, date(int(match[6]), int(match[5]), int(match[4])))
    except ValueError:
        return None


def _part_of_year(text: str, year: int | None) -> ParsedPeriod | None:
    match = _PART.fullmatch(text)
    if not match:
        return None
    given = match["year"] or match["year_first"] or match["year_3"]
    kind = match["kind"] or match["kind_2"] or match["kind_3"]
    part = match["part"] or match["part_2"] or match["part_3"]
    months = 6 if kind.startswith("s") else 3
    number = _ROMAN.get(part) or int(part)
    if number > 12 // months:
        return ParsedPeriod(codes=("period_unreadable",))
    return _span(given, (number - 1) * months + 1, number * months, year)


def _months(text: str, year: int | None) -> ParsedPeriod | None:
    text = re.sub(r"^(in )?(perioada|lunile|luna|interval\w*) ", "", text)
    if match := re.fullmatch(r"([a-z]+)(?: (?:pana in )?([a-z]+))?(?: (20\d\d))?", text):
        first, last = _MONTHS.get(match[1]), _MONTHS.get(match[2] or match[1])
        return _span(match[3], first, last, year) if first and last and first <= last else None
    if match := re.fullmatch(r"(\d{1,2}) (20\d\d)|(20\d\d) (\d{2})", text):
        month = int(match[1] or match[4])
        return _span(match[2] or match[3], month, month, year) if 1 <= month <= 12 else None
    return None


def _span(given: str | None, first: int, last: int, year: int | None) -> ParsedPeriod:
    of = int(given) if given else year
    if of is None:
        return ParsedPeriod(codes=("period_without_year",))
    found = _label(date(of, first, 1), date(of, last, monthrange(of, last)[1]))
    return found if given or not found.label else ParsedPeriod(found.label, ("period_year_assumed",))


def _label(start: date, end: date) -> ParsedPeriod:
    """The label, only for the spans that labels can tell: years, halves, quarters, months."""
    closed = start.day == 1 and (end + timedelta(days=1)).day == 1
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    if not closed or not (
        months == 1
        or (months in (3, 6) and (start.month - 1) % months == 0)
        or (months > 0 and months % 12 == 0 and start.month == 1)
    ):
        return ParsedPeriod(codes=("period_unusual",))
    return ParsedPeriod(window_label(Window(start, end)))
