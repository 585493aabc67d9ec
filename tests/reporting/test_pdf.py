"""The PDF: tagged, bookmarked, self-contained, the same bytes twice."""

import io
import re
import shutil
import subprocess
import sys

import pikepdf
import pytest

from evaluation.core.errors import ReportError
from evaluation.reporting.page import build_html, build_pdf
from evaluation.reporting.page import pdf as pdf_module
from tests.web.sample import sample_page


@pytest.fixture(scope="module")
def html():
    return build_html(sample_page("ro", rows=40))


@pytest.fixture(scope="module")
def content(html):
    return build_pdf(html, date_iso="2026-06-30", language="ro")


@pytest.fixture(scope="module")
def document(content):
    with pikepdf.open(io.BytesIO(content)) as opened:
        yield opened


@pytest.fixture(scope="module")
def tags(document):
    return list(walk(document.Root.StructTreeRoot))


def walk(node):
    """Every structure element below a node, in reading order."""
    kids = node.get("/K")
    if kids is None:
        return
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from walk(kid)


def text_of(content: bytes, *options: str) -> str:
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext (Debian package poppler-utils) is not installed")
    return subprocess.run(
        ["pdftotext", *options, "-", "-"], input=content, capture_output=True, check=True
    ).stdout.decode()


def test_the_pdf_says_that_it_is_tagged_and_in_romanian(document):
    assert bool(document.Root.MarkInfo.Marked)
    assert str(document.Root.Lang) == "ro"
    assert bool(document.Root.ViewerPreferences.DisplayDocTitle)


def test_the_pdf_claims_ua_1(document):
    with document.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"].startswith("Evaluarea Strategiei")


def test_the_structure_begins_with_the_document_and_knows_headings(tags):
    kinds = [str(tag.S) for tag in tags]
    assert kinds[0] == "/Document"
    assert kinds.count("/H1") == 5  # the title and four chapters
    assert "/H2" in kinds and "/Caption" in kinds


def test_every_header_cell_has_a_scope(tags):
    heads = [tag for tag in tags if tag.S == "/TH"]
    scopes = {str(attribute.Scope) for tag in heads for attribute in attributes(tag) if "/Scope" in attribute}
    assert scopes == {"/Column", "/Row"}
    assert all(any("/Scope" in attribute for attribute in attributes(tag)) for tag in heads)


def attributes(tag):
    found = tag.get("/A", [])
    return list(found) if isinstance(found, pikepdf.Array) else [found]


def test_every_table_is_tagged_with_its_caption(tags):
    # a table that runs over pages is tagged once a page; its caption stands in the first part only
    tables = [tag for tag in tags if tag.S == "/Table"]
    assert sum(any(kid.S == "/Caption" for kid in walk(table)) for table in tables) == 4


def test_every_figure_has_its_alternative(tags):
    figures = [tag for tag in tags if tag.S == "/Figure"]
    assert figures and all(str(tag.get("/Alt", "")).startswith("Grafic cu linie") for tag in figures)


def test_every_link_has_a_description(document):
    links = [one for page in document.pages for one in page.get("/Annots", []) if one.Subtype == "/Link"]
    assert links and all(str(one.get("/Contents", "")).strip() for one in links)


def test_bookmarks_name_the_chapters(document):
    with document.open_outline() as outline:
        titles = [" ".join(one.title.split()) for one in outline.root]
    assert "3 Contextul și valorile de referință" in titles and "Anexa A Registrul cifrelor" in titles


def test_dates_are_those_of_the_report(document):
    assert str(document.docinfo["/CreationDate"]).startswith("D:20260630")
    assert str(document.docinfo["/ModDate"]).startswith("D:20260630")


def test_every_font_is_embedded(content, tmp_path):
    if not shutil.which("pdffonts"):
        pytest.skip("pdffonts (Debian package poppler-utils) is not installed")
    file = tmp_path / "report.pdf"
    file.write_bytes(content)
    lines = subprocess.run(
        ["pdffonts", str(file)], capture_output=True, text=True, check=True
    ).stdout.splitlines()[2:]
    assert lines and all(re.search(r"\s(yes)\s+(yes|no)\s+(yes|no)\s+\d+\s+\d+$", line) for line in lines)
    assert all("Kit-S" in line for line in lines)


def test_pages_are_counted_in_the_language_of_the_report(content, document):
    pages = len(document.pages)
    assert f"pagina 2 din {pages}" in text_of(content)


def test_the_contents_name_the_page_of_a_chapter(content):
    found = re.search(r"Rezumat(?: \.)*\s+(\d+)", text_of(content, "-layout", "-f", "2", "-l", "2"))
    assert found
    page = found[1]
    assert "Rezumat" in text_of(content, "-f", page, "-l", page)


def test_the_mark_of_invented_data_is_on_every_page(content, document):
    pages = text_of(content).split("\f")[: len(document.pages)]
    assert all("DATE SINTETICE" in page for page in pages)


def test_romanian_letters_survive(content):
    assert "județe" in text_of(content)


def test_the_data_of_a_figure_are_printed(content):
    assert "Tabelul 3.2." in re.sub(r"\s+", " ", text_of(content))


def test_the_same_page_gives_the_same_bytes_in_another_process(html, content, tmp_path):
    (tmp_path / "page.html").write_text(html, encoding="utf-8")
    code = (
        "import sys; from pathlib import Path; from evaluation.reporting.page import build_pdf; folder = Path(sys.argv[1]);"
        "html = (folder / 'page.html').read_text(encoding='utf-8');"
        "(folder / 'p.pdf').write_bytes(build_pdf(html, date_iso='2026-06-30', language='ro'))"
    )
    subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)],
        check=True,
        env={"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "PATH": ""},
    )
    assert (tmp_path / "p.pdf").read_bytes() == content


@pytest.mark.parametrize("vector", ["<img src='file:///etc/hostname' alt='x'>", "<img src='https://example.org/x.png' alt='x'>",
                                    "<link rel='stylesheet' href='file:///etc/hostname'>"])  # fmt: skip
def test_nothing_outside_the_page_is_read(vector):
    page = f'<!DOCTYPE html><html lang="ro"><head><title>t</title></head><body>{vector}<p>a</p></body></html>'
    with pytest.raises(ReportError, match="outside itself"):
        build_pdf(page, date_iso="2026-06-30", language="ro")


def test_a_page_in_the_other_language_is_refused(html):
    with pytest.raises(ReportError, match="does not declare the language en"):
        build_pdf(html, date_iso="2026-06-30", language="en")


def test_without_pango_the_message_names_the_debian_packages(html, monkeypatch):
    def missing(name, *rest):
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return original(name, *rest)

    original = __import__
    monkeypatch.setattr("builtins.__import__", missing)
    with pytest.raises(ReportError, match=re.escape(pdf_module.PACKAGES)):
        build_pdf(html, date_iso="2026-06-30", language="ro")
