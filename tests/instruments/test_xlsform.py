"""XLSForm: accepted by pyxform and ODK Validate in both languages, without the key, equal bytes, text stays text."""

import pytest
from lxml import etree
from openpyxl import load_workbook

from evaluation.core.errors import InstrumentError
from evaluation.instruments.model import Instrument, ItemKind
from evaluation.instruments.xlsform import (
    compile_xlsform,
    java_is_here,
    make_xlsform,
    validate_xform,
    write_xlsform,
)
from evaluation.strategy.words import load_as
from tests.kit.instruments import sample_content

FORMS = ("A", "B")
XF = {"x": "http://www.w3.org/2002/xforms"}
needs_java = pytest.mark.skipif(not java_is_here(), reason="ODK Validate needs Java, which is not installed")


def rows(path, sheet):
    """The rows of a sheet as records; empty cells are left out."""
    head, *body = load_workbook(path)[sheet].iter_rows(values_only=True)
    return [{name: cell for name, cell in zip(head, row, strict=True) if cell is not None} for row in body]


@pytest.fixture
def workbook(sample, tmp_path):
    return write_xlsform(sample, "A", tmp_path / "sample_A.xlsx")


@needs_java
@pytest.mark.parametrize("form", FORMS)
def test_odk_validate_accepts_every_questionnaire(shipped, form, tmp_path):
    file = write_xlsform(shipped, form, tmp_path / f"{shipped.name}_{form}.xlsx")
    validate_xform(compile_xlsform(file), name=file.stem)


@needs_java
def test_odk_validate_accepts_the_instrument_of_sums(workbook):
    validate_xform(compile_xlsform(workbook), name="sample_A")


@needs_java
def test_what_odk_validate_refuses_is_an_error(workbook):
    broken = compile_xlsform(workbook).replace("= 'post'", "= ('post'")
    with pytest.raises(InstrumentError, match="ODK Validate"):
        validate_xform(broken, name="broken")


def test_the_first_question_is_the_occasion(workbook):
    asked = [one for one in rows(workbook, "survey") if one["type"] not in ("calculate", "note")]
    assert (asked[0]["name"], asked[0]["type"], asked[0]["required"]) == (
        "occasion",
        "select_one occasion",
        "yes",
    )


@pytest.mark.parametrize("form", FORMS)
def test_a_form_asks_its_items_in_order(sample, form):
    names = {one.name for one in sample.items}
    asked = tuple(row["name"] for row in make_xlsform(sample, form).survey if row["name"] in names)
    assert asked == getattr(sample.forms, form)


def test_questions_have_their_printed_numbers(sample):
    told = {row["name"]: row.get("label::Română (ro)", "") for row in make_xlsform(sample, "A").survey}
    assert told["core_who"].startswith("1. Cine poate")
    assert (told["open_signs"][:4], told["react_clear"][:4], told["react_useful"][:4]) == (
        "13. ",
        "14. ",
        "15. ",
    )


def test_opinions_are_asked_only_after_the_session(sample):
    asked = {row["name"]: row.get("relevant") for row in make_xlsform(sample, "B").survey}
    after = {one.name for one in sample.of_kind(ItemKind.REACTION)}
    assert {name for name, relevant in asked.items() if relevant} == after
    assert {asked[name] for name in after} == {"${occasion} = 'post'"}


def test_choices_are_shuffled_unless_they_are_a_scale(sample):
    asked = {row["name"]: row.get("parameters") for row in make_xlsform(sample, "A").survey}
    assert asked["sum_a1"] == "randomize=true"
    assert asked["react_clear"] is None and asked["occasion"] is None


def test_everything_told_is_told_in_both_languages(shipped_or_sample, tmp_path):
    file = write_xlsform(shipped_or_sample, "A", tmp_path / "form.xlsx")
    for row in (*rows(file, "survey"), *rows(file, "choices")):
        for column in ("label", "hint", "constraint_message"):
            assert (f"{column}::Română (ro)" in row) == (f"{column}::English (en)" in row)


@pytest.mark.parametrize(
    ("name", "yes", "no"),
    [
        ("pair_mother", ["Ma", "șt", "Éa"], ["", "M", "33", "Mar", "  "]),
        ("pair_older", ["0", "9"], ["10", "a", ""]),
        ("pair_month", ["1", "01", "12"], ["0", "13", "mai", ""]),
    ],
)
def test_a_box_of_the_code_takes_what_it_asks_for(sample, name, yes, no):
    import re

    row = next(one for one in make_xlsform(sample, "A").survey if one["name"] == name)
    pattern = row["constraint"].removeprefix("regex(., '").removesuffix("')")
    assert [one for one in (*yes, *no) if re.fullmatch(pattern, one)] == yes
    assert row["constraint_message::English (en)"] and "required" not in row


def test_nothing_of_the_key_is_in_the_form(sample, workbook):
    told = {
        str(cell)
        for sheet in ("survey", "choices", "settings")
        for row in rows(workbook, sheet)
        for cell in row.values()
    }
    reasons = {
        text
        for key in sample.keys
        for one in (key.measures, *key.distractors.values())
        for text in (one.ro, one.en)
    }
    assert not reasons & told
    assert "correct" not in {str(cell.value) for cell in load_workbook(workbook)["survey"][1]}


def test_settings_name_form_version_and_language(workbook):
    assert rows(workbook, "settings") == [
        {
            "form_title": "Chestionar de probă: formularul A, versiunea 0.1 (ciornă) | "
            "Sample questionnaire: form A, version 0.1 (draft)",
            "form_id": "training_sample_a",
            "version": "0.1",
            "default_language": "Română (ro)",
            "instance_name": "concat(${session}, ' ', ${occasion}, ' ', ${form})",
        }
    ]


def test_neither_time_nor_place_nor_device_is_recorded(workbook):
    kinds = {one["type"].split()[0] for one in rows(workbook, "survey")}
    assert kinds == {"calculate", "note", "select_one", "text", "begin_group", "end_group"}


def test_two_runs_give_equal_bytes(sample, tmp_path):
    one, other = (write_xlsform(sample, "B", tmp_path / name) for name in ("one.xlsx", "other.xlsx"))
    assert one.read_bytes() == other.read_bytes()


def test_a_text_that_looks_like_a_formula_stays_a_text(tmp_path):
    content = sample_content()
    content["items"][0]["label"]["ro"] = "=1+1"
    content["about"]["distress"]["ro"] = "=0 800 800 678"
    file = write_xlsform(load_as(Instrument, content, file="test"), "A", tmp_path / "form.xlsx")
    cells = [cell for row in load_workbook(file)["survey"].iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}


def test_the_compiled_form_has_both_languages_and_starts_in_romanian(workbook):
    tree = etree.fromstring(compile_xlsform(workbook).encode())
    languages = {one.get("lang"): one.get("default") for one in tree.iterfind(".//x:translation", XF)}
    assert languages == {"Română (ro)": "true()", "English (en)": None}


def test_a_language_missing_from_a_column_is_an_error(workbook, tmp_path):
    """pyxform only warns of it."""
    book = load_workbook(workbook)
    column = [cell.value for cell in book["survey"][1]].index("hint::English (en)") + 1
    book["survey"].delete_cols(column)
    book.save(tmp_path / "half.xlsx")
    with pytest.raises(InstrumentError, match="English"):
        compile_xlsform(tmp_path / "half.xlsx")


def test_what_pyxform_refuses_is_an_error_that_names_the_file(workbook, tmp_path):
    book = load_workbook(workbook)
    book["survey"]["A2"] = "no_such_type"
    book.save(tmp_path / "odd.xlsx")
    with pytest.raises(InstrumentError, match=r"odd\.xlsx: pyxform refuses it"):
        compile_xlsform(tmp_path / "odd.xlsx")
