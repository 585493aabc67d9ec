"""Both languages are the same report: what differs is refused, with the chapter named."""

import copy

import pytest

from evaluation.core.errors import ReportError
from evaluation.reporting.parity import check_page_parity, check_parity


def entry(name: str, value: float | None, **more: object) -> dict[str, object]:
    return {
        "id": name, "value": value, "ci_low": None, "ci_high": None, "n": 10, "status": "ok",
        "sources": [{"file": "a.csv", "digest": "0", "rows": "2", "sheet": ""}], "method": "count", "decision": "keep",
        **more,
    }  # fmt: skip


def record(chapter: str) -> dict[str, object]:
    table = {"kind": "table", "id": "victims", "cell": 5, "entries": [entry("v.1", 500), entry("v.2", 1451)]}
    sentence = {"kind": "sentence", "id": "informed", "cell": 7, "entries": [entry("v.1", 500)]}
    return {"chapter": chapter, "cells": 4, "exhibits": [table, sentence]}


@pytest.fixture
def records():
    one = [record("context"), record("plan")]
    return {"ro": one, "en": copy.deepcopy(one)}


def test_two_languages_from_one_computation_agree(records):
    check_parity(records)


def test_numbers_may_stand_in_another_order_within_one_exhibit(records):
    # A sentence may name its two numbers in another order in English.
    records["en"][1]["exhibits"][0]["entries"].reverse()
    check_parity(records)


def set_entry(name: str, value: object):
    def change(chapter):
        chapter["exhibits"][0]["entries"][1][name] = value

    return change


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (set_entry("value", 1452), "numbers are not the same"),
        (set_entry("value", None), "numbers are not the same"),
        (set_entry("ci_low", 1.0), "numbers are not the same"),
        (set_entry("n", 11), "numbers are not the same"),
        (set_entry("status", "suppressed"), "numbers are not the same"),
        (set_entry("method", "other"), "numbers are not the same"),
        (set_entry("decision", "suppress"), "numbers are not the same"),
        (set_entry("sources", []), "numbers are not the same"),
        (lambda chapter: chapter["exhibits"][0]["entries"].pop(), "numbers are not the same"),
        (lambda chapter: chapter["exhibits"].pop(), "number of tables, figures and sentences"),
        (lambda chapter: chapter["exhibits"].pop(0), "another exhibit"),
        (lambda chapter: chapter["exhibits"].reverse(), "another exhibit"),
        (lambda chapter: chapter["exhibits"][1].update(id="other"), "another exhibit"),
        (lambda chapter: chapter["exhibits"][1].update(cell=8), "another exhibit"),
        (lambda chapter: chapter["exhibits"][0].update(kind="figure"), "another exhibit"),
        (lambda chapter: chapter.update(cells=5), "in cells"),
    ],
)
def test_what_differs_is_refused_with_its_chapter(records, change, problem):
    change(records["en"][1])
    with pytest.raises(ReportError, match=rf"chapter plan.*{problem}") as refused:
        check_parity(records)
    assert "145" not in str(refused.value)


def test_a_chapter_in_one_language_only_is_refused_by_name(records):
    records["en"].pop()
    with pytest.raises(ReportError, match="chapter plan: is there only in one"):
        check_parity(records)


def test_chapters_in_another_order_are_refused(records):
    records["en"].reverse()
    with pytest.raises(ReportError, match="in chapter"):
        check_parity(records)


RO = """<html><body><h1>Planul</h1><h2 id="a">Unu</h2><p>Sunt <a class="n" href="#R-v.1">1.451</a> de victime.</p>
<table><tr><th>Loc</th><th>n</th></tr><tr id="R-v.1"><th>v</th><td>1.451</td></tr></table>
<figure id="fig-x"><img src="data:," alt=""/></figure></body></html>"""
EN = """<html><body><h1>The plan</h1><h2 id="b">One</h2><p><a class="n" href="#R-v.1">1,451</a> victims are there.</p>
<table><tr><th>Place</th><th>n</th></tr><tr id="R-v.1"><th>v</th><td>1,451</td></tr></table>
<figure id="fig-x"><img src="data:," alt=""/></figure></body></html>"""


def test_pages_that_differ_in_words_only_agree():
    check_page_parity({"ro": RO, "en": EN})


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<h2 id="b">One</h2>', ""),
        ('<h2 id="b">One</h2>', '<h3 id="b">One</h3>'),
        ("#R-v.1", "#R-v.2"),
        ("<td>1,451</td>", ""),
        ('<tr id="R-v.1"><th>v</th><td>1,451</td></tr>', ""),
        ('id="fig-x"', 'id="fig-y"'),
        ('<figure id="fig-x"><img src="data:," alt=""/></figure>', ""),
        ("</body>", "<table></table></body>"),
    ],
)
def test_pages_that_differ_in_shape_are_refused(before, after):
    with pytest.raises(ReportError, match="the pages in en and ro"):
        check_page_parity({"ro": RO, "en": EN.replace(before, after, 1)})
