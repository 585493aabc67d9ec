"""The child's side of a workbook: bounded lists of plain values that become JSON."""

import re
from typing import Any

TEXT, NUMBER, DATE, BOOL, ERROR, FORMULA = range(6)
"""Places of the kinds in ``sandbox.KINDS``."""
_CEDILLA = str.maketrans("şţŞŢ", "șțȘȚ")
_OLD_FONT = str.maketrans("ºþªÞãÃ", "șțȘȚăĂ")
_OLD_FONT_SIGNS = re.compile(r"[þÞ]|(?<=[a-zăâîA-Z])[ºª]|[ºª](?=[a-zăâî])")
_TWICE_SIGNS = re.compile("[ÃÄÅÈÂČĂĹ][^\\sa-zA-Z0-9]")
_ROMANIAN = frozenset("ăâîșțĂÂÎȘȚşţŞŢ„”“’‘«»–—…°§ \u00a0")


class RefusedError(Exception):
    """The file is refused; the code says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class PlainSheet:
    """One sheet being read: parallel lists, one entry for each filled cell."""

    def __init__(self, book: "PlainBook", name: str, *, hidden: bool) -> None:
        self.book, self.name, self.hidden = book, name, hidden
        self.rows: list[int] = []
        self.columns: list[int] = []
        self.kinds: list[int] = []
        self.formats: list[int] = []
        self.values: list[object] = []
        self.merged: list[tuple[int, int, int, int]] = []
        self.hidden_rows: list[int] = []
        self.hidden_columns: list[int] = []

    def add(self, row: int, column: int, kind: int, value: object, number_format: int = 0) -> None:
        """One filled cell; text values are given as their place in the book's texts."""
        book = self.book
        if row > book.most_rows or column > book.most_columns or row < 1 or column < 1:
            raise RefusedError("sheet_too_wide")
        book.cells += 1
        if book.cells > book.most_cells:
            raise RefusedError("file_too_heavy")
        self.rows.append(row)
        self.columns.append(column)
        self.kinds.append(kind)
        self.formats.append(number_format)
        self.values.append(value)

    def answer(self) -> dict[str, Any]:
        """The sheet as JSON will have it; hidden columns only as far as something is filled."""
        last = max(self.columns, default=0)
        return {
            "name": self.name,
            "hidden": self.hidden,
            "rows": self.rows,
            "columns": self.columns,
            "kinds": self.kinds,
            "formats": self.formats,
            "values": self.values,
            "merged": self.merged,
            "hidden_rows": self.hidden_rows,
            "hidden_columns": [column for column in self.hidden_columns if column <= last],
        }


class PlainBook:
    """The book being read: sheets, the texts and number formats that cells refer to, and noticed traits."""

    def __init__(self, limits: dict[str, Any]) -> None:
        self.limits = limits
        self.most_rows, self.most_columns = int(limits["rows"]), int(limits["columns"])
        self.most_cells = int(limits["cells"])
        self.cells = 0
        self.sheets: list[PlainSheet] = []
        self.texts: list[str] = []
        self.formats: list[str] = ["General"]
        self.properties: set[str] = set()
        self._places: dict[str, int] = {}
        self._length = 0

    def sheet(self, name: str, *, hidden: bool) -> PlainSheet:
        """A new sheet at the end."""
        if len(self.sheets) >= int(self.limits["sheets"]):
            raise RefusedError("file_many_parts")
        made = PlainSheet(self, self.clean(name), hidden=hidden)
        self.sheets.append(made)
        return made

    def text(self, raw: str) -> int | None:
        """The place of a text among the book's texts, or None for one that is only space."""
        place = self._places.get(raw)
        if place is not None:
            return place
        if not raw.strip():
            return None
        cleaned = self.clean(raw)
        self._length += len(cleaned)
        if (
            len(self.texts) >= int(self.limits["texts"])
            or self._length > int(self.limits["result_bytes"]) // 3
        ):
            raise RefusedError("file_too_heavy")
        self.texts.append(cleaned)
        self._places[raw] = len(self.texts) - 1
        return len(self.texts) - 1

    def clean(self, raw: str) -> str:
        """Letters as Romanian has them today; what was changed is noticed as a property of the book."""
        if raw.isascii():
            return raw
        text = repair_letters(raw)
        if text != raw:
            self.properties.add("mojibake")
        modern = text.translate(_CEDILLA)
        if modern != text:
            self.properties.add("cedilla")
        return modern

    def answer(self) -> dict[str, Any]:
        """The book as JSON will have it."""
        return {
            "sheets": [sheet.answer() for sheet in self.sheets],
            "texts": self.texts,
            "formats": self.formats,
            "properties": sorted(self.properties),
        }


def repair_letters(text: str) -> str:
    """Text whose letters went through a wrong encoding, where the way back is certain; otherwise unchanged.

    >>> repair_letters("IaÈ™i"), repair_letters("Judeþul Iaºi"), repair_letters("São Tomé")
    ('Iași', 'Județul Iași', 'São Tomé')
    """
    if _TWICE_SIGNS.search(text):
        for encoding in ("cp1252", "cp1250", "latin-1"):
            try:
                back = text.encode(encoding).decode("utf-8")
            except UnicodeError:
                continue
            if all(sign in _ROMANIAN for sign in back if not sign.isascii()):
                return back
    return text.translate(_OLD_FONT) if _OLD_FONT_SIGNS.search(text) else text
