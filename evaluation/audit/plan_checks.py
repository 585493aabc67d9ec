"""Checks of the object: everything of the plan is there once, and every measure leads somewhere."""

import re
from collections import Counter
from functools import lru_cache

from evaluation.audit.catalogue import Check
from evaluation.audit.finding_records import find_chapter, find_part
from evaluation.audit.outcome import Pointer, Pointers
from evaluation.audit.papers import Paper
from evaluation.audit.sealed import Sealed

_MEASURE = re.compile(r"\d\.\d\.\d{1,2}$")
_INDICATOR = re.compile(r"IND\d*-[\d.]+-\d+$")
_OBJECTIVE = {"general": re.compile(r"(\d) \D"), "specific": re.compile(r"(\d\.\d) \D")}


@lru_cache(maxsize=4)
def _expected(assessment: str, synthetic: bool) -> dict[str, Counter[str]]:
    """Codes that the report of an assessment has to show, with the number of plans they stand in.

    In a synthetic report the invented plan stands in for one that is not published yet.
    """
    from evaluation.strategy.frame import get_assessment
    from evaluation.strategy.plan import load_plan

    known = get_assessment(assessment)
    stand_ins = {one.plan: one.stand_in for one in known.missing_plans if synthetic and one.stand_in}
    missing = {one.plan for one in known.missing_plans} - set(stand_ins)
    names = [stand_ins.get(one, one) for one in known.plans if one not in missing]
    plans = [load_plan(one) for one in names]
    return {
        "general": Counter({one.code for plan in plans for one in plan.general}),
        "specific": Counter({one.code for plan in plans for one in plan.specific}),
        "measures": Counter(one.code for plan in plans for one in plan.measures),
        "indicators": Counter(card.id for plan in plans for one in plan.measures for card in one.indicators),
    }


def _codes(paper: Paper, check: Check, name: str) -> Counter[str]:
    """First cells in a chapter's tables of measures or indicators: those whose head most of its rows share."""
    pattern = _MEASURE if name == "measures" else _INDICATOR
    by_head: dict[tuple[str, ...], Counter[str]] = {}
    for part in find_chapter(paper, check.pattern(name, paper.language)):
        for grid in part.grids:
            firsts = [row[0] for row in grid.rows if row and pattern.match(row[0])]
            by_head.setdefault(grid.head, Counter()).update(firsts)
    return max(by_head.values(), key=lambda one: one.total(), default=Counter())


def _objectives(paper: Paper, check: Check, name: str) -> Counter[str]:
    """Objectives in the first column of the first table whose caption speaks of them."""
    words = check.pattern(name, paper.language)
    for part in paper.parts:
        for grid in part.grids:
            caption = grid.caption or (grid.head[0] if grid.head else "")
            found = [_OBJECTIVE[name].match(row[0]) for row in grid.rows if row]
            if grid.rows and words.search(caption) and any(found):
                return Counter(one[1] for one in found if one)
    return Counter()


def check_objects(run: Sealed, check: Check) -> Pointers:
    """O01: objectives, measures and indicators on page and in Word, once each; codes named in the PDF."""
    expected = _expected(run.manifest["assessment"], bool(run.manifest.get("synthetic")))
    found = []
    for language in run.languages:
        page, word, pdf = run.page(language), run.word(language), run.pdf(language)
        for name in ("general", "specific"):
            found += _compare(page.name, name, expected[name], _objectives(page, check, name))
        for paper in (page, word):
            for name in ("measures", "indicators"):
                found += _compare(paper.name, name, expected[name], _codes(paper, check, name))
        printed = set(re.findall(r"IND\d*-[\d.]+-\d+|\d\.\d\.\d{1,2}", pdf.text))
        lost = sorted((set(expected["measures"]) | set(expected["indicators"])) - printed)
        found += [Pointer(pdf.name, "text", "lost", one) for one in lost]
    return found


def _compare(file: str, name: str, expected: Counter[str], shown: Counter[str]) -> Pointers:
    return [
        *(Pointer(file, name, "lost", one) for one in sorted(expected - shown)),
        *(Pointer(file, name, "unknown", one) for one in sorted(shown) if one not in expected),
        *(Pointer(file, name, "twice", one) for one in sorted(shown - expected) if one in expected),
    ]


def check_paths(run: Sealed, check: Check) -> Pointers:
    """O02: each measure's table names its specific objective, which stands below a general one, or it is flagged."""
    found = []
    for language in run.languages:
        page = run.page(language)
        general, specific = (_objectives(page, check, one) for one in ("general", "specific"))
        parts = find_chapter(page, check.pattern("measures", language))
        if not parts:
            found.append(
                Pointer(page.name, "annex_measures", "chapter_missing", getattr(check.text, language))
            )
        for grid in (grid for part in parts for grid in part.grids):
            named = check.pattern("objective", language).search(grid.caption)
            code = named[1] if named else ""
            flagged = check.pattern("orphan", language).search(grid.caption)
            linked = code in specific and code.split(".")[0] in general
            for row in grid.rows:
                own = row and _MEASURE.match(row[0])
                if own and not flagged and not (linked and row[0].startswith(f"{code}.")):
                    found.append(Pointer(page.name, grid.id, "no_path", row[0]))
    return found


def check_purpose(run: Sealed, check: Check) -> Pointers:
    """P01: headings on purpose and users, scope and criteria; whether they convince is asked."""
    found = []
    for language in run.languages:
        page = run.page(language)
        for name in check.words:
            part = find_part(page, check.pattern(name, language))
            if part is None or not (part.text or part.level == 1):
                found.append(Pointer(page.name, name, "chapter_missing", getattr(check.text, language)))
    return found
