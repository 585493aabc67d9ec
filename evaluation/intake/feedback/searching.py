"""A search for traces in files of every kind: bytes in several encodings, parts of archives, texts of pages."""

import gzip
import hashlib
import html
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from evaluation.intake.feedback.pdf_text import pdf_parts

ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "cp1250", "iso-8859-2", "iso-8859-16")
_TAG = re.compile(r"<[^<>]{0,2000}>")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_SIGNS = bytes(one for one in range(128) if not chr(one).isalnum())
_WIDE_SIGNS = re.compile(rb"\xc2[\x80-\xbf]|\xe2[\x80\x81][\x80-\xbf]")
"""Signs beyond ASCII: controls and Latin-1 signs, dashes, quotes and blanks of U+2000 to U+207F."""
_NO_TEXT = (
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"%PDF",
    b"PAR1",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"wOFF",
    b"wOF2",
    b"\0\1\0\0",
    b"OTTO",
)
_OFTEN = 5
_DEEPEST = 4
_LEAST_SIGNS = 8
"""As many as the code of a card has; fewer would be found by chance."""
_MOST_BYTES = 500_000_000
_PARQUET = b"PAR1"


@dataclass(frozen=True, slots=True)
class Searched:
    """Which files hold a trace, which could not be opened, and how many bytes were looked through."""

    hits: tuple[Path, ...]
    unreadable: tuple[Path, ...]
    files: int
    read_bytes: int


class Traces:
    """What is searched for; it never prints it."""

    def __init__(self, texts: Iterable[str]) -> None:
        told = {one for one in texts if one}
        self._bytes = tuple(
            {one.encode(encoding, "ignore") for one in told for encoding in ENCODINGS if _fits(one, encoding)}
        )
        self._squeezed = tuple(found for one in told if len(found := squeeze(one)) >= _LEAST_SIGNS)
        self._seen: dict[bytes, bool] = {}

    def __repr__(self) -> str:
        return f"Traces({len(self._squeezed)}, not shown)"

    def are_in(self, content: bytes) -> bool:
        """True for a file's content that holds a trace anywhere, opened; content seen before is not opened again."""
        digest = hashlib.sha256(content).digest()
        if digest not in self._seen:
            self._seen[digest] = any(self.in_bytes(part) for part in _parts(content))
        return self._seen[digest]

    def in_bytes(self, content: bytes) -> bool:
        """True for content that holds a trace as it stands, or as letters and digits of its text.

        What is packed or drawn has no text of its own, so that only its bytes as they stand are looked at.
        """
        if any(one in content for one in self._bytes):
            return True
        if content.startswith(_NO_TEXT):
            return False
        return any(one in text for text in _texts(content) for one in self._squeezed)

    def in_text(self, text: str) -> bool:
        """True for a text that holds a trace, whatever blanks, signs and capitals stand between."""
        told = squeeze(text)
        return any(one in told for one in self._squeezed)


def search_files(paths: Iterable[Path], traces: Traces) -> Searched:
    """Every file with a trace in its name, its bytes, its parts when it is an archive, or its words when it is a PDF."""
    hits, unreadable, files, size = [], [], 0, 0
    for path in paths:
        files += 1
        if traces.in_text(path.name):
            hits.append(path)
            continue
        try:
            content = path.read_bytes()
            size += len(content)
            found = traces.are_in(content)
        except Exception:  # whatever a damaged or locked file raises: it was not searched, and that is said
            unreadable.append(path)
            continue
        if found:
            hits.append(path)
    return Searched(tuple(hits), tuple(unreadable), files, size)


def _parts(content: bytes, depth: int = 0) -> Iterator[bytes]:
    """The content itself and, opened, everything packed in it."""
    yield content
    if depth >= _DEEPEST:
        raise ValueError("packed too deep")
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(one.file_size for one in archive.infolist()) > _MOST_BYTES:
                raise ValueError("too large")
            for one in archive.infolist():
                yield f"{one.filename} {one.comment!r}".encode()
                yield from _parts(archive.read(one), depth + 1)
    elif content.startswith(b"\x1f\x8b"):
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as packed:
            inner = packed.read(_MOST_BYTES + 1)
        if len(inner) > _MOST_BYTES:
            raise ValueError("too large")
        yield from _parts(inner, depth + 1)
    elif content.startswith(b"%PDF"):
        for part in pdf_parts(content):
            yield from _parts(part, depth + 1)
    elif content.startswith(_PARQUET):
        yield from _parquet_parts(content)


def _parquet_parts(content: bytes) -> Iterator[bytes]:
    import pyarrow.parquet as pq

    table = pq.read_table(io.BytesIO(content))
    for name in table.column_names:
        yield "\n".join(str(one) for one in table[name].to_pylist()).encode("utf-8", "replace")


def _texts(content: bytes) -> Iterator[bytes]:
    """The letters and digits of the content: as it stands, without tags, with entities and escapes resolved."""
    for found in _decoded(content):
        text = _ESCAPE.sub(lambda hit: chr(int(hit[1], 16)), found)
        yield squeeze(text.replace("\\n", "\n").replace("\\t", "\t"))
        if "<" in text or "&" in text:
            yield squeeze(html.unescape(_TAG.sub("", text)))


def _decoded(content: bytes) -> Iterator[str]:
    """The content as text: UTF-8 where it is valid, else the older encodings; UTF-16 where every other byte is empty."""
    if content.count(0) > len(content) // _OFTEN:
        yield content.decode("utf-16-le", "ignore")
        yield content.decode("utf-16-be", "ignore")
    try:
        yield content.decode("utf-8")
    except UnicodeDecodeError:
        yield content.decode("utf-8", "ignore")
        yield content.decode("cp1250", "ignore")
        yield content.decode("iso-8859-16", "ignore")


def squeeze(text: str) -> bytes:
    """The letters and digits of a text in small letters, as UTF-8; deleting bytes is the fastest way there.

    >>> squeeze("2BCD-FGH7"), squeeze("M-au\\nascultat „bine”.")
    (b'2bcdfgh7', b'mauascultatbine')
    """
    told = unicodedata.normalize("NFKC", text).casefold().encode("utf-8", "ignore").translate(None, _SIGNS)
    return _WIDE_SIGNS.sub(b"", told) if not told.isascii() else told


def _fits(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
