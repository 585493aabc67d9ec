"""Years as they are given on the command line."""

from gettext import gettext as _
from typing import TYPE_CHECKING, Any

import click

from evaluation.cli.language import later

if TYPE_CHECKING:
    from evaluation.strategy.plan import Plan

FIRST, LAST = 2020, 2040


class YearType(click.ParamType[int]):
    """A year of four digits; what was typed instead is not repeated."""

    name = later("YEAR")

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The year as a number."""
        if isinstance(value, int):
            return value
        text = str(value).strip()
        year = int(text) if len(text) == 4 and text.isascii() and text.isdigit() else 0
        if not FIRST <= year <= LAST:
            message = _("give a year of four digits, from {first} to {last}.")
            self.fail(message.format(first=FIRST, last=LAST), param, ctx)
        return year


YEAR = YearType()


def refuse_years_outside(plans: "tuple[Plan, ...]", years: tuple[int, ...], *, option: str) -> None:
    """A year that the plan, or one of several that follow each other, does not cover is a wrong call."""
    start, end = plans[0].window.start.year, plans[-1].window.end.year
    if not all(start <= one <= end for one in years):
        text = _("the plan covers {start} to {end}.").format(start=start, end=end)
        raise click.BadParameter(text, param_hint=option)
