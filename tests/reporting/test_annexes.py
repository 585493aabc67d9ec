"""Generated annexes: the register, its sources, the gate's decisions."""

import copy
import re

import pytest

from evaluation.core.errors import ReportError
from evaluation.reporting.annexes import (
    collect_decisions,
    collect_entries,
    collect_sources,
)
from evaluation.reporting.assemble import number_chapters
from evaluation.reporting.register_annex import register_html
from evaluation.reporting.words import say
from tests.kit.released import published
from tests.kit.words import use_wording

ROWS = [
    {"measure": "victims", "quantity": "count", "n": 700, "estimate": 1451, "ci_low": 1400, "ci_high": 1500},
    {"measure": "minors", "quantity": "count", "status": "suppressed"},
]
REGISTER = [
    "caption",
    "intro",
    "number",
    "value",
    "interval",
    "n",
    "source",
    "method",
    "place",
    "decision",
    "origin",
    "rows",
]  # the headings of the annex


@pytest.fixture(autouse=True)
def wording(monkeypatch, tmp_path):
    texts = {f"register.{one}": {"ro": f"ro {one}", "en": f"en {one}"} for one in REGISTER}
    texts |= {one: {"ro": f"ro {one}", "en": f"en {one}"} for one in ("caption.origins", "decisions.result")}
    texts["said"] = {"ro": "{victims}", "en": "{victims}"}
    return use_wording(monkeypatch, tmp_path / "wording", texts)


def record(chapter: str, cell: int, *, rows=ROWS) -> dict[str, object]:
    shown = say("said", published(rows), language="en").record()
    return {
        "chapter": chapter,
        "notebook": f"notebooks/01_{chapter}.ipynb",
        "exhibits": [{**shown, "cell": cell}],
    }


def test_a_number_shown_twice_is_one_entry_with_two_places():
    entries = collect_entries([record("context", 5), record("plan", 9)])
    assert [one["id"] for one in entries] == ["victims.1.estimate"]
    assert [(one["chapter"], one["cell"]) for one in entries[0]["shown"]] == [("context", 5), ("plan", 9)]


def test_one_id_for_two_different_numbers_is_refused_without_either():
    other = [{**ROWS[0], "estimate": 1452}, ROWS[1]]
    with pytest.raises(ReportError, match=r"chapter plan, cell 9: victims\.1\.estimate") as refused:
        collect_entries([record("context", 5), record("plan", 9, rows=other)])
    assert "145" not in str(refused.value)


def test_a_decision_is_listed_once():
    assert len(collect_decisions([record("context", 5), record("plan", 9)])) == 1


def test_a_source_is_listed_once_with_its_digest():
    entries = collect_entries([record("context", 5), record("plan", 9)])
    assert collect_sources(entries) == {"data_raw/secondary/series.csv": "0" * 64}


def test_the_register_is_the_target_of_the_links_and_prints_the_number_in_full():
    html = register_html(collect_entries([record("context", 5)]), numbers={"context": "3"}, language="ro")
    row = re.search(r'<tr id="R-victims\.1\.estimate">.*?</tr>', html)
    assert row
    cells = re.findall(r"<td[^>]*>(.*?)</td>", row[0])
    assert cells == ["1.451 (1.400\u20131.500; n = 700)", "O1", "2-9", "3:5"]


def test_a_number_that_was_not_released_stands_in_the_register_with_its_reason():
    entries = collect_entries([record("context", 5)])
    silent = {**copy.deepcopy(entries[0]), "id": "minors.2.estimate", "value": None, "status": "suppressed"}
    html = register_html([silent], numbers={}, language="ro")
    assert ">nu se arată</td>" in html


def test_chapters_are_numbered_annexes_lettered_and_the_summary_is_neither():
    numbers = number_chapters(["summary", "object", "method", "annexes"])
    assert numbers == {
        "summary": "", "object": "1", "method": "2", "annexes": "A",
        "register": "B", "sources": "C", "decisions": "D", "origin": "E", "self_audit": "F",
    }  # fmt: skip
