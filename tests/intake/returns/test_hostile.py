"""Hostile files: each is refused by its code, in time, in bounded memory, in both languages."""

import importlib.util
import time
from pathlib import Path

import pytest

from evaluation.intake.returns.sandbox import FileRefused, open_book

_SPEC = importlib.util.spec_from_file_location("hostile", Path(__file__).with_name("hostile.py"))
hostile = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(hostile)

MOST_SECONDS = 10
MOST_MEGABYTES = 200


@pytest.mark.parametrize("what", hostile.FILES)
def test_a_hostile_file_is_refused_by_its_code_in_time(what, tmp_path):
    path = hostile.make(what, tmp_path)
    start = time.perf_counter()
    with pytest.raises(FileRefused) as refused:
        open_book(path)
    assert refused.value.code == hostile.FILES[what][2]
    assert time.perf_counter() - start < MOST_SECONDS
    for language in ("ro", "en"):
        assert refused.value.say(language).startswith(f"{path.name}: ")
        assert str(tmp_path) not in refused.value.say(language)


@pytest.mark.parametrize("name", ["link", "pipe", "folder"])
def test_what_is_no_file_is_refused_unopened(name, tmp_path):
    with pytest.raises(FileRefused) as refused:
        open_book(hostile.make_irregular(tmp_path)[name])
    assert refused.value.code == "file_not_regular"


def test_reading_all_hostile_files_takes_bounded_memory(tmp_path):
    found = hostile.measure([hostile.make(what, tmp_path) for what in hostile.FILES])
    assert [code for code, *_ in found] == [code for _, _, code in hostile.FILES.values()]
    assert max(own for *_, own, _ in found) < MOST_MEGABYTES
    assert max(child for *_, child in found) < MOST_MEGABYTES


def test_the_secret_of_another_file_does_not_arrive_through_an_entity(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("canary", encoding="utf-8")
    doctype = f'<!DOCTYPE w [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    path = tmp_path / "entity.xlsx"
    path.write_bytes(hostile.workbook(doctype.encode() + hostile.sheet(hostile.TEXT_CELL.format("&x;"))))
    with pytest.raises(FileRefused) as refused:
        open_book(path)
    assert "canary" not in str(refused.value)
