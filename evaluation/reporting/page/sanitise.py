"""The allow-list for HTML fragments: what is not named here does not reach the page."""

import base64
import binascii
import re
import unicodedata
from urllib.parse import unquote

import lxml.html
from lxml import etree

from evaluation.core.errors import ReportError

BLOCKS = "h2 h3 h4 h5 h6 p div section ul ol li dl dt dd blockquote pre hr figure figcaption details summary"
TABLES = "table caption colgroup col thead tbody tfoot tr th td"
INLINES = "span a strong em b i sup sub small br q cite abbr code kbd samp dfn mark time ins del img"
TAGS = frozenset(f"{BLOCKS} {TABLES} {INLINES}".split())
DROPPED = frozenset(
    [
        "script",
        "style",
        "iframe",
        "object",
        "embed",
        "applet",
        "svg",
        "math",
        "template",
        "noscript",
        "noembed",
        "noframes",
        "textarea",
        "title",
        "select",
        "option",
        "optgroup",
        "datalist",
        "button",
        "input",
        "output",
        "meter",
        "progress",
        "head",
        "link",
        "meta",
        "base",
        "frame",
        "frameset",
        "audio",
        "video",
        "source",
        "track",
        "canvas",
        "xmp",
        "listing",
        "plaintext",
        "dialog",
        "portal",
        "slot",
        "marquee",
        "image",
        "map",
        "area",
    ]
)
RENAMED = {"h1": "h2", "strike": "del", "tt": "code"}
ATTRIBUTES = {
    "*": frozenset({"id", "class", "lang"}),
    "a": frozenset({"href", "data-tip", "aria-label"}),
    "abbr": frozenset({"title"}),
    "img": frozenset({"src", "alt"}),
    "th": frozenset({"scope", "colspan", "rowspan", "abbr"}),
    "td": frozenset({"colspan", "rowspan"}),
    "col": frozenset({"span"}),
    "colgroup": frozenset({"span"}),
    "ol": frozenset({"start", "type"}),
    "time": frozenset({"datetime"}),
    "span": frozenset({"data-kind", "data-ref"}),
}
PATTERNS = {
    "lang": re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*"),
    "scope": re.compile(r"col|row|colgroup|rowgroup"),
    "colspan": re.compile(r"[1-9]\d{0,2}"),
    "rowspan": re.compile(r"[1-9]\d{0,3}"),
    "span": re.compile(r"[1-9]\d{0,2}"),
    "start": re.compile(r"\d{1,4}"),
    "type": re.compile(r"[1aAiI]"),
    "datetime": re.compile(r"[\d:TZ+-]{4,25}"),
    "data-kind": re.compile(r"table|figure"),
}
IMAGE = re.compile(r"data:image/(png|jpeg);base64,([A-Za-z0-9+/=\s]+)")
SIGNATURES = {"png": b"\x89PNG\r\n\x1a\n", "jpeg": b"\xff\xd8\xff"}
CLASS = re.compile(r"[A-Za-z][A-Za-z0-9_-]*")
CONTROLS = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
DEEPEST = 60


def sanitise(fragment: str, *, place: str) -> etree._Element:
    """A new ``div`` that holds only what the allow-list names, whatever the fragment contains.

    Elements that run or load something vanish with their content; unknown ones leave their text. Links lead only
    into the page itself, images are embedded PNG or JPEG.

    >>> etree.tostring(sanitise('<h2 onclick="x()">A<script>1</script></h2>', place="c"), encoding="unicode")
    '<div><h2>A</h2></div>'
    """
    target = etree.Element("div")
    text = CONTROLS.sub("", fragment)
    if not text.strip():
        return target
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    tree = lxml.html.document_fromstring(f"<html><body>{text}</body></html>".encode(), parser=parser)
    for body in tree.iter("body"):
        _copy_children(body, target, place=place, depth=0)
    return target


def clean_id(text: str) -> str:
    """An id in ASCII letters, digits, full stop, colon, hyphen and underscore; empty when nothing is left.

    >>> clean_id("Context-și-valori")
    'Context-si-valori'
    """
    plain = unicodedata.normalize("NFKD", unquote(text)).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^A-Za-z0-9_.:-]+", "-", plain.strip())
    return plain if plain[:1].isalpha() else ""


def _copy_children(source: etree._Element, target: etree._Element, *, place: str, depth: int) -> None:
    if depth > DEEPEST:
        raise ReportError(
            f"{place}: elements nested deeper than {DEEPEST}; flatten the markup of this chapter."
        )
    _append_text(target, source.text)
    for child in source:
        if isinstance(child.tag, str):
            _copy(child, target, place=place, depth=depth + 1)
        _append_text(target, child.tail)


def _copy(source: etree._Element, target: etree._Element, *, place: str, depth: int) -> None:
    tag = RENAMED.get(str(source.tag).lower(), str(source.tag).lower())
    if tag in DROPPED or "anchor-link" in source.get("class", "").split():
        return
    attributes = _attributes(source, tag)
    if tag not in TAGS or (tag == "a" and "href" not in attributes and "id" not in attributes):
        _copy_children(source, target, place=place, depth=depth)
        return
    if tag == "img" and not _is_image(attributes.get("src", "")):
        return
    if tag == "img" and not attributes.get("alt", "").strip():
        raise ReportError(f"{place}: an image has no text alternative; give it an alt text.")
    _copy_children(source, etree.SubElement(target, tag, attributes), place=place, depth=depth)


def _attributes(source: etree._Element, tag: str) -> dict[str, str]:
    allowed = ATTRIBUTES["*"] | ATTRIBUTES.get(tag, frozenset())
    kept: dict[str, str] = {}
    for name in sorted(str(key) for key in source.attrib):
        value = _value(name, source.get(name) or "") if name in allowed else None
        if value is not None:
            kept[name] = value
    return kept


def _value(name: str, value: str) -> str | None:
    """The value as it may stand in the page, or None."""
    if name in {"id", "data-ref"}:
        return clean_id(value) or None
    if name == "href":
        goal = clean_id(value[1:]) if value.startswith("#") else ""
        return f"#{goal}" if goal else None
    if name == "class":
        return " ".join(one for one in value.split() if CLASS.fullmatch(one)) or None
    if name in PATTERNS:
        return value if PATTERNS[name].fullmatch(value) else None
    return value


def _is_image(source: str) -> bool:
    match = IMAGE.fullmatch(source.strip())
    if not match:
        return False
    try:
        start = base64.b64decode(match[2][:64], validate=False)
    except (binascii.Error, ValueError):
        return False
    return start.startswith(SIGNATURES[match[1]])


def _append_text(target: etree._Element, text: str | None) -> None:
    if not text:
        return
    if len(target):
        target[-1].tail = (target[-1].tail or "") + text
    else:
        target.text = (target.text or "") + text
