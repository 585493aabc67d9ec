"""The DOCX: real styles, captions, tables, fields, properties, the same bytes twice."""

import io
import re
import zipfile

import pytest
from docx import Document
from docx.oxml.ns import qn

from evaluation.core.errors import ReportError
from evaluation.reporting.page import build_docx, build_html
from evaluation.reporting.page.reference_docx import FILE, build_reference
from tests.web.sample import sample_page

TITLE = "Evaluarea Strategiei"


@pytest.fixture(scope="module")
def html():
    return build_html(sample_page("ro", rows=40))


@pytest.fixture(scope="module")
def content(html):
    return build_docx(html, date_iso="2026-06-30", language="ro", title=TITLE)


@pytest.fixture(scope="module")
def document(content):
    return Document(io.BytesIO(content))


@pytest.fixture(scope="module")
def xml(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read("word/document.xml").decode()


def styled(document, name: str) -> list[str]:
    return [" ".join(one.text.split()) for one in document.paragraphs if one.style.name == name]


def test_the_reference_document_is_what_its_program_writes():
    assert build_reference() == FILE.read_bytes()


def test_chapters_are_first_level_headings(document):
    assert styled(document, "Heading 1") == [
        "Rezumat", "3 Contextul și valorile de referință", "4 Progresul pe obiective", "Anexa A Registrul cifrelor",
    ]  # fmt: skip


def test_the_title_has_the_title_style(document):
    assert styled(document, "Title") == [
        "Evaluarea Strategiei naționale împotriva traficului de persoane 2024-2028"
    ]


def test_captions_carry_the_numbers_of_the_page(document):
    captions = [one.split(". ")[0] for one in styled(document, "Table Caption")]
    assert captions == ["Tabelul 3.1", "Tabelul 3.2", "Tabelul 4.1", "Tabelul A.1"]
    assert styled(document, "Image Caption") == ["Figura 3.1. Evoluția numărului de victime identificate"]


def test_references_carry_the_numbers_of_the_page(document):
    assert any(
        "tabelul 3.1, iar evoluția în figura 3.1" in " ".join(one.text.split()) for one in document.paragraphs
    )


def test_every_table_repeats_its_head(document):
    assert len(document.tables) == 4
    assert all(table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None for table in document.tables)


def test_the_register_has_all_its_rows(document):
    assert len(document.tables[3].rows) == 41


def test_callout_and_key_message_keep_their_styles(document):
    assert len(styled(document, "Callout")) == 1 and len(styled(document, "Key Message")) == 1


def test_contents_and_lists_are_fields(xml):
    fields = re.findall(r"<w:instrText[^>]*>([^<]*)<", xml)
    assert [one.strip() for one in fields] == [
        'TOC \\o "1-2" \\h \\z', 'TOC \\h \\z \\t "Table Caption,1"', 'TOC \\h \\z \\t "Image Caption,1"',
    ]  # fmt: skip
    kinds = re.findall(r'w:fldCharType="(\w+)"', xml)
    assert kinds == ["begin", "separate", "end"] * 3


def test_contents_are_filled_before_word_renews_them(document):
    assert styled(document, "toc 1")[:2] == ["Rezumat", "3 Contextul și valorile de referință"]


def test_every_internal_link_arrives_at_a_bookmark(xml):
    goals = set(re.findall(r'w:anchor="([^"]+)"', xml))
    marks = set(re.findall(r'<w:bookmarkStart[^>]*w:name="([^"]+)"', xml))
    assert goals and goals <= marks


def test_bookmark_numbers_are_unique(xml):
    numbers = re.findall(r'<w:bookmarkStart[^>]*w:id="([^"]+)"', xml)
    assert len(numbers) == len(set(numbers))


def test_wide_tables_stand_on_landscape_pages(document):
    assert [section.orientation for section in document.sections] == [0, 1, 0]


def test_only_the_cover_goes_without_running_head(document):
    assert [section.different_first_page_header_footer for section in document.sections] == [
        True,
        False,
        False,
    ]


def test_the_running_head_carries_the_mark_and_the_foot_the_page_number(document):
    section = document.sections[0]
    assert "DATE SINTETICE" in section.header.paragraphs[0].text
    assert re.search(r"pagina .*PAGE.* din .*NUMPAGES", section.footer._element.xml.replace("\n", " "))
    assert "[[" not in section.header._element.xml + section.footer._element.xml


def test_no_placeholder_is_left(xml):
    assert "[[" not in xml


def test_the_picture_keeps_its_text_alternative(xml):
    assert 'descr="Grafic cu linie' in xml


def test_properties_name_title_language_and_nobody(document):
    properties = document.core_properties
    assert (properties.title, properties.language) == (TITLE, "ro-RO")
    assert (properties.author, properties.last_modified_by, properties.comments) == ("", "", "")
    assert properties.created.isoformat()[:10] == "2026-06-30"


def test_the_text_is_marked_as_romanian(document):
    assert {one.get(qn("w:val")) for one in document.styles.element.iter(qn("w:lang"))} == {"ro-RO"}


def test_no_program_or_machine_is_named(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        app = archive.read("docProps/app.xml")
        names = archive.namelist()
    assert b"Application" not in app
    assert "docProps/thumbnail.jpeg" not in names


def test_the_same_page_gives_the_same_bytes(html, content, monkeypatch):
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert build_docx(html, date_iso="2026-06-30", language="ro", title=TITLE) == content


def test_a_report_without_tables_has_no_empty_list():
    from evaluation.reporting.page import Chapter
    from tests.reporting.test_page import page_of

    plain = build_html(page_of(Chapter("a", "1", "A", "<p>a</p>")))
    document = Document(io.BytesIO(build_docx(plain, date_iso="2026-06-30", language="ro", title=TITLE)))
    assert styled(document, "List Heading") == []


def test_an_unknown_language_is_refused(html):
    with pytest.raises(ReportError, match="choose ro or en"):
        build_docx(html, date_iso="2026-06-30", language="fr", title=TITLE)
