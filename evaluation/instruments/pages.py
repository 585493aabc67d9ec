"""Pages for printing: the words, the look with its fonts, and a template filled in one language."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from evaluation.core.errors import InstrumentError
from evaluation.core.fonts import SANS, font_face
from evaluation.core.yamlfile import read_yaml
from evaluation.instruments.model import Instrument, ItemKind, KeySource
from evaluation.strategy.words import Text

TEMPLATES = Path(__file__).resolve().parent / "templates"
LANGUAGES = ("ro", "en")


def render_page(
    template: str, instrument: Instrument, *, language: str, page_title: str, style: str = "", **content: Any
) -> str:
    """A page of an instrument as HTML that needs nothing outside itself; equal input gives equal text."""
    state = instrument.about.validation.value
    told = {
        "title": tell(instrument.about.title, language),
        "version": instrument.about.version,
        "status": phrase("validation", state, language=language),
        "status_note": phrase("validation_note", state, language=language),
        "helplines": _helplines(language),
    }
    return fill_template(template, told | content, language=language, page_title=page_title, style=style)


def fill_template(
    template: str, content: Mapping[str, Any], *, language: str, page_title: str, style: str = ""
) -> str:
    """A template with the common look and its own content; nothing outside the page is asked for."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    look = Markup(_stylesheet() + style)
    page: str = environment.get_template(template).render(
        **content, language=language, page_title=page_title, style=look
    )
    return page


def words_for(group: str, *, language: str, children: bool = False) -> dict[str, str]:
    """The words of a group; where children read them, the ones written for children stand in."""
    told = {name: one[language] for name, one in _words()[group].items() if language in one}
    if children:
        told |= {name.removesuffix("_child"): text for name, text in told.items() if name.endswith("_child")}
    return told


def phrase(group: str, name: str, *, language: str) -> str:
    """One text of the words file."""
    return str(_words()[group][name][language])


def counted(group: str, number: int, *, language: str) -> str:
    """A number with its noun in the right form; Romanian has three.

    >>> counted("months", 19, language="ro"), counted("months", 24, language="ro")
    ('19 luni', '24 de luni')
    """
    from babel import Locale

    return phrase(group, Locale(language).plural_form(number), language=language).format(n=number)


def raw_words(group: str) -> Mapping[str, Any]:
    """A group of the words file as it stands there, both languages."""
    return dict(_words()[group])


def tell(text: Text, language: str) -> str:
    """A text in one of its two languages."""
    return str(getattr(text, language))


def check_language(language: str) -> None:
    """Pages exist in Romanian and in English."""
    if language not in LANGUAGES:
        raise InstrumentError(f"language {language}: pages are made in ro and en; choose one of them.")


def number_of(instrument: Instrument, kind: ItemKind, place: int) -> int:
    """The printed number of an item: closed ones count from 1, then open ones, then opinions."""
    before = {ItemKind.CLOSED: (), ItemKind.OPEN: (ItemKind.CLOSED,)}.get(
        kind, (ItemKind.CLOSED, ItemKind.OPEN)
    )
    return place + sum(len(instrument.of_kind(one, "A")) for one in before)


def source_words(source: KeySource, *, language: str) -> dict[str, str]:
    """Where a key comes from, and whether somebody compared it."""
    told = [source.document, source.place]
    if source.lines:
        told.append(phrase("key", "line", language=language).format(lines=source.lines))
    return {"source": ", ".join(told), "checked": phrase("key", source.checked.value, language=language)}


def css_text(text: str) -> str:
    r"""A text as a CSS string that cannot end the string or the style element.

    >>> css_text('a"</style>')
    '"a\\22 \\3c /style>"'
    """
    return '"' + "".join(f"\\{ord(one):x} " if one in '\\"<\n\r\f' else one for one in text) + '"'


@cache
def _words() -> dict[str, Any]:
    return dict(read_yaml(TEMPLATES / "words.yaml"))


def _helplines(language: str) -> list[dict[str, str]]:
    return [{"number": one["number"], "text": one["text"][language]} for one in _words()["helplines"]]


@cache
def _stylesheet() -> str:
    """The fonts as data and the common look."""
    return "\n".join(
        [*(font_face(*one) for one in SANS), (TEMPLATES / "print.css").read_text(encoding="utf-8")]
    )
