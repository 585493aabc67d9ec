"""Invented returns of the second plan: asked under its own ids, and the series of the first plan go on in them."""

from functools import cache

import pytest

from evaluation.strategy.asked import figures_asked, responsible_institutions
from evaluation.strategy.crosswalk import load_crosswalk
from evaluation.strategy.institutions import load_registry
from evaluation.strategy.plan import load_plan
from evaluation.strategy.request import load_request_rules
from evaluation.synthetic.generate import answer_figures
from evaluation.synthetic.truth import load_truth
from evaluation.synthetic.world import World, later_world

SECOND = "pna_2027_2028_synthetic"
REGISTRY, RULES, LATER = load_registry(), load_request_rules(), load_plan(SECOND)
FIRST = World(load_plan(), REGISTRY, RULES, load_truth(), 20262028)
WORLD = later_world(FIRST, LATER, load_crosswalk(SECOND))


@cache
def answers(institution, year):
    return answer_figures(WORLD, institution, year=year)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("IND27-1.1.1-1|2027|ANITP||", 230),  # T01, after 198 in 2026
        ("IND27-1.1.1-1|2028|ANITP||", 260),
        ("IND27-1.5.6-1|2028|ME||", 12000),  # T02: IND-1.5.7-2 in the first plan
    ],
)
def test_a_planted_series_goes_on_under_the_later_id(key, value):
    _, year, institution, *_ = key.split("|")
    assert answers(institution, int(year))[key]["value"] == value


def test_everything_asked_is_answered_and_only_open_categories_are_added():
    for institution in responsible_institutions(LATER):
        asked = {one.key for one in figures_asked(LATER, REGISTRY, RULES, institution=institution, year=2027)}
        made = set(answers(institution, 2027))
        assert asked <= made
        assert {key.split("|")[4].split("=")[0] for key in made - asked} <= {
            one.id for one in RULES.breakdown_list if one.open
        }


def test_an_undisturbed_count_keeps_its_size():
    # Level and drift are drawn by the earlier id, so the two years differ by drift and chance only.
    before = answer_figures(FIRST, "ANITP", year=2026)["IND-1.2.6-1|2026|ANITP||"]["value"]
    after = answers("ANITP", 2027)["IND27-1.2.5-1|2027|ANITP||"]["value"]
    assert 0.5 < after / before < 2
