"""The drawing of the results chain: all boxes, their links in words, and the same picture every time."""

import re

import pytest

from evaluation.disclosure.policy import load_policies
from evaluation.disclosure.release import release
from evaluation.judgement.plan_data import plan_data_sources
from evaluation.judgement.results_chain import trace_results
from evaluation.judgement.results_chain_boxes import count_boxes
from evaluation.reporting.figures import plot
from evaluation.strategy.frame import load_expected_results, load_pillars, load_problems
from evaluation.strategy.plan import load_plan


@pytest.fixture(scope="module")
def boxes():
    chain = trace_results(load_plan(), load_expected_results(), load_problems(), load_pillars())
    return release(count_boxes(chain, sources=plan_data_sources()), load_policies()["published_source"])


def alternative(shown):
    return re.search(r'alt="([^"]*)"', shown.html)[1]


@pytest.mark.parametrize("language", ["ro", "en"])
def test_the_alternative_names_every_specific_objective_and_every_break(boxes, language):
    text = alternative(plot(boxes, language=language, figure="results_chain"))
    codes = [one.code for one in load_plan().specific]
    assert all(re.search(rf"\b{re.escape(code)} \(", text) for code in codes)
    assert all(f"{place}:" in text for place in ("1.4.2", "1.6", "1.7", "2.1", "2.3", "4.1", "4.1.6"))


def test_the_outline_gives_measures_with_their_noun_and_the_way(boxes):
    text = alternative(plot(boxes, language="ro", figure="results_chain"))
    assert "Obiectivul general 2 (24 de măsuri; spre PIL2): 2.1 (6 măsuri) spre P02, P03, P10;" in text


def test_every_box_has_its_number_in_the_register_and_bytes_are_equal(boxes):
    first, second = (plot(boxes, language="en", figure="results_chain") for _ in range(2))
    assert len(first.entries) == 50
    assert first.html == second.html
