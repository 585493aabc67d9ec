"""The house keeps its own rules: names, ignore files, sizes, what may stand in a tracked file."""

import ast
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "evaluation"
LONGEST_MODULE = 300
LONGEST_FUNCTION = 40
AVOIDED_NAMES = {"build", "data", "lib", "outputs"}
MACHINE_PATH = re.compile(r"(?<![\w.:/])/(?:work|root|tmp)/\w")
CEDILLA = re.compile("[şţŞŢ]")


def tracked_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("not a git checkout: the list of tracked files is not known")
    return [ROOT / name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]


def text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if "__pycache__" not in path.parts)


def test_no_tracked_file_names_a_place_of_one_machine():
    found = [
        path.name for path in tracked_files() if path.suffix != ".lock" and MACHINE_PATH.search(text_of(path))
    ]
    assert found == []


def test_romanian_is_written_with_comma_below():
    # The readers of other encodings and their tests name the old letters on purpose.
    allowed = {"language.py", "test_language.py", "test_tree.py"}
    found = [
        str(path.relative_to(ROOT))
        for path in tracked_files()
        if path.name not in allowed
        and not {"data_raw", "returns"}.intersection(path.parts)
        and CEDILLA.search(text_of(path))
    ]
    assert found == []


def test_no_folder_of_the_package_has_a_name_that_ignore_rules_hide():
    assert {path.name for path in PACKAGE.rglob("*") if path.is_dir()} & AVOIDED_NAMES == set()


@pytest.mark.parametrize("folder", ["data_raw", "outputs"])
def test_rooms_for_data_carry_their_own_ignore_file(folder):
    rules = (ROOT / folder / ".gitignore").read_text(encoding="utf-8").split()
    assert "*" in rules


def test_only_published_and_invented_data_is_tracked():
    tracked = [path.relative_to(ROOT).as_posix() for path in tracked_files()]
    astray = [
        name
        for name in tracked
        if name.startswith(("data_raw/", "outputs/"))
        and not name.startswith(("data_raw/secondary/", "data_raw/example/"))
        and not name.endswith(".gitignore")
    ]
    assert astray == []


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_modules_and_functions_stay_short(path):
    source = path.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= LONGEST_MODULE
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            length = (body[-1].end_lineno - body[0].lineno + 1) if body else 0
            assert length <= LONGEST_FUNCTION, node.name


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_every_module_says_what_it_gives(path):
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
