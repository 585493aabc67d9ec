"""Files that attack a reader, made on the spot, and the table of what happens to them."""

import json
import os
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_REL = "http://schemas.openxmlformats.org/package/2006/relationships"
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
Parts = dict[str, bytes]


def sheet(
    rows: str = '<row r="1"><c r="A1"><v>1</v></c></row>', *, before: str = "", after: str = ""
) -> bytes:
    """The XML of one worksheet."""
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'.encode()


def parts(*, sheets: int = 1, content: bytes | None = None, **more: bytes) -> Parts:
    """The parts of a small workbook; ``more`` names further parts with __ for / (xl__x.xml has no dot trouble)."""
    listed = "".join(f'<sheet name="S{i}" sheetId="{i}" r:id="r{i}"/>' for i in range(1, sheets + 1))
    related = "".join(
        f'<Relationship Id="r{i}" Type="{REL}/worksheet" Target="worksheets/sheet{i}.xml"/>'
        for i in range(1, sheets + 1)
    )
    texts = f'<Relationship Id="t" Type="{REL}/sharedStrings" Target="sharedStrings.xml"/>'
    types = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
    made = {
        "[Content_Types].xml": types.encode(),
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE_REL}"><Relationship Id="m" Type="{REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>'.encode(),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{REL}"><sheets>{listed}</sheets></workbook>'.encode(),
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE_REL}">{related}{texts}</Relationships>'.encode(),
    }
    for index in range(1, sheets + 1):
        made[f"xl/worksheets/sheet{index}.xml"] = content or sheet()
    return made | more


def packed(content: Parts) -> bytes:
    """The parts as a zip file."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as opened:
        for name, data in content.items():
            opened.writestr(name, data, zipfile.ZIP_STORED if name == "mimetype" else None)
    return target.getvalue()


def workbook(content: bytes | None = None, more: Parts | None = None, *, sheets: int = 1) -> bytes:
    """A small workbook with one hostile thing in it."""
    return packed(parts(sheets=sheets, content=content) | (more or {}))


def overlapping() -> bytes:
    """Two names in the directory share one entry's bytes."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, data in (parts() | {"xl/a.xml": b"1" * 900_000, "xl/b.xml": b"1" * 900_000}).items():
            opened.writestr(name, data)
        opened.filelist[-1].header_offset = opened.filelist[-2].header_offset
    return target.getvalue()


def lying() -> bytes:
    """The directory says 2,000 bytes where 200 million come out."""
    data = workbook(sheet(after=" " * 200_000_000))
    size = struct.pack("<L", len(sheet(after=" " * 200_000_000)))
    return data.replace(size, struct.pack("<L", 2_000))


def many_entries(count: int = 60_000) -> bytes:
    """A directory alone: very many entries of no bytes."""
    return packed(parts() | {f"xl/{index}": b"" for index in range(count)})


def password_flag() -> bytes:
    """Every entry is marked as encrypted."""
    data = bytearray(workbook())
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = data.find(signature)
        while start >= 0:
            data[start + place] |= 1
            start = data.find(signature, start + 4)
    return bytes(data)


def ods(table: str) -> bytes:
    """An OpenDocument spreadsheet with a table given as XML."""
    office = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<office:document-content xmlns:office="{office}:office:1.0" xmlns:table="{office}:table:1.0" '
        f'xmlns:text="{office}:text:1.0"><office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    manifest = b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    return packed(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": manifest,
            "content.xml": content.encode(),
        }
    )


LAUGHS = (
    '<!DOCTYPE w [<!ENTITY a "haha">'
    + "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(12))
    + "]>"
)
EXTERNAL = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
TEXT_CELL = '<row r="1"><c r="A1" t="inlineStr"><is><t>{}</t></is></c></row>'
MERGED = "".join(f'<mergeCell ref="A{row}:B{row}"/>' for row in range(1, 100_001))
MERGES = f"<mergeCells>{MERGED}</mergeCells>"
DDE = f'<externalLink xmlns="{MAIN}"><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>'.encode()
REPEATED = (
    '<table:table table:name="S"><table:table-row table:number-rows-repeated="1048576">'
    '<table:table-cell table:number-columns-repeated="16384" office:value-type="float" office:value="1"/>'
    "</table:table-row></table:table>"
)

FILES: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "zip bomb": ("bomb.xlsx", lambda: workbook(sheet(after=" " * 200_000_000)), "file_bomb"),
    "zip bomb that understates its size": ("lying.xlsx", lying, "file_damaged"),
    "nested zip bomb": ("nested.xlsx", lambda: workbook(more={"xl/media/a.zip": workbook()}), "file_nested"),
    "overlapping entries": ("overlap.xlsx", overlapping, "file_bomb"),
    "60,000 entries": ("entries.xlsx", many_entries, "file_many_parts"),
    "zip64 directory": ("zip64.xlsx", lambda: _end_of(workbook(), count=0xFFFF), "file_bomb"),
    "giant declared dimension": (
        "dimension.xlsx",
        lambda: workbook(sheet(before='<dimension ref="A1:XFD1048576"/>')),
        "sheet_declared_size",
    ),
    "filled cell at XFD1048576": (
        "sparse.xlsx",
        lambda: workbook(sheet('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')),
        "sheet_too_wide",
    ),
    "two million empty rows": ("rows.xlsx", lambda: workbook(sheet("<row/>" * 2_000_000)), "file_too_heavy"),
    "a row of five million cells": (
        "cells.xlsx",
        lambda: workbook(sheet(f"<row>{'<c/>' * 5_000_000}</row>")),
        "file_too_heavy",
    ),
    "half a million numbers": (
        "numbers.xlsx",
        lambda: workbook(sheet(f"<row>{'<c><v>1</v></c>' * 900}</row>" * 600)),
        "file_too_heavy",
    ),
    "billion laughs": (
        "laughs.xlsx",
        lambda: workbook(LAUGHS.encode() + sheet(TEXT_CELL.format("&m;"))),
        "file_entities",
    ),
    "billion laughs in UTF-16": (
        "laughs16.xlsx",
        lambda: workbook((LAUGHS + sheet(TEXT_CELL.format("&m;")).decode()).encode("utf-16")),
        "file_entities",
    ),
    "external entity": (
        "entity.xlsx",
        lambda: workbook(EXTERNAL.encode() + sheet(TEXT_CELL.format("&x;"))),
        "file_entities",
    ),
    "macro workbook": ("macro.xlsx", lambda: workbook(more={"xl/vbaProject.bin": OLE2}), "file_macros"),
    "macro workbook, honest name": ("macro.xlsm", workbook, "file_macros"),
    "encrypted workbook": (
        "encrypted.xlsx",
        lambda: OLE2 + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(1_000),
        "file_encrypted",
    ),
    "zip with a password": ("password.xlsx", password_flag, "file_encrypted"),
    "truncated zip": ("truncated.xlsx", lambda: workbook()[:-300], "file_damaged"),
    "spoiled bytes": ("spoiled.xlsx", lambda: _spoiled(workbook()), "file_damaged"),
    "PDF named .xlsx": ("paper.xlsx", lambda: b"%PDF-1.7\n" + bytes(2_000), "file_not_as_named"),
    "JPEG named .xlsx": ("photo.xlsx", lambda: b"\xff\xd8\xff\xe0" + bytes(2_000), "file_not_as_named"),
    "HTML named .xls": (
        "page.xls",
        lambda: b"<html><table><tr><td>1</td></tr></table></html>",
        "file_not_as_named",
    ),
    "HTML named .csv": ("page.csv", lambda: b"<!DOCTYPE html><table></table>", "file_not_as_named"),
    "old .doc named .xls": (
        "letter.xls",
        lambda: OLE2 + bytes(504) + "WordDocument".encode("utf-16-le") + bytes(1_000),
        "file_not_as_named",
    ),
    "noise behind an OLE2 header": ("noise.xls", lambda: OLE2 + bytes(range(256)) * 40, "file_damaged"),
    "Word document": ("letter.docx", workbook, "file_format"),
    "names that climb out": ("climb.xlsx", lambda: workbook(more={"../../etc/cron.d/x": b"1"}), "file_paths"),
    "a million shared strings": (
        "strings.xlsx",
        lambda: workbook(
            more={
                "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{"".join(f"<si><t>t{i}</t></si>" for i in range(1_000_000))}</sst>'.encode()
            }
        ),
        "file_too_heavy",
    ),
    "100,000 merged ranges": ("merged.xlsx", lambda: workbook(sheet(after=MERGES)), "file_too_heavy"),
    "20,000 sheets": ("sheets.xlsx", lambda: workbook(sheets=20_000), "file_many_parts"),
    "XML nested 100,000 deep": (
        "deep.xlsx",
        lambda: workbook(sheet(after="<a>" * 100_000 + "</a>" * 100_000)),
        "file_damaged",
    ),
    "embedded object": (
        "embedded.xlsx",
        lambda: workbook(more={"xl/embeddings/oleObject1.bin": OLE2}),
        "file_embedded",
    ),
    "DDE link": ("dde.xlsx", lambda: workbook(more={"xl/externalLinks/externalLink1.xml": DDE}), "file_dde"),
    "repeated cells in .ods": ("repeated.ods", lambda: ods(REPEATED), "file_damaged"),
    "CSV line of 200 MB": ("line.csv", lambda: b"1;" * 100_000_000, "file_too_large"),
    "CSV line of 10 MB": ("line10.csv", lambda: b"12345;" * 1_700_000, "csv_line"),
    "CSV with an open quote": ("quote.csv", lambda: b'a;b\n"' + b"x\n" * 300_000, "csv_line"),
    "CSV with NUL bytes": ("nul.csv", lambda: b"a;b\n1;\0\0\n", "file_not_as_named"),
    "empty file": ("empty.xlsx", lambda: b"", "file_empty"),
}
"""What the file is -> its name, its bytes, and the code with which it is refused."""


def make(what: str, folder: Path) -> Path:
    """Write one hostile file into a folder."""
    name, content, _ = FILES[what]
    path = folder / name
    path.write_bytes(content())
    return path


def make_irregular(folder: Path) -> dict[str, Path]:
    """A symbolic link, a pipe and a folder that are named like workbooks."""
    target = folder / "target.xlsx"
    target.write_bytes(workbook())
    made = {name: folder / f"{name}.xlsx" for name in ("link", "pipe", "folder")}
    made["link"].symlink_to(target)
    os.mkfifo(made["pipe"])
    made["folder"].mkdir()
    return made


MEASURE = """
import json, resource, sys, time
from pathlib import Path
from evaluation.intake.returns.children import end_children
from evaluation.intake.returns.sandbox import FileRefused, open_book
found = []
for name in sys.argv[1:]:
    start = time.perf_counter()
    try:
        open_book(Path(name)); code, message = "read", ""
    except FileRefused as refused:
        code, message = refused.code, refused.say("ro")
    seconds = time.perf_counter() - start
    own = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
    end_children()  # the memory of a child is known when all above it have ended
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    found.append([code, message, seconds, own / 1024, child / 1024])
print(json.dumps(found))
"""


def measure(paths: list[Path]) -> list[tuple[str, str, float, float, float]]:
    """For each file: code, message, seconds, and the peaks so far in MB of a fresh process and of its child."""
    run = subprocess.run(
        [sys.executable, "-c", MEASURE, *map(str, paths)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [(code, message, s, own, child) for code, message, s, own, child in json.loads(run.stdout)]


def table(folder: Path) -> str:
    """One line for each hostile file: what, bytes, seconds, peak MB of the reader and of its child, the message."""
    lines = ["| file | bytes | s | peak MB | child MB | code | message |", "|---|---|---|---|---|---|---|"]
    paths = {what: make(what, folder) for what in FILES} | make_irregular(folder)
    for what, path in paths.items():
        ((code, message, seconds, own, child),) = measure([path])
        size = path.lstat().st_size
        lines.append(f"| {what} | {size} | {seconds:.2f} | {own:.0f} | {child:.0f} | {code} | {message} |")
    return "\n".join(lines)


def _end_of(data: bytes, *, count: int) -> bytes:
    place = data.rfind(b"PK\x05\x06")
    return data[: place + 8] + struct.pack("<HH", count, count) + data[place + 12 :]


def _spoiled(data: bytes) -> bytes:
    place = data.find(b"worksheets/sheet1.xml") + 22
    packed_sheet = zlib.compress(b"x")
    return data[:place] + packed_sheet + data[place + len(packed_sheet) :]


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as made:
        sys.stdout.write(table(Path(made)) + "\n")
