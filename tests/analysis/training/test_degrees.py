"""The degree of knowledge that the plan asks for: shares of right answers worked by hand."""

from types import SimpleNamespace

import pandas as pd
import pytest

from evaluation.analysis.training.checks import estimate_degrees
from evaluation.analysis.training.scores import Scored
from evaluation.core.provenance import Provenance
from evaluation.instruments.load import load_instrument

NAME = "training_police"
ITEMS = {"A": ["pol_a5", "pol_a6"], "B": ["pol_b5", "pol_b6"]}
ORIGIN = Provenance((), "test", 1, 1)


def degrees(sessions):
    """Sessions of people after training, each (form, first item, second item) on investigation techniques."""
    rows = [
        {"session": f"S{place}", "occasion": "post", "form": form, "link": "", **dict(zip(ITEMS[form], right, strict=True))}
        for place, people in enumerate(sessions)
        for form, *right in people
    ]  # fmt: skip
    table = pd.DataFrame(rows)
    closed = [one.item for one in load_instrument(NAME).keys]
    items = table.reindex(columns=closed).astype(float)
    audience = SimpleNamespace(instrument=load_instrument(NAME), microdata=SimpleNamespace(provenance=ORIGIN))
    found = estimate_degrees({NAME: audience}, {NAME: Scored(table, items, {})}).table
    return found.set_index("measure").loc["degree_IND-2.2.10-3"]


def test_the_degree_is_the_mean_share_of_right_answers_to_its_items_over_people():
    # five sessions of two: means 3/4, 1/2, 1, 1/4, 1/2; people: 10; total (1.5 + 1 + 2 + 0.5 + 1) / 10 = 0.6
    found = degrees(
        [
            [("A", 1, 1), ("B", 1, 0)],
            [("A", 0, 1), ("B", 1, 0)],
            [("A", 1, 1), ("B", 1, 1)],
            [("A", 0, 0), ("B", 0, 1)],
            [("A", 1, 0), ("B", 1, None)],  # an omitted item is not known
        ]
    )
    assert found["estimate"] == pytest.approx(0.6)
    # deviations of session sums from 2 x 0.6: 0.3, -0.2, 0.8, -0.7, -0.2; squares 1.3; 5/4 x 1.3 / 100 = 0.01625
    half = 2.7764451051977987 * 0.01625**0.5
    assert (found["ci_low"], found["ci_high"]) == pytest.approx((0.6 - half, 0.6 + half))
    assert (found["n"], found["numerator"]) == (10, 2)


def test_four_sessions_give_no_figure():
    found = degrees([[("A", 1, 1), ("B", 1, 0)]] * 4)
    assert found["status"] == "too_few" and pd.isna(found["estimate"])
