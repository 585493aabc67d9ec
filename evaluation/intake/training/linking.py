"""Two sheets of one person found by a code without names: tolerant of slips, linked only when nobody else fits.

``link_sheets(sheets, instrument)`` takes a row a sheet with session, sheet, occasion, form and the elements of the code,
and gives the links; a link is made within one session only.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from evaluation.instruments.model import Instrument, ItemKind
from evaluation.intake.training.codes import normalise, pseudonym, training_key

if TYPE_CHECKING:
    import pandas as pd

SLIP = 0.04
"""Chance that an element is written otherwise on one of two sheets; of those slips, half are one character off."""
NEAR = 0.5
RETURNS = 0.8
"""Prior share of people with a sheet on both occasions."""
CERTAIN = 0.995
LEAST_VALUES = 10
"""An element has at least this many possible values; in a small session most of them are not seen."""
STEPS = (0.5, 0.8, 0.9, 0.95, 0.99, 0.995, 0.999)
Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Linked:
    """Links of sheets, and how sure they are; no element of a code is kept.

    ``links`` has a text a sheet, the same on both sheets of a person and empty without a link. ``ambiguous`` counts
    sheets before without a link that fit a sheet after without one, better than having no partner, but not surely
    or not only that one; ``unlinked`` the others without a link. ``false_share`` is the
    mean probability that a link is wrong; ``sweep`` has, for each threshold, the links and the estimated false ones.
    """

    links: "pd.Series[str]"
    linked: int
    ambiguous: int
    unlinked: int
    false_share: float
    sweep: tuple[tuple[float, int, float], ...]

    def __repr__(self) -> str:
        return f"Linked({self.linked} links, {self.ambiguous} ambiguous, {self.unlinked} unlinked)"


def link_sheets(sheets: "pd.DataFrame", instrument: Instrument, *, certain: float = CERTAIN) -> Linked:
    """Links of sheets before with sheets after, session by session, by the elements of the code.

    Each pair of sheets has a likelihood ratio: the product over elements of P(as seen | same person) over P(as seen |
    two people), the latter from how frequent the value is in the file (a rare value says more). An element agrees, is
    one character off, differs, or is missing (ratio 1). The probability of a pair is its ratio over the sum of the
    ratios of all pairs that share one of its sheets, plus the weight of having no partner. A link is made when the two
    sheets are each other's best and the probability is at least ``certain``.

    References
    ----------
    Fellegi and Sunter (1969), JASA 64, 1183-1210; Winkler (1988) on value-specific weights.
    """
    index, sheets = sheets.index, sheets.reset_index(drop=True)
    codes = _codes(sheets, instrument)
    found: list[tuple[int, int, float]] = []
    before = ambiguous = 0
    for _, part in sheets.groupby("session", sort=True):
        pre, post = (part.index[part["occasion"] == one].to_numpy() for one in ("pre", "post"))
        before += len(pre)
        if not len(pre) or not len(post):
            continue
        chance, fits = _probabilities(_ratios(codes, pre, post))
        rows, columns = _mutual_best(chance)
        sure = chance[rows, columns] >= certain
        fits[rows[sure], :] = False
        fits[:, columns[sure]] = False
        ambiguous += int(fits.any(axis=1).sum())
        found += zip(pre[rows], post[columns], chance[rows, columns].tolist(), strict=True)
    kept = [one for one in found if one[2] >= certain]
    names = _names(kept, sheets, codes).set_axis(index)
    sweep = tuple(_at(found, step) for step in STEPS)
    return Linked(names, len(kept), ambiguous, before - len(kept) - ambiguous, _at(found, certain)[2], sweep)


def _names(
    kept: list[tuple[int, int, float]], sheets: "pd.DataFrame", codes: dict[str, npt.NDArray[np.object_]]
) -> "pd.Series[str]":
    """A text for both sheets of each link: the pseudonym of the code before if there is a key, else a running number."""
    import pandas as pd

    names = pd.Series("", index=sheets.index, dtype="str")
    key = training_key()
    for number, (first, second, _) in enumerate(kept, start=1):
        code = (str(sheets.loc[first, "session"]), *(str(values[first]) for values in codes.values()))
        names.loc[[first, second]] = pseudonym(code, key) if key else f"L{number:05d}"
    return names


def _codes(sheets: "pd.DataFrame", instrument: Instrument) -> dict[str, npt.NDArray[np.object_]]:
    return {
        item.name: np.array(
            [normalise(str(one), length=item.length or 1) for one in sheets[item.name]], dtype=object
        )
        for item in instrument.of_kind(ItemKind.PAIRING)
        if item.name in sheets.columns
    }


def _ratios(
    codes: dict[str, npt.NDArray[np.object_]], pre: npt.NDArray[np.int64], post: npt.NDArray[np.int64]
) -> Numbers:
    """Logarithm of the likelihood ratio of every sheet before with every sheet after."""
    total = np.zeros((len(pre), len(post)))
    for values in codes.values():
        known = sorted({one for one in values[np.concatenate([pre, post])] if one})
        if not known:
            continue
        place = {value: number for number, value in enumerate(known)}
        one, other = (np.array([place.get(str(value), -1) for value in values[side]]) for side in (pre, post))
        weights = _weights(known, np.concatenate([one, other]))
        both = (one >= 0)[:, None] & (other >= 0)[None, :]
        total += np.where(both, weights[one[:, None], other[None, :]], 0.0)
    return total


def _weights(known: list[str], seen: npt.NDArray[np.int64]) -> Numbers:
    """Log ratios of every two values: equal, one character apart, or different."""
    from rapidfuzz.distance import Levenshtein
    from rapidfuzz.process import cdist

    counts = np.bincount(seen[seen >= 0], minlength=len(known)) + 0.5
    share = counts / (counts.sum() + 0.5 * max(LEAST_VALUES - len(known), 0))
    apart = np.asarray(cdist(known, known, scorer=Levenshtein.distance))
    near = (apart == 1) & (np.array([len(one) for one in known]) > 1)[:, None]
    slip = 1 - (1 - SLIP) ** 2
    chance_near = max(float(share @ near @ share), 1e-6)
    chance_far = max(1 - chance_near - float((share**2).sum()), 1e-6)
    has_near = bool(near.any())
    weights = np.where(
        near,
        np.log(slip * NEAR / chance_near),
        np.log(slip * (1 - NEAR if has_near else 1) / chance_far),
    )
    np.fill_diagonal(weights, np.log((1 - slip) / share))
    return np.asarray(weights)


def _probabilities(ratios: Numbers) -> tuple[Numbers, npt.NDArray[np.bool_]]:
    """Probability of every pair among all that share one of its sheets and no partner; and whether it beats the latter."""
    top = float(ratios.max())
    weight = np.exp(ratios - top)
    alone = max(ratios.shape) * (1 - RETURNS) / RETURNS * np.exp(-top)
    around = weight.sum(axis=1, keepdims=True) + weight.sum(axis=0, keepdims=True) - weight
    return np.asarray(weight / (around + alone)), np.asarray(weight > alone)


def _mutual_best(chance: Numbers) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Places of the pairs of sheets that are each other's best."""
    best, rows = chance.argmax(axis=1), np.arange(len(chance))
    mutual = (chance.argmax(axis=0)[best] == rows) & (chance[rows, best] > 0)
    return rows[mutual], best[mutual]


def _at(found: list[tuple[int, int, float]], threshold: float) -> tuple[float, int, float]:
    """Links at a threshold and the share of them expected to be false."""
    chosen = [one[2] for one in found if one[2] >= threshold]
    return threshold, len(chosen), float(1 - np.mean(chosen)) if chosen else 0.0
