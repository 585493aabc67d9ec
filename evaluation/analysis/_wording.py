"""Words beside the numbers of the secondary series; every sentence comes from the definitions."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from evaluation.analysis._secondary import Card, Secondary, breaks_between, source_field
from evaluation.strategy.words import Text

if TYPE_CHECKING:
    import pandas as pd

Texts = dict[str, Text | None]


def citation(series: Secondary, source_id: str) -> Text:
    """Publisher, whom it relays, title, year: the same words that a reader needs to find the document."""
    words = series.rules.words
    publisher, relays, title = (
        same(text) if (text := source_field(series, source_id, field)) else None
        for field in ("publisher", "relays", "title")
    )
    year = _year(series, source_id)
    if publisher and relays:
        publisher = fill(words["relaying"], {"publisher": publisher, "relays": relays})
    parts = [part for part in (publisher, title, year) if part]
    return Text(ro=", ".join(part.ro for part in parts), en=", ".join(part.en for part in parts))


def edition_text(series: Secondary, source_id: str) -> Text:
    """Name of the edition of a revised figure: source id and publication year."""
    year = _year(series, source_id)
    return Text(ro=f"{source_id} ({year.ro})", en=f"{source_id} ({year.en})")


def break_text(cards: Sequence[Card], first: int, last: int, *, lead: Text | None = None) -> Text | None:
    """The changes of counting between two years in any of the measures, or nothing."""
    crossed = breaks_between(cards, first, last)
    if not crossed:
        return None
    ro = " ".join(f"{b.year}: {b.what.ro}" for b in crossed)
    en = " ".join(f"{b.year}: {b.what.en}" for b in crossed)
    return Text(ro=f"{lead.ro}: {ro}", en=f"{lead.en}: {en}") if lead else Text(ro=ro, en=en)


def join(one: Text, other: Text) -> Text:
    """Two texts after each other; said once when they are the same."""
    return one if one == other else Text(ro=f"{one.ro}; {other.ro}", en=f"{one.en}; {other.en}")


def fill(sentence: Text, values: Mapping[str, Text]) -> Text:
    """A sentence with its braces filled, each language with its own words."""
    return Text(
        ro=sentence.ro.format(**{name: text.ro for name, text in values.items()}),
        en=sentence.en.format(**{name: text.en for name, text in values.items()}),
    )


def same(text: str) -> Text:
    """A name that is written alike in both languages."""
    return Text(ro=text, en=text)


def plain(text: Text) -> dict[str, str]:
    """A text as data."""
    return {"ro": text.ro, "en": text.en}


def texts_frame(rows: Sequence[Texts]) -> "pd.DataFrame":
    """Words beside a table: each field as ``<field>.ro`` and ``<field>.en``, empty where there is none."""
    import pandas as pd

    flat = [
        {f"{name}.{code}": getattr(text, code, "") for name, text in row.items() for code in ("ro", "en")}
        for row in rows
    ]
    return pd.DataFrame(flat).astype("str")


def _year(series: Secondary, source_id: str) -> Text:
    year = source_field(series, source_id, "publication_year")
    return same(year) if year else series.rules.words["no_year"]
