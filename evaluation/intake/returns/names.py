"""Names as people write them: counties, institutions, categories of a breakdown and words for a total."""

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

from evaluation.core.language import comma_below
from evaluation.core.yamlfile import read_yaml
from evaluation.strategy.counties import load_counties
from evaluation.strategy.institutions import Registry
from evaluation.strategy.request import Breakdown, load_request_rules

FORMS_FILE = Path(__file__).with_name("forms.yaml")
LONGEST = 160
"""Longer texts are prose: a county or institution named in passing is not what the row is about."""
_KEPT = 1 << 16
"""Texts whose reading is remembered: tables repeat the same few thousand names."""
_Names = dict[str, set[str]]
_PLAIN = {"ã": "ă", "ǎ": "ă", "â": "ă", "î": "ă"}
_UNITS = {"dsp", "dgaspc", "ipj", "itm", "ajofm", "isj", "judet", "judetul", "judetului", "jud"}
_REGIONAL = re.compile(
    r"\b(regiun\w*|regional\w*|interjudete\w*|curte\w* de apel|serviciul teritorial|st|brigada|bcco)\b"
)
_SECTOR = re.compile(r"\bsect(or|orul|orului)? ?[1-6]\b")
_TOTAL = re.compile(
    r"(sub)?total(ul|uri)?\b.*|grand total|sum[ae]|din(tre)? care( total)?|(la )?nivel(ul)? national"
    r"|national|toate judetele|intreaga tara|pe tara"
)


@lru_cache(maxsize=_KEPT)
def fold(text: str) -> str:
    """Text for comparing: no diacritics, no case, every run of other signs is one space.

    >>> fold("  Judeţul CARAȘ–Severin. ")
    'judetul caras severin'
    """
    if not text.isascii():
        text = "".join(
            sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign)
        )
    return " ".join(re.findall(r"[^\W_]+", text.casefold()))


def find_county(text: str) -> str | None:
    """Id of the one county that a text names, in any spelling; None for none, several or a region.

    >>> find_county("DGASPC Bistrita-Nasaud"), find_county("Sud-Vest Oltenia"), find_county("CJ Iaşi")
    ('BN', None, 'IS')
    """
    return locate_county(text)[0]


@lru_cache(maxsize=_KEPT)
def locate_county(text: str) -> tuple[str | None, tuple[str, ...]]:
    """The county with the codes of what was read into the text: ``county_sector``, ``county_misspelt``.

    A vehicle code counts alone ("BN") or behind "jud." and the names of county units ("DGASPC CJ"): elsewhere CJ
    is a county council. A sector is a part of Bucharest. The seat names its county, unless a word says
    that the unit serves a region or the district of a court of appeal.
    """
    if len(text) > LONGEST:
        return None, ()
    if code := _vehicle_code(text):
        return code, ()
    folded = fold(text)
    if _REGIONAL.search(folded):
        return None, ("county_region",)
    found = _named(comma_below(text).casefold())
    if _SECTOR.search(folded) and found in ({"B"}, set()):
        return "B", ("county_sector",)
    if found:
        return (found.pop(), ()) if len(found) == 1 else (None, ())
    return _misspelt(folded)


def find_institution(text: str, registry: Registry) -> tuple[str | None, bool]:
    """Id of the institution that a text names, and whether it is written as the registry has it.

    Order: abbreviation, name or alias; a listed misprint; a parent before it ("MAI - ANITP") or both forms
    ("ANITP (Agenția …)"); a county unit ("ITM Satu Mare"); a small slip in a long name. None where two fit.
    """
    if not text.strip() or len(text) > LONGEST:
        return None, False
    exact, other, names = _institution_names(registry)
    if found := _known(text, exact, registry):
        return found, True
    if found := _only(other.get(fold(text), set())):
        return found, False
    for reading in (_of_parts, _of_county_unit, _of_slip):
        if found := reading(text, names, registry):
            return found, False
    return None, False


def is_total(text: str) -> bool:
    """True for a row or column of totals: "TOTAL GENERAL", "Total județ", "Suma", "din care".

    >>> is_total("Total, din care:"), is_total("Totalitatea măsurilor")
    (True, False)
    """
    return bool(_TOTAL.fullmatch(fold(text)))


@lru_cache(maxsize=_KEPT)
def find_level(text: str, breakdown: Breakdown) -> str | None:
    """Id of the category of a breakdown that a text names; None for none or several.

    An open breakdown has no fixed categories, so nothing is found in it.
    """
    key, wanted = _level_key(text), _level_names(breakdown)
    if key in wanted:
        return _only(wanted[key])
    within = {
        one for form, ids in wanted.items() if len(form) > 2 and f" {form} " in f" {key} " for one in ids
    }
    return _only(within)


def _vehicle_code(text: str) -> str | None:
    codes = _vehicle_codes()
    words = re.findall(r"[^\W_]+", text)
    joined = "".join(words)
    if len(text.strip()) <= 3 and joined.isupper() and joined in codes:
        return joined
    if len(words) > 1 and words[-1] in codes and all(fold(word) in _UNITS for word in words[:-1]):
        return str(words[-1])
    return None


@cache
def _vehicle_codes() -> frozenset[str]:
    return frozenset(county.id for county in load_counties())


@cache
def _county_names() -> tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]:
    """County, the words of one of its names, the same words folded."""
    written = (
        (county.id, tuple(_words(name)))
        for county in load_counties()
        for name in (county.name, county.seat, *county.aliases)
    )
    return tuple((county, words, tuple(map(fold, words))) for county, words in written)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", comma_below(text).casefold())


def _named(text: str) -> set[str]:
    words = _words(text)
    folded = tuple(map(fold, words))
    places: dict[tuple[int, int], str] = {}
    for county, name, plain in _county_names():
        for start in range(len(words) - len(name) + 1):
            end = start + len(name)
            if folded[start:end] == plain and all(map(_compatible, words[start:end], name)):
                places[start, end] = county
    return {
        county
        for (start, end), county in places.items()
        if not any((a, b) != (start, end) and a <= start and end <= b for a, b in places)
    }


def _compatible(written: str, name: str) -> bool:
    """A diacritic that is written must be in the name ("constantă" is not Constanța); a missing one may."""
    if len(written) != len(name):
        return False
    return all(
        a == b or a.isascii() or _PLAIN.get(a, a) == _PLAIN.get(b, b)
        for a, b in zip(written, name, strict=True)
    )


def _misspelt(folded: str) -> tuple[str | None, tuple[str, ...]]:
    from rapidfuzz.fuzz import ratio

    kept = " ".join(word for word in folded.split() if word not in _UNITS)
    if len(kept) < 6:
        return None, ()
    near = {county for county, _, name in _county_names() if ratio(kept, " ".join(name), score_cutoff=90)}
    found = _only(near)
    return (found, ("county_misspelt",)) if found else (None, ())


@lru_cache(maxsize=8)
def _institution_names(registry: Registry) -> tuple[_Names, _Names, _Names]:
    """The ids by folded name: as the registry has them, as misprints, and both together."""
    exact: _Names = {}
    other: _Names = {}
    for one in registry.registry:
        for name in (one.abbreviation, one.name.ro, one.name.en, *one.aliases):
            if name:
                exact.setdefault(fold(name), set()).add(one.id)
        for misprint in one.misprints:
            other.setdefault(fold(misprint.printed), set()).add(one.id)
    return exact, other, {key: exact.get(key, set()) | other.get(key, set()) for key in exact | other}


def _known(text: str, names: _Names, registry: Registry) -> str | None:
    ids = {one.id for one in registry.registry}
    return text.strip() if text.strip() in ids else _only(names.get(fold(text), set()))


def _of_parts(text: str, names: _Names, registry: Registry) -> str | None:
    parts = [part for part in re.split(r"[-–—/(),;:]+|\bprin\b", text) if part.strip()]
    found = [_known(part, names, registry) for part in parts]
    if len(parts) < 2 or None in found:
        return None
    last = str(found[-1])
    over = {last, *_parents(last, registry)}
    if set(found) <= over:
        return last
    first = str(found[0])
    return first if set(found) == {first} else None


def _parents(institution: str, registry: Registry) -> set[str]:
    above: set[str] = set()
    parent = registry.get(institution).parent
    while parent and parent not in above:
        above.add(parent)
        parent = registry.get(parent).parent
    return above


@cache
def _county_units() -> dict[str, str]:
    rules = load_request_rules()
    return {
        fold(name): one.institution
        for one in rules.county_structures
        for name in (one.abbreviation, one.unit.ro)
    }


def _of_county_unit(text: str, names: _Names, _: Registry) -> str | None:
    county = find_county(text)
    if county is None:
        return None
    folded = fold(text)
    units = {name: {one} for name, one in _county_units().items()} | names
    fitting = [name for name in units if folded.startswith(f"{name} ")]
    if not fitting:
        return None
    longest = max(fitting, key=len)
    rest = folded.removeprefix(longest).strip()
    return _only(units[longest]) if locate_county(rest.upper())[0] == county else None


def _of_slip(text: str, names: _Names, _: Registry) -> str | None:
    from rapidfuzz.fuzz import ratio

    folded = fold(text)
    if len(folded) < 12:
        return None
    best: dict[str, float] = {}
    for name, ids in names.items():
        if len(name) >= 12:
            for one in ids:
                best[one] = max(best.get(one, 0.0), ratio(folded, name))
    ranked = sorted(best.items(), key=lambda item: -item[1])
    (first, score), (_other, second) = ranked[0], ranked[1]
    return first if score >= 92 and score - second >= 4 else None


def _only(ids: set[str]) -> str | None:
    return next(iter(ids)) if len(ids) == 1 else None


@lru_cache(maxsize=256)
def _level_names(breakdown: Breakdown) -> _Names:
    """Every way to write a category, as compared, with the categories that it means."""
    forms = read_yaml(FORMS_FILE)["levels"].get(breakdown.id, {})
    names: _Names = {}
    for level in breakdown.levels:
        for form in (level.id, level.name.ro, level.name.en, *forms.get(level.id, ())):
            names.setdefault(_level_key(form), set()).add(level.id)
    return names


def _level_key(text: str) -> str:
    for sign, word in (
        ("<=", " cel mult "),
        (">=", " peste "),
        ("≥", " peste "),
        ("<", " sub "),
        (">", " peste "),
        ("+", " plus "),
    ):
        text = text.replace(sign, word)
    return fold(text)
