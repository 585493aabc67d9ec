"""Linking without names: invented people whose true pairs are known, in one pool, with slips in every element."""

import numpy as np
import pandas as pd
import pytest

from evaluation.core.errors import IntakeError
from evaluation.intake.training.codes import normalise, pseudonym, training_key
from evaluation.intake.training.linking import link_sheets
from tests.kit.instruments import sample_instrument

MOTHERS = [
    "Maria",
    "Ana",
    "Elena",
    "Ioana",
    "Andreea",
    "Mihaela",
    "Alexandra",
    "Cristina",
    "Daniela",
    "Gabriela",
    "Adriana",
    "Florina",
    "Georgeta",
    "Nicoleta",
    "Simona",
    "Carmen",
    "Liliana",
    "Monica",
    "Rodica",
    "Aurelia",
    "Camelia",
    "Corina",
    "Diana",
    "Doina",
    "Ecaterina",
    "Felicia",
    "Ileana",
    "Irina",
    "Lavinia",
    "Lucia",
    "Mirela",
    "Natalia",
    "Oana",
    "Paula",
    "Ramona",
    "Sanda",
    "Silvia",
    "Tatiana",
    "Valeria",
    "Veronica",
    "Zoe",
]
NAMES = (
    *MOTHERS, *["Andrei", "Ion", "Gheorghe", "Mihai", "Nicolae", "Vasile", "Constantin", "Florin", "Daniel", "Bogdan", "Radu", "Dragos", "Emil", "George", "Horia", "Liviu", "Marius", "Ovidiu", "Petru", "Robert", "Sebastian", "Tudor", "Victor"],
)  # fmt: skip
FAMILIES = [
    "Popa",
    "Popescu",
    "Ionescu",
    "Radu",
    "Dumitru",
    "Stan",
    "Stoica",
    "Matei",
    "Ciobanu",
    "Rusu",
    "Munteanu",
    "Moldovan",
    "Lazar",
    "Nistor",
    "Florea",
    "Toma",
    "Dobre",
    "Barbu",
    "Ilie",
    "Ene",
    "Mocanu",
    "Sandu",
    "Neagu",
    "Cojocaru",
    "Manole",
    "Preda",
    "Rotaru",
    "Diaconu",
    "Iordache",
    "Grigore",
    "Olteanu",
    "Suciu",
    "Ursu",
    "Pavel",
    "Oprea",
    "Voicu",
    "Lupu",
    "Enache",
    "Anghel",
    "Petrescu",
    "Cristea",
    "Coman",
    "Filip",
    "Bucur",
    "Sava",
    "Roman",
]
TOWNS = [
    "Bucuresti",
    "Cluj",
    "Timisoara",
    "Iasi",
    "Constanta",
    "Craiova",
    "Brasov",
    "Galati",
    "Ploiesti",
    "Oradea",
    "Braila",
    "Arad",
    "Pitesti",
    "Sibiu",
    "Bacau",
    "Targu",
    "Baia",
    "Buzau",
    "Suceava",
    "Piatra",
    "Drobeta",
    "Focsani",
    "Tulcea",
    "Resita",
    "Slatina",
    "Calarasi",
    "Alba",
    "Giurgiu",
    "Deva",
    "Zalau",
    "Vaslui",
    "Roman",
    "Turda",
    "Onesti",
    "Lugoj",
    "Tecuci",
    "Dej",
    "Reghin",
    "Fagaras",
    "Huedin",
]


def drawn(values, people, rng):
    weights = 1 / np.arange(1, len(values) + 1) ** 0.7
    return np.array(values, dtype=object)[rng.choice(len(values), people, p=weights / weights.sum())]


def codes_of(people, rng):
    return pd.DataFrame(
        {
            "pair_mother": [one[:2] for one in drawn(MOTHERS, people, rng)],
            "pair_older": [str(one) for one in np.minimum(rng.poisson(0.8, people), 9)],
            "pair_birthplace": [one[:2] for one in drawn(TOWNS, people, rng)],
            "pair_month": [f"{one:02d}" for one in rng.integers(1, 13, people)],
            "pair_given": [one[1:3] for one in drawn(NAMES, people, rng)],
            "pair_family": [one[-2:] for one in drawn(FAMILIES, people, rng)],
        }
    )


def with_slips(codes, share, rng):
    """Each element is written otherwise with that chance: half of the time a letter off, else somebody else's."""
    slipped = codes.copy()
    for name in codes:
        other = codes[name].to_numpy()[rng.permutation(len(codes))]
        for row in np.flatnonzero(rng.random(len(codes)) < share):
            value, letter = str(codes[name].iloc[row]), chr(97 + rng.integers(26))
            letters = len(value) == 2 and value.isalpha() and rng.random() < 0.5
            slipped.iloc[row, slipped.columns.get_loc(name)] = value[0] + letter if letters else other[row]
    return slipped


def pool(people, slip, seed, *, back=0.85):
    rng = np.random.default_rng(seed)
    base, returned = codes_of(people, rng), rng.random(people) < back
    before = with_slips(base, slip, rng).assign(who=range(people), occasion="pre")
    after = with_slips(base, slip, rng)[returned].assign(who=np.flatnonzero(returned), occasion="post")
    sheets = pd.concat([before, after.sample(frac=1, random_state=seed)], ignore_index=True)
    return sheets.assign(session="S", sheet=range(len(sheets)), form="A"), int(returned.sum())


def outcome(sheets, links):
    """Right and wrong links."""
    owners = sheets.assign(link=links)[links != ""].groupby("link")["who"].nunique()
    return int((owners == 1).sum()), int((owners > 1).sum())


def exact(sheets):
    """Links of equal codes that are unique on both occasions."""
    code = sheets.filter(like="pair_").agg("|".join, axis=1)
    counts = [code[sheets["occasion"] == one].value_counts() for one in ("pre", "post")]
    unique = set(counts[0].index[counts[0] == 1]) & set(counts[1].index[counts[1] == 1])
    return outcome(sheets, code.where(code.isin(unique), ""))


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
