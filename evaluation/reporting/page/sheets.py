"""Which parts of a chapter go on turned pages: a turned table takes the short text before it along."""

from lxml import etree

LONG_TEXT = 1500


def turn_sections(body: etree._Element) -> bool:
    """Mark with class ``turned`` the short text before wide tables; True when the chapter begins on a turned page.

    Without it a page would stay empty but for a heading and a sentence. Short text between or after wide tables
    follows them as well.
    """
    parts = _parts(body)
    turned = [bool(part) and _is_wide(part[-1]) and _text_length(part) <= LONG_TEXT for part in parts]
    for nth in range(len(parts) - 1, -1, -1):
        loose = not any(_is_exhibit(one) for one in parts[nth]) and _text_length(parts[nth]) <= LONG_TEXT
        after = turned[nth + 1] if nth + 1 < len(parts) else True
        before = turned[nth - 1] if nth else True
        if loose and after and before:
            turned[nth] = True
    for part, is_turned in zip(parts, turned, strict=True):
        for element in part if is_turned else []:
            element.set("class", f"{element.get('class') or ''} turned".strip())
    return any(_is_wide(one) for one in body) and turned[0]


def _parts(body: etree._Element) -> list[list[etree._Element]]:
    """The children, cut before every h2 and behind every exhibit with its note."""
    found: list[list[etree._Element]] = [[]]
    for child in body:
        if child.tag == "h2" and found[-1]:
            found.append([])
        found[-1].append(child)
        if _is_exhibit(child):
            found.append([])
    return [part for part in found if part] or [[]]


def _is_exhibit(element: etree._Element) -> bool:
    return element.tag in ("figure", "details", "img") or "exhibit" in _classes(element)


def _is_wide(element: etree._Element) -> bool:
    """A wide exhibit, or folded data that hold one."""
    folded = element if element.tag == "details" else []
    return {"exhibit", "wide"} <= _classes(element) or any(_is_wide(one) for one in folded)


def _text_length(part: list[etree._Element]) -> int:
    return sum(len("".join(str(text) for text in one.itertext())) for one in part if not _is_exhibit(one))


def _classes(element: etree._Element) -> set[str]:
    return set((element.get("class") or "").split())
