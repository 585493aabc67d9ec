"""Rules of reading names: counties, institutions, totals and categories."""

import pytest

from evaluation.intake.returns.names import find_county, find_institution, find_level, is_total, locate_county
from evaluation.strategy.counties import load_counties
from evaluation.strategy.institutions import load_registry
from evaluation.strategy.request import load_request_rules

CEDILLA = str.maketrans("șțȘȚ", "şţŞŢ")
BARE = str.maketrans("ăâîșțĂÂÎȘȚ", "aaistAAIST")


@pytest.mark.parametrize("county", load_counties(), ids=lambda county: county.id)
def test_every_county_is_found_in_every_spelling(county):
    name = county.name
    for written in (
        county.id,
        name,
        name.upper(),
        name.translate(CEDILLA),
        name.translate(BARE),
        f"jud. {name}",
        f"Judetul {name.translate(BARE)}",
        f"DGASPC {name}",
        f"ITM {name.upper()}",
        name.replace("-", " "),
        f"  {name}. ",
        county.seat,
    ):
        assert find_county(written) == county.id, written


@pytest.mark.parametrize(
    "written",
    [
        "Oltenia",
        "Sud-Vest Oltenia",
        "București-Ilfov",
        "Curtea de Apel Cluj",
        "Cluj și Bihor",
        "o valoare constantă",
        "is",
        "",
    ],
)
def test_a_region_several_counties_or_another_word_are_no_county(written):
    assert find_county(written) is None


def test_cj_is_cluj_only_alone_or_behind_a_county_unit():
    assert (find_county("CJ"), find_county("DGASPC CJ"), find_county("CJ Iaşi")) == ("CJ", "CJ", "IS")


def test_a_sector_is_a_part_of_bucharest_and_a_slip_is_listed():
    assert locate_county("Bucuresti Sectorul 1") == ("B", ("county_sector",))
    assert locate_county("Suceva") == ("SV", ("county_misspelt",))


@pytest.mark.parametrize(
    ("written", "institution", "exact"),
    [
        ("ANITP", "ANITP", True),
        ("agentia nationala impotriva traficului de persoane", "ANITP", True),
        ("MAI - ANITP", "ANITP", False),
        ("IPGR", "IGPR", False),  # a misprint that the registry lists
        ("DGASPC Cluj", "DGASPC", False),
        ("ITM Satu Mare", "IM", False),
        ("IPJ Dolj", "IGPR", False),
        ("Ministerul Justitie", "MJ", False),
        ("ANPDC", None, False),  # ANPDCA or ANPDPD: too near to guess
        ("Ministerul", None, False),
        ("Alba", None, False),
    ],
)
def test_an_institution_is_found_by_its_names_or_not_at_all(written, institution, exact):
    assert find_institution(written, load_registry()) == (institution, exact)


@pytest.mark.parametrize("institution", load_registry().registry, ids=lambda one: one.id)
def test_every_institution_is_found_by_its_own_name(institution):
    assert find_institution(institution.name.ro, load_registry())[0] == institution.id


@pytest.mark.parametrize(
    "written", ["total", "TOTAL GENERAL", "Total județ", "din care:", "Suma", "Nivel național"]
)
def test_words_for_a_total_are_known(written):
    assert is_total(written)


@pytest.mark.parametrize("written", ["Totalitatea măsurilor", "Alba", "din care minori", ""])
def test_other_words_are_no_total(written):
    assert not is_total(written)


@pytest.mark.parametrize(
    ("written", "breakdown", "level"),
    [
        ("F", "sex", "female"),
        ("fete", "sex", "female"),
        ("persoane de sex masculin", "sex", "male"),
        ("<18", "age_group", "minor"),
        ("copii", "age_group", "minor"),
        ("18+", "age_group", "adult"),
        ("18 ani și peste", "age_group", "adult"),
        ("mediul rural", "environment", "rural"),
        ("muncă forțată", "exploitation", "labour"),
        ("adulți și minori", "age_group", None),
        ("sub 180", "age_group", None),
    ],
)
def test_a_category_is_found_by_its_forms(written, breakdown, level):
    assert find_level(written, load_request_rules().breakdown(breakdown)) == level
