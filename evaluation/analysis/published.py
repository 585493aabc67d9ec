"""All published secondary figures and their sources, row by row, as they stand in the compilation."""

from typing import TYPE_CHECKING

from evaluation.analysis._secondary import Secondary, card_of
from evaluation.analysis._wording import Texts, citation, texts_frame
from evaluation.core.results import Listing, Result, make_table
from evaluation.strategy.words import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

_QUANTITY = {"count": "count", "percent": "percent"}


def published_figures(series: Secondary) -> Result:
    """One row per published figure, nothing chosen and nothing left out; the group is the family of the measure."""
    rows: list[dict[str, object]] = []
    texts: list[Texts] = []
    lines = []
    for figure in series.table.to_dict("records"):
        card = card_of(series, str(figure["measure"]))
        rows.append(
            {
                "measure": card.id,
                "quantity": _QUANTITY.get(str(card.unit), "published"),
                "period": str(figure["year"]),
                "group": str(card.family),
                "level": str(figure["source_id"]),
                "estimate": figure["value"],
                "method": "published",
            }
        )
        note = Text(ro=str(figure["note.ro"]), en=str(figure["note.en"])) if figure["note.ro"] else None
        texts.append(
            {"label": card.label, "source": citation(series, str(figure["source_id"])), "note": note}
        )
        lines.append(str(figure["row"]))
    words = texts_frame(texts)
    words["source_rows"] = lines
    return Result("published_figures", make_table(rows), series.provenance, words)


def published_sources(series: Secondary) -> Listing:
    """One row per document: citation, kind of publisher, address, what of it could be read."""
    import pandas as pd

    rows = [
        {
            "id": str(source_id),
            **_both("citation", citation(series, str(source_id))),
            "kind": str(source["kind"]),
            "url": str(source["url"]) or "–",
            "note.ro": str(source["note_ro"]) or "–",
            "note.en": str(source["note_en"]) or "–",
        }
        for source_id, source in series.sources.iterrows()
    ]
    return Listing("published_sources", pd.DataFrame(rows), series.provenance)


def counting_rules(series: Secondary, *, measure: str) -> Listing:
    """The changes and standing practices of counting of a measure, with the document that states them."""
    import pandas as pd

    rows = [
        {"year": str(one.year), **_both("what", one.what), **_both("source", citation(series, one.source_id))}
        for one in card_of(series, measure).breaks
    ]
    return Listing(f"{measure}_counting", pd.DataFrame(rows), series.provenance)


def _both(name: str, words: Text) -> "Mapping[str, str]":
    return {f"{name}.ro": words.ro, f"{name}.en": words.en}
