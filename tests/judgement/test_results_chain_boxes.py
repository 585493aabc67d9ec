"""The boxes of the drawing: how many measures lead to each, over which links, and where the chain breaks."""

import pytest

from evaluation.judgement.results_chain import trace_results
from evaluation.judgement.results_chain_boxes import count_boxes
from evaluation.strategy.frame import load_expected_results, load_pillars, load_problems
from evaluation.strategy.plan import load_plan


@pytest.fixture(scope="module")
def boxes():
    chain = trace_results(load_plan(), load_expected_results(), load_problems(), load_pillars())
    result = count_boxes(chain, sources=())
    return result.texts.assign(level=result.table["level"], number=result.table["estimate"]).set_index(
        "level"
    )


def test_there_is_a_box_for_everything_above_the_measures(boxes):
    assert len(boxes) == 5 + 18 + 8 + 15 + 4


def test_measures_are_counted_once_on_their_way(boxes):
    # 29 + 24 + 37 + 9 + 5 = 104; PIL4 has the general objectives 4 and 5; ER4 has the nine measures of 3.2
    assert list(boxes.loc[["1", "2", "3", "4", "5"], "number"]) == [29, 24, 37, 9, 5]
    assert list(boxes.loc[["PIL4", "ER4", "3.2"], "number"]) == [14, 9, 9]


def test_printed_links_and_our_reading_are_told_apart(boxes):
    assert (boxes.loc["3.2", "printed"], boxes.loc["3.2", "read"]) == (
        "3",
        "ER4, ER6, ER7, P01, P02, P05, P07",
    )
    assert (boxes.loc["4", "printed"], boxes.loc["4", "read"]) == ("–", "PIL4")


def test_breaks_stand_at_their_box_and_those_of_measures_at_the_objective(boxes):
    assert boxes.loc["2.1", "broken"] == "objective_without_result"
    assert boxes.loc["1.4", "loose.en"] == "1.4.2: measure without a printed result"
    assert boxes.loc["3.2", ["broken", "flag.ro", "loose.ro"]].tolist() == ["–", "–", "–"]
