"""What the check of a feedback instrument finds, one fault at a time."""

import json

import pytest

from evaluation.core.errors import InstrumentError
from evaluation.instruments.check_rules import Severity
from evaluation.instruments.feedback.check import check_feedback, refuse_feedback_errors
from evaluation.instruments.feedback.check_rules import load_feedback_rules
from evaluation.instruments.feedback.load import list_feedback, load_feedback
from evaluation.instruments.feedback.model import FeedbackInstrument
from evaluation.strategy.words import load_as
from tests.instruments.conftest import QUESTIONNAIRES
from tests.kit.feedback import CORE, minors, small_content, small_instrument, who5_slot


def build(change=None):
    content = small_content()
    if change is not None:
        change(content)
    return load_as(FeedbackInstrument, content, file="test")


def found(instrument, **settings):
    return {(one.rule, one.place.split("/")[1]) for one in check_feedback(instrument, **settings)}


def item(content, name):
    return next(one for one in content["items"] if one["name"] == name)


def label(name, ro, en):
    def change(content):
        item(content, name)["label"] = {"ro": ro, "en": en}

    return change


def set_in(name, **fields):
    def change(content):
        item(content, name).update(fields)

    return change


def about(**fields):
    return lambda content: content["about"].update(fields)


def easy(then):
    def change(content):
        content["about"]["easy"] = "yes"
        item(content, "safe_3")["reversed"] = "no"
        then(content)

    return change


def test_a_sound_instrument_has_only_the_note_on_its_reversed_item():
    assert found(small_instrument()) == {("reversed", "items.yaml, safe_3")}


FAULTS = [
    ("special_listed", "items.yaml, help_used",
     set_in("help_used", choices={"yes": {"ro": "Da", "en": "Yes"}, "skip": {"ro": "Prefer să nu răspund", "en": "Skip"}})),
    ("choice_twice", "items.yaml, help_used",
     set_in("help_used", choices={"yes": {"ro": "Da", "en": "Yes"}, "no": {"ro": "Da.", "en": "No"}})),
    ("text_twice", "items.yaml, safe_2 (en)", label("safe_2", "Știu pe cine să sun.", "I feel safe here.")),
    ("too_long", "items.yaml, safe_1", label("safe_1", "ă" * 160 + ".", "Short.")),
    ("same_text", "items.yaml, items.safe_1.label", label("safe_1", "Mă simt bine aici.", "Mă simt bine aici.")),
    ("cedilla", "items.yaml, items.safe_1.label", label("safe_1", "Mă simt în siguran\u0163ă.", "I feel safe.")),
    ("braces", "items.yaml, items.safe_1.label", label("safe_1", "Mă simt {bine}.", "I feel well.")),
    ("negation_unmarked", "items.yaml, help_1", label("help_1", "Nu primesc ajutor.", "I get no help.")),
    ("no_question_mark", "items.yaml, told_change", label("told_change", "Ce ar trebui să se schimbe.", "What should change.")),
    ("no_question_mark", "items.yaml, help_used", label("help_used", "Ați avut un însoțitor?", "You had a companion.")),
    ("no_end_mark", "items.yaml, safe_1", label("safe_1", "Mă simt în siguranță", "I feel safe")),
    ("open_scored", "items.yaml, told_change", set_in("told_change", domain="support")),
    ("open_hint", "items.yaml, told_change", set_in("told_change", hint={"ro": "Pe scurt.", "en": "In short."})),
    ("unknown_measure", "about.yaml, measures: 9.9.9", about(measures=["9.9.9"])),
    ("unknown_wave", "items.yaml, told_change", about(waves=["inclusion", "month_3"])),
    ("name_taken", "items.yaml, wave", lambda content: item(content, "safe_1").update(name="wave")),
    ("screen_code", "items.yaml, safe_1_very_long_name_indeed",
     lambda content: item(content, "safe_1").update(name="safe_1_very_long_name_indeed")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "place", "change"), FAULTS, ids=[f"{one[0]}-{n}" for n, one in enumerate(FAULTS)]
)
def test_a_fault_is_found_where_it_is(rule, place, change):
    def whole(content):
        change(content)
        if rule == "open_scored":
            content["domains"] = [one for one in content["domains"] if one["name"] != "words"]

    assert (rule, place) in found(build(whole))
    assert rule not in {one for one, _ in found(small_instrument())}


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("too_long", label("safe_1", "ă" * 91 + ".", "Short.")),
        ("easy_negation", label("safe_1", "Nu mi-e frică.", "I am calm.")),
        ("easy_negation", label("safe_1", "Sunt bine.", "I don't fear.")),
        ("easy_reversed", lambda content: item(content, "safe_3").update(reversed="yes")),
    ],
)
def test_the_easy_version_is_short_and_positive(rule, change):
    assert rule in {one for one, _ in found(build(easy(change)))}
    assert rule not in {one for one, _ in found(build(easy(lambda content: None)))}


def test_ninety_characters_are_enough_for_others():
    assert "too_long" not in {one for one, _ in found(build(label("safe_1", "ă" * 91 + ".", "Short.")))}


def test_a_domain_with_reversed_items_only_is_told():
    def change(content):
        for name in ("help_1", "help_2"):
            item(content, name)["reversed"] = "yes"

    assert ("all_reversed", "items.yaml, support") in found(build(change))


def test_items_of_a_scored_domain_have_one_scale():
    def change(content):
        other = content["scales"][0] | {"name": "provision"}
        content["scales"].append(other)
        item(content, "help_2")["scale"] = "provision"

    assert ("mixed_scales", "items.yaml, support") in found(build(change))


def test_the_helplines_are_those_of_everyone_and_for_minors_two_more():
    assert not [one for one in found(minors()) if one[0] == "no_helpline"]
    distress = small_content()["about"]["distress"]
    distress["contacts"] = distress["contacts"][:1]
    assert ("no_helpline", "about.yaml, distress.contacts.ro: 112") in found(
        small_instrument(distress=distress)
    )
    adult = small_instrument(minors="yes", protocol="adolescent_assent")
    assert ("no_helpline", "about.yaml, distress.contacts.en: 116111, 119") in found(adult)


def test_purposes_of_the_consent_differ():
    consent = small_content()["about"]["consent"]
    consent["purposes"]["recontact"] = consent["purposes"]["analysis"]
    assert ("consent_purposes", "about.yaml, consent.purposes (ro)") in found(
        small_instrument(consent=consent)
    )


def test_that_a_protocol_is_needed_is_told():
    assert ("needs_protocol", "about.yaml, protocol: adolescent_assent.yaml") in found(minors())


def test_an_official_text_that_is_not_there_or_not_whole_is_told(tmp_path):
    def with_slot(content):
        content["slots"] = [who5_slot()]

    home = tmp_path / "victim_feedback_core"
    (home / "slots").mkdir(parents=True)
    (home / "core.yaml").write_bytes((CORE / "core.yaml").read_bytes())
    text = {"source": "x", "version": "1", "instruction": "x", "items": ["x"], "steps": {"0": "x"}}
    (home / "slots" / "who5_en.yaml").write_text(json.dumps(text))
    told = found(build(with_slot), folder=tmp_path)
    assert ("slot_empty", "items.yaml, slots: who5_ro.yaml") in told
    assert ("slot_wrong", "items.yaml, slots: who5_en.yaml") in told


def test_errors_come_first_and_refuse_the_instrument_in_the_readers_language():
    wrong = small_instrument(measures=["9.9.9"])
    assert check_feedback(wrong)[0].severity is Severity.ERROR
    with pytest.raises(InstrumentError, match="măsura nu este în plan"):
        refuse_feedback_errors(wrong, language="ro")
    with pytest.raises(InstrumentError, match="the measure is not in the plan"):
        refuse_feedback_errors(wrong, language="en")
    assert refuse_feedback_errors(small_instrument(), language="en") is None


def test_every_rule_is_told_in_two_languages():
    rules = load_feedback_rules().rules
    assert all(one.problem.ro != one.problem.en and one.remedy.ro != one.remedy.en for one in rules.values())


@pytest.mark.parametrize("name", list_feedback(QUESTIONNAIRES))
def test_no_questionnaire_of_the_kit_has_an_error(name):
    instrument = load_feedback(name, QUESTIONNAIRES)
    errors = [
        one for one in check_feedback(instrument, folder=QUESTIONNAIRES) if one.severity is Severity.ERROR
    ]
    assert [(one.rule, one.place) for one in errors] == []
