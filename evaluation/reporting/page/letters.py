"""What the bundled letters can show, and how wide they are."""

from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

from evaluation.core.errors import ReportError

FONTS = Path(__file__).parent / "fonts"
INVISIBLE = frozenset("\t\n\r\u200b\u2060")


def check_letters(html: str) -> None:
    """Refuse a page with a character that the bundled fonts lack: paper would show another sign or none.

    The style sheet is left out; the message names code points, never text.
    """
    text = html[: html.find("<style>")] + html[html.find("</style>") :]
    lacking = sorted(set(text) - INVISIBLE - {chr(one) for one in _advances(bold=False)})
    if lacking:
        names = ", ".join(f"U+{ord(one):04X}" for one in lacking[:5])
        raise ReportError(
            f"page: character {names} is not in the bundled fonts; write it with another sign or add it to"
            " SIGNS in evaluation/reporting/page/subset_fonts.py and make the fonts again."
        )


def text_em(text: str, *, bold: bool = False) -> float:
    """Width of a text in em of the bundled sans; a character that the font lacks counts as 0.6.

    >>> text_em("")
    0.0
    """
    advances = _advances(bold=bold)
    return sum((advances.get(ord(one), 0.6) for one in text), 0.0)


@cache
def _advances(*, bold: bool) -> dict[int, float]:
    font = TTFont(FONTS / f"NotoSans-{'Bold' if bold else 'Regular'}.ttf", lazy=True)
    unit, widths = font["head"].unitsPerEm, font["hmtx"]
    return {code: widths[name][0] / unit for code, name in font.getBestCmap().items()}
