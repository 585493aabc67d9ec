"""The sheets of an .xlsx file, read as a stream: values, number formats, dates, uncalculated formulas, what is hidden."""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from evaluation.intake.returns.formats import BUILT_IN, is_date_format, serial_to_iso
from evaluation.intake.returns.package import Package, relations_of
from evaluation.intake.returns.plain import (
    BOOL,
    DATE,
    ERROR,
    FORMULA,
    NUMBER,
    TEXT,
    PlainBook,
    PlainSheet,
    RefusedError,
)

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def read_xlsx(data: bytes, book: PlainBook) -> None:
    """Every worksheet of the package into the book, in the order of the workbook."""
    with zipfile.ZipFile(BytesIO(data)) as opened:
        package = Package(opened, book)
        place, sheets, early, uncalculated = _workbook(package)
        texts = _shared_texts(package, place["texts"])
        styles = _styles(package, place["styles"])
        if any("externallinks/" in name.lower() for name in opened.namelist()):
            book.properties.add("external_links")
            _check_links(package)
        for name, hidden, part in sheets:
            reader = _SheetReader(book.sheet(name, hidden=hidden), texts, styles, early, uncalculated)
            reader.read(package.events(part, ("row", "mergeCell", "dimension", "col")))


def _workbook(package: Package) -> tuple[dict[str, str], list[tuple[str, bool, str]], bool, bool]:
    main = next(
        (to for kind, to in relations_of(package, "").values() if kind == "officeDocument"), "xl/workbook.xml"
    )
    relations = relations_of(package, main)
    place = {"texts": "", "styles": ""}
    for kind, target in relations.values():
        if kind in ("sharedStrings", "styles"):
            place["texts" if kind == "sharedStrings" else "styles"] = target
    sheets, early, uncalculated = [], False, False
    for tag, element in package.events(main, ("sheet", "workbookPr", "calcPr")):
        if tag == "workbookPr":
            early = element.get("date1904") in ("1", "true")
        elif tag == "calcPr":
            uncalculated = element.get("fullCalcOnLoad") in ("1", "true")
        else:
            identity = next((value for key, value in element.attrib.items() if key.endswith("}id")), "")
            kind, part = relations.get(identity, ("", ""))
            if kind == "worksheet":
                sheets.append(
                    (str(element.get("name", "")), element.get("state", "visible") != "visible", part)
                )
    if not sheets:
        raise RefusedError("file_damaged")
    return place, sheets, early, uncalculated


def _check_links(package: Package) -> None:
    for name in package.opened.namelist():
        if re.search(r"externallinks/[^/]*\.xml$", name.lower()):
            for _ in package.events(name, ("ddeLink", "oleLink")):
                raise RefusedError("file_dde")


def _shared_texts(package: Package, part: str) -> list[int | None]:
    if not part or not package.has(part):
        return []
    places: list[int | None] = []
    for _, element in package.events(part, ("si",)):
        if len(places) >= int(package.book.limits["texts"]):
            raise RefusedError("file_too_heavy")
        places.append(package.book.text(_rich_text(element)))
    return places


def _rich_text(element: Any) -> str:
    if len(element) == 1 and element[0].tag.endswith("}t"):
        text = element[0].text or ""
    else:
        text = "".join(
            piece.text or "" for piece in element.iter("{*}t") if not piece.getparent().tag.endswith("}rPh")
        )
    return _unescaped(text)


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def _styles(package: Package, part: str) -> list[tuple[int, bool]]:
    """For each cell style: the place of its number format in the book, and whether it shows a date."""
    if not part or not package.has(part):
        return [(0, False)]
    book, codes, styles = package.book, dict(BUILT_IN), []
    places: dict[str, int] = {"General": 0}
    for tag, element in package.events(part, ("numFmt", "cellXfs")):
        if tag == "numFmt":
            codes[int(element.get("numFmtId", 0))] = str(element.get("formatCode", "General"))[:255]
            continue
        for style in element.iterchildren("{*}xf"):
            code = codes.get(int(style.get("numFmtId", 0)), "General")
            if code not in places:
                book.formats.append(code)
                places[code] = len(book.formats) - 1
            styles.append((places[code], is_date_format(code)))
            if len(styles) > int(book.limits["styles"]):
                raise RefusedError("file_too_heavy")
    return styles or [(0, False)]


class _SheetReader:
    """Turns the elements of one sheet into filled cells."""

    def __init__(
        self,
        sheet: PlainSheet,
        texts: list[int | None],
        styles: list[tuple[int, bool]],
        early: bool,
        uncalculated: bool,
    ) -> None:
        self.sheet, self.texts, self.styles = sheet, texts, styles
        self.early, self.uncalculated = early, uncalculated
        self.row = 0
        self.elements = 0
        self.letters: dict[str, int] = {}

    def read(self, elements: Iterator[tuple[str, Any]]) -> None:
        limits = self.sheet.book.limits
        for tag, element in elements:
            if tag == "row":
                self._row(element)
            elif tag == "mergeCell":
                first, _, last = str(element.get("ref", "A1")).partition(":")
                (top, left), (bottom, right) = self._place(first), self._place(last or first)
                self.sheet.merged.append((top, left, bottom, right))
                if len(self.sheet.merged) > int(limits["merged"]):
                    raise RefusedError("file_too_heavy")
            elif tag == "dimension":
                self._declared(str(element.get("ref", "A1")), int(limits["declared_cells"]))
            elif tag == "col" and element.get("hidden") in ("1", "true"):
                begin, end = int(element.get("min", 1)), int(element.get("max", 1))
                self.sheet.hidden_columns.extend(range(begin, min(end, int(limits["columns"])) + 1))

    def _declared(self, reference: str, most: int) -> None:
        first, _, last = reference.partition(":")
        (top, left), (bottom, right) = self._place(first), self._place(last or first)
        if (bottom - top + 1) * (right - left + 1) > most:
            raise RefusedError("sheet_declared_size")

    def _place(self, reference: str) -> tuple[int, int]:
        match = re.fullmatch(r"\$?([A-Z]{1,3})\$?(\d{1,7})", reference)
        if not match:
            raise RefusedError("file_damaged")
        return int(match[2]), self._column(match[1])

    def _column(self, letters: str) -> int:
        column = self.letters.get(letters)
        if column is None:
            column = 0
            for letter in letters[:4]:
                column = column * 26 + ord(letter) - 64
            self.letters[letters] = column
        return column

    def _row(self, element: Any) -> None:
        self.elements += 1
        if self.elements > 3 * self.sheet.book.most_rows:
            raise RefusedError("file_too_heavy")
        given = element.get("r")
        self.row = int(given) if given else self.row + 1
        if element.get("hidden") in ("1", "true"):
            self.sheet.hidden_rows.append(self.row)
            if len(self.sheet.hidden_rows) > self.sheet.book.most_rows:
                raise RefusedError("file_too_heavy")
        column = 0
        for cell in element:
            reference = cell.get("r")
            column = self._column(reference.rstrip("0123456789")) if reference else column + 1
            if len(cell):
                self._cell(cell, column)

    def _cell(self, cell: Any, column: int) -> None:
        value, formula, inline = None, False, None
        for child in cell:
            tag = child.tag
            if tag.endswith("}v"):
                value = child.text
            elif tag.endswith("}f"):
                formula = True
            elif tag.endswith("}is"):
                inline = child
        kind = cell.get("t", "n")
        style = cell.get("s")
        number_format, is_date = self.styles[int(style)] if style else self.styles[0]
        if inline is not None:
            self._text(column, _rich_text(inline), number_format)
        elif formula and (not value or (self.uncalculated and value == "0" and kind == "n")):
            if kind != "str":
                self.sheet.book.properties.add("never_calculated")
                self.sheet.add(self.row, column, FORMULA, None, number_format)
        elif value and kind == "n":
            self._number(column, value, number_format, is_date)
        elif value:
            self._value(column, kind, value, number_format)

    def _value(self, column: int, kind: str, value: str, number_format: int) -> None:
        book, add = self.sheet.book, self.sheet.add
        if kind == "s":
            place = self.texts[int(value)]
            if place is not None:
                add(self.row, column, TEXT, place, number_format)
        elif kind == "b":
            add(self.row, column, BOOL, value in ("1", "true"), number_format)
        elif kind == "e":
            add(self.row, column, ERROR, book.text(value), number_format)
        elif kind == "d":
            add(self.row, column, DATE, book.text(value.removesuffix("T00:00:00")), number_format)
        else:
            self._text(column, _unescaped(value), number_format)

    def _text(self, column: int, text: str, number_format: int) -> None:
        place = self.sheet.book.text(text)
        if place is not None:
            self.sheet.add(self.row, column, TEXT, place, number_format)

    def _number(self, column: int, value: str, number_format: int, is_date: bool) -> None:
        if len(value) > 40:
            raise RefusedError("file_damaged")
        number = int(value) if value.isdigit() else float(value)
        if is_date and (day := serial_to_iso(number, early=self.early)):
            self.sheet.add(self.row, column, DATE, self.sheet.book.text(day), number_format)
        else:
            self.sheet.add(self.row, column, NUMBER, number, number_format)
