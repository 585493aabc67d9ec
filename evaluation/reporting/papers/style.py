"""The look of the four-page summary, with its fonts inside and the running lines of its language."""

from pathlib import Path

from evaluation.core.fonts import SANS, font_face
from evaluation.reporting.page.stylesheet import css_string
from evaluation.reporting.papers.summary_content import Summary
from evaluation.reporting.wording import load_wording

HERE = Path(__file__).parent


def summary_css(summary: Summary) -> str:
    """The style sheet; title and page number stand on every page, the mark too: on the first in a box."""
    labels = {name: load_wording().text(f"page.{name}", language=summary.language) for name in ("page", "of")}
    before, between = (css_string(one) for one in (f"{labels['page']} ", f" {labels['of']} "))
    running = (
        f"@page {{ @top-left {{ content: {css_string(summary.mark)}; }} "
        f"@bottom-left {{ content: {css_string(summary.running_head)}; }} "
        f"@bottom-right {{ content: {before} counter(page) {between} counter(pages); }} }}\n"
        "@page :first { @top-left { content: none; } }"
    )
    faces = [font_face(*one) for one in SANS]
    return "\n".join([*faces, (HERE / "summary.css").read_text(encoding="utf-8"), running])
