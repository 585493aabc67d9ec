"""Answers in own words, coded: how far two coders agree before they talk, and how many people say each thing."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from evaluation.analysis.feedback._rows import Row, limits, no_number, share_row
from evaluation.analysis.training.open_answers import (
    DRAWS,
    FEWEST_UNITS,
    FINAL,
    cohen_kappa,
    nominal_alpha,
)
from evaluation.analysis.workbench.coding import krippendorff_alpha
from evaluation.core.errors import AnalysisError
from evaluation.core.microdata import ForAnalysis
from evaluation.core.results import Result, make_table
from evaluation.core.status import Status

if TYPE_CHECKING:
    import pandas as pd

ANSWER = ["person", "wave", "item"]
Numbers = np.ndarray


def compare_coders(codings: "pd.DataFrame", codes: Sequence[str], data: ForAnalysis, *, seed: int) -> Result:
    """Agreement of two coders on every code before reconciliation: Krippendorff's alpha and Cohen's kappa.

    ``codings`` has person, wave, item, coder and codes (names with blanks between, empty where none applies). Only
    answers that both coders coded, of people who consented to analysis. Percentile intervals over people drawn again,
    with all their answers. Fewer than ten such answers: too_few; a code that nobody or everybody was given: undefined.

    References
    ----------
    Krippendorff (2011), Computing Krippendorff's Alpha-Reliability; Cohen (1960), Educational and Psychological
    Measurement 20, 37-46.
    """
    coded = _matrix(codings, codes, data)
    apart = coded[coded["coder"] != FINAL]
    coders = sorted(apart["coder"].unique())
    if len(coders) != 2:
        raise AnalysisError(f"codings: two coders are needed; {len(coders)} found.")
    rows: list[Row] = []
    for item in sorted(apart["item"].unique()):
        mine = apart[apart["item"] == item].set_index(ANSWER)
        one, other = (mine[mine["coder"] == name] for name in coders)
        both = one.index.intersection(other.index).sort_values()
        people = np.unique(both.get_level_values("person").to_numpy(dtype=str), return_inverse=True)[1]
        for code in codes:
            given = np.vstack([one.loc[both, code], other.loc[both, code]]).astype(int)
            rows += _agreement({"measure": item, "group": "code", "level": code}, given, people, seed=seed)
    return Result("feedback_coders", make_table(rows), data.provenance)


def count_codes(codings: "pd.DataFrame", codes: Sequence[str], data: ForAnalysis) -> Result:
    """How many people were given each code at each wave after reconciliation, of those with a decided answer.

    Each person counts once a wave and item. Decided: the coder ``final`` where there is one, else where two coders
    agree; answers coded by one alone, and codes not agreed on, are left out of that code's share. Wilson interval (1927,
    JASA 22, 209-212); under thirty people counts only.
    """
    coded = _matrix(codings, codes, data)
    rows: list[Row] = []
    for code in codes:
        wide = coded.pivot(index=ANSWER, columns="coder", values=code)
        final = wide.pop(FINAL) if FINAL in wide.columns else None
        agreed = (wide.min(axis=1) == wide.max(axis=1)) & (wide.notna().sum(axis=1) >= 2)
        decided = wide.max(axis=1).where(agreed)
        decided = (final.fillna(decided) if final is not None else decided).dropna()
        for (item, wave), given in decided.groupby(["item", "wave"], sort=True):
            row: Row = {"measure": item, "period": wave, "group": "code", "level": code}
            rows.append(share_row(row, int(given.sum()), len(given)))
    return Result("feedback_codes", make_table(rows), data.provenance)


def _matrix(codings: "pd.DataFrame", codes: Sequence[str], data: ForAnalysis) -> "pd.DataFrame":
    """0 and 1 per answer, coder and code, of people and waves with consent to analysis."""
    if not isinstance(data, ForAnalysis):
        raise AnalysisError(
            "codings: only answers with consent to analysis are counted; take them from intake."
        )
    if codings.duplicated([*ANSWER, "coder"]).any():
        raise AnalysisError("codings: a coder coded an answer twice; keep one row.")
    consented = data.table[["person", "wave"]].drop_duplicates()
    kept = codings.merge(consented, on=["person", "wave"], how="inner")
    given = kept["codes"].fillna("").str.split()
    unknown = {code for mine in given for code in mine} - set(codes)
    if unknown:
        raise AnalysisError(
            f"codings: {len(unknown)} code(s) that the codebook does not have; use its codes, or add them there first."
        )
    coded = kept[[*ANSWER, "coder"]].copy()
    for code in codes:
        coded[code] = [int(code in mine) for mine in given]
    return coded


def _agreement(base: Row, given: Numbers, people: Numbers, *, seed: int) -> list[Row]:
    named = {**base, "n": given.shape[1]}
    rows: list[Row] = [
        {**named, "quantity": "krippendorff_alpha", "method": "alpha_nominal"},
        {**named, "quantity": "kappa", "method": "kappa_cohen"},
    ]
    if given.shape[1] < FEWEST_UNITS:
        return [no_number(row, Status.TOO_FEW) for row in rows]
    if given.min() == given.max():
        return [no_number(row, Status.UNDEFINED) for row in rows]
    number = int(people.max()) + 1
    counts = np.zeros((number, 4), dtype=int)
    np.add.at(counts, (people, 2 * given[0] + given[1]), 1)
    total = counts.sum(axis=0, keepdims=True)
    if abs(float(nominal_alpha(total)[0]) - krippendorff_alpha(given.astype(float))) > 1e-8:
        raise AnalysisError("alpha: two computations disagree; check the version of NumPy.")
    times = np.random.default_rng(seed).multinomial(number, np.full(number, 1 / number), size=DRAWS)
    drawn = times @ counts
    return [
        row | _limits(statistic, total, drawn)
        for row, statistic in zip(rows, (nominal_alpha, cohen_kappa), strict=True)
    ]


def _limits(statistic: Callable[[Numbers], Numbers], total: Numbers, drawn: Numbers) -> Row:
    low, high = np.nanquantile(statistic(drawn), [0.025, 0.975])
    return limits(float(statistic(total)[0]), float(low), float(high))
