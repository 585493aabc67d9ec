"""Minors are asked only under an approved protocol, and an official text only as it was published."""

import json

import pytest

from evaluation.core.errors import InstrumentError, StrategyError
from evaluation.instruments.feedback.ddi import make_feedback_ddi
from evaluation.instruments.feedback.limesurvey import feedback_rows
from evaluation.instruments.feedback.model import FeedbackInstrument, Slot
from evaluation.instruments.feedback.paper import feedback_html
from evaluation.instruments.feedback.protocol import Protocol, load_protocol, require_protocol
from evaluation.instruments.feedback.slots import load_slot, load_slots
from evaluation.instruments.feedback.workbook import make_feedback_workbook
from evaluation.instruments.feedback.xlsform import make_feedback_xlsform
from evaluation.strategy.words import load_as
from tests.kit.feedback import minors, protocol_content, small_content, small_instrument, who5_slot

EXPORTERS = {
    "xlsform": make_feedback_xlsform,
    "limesurvey": feedback_rows,
    "ddi": make_feedback_ddi,
    "workbook": make_feedback_workbook,
    "paper": lambda instrument, **given: feedback_html(instrument, language="ro", **given),
}
SLOT = {
    "source": "Textul de probă", "version": "1998", "instruction": "Instrucțiune de probă",
    "items": [f"Propoziția {n}" for n in range(1, 6)],
    "steps": {str(n): f"Treapta {n}" for n in (5, 4, 3, 2, 1, 0)},
}  # fmt: skip


def write(folder, name, content):
    file = folder / f"{name}.yaml"
    file.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return file


def protocol(**fields):
    return load_as(Protocol, protocol_content() | fields, file="test")


@pytest.mark.parametrize("channel", EXPORTERS)
def test_no_export_is_made_without_the_protocol_that_is_needed(channel):
    make = EXPORTERS[channel]
    with pytest.raises(InstrumentError, match="only under the protocol adolescent_assent"):
        make(minors())
    with pytest.raises(InstrumentError, match="adolescent_assent"):
        make(minors(), protocol=protocol(name="another_protocol"))
    assert make(minors(), protocol=protocol())


def test_an_instrument_for_adults_needs_none():
    assert require_protocol(small_instrument(), None) is None


def test_a_protocol_is_read_from_its_file(tmp_path):
    write(tmp_path, "adolescent_assent", protocol_content())
    found = load_protocol(tmp_path, "adolescent_assent")
    assert (found.approved_by, found.date.isoformat()) == ("Comisia de etică de probă", "2026-01-15")
    assert found.guardian_exception.en == "The child protection service decides."


def test_a_protocol_that_is_not_there_is_missed_by_its_file(tmp_path):
    with pytest.raises(InstrumentError, match=r"adolescent_assent\.yaml: the protocol is missing"):
        load_protocol(tmp_path, "adolescent_assent")


@pytest.mark.parametrize("field", sorted(set(protocol_content()) - {"name"}))
def test_every_field_of_a_protocol_is_required(tmp_path, field):
    content = {name: value for name, value in protocol_content().items() if name != field}
    write(tmp_path, "adolescent_assent", content)
    with pytest.raises(StrategyError, match=field):
        load_protocol(tmp_path, "adolescent_assent")


def test_a_protocol_under_another_name_is_refused(tmp_path):
    write(tmp_path, "adolescent_assent", protocol_content() | {"name": "other"})
    with pytest.raises(InstrumentError, match="another name"):
        load_protocol(tmp_path, "adolescent_assent")


def who5():
    return load_as(Slot, who5_slot(), file="test")


def test_an_official_text_keeps_its_printed_order_and_its_numbers(tmp_path):
    write(tmp_path, "who5_ro", SLOT)
    found = load_slot(tmp_path, who5(), "ro")
    assert list(found.steps) == ["5", "4", "3", "2", "1", "0"]
    assert (found.language, found.items[4], found.steps["0"]) == ("ro", "Propoziția 5", "Treapta 0")


def test_an_official_text_that_is_not_there_is_none(tmp_path):
    assert load_slot(tmp_path, who5(), "ro") is None


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"items": SLOT["items"][:4]}, "items: there must be 5"),
        ({"items": [*SLOT["items"][:4], ""]}, "items: there must be 5"),
        ({"steps": {str(n): "x" for n in range(5)}}, 'steps: .* "0" to "5"'),
        ({"steps": {str(n): "x" for n in range(1, 7)}}, 'steps: .* "0" to "5"'),
    ],
)
def test_an_official_text_of_another_size_is_refused(tmp_path, change, told):
    write(tmp_path, "who5_ro", SLOT | change)
    with pytest.raises(InstrumentError, match=told):
        load_slot(tmp_path, who5(), "ro")


def with_slot():
    return load_as(FeedbackInstrument, small_content() | {"slots": [who5_slot()]}, file="test")


def slots(tmp_path, *languages):
    home = tmp_path / "victim_feedback_core" / "slots"
    home.mkdir(parents=True)
    for language in languages:
        write(home, f"who5_{language}", SLOT | {"instruction": f"Instrucțiune {language}"})
    return load_slots(with_slot(), ("ro", "en"), folder=tmp_path)


def names(form):
    return [row["name"] for row in form.survey]


def test_a_slot_is_asked_only_where_its_text_is_there_in_every_language_of_the_form(tmp_path):
    romanian = slots(tmp_path, "ro")
    assert "who5_1" not in names(make_feedback_xlsform(with_slot(), slots=romanian))
    assert "Instrucțiune ro" in feedback_html(with_slot(), language="ro", slots=romanian)
    assert "Propoziția 1" not in feedback_html(with_slot(), language="en", slots=romanian)


def test_nothing_is_added_to_the_answers_of_a_slot(tmp_path):
    form = make_feedback_xlsform(with_slot(), slots=slots(tmp_path, "ro", "en"))
    assert [one for one in names(form) if one.startswith("who5_")] == [
        "who5_introduction", "who5_1", "who5_2", "who5_3", "who5_4", "who5_5",
    ]  # fmt: skip
    assert [row["name"] for row in form.choices if row["list_name"] == "who5"] == [
        "5",
        "4",
        "3",
        "2",
        "1",
        "0",
    ]
