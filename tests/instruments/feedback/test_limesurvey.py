"""LimeSurvey's structure of a feedback instrument: codes it takes, consent first, the same in every language."""

import csv
import re

from evaluation.instruments.feedback.limesurvey import answer_codes, feedback_rows, write_feedback_limesurvey
from evaluation.instruments.feedback.load import load_feedback
from evaluation.instruments.feedback.protocol import Protocol
from evaluation.instruments.feedback.translation_read import read_translation
from evaluation.instruments.limesurvey import COLUMNS
from evaluation.strategy.words import load_as
from tests.kit.feedback import CORE, filled_sheet, minors, protocol_content, small_content, small_instrument

QUESTIONNAIRES = CORE.parent


def of_class(rows, kind, language="ro"):
    return [row for row in rows if row["class"] == kind and row["language"] == language]


def questions(rows, language="ro"):
    return {row["name"]: row for row in of_class(rows, "Q", language)}


def test_nothing_that_tells_who_answers_is_kept():
    settings = {row["name"]: row["text"] for row in feedback_rows(small_instrument()) if row["class"] == "S"}
    assert (settings["anonymized"], settings["datestamp"], settings["ipaddr"], settings["refurl"]) == (
        "Y",
        "N",
        "N",
        "N",
    )
    assert (settings["language"], settings["additional_languages"]) == ("ro", "en")


def test_a_survey_with_modules_has_its_own_number():
    numbers = []
    for modules in ((), ("victim_feedback_voucher",), ("victim_feedback_coordination",)):
        rows = feedback_rows(load_feedback("victim_feedback_adult", QUESTIONNAIRES, modules=modules))
        told = {row["name"]: row["text"] for row in rows if row["class"] == "S"}
        numbers.append(told["sid"])
        assert {row["text"] for row in rows if row["name"] == "surveyls_survey_id"} == {told["sid"]}
    assert len(set(numbers)) == 3 and all(re.fullmatch(r"[1-9]\d{5}", one) for one in numbers)


def test_groups_are_consent_the_sheet_and_the_domains():
    groups = of_class(feedback_rows(small_instrument()), "G", "en")
    assert [row["name"] for row in groups] == [
        "Consent",
        "General facts",
        "Safety",
        "Support",
        "In own words",
    ]
    assert [row["type/scale"] for row in groups] == ["G0", "G1", "G2", "G3", "G4"]


def test_questions_stand_in_the_order_of_the_form_with_codes_without_underscores():
    assert list(questions(feedback_rows(small_instrument()))) == [
        "consentanalysis", "consentquotation", "consentrecontact", "personcode", "wave", "months", "collector",
        "language", "sex", "safe1", "safe2", "safe3", "help1", "help2", "helpused", "toldchange",
    ]  # fmt: skip


def test_only_consent_to_analysis_code_and_wave_are_mandatory():
    asked = questions(feedback_rows(small_instrument()))
    assert [name for name, row in asked.items() if row["mandatory"] == "Y"] == [
        "consentanalysis",
        "personcode",
        "wave",
    ]


def test_answers_need_consent_to_analysis():
    consented = 'consentanalysis.NAOK == "yes"'
    asked = questions(feedback_rows(small_instrument()))
    free = [name for name, row in asked.items() if consented not in row["relevance"]]
    assert free == ["consentanalysis", "consentrecontact", "personcode", "wave"]
    assert asked["months"]["relevance"] == f'{consented} and (wave.NAOK == "a5")'
    assert asked["toldchange"]["relevance"] == f'{consented} and (wave.NAOK == "a2" or wave.NAOK == "a3")'


def test_answer_codes_are_short_enough_and_special_answers_come_last():
    rows = feedback_rows(small_instrument())
    codes = [row["name"] for row in rows if row["class"] == "A"]
    assert all(re.fullmatch("[a-z0-9]{1,5}", one) for one in codes)
    rated = [row["name"] for row in of_class(rows, "A", "en")][-11 - 7 : -11]
    assert rated == ["1", "2", "3", "4", "5", "na", "pn"]
    assert [row["text"] for row in of_class(rows, "A", "en")][-4:-2] == ["Yes", "I do not know"]


def test_codes_that_are_too_long_are_replaced_by_their_places_together():
    assert answer_codes(["1", "5", "na"]) == {"1": "1", "5": "5", "na": "na"}
    assert answer_codes(["yes", "not_known"]) == {"yes": "a1", "not_known": "a2"}


def test_every_language_has_the_same_structure(tmp_path):
    read = read_translation(filled_sheet(tmp_path / "t.xlsx", small_instrument()), small_instrument())
    rows = feedback_rows(small_instrument(), (read,))
    shapes = [
        [(row["class"], row["type/scale"], row["name"] if row["class"] in "QA" else "", row["relevance"])
         for row in rows if row["language"] == language and row["class"] in "GQA"]
        for language in ("ro", "en", "tr")
    ]  # fmt: skip
    assert shapes[0] == shapes[1] == shapes[2]
    assert questions(rows, "tr")["safe1"]["text"] == read.texts["items.safe_1.label"]


def test_the_status_is_in_the_title_and_help_at_the_end():
    texts = {row["name"]: row["text"] for row in of_class(feedback_rows(small_instrument()), "SL", "en")}
    assert texts["surveyls_title"] == "Small questionnaire (EXPERIMENTAL, version 0.1)"
    assert "0 800 800 678" in texts["surveyls_endtext"]


def test_a_text_with_marks_of_html_stays_a_text():
    content = small_content()["about"]["consent"]
    content["text"] = {"ro": "Da <b>& nu", "en": "Yes <b>& no"}
    group = of_class(feedback_rows(small_instrument(consent=content)), "G", "en")[0]
    assert "Yes &lt;b&gt;&amp; no" in group["text"]


def test_the_guardian_comes_first_under_a_protocol():
    protocol = load_as(Protocol, protocol_content(), file="test")
    asked = questions(feedback_rows(minors(), protocol=protocol))
    assert next(iter(asked)) == "consentguardian"
    assert asked["consentanalysis"]["relevance"] == 'consentguardian.NAOK != "no"'


def test_the_file_is_read_back_as_it_was_written(tmp_path):
    file = write_feedback_limesurvey(small_instrument(), tmp_path / "survey.txt")
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    with file.open(encoding="utf-8-sig", newline="") as handle:
        found = list(csv.DictReader(handle, dialect="excel-tab"))
    assert tuple(found[0]) == COLUMNS and tuple(found) == feedback_rows(small_instrument())
