"""Training sessions with planted faults: what the kit says of each, on the bundled example's own seed."""

from types import SimpleNamespace

import pytest

from evaluation.analysis.training import checks, national
from evaluation.core.errors import IntakeError
from evaluation.core.project import find_project
from evaluation.intake.training.national import load_training
from evaluation.synthetic.training import invent_sessions, load_training_truth
from tests.report.conftest import ROOT

TEACHERS = "training_teachers"
PUPILS = "training_pupils_14_17"
TRUTH = load_training_truth()
FAULTS = {one.id: one for one in TRUTH.faults}


@pytest.fixture(scope="module")
def kit():
    audiences = load_training(find_project(ROOT))
    scored = national.score_audiences(audiences)
    return SimpleNamespace(
        audiences=audiences,
        scored=scored,
        odd=checks.find_oddities(audiences, scored),
        gains=national.compare_audiences(audiences, scored),
        topics=national.compare_topics(audiences, scored),
        beliefs=national.describe_beliefs(audiences),
    )


def flagged(kit):
    assert kit.odd.texts is not None
    return {
        (level, item, flag)
        for level, item, flag in zip(
            kit.odd.table["level"], kit.odd.texts["item"], kit.odd.texts["flag_key"], strict=True
        )
    }


def test_the_bundled_sessions_are_those_of_the_truth(kit):
    for _name, one in kit.audiences.items():
        again = invent_sessions(one.instrument, TRUTH, seed=20262028)
        assert one.microdata.table.to_dict("list") == again.answers.astype(str).to_dict("list")
        assert one.microdata.provenance.synthetic


def test_exactly_the_planted_items_and_sessions_of_teachers_are_flagged(kit):
    session = f"TEA-{FAULTS['TF03'].session:03d}"
    assert {one for one in flagged(kit) if one[0] == TEACHERS} == {
        (TEACHERS, FAULTS["TF01"].item, "no_discrimination"),
        (TEACHERS, FAULTS["TF02"].item, "key_in_doubt"),
        (TEACHERS, session, "outlying_session"),
    }


def test_exactly_the_planted_sessions_of_pupils_are_flagged(kit):
    flags = {"TF07": "copied_sheets", "TF08": "same_form", "TF09": "ceiling_session"}
    assert {one for one in flagged(kit) if one[0] == PUPILS} == {
        (PUPILS, f"PUP-{FAULTS[name].session:03d}", flag) for name, flag in flags.items()
    }


def test_nothing_is_flagged_where_nothing_was_planted(kit):
    assert not [one for one in flagged(kit) if one[0] == "training_labour_inspectors"]


def test_the_letter_of_a_false_key_is_named(kit):
    measures = set(kit.odd.table["measure"])
    assert f"{FAULTS['TF02'].item}.{FAULTS['TF02'].letter}" in measures


@pytest.mark.parametrize("audience", sorted(TRUTH.audiences))
def test_a_planted_gain_is_a_rise_and_a_planted_null_is_not(kit, audience):
    table, texts = kit.gains.table, kit.gains.texts
    row = table[(table["measure"] == "gain") & (table["level"] == audience)].index[0]
    planted = TRUTH.audiences[audience].gain
    assert texts.loc[row, "reading_key"] == ("rise" if planted else "unclear")


def test_a_topic_that_training_does_not_change_is_not_among_those_improved(kit):
    table, texts = kit.topics.table, kit.topics.texts
    mine = table["level"] == TEACHERS
    readings = dict(zip(texts.loc[mine, "item"], texts.loc[mine, "reading_key"], strict=True))
    assert readings[FAULTS["TF04"].item] == "unclear"
    assert readings["tea_a2"] == "rise"


def test_the_believed_wrong_answer_is_named(kit):
    fault = FAULTS["TF05"]
    assert f"{fault.item}.{fault.letter}" in set(kit.beliefs.table["measure"])


def test_drop_outs_are_in_the_numbers(kit):
    counted = national.count_participation(kit.audiences, kit.scored).table
    numbers = counted[counted["level"] == TEACHERS].set_index("measure")["estimate"]
    left = 1 - numbers["present_post"] / numbers["present_pre"]
    assert abs(left - TRUTH.audiences[TEACHERS].absent) < 0.04
    assert numbers["pairs"] < numbers["present_post"]


def test_a_letter_that_is_no_choice_stops_the_reading_and_is_not_quoted(kit, tmp_path):
    home = tmp_path / "training"
    home.mkdir()
    source = find_project(ROOT).training
    text = (source / f"answers_{TEACHERS}.csv").read_text(encoding="utf-8").splitlines()
    fields = text[1].split(",")
    fields[text[0].split(",").index("core_who")] = "zzsecret"
    (home / f"answers_{TEACHERS}.csv").write_text("\n".join([text[0], ",".join(fields)]), encoding="utf-8")
    (home / "sessions.csv").write_text(
        (source / "sessions.csv").read_text(encoding="utf-8"), encoding="utf-8"
    )
    project = find_project(ROOT)
    with pytest.raises(IntakeError, match="row 2, column core_who") as refused:
        load_training(type(project)(project.root, tmp_path))
    assert "zzsecret" not in str(refused.value)
