"""Invented feedback with planted truths: what the kit says of each, on the bundled example."""

import csv
import json
from datetime import date
from types import SimpleNamespace

import pytest

from evaluation.analysis.feedback import levels, taking_part, trends
from evaluation.analysis.feedback.scores import score_domains
from evaluation.analysis.feedback.told import with_words
from evaluation.core.project import find_project
from evaluation.intake.feedback.store import load_feedback_data
from evaluation.synthetic.feedback import NAMES, PHONES, invent_feedback, load_feedback_truth
from tests.report.conftest import ROOT

TRUTH = load_feedback_truth()
NULLS = [name for name, slope in TRUTH.slope.items() if not slope]


@pytest.fixture(scope="module")
def kit():
    project = find_project(ROOT)
    data = load_feedback_data(project, today=date(2026, 12, 31))[TRUTH.instrument]
    scores = score_domains(data.for_analysis, data.instrument)
    read = with_words(trends.estimate_trends(scores), data.instrument)
    table = read.table.assign(reading=read.texts["reading.en"])
    return SimpleNamespace(
        data=data,
        scores=scores,
        home=project.feedback,
        trends=table.set_index(["measure", "level"]),
        made=invent_feedback(data.instrument, TRUTH, seed=20262028),
        recorded=json.loads((ROOT / "data_raw/example/truth.json").read_text(encoding="utf-8"))["feedback"],
    )


def change(kit, domain):
    """Change per six months of everybody, the lost included, as it was invented."""
    known = kit.recorded["complete"][domain]
    return (known["month_12"] - known["inclusion"]) / 2


def test_the_list_of_truths_is_that_of_the_invented_people(kit):
    for name, waves in kit.made.complete.items():
        assert kit.recorded["complete"][name] == pytest.approx(waves, abs=1e-3)


def test_vf01_the_planted_rise_in_safety_is_read_as_one(kit):
    row = kit.trends.loc["safety", "ipw_gee"]
    assert row["reading"] == "clear rise"
    assert row["ci_low"] < change(kit, "safety") < row["ci_high"]


@pytest.mark.parametrize("reading", ["gee", "mixed", "ipw_gee"])
@pytest.mark.parametrize("domain", NULLS)
def test_vf02_a_domain_without_planted_change_shows_none(kit, domain, reading):
    assert kit.trends.loc[domain, reading]["reading"] == "no clear change"


def test_vf03_those_lost_felt_less_safe_and_the_weighted_change_is_nearer_the_truth(kit):
    lost = taking_part.describe_lost(kit.scores).table.set_index(["measure", "level"])
    assert lost.loc["safety", "lost_less_stayed"]["ci_high"] < 0
    naive, weighted = (kit.trends.loc["safety", one] for one in ("naive_pairs", "ipw_gee"))
    assert naive["ci_low"] > change(kit, "safety")  # those who stayed alone mislead
    assert abs(weighted["estimate"] - change(kit, "safety")) < abs(naive["estimate"] - change(kit, "safety"))


def test_vf03_the_band_for_the_lost_falls_with_what_is_supposed_of_them(kit):
    band = [kit.trends.loc["safety", f"mnar_{delta}"]["estimate"] for delta in (0, 5, 10)]
    assert band[0] > band[1] > band[2]


def test_vf04_the_interviewer_effect_is_found(kit):
    found = levels.describe_collectors(kit.scores).table.set_index(["measure", "period"])
    effects = [found.loc[name, "all"] for name in TRUTH.slope]
    assert all(one["ci_low"] > 0 for one in effects)
    held = sum(one["ci_low"] < TRUTH.interviewer < one["ci_high"] for one in effects)
    assert held >= 7  # of eight intervals of 95%


def test_vf05_nothing_of_those_who_withdrew_is_in_any_file(kit):
    people = kit.data.for_analysis.table["person"].nunique()
    without = {one for one in range(TRUTH.people) if one not in kit.made.withdrawn}
    consented = kit.made.answers[kit.made.answers["consent_analysis"] == "yes"]["person"]
    assert people == len(set(consented) & without)
    assert len(kit.made.withdrawn) == TRUTH.withdrawn
    raw = next((kit.home / "raw").glob("*.csv"))
    with raw.open(encoding="utf-8") as handle:
        codes = {row["person_code"] for row in csv.DictReader(handle)}
    assert len(codes) == len(without)


def test_vf06_planted_names_and_telephones_are_in_the_raw_export_only(kit):
    words = [*PHONES, *(part for name in NAMES for part in name.split() if part[0].isupper())]
    raw = next((kit.home / "raw").glob("*.csv")).read_text(encoding="utf-8")
    assert all(word in raw for word in words)
    for path in kit.home.glob("*.csv"):
        text = path.read_text(encoding="utf-8")
        assert not any(word in text for word in words), path.name


def test_only_consented_answers_come_to_analysis_and_quotation(kit):
    assert kit.data.for_analysis.provenance.excluded["no_consent_analysis"] > 0
    assert kit.data.for_quotation.provenance.excluded["no_consent_quotation"] > 0
    assert not kit.data.for_quotation.table["text"].str.contains("removed").any()
