"""Linking without names: invented people whose true pairs are known, in one pool, with slips in every element."""

from dataclasses import fields

import numpy as np
import pandas as pd
import pytest

from evaluation.intake.training.linking import link_sheets
from tests.kit.instruments import sample_instrument
from tests.kit.pairing import exact, hard_pool, outcome, pool


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
    assert (linked.ambiguous, linked.unlinked) == (2, 0)


def test_one_sheet_before_that_fits_two_after_is_ambiguous():
    sheets, _ = pool(40, 0.0, 7, back=1.0)
    again = sheets[(sheets["who"] == 3) & (sheets["occasion"] == "post")]
    sheets = pd.concat([sheets, again.assign(who=99)], ignore_index=True)
    linked = link_sheets(sheets.drop(columns="who"), sample_instrument())
    assert (linked.linked, linked.ambiguous, linked.unlinked) == (39, 1, 0)
    assert set(linked.links[sheets["who"].isin([3, 99])]) == {""}


def test_every_sheet_before_is_linked_ambiguous_or_unlinked():
    sheets, _ = pool(300, 0.06, 11)
    linked = link_sheets(sheets.drop(columns="who"), sample_instrument())
    assert linked.linked + linked.ambiguous + linked.unlinked == 300
    assert min(linked.linked, linked.ambiguous, linked.unlinked) > 0


@pytest.mark.parametrize("people", [1, 2, 4, 8])
def test_a_handful_of_people_are_linked_as_well_as_by_equal_codes(people):
    right = wrong = plain = 0
    for seed in range(40):
        sheets, _ = pool(people, 0.04, 100 * people + seed)
        good, bad = outcome(sheets, link_sheets(sheets.drop(columns="who"), sample_instrument()).links)
        right, wrong, plain = right + good, wrong + bad, plain + exact(sheets)[0]
    assert right >= plain > 0
    assert wrong == 0


def test_siblings_careless_people_and_blanks_do_not_make_false_links():
    right = wrong = 0
    for seed in range(6):
        sheets, _ = hard_pool(300, 0.06, seed, siblings=0.2, twins=0.3, careless=0.15, blank=0.05)
        good, bad = outcome(sheets, link_sheets(sheets.drop(columns="who"), sample_instrument()).links)
        right, wrong = right + good, wrong + bad
    assert right > 500
    assert wrong <= 0.005 * (right + wrong)


@pytest.mark.parametrize("people", [25, 300])
def test_of_people_who_never_met_hardly_a_sheet_is_linked(people):
    """Nobody who came before came after: every link is false, and the prior of the model is wrong."""
    links = sheets_seen = 0
    for seed in range(12):
        sheets, _ = pool(2 * people, 0.0, seed, back=1.0)
        strangers = sheets[(sheets["occasion"] == "pre") == (sheets["who"] < people)]
        linked = link_sheets(strangers.drop(columns="who"), sample_instrument())
        links, sheets_seen = links + linked.linked, sheets_seen + people
    assert links <= 0.005 * sheets_seen


def test_blank_codes_are_never_linked():
    sheets, _ = pool(5, 0.0, 2, back=1.0)
    sheets.loc[:, [name for name in sheets if name.startswith("pair_")]] = ""
    assert link_sheets(sheets.drop(columns="who"), sample_instrument()).linked == 0


def test_rows_keep_their_links_whatever_their_labels():
    sheets, _ = pool(30, 0.02, 4)
    plain = link_sheets(sheets.drop(columns="who"), sample_instrument()).links
    labelled = sheets.drop(columns="who").set_axis(np.arange(len(sheets))[::-1] + 100, axis="index")
    again = link_sheets(labelled, sample_instrument()).links
    assert again.index.equals(labelled.index)
    assert again.tolist() == plain.tolist()


def test_sessions_are_never_linked_with_each_other():
    sheets, _ = pool(30, 0.0, 3, back=1.0)
    sheets["session"] = np.where(sheets["occasion"] == "pre", "S1", "S2")
    assert link_sheets(sheets.drop(columns="who"), sample_instrument()).linked == 0


def test_the_sweep_has_fewer_links_and_fewer_false_ones_as_it_gets_stricter():
    sheets, _ = pool(300, 0.06, 5)
    sweep = link_sheets(sheets.drop(columns="who"), sample_instrument()).sweep
    assert [one[1] for one in sweep] == sorted((one[1] for one in sweep), reverse=True)
    assert [one[2] for one in sweep] == sorted((one[2] for one in sweep), reverse=True)


@pytest.mark.parametrize("keyed", [False, True])
def test_no_element_is_kept_or_printed(keyed, tmp_path, monkeypatch, capfd, caplog):
    if keyed:
        monkeypatch.setenv("SNITP_KEYS", str(tmp_path))
        (tmp_path / "training.key").write_bytes(bytes(range(32)))
    sheets, _ = pool(20, 0.0, 9)
    sheets["pair_mother"], sheets["pair_family"] = "QZ", "XW"
    linked = link_sheets(sheets.drop(columns="who"), sample_instrument())
    kept = [linked.links, linked.linked, linked.ambiguous, linked.unlinked, linked.false_share, linked.sweep]
    assert len(kept) == len(fields(linked))
    printed = capfd.readouterr()
    said = [
        repr(linked),
        str(linked),
        linked.links.to_csv(),
        repr(kept),
        printed.out,
        printed.err,
        caplog.text,
    ]
    assert not [one for one in ("QZ", "XW") if one in " ".join(said).upper()]


def test_with_a_key_the_same_code_has_the_same_pseudonym_and_without_one_there_is_only_a_number(
    tmp_path, monkeypatch
):
    sheets, _ = pool(20, 0.0, 9)
    plain = link_sheets(sheets.drop(columns="who"), sample_instrument()).links
    assert plain[plain != ""].str.fullmatch(r"L\d{5}").all()
    monkeypatch.setenv("SNITP_KEYS", str(tmp_path))
    (tmp_path / "training.key").write_bytes(bytes(range(32)))
    one, again = (link_sheets(sheets.drop(columns="who"), sample_instrument()).links for _ in range(2))
    assert one.tolist() == again.tolist()
    assert one[one != ""].str.fullmatch(r"[0-9a-f]{16}").all()
