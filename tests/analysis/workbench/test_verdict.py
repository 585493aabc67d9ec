"""Verdicts: the worst word wins, invented data are never accepted, and every threshold is shown."""

from dataclasses import replace

import pandas as pd
import pytest

from evaluation.analysis.workbench.chain import score_chain
from evaluation.analysis.workbench.evidence import gather_evidence
from evaluation.analysis.workbench.verdict import (
    indicator_names,
    judge,
    judge_definitions,
    list_components,
    list_definitions,
)
from evaluation.strategy.definitions import (
    Verdict,
    get_definition,
    load_definitions,
    load_thresholds,
    workbench_sources,
)
from evaluation.strategy.plan import load_plan
from tests.analysis.workbench.small import ORIGIN, row_of

PERFECT = {
    "real_data": 1.0,
    "components_collected": 1.0,
    "agreement": 0.95,
    "agreement_low": 0.9,
    "rank_band": 0.1,
    "without_component": 0.95,
    "gaming": 0.05,
}


def accepted_file():
    return get_definition("WB-4.1.8-3").model_copy(
        update={"verdict": Verdict.ACCEPTED, "missing_evidence": ()}
    )


def test_accepted_needs_the_file_and_every_criterion():
    assert judge(accepted_file(), load_thresholds(), PERFECT) is Verdict.ACCEPTED
    assert judge(get_definition("WB-4.1.8-3"), load_thresholds(), PERFECT) is Verdict.EXPERIMENTAL


@pytest.mark.parametrize("criterion", [one for one in PERFECT if one != "components_collected"])
def test_a_criterion_without_evidence_keeps_a_definition_experimental(criterion):
    less = {name: value for name, value in PERFECT.items() if name != criterion}
    assert judge(accepted_file(), load_thresholds(), less) is Verdict.EXPERIMENTAL


@pytest.mark.parametrize(
    ("criterion", "value"),
    [
        ("agreement", 0.79),
        ("agreement_low", 0.66),
        ("rank_band", 0.34),
        ("gaming", 0.26),
        ("without_component", 0.79),
    ],
)
def test_evidence_on_the_wrong_side_keeps_a_definition_experimental(criterion, value):
    assert judge(accepted_file(), load_thresholds(), PERFECT | {criterion: value}) is Verdict.EXPERIMENTAL


def test_nothing_collected_means_not_computable():
    nothing = PERFECT | {"components_collected": 0.0}
    assert judge(accepted_file(), load_thresholds(), nothing) is Verdict.NOT_COMPUTABLE


def judged(*, synthetic: bool):
    evidence = {"WB-4.1.8-3": PERFECT}
    return judge_definitions(
        [accepted_file()], load_thresholds(), evidence, synthetic=synthetic, provenance=ORIGIN
    )


def test_invented_data_are_never_accepted():
    assert row_of(judged(synthetic=True), measure="verdicts", level="accepted")["estimate"] == 0
    assert row_of(judged(synthetic=False), measure="verdicts", level="accepted")["estimate"] == 1


def test_a_provenance_that_says_invented_is_enough():
    origin = replace(ORIGIN, synthetic=True)
    result = judge_definitions(
        [accepted_file()], load_thresholds(), {"WB-4.1.8-3": PERFECT}, synthetic=False, provenance=origin
    )
    assert row_of(result, measure="verdicts", level="accepted")["estimate"] == 0


def test_each_criterion_is_shown_with_evidence_bound_and_outcome():
    result = judged(synthetic=True)
    row = row_of(result, measure="WB-4.1.8-3", level="agreement")
    assert (row["estimate"], row["numerator"], row["method"]) == (0.95, 0.8, "at_least")
    assert result.texts.loc[row.name, "outcome.en"] == "met"
    real = row_of(result, measure="WB-4.1.8-3", level="real_data")
    assert result.texts.loc[real.name, "outcome.ro"] == "neîndeplinit"


def test_without_any_evidence_all_ten_are_not_computable():
    definitions = load_definitions()
    result = judge_definitions(
        definitions, load_thresholds(), gather_evidence(definitions), synthetic=True, provenance=ORIGIN
    )
    assert row_of(result, measure="verdicts", level="not_computable")["estimate"] == 10
    assert row_of(result, measure="verdicts", level="all")["estimate"] == 10
    staffing = row_of(result, measure="WB-5.1.3-1", group="verdict")
    assert "no data" in result.texts.loc[staffing.name, "note.en"]


def test_a_chain_with_a_missing_link_says_how_much_was_collected():
    chain = pd.DataFrame({"link": ["skill", "tool"], "numerator": [5.0, 6.0], "denominator": [20.0, 20.0]})
    result = score_chain(chain, get_definition("WB-4.1.8-4"), provenance=ORIGIN)
    found = gather_evidence(load_definitions(), chain=result)
    assert found["WB-4.1.8-4"] == {"components_collected": 0.5}
    assert found["WB-4.1.8-3"] == {}


def test_listings_have_every_definition_and_component_in_both_languages():
    definitions, sources = load_definitions(), workbench_sources()
    names = indicator_names(load_plan())
    whole = list_definitions(definitions, load_thresholds(), names=names, sources=sources)
    parts = list_components(definitions, load_thresholds(), sources=sources)
    assert len(whole.texts) == 10
    assert len(parts.texts) == sum(len(one.components) for one in definitions)
    assert not (whole.texts == "").any(axis=None)
    assert not (parts.texts == "").any(axis=None)
