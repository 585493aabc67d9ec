"""``snitp instrument`` on a feedback instrument: list, check, export, protocol, modules, translations."""

import json

import pytest

from evaluation.cli.instrument_files import SHEET_LANGUAGES
from evaluation.instruments.feedback.wording import TARGETS
from tests.kit.feedback import (
    NAME,
    filled_sheet,
    protocol_content,
    small_content,
    small_instrument,
    write_small,
)
from tests.kit.instruments import write_sample

EN = ("--lang", "en")


@pytest.fixture
def home(project, monkeypatch):
    """A project with one feedback instrument and the instrument of sums."""
    write_small(project / "questionnaires")
    write_sample(project / "questionnaires")
    monkeypatch.chdir(project)
    return project


def export(invoke, *args, name=NAME):
    return invoke("instrument", "export", name, "--out", "forms", *args, *EN)


def for_minors(home):
    content = small_content()
    contacts = content["about"]["distress"]["contacts"]
    contacts.append({"ro": "Copii: 116 111 și 119.", "en": "Children: 116 111 and 119."})
    content["about"] |= {"minors": "yes", "protocol": "adolescent_assent"}
    write_small(home / "questionnaires", content)
    file = home / "adolescent_assent.yaml"
    file.write_text(json.dumps(protocol_content(), ensure_ascii=False), encoding="utf-8")
    return file


def test_both_kinds_of_questionnaires_are_listed(invoke, home):
    records = {
        one["name"]: one for one in json.loads(invoke("instrument", "list", "--format", "json").stdout)
    }
    assert list(records) == ["training_sample", NAME]
    assert (records[NAME]["validation"], records[NAME]["closed_items"], records[NAME]["measures"]) == (
        "experimental", 6, ["4.1.5"],
    )  # fmt: skip
    assert set(records[NAME]) == set(records["training_sample"])


def test_an_experimental_questionnaire_is_called_one(invoke, home):
    done = invoke("instrument", "check", NAME, *EN)
    assert (done.exit_code, done.stderr.splitlines()) == (
        0, ["EXPERIMENTAL: the questionnaire is not validated; its scores describe groups, not persons."],
    )  # fmt: skip
    assert "safe_3" in done.stdout and "experimental" in done.stdout


def test_every_channel_is_written(invoke, home):
    done = export(invoke)
    ends = [
        ".xlsx",
        ".ro.pdf",
        ".en.pdf",
        "_answers.ro.xlsx",
        "_answers.en.xlsx",
        ".limesurvey.txt",
        ".ddi.xml",
    ]
    assert (done.exit_code, done.stdout.splitlines()) == (0, [f"forms/{NAME}{end}" for end in ends])
    assert sorted(one.name for one in (home / "forms").iterdir()) == sorted(f"{NAME}{end}" for end in ends)


def test_without_its_protocol_nothing_is_written(invoke, home):
    file = for_minors(home)
    done = export(invoke, "--to", "ddi")
    assert (done.exit_code, done.stdout, (home / "forms").exists()) == (1, "", False)
    assert "only under the protocol adolescent_assent" in done.stderr
    assert export(invoke, "--to", "ddi", "--protocol", str(file)).exit_code == 0


def test_a_translation_sheet_is_made_and_a_complete_one_becomes_a_third_language(invoke, home):
    done = export(invoke, "--to", "translation", "--language", "uk,tr")
    assert done.stdout.splitlines() == [f"forms/{NAME}_translation.{one}.xlsx" for one in ("uk", "tr")]
    file = filled_sheet(home / "back.xlsx", small_instrument())
    done = export(invoke, "--to", "paper,xlsform", "--translation", str(file))
    assert done.exit_code == 0 and f"forms/{NAME}.tr.pdf" in done.stdout.splitlines()


def test_a_language_whose_letters_the_font_lacks_becomes_a_page_for_a_browser(invoke, home):
    file = filled_sheet(home / "back.xlsx", small_instrument(), language="uk", cells={"D12": "Думка"})
    done = export(invoke, "--to", "paper", "--translation", str(file))
    assert done.stdout.splitlines()[-1] == f"forms/{NAME}.uk.html"
    assert "Думка" in (home / "forms" / f"{NAME}.uk.html").read_text(encoding="utf-8")


def test_a_translation_with_a_gap_is_refused_by_its_cell(invoke, home):
    file = filled_sheet(home / "back.xlsx", small_instrument(), cells={"D14": ""})
    done = export(invoke, "--to", "paper", "--translation", str(file))
    assert (done.exit_code, done.stdout, (home / "forms").exists()) == (1, "", False)
    assert "back.xlsx, D14: not translated" in done.stderr


def test_a_module_that_is_not_the_instruments_is_refused(invoke, home):
    done = export(invoke, "--module", "victim_feedback_other")
    assert done.exit_code == 1 and "not among its modules" in done.stderr


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("--to", "translation"), "give both or neither"),
        (("--to", "ddi", "--language", "uk"), "give both or neither"),
        (("--to", "translation", "--language", "fr"), "uk, ne, si"),
        (("--protocol", "nobody.yaml"), "nobody.yaml"),
    ],
)
def test_a_wrong_call_ends_with_2(invoke, home, args, words):
    done = export(invoke, *args)
    assert (done.exit_code, done.stdout) == (2, "")
    assert words in done.stderr


@pytest.mark.parametrize("args", [("--module", "x"), ("--to", "translation"), ("--language", "uk")])
def test_a_questionnaire_of_training_has_no_modules_and_translations(invoke, home, args):
    done = export(invoke, *args, name="training_sample")
    assert done.exit_code == 2 and "belong to feedback questionnaires" in " ".join(done.stderr.split())


def test_the_languages_of_the_command_are_those_of_the_sheets():
    assert SHEET_LANGUAGES == TARGETS
