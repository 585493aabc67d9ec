"""Checks of numbers: in the register, equal in all formats, with interval and n, on bases that are large enough."""

from collections import Counter

from evaluation.audit.catalogue import Check, load_catalogue
from evaluation.audit.finding_records import Record, read_records
from evaluation.audit.outcome import Pointer, Pointers
from evaluation.audit.papers import Number, Paper
from evaluation.audit.readings import explains, read_tokens
from evaluation.audit.sealed import Sealed

_COUNTED = ("published_source", "monitoring_activity")
_EXHIBIT = ("#R-", "#tab-", "#fig-")


def check_evidence(run: Sealed, _check: Check) -> Pointers:
    """F01: findings link to exhibits or numbers, and every printed number is that of the register."""
    found = []
    for language in run.languages:
        page = run.page(language)
        records = read_records(run, "findings", language)
        if not records:
            found.append(Pointer(page.name, "findings", "chapter_missing", "findings"))
        found += [
            Pointer(page.name, one.place, "no_evidence", one.name) for one in records or () if not _cites(one)
        ]
        found += _check_page(run, page)
        for paper in (run.word(language), run.pdf(language)):
            found += _check_other(run, page, paper)
    return found


def _cites(record: Record) -> bool:
    return bool(record.cells.get("evidence")) and any(one.startswith(_EXHIBIT) for one in record.links)


def _check_page(run: Sealed, page: Paper) -> Pointers:
    found = _explained(run, page, page.numbers)
    shown = {one.id for one in page.numbers}
    for name in run.register:
        if name not in shown or name not in page.rows:
            found.append(Pointer(page.name, "register", "not_shown", name))
    return found


def _check_other(run: Sealed, page: Paper, paper: Paper) -> Pointers:
    """Word and PDF print, id by id, the numbers of the page."""
    found = [
        Pointer(paper.name, one.place, "not_registered", one.id)
        for one in paper.numbers
        if one.id not in run.register
    ]
    if paper.name.endswith(".docx"):
        found += [one for one in _explained(run, paper, paper.numbers) if one.problem == "other_number"]
    mine, theirs = _by_id(page), _by_id(paper)
    places = {one.id: one.place for one in paper.numbers}
    told = {one.detail for one in found}
    for name in sorted(set(mine) | set(theirs)):
        if mine.get(name) != theirs.get(name) and name in run.register and name not in told:
            problem = "other_number" if name in theirs else "not_shown"
            found.append(Pointer(paper.name, places.get(name, "register"), problem, name))
    return found


def _explained(run: Sealed, paper: Paper, numbers: tuple[Number, ...]) -> Pointers:
    found = []
    for one in numbers:
        entry = run.register.get(one.id)
        if entry is None:
            found.append(Pointer(paper.name, one.place, "not_registered", one.id))
        elif entry["status"] == "ok" and not explains(entry, one.text, paper.language):
            found.append(Pointer(paper.name, one.place, "other_number", one.id))
    return found


def _by_id(paper: Paper) -> dict[str, Counter[str]]:
    """The numbers printed at each id; where a PDF breaks a line within a link, its parts are read together."""
    found: dict[str, Counter[str]] = {}
    for one in paper.numbers:
        tokens = found.setdefault(one.id, Counter())
        tokens.update(token.lstrip("+-") for token in read_tokens(one.text, paper.language))
    return found


def check_intervals(run: Sealed, _check: Check) -> Pointers:
    """F03: estimates carry interval and n, told beside them; no percentage stands on a small base."""
    found = []
    exempt, several = load_catalogue().without_interval, load_catalogue().without_n
    for name, entry in run.register.items():
        if entry["status"] != "ok" or entry["column"] != "estimate" or entry["method"] in exempt:
            continue
        if entry["ci_low"] is None or entry["ci_high"] is None:
            found.append(Pointer("register.json", entry["result"], "no_interval", name))
        counted = entry["method"] in several or entry["policy"] in _COUNTED
        if entry["n"] is None and not counted:
            found.append(Pointer("register.json", entry["result"], "no_n", name))
    for language in run.languages:
        found += _told(run, run.page(language))
        found += _small_bases(run, run.page(language))
    return found


def _told(run: Sealed, page: Paper) -> Pointers:
    """The row of the register annex tells interval and n of every number that has them."""
    found = []
    for name, entry in run.register.items():
        row = page.rows.get(name)
        if row is None or entry["status"] != "ok" or entry["value"] is None:
            continue
        if entry["n"] is not None and "n = " not in row:
            found.append(Pointer(page.name, "register", "no_n", name))
        if entry["ci_low"] is not None and entry["ci_high"] is not None and "–" not in row:
            found.append(Pointer(page.name, "register", "no_interval", name))
    return found


def _small_bases(run: Sealed, page: Paper) -> Pointers:
    least = load_catalogue().minimum_base
    found = {}
    for one in page.numbers:
        entry = run.register.get(one.id)
        share = entry is not None and entry["column"] == "estimate" and "%" in one.text
        if share and entry is not None and entry["n"] is not None and entry["n"] < least:
            found[one.id] = Pointer(page.name, one.place, "small_base", f"{one.id}, n = {entry['n']:.0f}")
    return list(found.values())
