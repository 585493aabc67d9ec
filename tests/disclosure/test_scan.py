"""The release scan finds personal and machine traces, and says where without saying what."""

import base64
import io
import struct
import zipfile
import zlib

import pytest

from evaluation.core.errors import DisclosureError
from evaluation.disclosure.policy import load_allowed
from evaluation.disclosure.scan import scan_file, scan_text

ALLOWED = load_allowed()
# Invented: 1 630615 12 345 with check digit 7 is the example in the description of the CNP.
CNP = "1630615123457"


def _kinds(text: str) -> set[str]:
    return {leak.kind for leak in scan_text(text, where="t", allowed=ALLOWED)}


def test_a_cnp_is_found_by_date_and_check_digit():
    assert _kinds(f"CNP {CNP}.") == {"cnp"}


@pytest.mark.parametrize("number", ["1630615123458", "1632215123457", "9999999999999"])
def test_thirteen_digits_that_are_no_cnp_are_left(number):
    assert "cnp" not in _kinds(f"no. {number}")


@pytest.mark.parametrize(
    "number",
    ["0721 123 456", "0721.123.456", "+40 721 123 456", "0040721123456", "021 312 34 56", "(0256) 123 456"],
)
def test_romanian_telephone_numbers_are_found(number):
    assert _kinds(f"tel. {number}") == {"phone"}


@pytest.mark.parametrize("number", ["0800 800 678", "+40 800 800 678", "116 111", "119"])
def test_public_helplines_are_left(number):
    assert _kinds(f"tel. {number}") == set()


@pytest.mark.parametrize(
    "text", ["0.7211234561", "p = 0,0721123456", "1 234 567", "2024-2028", "a0721123456f"]
)
def test_other_numbers_are_no_telephones(text):
    assert _kinds(text) == set()


def test_addresses_are_found_and_those_of_examples_left():
    assert _kinds("ion@posta.ro") == {"email"}
    assert _kinds("ion@example.org") == set()


def test_an_iban_is_found_by_its_check_digits():
    # RO49 AAAA 1B31 0075 9384 0000 is the example in the IBAN registry.
    assert _kinds("cont RO49 AAAA 1B31 0075 9384 0000 la") == {"iban"}
    assert _kinds("cont RO48 AAAA 1B31 0075 9384 0000 la") == set()


@pytest.mark.parametrize("text", ["/var/lib/x", "file:///x", "C:\\date\\x"])
def test_absolute_paths_are_found(text):
    assert _kinds(f'"{text}"') == {"path"}


def test_home_folders_show_a_user():
    assert _kinds("/home/ion/x") == {"path", "user"}


@pytest.mark.parametrize("text", ["https://example.org/home/x", "și/sau", "<a href='#t1'>", "data_raw/x.csv"])
def test_addresses_and_relative_paths_are_left(text):
    assert _kinds(text) == set()


def test_a_leak_says_where_and_never_what():
    (leak,) = scan_text(f"a\nb {CNP}", where="page.html", allowed=ALLOWED)
    assert (leak.file, leak.place) == ("page.html", "line 2")
    assert CNP not in repr(leak)


def _png(text: bytes) -> bytes:
    chunks = [(b"IHDR", bytes(13)), (b"zTXt", b"Comment\0\0" + zlib.compress(text)), (b"IEND", b"")]
    body = b"".join(struct.pack(">I", len(d)) + k + d + bytes(4) for k, d in chunks)
    return b"\x89PNG\r\n\x1a\n" + body


def test_words_split_by_tags_and_pictures_inside_pages_are_read(tmp_path):
    page = tmp_path / "p.html"
    page.write_text(f"<p>{CNP[:5]}<b>{CNP[5:]}</b></p>", encoding="utf-8")
    assert {leak.kind for leak in scan_file(page)} == {"cnp"}
    picture = base64.b64encode(_png(b"ion@posta.ro")).decode()
    page.write_text(f'<img src="data:image/png;base64,{picture}">', encoding="utf-8")
    assert {leak.kind for leak in scan_file(page)} == {"email"}


def test_neighbouring_table_cells_are_not_read_as_one_number(tmp_path):
    page = tmp_path / "p.html"
    page.write_text(f"<tr><td>{CNP[:5]}</td><td>{CNP[5:]}</td></tr>", encoding="utf-8")
    assert scan_file(page) == []


def test_the_text_of_a_picture_is_read(tmp_path):
    path = tmp_path / "p.png"
    path.write_bytes(_png(b"/home/ion/x"))
    assert {leak.kind for leak in scan_file(path)} == {"path", "user"}


def test_parts_and_properties_of_office_files_are_read(tmp_path):
    from docx import Document

    document = Document()
    paragraph = document.add_paragraph("cod ")
    paragraph.add_run(CNP[:6])
    paragraph.add_run(CNP[6:])
    document.core_properties.author = "ion@posta.ro"
    path = tmp_path / "r.docx"
    document.save(path)
    found = {(leak.kind, leak.place.split(",")[0]) for leak in scan_file(path)}
    assert ("cnp", "part word/document.xml text") in found
    assert ("email", "part docProps/core.xml") in found


def test_a_number_in_a_workbook_is_read(tmp_path):
    path = tmp_path / "r.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/worksheets/sheet1.xml", f'<c r="A1"><v>{CNP}</v></c>')
    assert {leak.kind for leak in scan_file(path)} == {"cnp"}


def test_text_and_properties_of_a_pdf_are_read(tmp_path):
    from pypdf import PdfWriter
    from weasyprint import HTML

    content = io.BytesIO(HTML(string=f"<p>cod {CNP}</p>").write_pdf())
    writer = PdfWriter(clone_from=content)
    writer.add_metadata({"/Author": "ion@posta.ro"})
    path = tmp_path / "r.pdf"
    writer.write(path)
    assert {(leak.kind, leak.place.split(",")[0]) for leak in scan_file(path)} == {
        ("cnp", "page 1"),
        ("email", "properties"),
    }


def test_a_file_that_cannot_be_read_is_refused(tmp_path):
    path = tmp_path / "r.docx"
    path.write_bytes(b"no archive")
    with pytest.raises(DisclosureError, match=r"r\.docx"):
        scan_file(path)


def test_figures_side_by_side_in_a_table_are_not_a_national_number():
    # Year, victims and population of one row: thirteen digits that happen to have a valid check digit.
    assert _kinds("2010 1.154 20.294.683 5,69") == set()
