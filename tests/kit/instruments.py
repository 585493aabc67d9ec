"""A whole training instrument made of sums, so that its key can be worked out by heart.

Item ``sum_a3`` asks for the sum of its form's third pair of numbers; the right letters go round a, b, c, d, so
``sum_a3`` and its twin ``sum_b3`` have the letter c. Anchors, reactions and pairing code are the common core's.
"""

import json
from pathlib import Path
from typing import Any

from evaluation.core.yamlfile import read_yaml
from evaluation.instruments.model import LETTERS, Instrument
from evaluation.strategy.words import load_as

CORE = Path(__file__).parents[2] / "questionnaires" / "training_core"
NAME = "training_sample"
PAIRING = ["pair_mother", "pair_older", "pair_birthplace", "pair_month", "pair_given", "pair_family"]
ANCHORS = ["core_who", "core_where", "core_agreed", "core_helpline"]
REACTIONS = ["react_clear", "react_useful"]
TERMS = {
    "a": [(1, 2), (2, 3), (3, 4), (4, 5), (1, 4), (2, 5), (3, 6), (4, 4)],
    "b": [(2, 1), (4, 1), (5, 2), (6, 3), (3, 2), (6, 1), (5, 4), (5, 3)],
}
RO = ["zero", "unu", "doi", "trei", "patru", "cinci", "șase", "șapte", "opt", "nouă", "zece", "unsprezece"]
EN = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"]


def sample_instrument(**about: Any) -> Instrument:
    """The instrument of sums; keyword arguments replace fields of its about-file."""
    content = sample_content()
    content["about"] |= about
    return load_as(Instrument, content, file=NAME)


def sample_content() -> dict[str, Any]:
    """The same as plain data, for tests that break something in it before loading."""
    core, key = read_yaml(CORE / "items.yaml"), read_yaml(CORE / "key.yaml")
    sums = [_item(form, place) for place in range(8) for form in "ab"]
    return {
        "about": _about(),
        "items": [*sums, _open_item(), *core["items"]],
        "forms": {form.upper(): _order(form) for form in "ab"},
        "keys": [*(_key(form, place) for place in range(8) for form in "ab"), *key["keys"]],
        "open_keys": [_open_key()],
    }


def write_sample(questionnaires: Path, content: dict[str, Any] | None = None) -> Path:
    """The instrument as a folder of files, as authors keep it; JSON is YAML too."""
    content = content or sample_content()
    home = questionnaires / content["about"]["name"]
    home.mkdir(parents=True)
    files = {
        "about": content["about"],
        "items": {"forms": content["forms"], "items": content["items"]},
        "key": {"keys": content["keys"], "open_keys": content["open_keys"]},
    }
    for name, part in files.items():
        (home / f"{name}.yaml").write_text(json.dumps(part, ensure_ascii=False), encoding="utf-8")
    return home


def _order(form: str) -> list[str]:
    """Pairing code, then an anchor after every second item of the form's own, the open item, the reactions."""
    own = [f"sum_{form}{place}" for place in range(1, 9)]
    closed = [name for step in range(4) for name in (ANCHORS[step], *own[2 * step : 2 * step + 2])]
    return [*PAIRING, *closed, "open_signs", *REACTIONS]


def _item(form: str, place: int) -> dict[str, Any]:
    left, right = TERMS[form][place]
    return {
        "name": f"sum_{form}{place + 1}",
        "kind": "closed",
        "label": {
            "ro": f"Cât fac {RO[left]} și {RO[right]}?",
            "en": f"What are {EN[left]} and {EN[right]} together?",
        },
        "choices": {
            letter: {"ro": f"{RO[value].capitalize()}.", "en": f"{EN[value].capitalize()}."}
            for letter, value in zip(LETTERS, _values(left + right, place), strict=True)
        },
    }


def _values(right: int, place: int) -> list[int]:
    """The sum at the letter of the place, and numbers near it at the others."""
    return [right + step - place % 4 for step in range(4)]


def _key(form: str, place: int) -> dict[str, Any]:
    correct = LETTERS[place % 4]
    wrong = {"ro": "Numărătoare greșită.", "en": "Counted wrongly."}
    return {
        "item": f"sum_{form}{place + 1}",
        "correct": correct,
        "measures": {"ro": "Adună două numere.", "en": "Adds two numbers."},
        "difficulty": "0.5" if form == "a" else "0.55",
        "source": {"document": "Manual de aritmetică", "place": "cap. 1", "checked": "to_check"},
        "twin": f"sum_{'b' if form == 'a' else 'a'}{place + 1}",
        "distractors": {letter: wrong for letter in LETTERS if letter != correct},
    }


def _open_item() -> dict[str, Any]:
    return {
        "name": "open_signs",
        "kind": "open",
        "label": {
            "ro": "Scrie trei semne că o persoană este exploatată.",
            "en": "Write three signs that a person is being exploited.",
        },
    }


def _open_key() -> dict[str, Any]:
    codes = [
        ("isolation", "Izolare", "Isolation", "nu vorbește cu nimeni", "talks to nobody"),
        ("papers", "Acte luate", "Papers taken", "nu are buletinul la el", "does not hold the identity card"),
        ("debt", "Datorie", "Debt", "muncește ca să plătească drumul", "works to pay for the journey"),
        ("fear", "Teamă", "Fear", "îi este frică de șef", "is afraid of the boss"),
        ("vague", "Prea general", "Too vague", "ceva nu e bine", "something is wrong"),
    ]
    return {
        "item": "open_signs",
        "indicators": ["IND-1.2.7-3"],
        "at_least": "3",
        "source": {"document": "Mecanismul național de referire", "place": "anexa", "checked": "to_check"},
        "codes": [
            {
                "code": code,
                "label": {"ro": ro, "en": en},
                "includes": {
                    "ro": f"Răspunsuri despre: {ro.lower()}.",
                    "en": f"Answers about: {en.lower()}.",
                },
                "example": {"ro": told_ro, "en": told_en},
                "counts": "no" if code == "vague" else "yes",
            }
            for code, ro, en, told_ro, told_en in codes
        ],
    }


def _about() -> dict[str, Any]:
    return {
        "name": NAME,
        "title": {"ro": "Chestionar de probă", "en": "Sample questionnaire"},
        "purpose": {"ro": "Numai pentru teste.", "en": "For tests only."},
        "population": {"ro": "Participanți inventați.", "en": "Invented participants."},
        "audience": {"ro": "persoane de probă", "en": "sample people"},
        "audience_measures": ["1.2.7"],
        "indicators": ["IND-1.2.7-3"],
        "version": "0.1",
        "translation": {"ro": "Scris în ambele limbi.", "en": "Written in both languages."},
        "licence": "CC BY 4.0",
        "origin": {"ro": "Scris pentru teste.", "en": "Written for the tests."},
        "validation": "draft",
        "consent": {
            "ro": "Participarea este voluntară; nu scrie numele tău.",
            "en": "Taking part is voluntary; do not write your name.",
        },
        "distress": {
            "ro": "Ajutor: Tel Verde 0 800 800 678.",
            "en": "Help: free helpline 0 800 800 678.",
        },
        "retention_months": "24",
    }
