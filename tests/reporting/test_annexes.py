"""Generated annexes: the register, its sources, the gate's decisions."""

import copy
import re

import pytest

from evaluation.core.errors import ReportError
from evaluation.core.project import Project
from evaluation.reporting.annexes import (
    collect_decisions,
    collect_entries,
    collect_sources,
    origin_html,
)
from evaluation.reporting.assemble import find_exhibits, number_chapters
from evaluation.reporting.contents import Contents
from evaluation.reporting.page.model import Chapter
from evaluation.reporting.register_annex import register_html
from evaluation.reporting.words import say
from evaluation.strategy.frame import get_assessment
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

ORIGIN = [
    *("caption.versions", "caption.inputs", "provenance.intro", "provenance.seeds", "provenance.no_seeds"),
    *("provenance.library", "provenance.version", "provenance.file", "provenance.digest"),
]  # the words of the annex of origins


@pytest.fixture(autouse=True)
def wording(monkeypatch, tmp_path):
    texts = {f"register.{one}": {"ro": f"ro {one}", "en": f"en {one}"} for one in REGISTER}
    texts |= {
        one: {"ro": f"ro {one}", "en": f"en {one}"}
        for one in ("caption.origins", "decisions.result", *ORIGIN)
    }
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


def test_a_reference_leads_to_the_exhibit_itself_and_not_to_one_with_a_longer_name():
    places = '<span data-ref="fig-change-by-domain"></span><span data-ref="tab-change"></span><span data-ref="tab-parts-1-1"></span>'
    record = {"exhibits": [{"kind": "table", "id": one} for one in ("change", "parts")], "html": places}
    told = Chapter("findings", "9", "F", '<a href="#exhibit-change"></a><a href="#exhibit-parts"></a>')
    (found,) = find_exhibits([told], [record])
    assert found.html == '<a href="#tab-change"></a><a href="#tab-parts-1-1"></a>'


def test_a_reference_to_an_exhibit_that_is_not_there_is_refused():
    with pytest.raises(ReportError, match="exhibit nobody: no table or figure"):
        find_exhibits([Chapter("findings", "9", "F", '<a href="#exhibit-nobody"></a>')], [])


def test_the_page_lists_the_seeds_or_says_that_there_are_none():
    with_seeds = origin_html({"numpy": "2"}, {"a.yaml": "ab"}, language="en", seeds=("score_match: seed=1",))
    assert "en provenance.seeds</p><ul><li><code>score_match: seed=1</code></li></ul>" in with_seeds
    without = origin_html({"numpy": "2"}, {"a.yaml": "ab"}, language="en")
    assert "en provenance.no_seeds" in without and "<ul>" not in without


def test_the_manifest_names_every_computation_of_the_notebooks_that_has_a_seed(tmp_path):
    (tmp_path / "07_x.ipynb").write_text('"a = score(one.table, seed=3)", "b = count(two)"', encoding="utf-8")
    (tmp_path / "notes.yaml").write_text("say(seed=9)", encoding="utf-8")
    inputs = {"07_x.ipynb": "ab", "notes.yaml": "cd"}
    made = Contents(get_assessment("interim-2026"), Project(tmp_path), {"ro": []}, {}, inputs)
    assert made.manifest()["seeds"] == ["score: seed=3"]
