"""A small feedback instrument, whole enough for every export: two scored domains, five ratings, a choice, an open item.

Its scale has the steps 1 to 5; ``safe_3`` is reversed; ``help_used`` is the choice; ``told_change`` is asked in own
words and only at 3 and 6 months.
"""

import json
from pathlib import Path
from typing import Any

from evaluation.core.yamlfile import read_yaml
from evaluation.instruments.feedback.model import FeedbackInstrument
from evaluation.strategy.words import load_as

CORE = Path(__file__).parents[2] / "questionnaires" / "victim_feedback_core"
NAME = "victim_feedback_small"
RATINGS = ("safe_1", "safe_2", "safe_3", "help_1", "help_2")
ITEMS = (*RATINGS, "help_used", "told_change")
LABELS = {
    "safe_1": ("Mă simt în siguranță aici.", "I feel safe here."),
    "safe_2": ("Știu pe cine să sun.", "I know whom to call."),
    "safe_3": ("Mi-e teamă să ies.", "I am afraid to go out."),
    "help_1": ("Primesc ajutorul de care am nevoie.", "I get the help that I need."),
    "help_2": ("Cineva mă ascultă.", "Somebody listens to me."),
}


def small_instrument(**about: Any) -> FeedbackInstrument:
    """The instrument; keyword arguments replace fields of its about-file."""
    content = small_content()
    content["about"] |= about
    return load_as(FeedbackInstrument, content, file=NAME)


def small_content() -> dict[str, Any]:
    """The same as plain data, for tests that break something in it before loading."""
    core = read_yaml(CORE / "core.yaml")
    return {
        "about": _about([_named(core["collected"], "sex")]),
        "domains": _domains(),
        "items": [*(_rating(name) for name in RATINGS), _choice(), _open()],
        "scales": [_named(core["scales"], "agreement")],
        "slots": [],
    }


def who5_slot() -> dict[str, Any]:
    """The slot of the common core, for instruments that have it."""
    return _named(read_yaml(CORE / "core.yaml")["slots"], "who5")


def minors(content: dict[str, Any] | None = None) -> FeedbackInstrument:
    """The instrument as one for adolescents, which needs the protocol ``adolescent_assent``."""
    content = content or small_content()
    contacts = [{"ro": "Telefonul Copilului: 116 111.", "en": "Child Helpline: 116 111."}]
    contacts.append({"ro": "Copii abuzați: 119.", "en": "Children abused: 119."})
    distress = content["about"]["distress"]
    distress = distress | {"contacts": [*distress["contacts"], *contacts]}
    content["about"] |= {"minors": "yes", "protocol": "adolescent_assent", "distress": distress}
    return load_as(FeedbackInstrument, content, file=NAME)


def protocol_content() -> dict[str, Any]:
    """A protocol as a file holds it."""
    return {
        "name": "adolescent_assent",
        "version": "1.0",
        "approved_by": "Comisia de etică de probă",
        "date": "2026-01-15",
        "guardian_consent": {
            "ro": "Sunt de acord să fie întrebat.",
            "en": "I agree that the child is asked.",
        },
        "child_assent": {"ro": "Vreau să răspund.", "en": "I want to answer."},
        "guardian_exception": {"ro": "Hotărăște DGASPC.", "en": "The child protection service decides."},
        "stop_rule": {"ro": "Oprim la orice semn de teamă.", "en": "We stop at any sign of fear."},
        "contacts": [{"ro": "Telefonul Copilului: 116 111.", "en": "Child Helpline: 116 111."}],
    }


def write_small(questionnaires: Path, content: dict[str, Any] | None = None) -> Path:
    """The instrument as a folder of files beside the common core; JSON is YAML too."""
    content = content or small_content()
    about = content["about"] | {"collected": [one["name"] for one in content["about"]["collected"]]}
    home, core = questionnaires / about["name"], questionnaires / CORE.name
    for folder in (home, core):
        folder.mkdir(parents=True, exist_ok=True)
    (core / "core.yaml").write_bytes((CORE / "core.yaml").read_bytes())
    items = {"domains": content["domains"], "items": content["items"]}
    items |= {"slots": [one["name"] for one in content["slots"]]}
    for name, part in (("about", about), ("items", items)):
        (home / f"{name}.yaml").write_text(json.dumps(part, ensure_ascii=False), encoding="utf-8")
    return home


def _named(rows: list[dict[str, Any]], name: str) -> dict[str, Any]:
    return next(one for one in rows if one["name"] == name)


def _domains() -> list[dict[str, Any]]:
    told = {
        "safety": ("Siguranță", "Safety"),
        "support": ("Sprijin", "Support"),
        "words": ("Cu cuvintele proprii", "In own words"),
    }
    return [
        {
            "name": name,
            "label": {"ro": ro, "en": en},
            "outcome": {"ro": f"{ro}: pentru teste.", "en": f"{en}: for tests."},
            "scored": "no" if name == "words" else "yes",
        }
        for name, (ro, en) in told.items()
    ]


def _item(name: str, label: tuple[str, str]) -> dict[str, Any]:
    return {
        "name": name,
        "label": dict(zip(("ro", "en"), label, strict=True)),
        "origin": {"kind": "own"},
        "reason": {"ro": f"Motivul lui {name}.", "en": f"The reason of {name}."},
    }


def _rating(name: str) -> dict[str, Any]:
    domain = "safety" if name.startswith("safe") else "support"
    reversed_ = "yes" if name == "safe_3" else "no"
    more = {"kind": "rating", "domain": domain, "scale": "agreement", "reversed": reversed_}
    return _item(name, LABELS[name]) | more


def _choice() -> dict[str, Any]:
    choices = {"yes": {"ro": "Da", "en": "Yes"}, "not_known": {"ro": "Nu știu", "en": "I do not know"}}
    label = ("Ați avut un însoțitor?", "Did you have a companion?")
    return _item("help_used", label) | {"kind": "choice", "domain": "support", "choices": choices}


def _open() -> dict[str, Any]:
    label = ("Ce ar trebui să se schimbe?", "What should change?")
    hint = {"ro": "Pe scurt, fără nume.", "en": "In short, no names."}
    more = {"kind": "open", "domain": "words", "hint": hint, "waves": ["month_3", "month_6"]}
    return _item("told_change", label) | more


def _about(collected: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "name": NAME,
        "title": {"ro": "Chestionar mic", "en": "Small questionnaire"},
        "purpose": {"ro": "Numai pentru testele programului.", "en": "For the tests of the program only."},
        "population": {"ro": "Persoane inventate.", "en": "Invented people."},
        "respondent": "self",
        "measures": ["4.1.5"],
        "administration": {"ro": "Citit cu voce tare.", "en": "Read aloud."},
        "version": "0.1",
        "translation": {"ro": "Scris în ambele limbi.", "en": "Written in both languages."},
        "licence": "EUPL-1.2",
        "origin": {"ro": "Scris pentru teste.", "en": "Written for the tests."},
        "consent": _consent(),
        "distress": _distress(),
        "collected": collected,
        "retention_months": "60",
    }


def _consent() -> dict[str, Any]:
    return {
        "version": "1.0",
        "text": {"ro": "Vă rugăm să ne spuneți părerea.", "en": "Please tell us your opinion."},
        "purposes": {
            "analysis": {"ro": "Răspunsurile pot fi numărate.", "en": "The answers may be counted."},
            "quotation": {"ro": "Cuvintele mele pot fi citate.", "en": "My words may be quoted."},
            "recontact": {"ro": "Pot fi căutat din nou.", "en": "I may be contacted again."},
        },
        "rights": {"ro": "Vă puteți opri oricând.", "en": "You may stop at any time."},
        "withdrawal": {"ro": "Păstrați cardul cu codul.", "en": "Keep the card with the code."},
    }


def _distress() -> dict[str, Any]:
    return {
        "stop_rule": {"ro": "Opriți la semne de teamă.", "en": "Stop at signs of fear."},
        "text": {"ro": "Dacă vă este greu, ne oprim.", "en": "If it is hard for you, we stop."},
        "contacts": [
            {"ro": "Linia ANITP: 0 800 800 678.", "en": "ANITP helpline: 0 800 800 678."},
            {"ro": "Pericol imediat: 112.", "en": "Immediate danger: 112."},
        ],
        "logged": {"ro": "Numai luna și felul serviciului.", "en": "The month and the kind of service only."},
    }


def filled_sheet(
    path: Path, instrument: FeedbackInstrument, *, language: str = "tr", cells: dict[str, str] | None = None
) -> Path:
    """A translation sheet as it comes back complete; ``cells`` are overwritten afterwards (``{"D14": ""}``).

    The translation of row 14 is ``çeviri 14``, with its back-translation ``înapoi 14``.
    """
    import io

    from openpyxl import load_workbook

    from evaluation.instruments.feedback.translation import make_translation_sheet

    book = load_workbook(io.BytesIO(make_translation_sheet(instrument, language)))
    page = book.active
    head = ("Institutul de probă 1", "2026-02-01", "Institutul de probă 2", "2026-02-10")
    for row, text in enumerate(head, 6):
        page.cell(row, 4, text)
    for row in range(12, page.max_row + 1):
        page.cell(row, 4, f"çeviri {row}")
        page.cell(row, 5, f"înapoi {row}")
    for cell, text in (cells or {}).items():
        page[cell] = text or None
    book.save(path)
    return path
