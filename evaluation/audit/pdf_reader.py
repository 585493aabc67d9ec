"""The PDF of a report: the words that lie within its links, its bookmarks, alternatives and text."""

import shutil
import subprocess
from functools import lru_cache
from typing import Any

from evaluation.audit.papers import FileKey, Number, Paper, squeeze
from evaluation.core.errors import AuditError

Box = tuple[float, float, float, float]
_SLACK = 1.0


@lru_cache(maxsize=6)
def read_pdf(key: FileKey) -> Paper:
    """The PDF as a paper; needs poppler's ``pdftotext``, which alone says where each word lies."""
    import pikepdf

    pages = _words(key)
    numbers, alternatives = [], []
    with pikepdf.open(key.path) as document:
        for place, (sheet, words) in enumerate(zip(document.pages, pages, strict=True), start=1):
            numbers += _numbers(sheet, words, place)
        alternatives = _alternatives(document.Root)
        starts = _starts(document)
        with document.open_outline() as outline:
            titles = tuple(str(one.title) for one in outline.root)
        language = str(document.Root.get("/Lang", ""))[:2]
    lines = _lines(key)
    return Paper(
        name=key.path.name,
        language=language,
        title="",
        facts={},
        parts=(),
        numbers=tuple(numbers),
        blocks=tuple(lines),
        alternatives=tuple(("", one) for one in alternatives),
        listed=(),
        contents=titles,
        text="\n".join(text for _, text in lines),
        pages={**starts, "": len(pages)},
    )


def _tool(*arguments: str) -> bytes:
    program = shutil.which("pdftotext")
    if program is None:
        raise AuditError("audit: the program pdftotext is missing; install poppler-utils and run again.")
    done = subprocess.run([program, *arguments], capture_output=True, check=False)
    if done.returncode:
        raise AuditError("audit: a PDF of the report cannot be read; restore the sealed run.")
    return done.stdout


def _words(key: FileKey) -> list[list[tuple[Box, str]]]:
    from lxml import etree

    content = _tool("-bbox", str(key.path), "-")
    tree = etree.fromstring(
        content, parser=etree.XMLParser(recover=True, huge_tree=True, resolve_entities=False)
    )
    space = "{http://www.w3.org/1999/xhtml}"
    return [
        [(_box(word), word.text or "") for word in page.iter(f"{space}word")]
        for page in tree.iter(f"{space}page")
    ]


def _box(word: Any) -> Box:
    left, top, right, bottom = (float(word.get(one)) for one in ("xMin", "yMin", "xMax", "yMax"))
    return left, top, right, bottom


def _lines(key: FileKey) -> list[tuple[str, str]]:
    sheets = _tool("-layout", str(key.path), "-").decode("utf-8", errors="replace").split("\f")
    return [
        (f"p. {place}", squeeze(line))
        for place, sheet in enumerate(sheets, start=1)
        for line in sheet.splitlines()
        if line.strip()
    ]


def _numbers(sheet: Any, words: list[tuple[Box, str]], place: int) -> list[Number]:
    """The words whose middle lies within a link to the register; y runs upwards in links, downwards in words."""
    height = float(sheet.mediabox[3])
    found = []
    for link in sheet.get("/Annots", []):
        target = str(link.get("/Dest", ""))
        if not target.startswith("R-"):
            continue
        left, low, right, high = (float(one) for one in link.Rect)
        bottom, top = height - min(low, high), height - max(low, high)
        inside = [
            text
            for (x0, y0, x1, y1), text in words
            if left - _SLACK <= (x0 + x1) / 2 <= right + _SLACK and top <= (y0 + y1) / 2 <= bottom
        ]
        found.append(Number(target[2:], " ".join(inside), f"p. {place}"))
    return found


def _alternatives(root: Any) -> list[str]:
    import pikepdf

    found, waiting = [], [root.StructTreeRoot] if "/StructTreeRoot" in root else []
    while waiting:
        node = waiting.pop()
        if not isinstance(node, pikepdf.Dictionary):
            continue
        if str(node.get("/S", "")) == "/Figure":
            found.append(str(node.get("/Alt", "")))
        children = node.get("/K", [])
        waiting += list(children) if isinstance(children, pikepdf.Array) else [children]
    return found


def _starts(document: Any) -> dict[str, int]:
    """The page, from one, on which each named place begins."""
    import pikepdf

    names = document.Root.get("/Names", {}).get("/Dests")
    if names is None:
        return {}
    order = {page.objgen: place for place, page in enumerate(document.pages, start=1)}
    found = {}
    for name, target in pikepdf.NameTree(names).items():
        goal = target.get("/D") if isinstance(target, pikepdf.Dictionary) else target
        if isinstance(goal, pikepdf.Array):
            found[str(name)] = order.get(goal[0].objgen, 0)
    return found
