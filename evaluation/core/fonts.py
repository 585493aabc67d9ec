"""The kit's own fonts as part of a style sheet, so that a page needs nothing outside itself."""

import base64

from evaluation.core.project import PACKAGE

FONTS = PACKAGE / "reporting" / "page" / "fonts"
SANS = (
    ("Kit Sans", "NotoSans-Regular", 400, "normal"),
    ("Kit Sans", "NotoSans-Italic", 400, "italic"),
    ("Kit Sans", "NotoSans-Bold", 700, "normal"),
)
"""Family, file, weight and style of each face without serifs."""


def font_face(family: str, file: str, weight: int, style: str) -> str:
    """The rule that brings one face, with the font in it."""
    data = base64.b64encode((FONTS / f"{file}.woff2").read_bytes()).decode()
    return (
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; font-style: {style}; '
        f'src: url("data:font/woff2;base64,{data}") format("woff2"); }}'
    )
