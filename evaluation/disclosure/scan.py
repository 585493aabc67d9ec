"""The release scan: personal and machine traces in the text and bytes of what is about to leave."""

import base64
import getpass
import html
import re
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from stdnum import iban
from stdnum.ro import cnp

from evaluation.core.errors import DisclosureError
from evaluation.disclosure.policy import Allowed, load_allowed

PNG_START = b"\x89PNG\r\n\x1a\n"
FONT_STARTS = (b"wOF2", b"wOFF")
ARCHIVES = (".docx", ".xlsx", ".odt", ".ods", ".zip")
_COMMON_USERS = frozenset({"root", "user", "admin", "runner", "jovyan", "ubuntu", "debian", "nobody"})
# A national number in one piece, or cut where people cut it: 1 850312 400123, 1 85 03 12 40 012 3, digit by digit.
# Any other spacing is figures that stand side by side in a table.
_CNP = re.compile(
    r"(?<![\w.,])[1-9](?:[ \u00a0.-]?\d{6}){2}(?![\w,]|\.\d)"
    r"|(?<![\w.,])[1-9]([ \u00a0.-])\d\d\1\d\d\1\d\d\1\d\d\1\d{3}\1\d(?![\w,]|\.\d)"
    r"|(?<![\w.,])[1-9]([ \u00a0.-])\d(?:\2\d){11}(?![\w,]|\.\d)"
)
_PHONE = re.compile(
    r"(?<![\w.,+])(?:(?:\+|00)40[ .\-\u00a0]?(?:\(0\))?|\(?0)[23789]\d{1,2}\)?(?:[ .\-/\u00a0]?\d){6,7}(?![\w])"
)
_EMAIL = re.compile(r"[\w.+-]+@(?:[\w-]+\.)+[^\W\d_]{2,}")
_IBAN = re.compile(r"(?<!\w)[A-Z]{2}\d{2}(?:[ \u00a0]?[A-Z0-9]){11,30}(?!\w)")
_PATH = re.compile(
    r"file://|(?<![\w.:/<])/(?:home|root|Users|tmp|var|mnt|opt|srv|private|media|usr/local)/[\w.~-]+"
    r"|(?<!\w)[A-Za-z]:\\{1,2}[\w.~-]+"
)
_HOME = re.compile(r"(?:(?<![\w.:/<])/(?:home|Users)/|[\\/]Users\\{1,2})[\w.~-]+")
_TAG = re.compile(r"<(/?)([\w:.-]+)[^>]*>")
_BREAKS = re.compile(
    r"(?:w:)?(?:p|tc|br|tab|tr)|si|c|row|td|th|li|h[1-6]|div|dt|dd|figcaption|caption|title|option"
)
_EMBEDDED = re.compile(r"data:([\w/+.-]*);base64,([A-Za-z0-9+/=\s]+)")


@dataclass(frozen=True, slots=True)
class Leak:
    """Something that must not leave: what kind, in which file, where; never what it is."""

    kind: str
    file: str
    place: str


def scan_text(text: str, *, where: str, allowed: Allowed) -> list[Leak]:
    """Every trace in a text: CNP, telephone, e-mail, IBAN, absolute path, user name.

    >>> scan_text("Suna la 0800 800 678.", where="page", allowed=Allowed(phones=frozenset({"0800800678"})))
    []
    """
    found = {(kind, text.count("\n", 0, start) + 1) for kind, start in _traces(text, allowed)}
    return [
        Leak(kind, where, f"line {line}") for kind, line in sorted(found, key=lambda item: (item[1], item[0]))
    ]


def scan_file(path: Path, *, allowed: Allowed | None = None) -> list[Leak]:
    """Every trace in a file's text, parts and properties; a file that cannot be read is refused."""
    permitted = load_allowed() if allowed is None else allowed
    leaks: dict[Leak, None] = {}
    try:
        for place, text in _texts(path):
            for leak in scan_text(text, where=path.name, allowed=permitted):
                leaks[Leak(leak.kind, leak.file, f"{place}, {leak.place}" if place else leak.place)] = None
    except DisclosureError:
        raise
    except Exception as error:
        problem = type(error).__name__
    else:
        return list(leaks)
    raise DisclosureError(f"{path.name}: the file cannot be scanned ({problem}); build it again.")


def _traces(text: str, allowed: Allowed) -> Iterator[tuple[str, int]]:
    yield from (("cnp", hit.start()) for hit in _CNP.finditer(text) if cnp.is_valid(_digits(hit.group())))
    for hit in _PHONE.finditer(text):
        number = _national(hit.group())
        if len(number) == 10 and number not in allowed.phones:
            yield "phone", hit.start()
    for hit in _EMAIL.finditer(text):
        address = hit.group().casefold()
        if address not in allowed.emails and address.rpartition("@")[2] not in allowed.email_domains:
            yield "email", hit.start()
    for hit in _IBAN.finditer(text):
        letters = re.sub(r"\s", "", hit.group())
        if any(iban.is_valid(letters[:length]) for length in range(15, len(letters) + 1)):
            yield "iban", hit.start()
    yield from (("path", hit.start()) for hit in _PATH.finditer(text))
    yield from (("user", hit.start()) for hit in _HOME.finditer(text))
    yield from _machine_traces(text)


def _machine_traces(text: str) -> Iterator[tuple[str, int]]:
    """Folders and user of the machine that scans, because it is the one that built the file."""
    for folder in {str(Path.cwd()), str(Path.home()), tempfile.gettempdir()}:
        if len(folder) > 3:
            ending = re.compile(rf"(?<![\w.]){re.escape(folder)}(?=[\\/\"'\s<:,;)]|$)")
            yield from (("path", hit.start()) for hit in ending.finditer(text))
    user = _user()
    if len(user) > 3 and user.casefold() not in _COMMON_USERS:
        yield from (
            ("user", hit.start()) for hit in re.finditer(rf"\b{re.escape(user)}\b", text, re.IGNORECASE)
        )


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""


def _digits(text: str) -> str:
    return "".join(letter for letter in text if letter.isdigit())


def _national(number: str) -> str:
    digits = _digits(number)
    for prefix in ("0040", "40"):
        if digits.startswith(prefix):
            return "0" + digits.removeprefix(prefix).removeprefix("0")
    return digits


def _texts(path: Path) -> Iterator[tuple[str, str]]:
    """The texts of a file, each with the place that it is found at."""
    suffix = path.suffix.casefold()
    if suffix == ".pdf":
        yield from _pdf_texts(path)
    elif suffix in ARCHIVES:
        with zipfile.ZipFile(path) as archive:
            for part in archive.infolist():
                yield f"part {part.filename}", part.filename + " " + part.comment.decode("utf-8", "replace")
                yield from (
                    (f"part {part.filename}{place}", text) for place, text in _byte_texts(archive.read(part))
                )
    else:
        yield from _byte_texts(path.read_bytes())


def _byte_texts(content: bytes) -> Iterator[tuple[str, str]]:
    if content.startswith(PNG_START):
        yield from (("", text) for text in _png_texts(content))
        return
    if content.startswith(FONT_STARTS):  # compressed: nothing in it can be read as text
        return
    if b"\0" in content[:4096] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        yield "", content.decode("latin-1")
        return
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = content.decode("utf-16" if wide else "utf-8-sig", "replace")
    for number, (_, data) in enumerate(_EMBEDDED.findall(text), start=1):
        yield from ((f" embedded {number}", inner) for _, inner in _byte_texts(base64.b64decode(data)))
    text = _EMBEDDED.sub("", text)
    yield "", text
    if "<" in text:
        yield " text", html.unescape(_TAG.sub(_between, text))


def _between(tag: re.Match[str]) -> str:
    """Nothing for a tag inside a word, a line break for one between cells and paragraphs."""
    return "\n" if _BREAKS.fullmatch(tag.group(2)) else ""


def _png_texts(content: bytes) -> Iterator[str]:
    position = len(PNG_START)
    while position + 8 <= len(content):
        length, kind = struct.unpack(">I4s", content[position : position + 8])
        data = content[position + 8 : position + 8 + length]
        position += 12 + length
        if kind in (b"tEXt", b"eXIf"):
            yield data.decode("latin-1").replace("\0", " ")
        elif kind == b"zTXt":
            yield zlib.decompress(data.split(b"\0", 1)[1][1:]).decode("latin-1")
        elif kind == b"iTXt":
            name, rest = data.split(b"\0", 1)
            body = rest[2:].split(b"\0", 2)[2]
            yield (
                name.decode("latin-1")
                + " "
                + (zlib.decompress(body) if rest[0] else body).decode("utf-8", "replace")
            )
    yield content[position:].decode("latin-1")


def _pdf_texts(path: Path) -> Iterator[tuple[str, str]]:
    from pypdf import PdfReader

    reader = PdfReader(path)
    for number, page in enumerate(reader.pages, start=1):
        yield f"page {number}", page.extract_text()
        for annotation in page.get("/Annots") or []:
            yield f"page {number} annotation", str(annotation.get_object())
    yield "properties", "\n".join(str(value) for value in (reader.metadata or {}).values())
    if reader.xmp_metadata is not None:
        yield "xmp", html.unescape(reader.xmp_metadata.stream.get_data().decode("utf-8", "replace"))
    for name, contents in reader.attachments.items():
        for content in contents:
            yield "attachment", name
            yield from (("attachment", text) for _, text in _byte_texts(content))
