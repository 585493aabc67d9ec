"""Open answers: how far two coders agree, what was decided, and the share that names at least so many things."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from evaluation.analysis.training.clusters import ClusteredMean, clustered_proportion
from evaluation.analysis.workbench.coding import krippendorff_alpha
from evaluation.core.errors import AnalysisError
from evaluation.core.provenance import Provenance
from evaluation.core.results import Result, make_table
from evaluation.core.status import Status
from evaluation.instruments.model import OpenKey

if TYPE_CHECKING:
    import pandas as pd

FEWEST_UNITS = 10
FEWEST_ANSWERS = 10
DRAWS = 1000
FINAL = "final"
CODING_COLUMNS = ("session", "sheet", "coder", "codes")
Numbers = np.ndarray
Row = dict[str, object]


@dataclass(frozen=True, slots=True)
class Decided:
    """What counts after adjudication: a row a sheet with ``names_enough`` (1, 0, or missing where undecided)."""

    table: "pd.DataFrame"
    agreed: int
    adjudicated: int
    undecided: int


def coded_matrix(codings: "pd.DataFrame", key: OpenKey) -> "pd.DataFrame":
    """0 and 1 per sheet, coder and code, with ``enough``: at least ``key.at_least`` different codes that count.

    ``codings`` has session, sheet, coder and codes (code names with blanks between, empty for an empty answer).
    An unknown code is refused: it would be lost in silence.
    """
    if codings.duplicated(["session", "sheet", "coder"]).any():
        raise AnalysisError(f"{key.item}: a coder coded a sheet twice; keep one row.")
    given = codings["codes"].fillna("").str.split()
    known = {one.code for one in key.codes}
    unknown = sorted({code for codes in given for code in codes} - known)
    if unknown:
        raise AnalysisError(
            f"{key.item}: {len(unknown)} code(s) that the codebook does not have; use its codes, or add them there first."
        )
    coded = codings[["session", "sheet", "coder"]].copy()
    for one in key.codes:
        coded[one.code] = [int(one.code in codes) for codes in given]
    counting = [one.code for one in key.codes if one.counts]
    coded["enough"] = (coded[counting].sum(axis=1) >= key.at_least).astype(int)
    return coded


def compare_coders(codings: "pd.DataFrame", key: OpenKey, *, provenance: Provenance, seed: int) -> Result:
    """Agreement of two coders before adjudication: on every code and on the derived yes or no.

    Krippendorff's alpha (nominal; for a yes or no the squared difference is the same) with a percentile interval
    over answers drawn again, and Cohen's kappa. ``measure`` is the item, ``level`` the code or ``enough``.
    Fewer than ten answers coded twice: too_few; a code that nobody or everybody used: undefined.

    References
    ----------
    Krippendorff (2011), Computing Krippendorff's Alpha-Reliability; Cohen (1960), Educational and Psychological
    Measurement 20, 37-46.
    """
    coded = coded_matrix(codings[codings["coder"] != FINAL], key)
    coders = sorted(coded["coder"].unique())
    if len(coders) != 2:
        raise AnalysisError(f"{key.item}: two coders are needed; {len(coders)} found.")
    sheets = coded.set_index(["session", "sheet"])
    one, other = (sheets[sheets["coder"] == name] for name in coders)
    both = one.index.intersection(other.index).sort_values()
    rows: list[Row] = []
    for code in (*(found.code for found in key.codes), "enough"):
        values = np.vstack([one.loc[both, code], other.loc[both, code]]).astype(float)
        rows += _agreement(values, item=key.item, code=code, seed=seed)
    return Result(f"coders_{key.item}", make_table(rows), provenance)


def find_disagreements(codings: "pd.DataFrame", key: OpenKey) -> "pd.DataFrame":
    """Sheets on which two coders differ in the derived yes or no, by any reading of the key: what is to be adjudicated.

    ``codings`` as for ``coded_matrix``, of one occasion. Gives session and sheet, in their order, a row a sheet.
    """
    import pandas as pd

    apart = []
    for reading in key.readings:
        wide = coded_matrix(codings[codings["coder"] != FINAL], reading).pivot(
            index=["session", "sheet"], columns="coder", values="enough"
        )
        apart.append(wide[wide.nunique(axis=1) > 1])
    found = pd.concat(apart).index.unique().to_frame(index=False)
    return found.sort_values(["session", "sheet"], kind="stable", ignore_index=True)


def decide(codings: "pd.DataFrame", key: OpenKey) -> Decided:
    """One decision a sheet: where both coders agree on the yes or no theirs, else the ``final`` coder's, else none."""
    coded = coded_matrix(codings, key)
    wide = coded.pivot(index=["session", "sheet"], columns="coder", values="enough")
    final = wide.pop(FINAL) if FINAL in wide.columns else None
    first = wide.iloc[:, 0]
    agree = wide.eq(first, axis=0).all(axis=1) & (wide.notna().sum(axis=1) >= 2)
    decided = first.where(agree)
    if final is not None:
        decided = decided.fillna(final)
    table = decided.rename("names_enough").reset_index().sort_values(["session", "sheet"], kind="stable")
    agreed, missing = int(agree.sum()), int(decided.isna().sum())
    return Decided(table, agreed, len(table) - agreed - missing, missing)


def estimate_enough(
    decided: Decided,
    key: OpenKey,
    *,
    present: "pd.DataFrame",
    targeted: "pd.DataFrame",
) -> tuple[Row, ...]:
    """Share of people who name enough, among those present and among those targeted.

    ``present`` has session and sheet of everybody who handed in a sheet after the session: an empty answer is a
    no. ``targeted`` has session and people invited: whoever was not there is a no as well, which is the lower
    bound of what the training reached. Undecided answers are left out of the first and are a no in the second.
    Sessions are clusters: the interval is design-based; with fewer than five sessions the row says too_few.
    """
    joined = present.merge(decided.table, on=["session", "sheet"], how="left", indicator=True)
    joined["names_enough"] = joined["names_enough"].where(joined["_merge"] == "both", 0)
    answered = joined[joined["names_enough"].notna()]
    yes = answered.groupby("session")["names_enough"].sum()
    invited = targeted.set_index("session")["people"].astype(int)
    if (yes.reindex(invited.index).fillna(0) > invited).any():
        raise AnalysisError(
            f"{key.item}: a session has more people who answered than people invited; correct the session's numbers."
        )
    sessions = np.repeat(invited.index.to_numpy(), invited.to_numpy())
    values = np.concatenate(
        [
            np.concatenate([np.ones(int(yes.get(name, 0))), np.zeros(count - int(yes.get(name, 0)))])
            for name, count in invited.items()
        ]
    )
    return (
        _share(answered["names_enough"].to_numpy(dtype=float), answered["session"], key, level="present"),
        _share(values, sessions, key, level="targeted"),
    )


def _share(values: Numbers, sessions: object, key: OpenKey, *, level: str) -> Row:
    row: Row = {
        "measure": key.item, "quantity": "proportion", "group": "denominator", "level": level, "n": len(values),
        "numerator": float(values.sum()), "denominator": len(values), "method": "wilson_effective_size",
    }  # fmt: skip
    found: ClusteredMean | None = (
        clustered_proportion(values, np.asarray(sessions)) if len(values) >= FEWEST_ANSWERS else None
    )
    if found is None:
        return {**row, "status": Status.TOO_FEW.value}
    return row | {
        "estimate": found.estimate,
        "ci_low": found.low,
        "ci_high": found.high,
        "ci_level": 0.95,
    }


def _agreement(values: Numbers, *, item: str, code: str, seed: int) -> list[Row]:
    base: Row = {"measure": item, "group": "code", "level": code, "n": values.shape[1]}
    alpha: Row = {**base, "quantity": "krippendorff_alpha", "method": "alpha_nominal"}
    kappa: Row = {**base, "quantity": "kappa", "method": "kappa_cohen"}
    if values.shape[1] < FEWEST_UNITS:
        return [{**row, "status": Status.TOO_FEW.value} for row in (alpha, kappa)]
    if values.min() == values.max():
        return [{**row, "status": Status.UNDEFINED.value} for row in (alpha, kappa)]
    kinds = (2 * values[0] + values[1]).astype(int)
    counts = np.bincount(kinds, minlength=4)[None]
    drawn = np.random.default_rng(seed).multinomial(len(kinds), counts[0] / len(kinds), size=DRAWS)
    _check_alpha(values, nominal_alpha(counts))
    return [alpha | _limits(nominal_alpha, counts, drawn), kappa | _limits(cohen_kappa, counts, drawn)]


def nominal_alpha(counts: Numbers) -> Numbers:
    """Alpha of two coders' yes or no from the counts of (no, no), (no, yes), (yes, no), (yes, yes), a row a sample.

    1 - Do / De, Do the share of answers coded differently, De = 2 yes no / (N (N - 1)) over all N = 2 n codes.

    >>> nominal_alpha(np.array([[3, 1, 0, 2]])).round(4).tolist()
    [0.6857]
    """
    both = counts.sum(axis=1)
    yes = counts[:, 1] + counts[:, 2] + 2 * counts[:, 3]
    apart = (counts[:, 1] + counts[:, 2]) / both
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(1 - apart * (2 * both) * (2 * both - 1) / (2 * yes * (2 * both - yes)))


def cohen_kappa(counts: Numbers) -> Numbers:
    """Cohen's kappa from the same counts: (po - pe) / (1 - pe)."""
    share = counts / counts.sum(axis=1, keepdims=True)
    agreed = share[:, 0] + share[:, 3]
    one, other = share[:, 2] + share[:, 3], share[:, 1] + share[:, 3]
    chance = one * other + (1 - one) * (1 - other)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray((agreed - chance) / (1 - chance))


def _limits(statistic: Callable[[Numbers], Numbers], counts: Numbers, drawn: Numbers) -> Row:
    """The statistic with percentile limits over answers drawn again."""
    low, high = np.nanquantile(statistic(drawn), [0.025, 0.975])
    estimate = float(statistic(counts)[0])
    return {"estimate": estimate, "ci_low": float(low), "ci_high": float(high), "ci_level": 0.95}


def _check_alpha(values: Numbers, found: Numbers) -> None:
    """The general computation of alpha, of which this is a special case, agrees."""
    if abs(float(found[0]) - krippendorff_alpha(values)) > 1e-8:
        raise AnalysisError("alpha: two computations disagree; check the version of NumPy.")
