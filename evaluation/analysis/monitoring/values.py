"""Values of a year for the whole country: sums and ratios of sums, complete or said to be incomplete."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evaluation.analysis.monitoring._annual import annual_cells, cell_places, missing_reasons
from evaluation.analysis.monitoring._estimates import CI_LEVEL, Cell, Made, estimate, median_row, number
from evaluation.analysis.monitoring._intervals import poisson_columns
from evaluation.analysis.monitoring._rows import Row, Words, card_words, chosen_cards, make_result, term
from evaluation.analysis.monitoring.asking import DELIVERED
from evaluation.analysis.monitoring.definitions import Definitions
from evaluation.core.observations import Observations
from evaluation.core.results import Result
from evaluation.core.status import Status
from evaluation.strategy.periods import read_period
from evaluation.strategy.plan import DefinitionStatus, Indicator, Kind, Measure, Plan, measure_due

if TYPE_CHECKING:
    import pandas as pd

Cards = list[tuple[Measure, Indicator]]


def annual_values(
    plan: Plan,
    observations: Observations,
    *,
    asked: "pd.DataFrame",
    years: tuple[int, ...],
    definitions: Definitions,
    group: str = "",
    objective: str = "",
) -> Result:
    """The national value of every indicator and year, or why there is none.

    Counts and money are added over the periods of the year and over the institutions asked; proportions and
    ratios are the ratio of the sums of their numerators and denominators; durations are weighted by the number
    of cases. Without a national row an institution's counties stand for it when all were given.

    The national value is given only when every institution asked answered for every period. Otherwise a count
    has the quantity ``partial_count`` (money: ``partial_money``), the sum of what came, which is never shown
    as the value of the country; any other kind is ``not_collected``. "Not
    applicable" is an answer that adds nothing. The texts ``answered`` and ``asked`` say how many cells
    (institution and period) came. A value given as a limit ("under 5") makes a ``count_at_least``: the estimate
    is the least sum possible, and the interval runs from the least to the greatest.

    Intervals: Garwood for counts and for the numerator of ratios, Wilson for proportions of units; shares of
    money, sums of money and durations have none. Several institutions reporting money add a row
    ``<indicator>_median`` with the order-statistic interval of the median of their amounts.
    An indicator without a definition is ``undefined`` whatever was reported. With ``group`` (a breakdown or
    ``county``) every level follows its total.

    The sum over institutions supposes that each reports its own part; where several report the same joint
    activity it counts twice. The plan does not say which is meant, and ``plausibility`` asks about equal figures.
    """
    cards = [pair for pair in chosen_cards(plan, objective) if pair[1].type.value not in DELIVERED]
    wanted = {card.id for _measure, card in cards}
    table = observations.table
    table = table[table["year"].isin(years) & table["indicator"].isin(wanted)]
    asked = asked[asked["year"].isin(years) & asked["indicator"].isin(wanted)]
    maker = _Maker(plan, definitions, missing_reasons(table), years)
    current = table[table["state"] == "current"]
    rows: list[Row] = []
    texts: list[Words] = []
    used = 0
    for part in dict.fromkeys(("", group)):
        cells, chosen = annual_cells(current, asked, group=part)
        used += int(chosen["observation"].notna().sum())
        for measure, card, row, words in maker.rows(cards, cells, chosen, part=part):
            rows.append({**row, "group": group})
            texts.append(card_words(measure, card) | words)
    _add_limits(rows)
    left = {"not_current": len(table) - len(current), "other_part_or_not_asked": len(current) - used}
    return make_result(
        "monitoring_values", rows, texts, observations, method="annual_sum", rows_in=len(table), excluded=left
    )


@dataclass(frozen=True, slots=True)
class _Maker:
    """What stays the same while the rows of a result are made."""

    plan: Plan
    definitions: Definitions
    reasons: Mapping[tuple[str, int], str]
    years: tuple[int, ...]

    def rows(
        self, cards: Cards, cells: "pd.DataFrame", chosen: "pd.DataFrame", *, part: str
    ) -> Iterator[tuple[Measure, Indicator, Row, Words]]:
        """The rows of all cards and years in the plan's order; a total that was not asked gets its status."""
        places, amounts = cell_places(chosen), _amounts(chosen)
        known: dict[tuple[str, int], list[Cell]] = {}
        for one in cells.to_dict("records"):
            known.setdefault((str(one["indicator"]), int(one["year"])), []).append(
                {str(name): value for name, value in one.items()}
            )
        for measure, card in cards:
            for year in self.years:
                for cell in known.get((card.id, year), [] if part else [{"level": "all"}]):
                    level = str(cell["level"])
                    key = (card.id, str(year), level)
                    for row, reason in self._of_cell(measure, card, year, cell, amounts.get(key, [])):
                        words = _texts(cell, reason, places.get(key, ""), self.definitions)
                        yield measure, card, {**row, "period": str(year), "level": level}, words

    def _of_cell(
        self, measure: Measure, card: Indicator, year: int, cell: Cell, amounts: list[float]
    ) -> list[Made]:
        """The rows of one cell, each with the reason of what is missing; limits of counts come later."""
        row: Row = {"measure": card.id, "quantity": card.type.value}
        if "asked" not in cell:
            status, reason = _when_not_asked(card, measure, self.plan, year)
            return [({**row, "status": status.value}, reason)]
        if card.status is DefinitionStatus.UNDEFINED:
            return [({**row, "status": Status.UNDEFINED.value}, "no_definition")]
        answered, asked = number(cell["answered"]) or 0.0, float(cell["asked"])
        if not number(cell["cells"]):
            if answered and answered >= asked:
                return [({**row, "status": Status.NOT_APPLICABLE.value}, "not_concerned")]
            return [
                ({**row, "status": Status.NOT_COLLECTED.value}, self.reasons.get((card.id, year), "silent"))
            ]
        complete = answered >= asked and bool(cell["whole"])
        why = "" if complete else self.reasons.get((card.id, year), "part_answered")
        money = card.id in self.definitions.money_shares
        made, reason = estimate(card.type, row, cell, complete=complete, money=money)
        found: list[Made] = [(made, reason or why)]
        if card.type is Kind.MONEY and len(amounts) > 1:
            found.append((median_row(card.id, amounts), ""))
        return found


def _when_not_asked(card: Indicator, measure: Measure, plan: Plan, year: int) -> tuple[Status, str]:
    whole = measure_due(measure, window=plan.window)
    places = card.periods or range(1, len(measure.period) + 1)
    own = [one for at in places for one in read_period(measure.period[at - 1], within=plan.window)]
    if any(window.start.year > year for window in own):
        return Status.NOT_DUE, "not_begun"
    goes_on = any(window.end.year >= year for window in whole)
    return Status.NOT_APPLICABLE, "not_asked" if goes_on else "over"


def _amounts(chosen: "pd.DataFrame") -> dict[tuple[str, str, str], list[float]]:
    """The amount of each institution, for the median; a year with a missing period is left out."""
    full = chosen[chosen["complete"] & chosen["value"].notna()]
    if full.empty:
        return {}
    sums = full.groupby(["indicator", "year", "level", "institution"], sort=False)["value"].sum()
    found: dict[tuple[str, str, str], list[float]] = {}
    for key, value in zip(sums.index.tolist(), sums.tolist(), strict=True):
        found.setdefault((str(key[0]), str(int(key[1])), str(key[2])), []).append(float(value))
    return found


def _add_limits(rows: list[Row]) -> None:
    """Garwood's limits for all rows that wait for them, in one step; the working columns go."""
    lows, highs, scales = ([row.pop(name, None) for row in rows] for name in ("_low", "_high", "_scale"))
    low, high = poisson_columns(
        [float("nan") if one is None else float(str(one)) for one in lows],
        [float("nan") if one is None else float(str(one)) for one in highs],
        ci_level=CI_LEVEL,
    )
    for row, below, above, scale in zip(rows, low, high, scales, strict=True):
        if below == below:
            size = float(str(scale or 1))
            row |= {"ci_low": below / size, "ci_high": above / size, "ci_level": CI_LEVEL}


def _texts(cell: Cell, reason: str, place: str, definitions: Definitions) -> Words:
    return {
        **term("reason", reason, definitions.terms),
        "answered": str(int(number(cell.get("answered")) or 0)),
        "asked": str(int(number(cell.get("asked")) or 0)),
        "institutions": str(cell.get("institutions", "")),
        "about": "yes" if cell.get("about") is True else "",
        "source_rows": place,
    }
