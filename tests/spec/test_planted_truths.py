"""What is planted in the invented returns is what the analysis reports; expected values worked out by hand."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from evaluation.analysis.monitoring.asking import asked_table
from evaluation.analysis.monitoring.change import changes
from evaluation.analysis.monitoring.completeness import completeness, missing_reasons, timeliness
from evaluation.analysis.monitoring.definitions import load_definitions
from evaluation.analysis.monitoring.deliverables import deliverable_states
from evaluation.analysis.monitoring.detection import detection
from evaluation.analysis.monitoring.plausibility import find_oddities
from evaluation.analysis.monitoring.reasons import list_unmet
from evaluation.analysis.monitoring.values import annual_values
from evaluation.analysis.workbench.correlation import spearman
from evaluation.analysis.workbench.effort import effort_by_county
from evaluation.core.project import Project
from evaluation.intake.returns.breaks import load_breaks
from evaluation.intake.returns.ledger import load_observations
from evaluation.strategy.institutions import load_registry
from evaluation.strategy.plan import load_plan
from evaluation.strategy.request import load_request_rules
from evaluation.synthetic.truth import load_truth

ROOT = Path(__file__).resolve().parents[2]
BUNDLED = ROOT / "data_raw" / "example"
TRUTH = json.loads((BUNDLED / "truth.json").read_text(encoding="utf-8"))
YEARS = (2024, 2025, 2026)


@pytest.fixture(scope="module")
def kit():
    """The ledger of the bundled returns and what the analysis makes of it."""
    plan, registry, rules, definitions = (
        load_plan(),
        load_registry(),
        load_request_rules(),
        load_definitions(),
    )
    asked = asked_table(plan, registry, rules, years=YEARS)
    seen = load_observations(Project(ROOT), years=YEARS)
    values = annual_values(plan, seen, asked=asked, years=YEARS, definitions=definitions)
    breaks = load_breaks(BUNDLED / "returns")
    changed = changes(values, first=2024, last=2026, definitions=definitions, breaks=breaks)
    oddities = find_oddities(plan, seen, asked=asked, registry=registry, definitions=definitions)
    found = SimpleNamespace(**{name: value for name, value in locals().items() if name != "found"})
    return found


def lines(result, **wanted):
    """The rows of a result, numbers and words together, that have these values."""
    rows = zip(result.table.to_dict("records"), result.texts.to_dict("records"), strict=True)
    joined = [{**words, **line} for line, words in rows]
    return [one for one in joined if all(one[name] == value for name, value in wanted.items())]


def reported(kit, indicator, institution, *, period, group=""):
    table = kit.seen.table
    mine = table[(table["indicator"] == indicator) & (table["institution"] == institution)]
    mine = mine[(mine["period"] == period) & (mine["county"] == "")]
    return mine[mine["group"] == group] if group != "any" else mine


# T: changes. The interval of two Poisson counts a, b is that of the binomial share of b in a + b.
@pytest.mark.parametrize(
    ("indicator", "figures", "ratio", "reading"),
    [
        pytest.param("IND-1.1.1-1", (120, 198), 1.65, "improved", id="T01"),
        pytest.param("IND-1.5.7-2", (24000, 16800), 0.70, "improved", id="T02: fewer is wanted"),
        pytest.param("IND-1.3.2-1", (40, 20), 0.50, "worsened", id="T03"),
        pytest.param("IND-1.6.2-1", (30, 29), 29 / 30, "no_clear_change", id="T04"),
        pytest.param("IND-1.1.3-5", (84 + 36, 52 + 23), 0.625, "neutral", id="T08, T09"),
        pytest.param("IND-1.1.3-4", (800 + 400, 400 + 200), 0.50, "neutral", id="T10, T11"),
        pytest.param("IND-1.5.4-1", (8000, 4800), 0.60, "worsened", id="T12"),
        pytest.param("IND-1.5.4-2", (90, 54), 0.60, "neutral", id="T13"),
    ],
)
def test_a_planted_change_is_found(kit, indicator, figures, ratio, reading):
    (one,) = lines(kit.changed, measure=indicator)
    assert (one["denominator"], one["numerator"], one["level"]) == (*figures, reading)
    assert one["estimate"] == pytest.approx(ratio)
    assert (one["ci_low"] <= 1 <= one["ci_high"]) == (reading == "no_clear_change")


def test_t05_a_rising_share_is_a_difference_of_20_points(kit):
    (one,) = lines(kit.changed, measure="IND-1.2.6-3")  # 630/900 - 300/600
    assert one["estimate"] == pytest.approx(0.20)
    assert (one["ci_low"] > 0, one["level"]) == (True, "improved")


def test_t06_t07_shares_are_added_as_numerators_over_denominators(kit):
    for year in YEARS:  # (90 + 300)/(100 + 1000), not (90% + 30%)/2 = 60%
        (one,) = lines(kit.values, measure="IND-1.2.7-3", period=str(year))
        assert (one["numerator"], one["denominator"]) == (390, 1100)
        assert one["estimate"] == pytest.approx(390 / 1100)


def test_t08_to_t13_falling_victims_beside_falling_detection_are_no_success(kit):
    found = detection(kit.values, first=2024, last=2026, definitions=kit.definitions, breaks=kit.breaks)
    (last,) = lines(found, measure="detection")
    assert last["level"] == "fall_with_less_detection"


def test_b01_a_change_across_a_break_is_not_claimed(kit):
    (one,) = lines(kit.changed, measure="IND-1.1.3-2")
    assert (one["level"], one["status"]) == ("not_comparable", "not_applicable")
    assert "SYNTHETIC" in one["note.en"]


# P: plausibility
@pytest.mark.parametrize(
    ("check", "place", "figures"),
    [
        pytest.param("jump", ("ANITP", "2026", "IND-1.3.2-3"), (31200, 2950), id="P01"),
        pytest.param("same_three_years", ("DRP", "2026", "IND-1.1.4-2"), (1250, 1250), id="P02"),
        pytest.param("counties_and_total", ("ME", "2025", "IND-1.2.5-2"), -12, id="P06"),
        pytest.param("levels_and_total", ("ANITP", "2025", "IND-1.2.3-2"), 50, id="P07"),
    ],
)
def test_a_planted_oddity_is_a_question(kit, check, place, figures):
    institution, period, indicator = place
    (one,) = lines(kit.oddities, measure=check, level=institution, period=period, indicator=indicator)
    if isinstance(figures, tuple):
        assert (one["numerator"], one["denominator"]) == figures
    else:
        assert one["estimate"] == figures
    assert one["source_rows"]


def test_p01_the_implausible_figure_is_not_corrected(kit):
    (one,) = reported(kit, "IND-1.3.2-3", "ANITP", period="2026")["value"]
    assert one == 31200


def test_p03_a_numerator_above_its_denominator_is_refused_at_its_cell(kit):
    (place,) = (
        one for one in kit.seen.corrections.to_dict("records") if one["code"] == "numerator_above_denominator"
    )
    assert (place["outcome"], place["file"]) == ("refused", "2026/Comitet membri - raportare 2026.xlsx")
    assert place["cell"]
    assert reported(kit, "IND-3.1.3-3", "COMITET_MEMBRI", period="2026-S2").empty


def test_p04_an_approximate_value_stays_approximate(kit):
    for year, value in zip(YEARS, (1200, 1300, 1400), strict=True):
        (one,) = reported(kit, "IND-1.1.2-2", "MEAT", period=str(year)).to_dict("records")
        assert (one["qualifier"], one["value"]) == ("about", value)
        (total,) = lines(kit.values, measure="IND-1.1.2-2", period=str(year))
        assert total["about"] == "yes"


def test_p05_a_rating_without_a_scale_is_kept_and_not_analysed(kit):
    for year, value in zip(YEARS, (4.1, 4.2, 4.4), strict=True):
        (one,) = reported(kit, "IND-2.2.10-3", "IGPR", period=str(year))["value"]
        assert one == pytest.approx(value)
        (annual,) = lines(kit.values, measure="IND-2.2.10-3", period=str(year))
        assert annual["status"] == "undefined" and annual["estimate"] != annual["estimate"]


def test_p08_a_block_of_equal_figures_names_both_institutions(kit):
    (one,) = lines(kit.oddities, measure="copied_block")
    assert (one["level"], one["period"]) == ("CL", "2025")
    assert "CJ" in one["place"] or "Consilii județene" in one["place"]


def test_p09_only_round_figures_are_a_question(kit):
    (one,) = lines(kit.oddities, measure="round_numbers")
    assert (one["level"], one["period"]) == ("IGI", "2024")


# D: deliverables. A joint deliverable is done with the first institution that delivers, so each planted one is judged
# on the reports of its institution alone; days are counted by hand from the due date.
@pytest.mark.parametrize(
    ("truth", "year", "state", "days"),
    [
        ("D01", 2024, "done", -41),  # 20 November to 31 December: 10 + 31
        ("D02", 2025, "done_late", 105),  # to 15 April 2025: 31 + 28 + 31 + 15
        ("D03", 2025, "overdue", 365),
        ("D03", 2026, "done_late", 455),  # 365 days of 2025, then 31 + 28 + 31 of 2026
        ("D04", 2026, "overdue", 730),
        ("D05", 2024, "not_due", None),
        ("D05", 2026, "overdue", 365),
        ("D06", 2024, "not_due", None),
        ("D06", 2025, "not_due", None),
        ("D06", 2026, "done", None),
        ("D07", 2026, "dropped", None),
        ("D08", 2026, "overdue", 730),
        ("D09", 2025, "done", 0),
        ("D10", 2025, "done", -47),  # 14 November to 31 December: 16 + 31
    ],
)
def test_a_planted_deliverable_is_judged_by_its_date(kit, truth, year, state, days):
    (planted,) = (one for one in load_truth().deliverables if one.id == truth)
    one = judge(kit, planted.indicator, planted.period, year=year, only=planted.institution)
    assert one["level"] == state or (state == "not_due" and one["level"].endswith("_not_due"))
    assert days is None or one["estimate"] == days


def test_d08_a_state_that_turned_back_is_flagged_and_the_joint_deliverable_too(kit):
    assert judge(kit, "IND-2.1.5-1", "2024-S2", year=2025, only="DIICOT")["flag_key"] == "turned_back"
    assert judge(kit, "IND-2.1.5-1", "2024-S2", year=2025)["flag_key"] == "turned_back"


@pytest.mark.parametrize("truth", ["D03", "D06", "D10"])
def test_a_joint_deliverable_counts_from_its_first_delivery(kit, truth):
    (planted,) = (one for one in load_truth().deliverables if one.id == truth)
    mine = [
        one
        for one in TRUTH["deliverables"]
        if one["key"].startswith(f"{planted.indicator}|{planted.period}|")
    ]
    first = min(date.fromisoformat(one["date"]) for one in mine if one["stage"] == "delivered")
    due = date(2024 if truth == "D03" else int(planted.period[-4:]), 12, 31)
    one = judge(kit, planted.indicator, planted.period, year=2026)
    assert (one["estimate"], one["level"]) == ((first - due).days, "done" if first <= due else "done_late")


def judge(kit, indicator, period, *, year, only=""):
    table = kit.seen.table[kit.seen.table["year"] <= year]
    seen = replace(kit.seen, table=table[table["institution"] == only] if only else table)
    states = deliverable_states(kit.plan, seen, cutoff=date(year, 12, 31), definitions=kit.definitions)
    (one,) = lines(states, measure=indicator, period=period)
    return one


# R, S: deliveries
def test_r01_s05_two_values_of_one_day_contradict_and_neither_is_used(kit):
    rows = reported(kit, "IND-3.6.1-2", "UNBR", period="2025-S1")
    assert sorted(rows["value"]) == [140, 170]
    assert set(rows["state"]) == {"contradicted"}
    (total,) = lines(kit.values, measure="IND-3.6.1-2", period="2025")
    assert (total["quantity"], total["reason_key"]) == ("partial_count", "contradicted")


def test_r02_s04_a_correction_takes_the_place_of_the_first_value_with_its_reason(kit):
    rows = {
        one["value"]: one for one in reported(kit, "IND-3.2.4-2", "IGI", period="2025-S2").to_dict("records")
    }
    assert {value: one["state"] for value, one in rows.items()} == {48: "superseded", 36: "current"}
    assert rows[48]["state_reason"]


def test_s01_an_institution_that_does_not_answer_leaves_totals_incomplete(kit):
    given = {"asked": kit.asked, "years": (2025,), "registry": kit.registry, "definitions": kit.definitions}
    counted = completeness(kit.plan, kit.seen, **given)
    (asked,) = lines(counted, group="institution", level="MMSS", measure="asked")
    (silent,) = lines(counted, group="institution", level="MMSS", measure="silent")
    assert asked["estimate"] == silent["estimate"] > 0
    mine = kit.asked[(kit.asked["institution"] == "MMSS") & (kit.asked["year"] == 2025)]
    totals = [one for one in lines(kit.values, period="2025") if one["measure"] in set(mine["indicator"])]
    assert totals and all(one["quantity"].startswith("partial_") or one["status"] != "ok" for one in totals)


@pytest.mark.parametrize(("institution", "year", "days"), [("MS", 2024, 46), ("MMSS", 2025, None)])
def test_s02_days_after_the_deadline_are_counted(kit, institution, year, days):
    timely = timeliness(
        kit.seen, asked=kit.asked, years=(year,), rules=kit.rules, registry=kit.registry,
        definitions=kit.definitions,
    )  # fmt: skip
    (one,) = lines(timely, level=institution)  # 15 February to 2 April 2025: 13 + 31 + 2
    assert one["timeliness_key"] == ("not_delivered" if days is None else "late")
    assert days is None or one["estimate"] == days


def test_s03_a_file_sent_twice_counts_once(kit):
    table = kit.seen.table
    mine = table[(table["institution"] == "DGAESRI") & (table["year"] == 2024)]
    states = mine.groupby("file")["state"].unique()
    assert {file: list(state) for file, state in states.items()} == {
        "2024/DGAESRI.xlsx": ["current"],
        "2024/DGAESRI (copie).xlsx": ["duplicate"],
    }


# U: missing values
@pytest.mark.parametrize(
    ("indicator", "institution", "year", "reason"),
    [
        pytest.param("IND-2.2.6-3", "ANABI", 2024, "no_data_system", id="U01"),
        pytest.param("IND-3.6.2-4", "MJ", 2026, "waiting_for_other_institution", id="U02"),
        pytest.param("IND-1.5.3-2", "ANOFM", 2026, "no_staff", id="U04"),
    ],
)
def test_a_missing_value_has_its_reason(kit, indicator, institution, year, reason):
    given = {"asked": kit.asked, "years": (year,), "registry": kit.registry, "definitions": kit.definitions}
    objective = indicator.removeprefix("IND-")[:3]
    counted = missing_reasons(kit.plan, kit.seen, **given, objective=objective)
    (one,) = lines(counted, measure=reason, group="institution", level=institution)
    assert one["estimate"] >= 1
    (annual,) = lines(kit.values, measure=indicator, period=str(year))
    assert annual["status"] in ("not_collected", "undefined")


def test_u03_a_breakdown_that_is_not_available_is_not_zero(kit):
    parts = reported(kit, "IND-3.1.5-4", "CJ", period="2025", group="any")
    parts = parts[parts["group"] != ""]
    assert set(parts["status"]) == {"not_available"} and set(parts["reason"]) == {"no_data_system"}
    assert parts["value"].isna().all()


def test_u05_what_does_not_apply_is_neither_summed_nor_missing(kit):
    (one,) = reported(kit, "IND-1.3.1-4", "MDOC", period="2025").to_dict("records")
    (total,) = lines(kit.values, measure="IND-1.3.1-4", period="2025")
    assert one["status"] == "not_applicable"
    assert (total["quantity"], total["answered"]) == ("count", total["asked"])


@pytest.mark.parametrize("planted", TRUTH["measures"], ids=lambda one: one["id"])
def test_n_the_stage_of_a_measure_has_its_reason(kit, planted):
    own_form = {
        one["year"]
        for one in TRUTH["deliveries"]
        if one["institution"] == planted["institution"] and one["form"] != "kit"
    }  # a form of one's own has no sheet of measures, so the stage cannot be told in it
    for year in (year for year in planted["years"] if year in YEARS and year not in own_form):
        unmet = list_unmet(kit.plan, kit.seen, year=year, registry=kit.registry, definitions=kit.definitions)
        found = [
            (one["stage_key"], one["reason_key"])
            for one in unmet.texts.to_dict("records")
            if one["code"] == planted["measure"]
        ]
        assert found == [(planted["stage"], planted["reason"])]


def test_c01_effort_by_county_does_not_follow_need(kit):
    counties = TRUTH["counties"]
    effort = effort_by_county(kit.seen, indicators=load_truth().counties.effort, year=2025).table
    given = dict(zip(effort["county"], effort["high"], strict=True))
    assert given == {name: pytest.approx(value) for name, value in counties["effort"].items()}
    names = sorted(given)
    rho = spearman(
        *(np.array([one[name] for name in names], dtype=float) for one in (given, counties["need"]))
    )
    assert rho == pytest.approx(counties["realised_correlation"], abs=1e-6)
    assert rho < 0
