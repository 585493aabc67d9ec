"""Translation sheets: every text of the form is in them, and one that is not complete is refused by its cells."""

import io

import pytest
from openpyxl import load_workbook

from evaluation.core.errors import InstrumentError
from evaluation.instruments.feedback.model import FeedbackInstrument
from evaluation.instruments.feedback.protocol import Protocol
from evaluation.instruments.feedback.translation import make_translation_sheet, translatable
from evaluation.instruments.feedback.translation_read import read_translation
from evaluation.instruments.feedback.wording import TARGETS
from evaluation.strategy.words import load_as
from tests.kit.feedback import (
    ITEMS,
    filled_sheet,
    minors,
    protocol_content,
    small_content,
    small_instrument,
    who5_slot,
)

FIRST = 12
"""The first row of texts: title, lead, seven lines of the head, an empty line, headings."""


def page(language="uk", instrument=None, **settings):
    content = make_translation_sheet(instrument or small_instrument(), language, **settings)
    return load_workbook(io.BytesIO(content)).active


def rows(sheet):
    """Key to Romanian, English, translation and back-translation."""
    return {line[0]: line[1:] for line in sheet.iter_rows(min_row=FIRST, values_only=True)}


def row_of(key):
    return FIRST + list(rows(page())).index(key)


def test_the_targets_are_the_seven_languages_of_foreign_victims():
    assert TARGETS == ("uk", "ne", "si", "bn", "vi", "tr", "fil")


def test_every_text_that_is_read_has_a_row_with_both_sources_and_empty_cells():
    found = rows(page())
    for name in ITEMS:
        label = small_instrument().item(name).label
        assert found[f"items.{name}.label"] == (label.ro, label.en, None, None)
    assert found["consent.purposes.quotation"][:2] == (
        "Cuvintele mele pot fi citate.",
        "My words may be quoted.",
    )
    assert found["scales.agreement.1"][:2] == ("Deloc de acord", "Strongly disagree")
    assert found["special.pn"][0] == "Prefer să nu răspund"
    assert {
        "waves.exit",
        "collectors.independent",
        "collected.sex.categories.female",
        "distress.contacts.2",
    } <= set(found)
    assert {
        "domains.safety",
        "items.help_used.choices.not_known",
        "items.told_change.hint",
        "paper.how",
    } <= set(found)


def test_what_nobody_is_told_is_not_translated():
    assert not [key for key in rows(page()) if "reason" in key or "outcome" in key or "administration" in key]


def test_an_official_text_is_never_translated_here():
    content = small_content() | {"slots": [who5_slot()]}
    found = rows(page(instrument=load_as(FeedbackInstrument, content, file="test")))
    assert not [key for key in found if key.startswith("slots.")]


def test_a_protocol_adds_its_texts():
    protocol = load_as(Protocol, protocol_content(), file="test")
    assert "protocol.child_assent" in rows(page(instrument=minors(), protocol=protocol))
    with pytest.raises(InstrumentError, match="adolescent_assent"):
        page(instrument=minors())


def test_only_the_cells_to_fill_in_are_open():
    sheet = page()
    assert sheet.protection.sheet
    assert [cell.protection.locked for cell in sheet[FIRST]] == [True, True, True, False, False]
    assert [sheet.cell(row, 4).protection.locked for row in range(3, 10)] == [True] * 3 + [False] * 4


@pytest.mark.parametrize("language", ["ro", "en", "fr", ""])
def test_there_is_a_sheet_for_the_seven_languages_only(language):
    with pytest.raises(InstrumentError, match="uk, ne, si"):
        make_translation_sheet(small_instrument(), language)


def test_equal_input_gives_equal_bytes():
    one, other = (make_translation_sheet(small_instrument(), "vi") for _ in range(2))
    assert one == other


def test_a_complete_sheet_gives_every_text_and_who_made_it(tmp_path):
    read = read_translation(filled_sheet(tmp_path / "t.xlsx", small_instrument()), small_instrument())
    assert set(read.texts) == set(translatable(small_instrument()))
    assert read.texts["items.safe_1.label"] == f"çeviri {row_of('items.safe_1.label')}"
    assert (read.language, read.instrument, read.version) == ("tr", "victim_feedback_small", "0.1")
    assert (read.translator, read.back_translator) == ("Institutul de probă 1", "Institutul de probă 2")
    assert (read.translated.isoformat(), read.back_translated.isoformat()) == ("2026-02-01", "2026-02-10")


MARKED = "Textul marcat"


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"D14": "", "D20": "  "}, "D14, D20: not translated"),
        ({"E14": ""}, "E14: not translated back"),
        ({"A14": "items.nobody.label"}, "A14: a key that the form does not have"),
        ({"A14": "about.title"}, "A14: a key"),
        ({"B14": MARKED}, "B14: the source text is not the instrument's"),
        ({"D6": ""}, r"D6 \(translator\): empty"),
        ({"D7": ""}, r"D7 \(translated\): empty"),
        ({"D8": "", "D9": ""}, r"D8 \(back_translator\), D9 \(back_translated\): empty"),
        ({"D7": MARKED}, "D7: not a date"),
        ({"D9": "2026-01-31"}, "D9: before the translation"),
        ({"D8": "INSTITUTUL DE PROBĂ 1"}, "D8: the translator; somebody else"),
        ({"D5": "fr"}, "D5: not one of uk"),
        ({"D3": "victim_feedback_adult"}, "another questionnaire or version"),
        ({"D4": "0.2"}, "another questionnaire or version"),
    ],
)
def test_what_is_not_complete_is_refused_by_cell_and_never_by_its_text(tmp_path, cells, told):
    file = filled_sheet(tmp_path / "t.xlsx", small_instrument(), cells=cells)
    with pytest.raises(InstrumentError, match=told) as caught:
        read_translation(file, small_instrument())
    assert MARKED not in str(caught.value) and "çeviri" not in str(caught.value)


@pytest.mark.parametrize("text", ["Mă simt în siguranță aici.", "i feel SAFE here."])
def test_a_cell_that_repeats_its_source_is_refused(tmp_path, text):
    cell = f"D{row_of('items.safe_1.label')}"
    file = filled_sheet(tmp_path / "t.xlsx", small_instrument(), cells={cell: text})
    with pytest.raises(InstrumentError, match=f"{cell}: the source text"):
        read_translation(file, small_instrument())


def test_a_row_that_was_deleted_is_missed_by_its_key(tmp_path):
    file = filled_sheet(tmp_path / "t.xlsx", small_instrument())
    book = load_workbook(file)
    book.active.delete_rows(row_of("items.help_2.label"))
    book.save(file)
    with pytest.raises(InstrumentError, match=r"no row for items\.help_2\.label;"):
        read_translation(file, small_instrument())


def test_a_file_that_is_no_sheet_of_ours_is_refused(tmp_path):
    (tmp_path / "t.xlsx").write_text("nu este un registru")
    with pytest.raises(InstrumentError, match="not a workbook"):
        read_translation(tmp_path / "t.xlsx", small_instrument())
