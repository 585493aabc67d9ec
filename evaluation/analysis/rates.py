"""Counts, rates, rate ratios and proportions with exact or Wilson intervals, each computed twice."""

import math
from dataclasses import dataclass

from evaluation.analysis.limits import clopper_pearson_limits, poisson_limits, wilson_limits
from evaluation.core.errors import AnalysisError
from evaluation.core.status import Status

MINIMUM_EVENTS = 10
MINIMUM_DENOMINATOR = 10

Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Labels:
    """The words that identify a row of a result."""

    measure: str
    period: str = ""
    group: str = ""
    level: str = ""
    note: str = ""

    def row(self, *, quantity: str, method: str) -> Row:
        """The text columns of a row; ``note`` (a population edition, say) follows the method."""
        said = f"{method}; {self.note}" if self.note else method
        return {
            "measure": self.measure,
            "quantity": quantity,
            "period": self.period,
            "group": self.group,
            "level": self.level,
            "method": said,
        }


def count_row(events: int, labels: Labels, *, ci_level: float = 0.95) -> Row:
    """Row of a count with its exact Poisson interval.

    A count has no minimum: the interval is exact at every size. At 0 the lower limit is 0 and the upper is
    the one-sided limit at (1 + ci_level) / 2.

    References
    ----------
    Garwood (1936), Biometrika 28, 437-442.

    >>> row = count_row(10, Labels("victims_identified"))
    >>> round(row["ci_low"], 3), round(row["ci_high"], 3)
    (4.795, 18.39)
    """
    limits = poisson_limits(events, ci_level=ci_level)
    return {
        **labels.row(quantity="count", method=_poisson_method(events)),
        "n": events,
        "numerator": events,
        "estimate": float(events),
        "ci_low": limits.low,
        "ci_high": limits.high,
        "ci_level": ci_level,
    }


def rate_row(
    events: int,
    person_years: float,
    labels: Labels,
    *,
    per: float = 100_000,
    ci_level: float = 0.95,
    minimum_events: int = MINIMUM_EVENTS,
) -> Row:
    """Row of a rate: events / person_years * per, with the Garwood limits of the count scaled alike.

    From 1 to ``minimum_events`` - 1 events the row says too_few: the relative standard error is a third or more. No event
    at all is an answer of its own, 0 with a one-sided upper limit.

    References
    ----------
    Ulm (1990), American Journal of Epidemiology 131, 373-375. Minimum: NCHS Data Presentation Standards for
    Rates and Counts (2023).
    """
    _check_exposure(person_years)
    limits = poisson_limits(events, ci_level=ci_level)
    row: Row = {
        **labels.row(quantity=f"rate_per_{per:.0f}", method=_poisson_method(events)),
        "n": events,
        "numerator": events,
        "denominator": person_years,
    }
    if 0 < events < minimum_events:
        return {**row, "status": Status.TOO_FEW.value}
    scale = per / person_years
    return {
        **row,
        "estimate": events * scale,
        "ci_low": limits.low * scale,
        "ci_high": limits.high * scale,
        "ci_level": ci_level,
    }


def rate_ratio_row(
    later: tuple[int, float],
    earlier: tuple[int, float],
    labels: Labels,
    *,
    ci_level: float = 0.95,
    minimum_events: int = MINIMUM_EVENTS,
) -> Row:
    """Row of the ratio of two rates, later over earlier; each is (events, person-years).

    Given the sum of events, the later count is binomial with p = R T1 / (R T1 + T0); the Clopper-Pearson
    limits of p are turned back into limits of the ratio R = p T0 / ((1 - p) T1). Fewer than
    ``minimum_events`` events in all, or none in the earlier period, gives too_few. ``numerator`` and
    ``denominator`` are the two rates per person-year.

    References
    ----------
    Przyborowski and Wilenski (1940), Biometrika 31, 313-323; Clopper and Pearson (1934), Biometrika 26, 404-413.
    """
    (events, years), (events_0, years_0) = later, earlier
    for exposure in (years, years_0):
        _check_exposure(exposure)
    row: Row = {
        **labels.row(quantity="rate_ratio", method="exact_conditional"),
        "n": events + events_0,
        "numerator": events / years,
        "denominator": events_0 / years_0,
    }
    if events_0 == 0 or events + events_0 < minimum_events:
        return {**row, "status": Status.TOO_FEW.value}
    share = clopper_pearson_limits(events, events + events_0, ci_level=ci_level)
    odds = [p / (1 - p) * years_0 / years if p < 1 else math.inf for p in (share.low, share.high)]
    return {
        **row,
        "estimate": (events / years) / (events_0 / years_0),
        "ci_low": odds[0],
        "ci_high": odds[1],
        "ci_level": ci_level,
    }


def proportion_row(
    numerator: int,
    denominator: int,
    labels: Labels,
    *,
    ci_level: float = 0.95,
    minimum_denominator: int = MINIMUM_DENOMINATOR,
) -> Row:
    """Row of a proportion with Wilson's interval; too_few under ``minimum_denominator`` units.

    References
    ----------
    Wilson (1927), JASA 22, 209-212.
    """
    row: Row = {
        **labels.row(quantity="proportion", method="wilson"),
        "n": denominator,
        "numerator": numerator,
        "denominator": denominator,
    }
    if denominator < minimum_denominator:
        return {**row, "status": Status.TOO_FEW.value}
    limits = wilson_limits(numerator, denominator, ci_level=ci_level)
    return {
        **row,
        "estimate": numerator / denominator,
        "ci_low": limits.low,
        "ci_high": limits.high,
        "ci_level": ci_level,
    }


def _poisson_method(events: int) -> str:
    return "poisson_garwood" if events else "poisson_garwood, one-sided upper"


def _check_exposure(person_years: float) -> None:
    if not (math.isfinite(person_years) and person_years > 0):
        raise AnalysisError("person-years: not above zero; give the sum of the yearly populations.")
