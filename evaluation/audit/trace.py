"""Walks a printed number to the cells it was made from: page, register, file, digest, rows, notebook."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from evaluation.audit.readings import explains
from evaluation.audit.sealed import Sealed, open_run
from evaluation.core.errors import AuditError
from evaluation.core.project import Project
from evaluation.core.provenance import digest_file, digest_text

_CELL = re.compile(r"^(?P<file>.+\.\w+)(?: (?P<sheet>[^!]+)!(?P<cell>[A-Z]+\d+))?$")
_MORE = re.compile(r"^\+\d+$")
_LINES = re.compile(r"^(\d+)(?:-(\d+))?$")
_CODE = re.compile(r"\b[A-Z]{2}-\d+\b")


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way: what it is, where it leads, what was seen there."""

    kind: str
    place: str
    seen: str


def trace(folder: Path, number: str, project: Project, *, file: str = "") -> tuple[Step, ...]:
    """The way of one number from ``file`` (or every file that prints it) to its raw cells.

    Every step is checked against what lies there now; the first one that does not hold is refused by name.
    """
    run = open_run(folder)
    entry = run.register.get(number)
    if entry is None:
        raise AuditError(
            f"{number}: the register does not hold this number; name one that the report prints."
        )
    steps = [*_printed(run, entry, file), _registered(entry)]
    for source in entry["sources"]:
        steps.append(_source(run, source, project))
    steps += _all_rows(entry, project)
    steps.append(Step("method", entry["method"], entry["quantity"]))
    return (*steps, *(_notebook(one, number, project) for one in entry["shown"]))


def _printed(run: Sealed, entry: dict[str, Any], file: str) -> Iterator[Step]:
    papers = [one for one in run.papers() if file in ("", one.name)]
    if not papers:
        raise AuditError(f"{file}: no such file in the run; name a page, Word file or PDF of the report.")
    for paper in papers:
        shown = [one for one in paper.numbers if one.id == entry["id"]]
        if not shown:
            raise AuditError(
                f"{entry['id']}: {paper.name} does not print this number; build the report again."
            )
        text = " ".join(one.text for one in shown if one.place == shown[0].place)
        whole = paper.name.endswith(".pdf")  # a line that breaks within a number makes two links of it
        texts = [text] if whole else [one.text for one in shown]
        if (
            entry["status"] == "ok"
            and not whole
            and not all(explains(entry, one, paper.language) for one in texts)
        ):
            raise AuditError(f"{entry['id']}: {paper.name} prints another number; build the report again.")
        yield Step("printed", f"{paper.name}, {shown[0].place}", texts[0])


def _registered(entry: dict[str, Any]) -> Step:
    if not entry["sources"] or not entry["shown"] or not entry["method"]:
        raise AuditError(f"{entry['id']}: its entry lacks source, method or place; build the report again.")
    seen = f"{entry['status']}, {entry['decision']} ({entry['policy']})"
    return Step("register", entry["id"], seen)


def _source(run: Sealed, source: dict[str, str], project: Project) -> Step:
    path = _path(project, source["file"])
    if path.is_dir():
        digest = _folder_digest(run, source["file"], project)
    elif path.is_file():
        digest = digest_file(path)
    else:
        raise AuditError(f"{source['file']}: the source file is not there; restore it from the archive.")
    if digest != source["digest"]:
        raise AuditError(
            f"{source['file']}: changed since the report was built; restore it from the archive."
        )
    return Step("source", source["file"], digest)


def _all_rows(entry: dict[str, Any], project: Project) -> list[Step]:
    """The rows of each source; rows that an entry gives to several single files have to lie in one of them."""
    steps: list[Step] = []
    shared: dict[str, list[Path]] = {}
    for source in entry["sources"]:
        path = _path(project, source["file"])
        if path.is_dir():
            steps += [_cell(path, one) for one in _places(source["rows"], path)]
        elif source["rows"]:
            shared.setdefault(source["rows"], []).append(path)
    for rows, paths in shared.items():
        steps.append(_first_that_holds(paths, rows))
    return steps


def _first_that_holds(paths: list[Path], rows: str) -> Step:
    problems = []
    for path in paths:
        try:
            return _lines(path, rows) if path.suffix == ".csv" else _codes(path, rows)
        except AuditError as error:
            problems.append(error)
    raise problems[0]


def _path(project: Project, name: str) -> Path:
    if project.data is not None and name.startswith("data_raw/"):
        return project.data / name.removeprefix("data_raw/")
    return project.root / name


def _folder_digest(run: Sealed, name: str, project: Project) -> str:
    """The digest of a year's folder: every file the run read there is as it was, and together they are the source."""
    files = {one: digest for one, digest in run.manifest["inputs"].items() if one.startswith(f"{name}/")}
    for one, digest in files.items():
        path = _path(project, one)
        if not path.is_file() or digest_file(path) != digest:
            raise AuditError(
                f"{one}: changed or gone since the report was built; restore it from the archive."
            )
    return digest_text("\n".join(sorted(files.values())))


def _places(rows: str, path: Path) -> list[str]:
    """The single places, of a list of them, that lie in a year's own folder."""
    places = [one for one in rows.split("; ") if one and not _MORE.match(one)]
    return [one.partition("/")[2] for one in places if one.partition("/")[0] == path.name]


def _codes(path: Path, rows: str) -> Step:
    """The codes named stand in the file; rows without a code name a part of a file, or the file of that part."""
    text = path.read_text(encoding="utf-8")
    codes = _CODE.findall(rows.partition(" (")[0])
    whole = path.stem == rows or re.search(rf"\b{re.escape(rows)}\b", text)
    if not all(re.search(rf"\b{one}\b", text) for one in codes) or not (codes or whole):
        raise AuditError(f"{path.name}: {rows} is not in the file; build the report again.")
    return Step("rows", f"{path.name}, {rows}", f"{len(codes)}")


def _lines(path: Path, rows: str) -> Step:
    count = len(path.read_text(encoding="utf-8-sig").splitlines())
    for one in rows.split(", "):
        lines = _LINES.match(one)
        if lines and int(lines[2] or lines[1]) > count:
            raise AuditError(f"{path.name}: it has no line {lines[2] or lines[1]}; build the report again.")
    return Step("rows", f"{path.name}, {rows}", f"{count}")


def _cell(folder: Path, place: str) -> Step:
    """A cell of a workbook or table that an institution sent; what stands in it is not told, only that it is there."""
    found = _CELL.match(place)
    if found is None or not (folder / found["file"]).is_file():
        raise AuditError(
            f"{folder.name}: a file named by the register is not there; restore it from the archive."
        )
    if found["cell"] is None:
        return Step("rows", f"{folder.name}/{found['file']}", "file")
    grid = _grid(folder / found["file"], found["sheet"])
    column, row = _coordinates(found["cell"])
    if grid is None or row > len(grid) or column > len(grid[row - 1]):
        raise AuditError(
            f"{folder.name}/{found['file']}: it has no cell {found['cell']}; restore it from the archive."
        )
    return Step(
        "rows", f"{folder.name}/{place}", "filled" if grid[row - 1][column - 1] not in ("", None) else "empty"
    )


def _coordinates(cell: str) -> tuple[int, int]:
    """Column and row, from one.

    >>> _coordinates("AB12")
    (28, 12)
    """
    letters = cell.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column, int(cell[len(letters) :])


@lru_cache(maxsize=64)
def _grid(path: Path, sheet: str) -> tuple[tuple[Any, ...], ...] | None:
    """The cells of a sheet from its first row and column on; a table of text is its own only sheet."""
    if path.suffix == ".csv":
        import csv

        text = _decode(path.read_bytes())
        split = csv.Sniffer().sniff(text[:4000], delimiters=",;\t")
        return tuple(tuple(row) for row in csv.reader(text.splitlines(), split))
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(path)
    if sheet not in book.sheet_names:
        return None
    return tuple(tuple(row) for row in book.get_sheet_by_name(sheet).to_python(skip_empty_area=False))


def _decode(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1250"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("iso8859-2")


def _notebook(shown: dict[str, Any], number: str, project: Project) -> Step:
    path = project.root / shown["notebook"]
    if not path.is_file():
        raise AuditError(
            f"{number}: its notebook {path.name} is not there; restore it from the kit's repository."
        )
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    if not 0 <= shown["cell"] - 1 < len(cells):
        raise AuditError(f"{number}: {path.name} has no cell {shown['cell']}; build the report again.")
    source = "".join(cells[shown["cell"] - 1]["source"])
    if cells[shown["cell"] - 1]["cell_type"] != "code":
        raise AuditError(
            f"{number}: cell {shown['cell']} of {path.name} computes nothing; build the report again."
        )
    return Step("notebook", f"{shown['notebook']}, {shown['cell']}", source.splitlines()[0] if source else "")
