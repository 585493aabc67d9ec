"""A tiny project in a folder of the test, with chapters made of cells."""

from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from evaluation.core.project import Project
from evaluation.reporting.chapters import ChapterRun

PARAMETERS = 'assessment = "interim-2026"  # type: str\nlanguage = "ro"  # type: str'


def make_project(folder: Path) -> Project:
    """The folders of a project and nothing in them."""
    for name in ("notebooks", "data_raw/secondary", "outputs"):
        (folder / name).mkdir(parents=True)
    (folder / "pyproject.toml").write_text("", encoding="utf-8")
    return Project(folder)


def notebook(*cells: str, parameters: tuple[str, ...] = (PARAMETERS,), title: bool = True) -> Any:
    """A notebook: tagged parameter cells, the title in two languages, and the code cells given."""
    made = [new_code_cell(source, metadata={"tags": ["parameters"]}) for source in parameters]
    if title:
        made.append(new_markdown_cell("# Planul & cadrul", metadata={"tags": ["lang-ro"]}))
        made.append(new_markdown_cell("# The plan & the frame", metadata={"tags": ["lang-en"]}))
    made += [new_code_cell(source) for source in cells]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return new_notebook(cells=made, metadata={"kernelspec": kernel})


def chapter(
    project: Project, *cells: str, slug: str = "plan", language: str = "en", title: bool = True
) -> ChapterRun:
    """A chapter of the project, written and ready to run; its first own cell is number 4."""
    path = project.notebooks / f"01_{slug}.ipynb"
    nbformat.write(notebook(*cells, title=title), path)
    return ChapterRun(slug, path, "interim-2026", language)
