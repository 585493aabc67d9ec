"""Codes of cards: drawn at random, every single slip found, nothing personal accepted, nothing quoted."""

import pytest

from evaluation.core.errors import IntakeError
from evaluation.core.project import PACKAGE
from evaluation.intake.feedback.codes import (
    ALPHABET,
    check_code,
    feedback_key,
    make_codes,
    pseudonym,
    refusal,
)
from evaluation.intake.keys import key_for

KEY, OTHER_KEY = bytes(range(32)), bytes(32)


def check_sign_by_hand(body: str) -> str:
    """ISO/IEC 7064 hybrid system for 28 signs, written out from the standard: p = 28; add, halve the range, double."""
    product = 28
    for sign in body:
        total = (product + ALPHABET.index(sign)) % 28 or 28
        product = total * 2 % 29
    return ALPHABET[(29 - product) % 28]


def test_the_check_sign_is_that_of_the_standard():
    # 2BCDFGH stands at 0 8 9 10 11 12 13; the product goes 28, 27, 14, 17, 25, 16, 27, 24; at 29 - 24 = 5 stands 7.
    assert check_sign_by_hand("2BCDFGH") == "7"
    assert check_code("2BCDFGH7") == "2BCD-FGH7"
    for code in make_codes(200, seed=1):
        assert check_sign_by_hand(code.replace("-", "")[:7]) == code[-1]


def test_codes_are_different_and_have_letters_and_digits_of_the_alphabet_only():
    codes = make_codes(2000)
    assert len(set(codes)) == 2000
    for code in codes:
        signs = code[:4] + code[5:]
        assert code[4] == "-" and set(signs) <= set(ALPHABET)
        assert not signs.isalpha() and not signs.isdigit()


def test_a_seed_gives_the_same_codes_and_no_seed_gives_others():
    assert make_codes(5, seed=7) == make_codes(5, seed=7)
    assert set(make_codes(50)) & set(make_codes(50)) == set()


@pytest.mark.parametrize(
    "typed", ["2bcd-fgh7", " 2BCD FGH7 ", "2BCDFGH7", "2bcd\u2013fgh7", "2BCD\u00a0FGH7"]
)
def test_one_code_whatever_the_hand(typed):
    assert check_code(typed) == "2BCD-FGH7"


def test_every_single_wrong_sign_is_found():
    accepted = [
        (code, place, sign)
        for code in make_codes(20, seed=3)
        for place in (0, 1, 2, 3, 5, 6, 7, 8)
        for sign in ALPHABET
        if sign != code[place] and not refusal(code[:place] + sign + code[place + 1 :])
    ]
    assert accepted == []


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "code_missing"),
        (" - ", "code_missing"),
        ("2850312400123", "code_personal"),
        ("1 85 03 12 40 012 3", "code_personal"),
        ("0722123456", "code_personal"),
        ("+40 722 123 456", "code_personal"),
        ("22334455", "code_personal"),
        ("ana@example.org", "code_personal"),
        ("Maria Popescu", "code_name"),
        ("Știrbu", "code_name"),
        ("BCDF-GHJK", "code_name"),
        ("2BCD-FGH", "code_shape"),
        ("2BCD-FGH77", "code_shape"),
        ("2ACD-FGH7", "code_shape"),
        ("Maria 1990", "code_shape"),
        ("2BCD-FGH8", "code_check"),
        ("2BDC-FGH7", "code_check"),
    ],
)
def test_what_is_no_code_is_refused_and_not_quoted(typed, reason):
    assert refusal(typed) == reason
    with pytest.raises(IntakeError) as stopped:
        check_code(typed)
    said = str(stopped.value)
    assert said.startswith("code of the card: ")
    assert not any(part in said for part in typed.split() if part != "-")


def test_the_pseudonym_depends_on_code_key_and_purpose_and_holds_none_of_them():
    codes = make_codes(100, seed=5)
    assert len({pseudonym(one, key=KEY) for one in codes}) == 100
    told = {
        pseudonym("2BCD-FGH7", key=KEY),
        pseudonym("2BCD-FGH7", key=OTHER_KEY),
        pseudonym("2BCD-FGH7", key=KEY, purpose="training"),
        pseudonym("SCHC-K8MJ", key=KEY),
    }
    assert len(told) == 4
    assert all(len(one) == 16 and set(one) <= set("0123456789abcdef") for one in told)
    assert pseudonym("2bcd fgh7", key=KEY) in told


def test_the_pseudonym_is_the_beginning_of_the_hmac_that_openssl_gives():
    # printf 'feedback|2BCD-FGH7' | openssl dgst -sha256 -mac HMAC -macopt hexkey:000102...1e1f
    assert pseudonym("2BCD-FGH7", key=KEY) == "4e4d5048c51854fe"


def test_without_a_key_feedback_is_refused(monkeypatch):
    monkeypatch.delenv("SNITP_KEYS", raising=False)
    with pytest.raises(IntakeError, match=r"feedback\.key"):
        feedback_key()


def test_the_key_of_another_purpose_does_not_do(tmp_path, monkeypatch):
    (tmp_path / "training.key").write_bytes(KEY)
    monkeypatch.setenv("SNITP_KEYS", str(tmp_path))
    assert key_for("training") == KEY
    with pytest.raises(IntakeError, match=r"no feedback\.key of 32 bytes"):
        feedback_key()


def test_a_key_beside_the_data_or_the_code_is_refused(tmp_path, monkeypatch):
    keys = tmp_path / "data" / "keys"
    keys.mkdir(parents=True)
    (keys / "feedback.key").write_bytes(KEY)
    monkeypatch.setenv("SNITP_KEYS", str(keys))
    assert feedback_key(tmp_path / "elsewhere") == KEY
    with pytest.raises(IntakeError, match="move it elsewhere"):
        feedback_key(tmp_path / "data")
    monkeypatch.setenv("SNITP_KEYS", str(PACKAGE))
    with pytest.raises(IntakeError, match="move it elsewhere"):
        feedback_key()
