"""What the check of an instrument finds: one thing is broken in the instrument of sums, one rule speaks."""

import json

import pytest

from evaluation.core.errors import InstrumentError
from evaluation.instruments.check import check_instrument, refuse_errors
from evaluation.instruments.check_rules import Severity, load_check_rules
from evaluation.instruments.model import Instrument
from evaluation.strategy.words import load_as
from tests.kit.instruments import sample_content, sample_instrument


@pytest.fixture
def content():
    return sample_content()


def found(content):
    """The rules that speak, with their places."""
    return [(one.rule, one.place) for one in check_instrument(load_as(Instrument, content, file="test"))]


def rules_found(content):
    return {rule for rule, _place in found(content)}


def item(content, name):
    return next(one for one in content["items"] if one["name"] == name)


def key(content, name):
    return next(one for one in content["keys"] if one["item"] == name)


def test_nothing_is_found_in_an_instrument_made_by_the_rules(sample):
    assert check_instrument(sample) == ()


def test_every_questionnaire_of_the_kit_is_without_errors(shipped):
    errors = [one for one in check_instrument(shipped) if one.severity is Severity.ERROR]
    assert [(one.rule, one.place) for one in errors] == []


def test_english_that_is_still_romanian_is_an_error(content):
    item(content, "sum_a1")["label"]["en"] = item(content, "sum_a1")["label"]["ro"]
    assert found(content) == [("same_text", "training_sample/items.yaml, sum_a1.label")]


def test_numbers_and_acronyms_may_read_the_same_in_both_languages(content):
    item(content, "sum_a1")["choices"]["a"] = {"ro": "112", "en": "112"}
    item(content, "sum_a1")["choices"]["b"] = {"ro": "ANITP", "en": "ANITP"}
    assert found(content) == []


def test_one_word_that_reads_the_same_is_only_asked_about(content):
    item(content, "sum_a1")["choices"]["a"] = {"ro": "Web", "en": "Web"}
    assert rules_found(content) == {"same_word"}


def test_letters_with_a_cedilla_are_found_in_the_key_too(content):
    key(content, "sum_a2")["measures"]["ro"] = "\u015etie să adune."
    assert found(content) == [("cedilla", "training_sample/key.yaml, sum_a2.measures")]


def test_long_romanian_without_a_marked_letter_is_asked_about(content):
    content["about"]["purpose"]["ro"] = (
        "Numai pentru testele acestui program, care nu are alt rost decat acesta."
    )
    assert rules_found(content) == {"no_diacritics"}


def test_braces_would_be_commands_of_survey_programs(content):
    item(content, "sum_a1")["label"]["ro"] = "Cât face {a}?"
    assert rules_found(content) == {"braces"}


def test_a_form_has_twelve_closed_items(content):
    content["forms"]["A"].remove("sum_a8")
    content["forms"]["B"].append("sum_a8")
    assert {place for rule, place in found(content) if rule == "too_many_closed"} == {
        "training_sample/items.yaml, forms.A",
        "training_sample/items.yaml, forms.B",
    }


def test_an_anchor_stands_in_both_forms(content):
    content["forms"]["B"].remove("core_who")
    assert {"anchors_differ", "too_many_closed"} <= rules_found(content)


def test_an_anchor_keeps_its_number(content):
    a = content["forms"]["A"]
    first, second = a.index("core_who"), a.index("sum_a1")
    a[first], a[second] = a[second], a[first]
    assert rules_found(content) == {"anchors_moved"}


@pytest.mark.parametrize(
    ("name", "rule"),
    [("pair_month", "no_pairing"), ("react_clear", "no_reactions"), ("open_signs", "no_open")],
)
def test_a_form_without_one_of_its_parts_is_an_error(content, name, rule):
    content["forms"]["B"].remove(name)
    assert rule in rules_found(content)


def test_opinions_come_last(content):
    for form in "AB":
        content["forms"][form].remove("react_clear")
        content["forms"][form].insert(8, "react_clear")
    assert rules_found(content) == {"order"}


def test_right_letters_are_spread(content):
    """On form A every letter is right 3 times of 12; two answers moved from c to a make 5 and 1."""
    for name in ("sum_a3", "sum_a7"):
        one = key(content, name)
        one["correct"] = "a"
        one["distractors"]["c"] = one["distractors"].pop("a")
    assert ("letters", "training_sample/key.yaml, A") in found(content)


@pytest.mark.parametrize(("longer", "rule"), [(6, "longest"), (8, "longest_always")])
def test_the_right_choice_is_not_the_longest_too_often(content, longer, rule):
    """6 of 12 asks for another look, 8 of 12 is an error; short answers that happen to be longest are cut first."""
    for place in range(1, 9):
        one = item(content, f"sum_a{place}")
        right = key(content, one["name"])["correct"]
        others = [letter for letter in "abcd" if letter != right]
        for number, letter in enumerate(others):
            one["choices"][letter]["ro"] = f"Nu {number}."
        one["choices"][right]["ro"] = "Răspunsul bun." if place <= longer else "Da."
    for name in ("core_who", "core_where", "core_agreed", "core_helpline"):
        one = item(content, name)
        one["choices"][key(content, name)["correct"]]["ro"] = "Scurt."
    assert found(content) == [(rule, f"training_sample/items.yaml, A (ro): {longer}")]


@pytest.mark.parametrize(
    "told", ["Toate variantele de mai sus.", "Niciuna dintre variante.", "Răspunsurile a și b."]
)
def test_a_choice_that_points_at_others_dies_when_they_are_shuffled(content, told):
    item(content, "sum_a1")["choices"]["d"]["ro"] = told
    assert "refers_to_others" in rules_found(content)


def test_twins_name_each_other(content):
    key(content, "sum_a1")["twin"] = "sum_b2"
    assert {place for rule, place in found(content) if rule == "no_twin"} == {
        "training_sample/key.yaml, sum_a1",
        "training_sample/key.yaml, sum_b1",
    }


def test_twins_stand_on_opposite_forms(content):
    key(content, "sum_a1")["twin"], key(content, "sum_a2")["twin"] = "sum_a2", "sum_a1"
    assert "no_twin" in rules_found(content)


@pytest.mark.parametrize(("difficulty", "rules"), [("0.6", set()), ("0.61", {"twin_gap"})])
def test_twins_differ_by_a_tenth_at_most(content, difficulty, rules):
    """sum_a1 is meant for half of the untrained: 0.5."""
    key(content, "sum_b1")["difficulty"] = difficulty
    assert rules_found(content) == rules


def test_forms_are_equally_hard_on_average(content):
    """Eight twins 0.1 apart and four anchors: 8 x 0.1 / 12 = 0.067."""
    for place in range(1, 9):
        key(content, f"sum_b{place}")["difficulty"] = "0.6"
    assert found(content) == [("form_gap", "training_sample/key.yaml, A, B")]


def test_twins_are_not_the_same_item(content):
    one, other = item(content, "sum_a1"), item(content, "sum_b1")
    other["label"], other["choices"] = one["label"], one["choices"]
    assert rules_found(content) == {"twin_same"}


def test_lines_of_a_source_are_numbers(content):
    key(content, "sum_a1")["source"] |= {"checked": "strategy", "lines": "pagina trei"}
    assert found(content) == [("source_lines", "training_sample/key.yaml, sum_a1.source.lines")]


def test_a_codebook_can_be_met(content):
    content["open_keys"][0]["at_least"] = "5"
    assert rules_found(content) == {"codes_too_few"}


def test_what_an_instrument_serves_is_in_the_plan(content):
    content["about"] |= {"audience_measures": ["9.9.9"], "indicators": ["IND-1.2.7-3", "IND-9.9.9-9"]}
    assert found(content) == [
        ("unknown_measure", "training_sample/about.yaml, audience_measures: 9.9.9"),
        ("unknown_indicator", "training_sample/about.yaml, indicators: IND-9.9.9-9"),
    ]


def test_a_missing_helpline_is_told_by_language_and_number(content):
    content["about"]["distress"]["en"] = "Help: your trainer."
    assert found(content) == [("no_helpline", "training_sample/about.yaml, distress.en: 0800800678")]


def test_children_are_told_three_numbers(content):
    content["about"] |= {"children": "yes"}
    missing = {place for rule, place in found(content) if rule == "no_helpline"}
    assert missing == {
        f"training_sample/about.yaml, distress.{language}: 116111, 119" for language in ("ro", "en")
    }


def childrens(content):
    content["about"] |= {
        "children": "yes",
        "distress": {
            "ro": "Sună la 0 800 800 678, 116 111 sau 119.",
            "en": "Call 0 800 800 678, 116 111 or 119.",
        },
    }
    core = item(content, "core_agreed")
    core["label"] = {
        "ro": "Cineva a spus „da”. Ce este adevărat?",
        "en": "Somebody said “yes”. What is true?",
    }
    return content


def test_an_instrument_for_children_may_be_without_findings(content):
    assert found(childrens(content)) == []


@pytest.mark.parametrize(
    ("words", "rules"), [(18, set()), (19, {"long_sentence"}), (26, {"endless_sentence"})]
)
def test_sentences_for_children_are_short(content, words, rules):
    item(childrens(content), "sum_a1")["label"]["ro"] = " ".join(["și"] * words) + "? Alege."
    assert rules_found(content) == rules


@pytest.mark.parametrize(
    ("told", "rule"),
    [
        ("Ce este exploatarea sexuală?", "not_for_children"),
        ("Ai fost vreodată păcălit?", "about_oneself"),
    ],
)
def test_children_are_spared_scenes_and_questions_about_themselves(content, told, rule):
    item(childrens(content), "sum_a1")["label"]["ro"] = told
    assert rules_found(content) == {rule}


def test_names_that_fall_together_in_limesurvey_are_found(content):
    """LimeSurvey drops underscores: sum_a1 and suma1 become one code."""
    renamed = json.loads(json.dumps(content).replace('"sum_a2"', '"suma1"'))
    assert rules_found(renamed) == {"screen_code"}


def test_errors_come_before_warnings(content):
    item(content, "sum_a1")["choices"]["a"] = {"ro": "Web", "en": "Web"}
    content["about"]["audience_measures"] = ["9.9.9"]
    severities = [one.severity for one in check_instrument(load_as(Instrument, content, file="test"))]
    assert severities == [Severity.ERROR, Severity.WARNING]


@pytest.mark.parametrize(
    ("language", "words"), [("ro", "măsura nu este în plan"), ("en", "the measure is not in the plan")]
)
def test_an_instrument_with_errors_is_refused_in_the_readers_language(language, words):
    with pytest.raises(InstrumentError, match=words):
        refuse_errors(sample_instrument(audience_measures=["9.9.9"]), language=language)


def test_every_rule_says_what_to_do_in_both_languages():
    rules = load_check_rules().rules
    assert all(
        rule.problem.ro != rule.problem.en and rule.remedy.ro != rule.remedy.en for rule in rules.values()
    )
