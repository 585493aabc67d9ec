"""Training statistics against R, hand-worked tables, and their own promises of coverage."""

import csv
import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from evaluation.analysis.training import gains, items, rasch, reliability
from evaluation.analysis.training.bootstrap import bca_limits, mean_of
from evaluation.analysis.training.scores import score_sheets
from evaluation.core.errors import AnalysisError
from evaluation.core.microdata import Microdata
from evaluation.core.provenance import Provenance
from evaluation.instruments.model import ItemKind
from tests.kit.instruments import sample_instrument

ORACLES = Path(__file__).parents[2] / "oracles"
ORIGIN = Provenance((), "made for the test", 0, 0)
NUMBERS = pd.read_csv(ORACLES / "training_data.csv")
PRE, POST = (NUMBERS.filter(like=f"{name}_").to_numpy(float) for name in ("pre", "post"))
BEFORE, AFTER = PRE.mean(axis=1), POST.mean(axis=1)


def oracle(name):
    with (ORACLES / "training_r.csv").open(encoding="utf-8") as file:
        row = next(one for one in csv.DictReader(file) if one["id"] == name)
    return tuple(
        float(row[field]) if row[field] != "NA" else math.nan for field in ("estimate", "low", "high")
    )


def three(row):
    return row["estimate"], row["ci_low"], row["ci_high"]


def test_the_mean_gain_is_that_of_r():
    assert three(gains.mean_row(AFTER - BEFORE, "gain")) == pytest.approx(oracle("gain"), abs=1e-9)


def test_the_unpaired_gain_is_that_of_r():
    assert three(gains.welch_row(AFTER, BEFORE, "gain_unpaired")) == pytest.approx(oracle("welch"), abs=1e-9)


def test_the_bootstrap_interval_is_that_of_r_up_to_its_draws():
    found = three(gains.bca_row(AFTER - BEFORE, "gain", seed=1))
    assert found == pytest.approx(oracle("bca"), abs=0.002)  # a mean moves in steps of 1 / (12 x 120)


def test_the_noncentral_interval_of_a_paired_effect_is_that_of_r():
    difference = AFTER - BEFORE
    d_z = difference.mean() / difference.std(ddof=1)
    factor = gains.hedges_factor(119)
    low, high = gains.noncentral_limits(d_z * math.sqrt(120), 119)
    found = (d_z * factor, low / math.sqrt(120) * factor, high / math.sqrt(120) * factor)
    assert found == pytest.approx(oracle("hedges_g_z"), abs=1e-6)


def test_d_av_and_d_rm_are_the_difference_over_their_own_deviation():
    difference = float((AFTER - BEFORE).mean())
    average = math.sqrt((BEFORE.var(ddof=1) + AFTER.var(ddof=1)) / 2)
    r = np.corrcoef(BEFORE, AFTER)[0, 1]
    repeated = (AFTER - BEFORE).std(ddof=1) / math.sqrt(2 * (1 - r))
    j = gains.hedges_factor(119)
    assert gains.hedges_row(BEFORE, AFTER, kind="av")["estimate"] == pytest.approx(difference / average * j)
    assert gains.hedges_row(BEFORE, AFTER, kind="rm")["estimate"] == pytest.approx(difference / repeated * j)


def test_the_noncentral_and_the_bootstrap_interval_of_d_av_agree():
    def d_av(samples):
        pre, post = samples[..., 0], samples[..., 1]
        spread = np.sqrt((pre.var(axis=1, ddof=1) + post.var(axis=1, ddof=1)) / 2)
        return (post - pre).mean(axis=1) / spread * gains.hedges_factor(119)

    drawn = bca_limits(np.column_stack([BEFORE, AFTER]), d_av, seed=3)
    row = gains.hedges_row(BEFORE, AFTER, kind="av")
    assert drawn == pytest.approx((row["ci_low"], row["ci_high"]), abs=0.05)


def test_the_rank_correlation_and_its_p_are_those_of_r():
    row = gains.rank_row(BEFORE, AFTER)
    assert row["estimate"] == pytest.approx(oracle("rank_biserial")[0], abs=1e-9)
    assert row["p_value"] == pytest.approx(oracle("wilcoxon_p")[0], rel=1e-6)


def test_the_gain_of_means_is_undefined_at_the_ceiling():
    assert gains.normalised_row(np.ones(12), np.ones(12))["status"] == "undefined"
    assert gains.normalised_row(np.full(12, 0.5), np.full(12, 0.75))["estimate"] == 0.5


def test_fieller_limits_of_the_gain_of_means_are_the_ratios_that_a_t_test_does_not_reject():
    gain, left = AFTER - BEFORE, 1 - BEFORE
    row = gains.normalised_row(BEFORE, AFTER)
    assert row["estimate"] == pytest.approx(gain.mean() / left.mean())
    for limit in (row["ci_low"], row["ci_high"]):
        assert stats.ttest_1samp(gain - limit * left, 0).pvalue == pytest.approx(0.05, abs=1e-9)
    drawn = bca_limits(
        np.column_stack([gain, left]), lambda s: s[..., 0].mean(axis=1) / s[..., 1].mean(axis=1), seed=5
    )
    assert drawn == pytest.approx((row["ci_low"], row["ci_high"]), abs=0.02)


def test_fieller_limits_hold_the_ratio_in_about_95_of_100_samples():
    generator = np.random.default_rng(20)
    held = 0
    for _ in range(2000):
        left = generator.uniform(0.2, 0.8, 40)  # mean 0.5
        gain = 0.4 * left + generator.normal(0, 0.15, 40)  # ratio of means 0.4
        low, high = gains.fieller_limits(gain, left)
        held += low <= 0.4 <= high
    assert 0.935 <= held / 2000 <= 0.965


def test_where_next_to_nothing_is_left_to_gain_the_limits_have_no_end():
    # mean left 0.01, its t interval on 11 degrees holds 0: the gain of means is undefined
    pre = np.array([0.9] * 2 + [1.0] * 10) + np.array([0.06, 0.02] + [0.0] * 10)
    assert gains.normalised_row(pre, np.ones(12))["status"] == "undefined"


def test_nine_pairs_are_too_few_for_every_number():
    nine = np.linspace(0, 0.8, 9)
    rows = [
        gains.mean_row(nine, "gain"), gains.bca_row(nine, "gain", seed=1), gains.rank_row(nine, nine + 0.1),
        gains.hedges_row(nine, nine + 0.1, kind="av"), gains.welch_row(nine, nine, "x"),
        gains.normalised_row(nine, nine), items.change_row(nine * 0, nine * 0 + 1, "x"),
    ]  # fmt: skip
    assert {row["status"] for row in rows} == {"too_few"}


def test_alpha_and_its_interval_are_those_of_r():
    alpha, omega, floor, _ = reliability.reliability_rows(PRE, level="A", period="pre")
    assert three(alpha) == pytest.approx(oracle("alpha_pre"), abs=1e-9)
    assert omega["estimate"] == pytest.approx(oracle("omega_pre")[0], abs=1e-4)
    assert floor["numerator"] == 2


def test_item_rest_correlations_are_those_of_r():
    for place in range(12):
        rest = (PRE.sum(axis=1) - PRE[:, place]) / 11
        row = items._rest_row(PRE[:, place], rest, "x", period="pre")
        assert row["estimate"] == pytest.approx(oracle(f"rest_{place + 1}")[0], abs=1e-9)


@pytest.mark.parametrize("place", [1, 6, 12])
def test_mcnemar_is_that_of_r(place):
    before, after = PRE[:, place - 1], POST[:, place - 1]
    rose, fell = int(((before == 0) & (after == 1)).sum()), int(((before == 1) & (after == 0)).sum())
    assert items.mcnemar_exact(rose, fell) == pytest.approx(oracle(f"mcnemar_exact_{place}")[0], abs=1e-9)
    assert items.mcnemar_midp(rose, fell) == pytest.approx(oracle(f"mcnemar_mid_{place}")[0], abs=1e-9)


def test_a_paired_difference_counts_those_who_changed():
    # 20 people: 8 learned, 2 forgot: 6 / 20; limits on (9 - 3) / 22 with variance (12 - 36 / 22) / 22 / 22
    before, after = np.repeat([0.0, 1, 1, 0], [8, 2, 5, 5]), np.repeat([1.0, 0, 1, 0], [8, 2, 5, 5])
    row = items.change_row(before, after, "x")
    half = stats.norm.isf(0.025) * math.sqrt((12 / 22 - (6 / 22) ** 2) / 22)
    assert three(row) == pytest.approx((0.3, 6 / 22 - half, 6 / 22 + half))


def test_the_conditional_fit_is_that_of_conditional_logistic_regression():
    # statsmodels.ConditionalLogit on PRE, last item as reference, centred; kept in training_rasch.csv
    theirs = np.loadtxt(ORACLES / "training_rasch.csv", delimiter=",", skiprows=1)
    assert rasch.fit_rasch(PRE).values == pytest.approx(theirs, abs=2e-3)


def test_two_forms_of_which_one_is_harder_are_told_apart_and_a_displaced_anchor_is_found():
    instrument = sample_instrument()
    closed = {form: [one.name for one in instrument.of_kind(ItemKind.CLOSED, form)] for form in ("A", "B")}
    rng, rows = np.random.default_rng(8), []
    for form in ("A", "B"):
        for person in range(900):
            row = {"session": "S", "sheet": f"{form}{person}", "occasion": "pre", "form": form, "link": ""}
            ability = rng.normal()
            for name in closed[form]:
                hard = (0.6 if form == "B" and name.startswith("sum") else 0.0) + (
                    1.0 if form == "B" and name == "core_who" else 0.0
                )
                knows = rng.random() < 1 / (1 + math.exp(hard - ability))
                correct = instrument.key(name).correct
                row[name] = correct if knows else ("a" if correct != "a" else "b")
            rows.append(row)
    table = pd.DataFrame(rows).fillna("")
    scored = score_sheets(Microdata(instrument.name, instrument.about.version, table, ORIGIN), instrument)
    found = rasch.compare_forms(scored, instrument, provenance=ORIGIN).table.set_index("measure")
    # the anchors' mean moves by 1.0 / 4 with the displaced one: 0.6 - 0.25 and 1.0 - 0.25
    assert found.loc["form_shift", "ci_low"] <= 0.35 <= found.loc["form_shift", "ci_high"]
    assert found.loc["core_who", "ci_low"] <= 0.75 <= found.loc["core_who", "ci_high"]
    assert found.loc["core_who", "ci_low"] > 0.3
    few = score_sheets(Microdata(instrument.name, instrument.about.version, table[:1000], ORIGIN), instrument)
    assert set(rasch.compare_forms(few, instrument, provenance=ORIGIN).table["status"]) == {"too_few"}


def test_an_omitted_item_is_not_known_in_the_score_and_missing_in_item_statistics():
    instrument = sample_instrument()
    names = [one.name for one in instrument.of_kind(ItemKind.CLOSED, "A")]
    right = {name: instrument.key(name).correct for name in names}
    base = {"session": "S", "occasion": "pre", "form": "A", "link": ""}
    rows = [
        {**base, "sheet": "1", **right, names[0]: ""},
        {**base, "sheet": "2", **dict.fromkeys(names[:6], "a")},
        {**base, "sheet": "3", **dict.fromkeys(names[:5], "a")},
    ]
    everything = [one.name for one in instrument.of_kind(ItemKind.CLOSED)]
    table = pd.DataFrame(rows).reindex(columns=[*base, "sheet", *everything])[
        ["session", "sheet", "occasion", "form", "link", *everything]
    ].fillna("")  # fmt: skip
    scored = score_sheets(Microdata(instrument.name, instrument.about.version, table, ORIGIN), instrument)
    assert scored.people["sheet"].tolist() == ["1", "2"]
    assert scored.people["score"].iloc[0] == pytest.approx(11 / 12)
    assert math.isnan(scored.items[names[0]].iloc[0])
    assert scored.left_out == {"fewer than half of the items answered": 1}


def test_answers_of_another_version_are_refused():
    instrument = sample_instrument()
    table = pd.DataFrame(columns=["session", "sheet", "occasion", "form", "link"])
    with pytest.raises(AnalysisError, match="another questionnaire or version"):
        score_sheets(Microdata(instrument.name, "9.9", table, ORIGIN), instrument)


def paired_sample(rng, people):
    cov = [[0.04, 0.0216], [0.0216, 0.0324]]  # deviations 0.2 and 0.18, correlation 0.6
    return rng.multivariate_normal([0.5, 0.6], cov, people).T


@pytest.mark.parametrize("people", [20, 60])
def test_intervals_of_gains_hold_the_truth_as_often_as_they_say(people):
    rng, rounds = np.random.default_rng(people), 2000
    spread = math.sqrt(0.04 + 0.0324 - 2 * 0.0216)
    truths = {
        "mean": 0.1,
        "av": 0.1 / math.sqrt(0.0362),
        "rm": 0.1 / spread * math.sqrt(2 * 0.4),
        "rank": 2 * stats.norm.cdf(math.sqrt(2) * 0.1 / spread) - 1,
    }
    held = dict.fromkeys(truths, 0)
    for _ in range(rounds):
        pre, post = paired_sample(rng, people)
        rows = {
            "mean": gains.mean_row(post - pre, "x"), "av": gains.hedges_row(pre, post, kind="av"),
            "rm": gains.hedges_row(pre, post, kind="rm"), "rank": gains.rank_row(pre, post),
        }  # fmt: skip
        for name, row in rows.items():
            held[name] += row["ci_low"] <= truths[name] <= row["ci_high"]
    assert {name: 0.935 <= count / rounds <= 0.97 for name, count in held.items()} == dict.fromkeys(
        truths, True
    )


def test_the_bootstrap_holds_the_truth_from_thirty_people_on():
    rng, rounds, held = np.random.default_rng(11), 1000, 0
    for seed in range(rounds):
        pre, post = paired_sample(rng, 40)
        low, high = bca_limits(post - pre, mean_of, seed=seed, draws=1000)
        held += low <= 0.1 <= high
    assert 0.935 <= held / rounds <= 0.965


def test_feldts_interval_holds_the_truth():
    rng, rounds, held = np.random.default_rng(12), 2000, 0
    truth = 12 * 0.25 / (1 + 11 * 0.25)
    for _ in range(rounds):
        values = 0.5 * rng.normal(size=(80, 1)) + math.sqrt(0.75) * rng.normal(size=(80, 12))
        low, high = reliability.feldt_limits(reliability.cronbach_alpha(values), people=80, items=12)
        held += low <= truth <= high
    assert 0.935 <= held / rounds <= 0.965


def test_the_paired_difference_holds_the_truth():
    rng, rounds, held = np.random.default_rng(13), 4000, 0
    truth = 0.4 * 0.85 + 0.6 * 0.45 - 0.4  # known before: 85 of 100 know after; not known: 45 of 100
    for _ in range(rounds):
        before = rng.random(80) < 0.4
        after = rng.random(80) < np.where(before, 0.85, 0.45)
        row = items.change_row(before.astype(float), after.astype(float), "x")
        held += row["ci_low"] <= truth <= row["ci_high"]
    assert 0.935 <= held / rounds <= 0.965
