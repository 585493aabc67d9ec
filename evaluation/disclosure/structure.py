"""What adds up to what beyond the margins that group and level already say."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Term:
    """One figure of an equation: a row position, the figure in that row, and its factor.

    ``part`` is ``value`` (the count, or the numerator of a share), ``base`` (its denominator) or ``n``.
    """

    row: int
    factor: int = 1
    part: Literal["value", "base", "n"] = "value"


@dataclass(frozen=True, slots=True)
class Structure:
    """Linear relations among the rows of a result; each equation's terms add to nought.

    ``overlapping`` names the variables whose levels overlap (several answers allowed), so that they do
    not add to their total; ``nested`` says that combinations without a row are impossible by definition.
    ``reported`` says that totals and levels were given separately by institutions: levels that add to less
    than their total leave a rest, a figure of its own; levels that add to more contradict the total and are
    suppressed; a share or statistic without its base is suppressed; combinations may lack.

    >>> Structure(equations=((Term(0), Term(1, -1), Term(2, -1)),)).equations[0][1].factor
    -1
    """

    equations: tuple[tuple[Term, ...], ...] = ()
    overlapping: frozenset[str] = frozenset()
    nested: bool = False
    reported: bool = False


REPORTED = Structure(reported=True)
"""What is known of figures that institutions returned."""


def parts_of_whole(table: "pd.DataFrame", measures: Collection[str]) -> Structure:
    """Shares of these measures, of one period, group and level, are parts that add up to everybody.

    ``table`` is that of a result; without being told, the gate would suppress a small part and print the others.
    """
    keys = ["quantity", "period", "group", "level"]
    shares = table[table["measure"].isin(list(measures))]
    equations = []
    for _, rows in shares.groupby(keys, sort=False):
        places = [int(place) for place in rows.index]
        if len(places) == len(measures) and rows["denominator"].notna().all():
            equations.append((*(Term(place) for place in places), Term(places[0], -1, "base")))
    return Structure(equations=tuple(equations))
