"""Zip archives (DOCX) with the same bytes for the same content."""

import io
import zipfile
from collections.abc import Mapping

CONTENT_TYPES = "[Content_Types].xml"
NO_PROGRAM = {
    "docProps/app.xml": b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
}
OLDEST = (1980, 1, 1, 0, 0, 0)


def same_bytes(archive: bytes, *, changes: Mapping[str, bytes]) -> bytes:
    """The archive rewritten in the order of the names, with one fixed date, and some members replaced."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as source, zipfile.ZipFile(buffer, "w") as target:
        names = sorted(source.namelist(), key=lambda name: (name != CONTENT_TYPES, name))
        for name in names:
            info = zipfile.ZipInfo(name, OLDEST)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3
            target.writestr(info, changes.get(name) or source.read(name), compresslevel=9)
    return buffer.getvalue()
