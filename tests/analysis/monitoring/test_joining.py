"""Two plans read as one: what continues has one series, what changed is not compared, what is dropped is not missing."""

from datetime import date

import pytest

from evaluation.analysis.monitoring.change import changes
from evaluation.analysis.monitoring.continuity import count_crosswalk, list_crosswalk
from evaluation.analysis.monitoring.deliverables import deliverable_states
from evaluation.analysis.monitoring.joining import join_plans, measure_codes
from evaluation.analysis.monitoring.states import measure_states
from evaluation.analysis.monitoring.values import annual_values
from evaluation.core.provenance import Source
from evaluation.strategy.crosswalk import Crosswalk, EvaluatedPlans, Relation, Step
from evaluation.strategy.plan import Indicator, Measure, Party, Plan
from tests.analysis.monitoring.ledger import definitions, ledger, line, real_plan, registry, rules, words

YEARS = (2024, 2025, 2026, 2027, 2028)
NOTE = {"ro": "altă unitate", "en": "another unit"}
TEXT = {"ro": "text", "en": "text"}


def card(name, kind="count"):
    return Indicator(
        id=name,
        name=TEXT,
        type=kind,
        unit={"ro": "campanii", "en": "campaigns"},
        direction="more",
        frequency="annual",
        status="defined",
    )


def measure(code, *cards, period=("Permanent",)):
    party = Party(printed="ANITP", institutions=("ANITP",))
    return Measure(code=code, lines="1", action=TEXT, responsible=(party,), period=period, indicators=cards)


def plan(plan_id, start, end, *measures):
    real = real_plan()
    head = real.head.model_copy(update={"id": plan_id, "start": date(start, 1, 1), "end": date(end, 12, 31)})
    return Plan(head=head, general=real.general, specific=real.specific, measures=measures)


FIRST = plan(
    "first", 2024, 2026,
    measure("1.1.1", card("IND-1.1.1-1"), card("IND-1.1.1-2"), card("IND-1.1.1-3")),
    measure("1.1.2", card("IND-1.1.2-1")),
    measure("1.1.3", card("IND-1.1.3-1", "deliverable"), period=("2024-2026",)),
)  # fmt: skip
LATER = plan(
    "later", 2027, 2028,
    measure("1.1.1", card("IND27-1.1.1-1"), card("IND27-1.1.1-2"), card("IND27-1.1.1-3")),
    measure("1.1.2", card("IND27-1.1.2-1", "deliverable"), period=("2027",)),
    measure("1.1.3", card("IND27-1.1.3-1")),
)  # fmt: skip
STEPS = (
    Step(old="IND-1.1.1-1", new="IND27-1.1.1-1", relation=Relation.CONTINUING),
    Step(old="IND-1.1.1-2", new="IND27-1.1.1-2", relation=Relation.CHANGED, note=NOTE),
    Step(old="IND-1.1.1-3", relation=Relation.DROPPED),
    Step(old="IND-1.1.2-1", relation=Relation.DROPPED),
    Step(old="IND-1.1.3-1", new="IND27-1.1.2-1", relation=Relation.CONTINUING),
    Step(new="IND27-1.1.1-3", relation=Relation.NEW),
    Step(new="IND27-1.1.3-1", relation=Relation.NEW),
)
CROSSWALK = Crosswalk(from_plan="first", to_plan="later", indicators=STEPS)
SOURCE = (Source("evaluation/strategy/plans/later/crosswalk.yaml", "0" * 64),)
PLANS = EvaluatedPlans(FIRST, LATER, CROSSWALK, SOURCE)
REPORTED = """
indicator|year|institution|value
IND-1.1.1-1|2024|ANITP|40
IND-1.1.1-1|2026|ANITP|60
IND27-1.1.1-1|2027|ANITP|70
IND27-1.1.1-1|2028|ANITP|80
IND-1.1.1-2|2026|ANITP|60
IND27-1.1.1-2|2027|ANITP|30
IND-1.1.1-3|2026|ANITP|5
IND27-1.1.1-3|2027|ANITP|20
IND27-1.1.1-3|2028|ANITP|40
"""
STAGES = """
measure|year|institution|stage
1.1.2|2026|ANITP|under_way
1.1.2|2028|ANITP|delivered
"""


def join(text=REPORTED, *, measures=STAGES, plans=PLANS):
    given = ledger(text, measures=measures)
    return join_plans(plans, given, registry=registry(), rules=rules(), years=YEARS)


def values(joined):
    return annual_values(
        joined.plan, joined.observations, asked=joined.asked, years=YEARS, definitions=definitions()
    )


def changed(first, last):
    joined = join()
    return changes(
        values(joined), first=first, last=last, definitions=definitions(), breaks=joined.breaks, without=joined.new
    )  # fmt: skip


def test_a_continuing_indicator_has_one_series_under_its_earlier_id():
    found = values(join())
    assert [line(found, "IND-1.1.1-1", period=str(year))["estimate"] for year in (2024, 2026, 2027, 2028)] == [
        40, 60, 70, 80,
    ]  # fmt: skip
    # 80 / 40 = 2
    assert line(changed(2024, 2028), "IND-1.1.1-1")["estimate"] == pytest.approx(2)


def test_a_year_without_a_return_stays_missing_in_the_joined_series():
    assert line(values(join()), "IND-1.1.1-1", period="2025")["status"] == "not_collected"


def test_a_changed_indicator_is_not_compared_across_the_plans():
    result = changed(2026, 2027)
    row = line(result, "IND-1.1.1-2")
    assert row["level"] == "not_comparable"
    assert row["status"] == "not_applicable"
    assert words(result, row)["reason_key"] == "series_break"
    assert words(result, row)["note.en"] == "another unit"


def test_a_changed_indicator_keeps_its_values_on_both_sides():
    found = values(join())
    assert line(found, "IND-1.1.1-2", period="2026")["estimate"] == 60
    assert line(found, "IND-1.1.1-2", period="2027")["estimate"] == 30


@pytest.mark.parametrize(("name", "reason"), [("IND-1.1.1-3", "not_asked"), ("IND-1.1.2-1", "over")])
def test_a_dropped_indicator_is_never_missing_after_its_plan(name, reason):
    found = values(join())
    for year in ("2027", "2028"):
        row = line(found, name, period=year)
        assert row["status"] == "not_applicable"
        assert words(found, row)["reason_key"] == reason
    assert name not in set(join().asked.query("year > 2026")["indicator"])


def test_a_new_indicator_stands_under_its_own_id_and_has_no_change():
    found = values(join())
    assert line(found, "IND27-1.1.1-3", period="2026")["status"] == "not_due"
    assert line(found, "IND27-1.1.1-3", period="2028")["estimate"] == 40
    assert join().new == {"IND27-1.1.1-3", "IND27-1.1.3-1"}
    assert "IND27-1.1.1-3" not in set(changed(2024, 2028).table["measure"])


def test_no_observation_is_lost_or_made():
    before, after = ledger(REPORTED, measures=STAGES), join().observations
    assert len(after.table) == len(before.table) == 9
    for column in ("observation", "year", "value", "cell"):
        assert after.table[column].tolist() == before.table[column].tolist()
    assert len(after.measures) == len(before.measures)


def test_an_id_of_the_later_plan_in_a_year_of_the_first_is_not_renamed():
    odd = join("indicator|year|institution|value\nIND27-1.1.1-1|2026|ANITP|1").observations
    assert odd.table["indicator"].tolist() == ["IND27-1.1.1-1"]


def test_a_measure_goes_on_the_earlier_one_whose_indicators_it_keeps():
    # 1.1.2 of the later plan keeps the indicator of 1.1.3; its 1.1.3 keeps none and must not be taken for it.
    assert measure_codes(FIRST, LATER, CROSSWALK) == {"1.1.1": "1.1.1", "1.1.2": "1.1.3", "1.1.3": "1.1.3/27"}


def test_a_measure_that_is_left_out_keeps_the_state_of_its_last_year():
    joined = join()
    assert joined.ended == {"1.1.2": 2026}
    found = measure_states(
        joined.plan, joined.observations, year=2028, definitions=definitions(), ended=joined.ended
    )
    # 1.1.2 of the first plan: under way in 2026; "delivered" in 2028 is said of 1.1.3.
    assert line(found, "1.1.2")["level"] == "under_way"
    assert line(found, "1.1.3")["level"] == "delivered"


def test_a_deliverable_is_judged_at_the_end_of_the_plan_that_asks_for_it():
    text = """
indicator|year|institution|period|date|stage
IND-1.1.3-1|2026|ANITP|2024-2026||under_way
IND27-1.1.2-1|2027|ANITP|2027|2027-06-30|delivered
"""
    joined = join(text)
    found = deliverable_states(
        joined.plan,
        joined.observations,
        cutoff=date(2028, 12, 31),
        definitions=definitions(),
        closings=joined.closings,
    )
    first, later = line(found, "IND-1.1.3-1", period="2024-2026"), line(found, "IND-1.1.3-1", period="2027")
    # due and judged on 31 December 2026: no day late yet, and nobody was asked again
    assert (first["level"], first["estimate"]) == ("overdue", 0)
    # due 31 December 2027, delivered 30 June 2027: 31 + 31 + 30 + 31 + 30 + 31 = 184 days early
    assert (later["level"], later["estimate"]) == ("done", -184)


def test_one_plan_is_left_as_it_is():
    given = ledger(REPORTED)
    joined = join_plans(
        EvaluatedPlans(FIRST), given, registry=registry(), rules=rules(), years=(2024, 2025, 2026)
    )
    assert joined.plan is FIRST
    assert joined.observations is given
    assert (joined.breaks, joined.new, dict(joined.ended)) == ((), frozenset(), {})


def test_every_way_is_counted_once():
    counted = count_crosswalk(PLANS, definitions=definitions())
    found = {
        way: line(counted, way, group="plan")["estimate"]
        for way in ("continuing", "changed", "dropped", "new")
    }
    # of the seven steps above
    assert found == {"continuing": 2, "changed": 1, "dropped": 2, "new": 2}
    listed = list_crosswalk(PLANS, definitions=definitions()).texts
    assert sorted(listed["relation_key"]) == ["changed", "dropped", "dropped", "new", "new"]


def test_one_plan_says_that_it_is_the_only_one():
    alone = EvaluatedPlans(FIRST, sources=SOURCE)
    assert list_crosswalk(alone, definitions=definitions()).texts["relation_key"].tolist() == ["one_plan"]
    # three indicators in 1.1.1, one in 1.1.2, one in 1.1.3
    counted = count_crosswalk(alone, definitions=definitions())
    assert line(counted, "one_plan", group="plan")["estimate"] == 5
