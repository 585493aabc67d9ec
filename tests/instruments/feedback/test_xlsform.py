"""XLSForm of feedback: consent first, nothing asked without it, accepted by pyxform and ODK Validate in every language."""

import re

import pytest
from lxml import etree
from openpyxl import load_workbook

from evaluation.core.errors import InstrumentError
from evaluation.instruments.feedback.load import list_feedback, load_feedback
from evaluation.instruments.feedback.protocol import Protocol
from evaluation.instruments.feedback.translation_read import read_translation
from evaluation.instruments.feedback.words import CODE_EXAMPLE
from evaluation.instruments.feedback.xlsform import make_feedback_xlsform, write_feedback_xlsform
from evaluation.instruments.xlsform import compile_xlsform, java_is_here, validate_xform
from evaluation.strategy.words import load_as
from tests.instruments.conftest import QUESTIONNAIRES
from tests.kit.feedback import ITEMS, filled_sheet, minors, protocol_content, small_instrument

RO, EN, TR = "label::Română (ro)", "label::English (en)", "label::Türkçe (tr)"
CONSENTED = "${consent_analysis} = 'yes'"
needs_java = pytest.mark.skipif(not java_is_here(), reason="ODK Validate needs Java, which is not installed")


def survey(instrument=None, **settings):
    return {
        row["name"]: row for row in make_feedback_xlsform(instrument or small_instrument(), **settings).survey
    }


def protocol():
    return load_as(Protocol, protocol_content(), file="test")


def relevant(row, *, asked):
    """Whether a row outside the groups is asked, given earlier answers; the words of XPath read as Python's."""
    told = re.sub(r"\$\{(\w+)\}", lambda found: repr(asked.get(found[1], "")), row.get("relevant", "True"))
    return eval(told.replace("!=", "≠").replace("=", "==").replace("≠", "!="))


def test_the_form_says_which_instrument_and_consent_it_is_of():
    constants = {name: row["calculation"] for name, row in survey().items() if row["type"] == "calculate"}
    assert constants == {
        "instrument": "'victim_feedback_small'", "instrument_version": "'0.1'", "consent_version": "'1.0'",
    }  # fmt: skip


def test_consent_is_read_and_asked_before_anything_else():
    asked = [name for name, row in survey().items() if row["type"] not in ("calculate", "begin_group")]
    assert asked[:7] == [
        "status_note", "consent_text", "consent_analysis", "consent_quotation", "consent_recontact", "person_code", "wave",
    ]  # fmt: skip
    told = survey()["consent_text"][EN]
    assert told == "Please tell us your opinion.\n\nYou may stop at any time.\n\nKeep the card with the code."


def test_only_consent_to_analysis_code_and_wave_are_required():
    required = [name for name, row in survey().items() if "required" in row]
    assert required == ["consent_analysis", "person_code", "wave"]


def test_without_consent_to_analysis_only_code_wave_and_recontact_are_asked():
    rows = survey()
    refused = {"consent_analysis": "no", "wave": "exit"}
    outside = [one for one in rows.values() if one["type"].split()[0] in ("select_one", "text", "integer")]
    own = [one for one in outside if one["name"] not in ITEMS]
    assert [one["name"] for one in own if relevant(one, asked=refused)] == [
        "consent_analysis", "consent_recontact", "person_code", "wave",
    ]  # fmt: skip
    form = make_feedback_xlsform(small_instrument())
    groups = [row for row in form.survey if row["type"] == "begin_group"]
    assert [one["relevant"] for one in groups] == [CONSENTED] * 3
    consented = {"consent_analysis": "yes", "wave": "exit"}
    assert {one["name"] for one in own if relevant(one, asked=consented)} == {one["name"] for one in own}


def test_months_are_asked_at_exit_only_and_never_a_date():
    row = survey()["months"]
    assert row["type"] == "integer"
    assert [relevant(row, asked={"consent_analysis": "yes", "wave": one}) for one in ("exit", "month_3")] == [
        True,
        False,
    ]


def test_every_item_stands_in_the_group_of_its_domain_and_in_order():
    form = make_feedback_xlsform(small_instrument())
    place, found = "", []
    for row in form.survey:
        if row["type"] == "begin_group":
            place = row["name"]
        elif row["name"] in ITEMS:
            found.append((place, row["name"]))
    assert found == [
        *(("domain_safety", name) for name in ("safe_1", "safe_2", "safe_3")),
        *(("domain_support", name) for name in ("help_1", "help_2", "help_used")),
        ("domain_words", "told_change"),
    ]


@pytest.mark.parametrize(
    ("name", "own"), [("agreement", ["1", "2", "3", "4", "5"]), ("help_used", ["yes", "not_known"])]
)
def test_not_applicable_and_prefer_not_come_last_everywhere(name, own):
    choices = [
        one["name"] for one in make_feedback_xlsform(small_instrument()).choices if one["list_name"] == name
    ]
    assert choices == [*own, "na", "pn"]


def test_answers_keep_their_order():
    assert not [row for row in survey().values() if "randomize" in str(row)]


def test_an_open_item_asks_for_no_names_and_only_at_its_waves():
    row = survey()["told_change"]
    assert (row["type"], row["appearance"]) == ("text", "multiline")
    assert row["hint::English (en)"] == "In short, no names."
    assert row["relevant"] == "${wave} = 'month_3' or ${wave} = 'month_6'"


@pytest.mark.parametrize(
    ("code", "taken"),
    [
        (CODE_EXAMPLE, True), ("BCDF-2345", True), ("BCDF2345", False), ("bcdf-2345", False), ("ANAA-2345", False),
        ("BCD1-2345", False), ("BCDF-23456", False), ("1960523123456", False), ("YYYY-2222", False),
    ],
)  # fmt: skip
def test_a_code_is_taken_only_in_the_form_of_the_card(code, taken):
    row = survey()["person_code"]
    pattern = row["constraint"].removeprefix("regex(., '").removesuffix("')")
    assert bool(re.fullmatch(pattern, code)) is taken
    assert CODE_EXAMPLE in row["constraint_message::Română (ro)"]


def test_help_is_the_last_thing_that_is_read():
    *_, last = make_feedback_xlsform(small_instrument()).survey
    assert (last["name"], last["type"]) == ("help", "note")
    assert "0 800 800 678" in last[RO] and "112" in last[EN]


def test_neither_time_nor_place_nor_device_is_recorded():
    kinds = {row["type"].split()[0] for row in make_feedback_xlsform(small_instrument()).survey}
    assert kinds == {"calculate", "note", "select_one", "text", "integer", "begin_group", "end_group"}


def test_the_status_is_in_the_title_and_on_the_first_screen():
    form = make_feedback_xlsform(small_instrument())
    assert form.settings["form_title"] == "Chestionar mic | Small questionnaire (0.1, EXPERIMENTAL)"
    assert survey()["status_note"][EN].startswith("EXPERIMENTAL\n\nThe questionnaire is not validated")


def test_under_a_protocol_the_guardian_comes_first_and_a_no_ends_it():
    rows = survey(minors(), protocol=protocol())
    first = next(name for name, row in rows.items() if row["type"].startswith("select_one"))
    assert (first, rows[first]["required"]) == ("consent_guardian", "yes")
    asked = {
        one: relevant(rows["consent_analysis"], asked={"consent_guardian": one})
        for one in ("yes", "no", "exception")
    }
    assert asked == {"yes": True, "no": False, "exception": True}
    assert rows["consent_text"][EN].endswith("I want to answer.")
    assert "119" in rows["help"][EN]


def test_a_form_without_warnings_compiles_and_starts_in_romanian(tmp_path):
    file = write_feedback_xlsform(small_instrument(), tmp_path / "form.xlsx")
    tree = etree.fromstring(compile_xlsform(file).encode())
    found = {
        one.get("lang"): one.get("default") for one in tree.iter("{http://www.w3.org/2002/xforms}translation")
    }
    assert found == {"Română (ro)": "true()", "English (en)": None}


@needs_java
@pytest.mark.parametrize("young", [False, True])
def test_odk_validate_accepts_it(tmp_path, young):
    instrument, given = (minors(), protocol()) if young else (small_instrument(), None)
    file = write_feedback_xlsform(instrument, tmp_path / "form.xlsx", protocol=given)
    validate_xform(compile_xlsform(file), name="form")


@pytest.mark.parametrize(
    ("modules", "form_id"),
    [
        ((), "victim_feedback_adult"),
        (("victim_feedback_voucher",), "victim_feedback_adult_voucher"),
        (("victim_feedback_coordination",), "victim_feedback_adult_coordination"),
        (
            ("victim_feedback_voucher", "victim_feedback_coordination"),
            "victim_feedback_adult_voucher_coordination",
        ),
    ],
)
def test_a_form_with_modules_has_its_own_id_and_answers_of_the_same_instrument(modules, form_id):
    instrument = load_feedback("victim_feedback_adult", QUESTIONNAIRES, modules=modules)
    form = make_feedback_xlsform(instrument)
    assert form.settings["form_id"] == form_id
    told = {row["name"]: row for row in form.survey if row["type"] == "calculate"}
    assert told["instrument"]["calculation"] == "'victim_feedback_adult'"


@needs_java
@pytest.mark.parametrize("name", list_feedback(QUESTIONNAIRES))
def test_odk_validate_accepts_every_questionnaire_with_its_modules(tmp_path, name):
    alone = load_feedback(name, QUESTIONNAIRES)
    instrument = load_feedback(name, QUESTIONNAIRES, modules=alone.about.modules)
    file = write_feedback_xlsform(instrument, tmp_path / "form.xlsx", protocol=protocol())
    validate_xform(compile_xlsform(file), name="form")


def test_a_translation_is_a_third_language(tmp_path):
    read = read_translation(filled_sheet(tmp_path / "t.xlsx", small_instrument()), small_instrument())
    file = write_feedback_xlsform(small_instrument(), tmp_path / "form.xlsx", (read,))
    head, *lines = load_workbook(file)["survey"].iter_rows(values_only=True)
    told = {line[head.index("name")]: line[head.index(TR)] for line in lines}
    assert told["safe_1"] == read.texts["items.safe_1.label"]
    assert told["consent_analysis"] == read.texts["consent.purposes.analysis"]
    compiled = compile_xlsform(file)
    assert 'lang="Türkçe (tr)"' in compiled
    if java_is_here():
        validate_xform(compiled, name="form")


def test_a_translation_of_another_version_or_given_twice_is_refused(tmp_path):
    read = read_translation(filled_sheet(tmp_path / "t.xlsx", small_instrument()), small_instrument())
    with pytest.raises(InstrumentError, match="another questionnaire or version"):
        make_feedback_xlsform(small_instrument(version="0.2"), (read,))
    with pytest.raises(InstrumentError, match="twice"):
        make_feedback_xlsform(small_instrument(), (read, read))


def test_equal_input_gives_equal_bytes(tmp_path):
    one, other = (write_feedback_xlsform(small_instrument(), tmp_path / f"{name}.xlsx") for name in "ab")
    assert one.read_bytes() == other.read_bytes()
