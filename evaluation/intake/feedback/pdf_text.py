"""A PDF opened for a search: the words drawn on its pages, the strings of its objects, and its streams unpacked."""

import io
import re
import zlib
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from sys import byteorder
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pikepdf
    from pypdf import PdfReader

_DRAWN = "Tf Tj TJ ' \" Do q Q BDC DP"
"""What chooses a font, draws text, draws another content, keeps and restores a font, or carries a text for readers."""
_SPOKEN = ("/ActualText", "/Alt", "/E")
_DEEPEST = 6
_CODES = 65_536
_BLOCK = re.compile(rb"begin(bfchar|bfrange)(.*?)endbf(?:char|range)", re.DOTALL)
_WORD = re.compile(rb"<([0-9A-Fa-f\s]*)>|([\[\]])")
_STRING = re.compile(rb"\((?:[^\\()]|\\.)*\)|<[0-9a-fA-F]+>", re.DOTALL)
"""A string as qpdf writes it: brackets in it are escaped."""
_STREAM = re.compile(rb"stream\r?\n")
_NO_WORDS = ("/Image", "/XRef", "/ObjStm")
"""Pixels, and the packing of objects that are looked at one by one."""


def pdf_parts(content: bytes) -> Iterator[bytes]:
    """Everything in a PDF that may hold words; a page that cannot be read here is read by a second program.

    First the words of all pages in the order in which they are drawn, without blanks between them; then the strings of
    all objects (titles, notes, fields, descriptions); then every stream but pixels. A file that was saved in steps
    keeps what was taken out of it: its older streams are unpacked as they lie.
    """
    import pikepdf

    second = _Second(content)
    try:
        with pikepdf.open(io.BytesIO(content)) as file:
            parts = [_words(file, second), *_objects(file)]
    except pikepdf.PdfError:
        parts = [second.words(), *_as_they_lie(content)]
    yield from parts
    if content.count(b"startxref") > 1:
        yield from _as_they_lie(content)


class _UnreadFontError(Exception):
    """A font whose codes do not say which letters they stand for."""


class _Second:
    """The same file in a slower program that knows more kinds of fonts."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    @cached_property
    def _reader(self) -> "PdfReader":
        from pypdf import PdfReader

        return PdfReader(io.BytesIO(self._content))

    def page(self, place: int) -> str:
        return str(self._reader.pages[place].extract_text())

    def words(self) -> bytes:
        return "\n".join(one.extract_text() for one in self._reader.pages).encode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class _Font:
    """The letters of each code of one or two bytes; a code of one byte without letters stands for some all the same."""

    width: int
    letters: Mapping[int, str]

    def read(self, drawn: bytes) -> str:
        if self.width == 1:
            if any(one not in self.letters for one in drawn):
                raise _UnreadFontError
            return "".join([self.letters[one] for one in drawn])
        codes = array("H", drawn[: len(drawn) // 2 * 2])
        if byteorder == "little":
            codes.byteswap()
        return "".join([self.letters.get(one, "") for one in codes])


class _Reader:
    """Reads the words of pages; the fonts of a file are read once."""

    def __init__(self) -> None:
        self._fonts: dict[tuple[int, int], _Font] = {}

    def read(
        self, drawn: "pikepdf.Page | pikepdf.Object", resources: "pikepdf.Object", depth: int = 0
    ) -> str:
        """The words of a page, or of a content that is drawn on one, in their order."""
        import pikepdf

        told: list[str] = []
        font: _Font | str | None = None
        kept: list[_Font | str | None] = []
        for operands, operator in pikepdf.parse_content_stream(drawn, _DRAWN):
            sign = str(operator)
            if sign == "Tf":
                font = str(operands[0])
            elif sign == "q":
                kept.append(font)
            elif sign == "Q":
                font = kept.pop() if kept else None
            elif sign == "Do":
                told.append(self._inner(resources, str(operands[0]), depth))
            elif sign in ("BDC", "DP"):
                told += _spoken(operands[1])
            elif text := _bytes_of(operands):
                font = self._font(resources, font) if isinstance(font, str) else font
                if font is None:
                    raise _UnreadFontError
                told.append(font.read(text))
        return "".join(told)

    def _inner(self, resources: "pikepdf.Object", name: str, depth: int) -> str:
        inner = resources.get("/XObject", {}).get(name)
        if inner is None or inner.get("/Subtype") != "/Form":
            return ""
        if depth >= _DEEPEST:
            raise _UnreadFontError
        return self.read(inner, inner.get("/Resources", resources), depth + 1)

    def _font(self, resources: "pikepdf.Object", name: str) -> _Font:
        font = resources.get("/Font", {}).get(name)
        if font is None:
            raise _UnreadFontError
        place = font.objgen
        if place == (0, 0):
            return _font_of(font)
        if place not in self._fonts:
            self._fonts[place] = _font_of(font)
        return self._fonts[place]


def _font_of(font: "pikepdf.Object") -> _Font:
    """The font with its own table of letters; without one, or with codes of changing length, it is not read here."""
    import pikepdf

    table = font.get("/ToUnicode")
    if not isinstance(table, pikepdf.Stream):
        raise _UnreadFontError
    wide = font.get("/Subtype") == "/Type0"
    if wide and str(font.get("/Encoding")) not in ("/Identity-H", "/Identity-V"):
        raise _UnreadFontError
    return _Font(2 if wide else 1, _letters(table.read_bytes()))


def _letters(table: bytes) -> dict[int, str]:
    """The letters of each code that a font's table lists, one by one or in ranges."""
    found: dict[int, str] = {}
    if b"usecmap" in table:
        raise _UnreadFontError
    for kind, block in _BLOCK.findall(table):
        words = [bracket or bytes.fromhex(told.decode()) for told, bracket in _WORD.findall(block)]
        if kind == b"bfchar":
            found |= {_code(one): _text(told) for one, told in zip(words[::2], words[1::2], strict=False)}
        else:
            found |= _ranges(iter(words))
    return found


def _ranges(words: Iterator[bytes]) -> dict[int, str]:
    found: dict[int, str] = {}
    for first in words:
        start, end, told = _code(first), _code(next(words)), next(words)
        if end - start >= _CODES:
            raise _UnreadFontError
        if told == b"[":
            told_each = iter(words.__next__, b"]")
            found |= {start + place: _text(one) for place, one in enumerate(told_each)}
            continue
        last = int.from_bytes(told[-2:])
        found |= {one: _text(told[:-2] + (last + one - start).to_bytes(2)) for one in range(start, end + 1)}
    return found


def _code(told: bytes) -> int:
    return int.from_bytes(told)


def _text(told: bytes) -> str:
    return told.decode("utf-16-be", "ignore")


def _bytes_of(operands: "pikepdf.Object") -> bytes:
    """The codes that are drawn, without what moves them apart."""
    import pikepdf

    found = []
    for one in operands:
        if isinstance(one, pikepdf.Array):
            found += [bytes(part) for part in one if isinstance(part, pikepdf.String)]
        elif isinstance(one, pikepdf.String):
            found.append(bytes(one))
    return b"".join(found)


def _spoken(properties: "pikepdf.Object") -> list[str]:
    """What is read aloud in place of what is drawn."""
    import pikepdf

    if not isinstance(properties, pikepdf.Dictionary):
        return []
    return [f"\n{properties[name]}\n" for name in _SPOKEN if name in properties]


def _words(file: "pikepdf.Pdf", second: _Second) -> bytes:
    """The words of all pages."""
    reader, told = _Reader(), []
    for place, page in enumerate(file.pages):
        try:
            told.append(reader.read(page, page.resources))
        except Exception:  # an unknown font, or whatever a damaged page raises: the second program tries
            told.append(second.page(place))
    return "\n".join(told).encode("utf-8", "replace")


def _objects(file: "pikepdf.Pdf") -> Iterator[bytes]:
    """The strings of all objects, then every stream that is more than pixels."""
    import pikepdf

    strings: set[bytes] = set()
    for one in file.objects:
        if not isinstance(one, pikepdf.Stream):
            strings.update(_STRING.findall(one.unparse(resolved=True)))
            continue
        strings.update(_STRING.findall(pikepdf.Dictionary(one.stream_dict).unparse()))
        if str(one.get("/Subtype", one.get("/Type", ""))) not in _NO_WORDS:
            yield _unpacked(one)
    told = (str(pikepdf.Object.parse(one)) for one in strings)
    yield "\n".join(told).encode("utf-8", "replace")


def _unpacked(stream: "pikepdf.Object") -> bytes:
    """A stream unpacked; as it stands where its packing is one of pictures."""
    import pikepdf

    try:
        return bytes(stream.read_bytes())
    except pikepdf.PdfError:
        return bytes(stream.read_raw_bytes())


def _as_they_lie(content: bytes) -> Iterator[bytes]:
    """Every stream that can be unpacked, whether an object still names it or not."""
    whole = memoryview(content)
    for found in _STREAM.finditer(content):
        try:
            yield zlib.decompressobj().decompress(whole[found.end() :])
        except zlib.error:
            continue
