"""What was asked, as one table: the frame against which every answer is counted."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from evaluation.strategy.asked import figures_asked, responsible_institutions
from evaluation.strategy.institutions import Registry
from evaluation.strategy.plan import Kind, Plan
from evaluation.strategy.request import RequestRules

if TYPE_CHECKING:
    import pandas as pd

ASKED_COLUMNS = (
    "indicator",
    "measure",
    "objective",
    "institution",
    "year",
    "period",
    "due",
    "county",
    "group",
    "level",
    "type",
)
DELIVERED = (Kind.DELIVERABLE.value, Kind.TEXT.value)


def asked_table(
    plan: Plan, registry: Registry, rules: RequestRules, *, years: Iterable[int]
) -> "pd.DataFrame":
    """One row for each figure asked of each institution for each year, totals, breakdowns and counties.

    ``due`` is the last day of the period as ISO text; ``objective`` is the specific objective. Who is asked
    what is decided in ``strategy.asked`` alone.
    """
    import pandas as pd

    kinds = {card.id: card.type.value for measure in plan.measures for card in measure.indicators}
    records = [
        (
            one.indicator,
            one.measure,
            one.measure.rsplit(".", 1)[0],
            one.institution,
            one.year,
            one.period,
            one.due.isoformat(),
            one.county,
            one.group,
            one.level,
            kinds[one.indicator],
        )
        for year in years
        for institution in responsible_institutions(plan)
        for one in figures_asked(plan, registry, rules, institution=institution, year=year)
    ]
    return pd.DataFrame(records, columns=list(ASKED_COLUMNS))


def totals_asked(asked: "pd.DataFrame", *, objective: str = "") -> "pd.DataFrame":
    """The rows asked as totals, of one objective where a code is given."""
    chosen = asked[(asked["county"] == "") & (asked["group"] == "")]
    return of_objective(chosen, objective)


def of_objective(table: "pd.DataFrame", objective: str) -> "pd.DataFrame":
    """The rows of a general ("1") or specific ("1.2") objective; no code keeps them all."""
    if not objective:
        return table
    column = table["objective"]
    return table[(column == objective) | column.str.startswith(f"{objective}.")]
