"""Linking without names: invented people whose true pairs are known, in one pool, with slips in every element."""

import numpy as np
import pytest

from evaluation.core.errors import IntakeError
from evaluation.intake.training.codes import normalise, pseudonym, training_key
from evaluation.intake.training.linking import link_sheets
from tests.kit.instruments import sample_instrument
from tests.kit.pairing import exact, outcome, pool


@pytest.mark.parametrize("slip", [0.02, 0.06])
@pytest.mark.parametrize(("people", "rounds"), [(60, 20), (300, 8), (1500, 2)])
def test_links_are_at_least_as_many_as_equal_codes_give_and_hardly_ever_false(people, rounds, slip):
    right = wrong = plain = 0
    promised = []
    for seed in range(rounds):
        sheets, _ = pool(people, slip, 1000 * people + seed)
        linked = link_sheets(sheets.drop(columns="who"), sample_instrument())
        good, bad = outcome(sheets, linked.links)
        assert good + bad == linked.linked
        right, wrong, plain = right + good, wrong + bad, plain + exact(sheets)[0]
        promised.append(linked.false_share)
    assert right >= plain
    assert wrong <= 0.005 * (right + wrong)
    assert max(promised) <= 0.005


def test_two_people_with_the_same_code_are_ambiguous_and_never_linked():
    sheets, _ = pool(40, 0.0, 7, back=1.0)
    elements = [name for name in sheets if name.startswith("pair_")]
    first = sheets.index[(sheets["occasion"] == "pre") & (sheets["who"] == 0)][0]
    twins = sheets["who"].isin([0, 1])
    for name in elements:
        sheets.loc[twins, name] = sheets.loc[first, name]
    linked = link_sheets(sheets.drop(columns="who"), sample_instrument())
    assert set(linked.links[sheets["who"].isin([0, 1])]) == {""}
    assert linked.linked == 38


def test_sessions_are_never_linked_with_each_other():
    sheets, _ = pool(30, 0.0, 3, back=1.0)
    sheets["session"] = np.where(sheets["occasion"] == "pre", "S1", "S2")
    assert link_sheets(sheets.drop(columns="who"), sample_instrument()).linked == 0


def test_the_sweep_has_fewer_links_and_fewer_false_ones_as_it_gets_stricter():
    sheets, _ = pool(300, 0.06, 5)
    sweep = link_sheets(sheets.drop(columns="who"), sample_instrument()).sweep
    assert [one[1] for one in sweep] == sorted((one[1] for one in sweep), reverse=True)
    assert [one[2] for one in sweep] == sorted((one[2] for one in sweep), reverse=True)


def test_no_element_is_kept_or_printed():
    sheets, _ = pool(20, 0.0, 9)
    sheets["pair_mother"] = "QZ"
    linked = link_sheets(sheets.drop(columns="who"), sample_instrument())
    assert "QZ" not in repr(linked) + " ".join(linked.links)


def test_an_element_is_one_writing_whatever_the_hand():
    assert [normalise(one, length=2) for one in ("șt", "\u015eT", " s t", "\u015e-t")] == ["ST"] * 4
    assert normalise("3", length=2) == "03"
    assert normalise("Maria", length=2) == ""


def test_with_a_key_the_same_code_has_the_same_pseudonym_and_without_one_there_is_only_a_number(
    tmp_path, monkeypatch
):
    sheets, _ = pool(20, 0.0, 9)
    plain = link_sheets(sheets.drop(columns="who"), sample_instrument()).links
    assert plain[plain != ""].str.fullmatch(r"L\d{5}").all()
    monkeypatch.setenv("SNITP_KEYS", str(tmp_path))
    with pytest.raises(IntakeError, match=r"training\.key"):
        training_key()
    (tmp_path / "training.key").write_bytes(bytes(range(32)))
    one, again = (link_sheets(sheets.drop(columns="who"), sample_instrument()).links for _ in range(2))
    assert one.tolist() == again.tolist()
    assert one[one != ""].str.fullmatch(r"[0-9a-f]{16}").all()
    assert pseudonym(("S", "A"), bytes(32)) != pseudonym(("S", "A"), bytes(range(32)))
