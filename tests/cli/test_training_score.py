"""A trainer's evening: from the file with the answers to the page and the record; nobody's data come out."""

import json
from pathlib import Path

import pytest
from pypdf import PdfReader

from evaluation.instruments.model import Instrument
from tests.kit.instruments import sample_content, sample_instrument, write_sample
from tests.kit.training import (
    CANARIES,
    SESSION,
    google_csv,
    kobo_csv,
    kobo_xlsx_labels,
    limesurvey_csv,
    own_workbook,
    plain_csv,
    session_of,
)

CHANNELS = {
    "kobo.csv": kobo_csv,
    "kobo.xlsx": kobo_xlsx_labels,
    "google.csv": google_csv,
    "limesurvey.csv": limesurvey_csv,
    "plain.csv": plain_csv,
    "workbook.xlsx": own_workbook,
}


@pytest.fixture
def sample() -> Instrument:
    return sample_instrument()


@pytest.fixture
def desk(project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with the instrument of sums, in which the trainer sits."""
    write_sample(project / "questionnaires")
    monkeypatch.chdir(project)
    return project


def text_of(file: Path) -> str:
    if file.suffix == ".pdf":
        return "\n".join(page.extract_text() for page in PdfReader(file).pages)
    return file.read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("channel", CHANNELS)
def test_every_channel_gives_the_same_record(invoke, desk, sample, channel):
    CHANNELS[channel](sample, session_of(sample, 12), desk / channel)
    done = invoke("training", "score", channel, "--format", "html")
    assert done.exit_code == 0, done.stderr
    record = json.loads((desk / f"record_{SESSION}.json").read_text(encoding="utf-8"))
    assert record["counts"]["sheets"] == {"pre": 12, "post": 12}
    assert record["counts"]["pairs"] == 12
    own_workbook(sample, session_of(sample, 12), desk / "other.xlsx")
    assert invoke("training", "score", "other.xlsx", "--format", "html", "--out", "other").exit_code == 0
    other = json.loads((desk / "other" / f"record_{SESSION}.json").read_text(encoding="utf-8"))
    assert [record[name] for name in ("items", "pairs")] == [other[name] for name in ("items", "pairs")]


@pytest.mark.parametrize("channel", CHANNELS)
def test_nobodys_data_come_out(invoke, desk, sample, channel):
    CHANNELS[channel](sample, session_of(sample, 12), desk / channel)
    done = invoke("training", "score", channel, "--out", "out")
    assert done.exit_code == 0, done.stderr
    told = [done.output, done.stderr, *(text_of(file) for file in sorted((desk / "out").iterdir()))]
    assert [one for one in CANARIES for text in told if one in text] == []


@pytest.mark.parametrize(
    ("cell", "text"), [("core_who", CANARIES[0]), ("core_who", CANARIES[3]), ("open_signs", CANARIES[1]), ("session", CANARIES[0])]
)  # fmt: skip
def test_a_name_in_a_cell_comes_out_nowhere(invoke, desk, sample, cell, text):
    file = kobo_csv(sample, session_of(sample, 12), desk / "kobo.csv")
    lines = file.read_text(encoding="utf-8-sig").splitlines()
    place = lines[0].split(";").index(cell)
    first = lines[1].split(";")
    first[place] = text
    file.write_text("\n".join([lines[0], ";".join(first), *lines[2:]]), encoding="utf-8")
    done = invoke("training", "score", "kobo.csv", "--out", "out", "--format", "html")
    assert done.exit_code == 0, done.stderr
    told = [done.output, done.stderr, *(text_of(one) for one in sorted((desk / "out").iterdir()))]
    assert [one for one in told if text in one] == []


def test_the_report_is_one_page_in_the_language_asked_for(invoke, desk, sample):
    own_workbook(sample, session_of(sample, 24), desk / "a.xlsx")
    for language, name, words in (
        (
            "ro",
            "raport",
            "În medie, cei 24 de participanți cu ambele foi au răspuns corect la 4,2 din 12 întrebări",
        ),
        (
            "en",
            "report",
            "On average, the 24 participants with both sheets answered 4.2 of 12 questions correctly",
        ),
    ):
        done = invoke("training", "score", "a.xlsx", "--out", language, "--lang", language)
        assert done.exit_code == 0, done.stderr
        pdf = desk / language / f"{name}_{SESSION}.pdf"
        assert len(PdfReader(pdf).pages) == 1
        assert words in " ".join(text_of(pdf).split())
        assert done.stdout.split() == [
            f"{language}/{name}_{SESSION}.html", f"{language}/{name}_{SESSION}.pdf", f"{language}/record_{SESSION}.json"
        ]  # fmt: skip


def test_a_session_of_eight_has_counts_and_no_statistics(invoke, desk, sample):
    own_workbook(sample, session_of(sample, 8), desk / "a.xlsx")
    done = invoke("training", "score", "a.xlsx", "--lang", "en")
    assert done.exit_code == 0, done.stderr
    page = " ".join(text_of(desk / f"report_{SESSION}.pdf").split())
    assert "There are only 8 pairs of sheets: too few for an average." in page
    assert "8 people answered more questions correctly" in page
    for word in ("On average", "%", "interval", "better"):
        assert word not in page


def test_a_session_of_a_few_children_has_no_report(invoke, desk):
    content = sample_content()
    content["about"] |= {"children": "yes", "name": "training_pupils"}
    write_sample(desk / "questionnaires", content)
    own_workbook(
        sample_instrument(children=True, name="training_pupils"),
        session_of(sample_instrument(), 5),
        desk / "a.xlsx",
    )
    done = invoke("training", "score", "a.xlsx", "--out", "out", "--lang", "en")
    assert (done.exit_code, (desk / "out").exists()) == (3, False)
    assert "fewer than 6 children" in done.stderr


def test_children_of_a_small_class_are_not_told_one_by_one(invoke, desk):
    content = sample_content()
    content["about"] |= {"children": "yes", "name": "training_pupils"}
    write_sample(desk / "questionnaires", content)
    children = sample_instrument(children=True, name="training_pupils")
    own_workbook(children, session_of(children, 8), desk / "a.xlsx")
    done = invoke("training", "score", "a.xlsx", "--lang", "en")
    assert done.exit_code == 0, done.stderr
    page = text_of(desk / f"report_{SESSION}.html")
    assert [f">{count} of 8<" for count in (0, 1, 2, 6, 7, 8) if f">{count} of 8<" in page] == []
    assert "hidden" in page
    record = json.loads((desk / f"record_{SESSION}.json").read_text(encoding="utf-8"))
    assert (record["pairs"]["scores"], record["pairs"]["withheld"]) == ([], True)


def test_every_session_of_a_workbook_has_its_own_page(invoke, desk, sample):
    file = kobo_csv(sample, session_of(sample, 24), desk / "kobo.csv")
    lines = file.read_text(encoding="utf-8-sig").splitlines()
    lines[1:] = [
        line.replace(SESSION.lower(), "bcdf-ghjk-2") if place % 24 < 12 else line
        for place, line in enumerate(lines[1:])
    ]
    file.write_text("\n".join(lines), encoding="utf-8")
    done = invoke("training", "score", "kobo.csv", "--format", "html")
    assert done.exit_code == 0, done.stderr
    for number in (1, 2):
        record = json.loads((desk / f"record_BCDF-GHJK-{number}.json").read_text(encoding="utf-8"))
        assert (record["counts"]["sheets"], record["counts"]["pairs"]) == ({"pre": 12, "post": 12}, 12)
        assert (desk / f"raport_BCDF-GHJK-{number}.html").exists()


def test_nothing_is_overwritten_unless_asked(invoke, desk, sample):
    own_workbook(sample, session_of(sample, 12), desk / "a.xlsx")
    assert invoke("training", "score", "a.xlsx", "--format", "html").exit_code == 0
    again = invoke("training", "score", "a.xlsx", "--format", "html", "--lang", "ro")
    assert (again.exit_code, "--force" in again.stderr) == (2, True)
    assert invoke("training", "score", "a.xlsx", "--format", "html", "--force").exit_code == 0


def test_the_same_answers_give_the_same_bytes(invoke, desk, sample):
    own_workbook(sample, session_of(sample, 12), desk / "a.xlsx")
    for folder in ("one", "two"):
        assert invoke("training", "score", "a.xlsx", "--out", folder).exit_code == 0
    files = sorted((desk / "one").iterdir())
    assert [(desk / "two" / one.name).read_bytes() == one.read_bytes() for one in files] == [True] * len(
        files
    )


def test_what_was_repaired_is_told_with_its_place_and_kept_in_a_list(invoke, desk, sample):
    own_workbook(sample, session_of(sample, 12), desk / "a.xlsx", twice=False)
    done = invoke("training", "score", "a.xlsx", "--format", "html", "--lang", "ro")
    assert "introduse o singură dată" in done.stderr
    assert "a.xlsx,Răspunsuri 1" in text_of(desk / "observatii.csv")


def test_a_file_that_is_no_questionnaire_is_refused_in_the_language_in_use(invoke, desk):
    (desk / "a.csv").write_text("nume;telefon\nPopescu-Canar;0722 345 678\n", encoding="utf-8")
    done = invoke("training", "score", "a.csv", "--lang", "ro")
    assert done.exit_code == 1
    assert "nu se poate spune care este chestionarul" in done.stderr
    assert "Popescu" not in done.stderr


def test_an_unknown_questionnaire_is_a_wrong_call(invoke, desk, sample):
    own_workbook(sample, session_of(sample, 12), desk / "a.xlsx")
    assert invoke("training", "score", "a.xlsx", "--instrument", "astronauts").exit_code == 2
