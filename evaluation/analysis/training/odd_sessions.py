"""Sessions that stand out: answers taught, copied from a neighbour, the same form twice, or nothing left to learn."""

from typing import TYPE_CHECKING

import numpy as np

from evaluation.analysis.training.scores import Scored
from evaluation.analysis.training.session import paired

if TYPE_CHECKING:
    import pandas as pd

OUTLYING, NEAR_TOP, FEWEST_SESSIONS = 3.5, 0.9, 8
"""Robust deviations and mean score of an outlying session; sessions that an audience must have to tell one."""
SAME_WRONG, SAME_SHEETS, SAME_SHARE = 3, 4, 0.25
"""Wrong answers that two equal sheets must share; sheets of a session, and share of it, that must be such."""
FEWEST_SHEETS, SAME_FORM = 8, 0.5
"""Sheets or pairs that a session must have to be judged alone; share of pairs with one form both times."""
Odd = tuple[str, str, float, int]
"""A session, what is odd about it, the size of it and the sheets or pairs looked at."""


def find_odd_sessions(scored: Scored, table: "pd.DataFrame") -> list[Odd]:
    """Sessions with something odd, in the order of their codes; ``table`` has the letters behind the scores.

    ``outlying_session``: where an audience has eight sessions, the mean score after lies more than 3.5 robust
    deviations (median, 1.4826 MAD) above the audience's and is at least 0.9, and it was not so before; the size
    is that mean.
    ``ceiling_session``: eight sheets or more before, with a mean score of 0.9 or more; the size is that mean.
    ``copied_sheets``: on one occasion at least four sheets, and a quarter of those of the session, have another
    sheet of the same form with the same letter everywhere, three or more of them wrong; the size is the share.
    ``same_form``: of eight linked pairs or more, over half have the same form before and after; the size is the share.

    References
    ----------
    Iglewicz and Hoaglin (1993), How to Detect and Handle Outliers (3.5 robust deviations); Bellezza and Bellezza
    (1989), Teaching of Psychology 16, 151-155 (equal wrong answers as the sign of copying).
    """
    known = _at_ceiling(scored)
    taught = [one for one in _outlying(scored) if one[0] not in {session for session, *_ in known}]
    return sorted([*taught, *known, *_copied(scored, table), *_same_form(scored)])


def _outlying(scored: Scored) -> list[Odd]:
    means, sizes = _means(scored, "post")
    if len(means) < FEWEST_SESSIONS:
        return []
    middle = float(means.median())
    spread = 1.4826 * float((means - middle).abs().median())
    odd = means[(means > middle + OUTLYING * spread) & (means >= NEAR_TOP)]
    return [(str(name), "outlying_session", float(mean), int(sizes[name])) for name, mean in odd.items()]


def _at_ceiling(scored: Scored) -> list[Odd]:
    means, sizes = _means(scored, "pre")
    odd = means[(means >= NEAR_TOP) & (sizes >= FEWEST_SHEETS)]
    return [(str(name), "ceiling_session", float(mean), int(sizes[name])) for name, mean in odd.items()]


def _means(scored: Scored, occasion: str) -> tuple["pd.Series[float]", "pd.Series[int]"]:
    """Mean score and number of sheets of each session on one occasion."""
    mine = scored.people[scored.people["occasion"] == occasion].groupby("session")["score"]
    return mine.mean(), mine.size()


def _copied(scored: Scored, table: "pd.DataFrame") -> list[Odd]:
    people = scored.people[["session", "occasion", "form"]].copy()
    letters = table.loc[people.index, list(scored.items.columns)]
    people["sheet_of_letters"] = letters.fillna("").agg("|".join, axis=1)
    wrong = np.nansum(scored.items.to_numpy(dtype=float) == 0, axis=1)
    alike = people.groupby(list(people.columns))["session"].transform("size") >= 2
    people["copied"] = alike & (wrong >= SAME_WRONG)
    found: dict[str, tuple[float, int]] = {}
    for (session, _), one in people.groupby(["session", "occasion"])["copied"]:
        if one.sum() >= SAME_SHEETS and one.mean() >= SAME_SHARE:
            found[str(session)] = max(found.get(str(session), (0.0, 0)), (float(one.mean()), len(one)))
    return [(session, "copied_sheets", share, n) for session, (share, n) in found.items()]


def _same_form(scored: Scored) -> list[Odd]:
    pairs, people = paired(scored), scored.people
    before, after = people.loc[pairs["row_pre"]], people.loc[pairs["row_post"]]
    same = before.assign(same=before["form"].to_numpy() == after["form"].to_numpy()).groupby("session")[
        "same"
    ]
    shares, sizes = same.mean(), same.size()
    odd = shares[(shares > SAME_FORM) & (sizes >= FEWEST_SHEETS)]
    return [(str(name), "same_form", float(share), int(sizes[name])) for name, share in odd.items()]
