"""The results chain in words: what leads where, for those who do not see the drawing."""

from evaluation.reporting.figures.marks import Drawing, Mark
from evaluation.reporting.wording import load_wording

NONE = "–"


def outline(drawing: Drawing) -> list[str]:
    """A sentence for each general objective with its specific ones and what they serve, then where the chain breaks."""
    sentences = []
    specific = of_level(drawing, "specific")
    for general in of_level(drawing, "general"):
        own = [one for one in specific if general.label in codes(drawing, one, "printed")]
        head = _filled(drawing, "chain.outline_general", general)
        sentences.append(
            f"{head} {'; '.join(_filled(drawing, 'chain.outline_specific', one) for one in own)}."
        )
    broken = [text for one in drawing.marks for text in breaks(drawing, one)]
    if broken:
        sentences.append(f"{drawing.word('chain.outline_broken')} {'; '.join(broken)}.")
    return sentences


def of_level(drawing: Drawing, level: str) -> list[Mark]:
    """The boxes of one level, in their order."""
    return [one for one in drawing.marks if drawing.field(one, "code:group") == level]


def codes(drawing: Drawing, mark: Mark, field: str) -> tuple[str, ...]:
    """The codes that a text of a box lists; none for a dash."""
    text = drawing.field(mark, f"text:{field}")
    return () if text == NONE else tuple(text.split(", "))


def breaks(drawing: Drawing, mark: Mark) -> list[str]:
    """Where the chain breaks at a box and at its measures."""
    own, loose = (drawing.field(mark, f"text:{field}") for field in ("flag", "loose"))
    found = [f"{mark.label}: {own}"] if own != NONE else []
    return [*found, loose] if loose != NONE else found


def measures(drawing: Drawing, mark: Mark) -> str:
    """The number of measures of a box, with the noun."""
    noun = load_wording().counted("measure", mark.value, language=drawing.language)
    return f"{mark.text} {noun}"


def _filled(drawing: Drawing, key: str, mark: Mark) -> str:
    parts = {
        "code": mark.label,
        "measures": measures(drawing, mark),
        "read": ", ".join(codes(drawing, mark, "read")) or NONE,
    }
    return drawing.word(key).format(**parts)
