"""What the results of the workbench and the ledger say about the criteria of acceptance."""

from collections.abc import Sequence

from evaluation.core.observations import Observations
from evaluation.core.results import Result
from evaluation.strategy.definitions import IndicatorDefinition

Found = dict[str, dict[str, float]]
COLLECTED = "components_collected"


def gather_evidence(
    definitions: Sequence[IndicatorDefinition],
    *,
    match: Result | None = None,
    vulnerability: Result | None = None,
    without: Result | None = None,
    gaming: Result | None = None,
    chain: Result | None = None,
    codings: Result | None = None,
    observations: Observations | None = None,
) -> Found:
    """Evidence by definition and criterion; a result that is not given says nothing, and neither does a gap.

    Which result speaks for a definition is the field ``computed_by`` of its file.
    """
    said: Found = {
        "match": _of_match(match),
        "vulnerability": _of_index(vulnerability, without, gaming),
        "internet_protection": _of_chain(chain),
    }
    agreed = _of_codings(codings)
    return {
        one.id: (
            _of_observations(observations, one.indicator)
            if one.computed_by == "observations"
            else said.get(one.computed_by, {})
        )
        | agreed.get(one.id, {})
        for one in definitions
    }


def _of_match(match: Result | None) -> dict[str, float]:
    return {} if match is None else {COLLECTED: _part_used(match)}


def _of_index(
    vulnerability: Result | None, without: Result | None, gaming: Result | None
) -> dict[str, float]:
    found: dict[str, float] = {}
    if vulnerability is not None:
        found[COLLECTED] = _part_used(vulnerability)
        found["rank_band"] = _part(vulnerability, measure="rank_band_width")
    if without is not None:
        table = without.table
        chosen = table[(table["measure"] == "rank_agreement") & (table["group"] == "spearman")]
        if chosen["estimate"].notna().all() and len(chosen):
            found["without_component"] = float(chosen["estimate"].min())
    if gaming is not None:
        found["gaming"] = _part(gaming, measure="gaming_shift", group="any", level="10")
    return found


def _of_chain(chain: Result | None) -> dict[str, float]:
    return {} if chain is None else {COLLECTED: _part(chain, measure="links_collected")}


def _of_codings(codings: Result | None) -> Found:
    if codings is None:
        return {}
    table = codings.table
    alphas = table[(table["quantity"] == "krippendorff_alpha") & (table["status"] == "ok")]
    return {
        str(row["measure"]): {
            "agreement": float(row["estimate"]),
            "agreement_low": float(row["ci_low"]),
        }
        for _, row in alphas.iterrows()
    }


def _of_observations(observations: Observations | None, indicator: str) -> dict[str, float]:
    """Part of the current national rows of an indicator that bring both numerator and denominator."""
    if observations is None:
        return {}
    rows = observations.current
    wanted = rows[(rows["indicator"] == indicator) & (rows["county"] == "") & (rows["group"] == "")]
    if wanted.empty:
        return {}
    whole = wanted["numerator"].notna() & wanted["denominator"].gt(0)
    return {COLLECTED: float(whole.mean())}


def _part_used(result: Result) -> float:
    return result.provenance.rows_used / result.provenance.rows_in


def _part(result: Result, *, measure: str, group: str = "", level: str = "") -> float:
    """Estimate over n of the one row with these labels; an empty label fits all."""
    rows = result.table[result.table["measure"] == measure]
    for name, wanted in (("group", group), ("level", level)):
        rows = rows[rows[name] == wanted] if wanted else rows
    return float((rows["estimate"] / rows["n"]).iloc[0])
