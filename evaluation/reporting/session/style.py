"""The look of the page, with its fonts inside."""

from functools import cache
from pathlib import Path

from evaluation.core.fonts import SANS, font_face

HERE = Path(__file__).parent


@cache
def session_css() -> str:
    """Fonts, the look, and a class for every length of a bar."""
    faces = [font_face(*one) for one in SANS]
    bars = " ".join(f".w{one} {{ width: {one}%; }}" for one in range(101))
    return "\n".join([*faces, (HERE / "session.css").read_text(encoding="utf-8"), bars])
