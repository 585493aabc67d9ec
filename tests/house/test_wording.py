"""Words of the report: complete in both languages, in the right letters and quotes, and every key that is used exists."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from evaluation.core.status import Status
from evaluation.core.yamlfile import read_yaml
from evaluation.reporting.figures.definitions import load_figures
from evaluation.reporting.layouts import load_layouts
from evaluation.reporting.page.labels import REQUIRED_LABELS
from evaluation.reporting.wording import WORDING, load_wording
from evaluation.strategy.frame import load_assessments

ROOT = Path(__file__).resolve().parents[2]
REPORTING = ROOT / "evaluation" / "reporting"
FILES = sorted([*WORDING.glob("*.yaml"), *REPORTING.glob("*.yaml")])
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
CODE = sorted((ROOT / "evaluation").rglob("*.py"))
TOKEN = re.compile(r"\{[^{}]+\}")
CEDILLA = re.compile("[\u015f\u0163\u015e\u0162]|[sStT]\u0327")
WITHOUT_NUMBER = [one.value for one in Status if one is not Status.OK]


def pairs(content: Any, place: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every entry of a file that has a text for a language, with its place."""
    if isinstance(content, dict):
        if {"ro", "en"} & set(content):
            yield place, content
            return
        for key, value in content.items():
            yield from pairs(value, f"{place}.{key}" if place else key)
    elif isinstance(content, list):
        for number, value in enumerate(content, start=1):
            yield from pairs(value, f"{place}[{number}]")


def texts(file: Path, language: str) -> Iterator[tuple[str, str]]:
    """The texts of a language, also the forms of nouns."""
    for place, entry in pairs(read_yaml(file)):
        value = entry.get(language) or ""
        for text in value.values() if isinstance(value, dict) else [value]:
            yield place, text


def prose(notebook: Path, language: str) -> Iterator[str]:
    """Prose cells without code, tags and link targets."""
    for cell in json.loads(notebook.read_text(encoding="utf-8"))["cells"]:
        if f"lang-{language}" in cell["metadata"].get("tags", []):
            yield re.sub(r"`[^`]*`|<[^>]+>|\]\([^)]*\)", "", "".join(cell["source"]))


def wrong_quotes(text: str, language: str) -> bool:
    """Romanian: „…”, inside them «…»; English: ‘…’ or “…”. Straight ones are of no language."""
    if language == "ro":
        opened, closed, foreign = text.count("\u201e"), text.count("\u201d"), '["\u201c\u2018]'
    else:
        opened, closed, foreign = text.count("\u201c"), text.count("\u201d"), '["\u201e«»]'
    straight = re.search(r"(?<!\w)'[^']+'(?!\w)", text)
    return opened != closed or bool(straight or re.search(foreign, text))


named = pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(REPORTING)))


@named
def test_every_text_is_there_in_both_languages(file):
    lacking = [
        place
        for place, entry in pairs(read_yaml(file))
        if not all(str(entry.get(language) or "").strip() for language in ("ro", "en"))
    ]
    assert lacking == []


@named
def test_romanian_has_no_cedilla(file):
    assert [place for place, text in texts(file, "ro") if CEDILLA.search(text)] == []


@named
@pytest.mark.parametrize("language", ["ro", "en"])
def test_quotes_are_those_of_the_language(file, language):
    assert [place for place, text in texts(file, language) if wrong_quotes(text, language)] == []


@named
def test_both_languages_ask_for_the_same_numbers(file):
    differing = [
        place
        for place, entry in pairs(read_yaml(file))
        if isinstance(entry.get("ro"), str)
        and sorted(TOKEN.findall(entry["ro"])) != sorted(TOKEN.findall(str(entry.get("en"))))
    ]
    assert differing == []


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
@pytest.mark.parametrize("language", ["ro", "en"])
def test_prose_has_the_letters_and_quotes_of_its_language(notebook, language):
    cells = list(prose(notebook, language))
    assert [text for text in cells if wrong_quotes(text, language)] == []
    assert [text for text in cells if CEDILLA.search(text)] == []


def test_the_wording_table_loads():
    assert load_wording().texts


def test_every_absence_of_a_number_has_its_words():
    words = load_wording()
    needed = [f"{kind}.{status}" for kind in ("status", "sentence") for status in WITHOUT_NUMBER]
    assert [key for key in (*needed, "status.no_interval") if not words.has(key)] == []


def test_the_page_has_its_fixed_texts():
    assert [key for key in REQUIRED_LABELS if not load_wording().has(f"page.{key}")] == []


def test_an_assessment_that_can_be_built_has_its_cover():
    needed = [f"running_head.{one.id}" for one in load_assessments()]
    needed += [f"cover.{key}.{stage}" for key in ("subtitle", "status") for stage in ("judged", "reported")]
    assert [key for key in needed if not load_wording().has(key)] == []


def test_a_counted_noun_is_one_of_the_nouns():
    words = load_wording()
    used = {
        noun for entry in words.texts.values() for noun in re.findall(r"\{[^{}|]+\|([^{}]+)\}", entry["ro"])
    }
    assert used - set(words.nouns) == set()


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Calls by the name of what is called."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield getattr(node.func, "attr", "") or getattr(node.func, "id", ""), node


def used_keys(tree: ast.AST) -> Iterator[str]:
    """Keys given to say, text and _word; "status.*" where the end is only known at run time."""
    for name, call in calls(tree):
        if name not in ("say", "text", "_word") or not call.args:
            continue
        first = call.args[0]
        if isinstance(first, ast.Constant) and isinstance(first.value, str):
            yield first.value
        elif isinstance(first, ast.JoinedStr) and isinstance(first.values[0], ast.Constant):
            yield f"{first.values[0].value}*"


def cells_of(notebook: Path) -> ast.AST:
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return ast.parse("\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"))


def exists(key: str) -> bool:
    if key.endswith("*"):
        return any(one.startswith(key[:-1]) for one in load_wording().texts)
    return load_wording().has(key)


def test_every_key_used_in_code_exists():
    missing = {
        f"{path.name}: {key}"
        for path in CODE
        for key in used_keys(ast.parse(path.read_text(encoding="utf-8")))
        if not exists(key)
    }
    assert missing == set()


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_key_used_in_a_chapter_exists(notebook):
    assert [key for key in used_keys(cells_of(notebook)) if not exists(key)] == []


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_layout_and_figure_named_in_a_chapter_exists(notebook):
    known = {"layout": set(load_layouts()), "figure": set(load_figures())}
    missing = [
        option.value.value
        for name, call in calls(cells_of(notebook))
        if name in ("show", "plot")
        for option in call.keywords
        if option.arg in known
        and isinstance(option.value, ast.Constant)
        and option.value.value not in known[option.arg]
    ]
    assert missing == []


def test_the_data_of_a_figure_has_its_layout():
    asked = [
        (one.name, layout)
        for one in load_figures().values()
        for layout in (one.data_layout, one.beside_layout)
    ]
    assert [one for one in asked if one[1] and one[1] not in load_layouts()] == []


def test_a_column_in_words_has_words():
    used = re.findall(r"'word:(\w+)'", repr([read_yaml(file) for file in FILES if file.parent == REPORTING]))
    assert {field for field in used if not exists(f"{field}.*")} == set()


@pytest.mark.parametrize(
    ("text", "language", "wrong"),
    [
        ("Indicatorul „Grad de” este nedefinit.", "ro", False),
        ('Indicatorul "Grad de" este nedefinit.', "ro", True),
        ("Indicatorul \u201cGrad de\u201d este nedefinit.", "ro", True),
        ("Indicatorul „Grad de este nedefinit.", "ro", True),
        ("The kit's card, \u2018degree of\u2019.", "en", False),
        ("The kit's card, \u201cdegree of\u201d.", "en", False),
        ("The kit's card, 'degree of'.", "en", True),
        ('The card "degree of".', "en", True),
    ],
)
def test_the_check_of_quotes_knows_right_from_wrong(text, language, wrong):
    assert wrong_quotes(text, language) is wrong


def test_the_two_languages_ask_for_their_numbers_in_one_order():
    """The pages are compared element by element, so a sentence cannot turn its numbers round in one language."""
    asked = {
        key: [re.findall(r"\{[^{}]+\}", text[one]) for one in ("ro", "en")]
        for key, text in load_wording().texts.items()
    }
    assert [key for key, (ro, en) in asked.items() if ro != en] == []
