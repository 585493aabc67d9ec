"""One domain's scores as a panel: people with a score at inclusion by waves, what was seen and what was expected."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from evaluation.analysis.feedback.scores import EXIT, FACTS, INCLUSION, DomainScores

Numbers = npt.NDArray[np.float64]
Marks = npt.NDArray[np.bool_]
MONTHS = 6.0
"""Change is given per this many months."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Panel:
    """Rows are people with a score at inclusion, columns the waves in order, inclusion first.

    ``scores`` is NaN where unseen. ``time`` is in units of six months: the person's own where seen, the wave's usual
    one (median of those seen) elsewhere. ``expected``: every scheduled wave before the person's exit; the exit wave
    itself wherever it is seen in anybody, since nothing says who is still to leave. ``facts`` has a column a fact.
    """

    waves: tuple[str, ...]
    scores: Numbers
    time: Numbers
    expected: Marks
    facts: dict[str, npt.NDArray[np.str_]]

    def __repr__(self) -> str:
        return f"Panel({len(self.scores)} people, not shown)"

    @property
    def seen(self) -> Marks:
        """Where there is a score."""
        return ~np.isnan(self.scores)

    @property
    def unbroken(self) -> Marks:
        """Seen, with every expected wave before seen as well."""
        return self.seen & ~np.maximum.accumulate(self.expected & ~self.seen, axis=1)

    @property
    def missed(self) -> Numbers:
        """How many scheduled waves in a row were expected and not seen, up to and with each; 0 where seen."""
        found = np.zeros(self.scores.shape)
        for place in range(1, len(self.waves)):
            lost = self.expected[:, place] & ~self.seen[:, place] & (self.waves[place] != EXIT)
            carried = np.where(self.seen[:, place], 0.0, found[:, place - 1])
            found[:, place] = carried + lost
        return found


def build_panel(scores: DomainScores, domain: str) -> Panel:
    """The panel of a domain; people without a score of it at inclusion are not in it, nor waves that nobody answered."""
    known = scores.table[scores.table[domain].notna()]
    start = known[known["wave"] == INCLUSION].set_index("person").sort_index()
    known = known[known["person"].isin(start.index)]
    there = set(known["wave"])
    waves = tuple(one for one in scores.waves if one in there)
    wide = known.pivot(index="person", columns="wave", values=domain).reindex(
        index=start.index, columns=list(waves)
    )
    months = known.pivot(index="person", columns="wave", values="months").reindex(
        index=start.index, columns=list(waves)
    )
    time = months.astype(float).fillna(months.astype(float).median()).to_numpy(dtype=float) / MONTHS
    values = wide.to_numpy(dtype=float)
    left = time[:, waves.index(EXIT)] if EXIT in waves else np.full(len(values), np.inf)
    if EXIT in waves:
        left = np.where(np.isnan(values[:, waves.index(EXIT)]), np.inf, left)
    expected = (time < left[:, None]) | ~np.isnan(values)
    expected |= np.array([one == EXIT for one in waves])
    facts = {name: start[name].fillna("").to_numpy(dtype=str) for name in FACTS}
    return Panel(waves, values, time, expected, facts)
