"""Change over time: planted change and none, drop-out and what the weights do about it, few people, groups."""

import numpy as np
import pytest

from evaluation.analysis.feedback.dropout import estimate_weights, fit_weighted, fit_worse
from evaluation.analysis.feedback.panel import Panel, build_panel
from evaluation.analysis.feedback.scores import score_domains
from evaluation.analysis.feedback.trends import agree, estimate_trends, estimate_trends_by_group, read_change

from .conftest import drawn, for_analysis, row, same

READINGS = ["naive_pairs", "gee", "mixed", "ipw_gee", "mnar_0", "mnar_5", "mnar_10", "agreement"]


def panel_of(scores, waves=("inclusion", "month_3", "month_6", "month_12"), months=(0, 3, 6, 12)):
    values = np.asarray(scores, dtype=float)
    time = np.broadcast_to(np.array(months) / 6, values.shape)
    facts = {"sex": np.full(len(values), "female")}
    return Panel(waves, values, time, np.full(values.shape, True), facts)


def test_in_complete_data_all_readings_are_the_slope_of_the_wave_means(instrument):
    """Balanced and complete: every working correlation and the random intercept give the least-squares slope."""
    scores = score_domains(for_analysis(drawn(60, seed=5, slope={"safety": 4.0})), instrument)
    found = {one["level"]: one for one in read_change(scores, "safety", group="all")}
    means = scores.table.groupby("months")["safety"].mean()
    slope = np.polyfit(means.index / 6, means, 1)[0]
    for name in ("gee", "mixed", "ipw_gee", "mnar_0", "mnar_5", "mnar_10"):
        assert found[name]["estimate"] == pytest.approx(slope, abs=1e-6)
    first_and_last = (means[12.0] - means[0.0]) / 2
    assert found["naive_pairs"]["estimate"] == pytest.approx(first_and_last)
    assert found["agreement"]["method"] == "agree"
    assert found["ipw_gee"]["method"] == "ipw_none"


def test_planted_change_is_found_and_none_where_none_is_planted(instrument):
    scores = score_domains(for_analysis(drawn(320, seed=7, slope={"safety": 5.0})), instrument)
    table = estimate_trends(scores).table
    found = table[table["group"] == "all"].set_index(["measure", "level"])
    for name in ("gee", "mixed", "ipw_gee"):
        planted, none = found.loc[("safety", name)], found.loc[("support", name)]
        error = (planted["ci_high"] - planted["ci_low"]) / 3.92
        assert planted["ci_low"] > 0
        assert abs(planted["estimate"] - 5) < 4 * error
        assert abs(none["estimate"]) < 4 * (none["ci_high"] - none["ci_low"]) / 3.92
    # Holm over two tests: the smaller p doubled, the larger at least as large
    p = table[(table["group"] == "all") & (table["level"] == "gee")].sort_values("p_value")
    assert p["p_adjusted"].iloc[0] == pytest.approx(min(1, 2 * p["p_value"].iloc[0]))
    assert p["p_adjusted"].iloc[1] == pytest.approx(p["p_value"].iloc[1])


def lossy(people, *, seed):
    """Scores that stay at 50 while those who score low are lost: about four of ten by the last wave."""
    random = np.random.default_rng(seed)
    values = random.normal(50, 12, (people, 1)) + random.normal(0, 8, (people, 4))
    for place in range(1, 4):
        chance = 1 / (1 + np.exp(-(values[:, place - 1] - 30) / 10))
        gone = np.isnan(values[:, place - 1]) | (random.random(people) > chance)
        values[gone, place] = np.nan
    return values


def readings_of_nothing(samples, people):
    """No change is planted: slopes of those seen, weighted as by default, and weighted with the cut, a row a sample."""
    found = []
    for seed in range(samples):
        values = lossy(people, seed=seed)
        panel = panel_of(values)
        person, place = np.nonzero(panel.seen)
        naive = np.polyfit(panel.time[person, place], values[person, place], 1)[0]
        weights = [estimate_weights(panel, cut=cut) for cut in ((0, 100), (1, 99))]
        assert {one.model for one in weights} == {"full"}
        found.append([naive, *(float(fit_weighted(panel, one)[0]["estimate"]) for one in weights)])
    return np.array(found)


def test_weights_take_back_what_drop_out_adds_and_cut_ones_most_of_it():
    found = readings_of_nothing(40, 1000)
    naive, uncut, cut = found.mean(axis=0)
    error = found[:, 1].std(ddof=1) / 40**0.5
    assert naive > 2
    assert abs(uncut) < 4 * error < naive / 2
    assert abs(uncut) < cut < naive / 2


def test_the_band_for_the_lost_is_worked_out_by_hand():
    """Of 40 people 10 are lost after inclusion and 10 after month 3; missed waves by wave: 0, 10, 30, 50 over 40."""
    values = np.random.default_rng(1).normal(50, 10, (40, 4))
    values[:10, 1:] = np.nan
    values[10:20, 2:] = np.nan
    panel = panel_of(values)
    weighted, influence = {"estimate": 3.0}, np.zeros(40)
    slope = np.polyfit([0, 0.5, 1, 2], [0, 0.25, 0.75, 1.25], 1)[0]
    for delta in (0, 5, 10):
        found = fit_worse(panel, weighted, influence, delta=delta)
        assert found["estimate"] == pytest.approx(3 - delta * slope)


def test_the_band_starts_at_the_weighted_reading_and_only_falls():
    panel = panel_of(lossy(300, seed=2))
    weighted, influence = fit_weighted(panel, estimate_weights(panel))
    band = [fit_worse(panel, weighted, influence, delta=one) for one in (0, 5, 10)]
    for name in ("estimate", "ci_low", "ci_high"):
        assert band[0][name] == pytest.approx(weighted[name], rel=1e-9)
    assert band[0]["estimate"] > band[1]["estimate"] > band[2]["estimate"]


def test_stabilised_weights_have_a_mean_near_one_among_those_seen():
    weights = estimate_weights(panel_of(lossy(4000, seed=9)), cut=(0, 100))
    for place in range(4):
        given = weights.values[:, place]
        assert given[given > 0].mean() == pytest.approx(1, abs=0.1)


def test_a_wave_that_everybody_answered_does_not_stop_the_weights():
    values = np.random.default_rng(8).normal(50, 10, (200, 4))
    values[np.random.default_rng(9).random(200) < 0.3, 3] = np.nan  # nobody is lost before month 12
    weights = estimate_weights(panel_of(values))
    assert weights.model == "full"
    assert np.all(weights.values[:, :3] == 1)


def test_weights_are_refused_where_answering_follows_the_score_without_exception():
    values = np.random.default_rng(8).normal(50, 10, (200, 2))
    values[values[:, 0] < 50, 1] = np.nan
    assert estimate_weights(panel_of(values, waves=("inclusion", "month_3"), months=(0, 3))) is None


def test_too_few_losses_give_no_weights():
    values = np.random.default_rng(3).normal(50, 10, (100, 4))
    values[:19, 3] = np.nan  # lost at one wave: the last score and that at inclusion need 20
    assert estimate_weights(panel_of(values)) is None
    values[:20, 3] = np.nan
    assert estimate_weights(panel_of(values)).events == 20


def test_answers_after_a_gap_have_no_weight_and_the_missed_are_counted_in_a_row():
    values = np.full((40, 4), 50.0)
    values[0, 1] = np.nan
    values[1, 1:3] = np.nan
    panel = panel_of(values)
    assert panel.unbroken[:2].tolist() == [[True, False, False, False]] * 2
    assert panel.missed[:2].tolist() == [[0, 1, 0, 0], [0, 1, 2, 0]]


def test_nobody_is_expected_after_the_exit(instrument):
    rows = [
        row(f"p{one}", wave, same("3")) for one in range(5) for wave in ("inclusion", "month_3", "month_12")
    ]
    rows += [
        row("left", "inclusion", same("3")),
        row("left", "month_3", same("3")),
        row("left", "exit", same("3"), months=5.0),
    ]
    panel = build_panel(score_domains(for_analysis(rows), instrument), "safety")
    assert panel.waves == ("inclusion", "month_3", "month_12", "exit")
    left = int(np.flatnonzero(np.isclose(panel.time[:, 3], 5 / 6) & panel.seen[:, 3])[0])
    stayed = 0 if left else 1
    assert panel.expected[stayed].tolist() == [True] * 4
    assert panel.expected[left].tolist() == [True, True, False, True]
    assert panel.missed[left].tolist() == [0, 0, 0, 0]


@pytest.mark.parametrize(("people", "status"), [(29, "too_few"), (35, "ok")])
def test_under_thirty_people_with_two_waves_nothing_is_tested(instrument, people, status):
    scores = score_domains(for_analysis(drawn(people, seed=4)), instrument)
    found = {one["level"]: one for one in read_change(scores, "safety", group="all")}
    assert list(found) == READINGS
    for name in ("naive_pairs", "gee", "mixed"):
        assert found[name].get("status", "ok") == status
        assert ("estimate" in found[name]) is (status == "ok")


def test_groups_are_read_alike_and_small_ones_are_not_tested(instrument):
    scores = score_domains(for_analysis(drawn(100, seed=6)), instrument)
    table = estimate_trends_by_group(scores, ("safety",)).table
    minors = table[(table["group"] == "age_group.minor") & (table["measure"] == "safety")]  # every fourth: 25
    women = table[(table["group"] == "sex.female") & (table["measure"] == "safety")]
    assert set(minors["status"]) == {"too_few"}
    assert list(women["level"]) == READINGS
    assert set(women["status"]) == {"ok"}
    assert set(women["n"]) == {66}
    assert set(table["group"]) == {"sex.female", "sex.male", "age_group.adult", "age_group.minor",
                                   "exploitation.sexual", "exploitation.labour"}  # fmt: skip


def test_scores_that_never_vary_are_undefined(instrument):
    rows = [row(f"p{one}", wave, same("3")) for one in range(40) for wave in ("inclusion", "month_3")]
    found = read_change(score_domains(for_analysis(rows), instrument), "safety", group="all")
    assert {one["status"] for one in found} == {"undefined"}


@pytest.mark.parametrize(
    ("readings", "verdict"),
    [
        ([(2, 1, 3), (2.2, 1, 3.4), (1.5, 0.2, 2.8)], "agree"),
        ([(2, 1, 3), (0.5, -0.5, 1.5), (1.5, 0.2, 2.8)], "agree"),
        ([(0.1, -1, 1.2), (-0.2, -1.3, 0.9), (0.3, -0.8, 1.4)], "agree"),
        ([(4, 3, 5), (4, 3, 5), (1, 0.2, 1.8)], "agree_in_sign"),
        ([(4, 3, 5), (4, 3, 5), (-0.1, -1.0, 0.8)], "disagree"),
        ([(1, 0.1, 1.9), (1, 0.1, 1.9), (-0.1, -1.2, 1.0)], "disagree"),
    ],
)
def test_the_verdict_on_three_readings(readings, verdict):
    assert agree([(float(a), float(b), float(c)) for a, b, c in readings]) == verdict
