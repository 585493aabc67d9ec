"""Check of what is hidden: nowhere printed, nowhere stored, nowhere told by an alternative."""

import re
from collections import Counter, defaultdict
from typing import Any

from evaluation.audit.catalogue import Check
from evaluation.audit.outcome import Pointer, Pointers
from evaluation.audit.papers import Number, Paper
from evaluation.audit.readings import is_value, read_tokens
from evaluation.audit.sealed import Sealed
from evaluation.core.errors import DisclosureError

_HIDDEN = "suppressed"
_STORED = ("value", "ci_low", "ci_high")
_CODE = re.compile(r"\b(?:IND\d*-)?\d\.\d{1,2}(?:\.\d{1,2})?(?:-\d+)?\b|\b(?:19|20)\d\d\b|\b95%")


def check_hidden(run: Sealed, check: Check) -> Pointers:
    """F07: hidden in the register, on every page and format, in tips and alternatives; witnesses still verify."""
    hidden = {name for name, entry in run.register.items() if entry["status"] == _HIDDEN}
    found = [
        Pointer("register.json", name, "hidden_stored", name)
        for name in sorted(hidden)
        if any(run.register[name][one] is not None for one in _STORED)
    ]
    for paper in run.papers():
        found += _printed(run, paper, paper.numbers)
    for language in run.languages:
        page = run.page(language)
        found += [
            Pointer(page.name, "register", "hidden_shown", name)
            for name in sorted(hidden)
            if _digits(page.rows.get(name, ""), name)
        ]
        found += _alternatives(run, page, check)
        for paper in (run.word(language), run.pdf(language)):
            found += _same_alternatives(page, paper)
    return found + _witnesses(run)


def _printed(run: Sealed, paper: Paper, numbers: tuple[Number, ...]) -> Pointers:
    """A cell without a value, for whatever reason, shows a word and no number."""
    empty = {name for name, entry in run.register.items() if entry["status"] != "ok"}
    return [
        Pointer(paper.name, one.place, "hidden_shown", one.id)
        for one in numbers
        if one.id in empty and re.search(r"\d", one.text)
    ]


def _digits(row: str, name: str) -> bool:
    """The row's second cell is a word; its first names the number, its last the places."""
    words = row.removeprefix(name.removesuffix(".estimate")).strip().split(" ")
    return bool(words[0]) and words[0][0].isdigit()


def _alternatives(run: Sealed, page: Paper, check: Check) -> Pointers:
    """What a figure's alternative tells stands in the same chapter, or belongs to a released number shown there."""
    shown: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for entry in run.register.values():
        for chapter in {place["chapter"] for place in entry["shown"]}:
            shown[chapter].append(entry)
    texts = {
        one: " ".join(f"{part.title} {part.text}" for part in page.under(one)) for one in page.places.values()
    }
    printed = {
        one: {_plain(token) for token in read_tokens(text, page.language)} for one, text in texts.items()
    }
    about = check.pattern("about", page.language)
    found = []
    for figure, text in page.alternatives:
        chapter = page.places.get(figure, "")
        entries = [one for one in shown[chapter] if one["status"] == "ok"]
        for token in read_tokens(_CODE.sub(" ", about.sub(" ", text)), page.language):
            known = _plain(token) in printed.get(chapter, set())
            if not known and not any(is_value(entry, token) for entry in entries):
                found.append(Pointer(page.name, figure, "unexplained", token))
    return found


def _plain(token: str) -> str:
    return token.lstrip("+-")


def _same_alternatives(page: Paper, paper: Paper) -> Pointers:
    mine, theirs = (
        Counter(re.sub(r"\s+", " ", text).strip() for _, text in one.alternatives) for one in (page, paper)
    )
    return [
        Pointer(paper.name, "alternatives", "alternatives_differ", f"{' '.join(text.split()[:6])}…")
        for text in (mine - theirs)
    ]


def _witnesses(run: Sealed) -> Pointers:
    from evaluation.disclosure.stored import check_stored

    found = []
    for record in run.json("witnesses.json"):
        try:
            check_stored(record)
        except DisclosureError:
            found.append(
                Pointer("witnesses.json", str(record.get("id", "")), "witness", str(record.get("id", "")))
            )
    return found
