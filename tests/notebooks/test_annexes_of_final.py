"""The annexes that look back give way to a page that says so where nothing was recommended or published before."""

from dataclasses import replace
from pathlib import Path

import nbformat
import pytest

from evaluation.core.project import find_project
from evaluation.reporting.chapters import find_chapters

PROJECT = find_project(Path(__file__).resolve().parents[2])
FINAL = "final-2028"
NEEDED = {
    "annex_followup": "judgement/interim-2026/recommendations.yaml",
    "annex_comparability": "judgement/interim-2026/published/register.csv",
}


def chosen(project, annex: str) -> Path:
    return find_chapters(project, (annex,), assessment=FINAL)[annex]


@pytest.mark.parametrize("annex", NEEDED)
def test_with_what_it_looks_back_to_the_annex_itself_is_run(annex):
    assert chosen(PROJECT, annex).parent == PROJECT.notebooks


@pytest.mark.parametrize("annex", NEEDED)
def test_without_it_the_page_that_says_so_is_run(tmp_path, annex):
    others = [name for name in NEEDED.values() if name != NEEDED[annex]]
    for name in others:
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).touch()
    path = chosen(replace(PROJECT, data=tmp_path), annex)
    assert path.parent.name == "absent" and path.is_file()


@pytest.mark.parametrize("annex", NEEDED)
def test_the_page_has_the_title_of_its_annex_in_both_languages(tmp_path, annex):
    pages = (chosen(PROJECT, annex), chosen(replace(PROJECT, data=tmp_path), annex))
    titles = [
        [cell.source.splitlines()[0] for cell in nbformat.read(page, as_version=4).cells[:2]]
        for page in pages
    ]
    assert titles[0] == titles[1]


def test_errata_enter_the_annex_only_as_kept_for_its_data():
    cells = nbformat.read(chosen(PROJECT, "annex_comparability"), as_version=4).cells
    used = [line for cell in cells if cell.cell_type == "code" for line in cell.source.splitlines()]
    assert [line for line in used if "load_errata(" in line] == [
        "errata = kept_errata(load_errata(home), synthetic=invented)"
    ]
