"""Returns in a form of the institution's own: the same answers, with planted and listed defects."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from itertools import groupby
from typing import TYPE_CHECKING, Any

from pydantic import Field

from evaluation.core.yamlfile import read_yaml
from evaluation.strategy.counties import load_counties
from evaluation.strategy.plan import Plan
from evaluation.strategy.words import Definition, check_unique, load_as
from evaluation.synthetic.archive import fix_archive, make_csv
from evaluation.synthetic.generate import Answer
from evaluation.synthetic.truth import HERE

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

BANNER = "DATE SINTETICE / SYNTHETIC DATA"
HEADINGS = {
    "measure": "Măsura",
    "indicator": "Indicator",
    "period": "Perioada",
    "county": "Județul",
    "value": "Valoarea realizată",
    "numerator": "Numărător",
    "denominator": "Numitor",
    "stage": "Stadiul",
    "date": "Data finalizării",
    "document": "Documentul",
    "reason": "Motivul",
    "remark": "Observații",
}
STAGES = {"delivered": "realizat", "under_way": "în curs", "not_started": "neînceput", "dropped": "abandonat"}
REASONS = {
    "no_budget": "lipsa fondurilor",
    "no_staff": "lipsa de personal",
    "no_legal_basis": "lipsa cadrului legal",
    "waiting_for_other_institution": "se așteaptă altă instituție",
    "procurement_delayed": "achiziție întârziată",
    "changed_priorities": "prioritățile s-au schimbat",
    "no_data_system": "nu se colectează",
    "other": "alt motiv",
}
PARTS = {"S1": "semestrul I", "S2": "semestrul II", "Q1": "trimestrul I", "Q2": "trimestrul II"} | {
    "Q3": "trimestrul III",
    "Q4": "trimestrul IV",
}
HEAD_ROW = 5
TOTAL = "TOTAL"
_CEDILLA = str.maketrans("șțȘȚ", "\u015f\u0163\u015e\u0162")


class Defect(Definition):
    """One planted defect: where, what is written, what intake should make of it, under which problem code."""

    id: str
    defect: str
    outcome: str = Field(pattern="^(read|repaired|refused|noted)$")
    code: str = ""
    key: str = ""
    written: str = ""
    how: str = Field(default="text", alias="as", pattern="^(text|number|formula)$")
    value: str = ""
    qualifier: str = ""
    lower: str = ""
    upper: str = ""
    status: str = ""
    county: str = ""


class MessyFile(Definition):
    """A file in free form and its defects."""

    id: str
    institution: str
    year: int
    file: str
    name: str = ""
    style: str = Field(default="table", pattern="^(table|csv|old|truncated|macros)$")
    columns: tuple[str, ...] = ()
    header_rows: int = 1
    sheets: str = Field(default="one", pattern="^(one|by_measure)$")
    thousands: bool = False
    text_dates: bool = False
    totals: bool = False
    hidden: tuple[str, ...] = ()
    again: str = ""
    defects: tuple[Defect, ...]


class _Files(Definition):
    files: tuple[MessyFile, ...]


@dataclass(slots=True)
class Written:
    """A file's bytes and where each key, the header and each row of totals stand (sheet and cell)."""

    content: bytes = b""
    places: dict[str, tuple[str, str]] = field(default_factory=dict)
    totals: list[tuple[str, str]] = field(default_factory=list)
    header: tuple[str, str] = ("", "")

    def place(self, defect: Defect) -> tuple[str, str]:
        """Sheet and cell of a defect; the header for one of the whole table, nothing for one of the file."""
        if defect.key:
            return self.places.get(defect.key, ("", ""))
        if defect.defect == "totals_row" and self.totals:
            return self.totals[0]
        return self.header


@dataclass(frozen=True, slots=True)
class _Row:
    key: str
    measure: str
    cells: dict[str, Any]


def load_messy() -> tuple[MessyFile, ...]:
    """The files in free form."""
    files = load_as(_Files, read_yaml(HERE / "messy.yaml"), file="messy.yaml").files
    check_unique((one.id for one in files), file="messy.yaml")
    check_unique((one.id for file in files for one in file.defects), file="messy.yaml")
    return files


def write_messy(spec: MessyFile, plan: Plan, answers: Mapping[str, Answer], *, whole: bytes = b"") -> Written:
    """The file that a specification describes; breakdowns other than counties are left out, as free forms do.

    ``whole`` is a good workbook, of which a truncated file is the first half.
    """
    if spec.style == "old":
        mark = f"{BANNER}. ".encode("utf-16-le")
        return Written(content=bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504) + mark * 20)
    if spec.style == "truncated":
        return Written(content=whole[: len(whole) // 2])
    rows = list(_rows(spec, plan, answers))
    if spec.style == "csv":
        return _write_csv(spec, rows)
    return _write_workbook(spec, rows)


def _rows(spec: MessyFile, plan: Plan, answers: Mapping[str, Answer]) -> Iterator[_Row]:
    names = {card.id: (one.code, card.name.ro) for one in plan.measures for card in one.indicators}
    counties = {one.id: one.name for one in load_counties()}
    planted = {one.key: one for one in spec.defects if one.key}
    for key, answer in answers.items():
        indicator, period, _institution, county, part = key.split("|")
        if part or (county and "county" not in spec.columns):
            continue
        measure, name = names[indicator]
        cells: dict[str, Any] = {
            "measure": measure,
            "indicator": name,
            "period": _period(period),
            "county": counties.get(county, TOTAL),
        }
        cells |= _cells(spec, answer)
        defect = planted.get(key)
        if defect is not None and defect.written:
            written: Any = float(defect.written) if defect.how == "number" else defect.written
            target = "date" if defect.defect.startswith("date") else "value"
            cells |= {"numerator": None, "denominator": None, target: written}
        if defect is not None and defect.county:
            cells["county"] = defect.county
        yield _Row(key, measure, cells)


def _cells(spec: MessyFile, answer: Answer) -> dict[str, Any]:
    day = answer.get("date")
    if day:
        day = date.fromisoformat(day)
        day = f"{day:%d.%m.%Y}" if spec.text_dates or spec.style == "csv" else day
    status = answer.get("status", "reported")
    words = {"not_applicable": "nu este cazul", "not_available": "indisponibil"}
    value = answer.get("value")
    if spec.thousands and value is not None:
        value = f"{value:,}".translate(str.maketrans(",.", ".,"))
    return {
        "value": words.get(status, value),
        "numerator": answer.get("numerator"),
        "denominator": answer.get("denominator"),
        "stage": STAGES.get(answer.get("stage", "")),
        "date": day,
        "document": answer.get("text"),
        "reason": REASONS.get(answer.get("reason", "")),
        "remark": "DATE SINTETICE",
    }


def _period(label: str) -> str:
    year, _, part = label.partition("-")
    return f"{PARTS[part]} {year}" if part in PARTS else label


def _write_csv(spec: MessyFile, rows: list[_Row]) -> Written:
    """Semicolons, Windows code page 1250, letters with cedilla."""
    head = [HEADINGS[one] for one in spec.columns]
    above = [[BANNER], [f"Instituția: {spec.name}"], [f"Raportare pe anul {spec.year}"]]
    body = [*above[1:], [], head, *([row.cells[one] for one in spec.columns] for row in rows)]
    text = make_csv(above[0], body, delimiter=";").translate(_CEDILLA)
    place = chr(ord("A") + spec.columns.index("value"))
    return Written(
        content=text.encode("cp1250"),
        places={row.key: ("", f"{place}{HEAD_ROW + 1 + at}") for at, row in enumerate(rows)},
        header=("", f"A{HEAD_ROW}"),
    )


def _write_workbook(spec: MessyFile, rows: list[_Row]) -> Written:
    from openpyxl import Workbook

    book = Workbook()
    written = Written()
    if spec.sheets == "one":
        groups = {"Raportare": rows}
    else:
        groups = {f"M {code}": [one for one in rows if one.measure == code] for code in _codes(rows)}
    for place, (title, part) in enumerate(groups.items()):
        sheet = book.active if place == 0 else book.create_sheet()
        sheet.title = title
        _fill(sheet, spec, part, written)
    written.content = _save(book, spec)
    return written


def _codes(rows: list[_Row]) -> list[str]:
    return list(dict.fromkeys(row.measure for row in rows))


def _fill(sheet: "Worksheet", spec: MessyFile, rows: list[_Row], written: Written) -> None:
    for place, line in enumerate((BANNER, f"Instituția: {spec.name}", f"Raportare pe anul {spec.year}"), 1):
        sheet.cell(place, 1, line)
    at = _head(sheet, spec)
    written.header = written.header if written.header[0] else (sheet.title, f"A{HEAD_ROW}")
    told = spec.columns.index("value" if "value" in spec.columns else "date") + 1
    by_county = "county" in spec.columns
    for _indicator, group in groupby(rows, key=lambda one: one.key.split("|")[0]):
        mine = list(group)
        for row in mine:
            for column, role in enumerate(spec.columns, 1):
                if row.cells[role] is not None:
                    sheet.cell(at, column, row.cells[role])
            written.places[row.key] = (sheet.title, sheet.cell(at, told).coordinate)
            if by_county and row.cells["county"] == TOTAL:
                written.totals.append(written.places[row.key])
            if row.key in spec.hidden:
                sheet.row_dimensions[at].hidden = True
            at += 1
        if spec.totals and not by_county:
            at += _total(sheet, spec, mine, at=at, written=written)


def _total(sheet: "Worksheet", spec: MessyFile, rows: list[_Row], *, at: int, written: Written) -> int:
    """A row "TOTAL" below the rows of an indicator, unless it has only one; how many rows it takes."""
    mine = [one.cells["value"] for one in rows]
    if len(mine) < 2 or not all(isinstance(one, int | float) for one in mine):
        return 0
    sheet.cell(at, 1, TOTAL)
    cell = sheet.cell(at, spec.columns.index("value") + 1, sum(mine))
    written.totals.append((sheet.title, cell.coordinate))
    return 1


def _head(sheet: "Worksheet", spec: MessyFile) -> int:
    """The header; with two rows, the first is merged over the columns it stands for. Gives the first row of data."""
    row = HEAD_ROW
    if spec.header_rows == 2:
        half = len(spec.columns) // 2 + 1
        sheet.cell(row, 1, "Conform planului")
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=half)
        sheet.cell(row, half + 1, "Raportat")
        sheet.merge_cells(start_row=row, end_row=row, start_column=half + 1, end_column=len(spec.columns))
        row += 1
    for column, role in enumerate(spec.columns, 1):
        sheet.cell(row, column, HEADINGS[role])
    return row + 1


def _save(book: "Workbook", spec: MessyFile) -> bytes:
    book.properties.creator = BANNER
    book.properties.title = BANNER
    buffer = BytesIO()
    book.save(buffer)
    content = buffer.getvalue()
    if spec.style == "macros":
        import zipfile

        with zipfile.ZipFile(buffer, "a") as archive:
            archive.writestr("xl/vbaProject.bin", BANNER.encode())
        content = buffer.getvalue()
    return fix_archive(content, date=f"{spec.year + 1}-01-01T00:00:00Z")
