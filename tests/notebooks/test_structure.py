"""Chapters are thin: parameters, imports, load, compute, release, show, prose; and never a typed number."""

import ast
import re
from pathlib import Path

import nbformat
import pytest

from evaluation.reporting.parameters import check_parameters
from evaluation.strategy.frame import load_assessments

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").rglob("*.ipynb"))
LONGEST_CELL = 8
MOST_CELLS = 60
FORBIDDEN = (ast.FunctionDef, ast.ClassDef, ast.For, ast.While, ast.AsyncFunctionDef, ast.Lambda)
SHOWN_BY = {"show", "plot", "say"}
# Dates and spans of years, numbers of laws and acts, codes of measures and objectives, names of standards.
ALLOWED_DIGITS = re.compile(
    r"\b(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)?\d\d)?\b"
    r"|\b\d{1,2}(?:\.\d{1,2}){1,2}\b"
    r"|\b(?:nr\.|no\.|art\.|articolul|Article|Legea|Law)\s*\d+(?:/\d{4})?"
    r"|\b\d{2,4}/\d{2,4}\b"
    r"|\bSHA-256\b|\bPDF/UA-1\b|\bWCAG 2\.2\b|\bUTF-8\b|\bEUPL-1\.2\b"
)


def read(path: Path):
    return nbformat.read(path, as_version=4)


def tags(cell) -> list[str]:
    return cell.metadata.get("tags", [])


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request):
    return read(request.param)


def test_every_chapter_of_an_assessment_has_its_notebook():
    slugs = {path.stem.split("_", 1)[1] for path in NOTEBOOKS}
    assert {name for one in load_assessments() for name in one.chapters} <= slugs


def test_committed_without_outputs(notebook):
    assert not any(cell.get("outputs") or cell.get("execution_count") for cell in notebook.cells)


def test_parameters_agree_with_the_schema(notebook):
    assert check_parameters(notebook, {"language": "en"}, chapter="any") == {"language": "en"}


def test_cells_hold_no_logic_and_stay_short(notebook):
    assert len(notebook.cells) <= MOST_CELLS
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert not any(isinstance(node, FORBIDDEN) for node in ast.walk(ast.parse(cell.source))), (
                cell.source
            )
            assert len(cell.source.splitlines()) <= LONGEST_CELL, cell.source


def test_a_last_expression_is_a_call_of_show_plot_or_say(notebook):
    for cell in notebook.cells:
        body = ast.parse(cell.source).body if cell.cell_type == "code" else []
        for node in body:
            if isinstance(node, ast.Expr):
                assert isinstance(node.value, ast.Call), cell.source
                assert getattr(node.value.func, "id", "") in SHOWN_BY, cell.source


def test_prose_comes_in_pairs_romanian_first(notebook):
    prose = [tags(cell) for cell in notebook.cells if cell.cell_type == "markdown"]
    assert prose == [["lang-ro"], ["lang-en"]] * (len(prose) // 2)


def test_pairs_have_the_same_headings_and_lists(notebook):
    prose = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    for romanian, english in zip(prose[::2], prose[1::2], strict=True):
        shapes = [
            re.findall(r"^(#{1,4} |[-*] |\d+\. |\|)", text, flags=re.MULTILINE)
            for text in (romanian, english)
        ]
        assert shapes[0] == shapes[1], romanian


def test_no_number_is_typed_into_prose(notebook):
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            bare = re.sub(r"\(#[^)]*\)|`[^`]*`|^\d+\. ", "", cell.source, flags=re.MULTILINE)
            assert not re.search(r"\d", ALLOWED_DIGITS.sub("", bare)), cell.source


def test_markdown_is_plain(notebook):
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            assert not re.search(r"<(?!div class=\"callout\"|/div|br)[a-z!/]", cell.source), cell.source
