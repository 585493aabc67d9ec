"""A look at a returned file before anything is parsed: what it is, how large it would become, what it carries."""

import os
import re
import stat
from pathlib import Path

from evaluation.intake.returns.archive import check_zip
from evaluation.intake.returns.limits import DEFAULT, FileRefused, Limits

_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FORMS = {".xlsx": "xlsx", ".xls": "xls", ".ods": "ods", ".csv": "csv"}


def read_bytes(path: Path, limits: Limits = DEFAULT) -> bytes:
    """The bytes of a regular file of bounded size; links, folders, pipes and devices are refused unopened."""
    try:
        mode = path.lstat()
    except OSError:
        raise FileRefused(path.name, "file_missing") from None
    if not stat.S_ISREG(mode.st_mode):
        raise FileRefused(path.name, "file_not_regular")
    _check_size(path.name, mode.st_size, limits)
    flags = (
        os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    )
    try:
        handle = os.open(path, flags)
    except OSError:
        raise FileRefused(path.name, "file_missing") from None
    with os.fdopen(handle, "rb") as opened:
        if not stat.S_ISREG(os.fstat(opened.fileno()).st_mode):
            raise FileRefused(path.name, "file_not_regular")
        data = opened.read(limits.file_bytes + 1)
    _check_size(path.name, len(data), limits)
    return data


def screen(name: str, data: bytes, limits: Limits = DEFAULT) -> str:
    """The form of a file (xlsx, xls, ods, csv) by its name, when its content agrees and can be opened safely."""
    form = _FORMS.get(Path(name).suffix.lower())
    if form is None:
        macro = Path(name).suffix.lower() in (".xlsm", ".xltm", ".xlam")
        raise FileRefused(name, "file_macros" if macro else "file_format")
    if data.startswith(_OLE2):
        _check_ole2(name, data, form)
    elif data.startswith(b"PK\x03\x04"):
        if form not in ("xlsx", "ods"):
            raise FileRefused(name, "file_not_as_named")
        check_zip(name, data, form, limits)
    elif form == "csv":
        if b"\0" in data and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
            raise FileRefused(name, "file_not_as_named")
        if data.startswith((b"%PDF", b"\xff\xd8\xff", b"\x89PNG", b"Rar!")) or _is_markup(data):
            raise FileRefused(name, "file_not_as_named")
    else:
        raise FileRefused(name, "file_damaged" if data.startswith(b"PK") else "file_not_as_named")
    return form


def _check_size(name: str, size: int, limits: Limits) -> None:
    if size == 0:
        raise FileRefused(name, "file_empty")
    if size > limits.file_bytes:
        raise FileRefused(name, "file_too_large")


def _is_markup(data: bytes) -> bool:
    return bool(
        re.match(rb"\s*<(!doctype|html|\?xml|table)", data[:200].removeprefix(b"\xef\xbb\xbf"), re.IGNORECASE)
    )


def _check_ole2(name: str, data: bytes, form: str) -> None:
    """The older container: an encrypted workbook, one with macros, or a document of another program."""
    streams = {
        word: word.encode("utf-16-le") in data
        for word in ("EncryptedPackage", "WordDocument", "_VBA_PROJECT")
    }
    if streams["EncryptedPackage"]:
        raise FileRefused(name, "file_encrypted")
    if form != "xls" or streams["WordDocument"]:
        raise FileRefused(name, "file_not_as_named")
    if streams["_VBA_PROJECT"]:
        raise FileRefused(name, "file_macros")
