"""Feedback statistics against R and published values; tests/oracles/feedback.md names the sources."""

import csv
import math
from pathlib import Path

import krippendorff
import numpy as np
import pandas as pd
import pytest

from evaluation.analysis import _factor_engines as factor
from evaluation.analysis import _longitudinal_engines as engines
from evaluation.analysis.feedback._rows import difference_row, mean_row
from evaluation.analysis.feedback.retest import hedges_independent, icc_agreement
from evaluation.analysis.training.open_answers import cohen_kappa, nominal_alpha
from evaluation.analysis.training.reliability import cronbach_alpha, feldt_limits, omega_total

ORACLES = Path(__file__).parents[2] / "oracles"
DATA = pd.read_csv(ORACLES / "feedback_data.csv")
START = DATA[DATA["months"] == 0]
ITEMS = START[["i1", "i2", "i3", "i4"]].to_numpy(dtype=float)


def oracle(name):
    with (ORACLES / "feedback_r.csv").open(encoding="utf-8") as file:
        found = next(one for one in csv.DictReader(file) if one["id"] == name)
    return tuple(float(found[field]) for field in ("estimate", "low", "high") if found[field] != "NA")


def three(found):
    return found["estimate"], found["ci_low"], found["ci_high"]


def model_of(data):
    people = np.unique(data["person"], return_inverse=True)[1]
    return data["score"].to_numpy(float), np.column_stack([np.ones(len(data)), data["months"] / 6]), people


def errors(found):
    return np.sqrt(np.diag(found.covariance))


def test_alpha_with_its_interval_and_omega_are_those_of_r():
    alpha = cronbach_alpha(ITEMS)
    assert (alpha, *feldt_limits(alpha, people=120, items=4)) == pytest.approx(oracle("alpha"), abs=1e-9)
    assert omega_total(ITEMS) == pytest.approx(oracle("omega")[0], abs=1e-5)


def test_the_icc_of_shrout_and_fleiss_is_the_published_one_and_its_limits_those_of_r():
    data = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
    found = icc_agreement(np.array(data, dtype=float))
    assert found[0] == pytest.approx(0.29, abs=0.005)
    assert found == pytest.approx(oracle("icc_shrout_fleiss"), abs=1e-9)


def test_the_test_retest_icc_is_that_of_r():
    found = icc_agreement(START[["score", "again"]].to_numpy(dtype=float))
    assert found == pytest.approx(oracle("icc_retest"), abs=1e-9)


def test_gee_with_the_working_correlation_of_geepack_is_geepack_s():
    found = engines.gee_formula(*model_of(DATA), correlation=oracle("gee_alpha")[0])
    assert found.values == pytest.approx([oracle(f"gee_{one}")[0] for one in (0, 1)], abs=1e-6)
    assert errors(found) == pytest.approx([oracle(f"gee_error_{one}")[0] for one in (0, 1)], abs=1e-6)


def test_the_two_estimates_of_the_working_correlation_differ_by_little():
    found = engines.fit_gee(*model_of(DATA))
    assert found.correlation == pytest.approx(oracle("gee_alpha")[0], abs=0.05)
    assert abs(found.values[1] - oracle("gee_1")[0]) < 0.05 * oracle("gee_error_1")[0]


def test_weighted_gee_is_that_of_geepack():
    found = engines.fit_gee(*model_of(DATA), weights=DATA["weight"].to_numpy(dtype=float))
    assert found.values == pytest.approx([oracle(f"ipw_{one}")[0] for one in (0, 1)], abs=1e-8)
    assert errors(found) == pytest.approx([oracle(f"ipw_error_{one}")[0] for one in (0, 1)], abs=1e-8)


def test_the_bias_reduced_error_is_that_of_mancl_and_derouen_by_matrices():
    found = engines.gee_formula(*model_of(DATA[DATA["person"] <= 40]), correlation=0.0)
    assert errors(found)[1] == pytest.approx(oracle("reduced_error_1")[0], abs=1e-9)


def test_the_mixed_model_is_that_of_lme4_with_the_degrees_and_interval_of_nlme():
    found = engines.fit_mixed_change(*model_of(DATA), within=1)
    assert found.values == pytest.approx([oracle(f"mixed_{one}")[0] for one in (0, 1)], abs=1e-5)
    assert errors(found)[1] == pytest.approx(oracle("mixed_error_1")[0], abs=1e-5)
    assert found.correlation == pytest.approx(oracle("mixed_icc")[0], abs=1e-5)
    assert found.degrees == oracle("lme_degrees")[0]
    assert three(found.row(1)) == pytest.approx(oracle("lme_1"), abs=1e-4)


@pytest.mark.parametrize("name", ["cfa", "cfa_bad"])
def test_the_fit_of_one_factor_is_that_of_lavaan(name):
    values = ITEMS
    if name == "cfa_bad":
        both = START.merge(DATA[DATA["months"] == 3], on="person")
        values = both[[f"i{one}_{when}" for when in "xy" for one in (1, 2, 3)]].to_numpy(dtype=float)
    found = factor.fit_confirmatory(values)
    assert found.chi2 == pytest.approx(oracle(f"{name}_chisq")[0], abs=1e-4)
    assert found.degrees == oracle(f"{name}_df")[0]
    assert found.p_value == pytest.approx(oracle(f"{name}_pvalue")[0], abs=1e-5)
    assert found.cfi == pytest.approx(oracle(f"{name}_cfi")[0], abs=1e-5)
    assert found.srmr == pytest.approx(oracle(f"{name}_srmr")[0], abs=1e-5)
    limits = (found.rmsea, found.rmsea_low, found.rmsea_high)
    assert limits == pytest.approx(oracle(f"{name}_rmsea"), abs=1e-5)


def test_hedges_g_and_welch_s_interval_are_those_of_r():
    sides = [START.loc[START["group"] == one, "score"].to_numpy(dtype=float) for one in (1, 0)]
    assert hedges_independent(*sides) == pytest.approx(oracle("hedges_g"), abs=1e-6)
    found = difference_row({"measure": "safety", "level": "one_less_other"}, *sides)
    assert three(found) == pytest.approx(oracle("welch"), abs=1e-9)
    assert (found["measure"], found["quantity"], found["n"]) == ("safety", "mean_difference", 120)


def test_the_paired_change_is_that_of_r():
    both = START.merge(DATA[DATA["months"] == 12], on="person")
    found = mean_row({}, (both["score_y"] - both["score_x"]).to_numpy(dtype=float))
    assert three(found) == pytest.approx(oracle("paired"), abs=1e-9)


def test_predicted_chances_are_those_of_r():
    design = np.column_stack([np.ones(120), START["score"], START["group"]])
    found = engines.fit_logit((START["again"] > 50).to_numpy(dtype=float), design)
    expected = [oracle(f"logit_{one}")[0] for one in (1, 60, 120)]
    assert found[[0, 59, 119]] == pytest.approx(expected, abs=1e-9)


def test_separated_answers_are_refused():
    design = np.column_stack([np.ones(40), np.arange(40.0)])
    with pytest.raises(engines.AnalysisError, match="separated"):
        engines.fit_logit((np.arange(40) >= 20).astype(float), design)


def counts(one, other):
    return np.bincount(2 * np.asarray(one) + np.asarray(other), minlength=4)[None]


def test_kappa_is_that_of_r_and_alpha_that_of_the_package_krippendorff():
    one, other = START["coder_1"].to_numpy(), START["coder_2"].to_numpy()
    assert cohen_kappa(counts(one, other))[0] == pytest.approx(oracle("kappa")[0], abs=1e-9)
    theirs = krippendorff.alpha(np.vstack([one, other]), level_of_measurement="nominal")
    assert nominal_alpha(counts(one, other))[0] == pytest.approx(theirs, abs=1e-12)


def test_krippendorff_s_alpha_by_hand():
    """Ten answers, four apart; of twenty codes 6 are yes and 14 no: 1 - 19 x 4 / (6 x 14) = 0.0952."""
    one, other = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    assert nominal_alpha(counts(one, other))[0] == pytest.approx(1 - 19 * 4 / (6 * 14))


def test_a_coefficient_has_t_limits_and_a_two_sided_p():
    found = engines.Coefficients(np.array([2.0]), np.array([[4.0]]), 60.0, 61, 0.0, np.empty((0, 1)))
    # t with 60 degrees: 2.0003 x 2 on either side
    assert three(found.row(0)) == pytest.approx((2.0, 2 - 4.0006, 2 + 4.0006), abs=1e-3)
    assert math.isclose(found.row(0)["p_value"], 0.3213, abs_tol=1e-4)
