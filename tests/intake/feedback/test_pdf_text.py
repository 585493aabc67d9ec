"""The words of a PDF wherever it keeps them: drawn, drawn through another content, spoken, packed, or taken out later."""

import io
import zlib

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String
from pypdf import PdfReader

from evaluation.intake.feedback.pdf_text import pdf_parts
from evaluation.intake.feedback.searching import Traces, squeeze

TRACE = "aș vrea să mă întorc la școală"
MARKS = Traces([TRACE])
BARE = b"BT /F1 12 Tf 20 100 Td <%s> Tj ET"


def saved(file):
    buffer = io.BytesIO()
    file.save(buffer, compress_streams=True, deterministic_id=True)
    return buffer.getvalue()


def page_of(file, drawn, fonts, **more):
    """A page that draws the content with the fonts."""
    resources = Dictionary(Font=fonts, **more)
    page = Dictionary(
        Type=Name.Page, MediaBox=[0, 0, 300, 200], Resources=resources, Contents=file.make_stream(drawn)
    )
    file.pages.append(pikepdf.Page(file.make_indirect(page)))


def wide_font(file, table):
    """A font of two-byte codes that stand for nothing but what its table says."""
    inner = Dictionary(Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name.Probe)
    return file.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.Type0, BaseFont=Name.Probe, Encoding=Name("/Identity-H"),
            DescendantFonts=Array([file.make_indirect(inner)]), ToUnicode=file.make_stream(table),
        )
    )  # fmt: skip


def plain_font(letters):
    """A font of one-byte codes, from 1 on, each for a letter that only its list of names tells."""
    names = {"ș": "scommaaccent", "ă": "abreve", "î": "icircumflex", " ": "space"}
    differences = [1, *(Name(f"/{names.get(one, one)}") for one in letters)]
    encoding = Dictionary(Type=Name.Encoding, Differences=Array(differences))
    return Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=encoding)


def codes(text, letters, width):
    return b"".join(b"%0*x" % (2 * width, letters.index(one) + 1) for one in text)


LETTERS = "".join(dict.fromkeys(TRACE))
ONE_BY_ONE = b"%d beginbfchar\n%s\nendbfchar" % (
    len(LETTERS), b"\n".join(b"<%04x> <%04x>" % (n, ord(one)) for n, one in enumerate(LETTERS, 1)),
)  # fmt: skip
IN_A_LIST = b"1 beginbfrange\n<0001> <%04x> [%s]\nendbfrange" % (
    len(LETTERS), b" ".join(b"<%04x>" % ord(one) for one in LETTERS),
)  # fmt: skip


def drawn_wide(table):
    file = Pdf.new()
    page_of(file, BARE % codes(TRACE, LETTERS, 2), Dictionary(F1=wide_font(file, table)))
    return saved(file)


def drawn_plain():
    """Only the second program knows the names of letters."""
    file = Pdf.new()
    page_of(file, BARE % codes(TRACE, LETTERS, 1), Dictionary(F1=plain_font(LETTERS)))
    return saved(file)


def drawn_inside():
    """The first half on the page, the second in a content that it draws; the font of the page comes back after Q."""
    file = Pdf.new()
    font = wide_font(file, ONE_BY_ONE)
    half = len(TRACE) // 2
    inner = file.make_stream(
        BARE % codes(TRACE[half:-3], LETTERS, 2),
        Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 300, 200], Resources=Dictionary(Font=Dictionary(F1=font)),
    )  # fmt: skip
    drawn = b"BT /F1 12 Tf [<%s> -20 <%s>] TJ q /F2 9 Tf Q ET /X1 Do BT <%s> Tj ET" % (
        codes(TRACE[:4], LETTERS, 2), codes(TRACE[4:half], LETTERS, 2), codes(TRACE[-3:], LETTERS, 2),
    )  # fmt: skip
    page_of(file, drawn, Dictionary(F1=font), XObject=Dictionary(X1=inner))
    return saved(file)


def spoken():
    file = Pdf.new()
    told = b"feff" + TRACE.encode("utf-16-be").hex().encode()
    page_of(file, b"/Span << /ActualText <%s> >> BDC EMC" % told, Dictionary())
    return saved(file)


def title():
    file = Pdf.new()
    page_of(file, b"", Dictionary())
    file.docinfo["/Title"] = TRACE
    return saved(file)


def note():
    file = Pdf.new()
    page_of(file, b"", Dictionary())
    told = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[0, 0, 9, 9], Contents=String(TRACE))
    file.pages[0].Annots = Array([file.make_indirect(told)])
    return saved(file)


def attached():
    file = Pdf.new()
    page_of(file, b"", Dictionary())
    file.attachments["a.bin"] = zlib.compress(b"x" * 99) + TRACE.encode("utf-16-le")
    return saved(file)


def taken_out_later():
    """A stream with the trace; a later step replaces it by an empty one."""
    packed = zlib.compress(TRACE.encode())
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Note 4 0 R >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed),
    ]
    content, places = b"%PDF-1.7\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    first = len(content)
    rows = b"".join(b"%010d 00000 n \n" % one for one in places)
    content += b"xref\n0 5\n0000000000 65535 f \n" + rows
    content += b"trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % first
    empty = len(content)
    content += b"4 0 obj\n<< /Length 0 >>\nstream\n\nendstream\nendobj\n"
    second = len(content)
    content += b"xref\n4 1\n%010d 00000 n \ntrailer\n<< /Size 5 /Root 1 0 R /Prev %d >>\n" % (empty, first)
    return content + b"startxref\n%d\n%%%%EOF\n" % second


WAYS = {
    "one by one": drawn_wide(ONE_BY_ONE), "in a list": drawn_wide(IN_A_LIST), "by names of letters": drawn_plain(),
    "inside another content": drawn_inside(), "spoken": spoken(), "title": title(), "note": note(),
    "attached": attached(), "taken out later": taken_out_later(),
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_a_trace_in_a_pdf_is_found_wherever_it_is_kept(way):
    assert TRACE.encode() not in WAYS[way]
    assert Traces([TRACE]).are_in(WAYS[way])
    assert not Traces(["cu totul altceva, nicăieri scris"]).are_in(WAYS[way])


def test_a_range_counts_on_from_its_first_letter():
    file = Pdf.new()
    font = wide_font(file, b"1 beginbfrange\n<0010> <001a> <0061>\nendbfrange")
    page_of(file, BARE % b"0010001100120019", Dictionary(F1=font))
    # 0x10 is a, so 0x11 b, 0x12 c and 0x19 the tenth letter, j
    assert next(pdf_parts(saved(file))) == b"abcj"


def test_a_page_without_a_readable_font_does_not_hide_the_next():
    file = Pdf.new()
    page_of(file, BARE % codes("altfel", "altfe", 1), Dictionary(F1=plain_font("altfe")))
    page_of(file, BARE % codes(TRACE, LETTERS, 2), Dictionary(F1=wide_font(file, ONE_BY_ONE)))
    words = next(pdf_parts(saved(file))).decode()
    assert squeeze(words) == squeeze("altfel" + TRACE)


def test_a_page_of_the_kit_reads_as_in_another_program():
    from evaluation.reporting.page.pdf import build_pdf

    body = "<h1>Titlu: „fi” și fluviu</h1>" + "".join(
        f"<p>{TRACE}, <b>a {one}-a</b> oară: țigănuș, șofer, ÎNCĂ, œuvre, 5 × 4.</p>" for one in range(90)
    )
    page = (
        f'<!DOCTYPE html><html lang="ro"><head><title>x</title></head><body><main>{body}</main></body></html>'
    )
    made = build_pdf(page, date_iso="2024-01-01", language="ro")
    pages = PdfReader(io.BytesIO(made)).pages
    assert len(pages) > 1
    assert squeeze(next(pdf_parts(made)).decode()) == squeeze("\n".join(one.extract_text() for one in pages))
