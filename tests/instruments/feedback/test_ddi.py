"""The codebook of a feedback instrument: every question with its reason, consent and confidentiality told."""

import pytest
from lxml import etree

from evaluation.instruments.ddi import NAMESPACE
from evaluation.instruments.feedback.ddi import make_feedback_ddi, write_feedback_ddi
from tests.instruments.test_ddi import ORDER
from tests.kit.feedback import ITEMS, small_content, small_instrument

D = {"d": NAMESPACE}
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@pytest.fixture
def book():
    return etree.fromstring(make_feedback_ddi(small_instrument()))


def variable(book, name):
    return book.find(f".//d:var[@name='{name}']", D)


def notes(element, kind):
    return {one.get(LANG): one.text for one in element.iterfind(f"d:notes[@type='{kind}']", D)}


def test_elements_stand_in_the_order_of_the_standard(book):
    for element in book.iter():
        children = [etree.QName(one).localname for one in element]
        places = [ORDER[etree.QName(element).localname].index(one) for one in children]
        assert places == sorted(places)


def test_every_question_is_a_variable_in_the_order_of_the_form(book):
    assert [one.get("name") for one in book.iterfind(".//d:var", D)] == [
        "consent_analysis", "consent_quotation", "consent_recontact", "person_code", "wave", "months", "collector",
        "language", "sex", *ITEMS,
    ]  # fmt: skip


def test_domains_are_groups(book):
    groups = {one.get("ID"): one.get("var").split() for one in book.iterfind(".//d:varGrp", D)}
    assert list(groups) == ["G_sheet", "G_safety", "G_support", "G_words"]
    assert groups["G_safety"] == ["V_safe_1", "V_safe_2", "V_safe_3"]


def test_the_reason_of_every_item_and_fact_is_told_in_both_languages(book):
    for name in ITEMS:
        assert notes(variable(book, name), "reason") == {
            "ro": f"Motivul lui {name}.",
            "en": f"The reason of {name}.",
        }
    (sex,) = (one for one in small_content()["about"]["collected"] if one["name"] == "sex")
    assert notes(variable(book, "sex"), "reason") == sex["reason"]


def test_steps_and_special_answers_are_categories(book):
    values = [one.findtext("d:catValu", None, D) for one in variable(book, "safe_1").findall("d:catgry", D)]
    assert values == ["1", "2", "3", "4", "5", "na", "pn"]


def test_a_reversed_item_is_said_to_be_one(book):
    turned = [name for name in ITEMS if notes(variable(book, name), "scoring")]
    assert turned == ["safe_3"]


def test_what_never_reaches_the_table_of_answers_is_told(book):
    kept_back = [one.get("name") for one in book.iterfind(".//d:var", D) if notes(one, "confidentiality")]
    assert kept_back == ["person_code", "told_change"]


def test_when_an_item_is_asked_is_told(book):
    told = {one.get(LANG): one.text for one in variable(book, "told_change").iterfind("d:universe", D)}
    assert told["en"] == "People who consented to analysis. Only: at 3 months, at 6 months"


def test_the_status_is_experimental_and_consent_and_retention_are_told(book):
    version = book.find(".//d:verStmt/d:version", D)
    assert (version.text, version.get("type")) == ("0.1", "experimental")
    study = book.find("d:stdyDscr", D)
    assert notes(study, "retention")["en"] == "Answers are kept for 60 months."
    assert "Keep the card with the code." in [
        one.text for one in study.iterfind("d:notes[@type='consent']", D)
    ]


def test_equal_input_gives_equal_bytes(tmp_path):
    assert write_feedback_ddi(small_instrument(), tmp_path / "a.xml").read_bytes() == make_feedback_ddi(
        small_instrument()
    )
