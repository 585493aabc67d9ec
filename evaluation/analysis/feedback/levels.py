"""What people say at each wave: mean scores, shares who agree with each sentence, and what depends on who asks."""

from typing import TYPE_CHECKING

import numpy as np

from evaluation.analysis._longitudinal_engines import fit_gee
from evaluation.analysis.feedback._rows import FEWEST, Row, difference_row, mean_row, no_number, share_row
from evaluation.analysis.feedback.scores import INCLUSION, DomainScores
from evaluation.core.results import Result, make_table
from evaluation.core.status import Status

if TYPE_CHECKING:
    import pandas as pd

INDEPENDENT, SERVICE = "independent", "service"


def describe_levels(scores: DomainScores) -> Result:
    """Mean score of each domain at each wave, of people with a score at that wave.

    Student's interval from thirty people on; from ten on the mean alone (method ``description``); fewer: too_few.
    These are not the same people at every wave: no two of the means make a change. Student (1908), Biometrika 6, 1-25.
    """
    rows: list[Row] = []
    for domain in scores.domains:
        for wave in scores.waves:
            values = scores.table.loc[scores.table["wave"] == wave, domain].dropna().to_numpy(dtype=float)
            if len(values):
                row: Row = {"measure": domain, "period": wave, "group": "all", "level": "all"}
                rows.append(mean_row(row, values))
    return Result("feedback_levels", make_table(rows), scores.provenance)


def describe_agreement(scores: DomainScores, *, wave: str = INCLUSION) -> Result:
    """Share of people who answer on the favourable side of the middle (4 or 5 of 5), reversed items turned.

    Of people with an answer on the scale; not applicable, preferred not and left out are in no share. Items of slots
    are not shown one by one. Under thirty people: counts only. Wilson (1927), JASA 22, 209-212.
    """
    rows: list[Row] = []
    chosen = scores.items[scores.table["wave"] == wave]
    for domain, names in scores.domains.items():
        for name in names if domain not in scores.slots else ():
            values = chosen[name].dropna().to_numpy(dtype=float)
            favourable = int((values > (scores.steps[name] + 1) / 2).sum())
            row: Row = {"measure": name, "period": wave, "group": domain, "level": "agree"}
            if len(values):
                rows.append(share_row(row, favourable, len(values)))
    return Result("feedback_agreement", make_table(rows), scores.provenance)


def describe_collectors(scores: DomainScores) -> Result:
    """How much higher scores are when staff of the judged service ask than when an independent interviewer does.

    At inclusion: difference of means, Welch's interval. Over all waves (period ``all``): the coefficient of a GEE with
    the waves as categories, exchangeable within people, robust. Sheets filled in alone are left out of both. It is an
    effect of the interviewer only so far as people were not sent to one or the other by how they fare. Under thirty
    people a side: too_few. Liang and Zeger (1986), Biometrika 73, 13-22.
    """
    rows: list[Row] = []
    asked = scores.table[scores.table["collector"].isin([INDEPENDENT, SERVICE])]
    for domain in scores.domains:
        known = asked[asked[domain].notna()]
        row: Row = {"measure": domain, "group": "collector", "level": "service_less_independent"}
        start = known[known["wave"] == INCLUSION]
        sides = [
            start.loc[start["collector"] == one, domain].to_numpy(float) for one in (SERVICE, INDEPENDENT)
        ]
        rows += [
            difference_row({**row, "period": INCLUSION}, *sides),
            _over_waves({**row, "period": "all"}, known, domain),
        ]
    return Result("feedback_collectors", make_table(rows), scores.provenance)


def _over_waves(row: Row, known: "pd.DataFrame", domain: str) -> Row:
    named = {
        **row,
        "quantity": "mean_difference",
        "n": known["person"].nunique(),
        "method": "gee_exchangeable",
    }
    sides = known.groupby("collector")["person"].nunique()
    if min(sides.get(SERVICE, 0), sides.get(INDEPENDENT, 0)) < FEWEST:
        return no_number(named, Status.TOO_FEW)
    values = known[domain].to_numpy(dtype=float)
    service = (known["collector"] == SERVICE).to_numpy(dtype=float)
    waves = [(known["wave"] == one).to_numpy(dtype=float) for one in sorted(known["wave"].unique())]
    design = np.column_stack([service, *waves])
    people = np.unique(known["person"].to_numpy(dtype=str), return_inverse=True)[1]
    if float(np.ptp(values)) == 0 or np.linalg.matrix_rank(design) < design.shape[1]:
        return no_number(named, Status.UNDEFINED)
    return named | fit_gee(values, design, people).row(0)
