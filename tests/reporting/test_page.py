"""The page: numbers of exhibits, references, contents, refusals, self-containment."""

import dataclasses
import re

import lxml.html
import pytest
from fontTools.ttLib import TTFont

from evaluation.core.errors import ReportError, WordingError
from evaluation.reporting.page import REQUIRED_LABELS, Chapter, build_html
from evaluation.reporting.page.columns import column_widths
from evaluation.reporting.page.labels import check_labels
from evaluation.reporting.page.letters import FONTS
from evaluation.reporting.page.stylesheet import css_string
from tests.web.sample import LABELS, sample_page

TABLE = (
    '<div class="exhibit table" id="tab-{0}"><table><caption><span class="exno" data-kind="table" data-ref="tab-{0}">'
    '</span> Caption</caption><thead><tr><th scope="col">a</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table></div>'
)


def page_of(*chapters: Chapter, language="ro"):
    return dataclasses.replace(sample_page(language, rows=13), chapters=chapters)


def built(*chapters: Chapter, language="ro"):
    return lxml.html.document_fromstring(build_html(page_of(*chapters, language=language)))


def texts(tree, path: str) -> list[str]:
    return [" ".join(one.text_content().split()) for one in tree.xpath(path)]


@pytest.fixture(scope="module")
def sample():
    return build_html(sample_page("ro", rows=20))


def test_tables_are_numbered_by_chapter_in_document_order():
    tree = built(
        Chapter("a", "3", "A", TABLE.format("x") + TABLE.format("y")),
        Chapter("b", "4", "B", TABLE.format("z")),
    )
    assert texts(tree, "//span[@class='exno']") == ["Tabelul 3.1.", "Tabelul 3.2.", "Tabelul 4.1."]


def test_annex_tables_carry_the_letter():
    assert texts(built(Chapter("a", "B", "A", TABLE.format("x"))), "//span[@class='exno']") == [
        "Tabelul B.1."
    ]


def test_tables_of_unnumbered_parts_run_through():
    tree = built(Chapter("a", "", "A", TABLE.format("x")), Chapter("b", "", "B", TABLE.format("y")))
    assert texts(tree, "//span[@class='exno']") == ["Tabelul 1.", "Tabelul 2."]


def test_a_reference_forward_gets_the_number():
    tree = built(Chapter("a", "3", "A", '<p><a class="xref" href="#tab-x"></a></p>' + TABLE.format("x")))
    assert texts(tree, "//a[@class='xref']") == ["tabelul 3.1"]


def test_a_reference_in_english_has_a_capital():
    tree = built(
        Chapter("a", "3", "A", '<a class="xref" href="#tab-x"></a>' + TABLE.format("x")), language="en"
    )
    assert texts(tree, "//a[@class='xref']") == ["Table 3.1"]


def test_a_reference_to_nothing_stops_the_page():
    with pytest.raises(ReportError, match="chapter a: reference to tab-q"):
        built(Chapter("a", "3", "A", '<a class="xref" href="#tab-q"></a>'))


def test_a_link_to_nothing_stops_the_page():
    with pytest.raises(ReportError, match=r"lead nowhere, first to R-9"):
        built(Chapter("a", "3", "A", '<p><a class="n" href="#R-9" data-tip="t">9</a></p>'))


def test_an_id_used_twice_stops_the_page():
    with pytest.raises(ReportError, match="id s occurs more than once"):
        built(Chapter("a", "3", "A", '<h2 id="s">S</h2><h2 id="s">S</h2>'))


def test_a_page_without_chapters_is_refused():
    with pytest.raises(ReportError, match="no chapter"):
        built()


def test_contents_hold_chapters_and_sections(sample):
    tree = lxml.html.document_fromstring(sample)
    assert texts(tree, "//nav[@id='contents']//ol[@class='toc']/li/a") == [
        "Rezumat", "3 Contextul și valorile de referință", "4 Progresul pe obiective", "Anexa A Registrul cifrelor",
    ]  # fmt: skip
    assert texts(tree, "//nav[@id='contents']//ol/li/ol/li/a")[0] == "Persoane instruite, pe județe"


def test_lists_hold_every_table_and_figure(sample):
    tree = lxml.html.document_fromstring(sample)
    assert texts(tree, "//nav[@aria-labelledby='list-of-tables']//span[@class='no']") == [
        "3.1",
        "3.2",
        "4.1",
        "A.1",
    ]
    assert texts(tree, "//nav[@aria-labelledby='list-of-figures']//span[@class='no']") == ["3.1"]


def test_the_page_declares_language_title_and_policy(sample):
    tree = lxml.html.document_fromstring(sample)
    assert tree.get("lang") == "ro"
    assert tree.findtext("head/title").startswith("Evaluarea Strategiei")
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy.startswith("default-src 'none'; img-src data:; style-src 'unsafe-inline'; font-src data:")


def test_every_address_in_the_page_is_embedded_or_internal(sample):
    assert set(re.findall(r"""(?:src|href)=["']([a-z]*:?#?)""", sample)) <= {"data:", "#"} | {"#"}
    assert set(re.findall(r"url\(\"([a-z]+:)", sample)) == {"data:"}
    assert "@import" not in sample
    assert "http://" not in sample and "https://" not in sample


def test_the_page_has_no_script(sample):
    assert "<script" not in sample.lower()


def test_every_table_can_be_scrolled_by_keyboard(sample):
    tree = lxml.html.document_fromstring(sample)
    boxes = [table.getparent() for table in tree.iter("table")]
    assert all(box.get("tabindex") == "0" and box.get("aria-label") for box in boxes)
    assert [box.get("role") for box in boxes] == ["group", "group", "region", "group"]


def test_the_mark_of_invented_data_stands_on_screen_and_in_the_running_head(sample):
    assert '<aside class="mark"' in sample
    assert '@top-left { content: "DATE SINTETICE' in sample


def test_real_data_carry_no_mark():
    text = build_html(sample_page("en", rows=13, mark=False))
    assert "SYNTHETIC" not in text and '<aside class="mark"' not in text


def test_the_same_page_gives_the_same_bytes():
    assert build_html(sample_page("en", rows=20)) == build_html(sample_page("en", rows=20))


def test_titles_are_escaped():
    text = build_html(page_of(Chapter("a", "3", "<script>x</script>", "<p>a</p>")))
    assert "<script" not in text and "&lt;script&gt;" in text


def test_a_running_head_cannot_leave_the_style_sheet():
    assert css_string('"</style>\\') == '"\\22 \\3c /style>\\5c "'


def test_missing_labels_are_named():
    with pytest.raises(WordingError, match=r"\(ro\): contents"):
        check_labels({key: "x" for key in REQUIRED_LABELS if key != "contents"}, language="ro")


def test_the_sample_knows_every_label_in_both_languages():
    assert set(LABELS["ro"]) == set(LABELS["en"]) == set(REQUIRED_LABELS)


def widths(rows, heads=0):
    return column_widths(rows, heads=heads, available=163, em=3, padding=3.6)


def test_equal_columns_share_a_line_equally():
    # three equal columns: 33 each, the missing 1 goes to one of them
    assert sorted(widths([["ab", "ab", "ab"]]).columns) == [33, 33, 34]


def test_a_narrow_table_takes_half_the_line():
    assert widths([["ab", "12"]]).table == 50


def test_a_table_of_long_texts_takes_the_whole_line():
    assert widths([["a sentence of many words that runs on " * 5, "12"]]).table == 100


def test_a_long_text_gets_the_wider_column():
    narrow, wide = widths([["12", "a sentence of many words that runs over several lines " * 3]]).columns
    assert wide > 2 * narrow


def test_a_column_is_wide_enough_for_the_longest_word_of_its_head():
    # eleven letters of at least 0.26 em (i, l) and at most 0.8 em: "Responsible" in bold 8.4 pt takes about 19 mm
    found = widths([["Action", "Responsible"], ["many words that run over lines " * 9, "ME"]], heads=1)
    assert found.columns[1] * 163 / 100 > 19 + 3.6


def test_codes_and_periods_do_not_break_at_the_hyphen():
    tree = built(
        Chapter("a", "3", "A", TABLE.format("x").replace("<td>1</td>", "<td>BL-001, read in 2012-2016</td>"))
    )
    assert texts(tree, "//td/span[@class='nb']") == ["BL-001", "2012-2016"]
    assert texts(tree, "//td") == ["BL-001, read in 2012-2016"]


def table_classes(cells):
    table = TABLE.format("x").replace("<tr><td>1</td></tr>", cells)
    return set((built(Chapter("a", "3", "A", table)).xpath("//table")[0].get("class") or "").split())


def test_a_table_of_high_rows_may_break_between_any_two_of_them():
    # 90 words fill about 4 lines of 163 mm; 1,200 words fill more than 70 mm, so three such rows cannot stay together
    assert "loose" in table_classes(f"<tr><td>{'cuvinte ' * 1200}</td></tr>" * 4)
    assert "loose" not in table_classes(f"<tr><td>{'cuvinte ' * 20}</td></tr>" * 40)


def test_a_table_of_many_columns_stands_closer_and_its_codes_stay_whole():
    assert "dense" in table_classes("<tr>" + "<td>1.1</td>" * 13 + "</tr>")
    assert "dense" not in table_classes("<tr>" + "<td>1.1</td>" * 12 + "</tr>")
    tree = built(Chapter("a", "3", "A", TABLE.format("x").replace("<td>1</td>", "<td>1.1</td>")))
    assert texts(tree, "//td[@class='nb']") == ["1.1"]


def test_a_small_wide_table_is_put_upright():
    tree = built(Chapter("a", "3", "A", TABLE.format("x").replace("exhibit table", "exhibit table wide")))
    assert not tree.xpath("//*[contains(@class, 'wide')]")


def test_a_short_text_is_turned_with_the_wide_table_after_it():
    row = "<tr>" + "<td>several words that fill a cell of the table</td>" * 12 + "</tr>"
    table = (
        TABLE.format("x")
        .replace("exhibit table", "exhibit table wide")
        .replace("<tr><td>1</td></tr>", row * 40)
    )
    tree = built(Chapter("a", "A", "A", f"<h2>S</h2><p>Short.</p>{table}<h2>T</h2><p>{'Long. ' * 400}</p>"))
    assert [one.get("class") for one in tree.xpath("//section/*[self::h1 or self::h2 or self::p]")] == [
        "turned", "turned", "turned", None, None,
    ]  # fmt: skip


def test_a_character_without_a_letter_in_the_fonts_stops_the_page():
    with pytest.raises(ReportError, match=r"character U\+0416 is not in the bundled fonts"):
        built(Chapter("a", "3", "A", "<p>\u0416</p>"))


@pytest.mark.parametrize("sign", "≈≤≥≟∈∩ℤ±×÷−→ăâîșțĂÂÎȘȚ„”«»…–")
def test_the_fonts_have_the_signs_of_the_report(sign):
    assert sign in built(Chapter("a", "3", "A", f"<p>{sign}</p>")).text_content()


def test_the_faces_know_the_same_characters_under_names_of_their_own():
    faces = [TTFont(file) for file in sorted(FONTS.glob("*.woff2"))]
    assert len({frozenset(face.getBestCmap()) for face in faces}) == 1
    assert {str(face["name"].getDebugName(1)) for face in faces} == {"Kit Sans", "Kit Serif"}
