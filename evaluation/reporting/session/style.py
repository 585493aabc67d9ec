"""The look of the page, with its fonts inside."""

import base64
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
FONTS = HERE.parent / "page" / "fonts"
FACES = (
    ("NotoSans-Regular", 400, "normal"),
    ("NotoSans-Bold", 700, "normal"),
    ("NotoSans-Italic", 400, "italic"),
)


@cache
def session_css() -> str:
    """Fonts, the look, and a class for every length of a bar."""
    faces = [_face(*one) for one in FACES]
    bars = " ".join(f".w{one} {{ width: {one}%; }}" for one in range(101))
    return "\n".join([*faces, (HERE / "session.css").read_text(encoding="utf-8"), bars])


def _face(file: str, weight: int, style: str) -> str:
    data = base64.b64encode((FONTS / f"{file}.woff2").read_bytes()).decode()
    return (
        f'@font-face {{ font-family: "Kit Sans"; font-weight: {weight}; font-style: {style}; '
        f'src: url("data:font/woff2;base64,{data}") format("woff2"); }}'
    )
