"""Only the gate makes released tables, and only the policy file makes policies."""

import ast
import json
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOORS = {
    "Released": {
        "evaluation/disclosure/release.py",
        "evaluation/disclosure/republish.py",  # takes numbers out of what release.py made
        "evaluation/disclosure/quotations.py",  # words of people, by rules of their own
    },
    "Policy": {"evaluation/disclosure/policy.py"},
}


def _code() -> list[tuple[str, str]]:
    modules = sorted((ROOT / "evaluation").rglob("*.py"))
    texts = [(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")) for path in modules]
    for path in sorted((ROOT / "notebooks").rglob("*.ipynb")):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        lines = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
        plain = [
            line for text in lines for line in text.splitlines() if not line.lstrip().startswith(("%", "!"))
        ]
        texts.append((path.relative_to(ROOT).as_posix(), "\n".join(plain)))
    return texts


def _makers(code: str, name: str) -> list[int]:
    """Lines that call the class, rename it, copy with changes, or go round its constructor."""
    tree = ast.parse(code)
    lines = []
    mentions = any(
        isinstance(node, ast.alias | ast.Name) and name in ast.unparse(node) for node in ast.walk(tree)
    )
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func).split(".")[-1]
            copies = called in ("replace", "__new__", "__setattr__", "partial") and mentions
            if called == name or (copies and _names_it(node, name)):
                lines.append(node.lineno)
        if isinstance(node, ast.alias) and node.name == name and node.asname:
            lines.append(getattr(node, "lineno", 0))
        if isinstance(node, ast.Assign) and ast.unparse(node.value).split(".")[-1] == name:
            lines.append(node.lineno)
    return lines


def _names_it(call: ast.Call, name: str) -> bool:
    """What is copied comes first; in a partial call it may come later."""
    given = call.args if ast.unparse(call.func).endswith("partial") else call.args[:1]
    words = [ast.unparse(argument).casefold() for argument in given]
    return any(name.casefold() in word for word in words)


@pytest.mark.parametrize("name", sorted(DOORS))
def test_no_other_code_makes_one(name):
    found = {
        f"{file}:{line}" for file, code in _code() if file not in DOORS[name] for line in _makers(code, name)
    }
    assert found == set()


@pytest.mark.parametrize(
    "code",
    [
        "from evaluation.core.results import Released\nReleased(1)",
        "from evaluation.core import results\nresults.Released(1)",
        "from evaluation.core.results import Released as R",
        "from evaluation.core.results import Released\nR = Released",
        "from evaluation.core.results import Released\nobject.__new__(Released)",
        "from dataclasses import replace\nfrom evaluation.core.results import Released\nreplace(released, id='x')",
        "from dataclasses import replace\nfrom functools import partial\nfrom evaluation.core.results import Released\n"
        "partial(replace, released)",
    ],
)
def test_each_way_round_is_noticed(code):
    assert _makers(code, "Released")


def test_the_gate_itself_makes_one():
    assert any(_makers(code, "Released") for file, code in _code() if file in DOORS["Released"])
