"""The look at a zip file's directory: sizes, names, shared bytes, macros, embedded objects; nothing is parsed."""

import re
import struct
import zipfile
import zlib
from io import BytesIO

from evaluation.intake.returns.limits import FileRefused, Limits

_ZIP_DIRECTORY_END = struct.Struct("<4s4H2LH")
_LOCAL_HEADER = 30
_NAMES = (
    (re.compile(r"(^|/)vbaproject|^basic/|^scripts/|macrosheets/", re.IGNORECASE), "file_macros"),
    (re.compile(r"embeddings/|activex|oleobject|^object \d+/", re.IGNORECASE), "file_embedded"),
    (re.compile(r"\.(zip|xlsx|xlsm|xlsb|docx|7z|rar|gz|jar)$", re.IGNORECASE), "file_nested"),
    (re.compile(r"encryptedpackage|encryptioninfo", re.IGNORECASE), "file_encrypted"),
)
_UNREADABLE = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    ValueError,
    OSError,
    EOFError,
    struct.error,
)


def check_zip(name: str, data: bytes, form: str, limits: Limits) -> None:
    """The directory of a zip file names nothing that a workbook may not have, and unpacks to a bounded size."""
    _check_directory_end(name, data, limits)
    try:
        with zipfile.ZipFile(BytesIO(data)) as opened:
            entries = opened.infolist()
            kind = _declared_kind(opened)
    except NotImplementedError:
        raise FileRefused(name, "file_damaged") from None
    except RuntimeError:  # zipfile says so when an entry wants a password
        raise FileRefused(name, "file_encrypted") from None
    except _UNREADABLE:
        raise FileRefused(name, "file_damaged") from None
    _check_names(name, entries, limits)
    _check_sizes(name, entries, limits)
    _check_places(name, entries)
    if kind != form:
        raise FileRefused(name, "file_macros" if kind == "macros" else "file_not_as_named")


def _check_directory_end(name: str, data: bytes, limits: Limits) -> None:
    """The directory is measured before it is read, because every entry in it costs memory."""
    place = data.rfind(b"PK\x05\x06", max(0, len(data) - 66_000))
    if place < 0 or len(data) < place + _ZIP_DIRECTORY_END.size:
        raise FileRefused(name, "file_damaged")
    _, disk, _, _, count, size, start, _ = _ZIP_DIRECTORY_END.unpack_from(data, place)
    if disk or count == 0xFFFF or size == 0xFFFFFFFF or start == 0xFFFFFFFF:
        raise FileRefused(name, "file_bomb")
    if count > limits.entries or size > limits.directory_bytes:
        raise FileRefused(name, "file_many_parts")


def _declared_kind(opened: zipfile.ZipFile) -> str:
    """What the package says that it is: xlsx, ods, macros or other."""
    types = _first_bytes(opened, "[Content_Types].xml")
    if b"macroEnabled" in types or b"vbaProject" in types:
        return "macros"
    if b"spreadsheetml.sheet.main+xml" in types or b"spreadsheetml.template.main+xml" in types:
        return "xlsx"
    if _first_bytes(opened, "mimetype").startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        if b"encryption-data" in _first_bytes(opened, "META-INF/manifest.xml"):
            raise RuntimeError("encrypted")
        return "ods"
    return "other"


def _first_bytes(opened: zipfile.ZipFile, part: str) -> bytes:
    if part not in opened.namelist():
        return b""
    with opened.open(part) as handle:
        return handle.read(200_000)


def _check_names(name: str, entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(entries) > limits.entries:
        raise FileRefused(name, "file_many_parts")
    for one in entries:
        inside = one.filename.replace("\\", "/")
        if inside.startswith("/") or ".." in inside.split("/") or re.match(r"[A-Za-z]:", inside):
            raise FileRefused(name, "file_paths")
        for pattern, code in _NAMES:
            if pattern.search(inside):
                raise FileRefused(name, code)
        if one.flag_bits & 0x1:
            raise FileRefused(name, "file_encrypted")
    if len({one.filename.lower() for one in entries}) != len(entries):
        raise FileRefused(name, "file_bomb")


def _check_sizes(name: str, entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    if sum(one.file_size for one in entries) > limits.unpacked_bytes:
        raise FileRefused(name, "file_bomb")
    for one in entries:
        if one.file_size > 1_000_000 and one.file_size > limits.unpacked_ratio * max(one.compress_size, 1):
            raise FileRefused(name, "file_bomb")
        if one.compress_type not in (0, 8):
            raise FileRefused(name, "file_damaged")


def _check_places(name: str, entries: list[zipfile.ZipInfo]) -> None:
    """Entries that share bytes: a small file that unpacks the same data many times."""
    end = 0
    for one in sorted(entries, key=lambda entry: int(entry.header_offset)):
        if one.header_offset < end:
            raise FileRefused(name, "file_bomb")
        end = one.header_offset + _LOCAL_HEADER + len(one.orig_filename.encode()) + one.compress_size
