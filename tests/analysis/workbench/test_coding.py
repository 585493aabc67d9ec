"""Agreement of analysts against a published example and hand-worked cases."""

import numpy as np
import pandas as pd
import pytest

from evaluation.analysis.workbench.coding import compare_codings, krippendorff_alpha, weighted_kappa
from evaluation.core.errors import AnalysisError
from tests.analysis.workbench.small import ORIGIN, row_of

GAP = float("nan")
# Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, section C: four observers, twelve units.
PUBLISHED = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, GAP, GAP, GAP],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, GAP, 3],
        [GAP, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, GAP],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, GAP],
    ]
)


def test_alpha_for_interval_data_equals_the_published_example():
    assert krippendorff_alpha(PUBLISHED) == pytest.approx(0.849, abs=0.0005)


def test_alpha_by_hand():
    # Values 1 1, 2 2, 3 4. Within: one pair a point apart, both ways: 2. All ordered pairs of the six values:
    # 2 (6 * 35 - 13^2) = 82, over n - 1 = 5: 16.4. Alpha = 1 - 2 / 16.4.
    assert krippendorff_alpha(np.array([[1.0, 2, 3], [1, 2, 4]])) == pytest.approx(1 - 2 / 16.4)


def test_alpha_is_one_in_full_agreement_and_without_meaning_when_nothing_varies():
    same = np.array([[1.0, 2, 3], [1, 2, 3]])
    assert krippendorff_alpha(same) == 1
    assert np.isnan(krippendorff_alpha(np.ones((2, 4))))


def test_alpha_does_not_depend_on_the_unit_of_the_values():
    assert krippendorff_alpha(PUBLISHED * 100 - 7) == pytest.approx(krippendorff_alpha(PUBLISHED))


def test_weighted_kappa_by_hand():
    # Observed weighted disagreement .25; by chance .125 + .25 + .0625 + .0625 + .5 + .25 = 1.25; 1 - .2 = .8
    assert weighted_kappa(np.array([0, 1, 2, 2]), np.array([0, 1, 2, 1])) == pytest.approx(0.8)


def codings(one, other):
    units = [f"u{number:02d}" for number in range(len(one))]
    parts = [
        pd.DataFrame({"definition": "WB-4.1.8-3", "unit": units, "analyst": name, "value": values})
        for name, values in (("A1", one), ("A2", other))
    ]
    return pd.concat(parts, ignore_index=True)


def test_intervals_surround_the_estimates():
    random = np.random.default_rng(4)
    truth = random.normal(size=42)
    table = codings(truth + 0.1 * random.normal(size=42), truth + 0.1 * random.normal(size=42))
    result = compare_codings(table, seed=1, provenance=ORIGIN, draws=300)
    for quantity in ("krippendorff_alpha", "kappa"):
        row = row_of(result, quantity=quantity)
        assert row["ci_low"] < row["estimate"] < row["ci_high"] <= 1


def test_noise_lowers_the_agreement():
    random = np.random.default_rng(5)
    truth = random.normal(size=42)
    found = []
    for spread in (0.1, 0.5, 2.0):
        noisy = codings(truth + spread * random.normal(size=42), truth + spread * random.normal(size=42))
        result = compare_codings(noisy, seed=1, provenance=ORIGIN, draws=20)
        found.append(row_of(result, quantity="krippendorff_alpha")["estimate"])
    assert found == sorted(found, reverse=True)


def test_under_ten_units_coded_twice_there_is_no_number():
    values = [float(number) for number in range(10)]
    result = compare_codings(codings(values, [*values[:9], GAP]), seed=1, provenance=ORIGIN, draws=20)
    assert set(result.table["status"]) == {"too_few"}
    assert dict(result.provenance.excluded) == {"not collected": 1}


def test_a_unit_coded_twice_by_one_analyst_is_refused():
    table = codings([1.0, 2.0], [1.0, 2.0])
    with pytest.raises(AnalysisError, match="twice"):
        compare_codings(pd.concat([table, table.head(1)]), seed=1, provenance=ORIGIN)
