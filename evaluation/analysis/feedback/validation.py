"""How far the scores can be believed, against written thresholds: met, not met, or not measured."""

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from pydantic import Field, model_validator

from evaluation.analysis._factor_engines import fit_confirmatory
from evaluation.analysis.feedback._rows import Numbers, Row, limits, no_number, share_row
from evaluation.analysis.feedback.retest import KnownGroups, known_groups_row, retest_row
from evaluation.analysis.feedback.scores import (
    EMPTY,
    INCLUSION,
    NOT_ASKED,
    DomainScores,
)
from evaluation.analysis.training.reliability import FEWEST as FEWEST_ALPHA
from evaluation.analysis.training.reliability import cronbach_alpha, feldt_limits, omega_fields
from evaluation.core.errors import AnalysisError
from evaluation.core.results import Result, make_table
from evaluation.core.status import Status
from evaluation.core.yamlfile import read_yaml
from evaluation.instruments.feedback.model import NOT_APPLICABLE, PREFERS_NOT
from evaluation.strategy.words import Definition, Text, load_as

if TYPE_CHECKING:
    import pandas as pd

FILE = Path(__file__).with_name("thresholds.yaml")
FEWEST_FACTOR = 100
WINDOW = (7, 28)
"""Days between two administrations: long enough to forget the answers, short enough for nothing to change."""


class Threshold(Definition):
    """A limit on one quantity, why it stands there, and who set it."""

    quantity: str
    at_least: float | None = None
    at_most: float | None = None
    source: str = Field(min_length=1)
    reason: Text

    @model_validator(mode="after")
    def _one_side(self) -> "Threshold":
        if (self.at_least is None) == (self.at_most is None):
            raise ValueError("a threshold is a least or a most, one of the two")
        return self

    def met(self, value: float) -> bool:
        """Whether a value is on the right side; the limit itself is."""
        return value >= self.at_least if self.at_least is not None else value <= (self.at_most or 0.0)


class Thresholds(Definition):
    """All thresholds, and the words of the verdicts."""

    verdicts: dict[str, Text]
    no_threshold: Text
    thresholds: tuple[Threshold, ...]


@lru_cache(maxsize=1)
def load_thresholds() -> Thresholds:
    """The written thresholds."""
    return load_as(Thresholds, read_yaml(FILE), file=FILE.name)


def validate_scores(
    scores: DomainScores,
    *,
    seed: int,
    retest: "pd.DataFrame | None" = None,
    window: tuple[int, int] = WINDOW,
    known: Sequence[KnownGroups] = (),
) -> Result:
    """Every quantity of every scored domain at inclusion, in all and, where there are several, by language, with its verdict and reason in words.

    Alpha (Feldt's interval) and omega (percentile interval over people drawn again) of people with all items, from
    fifty on; shares at 0 and 100; share of answers preferred not or left out, of those asked and applicable; one-factor
    fit from a hundred people on and four items (with three it always fits, with two it cannot be tested:
    not_applicable). ``retest`` (see ``retest_row``) gives the test-retest ICC, ``known`` the groups expected to differ.
    What could not be had is a row too, not_measured. ``texts`` has verdict, reason and source in both languages.

    References
    ----------
    Feldt (1965), Psychometrika 30, 357-370; Kelley and Pornprasertmanit (2016), Psychological Methods 21, 69-92.
    """
    rows: list[Row] = []
    start = scores.table["wave"] == INCLUSION
    languages = sorted(set(scores.table.loc[start, "language"].fillna("")) - {""})
    for domain in scores.domains:
        for level in ("all", *(languages if len(languages) > 1 else ())):
            chosen = start if level == "all" else start & (scores.table["language"] == level)
            base: Row = {"measure": domain, "period": INCLUSION, "group": "language", "level": level}
            rows += _language_rows(base, scores, domain, chosen, seed=seed)
        base = {"measure": domain, "period": "retest", "group": "all", "level": "all"}
        rows.append(
            no_number({**base, "quantity": "icc", "method": "icc_2_1_agreement"}, Status.NOT_COLLECTED)
            if retest is None
            else retest_row(base, retest, domain, window=window)
        )
        expected = [known_groups_row(scores, one) for one in known if one.domain == domain]
        missing: Row = {**base, "period": INCLUSION, "quantity": "hedges_g", "method": "noncentral_t"}
        rows += expected or [no_number(missing, Status.NOT_COLLECTED)]
    return Result("feedback_validation", make_table(rows), scores.provenance, _words(rows))


def _language_rows(
    base: Row, scores: DomainScores, domain: str, chosen: "pd.Series[bool]", *, seed: int
) -> list[Row]:
    names = list(scores.domains[domain])
    items = scores.items.loc[chosen, names].dropna().to_numpy(dtype=float)
    values = scores.table.loc[chosen, domain].dropna().to_numpy(dtype=float)
    kinds = scores.kinds.loc[chosen & scores.answered, names].to_numpy(dtype=str)
    asked = (kinds != NOT_ASKED) & (kinds != NOT_APPLICABLE)
    missing = np.isin(kinds, [PREFERS_NOT, EMPTY]) & asked
    ends = [("floor", int((values == 0).sum())), ("ceiling", int((values == 100).sum()))]
    return [
        *_reliability(base, items, seed=seed),
        *(share_row(base, count, len(values)) | {"quantity": name} for name, count in ends),
        _missing_rate({**base, "quantity": "missing", "method": "share_of_answers"}, missing, asked),
        *_factor(base, items),
    ]


def _reliability(base: Row, items: Numbers, *, seed: int) -> list[Row]:
    people, number = items.shape
    alpha: Row = {**base, "quantity": "alpha", "n": people, "method": "cronbach_feldt"}
    omega: Row = {**base, "quantity": "omega", "n": people, "method": "one_factor_bootstrap"}
    if people < FEWEST_ALPHA:
        return [no_number(alpha, Status.TOO_FEW), no_number(omega, Status.TOO_FEW)]
    estimate = cronbach_alpha(items)
    if math.isnan(estimate):
        return [no_number(alpha, Status.UNDEFINED), no_number(omega, Status.UNDEFINED)]
    first = alpha | limits(estimate, *feldt_limits(estimate, people=people, items=number))
    if number < 3:
        return [first, no_number(omega, Status.NOT_APPLICABLE)]
    if np.any(items.std(axis=0) == 0):
        return [first, no_number(omega, Status.UNDEFINED)]
    return [first, omega | omega_fields(items, seed=seed)]


def _missing_rate(row: Row, missing: np.ndarray, asked: np.ndarray) -> Row:
    people, number = int(asked.any(axis=1).sum()), int(asked.sum())
    counted = {**row, "n": people, "numerator": int(missing.sum()), "denominator": number}
    if people < FEWEST_ALPHA:
        return no_number(counted, Status.TOO_FEW)
    return {**counted, "estimate": int(missing.sum()) / number}


def _factor(base: Row, items: Numbers) -> list[Row]:
    people, number = items.shape
    rows = {
        name: {**base, "quantity": name, "n": people, "method": "one_factor_ml"}
        for name in ("chi2", "cfi", "rmsea", "srmr")
    }
    if number < 4 or people < FEWEST_FACTOR:
        status = Status.NOT_APPLICABLE if number < 4 else Status.TOO_FEW
        return [no_number(row, status) for row in rows.values()]
    try:
        found = fit_confirmatory(items)
    except AnalysisError:
        found = None
    if found is None or not found.proper:
        return [no_number(row, Status.UNDEFINED) for row in rows.values()]
    rows["chi2"] |= {"estimate": found.chi2, "denominator": found.degrees, "p_value": found.p_value}
    rows["cfi"] |= {"estimate": found.cfi}
    rows["rmsea"] |= limits(found.rmsea, found.rmsea_low, found.rmsea_high, ci_level=0.90)
    rows["srmr"] |= {"estimate": found.srmr}
    return list(rows.values())


def _words(rows: Iterable[Row]) -> "pd.DataFrame":
    import pandas as pd

    written = load_thresholds()
    limit = {one.quantity: one for one in written.thresholds}
    words = []
    for row in rows:
        mine = limit.get(str(row["quantity"]))
        key = _verdict(row, mine)
        verdict, reason = written.verdicts[key], mine.reason if mine else written.no_threshold
        words.append(
            {"verdict_key": key, "verdict.ro": verdict.ro, "verdict.en": verdict.en, "reason.ro": reason.ro,
             "reason.en": reason.en, "source": mine.source if mine else ""}
        )  # fmt: skip
    return pd.DataFrame(words)


def _verdict(row: Row, mine: Threshold | None) -> str:
    if mine is None:
        return "no_threshold"
    if "estimate" not in row:
        return "not_measured"
    return "met" if mine.met(float(str(row["estimate"]))) else "not_met"
