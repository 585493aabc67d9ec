"""Checks of what a report has to have: title page, contents, summary, order, annexes."""

import re

from evaluation.audit.catalogue import Check, load_catalogue
from evaluation.audit.finding_records import chapter_parts, find_chapter
from evaluation.audit.outcome import Pointer, Pointers
from evaluation.audit.papers import Paper
from evaluation.audit.sealed import Sealed

_SUMMARY = "summary"
_LISTS = ("tab-", "fig-")


def _fact(paper: Paper, check: Check) -> tuple[str, str] | None:
    words = check.pattern("fact", paper.language)
    return next(((name, text) for name, text in paper.facts.items() if words.search(name) and text), None)


def _cover(run: Sealed, check: Check, *, unless: str = "", needs: str = "") -> Pointers:
    """A fact on the title page; ``unless`` and ``needs`` are words that it must not and must hold."""
    found = []
    for language in run.languages:
        paper = run.page(language)
        fact = _fact(paper, check)
        if fact is None:
            found.append(Pointer(paper.name, "cover", "fact_missing", getattr(check.text, language)))
        elif unless and check.pattern(unless, language).search(fact[1]):
            found.append(Pointer(paper.name, "cover", "not_named", fact[0]))
        elif needs and not check.pattern(needs, language).search(fact[1]):
            found.append(Pointer(paper.name, "cover", "fact_missing", fact[0]))
    return found


def check_title(run: Sealed, check: Check) -> Pointers:
    """S01: the title names the strategy, the title page the period."""
    found = _cover(run, check)
    for language in run.languages:
        for paper in (run.page(language), run.word(language)):
            if not check.pattern("object", language).search(paper.title):
                found.append(Pointer(paper.name, "cover", "fact_missing", getattr(check.text, language)))
    return found


def check_date(run: Sealed, check: Check) -> Pointers:
    """S02: the date at which the data close stands in full."""
    return _cover(run, check, needs="day")


def check_fact(run: Sealed, check: Check) -> Pointers:
    """S03, S05: the title page names the place, the commissioner."""
    return _cover(run, check)


def check_evaluators(run: Sealed, check: Check) -> Pointers:
    """S04: the evaluators are named, not announced."""
    return _cover(run, check, unless="unnamed")


def check_lists(run: Sealed, _check: Check) -> Pointers:
    """S06: every chapter is in the contents, every table and figure in its list; Word has the fields, PDF marks."""
    found = []
    for language in run.languages:
        page, word, pdf = run.page(language), run.word(language), run.pdf(language)
        for part in page.parts:
            if part.level == 1 and part.id not in page.contents:
                found.append(Pointer(page.name, part.id, "not_listed", part.title))
        exhibits = {grid.id for part in page.parts for grid in part.grids if grid.id and grid.caption}
        exhibits |= {name for name, _ in page.alternatives if name}
        for kind in _LISTS:
            if not any(kind in one for one in page.listed):
                found.append(Pointer(page.name, "lists", "list_missing", kind.strip("-")))
        missing = sorted(one for one in exhibits - set(page.listed) if not one.endswith("-data"))
        found += [Pointer(page.name, one, "not_listed", one) for one in missing]
        if len(word.listed) < len(_LISTS) or not word.contents:
            found.append(Pointer(word.name, "fields", "list_missing", "TOC"))
        if len(pdf.contents) < sum(part.level == 1 for part in page.parts):
            found.append(Pointer(pdf.name, "bookmarks", "list_missing", str(len(pdf.contents))))
    return found


def check_abbreviations(run: Sealed, check: Check) -> Pointers:
    """S07: a part on abbreviations with a table of them."""
    return _annexes(run, check, ("part",))


def check_summary(run: Sealed, check: Check) -> Pointers:
    """S08: the summary tells all six things and has no more pages in the PDF than it may."""
    found = []
    for language in run.languages:
        page, pdf = run.page(language), run.pdf(language)
        parts = page.under(_SUMMARY)
        if not parts:
            found.append(Pointer(page.name, _SUMMARY, "chapter_missing", getattr(check.text, language)))
            continue
        heads = " ".join(one.title for one in parts[1:])
        for name in check.words:
            if not check.pattern(name, language).search(heads):
                found.append(Pointer(page.name, _SUMMARY, "not_told", name))
        pages = _pages(page, pdf)
        if pages > load_catalogue().summary_pages:
            found.append(Pointer(pdf.name, _SUMMARY, "too_long", str(pages)))
    return found


def _pages(page: Paper, pdf: Paper) -> int:
    """Pages from the summary's first to the next chapter's first; chapters begin on a page of their own."""
    heads = [one.id for one in page.parts if one.level == 1]
    after = heads[heads.index(_SUMMARY) + 1 :]
    start = pdf.pages.get(_SUMMARY, 0)
    end = next((pdf.pages[one] for one in after if one in pdf.pages), pdf.pages[""] + 1)
    return end - start


def check_order(run: Sealed, _check: Check) -> Pointers:
    """S09: the five chapters stand in the order of an evaluation report."""
    found = []
    names = tuple(load_catalogue().chapters)
    for language in run.languages:
        page = run.page(language)
        places: list[int] = []
        for name in names:
            parts = chapter_parts(page, name)
            if not parts:
                found.append(Pointer(page.name, name, "chapter_missing", name))
            elif places and page.parts.index(parts[0]) < places[-1]:
                found.append(Pointer(page.name, parts[0].id, "wrong_order", parts[0].title))
            else:
                places.append(page.parts.index(parts[0]))
    return found


def check_annex(run: Sealed, check: Check) -> Pointers:
    """S10, S11, S12, S14: the annexes are there, each with a table."""
    return _annexes(run, check, tuple(check.words))


def check_instruments(run: Sealed, check: Check) -> Pointers:
    """S13: validity of each instrument, and the instruments themselves (text enough)."""
    found = _annexes(run, check, ("training", "feedback"))
    return found + _annexes(run, check, ("instruments",), tables=False)


def check_closing(run: Sealed, check: Check) -> Pointers:
    """S16: self-audit, management response and comments."""
    return _annexes(run, check, tuple(check.words), tables=False)


def check_origin(run: Sealed, _check: Check) -> Pointers:
    """S15: register, source files, decisions and provenance, each with its rows, on the page and in Word."""
    found = []
    for language in run.languages:
        page, word = run.page(language), run.word(language)
        titles = {re.sub(r"\s+", " ", one.title) for one in word.parts}
        for name in ("register", "sources", "decisions", "origin"):
            parts = page.under(name)
            if not any(grid.rows for part in parts for grid in part.grids):
                found.append(Pointer(page.name, name, "annex_missing", name))
            elif parts[0].title not in titles:
                found.append(Pointer(word.name, name, "annex_missing", parts[0].title))
    return found


def _annexes(run: Sealed, check: Check, names: tuple[str, ...], *, tables: bool = True) -> Pointers:
    found = []
    for language in run.languages:
        for paper in (run.page(language), run.word(language)):
            for name in names:
                words = check.pattern(name, language)
                parts = find_chapter(paper, words)
                if not parts:
                    found.append(Pointer(paper.name, name, "annex_missing", getattr(check.text, language)))
                elif tables and not any(grid.rows for part in parts for grid in part.grids):
                    found.append(Pointer(paper.name, parts[0].title, "annex_empty", parts[0].title))
    return found
