"""Checks of findings, conclusions and recommendations as the page prints them."""

import re
from collections.abc import Callable

from evaluation.audit.catalogue import Check, load_catalogue
from evaluation.audit.finding_records import Record, chapter_parts, read_records
from evaluation.audit.outcome import Pointer, Pointers
from evaluation.audit.sealed import Sealed

_NOTHING = ("", "–", "-")
_SCOPE = ("object", "method", "findings", "conclusions", "recommendations")


def _each(run: Sealed, kind: str, judge: Callable[[Record, str], tuple[str, str] | None]) -> Pointers:
    """What ``judge`` says of each record of a chapter; a chapter that is missing is one pointer a language."""
    found = []
    for language in run.languages:
        page = run.page(language)
        records = read_records(run, kind, language)
        if not records:
            found.append(Pointer(page.name, kind, "chapter_missing", kind))
        for one in records or ():
            problem = judge(one, language)
            if problem is not None:
                found.append(Pointer(page.name, one.place, *problem))
    return found


def _needs(*names: str) -> Callable[[Record, str], tuple[str, str] | None]:
    def judge(record: Record, _language: str) -> tuple[str, str] | None:
        empty = [one for one in names if record.cells.get(one, "") in _NOTHING]
        return ("cell_empty", f"{record.name}, {', '.join(empty)}") if empty else None

    return judge


def check_sources(run: Sealed, check: Check) -> Pointers:
    """F02: the column of sources counts two or more, names two or more with semicolons, or says that there is one."""

    def judge(record: Record, language: str) -> tuple[str, str] | None:
        text = record.cells.get("sources", "")
        counted = [int(one) for one in re.findall(r"\b\d+\b", text)]
        named = [one for one in text.split(";") if one.strip() not in _NOTHING]
        enough = max(counted, default=0) >= 2 or (not counted and len(named) >= 2)
        flagged = check.pattern("single", language).search(" ".join(record.cells.values()))
        return None if enough or flagged else ("too_few_sources", record.name)

    return _each(run, "findings", judge)


def check_wording(run: Sealed, _check: Check) -> Pointers:
    """F04: the statement of each finding passes the wording rules of its grade."""
    from evaluation.judgement.grades import Grade
    from evaluation.judgement.wording_grade import check_sentence

    def judge(record: Record, language: str) -> tuple[str, str] | None:
        grade = next(
            (
                name
                for name, words in load_catalogue().grades.items()
                if re.search(getattr(words, language), record.cells.get("grade", ""), re.IGNORECASE)
            ),
            "",
        )
        if not grade:
            return "cell_empty", f"{record.name}, grade"
        places = check_sentence(record.cells.get("statement", ""), language, Grade(grade))
        return ("above_grade", f"{record.name}: {places[0].phrase}") if places else None

    return _each(run, "findings", judge)


def check_contrary(run: Sealed, _check: Check) -> Pointers:
    """F05: every finding states contrary and unintended results, or where they were searched."""
    return _each(run, "findings", _needs("contrary", "unintended"))


def check_groups(run: Sealed, _check: Check) -> Pointers:
    """F06: every finding is broken down, or says why not."""
    return _each(run, "findings", _needs("groups"))


def check_conclusions(run: Sealed, check: Check) -> Pointers:
    """C01: conclusions cite findings of this report; no criterion in use stays open."""
    from evaluation.strategy.frame import load_criteria

    found = _cites(run, "conclusions", "findings", "no_findings", excused=check)
    for language in run.languages:
        page = run.page(language)
        records = read_records(run, "conclusions", language)
        if not records:
            continue
        told = " ".join(f"{one.cells.get('criterion', '')}" for one in records).casefold()
        text = " ".join(one.text for one in chapter_parts(page, "conclusions")).casefold()
        for criterion in load_criteria():
            name = getattr(criterion.name, language).casefold()
            unassessable = name in text and check.pattern("unassessable", language).search(text)
            if name not in told and not unassessable:
                found.append(Pointer(page.name, "conclusions", "criterion_open", name))
    return found


def check_recommendations(run: Sealed, _check: Check) -> Pointers:
    """R01: recommendations cite conclusions of this report and have their four fields."""
    found = _cites(run, "recommendations", "conclusions", "no_conclusions")
    fields = _each(run, "recommendations", _needs("addressee", "deadline", "priority", "cost"))
    return found + [one for one in fields if one.problem != "chapter_missing"]


def _cites(run: Sealed, kind: str, cited: str, problem: str, *, excused: Check | None = None) -> Pointers:
    """Records that cite none of what they stand on; ``excused`` has the words of one that cannot."""
    known = {
        language: {one.cells.get("id", "") for one in read_records(run, cited, language) or ()} - {""}
        for language in run.languages
    }

    def judge(record: Record, language: str) -> tuple[str, str] | None:
        named = {one.strip(" .") for one in re.split(r"[;,\s]+", record.cells.get(cited, ""))}
        without = excused is not None and excused.pattern("unassessable", language).search(
            record.cells.get("statement", "")
        )
        return None if named & known[language] or without else (problem, record.name)

    return _each(run, kind, judge)


def check_rights(run: Sealed, check: Check) -> Pointers:
    """G01: gender and human rights are named in each of the five chapters; whether in substance is asked."""
    found = []
    for language in run.languages:
        page = run.page(language)
        for name in _SCOPE:
            parts = chapter_parts(page, name)
            if not parts:
                found.append(Pointer(page.name, name, "chapter_missing", name))
                continue
            text = " ".join(f"{one.title} {one.text}" for one in parts)
            found += [
                Pointer(page.name, name, "not_told", topic)
                for topic in ("gender", "rights")
                if not check.pattern(topic, language).search(text)
            ]
    return found
