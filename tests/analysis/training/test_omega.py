"""Omega of many samples at once is the library's, and its limits hold the truth."""

import numpy as np
import pytest

from evaluation.analysis.training.reliability import omega_fields, omega_limits, omega_of, omega_total

LOADING, ITEMS = 0.6, 6
TRUE = (ITEMS * LOADING) ** 2 / ((ITEMS * LOADING) ** 2 + ITEMS * (1 - LOADING**2))  # 12.96 / 16.8 = 0.7714


def answers(people, seed):
    """Standard normal items of one factor with equal loadings."""
    rng = np.random.default_rng(seed)
    return LOADING * rng.normal(size=(people, 1)) + (1 - LOADING**2) ** 0.5 * rng.normal(size=(people, ITEMS))


def test_many_at_once_are_each_as_by_the_library():
    samples = [answers(150, seed) for seed in range(5)]
    together = omega_of(np.stack([np.corrcoef(one, rowvar=False) for one in samples]))
    assert together == pytest.approx([omega_total(one) for one in samples], abs=1e-4)


def test_a_perfect_factor_has_omega_one():
    assert omega_of(np.ones((1, 4, 4)) * 0.999 + np.eye(4) * 0.001)[0] == pytest.approx(1, abs=2e-3)


def test_under_a_hundred_people_there_are_no_limits():
    assert set(omega_fields(answers(99, 1), seed=1)) == {"estimate"}
    assert set(omega_fields(answers(100, 1), seed=1)) == {"estimate", "ci_low", "ci_high", "ci_level"}


def test_the_same_seed_gives_the_same_limits():
    assert omega_limits(answers(120, 1), seed=4, draws=50) == omega_limits(answers(120, 1), seed=4, draws=50)


def test_limits_hold_the_truth_about_as_often_as_they_say():
    held = 0
    for seed in range(150):
        low, high = omega_limits(answers(150, seed), seed=seed, draws=200)
        held += low <= TRUE <= high
    assert 0.90 <= held / 150 <= 0.985  # 95% less and plus three errors of 150 samples, cut at what matters
