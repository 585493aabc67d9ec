"""Last look at a finished page: balanced elements, unique ids, links that arrive, nothing that runs or loads."""

from collections import Counter
from html.parser import HTMLParser

from evaluation.core.errors import ReportError

VOID = frozenset({"br", "hr", "img", "col", "meta", "link", "input", "wbr"})
RUNS = frozenset(
    {"script", "iframe", "object", "embed", "form", "input", "button", "base", "link", "svg", "math"}
)


def check_html(html: str) -> None:
    """Refuse a page that is not well formed or not self-contained; the message names ids, never text."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    if reader.open or reader.faults:
        raise ReportError(
            f"page: {(reader.faults or ['elements stay open'])[0]}; the markup is not well formed."
        )
    twice = sorted(one for one, count in Counter(reader.ids).items() if count > 1)
    if twice:
        raise ReportError(
            f"page: id {', '.join(twice[:5])} occurs more than once; give every part its own id."
        )
    lost = sorted(set(reader.goals) - set(reader.ids))
    if lost:
        raise ReportError(
            f"page: {len(lost)} link(s) lead nowhere, first to {', '.join(lost[:5])}; add what they name."
        )


class _Reader(HTMLParser):
    """Collects ids and link goals, and notes what must not be there."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.ids: list[str] = []
        self.goals: list[str] = []
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in RUNS:
            self.faults.append(f"element {tag} is not allowed")
        if tag not in VOID:
            self.open.append(tag)
        for name, value in attrs:
            self._attribute(tag, name, value or "")

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"element {tag} closes out of order")

    def _attribute(self, tag: str, name: str, value: str) -> None:
        if name == "id":
            self.ids.append(value)
        elif name == "href" and value.startswith("#"):
            self.goals.append(value[1:])
        elif name in ("href", "src") and not (tag == "img" and value.startswith("data:image/")):
            self.faults.append(f"element {tag} points outside the page")
        elif name.startswith("on") or name == "style":
            self.faults.append(f"attribute {name} is not allowed")
