"""Scores from answers, worked by hand, and what is refused."""

import math
from types import SimpleNamespace

import pytest

from evaluation.analysis.feedback.scores import score_domains
from evaluation.core.errors import AnalysisError

from .conftest import for_analysis, row


def test_a_score_is_the_mean_of_the_answered_items_with_reversed_ones_turned(instrument):
    scores = score_domains(
        for_analysis([row("p1", "inclusion", ["4", "5", "1", "na", "1", "5"])]), instrument
    )
    # safety: 4, 5 and 6 - 1 = 5: mean 14 / 3; support: 1 and 5: mean 3
    assert scores.table.loc[0, "safety"] == pytest.approx((14 / 3 - 1) / 4 * 100)
    assert scores.table.loc[0, "support"] == pytest.approx(50)
    assert scores.items.loc[0, "saf_3"] == 5


def test_under_half_of_the_items_there_is_no_score_and_it_is_counted(instrument):
    rows = [
        row("p1", "inclusion", ["4", "na", "pn", "", "3", ""]),
        row("p2", "inclusion", ["4", "2", "", "", "", ""]),
    ]
    scores = score_domains(for_analysis(rows), instrument)
    assert math.isnan(scores.table.loc[0, "safety"])
    assert scores.table.loc[0, "support"] == pytest.approx(50)  # one of two is half
    assert scores.table.loc[1, "safety"] == pytest.approx(50)
    assert dict(scores.left_out) == {"safety": 1, "support": 1}


def test_the_reasons_for_a_missing_answer_stay_apart(instrument):
    scores = score_domains(
        for_analysis([row("p1", "inclusion", ["4", "na", "pn", "", "3", "2"])]), instrument
    )
    assert list(scores.kinds.loc[0]) == ["scale", "na", "pn", "empty", "scale", "scale"]
    assert scores.items.loc[0, ["saf_2", "saf_3", "saf_4"]].isna().all()


def test_an_item_not_asked_at_a_wave_is_not_missing_there(instrument):
    items = tuple(
        one.model_copy(update={"waves": ("inclusion",)}) if one.name in ("saf_1", "saf_2", "saf_4") else one
        for one in instrument.items
    )
    changed = instrument.model_copy(update={"items": items})
    scores = score_domains(for_analysis([row("p1", "month_3", ["", "", "2", "", "", ""])]), changed)
    assert scores.table.loc[0, "safety"] == pytest.approx(75)  # 6 - 2 = 4
    assert scores.kinds.loc[0, "saf_1"] == "not_asked"


def test_the_range_is_0_to_100(instrument):
    rows = [
        row("p1", "inclusion", ["1", "1", "5", "1", "1", "1"]),
        row("p2", "inclusion", ["5", "5", "1", "5", "5", "5"]),
    ]
    scores = score_domains(for_analysis(rows), instrument)
    assert scores.table[["safety", "support"]].to_numpy().tolist() == [[0, 0], [100, 100]]


def test_a_slot_is_scored_whole_by_its_factor_or_not_at_all(with_slot):
    whole = row("p1", "inclusion", ["3"] * 6) | {f"who5_{one}": str(one) for one in range(1, 6)}
    lacking = row("p2", "inclusion", ["3"] * 6) | {
        f"who5_{one}": "5" if one < 5 else "" for one in range(1, 6)
    }
    scores = score_domains(for_analysis([whole, lacking]), with_slot)
    assert scores.table.loc[0, "who5"] == 15 * 4
    assert math.isnan(scores.table.loc[1, "who5"])
    assert dict(scores.important) == {"who5": 10.0}


def test_without_its_columns_a_slot_is_left_out(with_slot):
    scores = score_domains(for_analysis([row("p1", "inclusion", ["3"] * 6)]), with_slot)
    assert "who5" not in scores.table.columns
    assert scores.slots == ()


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_rows_are_sorted_by_person_and_wave_whatever_their_order(instrument, order):
    rows = [row("p1", wave, ["3"] * 6) for wave in ("inclusion", "month_3", "exit")]
    scores = score_domains(for_analysis([rows[one] for one in order]), instrument)
    assert list(scores.table["wave"]) == ["inclusion", "month_3", "exit"]


def test_only_answers_with_consent_to_analysis_are_scored(instrument):
    data = for_analysis([row("p1", "inclusion", ["3"] * 6)])
    other = SimpleNamespace(
        instrument=data.instrument, version=data.version, table=data.table, provenance=data.provenance
    )
    with pytest.raises(AnalysisError, match="consent to analysis"):
        score_domains(other, instrument)


def test_errors_name_the_place_and_never_a_value(instrument):
    broken = {
        "a person has a wave twice": [row("SECRET", "inclusion", ["3"] * 6)] * 2,
        "saf_2: 1 answer": [row("SECRET", "inclusion", ["3", "SECRET", "3", "3", "3", "3"])],
        "unknown wave": [row("p1", "inclusion", ["3"] * 6) | {"wave": "SECRET"}],
        "no time": [row("SECRET", "inclusion", ["3"] * 6, months=None)],
    }
    for message, rows in broken.items():
        with pytest.raises(AnalysisError, match=message) as caught:
            score_domains(for_analysis(rows), instrument)
        assert "SECRET" not in str(caught.value)


def test_answers_of_another_version_are_refused(instrument):
    newer = instrument.model_copy(update={"about": instrument.about.model_copy(update={"version": "1.1"})})
    with pytest.raises(AnalysisError, match="another questionnaire or version"):
        score_domains(for_analysis([row("p1", "inclusion", ["3"] * 6)]), newer)


def test_nothing_of_a_person_is_shown(instrument):
    scores = score_domains(for_analysis([row("SECRET", "inclusion", ["3"] * 6)]), instrument)
    assert repr(scores) == "DomainScores(1 rows, not shown)"
