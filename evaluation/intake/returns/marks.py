"""What stands around a figure in a text: footnote marks, remarks, "sub", "peste", "aprox.", and shapes that are refused."""

import re

from evaluation.intake.returns.numerals import MULTIPLES

CURRENCY = re.compile(r"€|\$|£|\b(eur|euro|usd|dolari|gbp|chf|mdl)\b", re.IGNORECASE)
_PLAIN = str.maketrans("ăâîșț", "aaist")
_BEFORE = (
    (r"<=|≤|=<|cel mult|maxim(?:um)?|max\.?|nu mai mult de|pana la", "at_most"),
    (r">=|≥|=>|cel putin|minim(?:um)?|min\.?|nu mai putin de", "at_least"),
    (r"<|sub|mai putin(?:i|e|a)? (?:de|decat)", "below"),
    (r">|peste|mai mult(?:i|e|a)? (?:de|decat)", "above"),
    (r"~|≈|aproximativ|aprox\.?|circa|cca\.?|ca\.|in jur de|estimativ|estimat", "about"),
)
_FOOTNOTE = re.compile(
    r"(?<=[\d%]) ?(\*{1,4}\)?|[¹²³⁴⁵⁶⁷⁸⁹]{1,2}\)?|(?<!\d)\(?[1-9]\d?\)|\([1-9]\d?\)|\[[1-9]\d?\])$"
)
_REMARK = re.compile(r"([^()]*\d[^()]*?) ?\(([^()]*[^\W\d][^()]*)\)")
_SHAPES = (
    (r"[-–—] ?\d.*|\(\d[\d., ]*\)", "negative"),
    (r"\d{1,2}[./-]\d{1,2}[./-](\d{4}|\d{2})|\d{4}-\d{2}-\d{2}.*", "date_for_number"),
    (r"\d[\d.,]* ?(din|/) ?\d[\d.,]*\D*", "fraction_given"),
    (r"(intre )?\d[\d., ]*(-|–|—| si | pana la ) *\d[\d.,]*\D*", "range_given"),
)


def without_notes(text: str) -> tuple[str, str, tuple[str, ...]]:
    """The text without a footnote mark and without the remark in parentheses behind it; the remark; the codes.

    >>> without_notes("125 1)"), without_notes("125 (include și 2023)")
    (('125', '', ('footnote_removed',)), ('125', 'include și 2023', ('remark_beside_number',)))
    """
    note = ""
    if match := _REMARK.fullmatch(text):
        text, note = match[1].strip(), match[2].strip()
    bare = _FOOTNOTE.sub("", text)
    if not re.search(r"\d", bare) or bare.count("(") != bare.count(")"):
        bare = text
    codes = ("footnote_removed",) if bare != text else ()
    return bare.strip(), note, (*codes, *(("remark_beside_number",) if note else ()))


def relation_of(text: str) -> tuple[str, str]:
    """How the figure is bounded (below, at_most, above, at_least, about, or empty) and the rest of the text.

    >>> relation_of("cel puțin 100"), relation_of("100")
    (('at_least', '100'), ('', '100'))
    """
    plain = text.casefold().translate(_PLAIN)
    for pattern, relation in _BEFORE:
        match = re.match(rf"(?:{pattern})(?![a-z]) ?", plain)
        if match and match.end() < len(text):
            return relation, text[match.end() :].strip()
    if match := re.search(r" (?:aproximativ|aprox\.?|circa|cca\.?|estimativ|estimat)$", plain):
        return "about", text[: match.start()]
    return "", text


def refused_shape(text: str) -> str:
    """The code of a text that holds a figure in a shape that cannot become one number; empty for others.

    >>> refused_shape("45 din 100"), refused_shape("10-15"), refused_shape("15.03.2025")
    ('fraction_given', 'range_given', 'date_for_number')
    """
    plain = text.casefold().translate(_PLAIN)
    for pattern, code in _SHAPES:
        if re.fullmatch(pattern, plain):
            return code
    return "foreign_currency" if CURRENCY.search(text) else ""


def multiple_of(after: str) -> tuple[float, str]:
    """What the words behind a number multiply it by (0 for nothing) and the words that remain.

    >>> multiple_of("mil. lei"), multiple_of("persoane")
    ((1000000.0, 'lei'), (0.0, 'persoane'))
    """
    first, _, rest = after.partition(" ")
    times = MULTIPLES.get(first.casefold().rstrip("."), 0.0)
    return (times, rest.removeprefix("de ").strip()) if times else (0.0, after)
