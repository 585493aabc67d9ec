"""Checks of the method: matrix, cards, data sets, limits, ethics, plan of analysis."""

import re

from evaluation.audit.catalogue import Check
from evaluation.audit.finding_records import find_chapter, find_part, read_records
from evaluation.audit.outcome import Pointer, Pointers
from evaluation.audit.papers import Grid
from evaluation.audit.sealed import Sealed

_SETS = ("returns", "training", "feedback")
_EMPTY = ("", "–", "-")
_CARD = re.compile(r"IND\d*-")


def check_matrix(run: Sealed, check: Check) -> Pointers:
    """M01: every question of the matrix has its columns, in one table or in several, and none of them is empty."""
    found = []
    for language in run.languages:
        page, words = run.page(language), check.pattern("part", language)
        grids = [
            grid
            for part in find_chapter(page, words)
            for grid in part.grids
            if len(grid.head) >= 4 and (not grid.caption or words.search(grid.caption))
        ]
        if not grids:
            found.append(Pointer(page.name, "matrix", "chapter_missing", getattr(check.text, language)))
        else:
            found += _full(page.name, grids, check, language)
    return found


def check_cards(run: Sealed, check: Check) -> Pointers:
    """M02: the cards have a column for each field of a card, and no cell without a word or a dash."""
    found = []
    for language in run.languages:
        page = run.page(language)
        parts = find_chapter(page, check.pattern("part", language))
        grids = [grid for part in parts for grid in part.grids if grid.rows and _CARD.match(grid.rows[0][0])]
        if not grids:
            found.append(Pointer(page.name, "cards", "chapter_missing", getattr(check.text, language)))
            continue
        heads = tuple(text for grid in grids for text in grid.head)
        for name in tuple(check.words)[1:]:
            if not any(check.pattern(name, language).search(text) for text in heads):
                found.append(Pointer(page.name, grids[0].id, "column_missing", name))
        found += [
            Pointer(page.name, grid.id, "cell_empty", f"{row[0]}, {grid.head[place]}")
            for grid in grids
            for row in grid.rows
            for place, cell in enumerate(row)
            if not cell
        ]
    return found


def _full(file: str, grids: list[Grid], check: Check, language: str) -> Pointers:
    """What a question lacks over all tables in which its code, the first cell of a row, stands."""
    needed = {one: check.pattern(one, language) for one in tuple(check.words)[1:]}
    told: dict[str, set[str]] = {}
    found = []
    for grid in grids:
        columns = _every_column(grid.head, needed)
        for row in grid.rows:
            told.setdefault(row[0], set()).update(name for name, _ in columns)
        found += [
            Pointer(file, grid.id or "matrix", "cell_empty", f"{row[0]}, {grid.head[place]}")
            for row in grid.rows
            for _, place in columns
            if place >= len(row) or row[place] in _EMPTY
        ]
    place = grids[0].id or "matrix"
    anywhere = {name for names in told.values() for name in names}
    found += [Pointer(file, place, "column_missing", one) for one in needed if one not in anywhere]
    found += [
        Pointer(file, place, "cell_empty", f"{code}, {name}")
        for code, names in told.items()
        for name in needed
        if name in anywhere and name not in names
    ]
    return found


def _every_column(head: tuple[str, ...], needed: dict[str, re.Pattern[str]]) -> list[tuple[str, int]]:
    """Each column that tells a key; several may tell one, such as the levels of a judgement criterion."""
    return [
        (name, place)
        for name, words in needed.items()
        for place, text in enumerate(head)
        if words.search(text)
    ]


def check_samples(run: Sealed, check: Check) -> Pointers:
    """M03: for each data set behind the register, a part tells who was chosen, who responded, what is missing."""
    files = {source["file"] for entry in run.register.values() for source in entry["sources"]}
    used = [one for one in _SETS if any(f"/{one}/" in f"{file}/" for file in files)]
    found = []
    for language in run.languages:
        page = run.page(language)
        for name in used:
            parts = [one for one in page.parts if check.pattern(name, language).search(one.title)]
            chapters = {one.chapter for one in parts}
            text = " ".join(f"{one.title} {one.text}" for one in page.parts if one.chapter in chapters)
            if not any(grid.rows for one in parts for grid in one.grids):
                found.append(Pointer(page.name, name, "chapter_missing", getattr(check.text, language)))
                continue
            found += [
                Pointer(page.name, parts[0].id, "not_told", f"{name}: {aspect}")
                for aspect in ("sampling", "missing")
                if not check.pattern(aspect, language).search(text)
            ]
    return found


def check_limits(run: Sealed, check: Check) -> Pointers:
    """M04: the limits have a part of their own, and every finding names the limits that concern it."""
    found = []
    for language in run.languages:
        page = run.page(language)
        if find_part(page, check.pattern("part", language)) is None:
            found.append(Pointer(page.name, "limits", "chapter_missing", getattr(check.text, language)))
        findings = read_records(run, "findings", language)
        if not findings:
            found.append(Pointer(page.name, "findings", "chapter_missing", "findings"))
        found += [
            Pointer(page.name, one.place, "cell_empty", f"{one.name}, limits")
            for one in findings or ()
            if one.cells.get("limits", "") in _EMPTY
        ]
    return found


def check_ethics(run: Sealed, check: Check) -> Pointers:
    """M05: the part on ethics names each of the fields."""
    found = []
    for language in run.languages:
        page = run.page(language)
        part = find_part(page, check.pattern("part", language))
        if part is None:
            found.append(Pointer(page.name, "ethics", "chapter_missing", getattr(check.text, language)))
            continue
        found += [
            Pointer(page.name, part.id, "not_told", name)
            for name in tuple(check.words)[1:]
            if not check.pattern(name, language).search(part.text)
        ]
    return found


def check_plan_of_analysis(run: Sealed, check: Check) -> Pointers:
    """M06: the manifest holds the plan's digest with two dates, the plan's before the first data's; both printed."""
    plan = run.manifest.get("analysis_plan") or {}
    lacking = [one for one in ("digest", "registered_on", "first_data_on") if not plan.get(one)]
    if lacking:
        return [Pointer("manifest.json", "analysis_plan", "not_recorded", ", ".join(lacking))]
    found = []
    if plan["registered_on"] >= plan["first_data_on"]:
        detail = f"{plan['registered_on']}, {plan['first_data_on']}"
        found.append(Pointer("manifest.json", "analysis_plan", "plan_late", detail))
    for language in run.languages:
        page = run.page(language)
        if find_part(page, check.pattern("part", language)) is None or plan["digest"] not in page.text:
            found.append(Pointer(page.name, "analysis_plan", "not_printed", str(plan["digest"])[:12]))
    return found
