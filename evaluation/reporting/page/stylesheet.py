"""The style sheet of one page: fonts, the look on screen and paper, running heads in its language."""

from pathlib import Path

from evaluation.core.fonts import SANS, font_face
from evaluation.reporting.page.model import Page

HERE = Path(__file__).parent
FACES = (
    *SANS,
    ("Kit Serif", "NotoSerif-Regular", 400, "normal"),
    ("Kit Serif", "NotoSerif-Italic", 400, "italic"),
    ("Kit Serif", "NotoSerif-Bold", 700, "normal"),
)


def stylesheet(page: Page) -> str:
    """Fonts, base, screen, print and running heads, in this order."""
    sheets = [
        (HERE / "styles" / name).read_text(encoding="utf-8")
        for name in ("base.css", "screen.css", "print.css")
    ]
    return "\n".join([*(font_face(*one) for one in FACES), *sheets, _widths(), _running(page)])


def css_string(text: str) -> str:
    r"""Text as a CSS string that cannot end the string, the rule or the style element.

    >>> css_string('a"</style>')
    '"a\\22 \\3c /style>"'
    """
    escaped = "".join(f"\\{ord(one):x} " if one in '\\"<\n\r\f' else one for one in text)
    return f'"{escaped}"'


def _widths() -> str:
    """Classes w1 to w100 for columns on paper."""
    return "@media print { " + " ".join(f"col.w{one} {{ width: {one}%; }}" for one in range(1, 101)) + " }"


def _running(page: Page) -> str:
    """Running heads and page numbers; the mark of invented data heads every page."""
    words, head = page.labels, css_string(page.running_head)
    number = f"{css_string(words['page'] + ' ')} counter(page) {css_string(' ' + words['of'] + ' ')} counter(pages)"
    mark = f"content: {css_string(page.cover.synthetic_mark)}; font-weight: 700; color: #7a1c12;"
    top, bottom = (
        (mark, f"content: {head};") if page.cover.synthetic_mark else (f"content: {head};", "content: none;")
    )
    return f"""@page {{
  @top-left {{ {top} }}
  @top-right {{ content: string(chapter); }}
  @bottom-left {{ {bottom} }}
  @bottom-right {{ content: {number}; }}
}}
@page :first {{
  @top-left {{ content: none; }}
  @top-right {{ content: none; }}
  @bottom-left {{ content: none; }}
  @bottom-right {{ content: none; }}
}}
"""
