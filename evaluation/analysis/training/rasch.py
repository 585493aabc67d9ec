"""Are the two forms equally hard: a Rasch model of each, compared by the items that both forms share."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import optimize, stats

from evaluation.analysis.training.scores import Scored
from evaluation.core.errors import AnalysisError
from evaluation.core.provenance import Provenance
from evaluation.core.results import Result, make_table
from evaluation.core.status import Status
from evaluation.instruments.model import Instrument, ItemKind

FEWEST = 200
DISPLACED = 0.5
"""Logits by which an anchor may differ between the forms before it is named."""
Numbers = npt.NDArray[np.float64]
Row = dict[str, object]


@dataclass(frozen=True, slots=True, eq=False)
class Difficulties:
    """Item difficulties in logits that add to 0, and their covariance."""

    values: Numbers
    covariance: Numbers


def compare_forms(scored: Scored, instrument: Instrument, *, provenance: Provenance) -> Result:
    """How much harder form B is than A on the scale that the anchors fix, and each anchor's own displacement.

    Answers before the session, so that training does not shift items. Each form is fitted by itself; B is put on
    A's scale by the mean difference of the anchors. ``form_shift`` is the mean difficulty of B's own items less
    that of A's own (logits); ``displacement`` of an anchor is its difference between forms less the anchors' mean.
    Omitted answers count as not known. Fewer than 200 sheets of a form, or an item that all or none know: too_few.

    References
    ----------
    Rasch (1960), Probabilistic Models; Andersen (1972), JRSS B 34, 42-54 (conditional likelihood); Kolen and
    Brennan (2014), Test Equating, 3rd ed., section 6.3 (mean of common items).
    """
    anchors = list(instrument.anchors)
    fitted, counts, names = {}, {}, {}
    for form in ("A", "B"):
        names[form] = [one.name for one in instrument.of_kind(ItemKind.CLOSED, form)]
        people = (scored.people["form"] == form) & (scored.people["occasion"] == "pre")
        values = scored.items.loc[people, names[form]].fillna(0).to_numpy(dtype=float)
        counts[form] = len(values)
        if len(values) < FEWEST or np.any(values.mean(axis=0) % 1 == 0):
            return _too_few(anchors, counts, provenance)
        fitted[form] = fit_rasch(values)
    weights = {form: _contrast(names[form], anchors) for form in names}
    shift = sum(sign * float(weights[form] @ fitted[form].values) for form, sign in (("B", 1), ("A", -1)))
    variance = sum(float(weights[form] @ fitted[form].covariance @ weights[form]) for form in names)
    base: Row = {"group": "forms", "n": sum(counts.values()), "method": "rasch_cml"}
    rows = [{**base, "measure": "form_shift", "quantity": "logit_difference"} | _number(shift, variance)]
    for anchor in anchors:
        each = {form: _displacement(names[form], anchors, anchor) for form in names}
        apart = sum(sign * float(each[form] @ fitted[form].values) for form, sign in (("B", 1), ("A", -1)))
        spread = sum(float(each[form] @ fitted[form].covariance @ each[form]) for form in names)
        row: Row = {**base, "measure": anchor, "quantity": "logit_difference", "level": "displacement"}
        rows.append(row | _number(apart, spread))
    return Result("training_forms", make_table(rows), provenance)


def fit_rasch(values: Numbers) -> Difficulties:
    """Conditional maximum likelihood of complete 0/1 answers (people, items); difficulties add to 0.

    log L = -sum_i s_i b_i - sum_r n_r log g_r, s_i right answers of item i, n_r people with r right, g_r the
    elementary symmetric function of exp(-b) of order r. People with nothing or everything right tell nothing.
    """
    number = values.shape[1]
    totals = values.sum(axis=1).astype(int)
    kept = values[(totals > 0) & (totals < number)]
    if len(kept) < 2 * number:
        raise AnalysisError("Rasch model: too few people between nothing and everything right.")
    right = kept.sum(axis=0)
    groups = np.bincount(kept.sum(axis=1).astype(int), minlength=number + 1).astype(float)

    def loss(free: Numbers) -> tuple[float, Numbers]:
        easy = np.exp(-_centred(free))
        gamma = symmetric(easy)
        expected = np.zeros(number)
        for item in range(number):
            without = symmetric(np.delete(easy, item))
            expected[item] = float((groups[1:] * easy[item] * without / gamma[1:]).sum())
        slope = right - expected  # derivative of the loss in b
        value = float(right @ _centred(free) + (groups * np.log(gamma)).sum())
        return value, slope[:-1] - slope[-1]

    found = optimize.minimize(loss, np.zeros(number - 1), jac=True, method="BFGS", options={"gtol": 1e-6})
    if np.abs(loss(found.x)[1]).max() > 1e-3:
        raise AnalysisError(
            "Rasch model: no maximum was found; look at the items that nearly all or none know."
        )
    covariance = np.linalg.inv(_hessian(lambda free: loss(free)[1], found.x))
    spread = np.vstack([np.eye(number - 1), -np.ones(number - 1)])
    return Difficulties(_centred(found.x), spread @ covariance @ spread.T)


def symmetric(values: Numbers) -> Numbers:
    """Elementary symmetric functions of order 0 to k.

    >>> symmetric(np.array([1.0, 2.0, 3.0])).tolist()
    [1.0, 6.0, 11.0, 6.0]
    """
    gamma = np.zeros(len(values) + 1)
    gamma[0] = 1.0
    for place, value in enumerate(values, start=1):
        gamma[1 : place + 1] += value * gamma[:place].copy()
    return gamma


def _centred(free: Numbers) -> Numbers:
    return np.append(free, -free.sum())


def _hessian(slope: Callable[[Numbers], Numbers], point: Numbers) -> Numbers:
    step, size = 1e-5, len(point)
    rows = [(slope(point + step * one) - slope(point - step * one)) / (2 * step) for one in np.eye(size)]
    return np.asarray((np.array(rows) + np.array(rows).T) / 2)


def _contrast(names: list[str], anchors: list[str]) -> Numbers:
    """Mean of a form's own items less the mean of its anchors."""
    own = np.array([name not in anchors for name in names])
    return own / own.sum() - ~own / (~own).sum()


def _displacement(names: list[str], anchors: list[str], anchor: str) -> Numbers:
    """One anchor less the mean of all anchors."""
    shared = np.array([name in anchors for name in names])
    return np.array([name == anchor for name in names]).astype(float) - shared / shared.sum()


def _number(estimate: float, variance: float) -> Row:
    half = float(stats.norm.isf(0.025)) * variance**0.5
    return {
        "estimate": estimate,
        "ci_low": estimate - half,
        "ci_high": estimate + half,
        "ci_level": 0.95,
    }


def _too_few(anchors: list[str], counts: dict[str, int], provenance: Provenance) -> Result:
    base: Row = {"group": "forms", "quantity": "logit_difference", "method": "rasch_cml"}
    base |= {"n": sum(counts.values()), "status": Status.TOO_FEW.value}
    rows = [{**base, "measure": "form_shift"}]
    rows += [{**base, "measure": anchor, "level": "displacement"} for anchor in anchors]
    return Result("training_forms", make_table(rows), provenance)
