"""Many sessions: the random-intercept model against published values, exact limits, clusters worked by hand."""

import math

import krippendorff
import numpy as np
import pandas as pd
import pytest
from scipy import stats

from evaluation.analysis._engines import fit_mixed_gain, holm
from evaluation.analysis.training.clusters import clustered_mean, clustered_proportion
from evaluation.analysis.training.sessions import compare_sessions, ratio_limits
from evaluation.core.errors import AnalysisError
from evaluation.core.provenance import Provenance

# Davies and Goldsmith (1972), yield of dyestuff by batch; fitted by REML in Bates, Mächler, Bolker and Walker
# (2015), Journal of Statistical Software 67(1), and the lme4 manual: mean 1527.50, standard error 19.38, standard
# deviations 42.00 between batches and 49.51 within.
DYESTUFF = [
    [1545, 1440, 1440, 1520, 1580],
    [1540, 1555, 1490, 1560, 1495],
    [1595, 1550, 1605, 1510, 1560],
    [1445, 1440, 1595, 1465, 1545],
    [1595, 1630, 1515, 1635, 1625],
    [1520, 1455, 1450, 1480, 1445],
]
ORIGIN = Provenance((), "made for the test", 0, 0)


def test_the_model_gives_the_published_fit_of_the_dyestuff_data():
    fitted = fit_mixed_gain(np.array(DYESTUFF, dtype=float).ravel(), np.repeat(np.arange(6), 5))
    assert fitted.mean == pytest.approx(1527.50, abs=0.005)
    assert fitted.sd_between == pytest.approx(42.00, abs=0.005)
    assert fitted.sd_within == pytest.approx(49.51, abs=0.005)
    error = (fitted.high - fitted.mean) / stats.t.isf(0.025, 5)
    assert error == pytest.approx(19.38, abs=0.005)


def test_the_exact_limits_of_a_balanced_ratio_are_those_of_its_closed_form():
    values = np.array(DYESTUFF, dtype=float)
    between = 5 * values.mean(axis=1).var(ddof=1)
    within = values.var(axis=1, ddof=1).mean()
    f = between / within
    low = max((f / stats.f.isf(0.025, 5, 24) - 1) / 5, 0)
    high = (f / stats.f.ppf(0.025, 5, 24) - 1) / 5
    assert ratio_limits(values.ravel(), np.repeat(np.arange(6), 5)) == pytest.approx((low, high), abs=1e-9)


def test_holm_multiplies_the_smallest_by_the_number_of_tests_and_never_turns_the_order():
    assert holm([0.01, 0.04, 0.03]) == pytest.approx(
        [0.03, 0.06, 0.06]
    )  # 3 x .01; 2 x .03; then at least as much


# Five sessions of two: sums of (value - 0.5): +1, -1, 0, 0, 0; v = 5/4 x 2 / 100 = 0.025; as single people
# 0.25 / 9 = 0.02778; design effect 0.9.
FIVE = np.array([1, 1, 0, 0, 1, 0, 1, 0, 1, 0], dtype=float)


def test_the_design_effect_is_the_variance_over_that_of_single_people():
    found = clustered_proportion(FIVE, np.repeat(np.arange(5), 2))
    assert found is not None
    assert (found.estimate, found.n, found.clusters) == (0.5, 10, 5)
    assert found.design_effect == pytest.approx(0.9)


def test_people_who_are_all_alike_in_a_session_count_as_one_each():
    values, sessions = np.repeat([1.0, 1, 1, 0, 0, 1, 0, 1, 1, 0], 10), np.repeat(np.arange(10), 10)
    found = clustered_proportion(values, sessions)
    # sums +-4 and +-6: 10/9 x (6 x 16 + 4 x 36) / 10000 = 0.02667; single 0.24 / 99: effect 11
    assert found is not None
    assert found.design_effect == pytest.approx(11.0)
    size = 100 / 11 * (stats.norm.isf(0.025) / stats.t.isf(0.025, 9)) ** 2
    z = stats.norm.isf(0.025)
    half = z * math.sqrt(0.24 / size + z * z / (4 * size**2)) / (1 + z * z / size)
    assert (found.high - found.low) / 2 == pytest.approx(half)


def test_four_sessions_are_too_few():
    assert clustered_proportion(FIVE[:8], np.repeat(np.arange(4), 2)) is None
    assert clustered_mean(FIVE[:8], np.repeat(np.arange(4), 2)) is None


def test_a_mean_of_equal_sessions_has_the_interval_of_its_session_means():
    rng = np.random.default_rng(3)
    values = rng.normal(size=(8, 6))
    found = clustered_mean(values.ravel(), np.repeat(np.arange(8), 6))
    means = values.mean(axis=1)
    half = stats.t.isf(0.025, 7) * means.std(ddof=1) / math.sqrt(8)
    assert found is not None
    assert (found.low, found.high) == pytest.approx((means.mean() - half, means.mean() + half))


def pairs(sessions, people, *, audience="teachers", seed=5, spread=0.06, gain=0.2):
    rng = np.random.default_rng(seed)
    place = np.repeat(np.arange(sessions), people)
    gains = gain + rng.normal(0, spread, sessions)[place] + rng.normal(0, 0.15, len(place))
    return pd.DataFrame({"audience": audience, "session": [f"S{one}" for one in place], "gain": gains})


def test_small_audiences_are_too_few_and_the_others_are_corrected_for_their_number():
    some = pd.concat(
        [
            pairs(8, 10),
            pairs(9, 10, audience="police", seed=6),
            pairs(4, 30, audience="lawyers"),
            pairs(10, 4, audience="parents"),
        ],
        ignore_index=True,
    )
    some["session"] = some["audience"] + some["session"]
    table = compare_sessions(some, provenance=ORIGIN).table
    gains = table[table["measure"] == "gain"].set_index("level")
    assert gains["status"].to_dict() == {
        "lawyers": "too_few",
        "parents": "too_few",
        "police": "ok",
        "teachers": "ok",
        "all": "ok",
    }
    assert gains.loc["police", "p_adjusted"] >= gains.loc["police", "p_value"]
    assert gains["p_adjusted"].notna().sum() == 2


def test_a_gap_is_refused():
    some = pairs(5, 10)
    some.loc[3, "gain"] = math.nan
    with pytest.raises(AnalysisError, match="leave out the rest"):
        compare_sessions(some, provenance=ORIGIN)


@pytest.mark.parametrize("kind", ["proportion", "mean", "model", "ratio"])
def test_intervals_hold_the_truth_as_often_as_they_say(kind, monkeypatch):
    monkeypatch.setattr("evaluation.analysis._engines._check_mixed", lambda *_, **__: None)  # only speed
    rng, held, rounds = np.random.default_rng(20262028), 0, 2000
    for _ in range(rounds):
        place = np.repeat(np.arange(25), rng.integers(8, 25, 25))
        if kind == "proportion":
            values = (rng.random(len(place)) < rng.beta(6, 4, 25)[place]).astype(float)
            found = clustered_proportion(values, place)
            held += found.low <= 0.6 <= found.high
            continue
        values = 0.2 + rng.normal(0, 0.07, 25)[place] + rng.normal(0, 0.2, len(place))
        if kind == "mean":
            found = clustered_mean(values, place)
            held += found.low <= 0.2 <= found.high
        elif kind == "model":
            found = fit_mixed_gain(values, place)
            held += found.low <= 0.2 <= found.high
        else:
            low, high = ratio_limits(values, place)
            held += low <= (0.07 / 0.2) ** 2 <= high
    assert 0.935 <= held / rounds <= 0.965


def test_our_alpha_on_a_yes_or_no_is_the_nominal_alpha_of_the_krippendorff_package():
    from evaluation.analysis.workbench.coding import krippendorff_alpha

    rng = np.random.default_rng(2)
    truth = rng.random(60) < 0.4
    coded = np.vstack([truth ^ (rng.random(60) < 0.1), truth ^ (rng.random(60) < 0.2)]).astype(float)
    theirs = krippendorff.alpha(reliability_data=coded, level_of_measurement="nominal")
    assert krippendorff_alpha(coded) == pytest.approx(theirs, abs=1e-12)
