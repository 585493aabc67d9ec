"""The two languages held against each other: same structure, ids, numbers, figures and hidden cells."""

from typing import Any

from lxml import html as markup

from evaluation.core.errors import ReportError

_COMPARED = ("id", "value", "ci_low", "ci_high", "n", "status", "sources", "method", "decision")


def check_parity(records: dict[str, list[dict[str, Any]]]) -> None:
    """Chapter by chapter, what the cells showed is the same in every language, or the build stops."""
    languages = sorted(records)
    first = languages[0]
    for other in languages[1:]:
        names = [{one["chapter"] for one in records[language]} for language in (first, other)]
        if names[0] != names[1]:
            lacking = ", ".join(sorted(names[0] ^ names[1]))
            raise ReportError(f"chapter {lacking}: is there only in one of {first} and {other}; build again.")
        for left, right in zip(records[first], records[other], strict=True):
            place = f"chapter {left['chapter']}: {first} and {other} differ"
            for name in ("chapter", "cells"):
                if left[name] != right[name]:
                    raise ReportError(f"{place} in {name}; run both languages from the same notebook.")
            for mine, theirs in zip(left["exhibits"], right["exhibits"], strict=False):
                _check_exhibit(mine, theirs, place=place)
            if len(left["exhibits"]) != len(right["exhibits"]):
                raise ReportError(f"{place} in the number of tables, figures and sentences.")


def check_page_parity(pages: dict[str, str]) -> None:
    """The finished pages: the same anchors, exhibits, headings and table shapes in the same order."""
    skeletons = {language: _skeleton(page) for language, page in pages.items()}
    languages = sorted(skeletons)
    for other in languages[1:]:
        mine, theirs = skeletons[languages[0]], skeletons[other]
        for place, (left, right) in enumerate(zip(mine, theirs, strict=False)):
            if left != right:
                raise ReportError(
                    f"the pages in {languages[0]} and {other} differ at element {place}: {left} against {right}."
                )
        if len(mine) != len(theirs):
            raise ReportError(f"the pages in {languages[0]} and {other} have different numbers of elements.")


def _check_exhibit(mine: dict[str, Any], theirs: dict[str, Any], *, place: str) -> None:
    for name in ("kind", "id", "cell"):
        if mine[name] != theirs[name]:
            raise ReportError(f"{place} at cell {mine['cell']}: another exhibit is shown there.")
    numbers = [sorted(_compared(entry) for entry in one["entries"]) for one in (mine, theirs)]
    if numbers[0] != numbers[1]:
        raise ReportError(f"{place} at cell {mine['cell']}, {mine['id']}: the numbers are not the same.")


def _compared(entry: dict[str, Any]) -> str:
    return repr([entry[name] for name in _COMPARED])


def _skeleton(page: str) -> list[str]:
    """Everything that must not depend on the language, in document order."""
    found = []
    for element in markup.fromstring(page.encode("utf-8")).iter():
        tag = element.tag
        if tag in ("h1", "h2", "h3", "h4", "table", "tr", "figure", "img"):
            cells = sum(child.tag in ("td", "th") for child in element) if tag == "tr" else ""
            exhibit = element.get("id", "") if tag in ("figure", "tr") else ""
            found.append(f"{tag} {exhibit}{cells}")
        elif tag == "a" and "n" in (element.get("class") or "").split():
            found.append(f"number {element.get('href')}")
    return found
