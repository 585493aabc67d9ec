"""Text files with delimiters: the encoding by evidence, the delimiter by agreement of the lines, all cells as text."""

import csv
import re
from collections import Counter
from io import StringIO

from evaluation.intake.returns.plain import TEXT, PlainBook, RefusedError

DELIMITERS = ";,\t|"
_SAMPLE_LINES = 60


def read_delimited(data: bytes, book: PlainBook) -> None:
    """One sheet named ``csv``; nothing is read as a number here, because "3,5" and "007" must stay what they are."""
    text, encoding = decode(data)
    if encoding not in ("utf-8", "utf-8-sig"):
        book.properties.add(encoding)
    longest = int(book.limits["line_characters"])
    if re.search(rf"[^\n\r]{{{longest}}}", text):
        raise RefusedError("csv_line")
    sheet = book.sheet("csv", hidden=False)
    csv.field_size_limit(100_000)
    try:
        for row, fields in enumerate(
            csv.reader(StringIO(text, newline=""), delimiter=delimiter_of(text)), start=1
        ):
            for column, field in enumerate(fields, start=1):
                if field and (place := book.text(field)) is not None:
                    sheet.add(row, column, TEXT, place)
    except csv.Error:
        raise RefusedError("csv_line") from None
    if not sheet.rows:
        raise RefusedError("file_empty")


def decode(data: bytes) -> tuple[str, str]:
    """The text and its encoding: by byte-order mark, else UTF-8 if it is valid, else a Central European one.

    Windows-1250 and ISO 8859-2 and -16 share the places of the Romanian letters; they differ in quotes and dashes.
    """
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _decoded(data, "utf-16"), "utf-16"
    if data.startswith(b"\xef\xbb\xbf"):
        return _decoded(data, "utf-8-sig"), "utf-8-sig"
    if b"\0" in data:
        raise RefusedError("file_not_as_named")
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    if not re.search(rb"[\x80-\x9f]", data):
        quoted = re.search(rb"\xa5[^\xa5\xb5]{1,200}\xb5", data)
        encoding = "iso-8859-16" if quoted else "cp1250"
        return _decoded(data, encoding), encoding
    return _decoded(data, "cp1250"), "cp1250"


def delimiter_of(text: str) -> str:
    """The delimiter under which most of the first lines have the same number of fields, at least two.

    >>> delimiter_of("a;b\\n1,5;2\\n"), repr(delimiter_of("a\\tb\\n1\\t2")), delimiter_of("one column")
    (';', "'\\\\t'", ';')
    """
    lines = "\n".join(text[:200_000].splitlines()[:_SAMPLE_LINES])
    best, found = (0, 0), ";"
    for delimiter in DELIMITERS:
        try:
            widths = [
                len(row) for row in csv.reader(StringIO(lines, newline=""), delimiter=delimiter) if any(row)
            ]
        except csv.Error:
            continue
        width, agreeing = Counter(widths).most_common(1)[0] if widths else (0, 0)
        if width > 1 and (agreeing, width) > best:
            best, found = (agreeing, width), delimiter
    return found


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeError:
        raise RefusedError("csv_encoding") from None
