"""Released numbers by name, as text or as the reason why they are not there."""

import html
import re
from collections.abc import Sequence

from evaluation.core.results import Released
from evaluation.core.status import Status
from evaluation.reporting.numbers import format_number
from evaluation.reporting.wording import load_wording
from evaluation.reporting.words import say

_LINKED = re.compile(r'<a class="n"[^>]*>(.*?)</a>')
_MINUS = re.compile(r"(?<![\w–])-(?=\d)")


class Figures:
    """The tables of one session, looked up by result, measure, period and level."""

    def __init__(self, released: Sequence[Released], *, language: str) -> None:
        self.released = {one.id: one for one in released}
        self.language = language
        self._rows = {
            (one.id, str(row["measure"]), str(row["period"]), str(row["level"])): row
            for one in released
            for row in one.table.to_dict("records")
        }

    def status(self, result: str, measure: str, *, period: str = "", level: str = "all") -> str:
        """Why a number is there or not; not_applicable where there is no such row."""
        row = self._rows.get((result, measure, period, level))
        return Status.NOT_APPLICABLE.value if row is None else str(row["status"])

    def has(self, result: str, measure: str, *, period: str = "", level: str = "all") -> bool:
        """True when the number may be read."""
        return self.status(result, measure, period=period, level=level) == Status.OK.value

    def value(
        self, result: str, measure: str, column: str = "estimate", *, period: str = "", level: str = "all"
    ) -> float:
        """A number as released, NaN where there is none."""
        row = self._rows.get((result, measure, period, level))
        return float("nan") if row is None else float(row[column])

    def count(self, result: str, measure: str, *, period: str = "", level: str = "all") -> str:
        """A count, or the reason in a word."""
        status = self.status(result, measure, period=period, level=level)
        if status == Status.OK.value:
            number = self.value(result, measure, period=period, level=level)
            return format_number(number, quantity="count", language=self.language)
        return self.reason(status)

    def share(self, result: str, measure: str, *, period: str, level: str = "all") -> str:
        """A share as its two counts, such as 14 of 25, or the reason in a word."""
        status = self.status(result, measure, period=period, level=level)
        if status != Status.OK.value:
            return self.reason(status)
        parts = {
            name: format_number(
                self.value(result, measure, name, period=period, level=level), quantity="count", language=self.language
            )
            for name in ("numerator", "denominator")
        }  # fmt: skip
        return load_wording().text("table.fraction", language=self.language).format(**parts)

    def percent(self, result: str, measure: str, *, period: str) -> int | None:
        """A share in whole hundredths, for the length of a bar; nothing where it may not be read."""
        value = self.value(result, measure, period=period)
        return None if value != value else round(value * 100)

    def sentence(self, key: str) -> str:
        """A sentence of the wording table with its numbers in bold; the page has no register to link to."""
        shown = say(key, *self.released.values(), language=self.language)
        told = _LINKED.sub(lambda hit: f"<b>{_MINUS.sub('−', hit[1])}</b>", shown.html)
        return told.removeprefix('<p class="said">').removesuffix("</p>")

    def reason(self, status: str) -> str:
        """Why a number is missing, in a word or two."""
        words = load_wording()
        if status == Status.SUPPRESSED.value:
            return words.text("session.hidden", language=self.language)
        if status == Status.NOT_COLLECTED.value:
            return words.text("session.not_noted", language=self.language)
        return "–"


def escaped(text: str) -> str:
    """A text that cannot become markup."""
    return html.escape(text)
