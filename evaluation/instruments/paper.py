"""The paper form: one sheet of A4 that a participant reads and marks; it never shows the key."""

from typing import Any

from evaluation.core.errors import InstrumentError
from evaluation.core.microdata import OCCASIONS
from evaluation.instruments.model import Instrument, Item, ItemKind
from evaluation.instruments.pages import (
    check_language,
    css_text,
    number_of,
    phrase,
    render_page,
    tell,
    words_for,
)

FORMS = ("A", "B")
LINE, CHILD_LINE = (101, 45), (91, 40)
"""Characters of a choice on one line: over the whole width, and in one of two columns."""
BOLD = 0.93
"""A line of a question in bold holds so many of the characters of a line of choices."""
FIRST_LINE, NEXT_LINE, GAP = 1.12, 1.0, 0.35
"""Heights in lines: a choice with its box, each further line of it, the space after a question."""
ROOM, CHILD_ROOM = (59.0, 68.0), (52.0, 60.0)
"""Lines of closed questions up to which two pages have room for wide spaces, and for ordinary ones."""
SPARE_LINES = 1


def paper_html(instrument: Instrument, *, form: str, occasion: str, language: str, session: str = "") -> str:
    """A form for printing; opinions of the session are asked only after it (``post``).

    Without a session code the form has a box in which it is written by hand.
    """
    _check(form, occasion)
    check_language(language)
    children = instrument.about.children
    words = words_for("form", language=language, children=children)
    when = phrase("occasion", occasion, language=language)
    asked = {kind: instrument.of_kind(kind, form) for kind in ItemKind}
    reactions = asked[ItemKind.REACTION] if occasion == "post" else ()
    apart = spacing(instrument, form, language)
    return render_page(
        "form.html.j2",
        instrument,
        language=language,
        page_title=f"{tell(instrument.about.title, language)}: {words['form']} {form}, {when}",
        style=_running(instrument, words, f"{words['form']} {form}, {when}", session),
        children=children,
        words=words,
        form=form,
        occasion=occasion,
        when=when,
        session=session,
        distress=tell(instrument.about.distress, language),
        consent=tell(instrument.about.consent, language),
        pairing=[{"label": tell(one.label, language), "length": one.length} for one in asked[ItemKind.PAIRING]],
        apart=apart,
        closed=_asks(instrument, asked[ItemKind.CLOSED], language, saving=1.0 if apart == "roomy" else 0.0),
        open=_asks(instrument, asked[ItemKind.OPEN], language),
        lines=_open_lines(instrument),
        reactions=_asks(instrument, reactions, language),
        scale=[(code, tell(text, language)) for code, text in reactions[0].choices.items()] if reactions else [],
    )  # fmt: skip


def in_two_columns(choices: list[str], *, children: bool, saving: float = 0.0) -> bool:
    """Whether choices side by side, two and two, save more than so many lines against one under the other.

    >>> in_two_columns(["Da", "Nu", "Uneori", "Nu știu"], children=True)
    True
    >>> in_two_columns(["o" * 85] * 4, children=True)
    False
    """
    whole, half = _line(children)
    under = sum(_height(one, whole) for one in choices)
    pairs = zip(choices[::2], choices[1::2], strict=True)
    return under - sum(max(_height(left, half), _height(right, half)) for left, right in pairs) > saving


def spacing(instrument: Instrument, form: str, language: str) -> str:
    """How far apart the closed questions of a form may stand: ``roomy``, ``even`` or ``tight``."""
    children = instrument.about.children
    whole, half = _line(children)
    lines = 0.0
    for one in instrument.of_kind(ItemKind.CLOSED, form):
        choices = [tell(text, language) for text in one.choices.values()]
        two = in_two_columns(choices, children=children)
        lines += -(-len(tell(one.label, language)) // int(whole * BOLD)) + GAP
        lines += sum(_height(choice, half if two else whole) for choice in choices) / (2 if two else 1)
    roomy, even = CHILD_ROOM if children else ROOM
    return "roomy" if lines <= roomy else "even" if lines <= even else "tight"


def _line(children: bool) -> tuple[int, int]:
    return CHILD_LINE if children else LINE


def _height(text: str, width: int) -> float:
    """The height of a choice in a column of so many characters, in lines."""
    return FIRST_LINE + NEXT_LINE * (-(-len(text) // width) - 1)


def _check(form: str, occasion: str) -> None:
    if form not in FORMS:
        raise InstrumentError(f"form {form}: there are the forms A and B; choose one of them.")
    if occasion not in OCCASIONS:
        raise InstrumentError(f"occasion {occasion}: a form is for pre or post; choose one of them.")


def _asks(
    instrument: Instrument, items: tuple[Item, ...], language: str, *, saving: float = 0.0
) -> list[dict[str, Any]]:
    """Items as the template shows them, with their printed numbers."""
    return [
        {
            "number": number_of(instrument, one.kind, place),
            "label": tell(one.label, language),
            "choices": [(letter, tell(text, language)) for letter, text in one.choices.items()],
            "two": one.kind is ItemKind.CLOSED
            and in_two_columns(
                [tell(text, language) for text in one.choices.values()],
                children=instrument.about.children,
                saving=saving,
            ),
        }
        for place, one in enumerate(items, 1)
    ]


def _open_lines(instrument: Instrument) -> int:
    """Lines to write on: one for each thing asked for and some more."""
    return SPARE_LINES + max((one.at_least for one in instrument.open_keys), default=1)


def _running(instrument: Instrument, words: dict[str, str], name: str, session: str) -> str:
    """The foot of every page: which form it is, for sheets that come apart."""
    parts = (session, name, f"{instrument.name} {instrument.about.version}")
    return running_foot(" · ".join(part for part in parts if part), page=words["page"])


def running_foot(left: str, *, page: str) -> str:
    """The style of a foot with a text on the left and the number of the page on the right."""
    count = f'{css_text(page + " ")} counter(page) " / " counter(pages)'
    look = 'font-family: "Kit Sans"; font-size: 8pt; color: #333; vertical-align: top; padding-top: 1.5mm;'
    return (
        f"\n@page {{ @bottom-left {{ content: {css_text(left)}; white-space: nowrap; {look} }} "
        f"@bottom-right {{ content: {count}; white-space: nowrap; {look} }} }}"
    )
