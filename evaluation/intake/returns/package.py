"""The parts of an .xlsx package as bounded streams of XML: no document type, no entity, no network, no flood of tags."""

import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from evaluation.intake.returns.plain import PlainBook, RefusedError

_CHUNK = 65_536
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_ODD_ENCODING = re.compile(
    rb"""^.{0,60}encoding=["'](?!utf-8|us-ascii|iso-8859|windows-125)""", re.IGNORECASE | re.DOTALL
)


class Package:
    """The parts of the zip as bounded streams of XML elements without DTD, entities or network."""

    def __init__(self, opened: zipfile.ZipFile, book: PlainBook) -> None:
        self.opened, self.book = opened, book
        self.names = {name.lower(): name for name in opened.namelist()}

    def has(self, part: str) -> bool:
        return part.lower() in self.names

    def events(self, part: str, tags: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
        """Each element of the tags, complete, in document order; its memory is freed after use."""
        from lxml import etree

        if not self.has(part):
            raise RefusedError("file_damaged")
        with self.opened.open(self.names[part.lower()]) as handle:
            stream = _Guarded(handle, self.book.limits)
            parser = etree.iterparse(
                stream,
                events=("end",),
                tag=[f"{{*}}{tag}" for tag in tags],
                resolve_entities=False,
                no_network=True,
                load_dtd=False,
                huge_tree=False,
                remove_comments=True,
                remove_pis=True,
            )
            for count, (_, element) in enumerate(parser):
                yield element.tag.rpartition("}")[2], element
                stream.since = 0
                element.clear()
                parent = element.getparent() if count % 64 == 0 else None
                while parent is not None and element.getprevious() is not None:
                    del parent[0]


class _Guarded:
    """A part as it is unpacked: no document type, no encoding that would hide one, a bounded number of tags.

    ``since`` counts the tags since the last element that was used and freed: what lies between stays in memory.
    """

    def __init__(self, handle: Any, limits: dict[str, Any]) -> None:
        self.handle, self.tail, self.started = handle, b"", False
        self.since, self.tags = 0, 0
        self.most_since, self.most = int(limits["tags_held"]), int(limits["tags"])

    def read(self, size: int = -1) -> bytes:
        data: bytes = self.handle.read(_CHUNK if size < 0 else min(size, _CHUNK))
        if not self.started:
            self.started = True
            if b"\0" in data[:4] or data[:2] in _WIDE or _ODD_ENCODING.match(data[:200]):
                raise RefusedError("file_entities")
        seen = self.tail + data
        if b"<!DOCTYPE" in seen or b"<!ENTITY" in seen:
            raise RefusedError("file_entities")
        self.tail = data[-10:]
        found = data.count(b"<")
        self.since, self.tags = self.since + found, self.tags + found
        if self.since > self.most_since or self.tags > self.most:
            raise RefusedError("file_too_heavy")
        return data


def relations_of(package: Package, part: str) -> dict[str, tuple[str, str]]:
    folder, name = posixpath.split(part)
    beside = f"{folder}/_rels/{name}.rels".lstrip("/")
    if not package.has(beside):
        return {}
    found = {}
    for _, element in package.events(beside, ("Relationship",)):
        target = str(element.get("Target", ""))
        inside = (
            target.lstrip("/")
            if target.startswith("/")
            else posixpath.normpath(posixpath.join(folder, target))
        )
        if element.get("TargetMode") != "External":
            found[str(element.get("Id"))] = (str(element.get("Type", "")).rpartition("/")[2], inside)
    return found
