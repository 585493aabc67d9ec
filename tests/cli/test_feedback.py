"""``snitp feedback``: cards out, answers in, a person out again; nothing typed or read is repeated."""

import json

import pytest
from click.testing import CliRunner

from evaluation.cli.app import app
from evaluation.cli.output import read_csv
from evaluation.core.project import PACKAGE
from evaluation.intake.feedback.codes import make_codes, refusal
from evaluation.intake.feedback.tables import read_feedback_table
from tests.kit.feedback_data import make_keys

CODES = make_codes(3, seed=21)
HEAD = "person_code,wave,collector,language,consent_analysis,consent_quotation,consent_version,saf_1,open_change,nume\n"


@pytest.fixture
def data(tmp_path_factory, monkeypatch):
    """A folder of data outside the project with an export to gather; the key is in neither."""
    folder = tmp_path_factory.mktemp("data")
    monkeypatch.setenv("SNITP_KEYS", str(make_keys(tmp_path_factory.mktemp("keys") / "keys")))
    lines = [
        f"{code},{wave},independent,ro,da,da,1.0,5,m-a ajutat Popescu la cursul numarul {n},Popescu\n"
        for n, code in enumerate(CODES)
        for wave in ("inclusion", "month_3")
    ]
    (folder.parent / "export.csv").write_text(
        HEAD + "".join(lines) + f"{CODES[0]},exit,Popescu,ro,da,da,1.0,5,,\n"
    )
    return folder


@pytest.fixture
def at_home(project, monkeypatch):
    """The working folder is a project of the test."""
    (project / "questionnaires").symlink_to(PACKAGE.parent / "questionnaires")
    monkeypatch.chdir(project)
    return project


@pytest.fixture
def gathered(data, invoke):
    done = invoke(
        "feedback",
        "gather",
        str(data.parent / "export.csv"),
        "--instrument",
        "adult",
        "--out",
        str(data / "feedback"),
        "--lang",
        "en",
    )
    assert done.exit_code == 0
    return done


def test_cards_are_drawn_for_print_and_as_a_list(tmp_path, invoke):
    done = invoke("feedback", "codes", "--count", "12", "--out", str(tmp_path), "--lang", "ro")
    assert done.exit_code == 0
    codes = [one["code"] for one in read_csv((tmp_path / "carduri.csv").read_bytes())]
    assert len(set(codes)) == 12 and not any(map(refusal, codes))
    from pypdf import PdfReader

    text = "".join(page.extract_text() for page in PdfReader(tmp_path / "carduri.pdf").pages)
    assert [one for one in codes if one not in text.replace(" ", "")] == []
    assert not [one for one in codes if one in done.stdout + done.stderr]


def test_cards_are_not_replaced_without_force(tmp_path, invoke):
    (tmp_path / "cards.csv").write_text("x", encoding="utf-8")
    done = invoke("feedback", "codes", "--count", "2", "--out", str(tmp_path), "--lang", "en")
    assert (done.exit_code, (tmp_path / "cards.csv").read_text("utf-8")) == (2, "x")


def test_gathering_tells_every_finding_and_quotes_none(gathered, data):
    assert "7 rows read: 6 added, 0 there already, 1 refused" in gathered.stderr
    found = read_csv(gathered.stdout_bytes)
    assert {"column_unknown", "fact_unreadable", "text_screened"} <= {one["code"] for one in found}
    assert "Popescu" not in gathered.stdout + gathered.stderr
    kept = "".join(path.read_text("utf-8") for path in (data / "feedback").iterdir())
    assert not [one for one in ("Popescu", *CODES) if one in kept]


def test_a_gathered_folder_passes_the_check(gathered, data, invoke):
    done = invoke("feedback", "check", str(data / "feedback"), "--lang", "en")
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "No problem found.\n")
    assert invoke("feedback", "check", str(data)).exit_code == 0


def test_a_folder_with_a_problem_ends_with_1(gathered, data, invoke):
    (data / "feedback" / "Popescu.txt").touch()
    done = invoke("feedback", "check", str(data / "feedback"), "--lang", "en")
    assert (done.exit_code, done.stderr) == (1, "1 problem.\n")
    assert "Popescu" not in done.stdout


def test_without_the_key_nothing_is_gathered(data, invoke, monkeypatch):
    monkeypatch.delenv("SNITP_KEYS")
    done = invoke(
        "feedback",
        "gather",
        str(data.parent / "export.csv"),
        "--instrument",
        "adult",
        "--out",
        str(data / "feedback"),
    )
    assert done.exit_code == 1 and "feedback.key" in done.stderr
    assert not (data / "feedback").exists()


def test_real_answers_do_not_go_into_the_example(data, invoke, at_home):
    place = at_home / "data_raw" / "example" / "feedback"
    done = invoke(
        "feedback", "gather", str(data.parent / "export.csv"), "--instrument", "adult", "--out", str(place)
    )
    assert (done.exit_code, place.exists()) == (1, False), done.stderr


@pytest.mark.parametrize("typed", ["as an argument", "with blanks", "when asked"])
def test_a_withdrawal_leaves_a_receipt_only(gathered, data, at_home, typed):
    code = CODES[1]
    args = {"as an argument": [code], "with blanks": code.split("-"), "when asked": []}[typed]
    done = CliRunner(env={"LANGUAGE": ""}).invoke(
        app,
        ["feedback", "withdraw", *args, "--data", str(data), "--lang", "en"],
        input=f"{code}\n",
        prog_name="snitp",
    )
    assert done.exit_code == 0, done.stderr
    receipt = json.loads(done.stdout)
    assert receipt["rows"] == {"responses": 2, "texts": 2, "coding": 4, "reviews": 2}
    assert code not in done.stdout + done.stderr
    (only,) = read_feedback_table(data / "feedback" / "withdrawals.csv", []).to_dict("records")
    assert only == {"receipt": receipt["receipt"], "month": receipt["month"], "purpose": "all"}
    assert len(read_feedback_table(data / "feedback" / "responses_victim_feedback_adult.csv", [])) == 4


@pytest.mark.parametrize("typed", ["Popescu", "2850312400123", "0722123456"])
def test_what_is_typed_in_place_of_a_code_is_not_repeated(gathered, data, at_home, invoke, typed):
    done = invoke("feedback", "withdraw", typed, "--data", str(data), "--lang", "en")
    assert done.exit_code == 1
    assert typed not in done.stdout + done.stderr and "code of the card" in done.stderr


def test_a_withdrawal_waits_for_a_build_that_is_running(gathered, data, at_home, invoke):
    from evaluation.reporting.seal import build_lock

    with build_lock(at_home / "outputs"):
        done = invoke("feedback", "withdraw", CODES[1], "--data", str(data), "--lang", "en")
    assert done.exit_code == 1 and "another build is running" in done.stderr
