"""A trace is found however it is written, packed or laid out, and a file that cannot be opened is told, not passed over."""

import gzip
import io
import json
import zipfile

import pytest
from openpyxl import Workbook

from evaluation.intake.feedback.searching import Traces, search_files

TRACE = "aș vrea să mă întorc la școală"
MARKS = Traces([TRACE, "2BCD-FGH7"])


def packed(content, name="part.xml"):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return buffer.getvalue()


def workbook(text):
    book, buffer = Workbook(), io.BytesIO()
    book.active.append([text])
    book.save(buffer)
    return buffer.getvalue()


def pdf(text):
    from evaluation.reporting.page.pdf import build_pdf

    page = f'<!DOCTYPE html><html lang="ro"><head><title>x</title></head><body><p>{text}</p></body></html>'
    return build_pdf(page, date_iso="2024-01-01", language="ro")


def parquet(text):
    import pyarrow as pa
    import pyarrow.parquet as pq

    buffer = io.BytesIO()
    pq.write_table(pa.table({"a": [text]}), buffer, compression="zstd")
    return buffer.getvalue()


WAYS = {
    "utf-8": TRACE.encode(),
    "utf-16": TRACE.encode("utf-16"),
    "utf-16-le": TRACE.encode("utf-16-le"),
    "utf-16-be": TRACE.encode("utf-16-be"),
    "iso-8859-16": TRACE.encode("iso-8859-16"),
    "cedillas": TRACE.translate(str.maketrans("ș", "\u015f")).encode("cp1250"),
    "json": json.dumps({"a": TRACE}).encode(),
    "entities": b"a&#537; vrea s&#259; m&#259; &icirc;ntorc la &#537;coal&#259;",
    "tags": "<p>aș <b>vr</b>ea să mă <i>întorc</i>\n la școală</p>".encode(),
    "lines": "aș vrea\n   să mă  întorc\tla școală".encode(),
    "capitals": TRACE.upper().encode(),
    "gz": gzip.compress(TRACE.encode()),
    "zip": packed(TRACE.encode()),
    "zip in zip": packed(packed(TRACE.encode()), "inner.zip"),
    "name in zip": packed(b"", "2bcd-fgh7.txt"),
    "xlsx": workbook(TRACE),
    "pdf": pdf(TRACE),
    "parquet": parquet(TRACE),
    "code without hyphen": b"card 2bcd fgh7",
}


@pytest.mark.parametrize("way", WAYS)
def test_a_trace_is_found_in_every_way_of_keeping_it(tmp_path, way):
    path = tmp_path / "file"
    path.write_bytes(WAYS[way])
    searched = search_files([path], MARKS)
    assert (searched.hits, searched.unreadable) == ((path,), ())
    assert searched.read_bytes == len(WAYS[way])


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"nothing",
        workbook("altceva"),
        pdf("altceva"),
        parquet("altceva"),
        packed(b"x"),
        gzip.compress(b"x", mtime=0),
    ],
)
def test_other_content_is_no_hit(tmp_path, content):
    path = tmp_path / "file"
    path.write_bytes(content)
    searched = search_files([path], MARKS)
    assert (searched.hits, searched.unreadable) == ((), ())


def test_a_name_of_a_file_counts(tmp_path):
    path = tmp_path / "card_2bcdfgh7.txt"
    path.touch()
    assert search_files([path], MARKS).hits == (path,)


@pytest.mark.parametrize("content", [b"PK\x03\x04broken", b"\x1f\x8bbroken", b"%PDF-broken", b"PAR1broken"])
def test_what_cannot_be_opened_is_told(tmp_path, content):
    path = tmp_path / "file"
    path.write_bytes(content)
    assert search_files([path], MARKS).unreadable == (path,)


def test_traces_are_not_printed():
    assert "2BCD" not in repr(MARKS) and "vrea" not in repr(MARKS)
