"""Intervals keep their promise: simulated with fixed seeds, 95% intervals hold the truth in 93.5 to 96.5% of samples."""

import numpy as np
import pytest

from evaluation.analysis._longitudinal_engines import gee_formula, mixed_formula
from evaluation.analysis.feedback._rows import mean_row
from evaluation.analysis.feedback.retest import icc_agreement
from evaluation.analysis.limits import wilson_limits

SAMPLES = 4000
SLOPE = 3.0


def waves(random, people):
    """Scores of people at 0, 3, 6 and 12 months, a fifth of the later ones missing at random."""
    time = np.tile([0.0, 0.5, 1.0, 2.0], people)
    who = np.repeat(np.arange(people), 4)
    values = 50 + SLOPE * time + random.normal(0, 12, people)[who] + random.normal(0, 9, 4 * people)
    kept = (time == 0) | (random.random(4 * people) > 0.2)
    return values[kept], np.column_stack([np.ones(kept.sum()), time[kept]]), who[kept]


def holds(found, truth):
    return found["ci_low"] <= truth <= found["ci_high"]


@pytest.mark.parametrize(("people", "samples"), [(30, 2000), (60, SAMPLES), (300, 2000)])
def test_gee_change(people, samples):
    random = np.random.default_rng(people)
    share = np.mean([holds(gee_formula(*waves(random, people)).row(1), SLOPE) for _ in range(samples)])
    assert 0.935 <= share <= 0.965


@pytest.mark.parametrize("people", [30, 300])
def test_mixed_change(people):
    random = np.random.default_rng(people + 1)
    fits = (mixed_formula(*waves(random, people), within=1).row(1) for _ in range(1500))
    assert 0.935 <= np.mean([holds(one, SLOPE) for one in fits]) <= 0.965


@pytest.mark.parametrize("people", [30, 100])
def test_paired_change(people):
    random = np.random.default_rng(people + 2)
    rows = (mean_row({}, random.normal(SLOPE, 15, people)) for _ in range(SAMPLES))
    assert 0.935 <= np.mean([holds(one, SLOPE) for one in rows]) <= 0.965


@pytest.mark.parametrize(("people", "icc"), [(30, 0.7), (100, 0.85)])
def test_icc(people, icc):
    """No shift between the two administrations beyond chance."""
    random = np.random.default_rng(people + 3)
    kept = []
    for _ in range(SAMPLES):
        level = random.normal(0, icc**0.5, (people, 1))
        _, low, high = icc_agreement(level + random.normal(0, (1 - icc) ** 0.5, (people, 2)))
        kept.append(low <= icc <= high)
    assert 0.935 <= np.mean(kept) <= 0.965


def test_shares_of_people():
    """Wilson's interval, averaged over shares from 0.1 to 0.9 as it is read here, thirty people and more."""
    random = np.random.default_rng(5)
    kept = []
    for _ in range(SAMPLES):
        people, share = int(random.integers(30, 200)), float(random.uniform(0.1, 0.9))
        found = wilson_limits(int(random.binomial(people, share)), people)
        kept.append(found.low <= share <= found.high)
    assert 0.935 <= np.mean(kept) <= 0.965
