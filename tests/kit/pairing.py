"""Invented people with pairing codes whose two sheets are known, with slips in every element; and plain linking."""

import numpy as np
import pandas as pd

MOTHERS = [
    "Maria", "Ana", "Elena", "Ioana", "Andreea", "Mihaela", "Alexandra", "Cristina", "Daniela",
    "Gabriela", "Adriana", "Florina", "Georgeta", "Nicoleta", "Simona", "Carmen", "Liliana", "Monica",
    "Rodica", "Aurelia", "Camelia", "Corina", "Diana", "Doina", "Ecaterina", "Felicia", "Ileana",
    "Irina", "Lavinia", "Lucia", "Mirela", "Natalia", "Oana", "Paula", "Ramona", "Sanda", "Silvia",
    "Tatiana", "Valeria", "Veronica", "Zoe",
]  # fmt: skip
OTHERS = [
    "Andrei", "Ion", "Gheorghe", "Mihai", "Nicolae", "Vasile", "Constantin", "Florin", "Daniel",
    "Bogdan", "Radu", "Dragos", "Emil", "George", "Horia", "Liviu", "Marius", "Ovidiu", "Petru",
    "Robert", "Sebastian", "Tudor", "Victor",
]  # fmt: skip
FAMILIES = [
    "Popa", "Popescu", "Ionescu", "Radu", "Dumitru", "Stan", "Stoica", "Matei", "Ciobanu", "Rusu",
    "Munteanu", "Moldovan", "Lazar", "Nistor", "Florea", "Toma", "Dobre", "Barbu", "Ilie", "Ene",
    "Mocanu", "Sandu", "Neagu", "Cojocaru", "Manole", "Preda", "Rotaru", "Diaconu", "Iordache",
    "Grigore", "Olteanu", "Suciu", "Ursu", "Pavel", "Oprea", "Voicu", "Lupu", "Enache", "Anghel",
    "Petrescu", "Cristea", "Coman", "Filip", "Bucur", "Sava", "Roman",
]  # fmt: skip
TOWNS = [
    "Bucuresti", "Cluj", "Timisoara", "Iasi", "Constanta", "Craiova", "Brasov", "Galati", "Ploiesti",
    "Oradea", "Braila", "Arad", "Pitesti", "Sibiu", "Bacau", "Targu", "Baia", "Buzau", "Suceava",
    "Piatra", "Drobeta", "Focsani", "Tulcea", "Resita", "Slatina", "Calarasi", "Alba", "Giurgiu",
    "Deva", "Zalau", "Vaslui", "Roman", "Turda", "Onesti", "Lugoj", "Tecuci", "Dej", "Reghin",
    "Fagaras", "Huedin",
]  # fmt: skip
NAMES = [*MOTHERS, *OTHERS]


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
    """Sheets of people before, and of those who came back after, with ``who`` they are; and how many came back."""
    rng = np.random.default_rng(seed)
    base, returned = codes_of(people, rng), rng.random(people) < back
    before = with_slips(base, slip, rng)
    return _sheets(before, with_slips(base, slip, rng)[returned], returned, seed)


def hard_pool(people, slip, seed, *, siblings=0.0, twins=0.0, careless=0.0, blank=0.0, back=0.85):
    """The same with what breaks the model: brothers and sisters who share mother, birthplace and family name (twins
    the month and older ones too), people whose every element slips with a chance of 30%, elements left blank.
    """
    rng = np.random.default_rng(seed)
    base, returned = codes_of(people, rng), rng.random(people) < back
    couples = int(people * siblings / 2)
    for couple in range(couples):
        shared = ["pair_mother", "pair_birthplace", "pair_family"]
        shared += ["pair_month", "pair_older"] if couple < couples * twins else []
        base.loc[2 * couple + 1, shared] = base.loc[2 * couple, shared]
    sides = []
    for _ in range(2):
        side, hasty = with_slips(base, slip, rng), rng.random(people) < careless
        side[hasty] = with_slips(base, 0.3, rng)[hasty]
        sides.append(side.mask(rng.random(side.shape) < blank, ""))
    return _sheets(sides[0], sides[1][returned], returned, seed)


def _sheets(before, after, returned, seed):
    before = before.assign(who=range(len(before)), occasion="pre")
    after = after.assign(who=np.flatnonzero(returned), occasion="post").sample(frac=1, random_state=seed)
    sheets = pd.concat([before, after], ignore_index=True)
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
