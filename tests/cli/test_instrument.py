"""``snitp instrument``: what an author, a trainer and a script see, in both languages, on the instrument of sums."""

import csv
import io
import json

import pytest

from tests.kit.instruments import sample_content, write_sample

XLSFORMS = ["forms/training_sample_A.xlsx", "forms/training_sample_B.xlsx"]


@pytest.fixture
def home(project, monkeypatch):
    """A project with the instrument of sums alone, and the commands run in it."""
    write_sample(project / "questionnaires")
    monkeypatch.chdir(project)
    return project


def add(home, **about):
    content = sample_content()
    content["about"] |= about
    write_sample(home / "questionnaires", content)


def test_the_list_has_a_record_a_questionnaire(invoke, home):
    (record,) = json.loads(invoke("instrument", "list", "--format", "json").stdout)
    assert (record["name"], record["validation"], record["closed_items"]) == ("training_sample", "draft", 12)
    assert (record["measures"], record["indicators"]) == (["1.2.7"], ["IND-1.2.7-3"])


DRAFT = {
    "ro": ("ciornă", "CIORNĂ: chestionarul nu a fost încă verificat de experți."),
    "en": ("draft", "DRAFT: the questionnaire has not yet been reviewed by experts."),
}


@pytest.mark.parametrize("language", DRAFT)
@pytest.mark.parametrize("command", ["list", "check"])
def test_a_draft_is_called_one_wherever_it_is_shown(invoke, home, command, language):
    status, sentence = DRAFT[language]
    done = invoke("instrument", command, "--lang", language)
    assert (done.exit_code, done.stderr.splitlines()) == (0, [sentence])
    assert status in done.stdout and "training_sample" in done.stdout


def test_a_questionnaire_without_errors_passes(invoke, home):
    done = invoke("instrument", "check", "training_sample", "--format", "json")
    (record,) = json.loads(done.stdout)
    assert (done.exit_code, done.stderr) == (0, "")
    assert (record["errors"], record["warnings"], record["findings"]) == (0, 0, [])


def test_sources_that_nobody_compared_are_counted(invoke, home):
    """Sixteen sums and the open item have a source to check, and so have three of the four anchors."""
    (record,) = json.loads(invoke("instrument", "check", "--format", "json").stdout)
    assert record["sources_to_check"] == 20


@pytest.mark.parametrize(
    ("language", "words"), [("ro", "măsura nu este în plan"), ("en", "the measure is not in the plan")]
)
def test_an_error_is_told_with_place_and_remedy_and_ends_with_1(invoke, home, language, words):
    add(home, name="training_wrong", audience_measures=["9.9.9"])
    done = invoke("instrument", "check", "--lang", language)
    told = " ".join(done.stdout.split())
    assert done.exit_code == 1
    assert words in told and "training_wrong/about.yaml" in told and "snitp plan" in told


def test_findings_are_lines_of_csv(invoke, home):
    add(home, name="training_wrong", audience_measures=["9.9.9"])
    done = invoke("instrument", "check", "--format", "csv")
    (line,) = csv.DictReader(io.StringIO(done.stdout.lstrip("\ufeff")))
    assert (line["instrument"], line["severity"], line["rule"]) == (
        "training_wrong",
        "error",
        "unknown_measure",
    )


def test_a_missing_translation_is_an_error_and_the_others_are_still_checked(invoke, home):
    content = sample_content()
    content["about"]["name"] = "training_half"
    content["items"][0]["label"]["en"] = ""
    write_sample(home / "questionnaires", content)
    done = invoke("instrument", "check", "--format", "json")
    outcome = {one["name"]: one["errors"] for one in json.loads(done.stdout)}
    assert (done.exit_code, outcome) == (1, {"training_half": 1, "training_sample": 0})
    assert "missing in one of the two languages" in done.stdout


def test_every_channel_is_written_and_every_path_is_a_line(invoke, home):
    done = invoke("instrument", "export", "training_sample", "--out", "forms", "--lang", "en")
    written = sorted(f"forms/{one.name}" for one in (home / "forms").iterdir())
    assert (done.exit_code, sorted(done.stdout.splitlines())) == (0, written)
    papers = [
        f"{form}_{when}.{lang}.pdf" for form in "AB" for when in ("pre", "post") for lang in ("ro", "en")
    ]
    ends = [
        *papers, "A.xlsx", "B.xlsx", "answers.ro.xlsx", "answers.en.xlsx", "A.limesurvey.txt", "B.limesurvey.txt",
    ]  # fmt: skip
    assert written == sorted(
        [*(f"forms/training_sample_{end}" for end in ends), "forms/training_sample.ddi.xml"]
    )
    assert done.stderr.splitlines()[0] == "15 files in forms."


def test_only_the_channels_asked_for_are_written(invoke, home):
    done = invoke("instrument", "export", "training_sample", "--to", "ddi,limesurvey", "--out", "forms")
    assert done.stdout.splitlines() == [
        "forms/training_sample.ddi.xml",
        "forms/training_sample_A.limesurvey.txt",
        "forms/training_sample_B.limesurvey.txt",
    ]


@pytest.mark.parametrize(
    ("java", "words"), [(True, "acceptate de ODK Validate"), (False, "are nevoie de Java")]
)
def test_it_is_said_whether_odk_validate_has_seen_the_forms(invoke, home, monkeypatch, java, words):
    seen = []
    monkeypatch.setattr("evaluation.instruments.xlsform.java_is_here", lambda: java)
    monkeypatch.setattr(
        "evaluation.instruments.xlsform.validate_xform", lambda _form, name: seen.append(name)
    )
    done = invoke("instrument", "export", "training_sample", "--to", "xlsform", "--out", "forms")
    assert (done.exit_code, done.stdout.splitlines()) == (0, XLSFORMS)
    assert words in done.stderr
    assert seen == (["training_sample_A", "training_sample_B"] if java else [])


def test_nothing_is_replaced_without_force(invoke, home):
    call = ("instrument", "export", "training_sample", "--to", "ddi", "--out", "forms")
    file = home / "forms" / "training_sample.ddi.xml"
    file.parent.mkdir()
    file.write_text("al meu")
    assert (invoke(*call).exit_code, file.read_text()) == (2, "al meu")
    assert (invoke(*call, "--force").exit_code, file.read_bytes()[:5]) == (0, b"<?xml")


def test_a_questionnaire_with_errors_is_refused_and_nothing_is_written(invoke, home):
    add(home, name="training_wrong", audience_measures=["9.9.9"])
    done = invoke("instrument", "export", "training_wrong", "--to", "ddi", "--out", "forms", "--lang", "ro")
    assert (done.exit_code, done.stdout, (home / "forms").exists()) == (1, "", False)
    assert "măsura nu este în plan" in done.stderr and "snitp instrument check training_wrong" in done.stderr


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("check", "training_nobody"), "alegeți dintre training_sample"),
        (("export", "training_nobody", "--out", "forms"), "alegeți dintre training_sample"),
        (("export", "training_sample", "--to", "word", "--out", "forms"), "xlsform, paper, workbook"),
        (("export", "training_sample"), "--out"),
    ],
)
def test_a_wrong_call_ends_with_2_and_says_what_is_right(invoke, home, args, words):
    done = invoke("--lang", "ro", "instrument", *args)
    assert (done.exit_code, done.stdout) == (2, "")
    assert words in done.stderr
