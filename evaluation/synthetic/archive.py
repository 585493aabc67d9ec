"""Office files with the same bytes for the same content, and CSV text."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence

OLDEST = (1980, 1, 1, 0, 0, 0)
_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:)")


def fix_archive(content: bytes, *, date: str = "2024-01-01T00:00:00Z") -> bytes:
    """The archive rewritten in the order of the names, with one date for the members and for the properties."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(buffer, "w") as target:
        for name in sorted(source.namelist(), key=lambda one: (one != "[Content_Types].xml", one)):
            info = zipfile.ZipInfo(name, OLDEST)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3
            part = source.read(name)
            if name == "docProps/core.xml":
                part = _STAMP.sub(rb"\g<1>" + date.encode() + rb"\g<2>", part)
            target.writestr(info, part, compresslevel=9)
    return buffer.getvalue()


def make_csv(header: Sequence[str], rows: Iterable[Sequence[object]], *, delimiter: str = ",") -> str:
    """The rows as CSV text with plain line ends; nothing is an empty cell."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(["" if cell is None else cell for cell in row] for row in rows)
    return buffer.getvalue()
