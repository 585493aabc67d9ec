"""What adds up to what beyond the margins that group and level already say."""

from dataclasses import dataclass
from typing import Literal


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
