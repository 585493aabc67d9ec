"""Table layouts as data: rows, columns, pivots, texts, and what a layout may not lack."""

import json
import re

import pandas as pd
import pytest

from evaluation.core.errors import ReportError
from evaluation.reporting.layouts import load_layouts
from evaluation.reporting.tables import table_html
from tests.kit.released import listing, published
from tests.kit.words import use_wording

ROWS = [
    {"measure": "victims", "quantity": "count", "level": "Alba", "n": 12, "estimate": 1200, "ci_low": 1100,
     "ci_high": 1300},
    {"measure": "minors", "quantity": "proportion", "level": "Alba", "n": 12, "estimate": 0.25},
    {"measure": "victims", "quantity": "count", "level": "Iași", "status": "suppressed"},
]  # fmt: skip
TEXTS = pd.DataFrame(
    {"place.ro": ["<Alba>", "Alba", "Iași"], "place.en": ["<Alba> en", "Alba", "Jassy"], "code": "x"}
)
HEADER = {"ro": "Loc", "en": "Place"}
CAPTION = {"ro": "Victime & minori", "en": "Victims & minors"}


@pytest.fixture(autouse=True)
def wording(monkeypatch, tmp_path):
    return use_wording(monkeypatch, tmp_path / "wording", {"quantity.count": {"ro": "număr", "en": "count"}})


@pytest.fixture
def layout(tmp_path):
    def read(**fields):
        file = tmp_path / f"tables{len(list(tmp_path.iterdir()))}.yaml"
        fields = {"caption": CAPTION, **fields}
        file.write_text(json.dumps({"t": fields}, ensure_ascii=False), encoding="utf-8")
        return load_layouts(file)["t"]

    return read


def column(field: str, **more: str) -> dict[str, object]:
    return {"header": HEADER, "field": field, **more}


def cells(html: str) -> list[list[str]]:
    body = html.split("<tbody>")[1]
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in re.findall(r"<tr>(.*?)</tr>", body)]


def plain(html: str) -> list[list[str]]:
    return [[re.sub(r"<[^>]+>", "", cell) for cell in row] for row in cells(html)]


def test_every_row_becomes_a_line_with_its_number_or_its_reason(layout):
    html, entries = table_html(
        published(ROWS, texts=TEXTS),
        layout(columns=[column("code:level"), column("estimate")]),
        slug="t",
        language="ro",
    )
    assert plain(html) == [["Alba", "1.200"], ["Alba", "25,0%"], ["Iași", "nu se arată"]]
    assert [one.value for one in entries] == [1200, 0.25, None]


def test_where_keeps_the_rows_that_agree(layout):
    chosen = layout(columns=[column("code:level"), column("estimate")], where={"measure": "minors"})
    html, _ = table_html(published(ROWS), chosen, slug="t", language="en")
    assert plain(html) == [["Alba", "25.0%"]]


def test_pivot_puts_the_measures_of_a_level_side_by_side(layout):
    chosen = layout(
        columns=[
            column("code:level"),
            column("estimate", measure="victims"),
            column("estimate", measure="minors"),
        ],
        pivot="level",
    )
    html, entries = table_html(published(ROWS), chosen, slug="t", language="en")
    assert plain(html) == [["Alba", "1,200", "25.0%"], ["Iași", "not shown", "not applicable"]]
    assert [one.id for one in entries] == ["victims.1.estimate", "victims.2.estimate", "victims.3.estimate"]


def test_an_interval_or_the_word_that_there_is_none(layout):
    html, _ = table_html(
        published(ROWS), layout(columns=[column("code:level"), column("interval")]), slug="t", language="ro"
    )
    assert [row[1] for row in plain(html)] == ["1.100\u20131.300", "fără interval", "fără interval"]


def test_another_column_is_a_count(layout):
    html, _ = table_html(
        published(ROWS), layout(columns=[column("code:level"), column("n")]), slug="t", language="ro"
    )
    assert [row[1] for row in plain(html)] == ["12", "12", "nu se arată"]


def test_a_column_may_print_its_number_as_another_quantity(layout):
    chosen = layout(columns=[column("code:level"), column("estimate", quantity="rate")])
    html, _ = table_html(published(ROWS[:1]), chosen, slug="t", language="ro")
    assert plain(html) == [["Alba", "1.200,00"]]


def test_texts_are_those_of_the_language_and_stay_text(layout):
    chosen = layout(columns=[column("text:place"), column("text:code"), column("estimate")])
    html, _ = table_html(published(ROWS, texts=TEXTS), chosen, slug="t", language="en")
    assert cells(html)[0][0] == "&lt;Alba&gt; en"
    assert [row[:2] for row in plain(html)][2] == ["Jassy", "x"]


def test_a_field_can_be_said_in_words(layout):
    html, _ = table_html(
        published(ROWS[:1]), layout(columns=[column("word:quantity")]), slug="t", language="ro"
    )
    assert plain(html) == [["număr"]]


def test_a_listing_is_a_table_of_words_with_no_entries(layout):
    html, entries = table_html(
        listing(TEXTS), layout(columns=[column("text:place")]), slug="t", language="ro"
    )
    assert len(plain(html)) == 3
    assert entries == ()


@pytest.mark.parametrize("field", ["text:gone", "text:place"])
def test_a_text_that_is_not_there_is_refused(layout, field):
    released = published(ROWS, texts=TEXTS) if field == "text:gone" else published(ROWS)
    with pytest.raises(ReportError, match="victims: the layout asks for the text"):
        table_html(released, layout(columns=[column(field)]), slug="t", language="ro")


def test_a_table_has_caption_scopes_note_and_anchor(layout):
    note = {"ro": "Sursa: <ANITP>", "en": "Source: <ANITP>"}
    chosen = layout(columns=[column("code:level"), column("estimate")], note=note, wide="yes")
    html, _ = table_html(published(ROWS), chosen, slug="victims-by-county", language="ro")
    assert 'class="exhibit table wide" id="tab-victims-by-county"' in html
    assert "Victime &amp; minori</caption>" in html
    assert html.count('<th scope="col"') == 2
    assert (
        html.count('<th scope="col" class="right">') == 1
    )  # the header over the numbers stands on their side
    assert html.count('<th scope="row">') == 3
    assert "Sursa: &lt;ANITP&gt;" in html


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"caption": {"ro": "Victime"}}, "t, caption: no text in en"),
        ({"caption": "Victime"}, "t, caption: no text in ro"),
        ({"columns": [{"header": {"en": "Place"}, "field": "n"}]}, "a column header: no text in ro"),
        ({"columns": [{"field": "n"}]}, "a column header: no text in ro"),
        ({"note": {"ro": "Notă", "en": " "}}, "t, note: no text in en"),
    ],
)
def test_a_layout_that_lacks_a_language_is_refused(layout, fields, problem):
    with pytest.raises(ReportError, match=problem):
        layout(**{"columns": [column("n")], **fields})


def test_a_listing_without_rows_says_that_there_is_nothing(layout, wording):
    from evaluation.reporting.tables import tables_html

    wording.texts["table.nothing"] = {"ro": "nimic.", "en": "nothing."}
    shown = tables_html(
        listing(pd.DataFrame(columns=["id"])),
        layout(columns=[column("text:id")], split="id"),
        slug="t",
        language="ro",
    )
    assert shown == ('<p class="said">Victime &amp; minori: nimic.</p>', ())


def test_a_card_has_a_line_for_each_column_of_its_row(layout):
    markup, _ = table_html(
        listing(TEXTS[:1]),
        layout(columns=[column("text:place"), column("text:code")], card="yes"),
        slug="t",
        language="en",
    )
    assert plain(markup) == [["Place", "&lt;Alba&gt; en"], ["Place", "x"]]
    assert 'class="exhibit table card"' in markup and "<thead>" not in markup


def test_told_texts_cite_numbers_of_the_register(layout):
    from tests.reporting.test_statements import REGISTER

    told = listing(pd.DataFrame({"said": ["Sunt {number:a.5.estimate|victim}."]}))
    markup, entries = table_html(
        told, layout(columns=[column("told:said")]), slug="t", language="ro", register=REGISTER
    )
    assert plain(markup) == [["Sunt 19 victime."]]
    assert [one.id for one in entries] == ["a.5.estimate"]
