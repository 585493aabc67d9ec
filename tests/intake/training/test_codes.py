"""One writing for every element of the code; the key stays outside and says what is wrong without saying anything else."""

import traceback

import pytest

from evaluation.core.errors import IntakeError
from evaluation.core.project import PACKAGE
from evaluation.intake.training.codes import normalise, pseudonym, training_key

CODE = ("QZ", "7", "XW", "03", "NI", "CU")


def test_an_element_is_one_writing_whatever_the_hand():
    assert [normalise(one, length=2) for one in ("șt", "\u015eT", " s t", "\u015e-t")] == ["ST"] * 4
    assert [normalise(one, length=2) for one in ("ță", "\u0163\u0103", "Ta", "t\u0326a\u0306")] == ["TA"] * 4
    assert [normalise(one, length=2) for one in ("în", "Ân", "AN")] == ["IN", "AN", "AN"]
    assert normalise("3", length=2) == "03"


@pytest.mark.parametrize("text", ["", "  ", "-", "Maria", "123"])
def test_what_is_no_element_is_no_evidence(text):
    assert normalise(text, length=2) == ""


def test_the_pseudonym_depends_on_every_element_their_order_and_the_key():
    key, other = bytes(range(32)), bytes(32)
    told = {pseudonym(CODE, key), pseudonym(CODE, other), pseudonym(CODE[::-1], key)}
    told |= {pseudonym((*CODE[:place], "", *CODE[place + 1 :]), key) for place in range(6)}
    assert len(told) == 9
    assert pseudonym(CODE, key) == pseudonym(CODE, key)
    assert not [
        one for one in CODE if len(one) == 2 and not one.isdigit() and one in pseudonym(CODE, key).upper()
    ]


def test_another_purpose_gives_another_pseudonym(monkeypatch):
    key = bytes(range(32))
    mine = pseudonym(CODE, key)
    monkeypatch.setattr("evaluation.intake.training.codes.PURPOSE", "victims")
    assert pseudonym(CODE, key) != mine


def test_without_the_variable_there_is_no_key(monkeypatch):
    monkeypatch.delenv("SNITP_KEYS", raising=False)
    assert training_key() is None


@pytest.mark.parametrize("content", [None, b"", b"canary-short-key"])
def test_a_missing_or_short_key_stops_with_a_remedy_and_is_not_quoted(tmp_path, monkeypatch, content):
    monkeypatch.setenv("SNITP_KEYS", str(tmp_path))
    if content is not None:
        (tmp_path / "training.key").write_bytes(content)
    with pytest.raises(IntakeError, match=r"training\.key of 32 bytes") as stopped:
        training_key()
    said = "".join(traceback.format_exception(stopped.value))
    assert "canary-short" not in said
    assert str(tmp_path) not in str(stopped.value)


@pytest.mark.parametrize("folder", ["", "outputs", "data_raw/keys", "evaluation/../outputs"])
def test_a_key_inside_the_project_is_refused_before_it_is_read(folder, monkeypatch):
    monkeypatch.setenv("SNITP_KEYS", str(PACKAGE.parent / folder))
    with pytest.raises(IntakeError, match="inside the project") as stopped:
        training_key()
    assert str(PACKAGE.parent) not in str(stopped.value)


def test_a_key_of_256_bits_is_taken_as_it_is(tmp_path, monkeypatch):
    monkeypatch.setenv("SNITP_KEYS", str(tmp_path))
    (tmp_path / "training.key").write_bytes(bytes(range(32)))
    assert training_key() == bytes(range(32))
