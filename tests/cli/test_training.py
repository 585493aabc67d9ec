"""``snitp training new``: a trainer in an empty folder gets everything for a session."""

import json
import re
from contextlib import chdir

import openpyxl
import pytest
from pypdf import PdfReader

from tests.kit.instruments import sample_content

FILES = {
    "ro": [
        "instructiuni.pdf",
        *(f"formular_{form}_{when}.pdf" for form in "AB" for when in ("inainte", "dupa")),
        "raspunsuri.xlsx",
        "cheia_formatorului.pdf",
    ],
    "en": [
        "instructions.pdf",
        *(f"form_{form}_{when}.pdf" for form in "AB" for when in ("before", "after")),
        "answers.xlsx",
        "trainer_key.pdf",
    ],
}


def write_kit(home):
    """A project with the questionnaire of sums for the audience ``sample``."""
    content = sample_content()
    folder = home / "questionnaires" / "training_sample"
    folder.mkdir(parents=True)
    parts = {
        "about": content["about"],
        "items": {"items": content["items"], "forms": content["forms"]},
        "key": {"keys": content["keys"], "open_keys": content["open_keys"]},
    }
    for name, part in parts.items():
        (folder / f"{name}.yaml").write_text(json.dumps(part, ensure_ascii=False), encoding="utf-8")
    (home / "pyproject.toml").touch()
    (home / "notebooks").mkdir(exist_ok=True)
    return home


@pytest.fixture
def kit(tmp_path, monkeypatch):
    """The project as the working folder."""
    monkeypatch.chdir(write_kit(tmp_path))
    return tmp_path


@pytest.fixture(scope="module", params=["ro", "en"])
def made(request, invoke, tmp_path_factory):
    """The pack of one session in a language, made once: what was said, where it is, the language."""
    home = write_kit(tmp_path_factory.mktemp("kit"))
    with chdir(home):
        return pack(invoke, lang=request.param), home / "pack", request.param


def pack(invoke, *args, lang="ro"):
    return invoke("training", "new", "sample", "--out", "pack", "--code", "K7QM", "--lang", lang, *args)


def words(path):
    return " ".join(" ".join(page.extract_text() for page in PdfReader(path).pages).split())


def test_the_paths_of_all_files_are_printed_and_the_next_steps_beside_them(made):
    done, folder, language = made
    assert done.exit_code == 0, done.stderr
    assert done.stdout.splitlines() == [f"pack/{name}" for name in FILES[language]]
    assert sorted(one.name for one in folder.iterdir()) == sorted(FILES[language])
    assert "K7QM-1" in done.stderr
    assert f"snitp training score pack/{FILES[language][5]}" in done.stderr
    assert {"ro": "CIORNĂ", "en": "DRAFT"}[language] in done.stderr


def test_forms_workbook_and_instructions_carry_the_code_of_the_session(made):
    _done, folder, language = made
    for name in FILES[language][:5]:
        assert "K7QM-1" in words(folder / name), name
    page = openpyxl.load_workbook(folder / FILES[language][5]).worksheets[1]
    assert "K7QM-1" in [cell.value for cell in page["C"]]


def test_no_paper_but_the_key_holds_the_key(made):
    _done, folder, language = made
    secret = {"ro": "Adună două numere.", "en": "Adds two numbers."}[language]
    assert [name for name in FILES[language] if name.endswith("pdf") and secret in words(folder / name)] == [
        FILES[language][6]
    ]


def test_each_of_several_sessions_has_its_own_forms_and_one_workbook_serves_all(kit, invoke):
    done = pack(invoke, "--sessions", "2", "--people", "5")
    assert len(done.stdout.splitlines()) == 11
    assert "K7QM-2" in words(kit / "pack" / "sesiunea_2_formular_B_dupa.pdf")
    page = openpyxl.load_workbook(kit / "pack" / "raspunsuri.xlsx")["Răspunsuri 1"]
    assert page.max_row == 5 + 2 * 2 * 5


def test_nothing_is_overwritten_without_force(kit, invoke):
    (kit / "pack").mkdir()
    filled = kit / "pack" / "raspunsuri.xlsx"
    filled.write_bytes(b"filled in")
    done = pack(invoke)
    assert (done.exit_code, done.stdout, filled.read_bytes()) == (2, "", b"filled in")
    assert "--force" in done.stderr
    assert [one.name for one in (kit / "pack").iterdir()] == ["raspunsuri.xlsx"]


def test_force_replaces_and_the_same_code_gives_the_same_bytes(kit, invoke):
    pack(invoke)
    before = {one.name: one.read_bytes() for one in (kit / "pack").iterdir()}
    assert pack(invoke, "--force").exit_code == 0
    assert {one.name: one.read_bytes() for one in (kit / "pack").iterdir()} == before


def test_a_fresh_code_is_drawn_for_every_pack():
    from evaluation.cli.training_pack import session_codes

    drawn = {session_codes(1, start=None) for _ in range(50)}
    assert len(drawn) == 50
    assert all(re.fullmatch(r"[B-Z]{4}-[B-Z]{4}-1", one) and not set(one) & set("AEIOU") for (one,) in drawn)


def test_an_audience_may_be_written_as_the_questionnaire_is_called(kit, invoke):
    done = invoke("training", "new", "training-Sample", "--out", "pack", "--code", "?", "--lang", "en")
    assert "--code" in done.stderr  # the audience was taken, the code was not


@pytest.mark.parametrize(
    "args",
    [
        ("new",),
        ("new", "sample"),
        ("new", "nobody", "--out", "pack"),
        ("new", "sample", "--out", "pack", "--sessions", "0"),
        ("new", "sample", "--out", "pack", "--code", "Ștefan Popescu"),
        ("new", "sample", "--out", "pack", "--code", "0722123456"),
    ],
    ids=" ".join,
)
def test_a_wrong_call_ends_with_2_and_writes_nothing(kit, invoke, args):
    done = invoke("training", *args, "--lang", "en")
    assert (done.exit_code, done.stdout, (kit / "pack").exists()) == (2, "", False)


def test_an_unknown_audience_is_answered_with_the_known_ones(kit, invoke):
    done = invoke("training", "new", "nobody", "--out", "pack", "--lang", "en")
    assert "choose from sample." in done.stderr


def test_what_was_typed_as_a_code_is_not_repeated(kit, invoke):
    done = invoke("training", "new", "sample", "--out", "pack", "--code", "Ana Popescu!")
    assert "Popescu" not in done.stderr


@pytest.mark.parametrize(("language", "word"), [("ro", "Utilizare:"), ("en", "Usage:")])
def test_help_comes_in_both_languages(invoke, language, word):
    for args in (("training",), ("training", "new")):
        done = invoke(*args, "--help", "--lang", language)
        assert (done.exit_code, done.stdout.split()[0]) == (0, word)
