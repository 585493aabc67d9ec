"""What scripts rely on: streams, exit status, languages, and a start without heavy imports."""

import json
import subprocess
import sys

import pytest

from evaluation.cli.app import app

COMMANDS = [
    ("plan",),
    ("plan", "check"),
    ("baselines",),
    ("baselines", "audit"),
    ("sources",),
    ("request",),
    ("intake",),
    ("indicators",),
    ("instrument",),
    ("instrument", "list"),
    ("instrument", "check"),
    ("instrument", "export"),
    ("training",),
    ("training", "new"),
    ("training", "score"),
    ("training", "gather"),
    ("training", "adjudicate"),
    ("feedback",),
    ("feedback", "codes"),
    ("feedback", "gather"),
    ("feedback", "check"),
    ("feedback", "withdraw"),
    ("status",),
    ("matrix",),
    ("matrix", "workbook"),
    ("matrix", "read"),
    ("matrix", "check"),
    ("matrix", "list"),
    ("register-plan",),
    ("report",),
    ("freeze",),
    ("recompute",),
    ("verify",),
    ("audit",),
    ("findings",),
    ("findings", "draft"),
    ("findings", "read"),
    ("findings", "list"),
    ("papers",),
    ("papers", "terms"),
    ("papers", "response"),
    ("papers", "comments"),
    ("papers", "summary"),
    ("papers", "register"),
    ("example",),
    ("lab",),
]
HEAVY = ("pandas", "numpy", "pydantic", "ruamel", "rich", "babel", "pathlib")


@pytest.mark.parametrize(
    "command", [("plan",), ("baselines",), ("baselines", "audit"), ("sources",)], ids=" ".join
)
def test_json_is_all_that_stands_on_standard_output(snitp, command):
    done = snitp(*command, "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    assert isinstance(json.loads(done.stdout), list)


def test_unfiltered_figures_are_said_to_be_so_beside_the_json(snitp):
    done = snitp("indicators", "--indicator", "IND-1.1.1-1", "--format", "json", "--lang", "en")
    assert (done.returncode, json.loads(done.stdout)[0]["synthetic"]) == (0, True)
    assert done.stderr.splitlines() == [
        "Unfiltered figures, not to be published.",
        "SYNTHETIC DATA: institutions and figures are invented.",
    ]


def test_the_list_of_commands_is_complete():
    assert {one[0] for one in COMMANDS} == set(app.table)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize(("language", "word"), [("ro", "Utilizare:"), ("en", "Usage:")])
def test_every_command_has_help_in_both_languages(invoke, command, language, word):
    done = invoke("--lang", language, *command, "--help")
    assert (done.exit_code, done.stdout.split()[0]) == (0, word)


@pytest.mark.parametrize("command", [one for one in COMMANDS if one != ("report",)], ids=" ".join)
def test_every_command_but_report_takes_the_language_of_its_help_itself(invoke, command):
    assert invoke(*command, "--help", "--lang", "en").stdout.startswith("Usage:")


def test_the_languages_of_the_report_are_not_those_of_its_help(invoke):
    assert invoke("report", "--lang", "en", "--help").stdout.startswith("Utilizare:")


@pytest.mark.parametrize(
    ("environment", "word"),
    [
        ({}, "Utilizare:"),
        ({"SNITP_LANG": "en", "LC_ALL": "ro_RO.UTF-8"}, "Usage:"),
        ({"LC_ALL": "en_GB.UTF-8", "LANG": "ro_RO.UTF-8"}, "Usage:"),
        ({"LC_MESSAGES": "en_US", "LANG": "ro_RO.UTF-8"}, "Usage:"),
        ({"LANG": "en_US.UTF-8"}, "Usage:"),
        ({"LANG": "fr_FR.UTF-8"}, "Utilizare:"),
        ({"LC_ALL": "C"}, "Utilizare:"),
    ],
    ids=str,
)
def test_the_language_comes_from_snitp_lang_then_the_system_then_is_romanian(snitp, environment, word):
    assert snitp("--help", **environment).stdout.split()[0] == word


def test_the_messages_of_a_wrong_call_are_translated_too(snitp):
    done = snitp("plan", "check")
    assert (done.returncode, done.stdout) == (2, "")
    assert "Lipsește opțiunea '--text'." in done.stderr


def test_the_language_asked_for_last_still_rules_the_error_message(snitp):
    assert "No such option '--no'." in snitp("plan", "--no", "--lang", "en").stderr


@pytest.mark.parametrize(
    "args",
    [
        ("nothing",),
        ("plan", "--format", "xml"),
        ("plan", "--objective", "9.9"),
        ("plan", "--institution", "nobody at all"),
        ("plan", "check", "--text", "no-such-file.txt"),
        ("plan", "--objective", "1.1", "check", "--text", "x"),
        ("request", "--year", "2025"),
        ("request", "--year", "anul trecut", "--out", "x"),
        ("request", "--year", "2023", "--out", "x"),
        ("intake", "no-such-folder"),
        ("intake", ".", "--year", "1999"),
        ("indicators", "--year", "25"),
        ("indicators", "--indicator", "9.9.9"),
        ("instrument",),
        ("instrument", "check", "no_such_questionnaire"),
        ("instrument", "export", "no_such_questionnaire", "--out", "x"),
        ("training", "new"),
        ("training", "new", "nobody", "--out", "x"),
        ("training", "score"),
        ("training", "gather"),
        ("training", "adjudicate", "no-such-folder"),
        ("training", "score", "no-such-file.xlsx"),
        ("feedback", "codes"),
        ("feedback", "codes", "--count", "0", "--out", "x"),
        ("feedback", "gather", "pyproject.toml", "--instrument", "nobody", "--out", "x"),
        ("feedback", "check", "no-such-folder"),
        ("feedback", "withdraw", "--purpose", "nothing"),
        ("status",),
        ("status", "--year", "2040"),
        ("example", "--out", "x", "--years", "2025,anul"),
        ("example", "--out", "x", "--years", "2039"),
        ("matrix", "workbook", "--assessment", "interim-1999", "--out", "x.xlsx"),
        ("matrix", "workbook", "--assessment", "interim-2026", "--out", "matrix.txt"),
        ("matrix", "read", "no-such-file.xlsx", "--data", "."),
        ("matrix", "check", "--assessment", "interim-1999"),
        ("matrix", "list", "--assessment", "interim-1999"),
        ("register-plan", "--assessment", "interim-1999", "--by", "X", "--on", "2024-07-15", "--data", "."),
        ("register-plan", "--assessment", "interim-2026", "--by", "X", "--on", "ieri", "--data", "."),
        ("report",),
        ("report", "--assessment", "interim-1999"),
        ("report", "--assessment", "interim-2026", "--lang", "ro,fr"),
        ("freeze", "no-such-folder"),
        ("recompute",),
        ("recompute", "--assessment", "interim-1999"),
        ("recompute", "--assessment", "interim-2026", "--data", "tests"),
        ("verify", "no-such-folder"),
        ("audit", "no-such-folder"),
        ("audit", "tests", "--ask", "Evaluator"),
        ("audit", "tests", "--out", "tests/audit"),
        ("findings", "draft", "--assessment", "interim-2026", "--out", "drafts.txt"),
        ("findings", "draft", "--assessment", "interim-1999", "--out", "x.xlsx"),
        ("findings", "read", "no-such-file.xlsx", "--assessment", "interim-2026"),
        ("findings", "list", "--assessment", "interim-1999"),
        ("papers", "terms", "--out", "x"),
        ("papers", "terms", "--assessment", "interim-1999", "--out", "x"),
        ("papers", "response", "--assessment", "interim-2026", "--read", "no-such-file.xlsx", "--out", "x"),
        ("papers", "summary", "no-such-folder", "--out", "x"),
        ("papers", "register", "--out", "register.txt"),
    ],
    ids=" ".join,
)
def test_a_wrong_call_ends_with_2_and_prints_no_data(invoke, args):
    done = invoke(*args)
    assert (done.exit_code, done.stdout) == (2, "")


def test_what_was_typed_for_a_year_is_not_repeated(snitp):
    done = snitp("status", "--year", "POPESCU", "--lang", "ro")
    assert "POPESCU" not in done.stderr and "dați un an de patru cifre" in done.stderr


def test_an_argument_is_named_in_the_language_in_use(snitp):
    assert "'FOLDER'" in snitp("intake", "--lang", "ro").stderr


def test_an_example_is_not_replaced_without_force(snitp, tmp_path):
    (tmp_path / "truth.json").write_text("{}", encoding="utf-8")
    done = snitp("example", "--out", str(tmp_path), "--years", "2025", "--lang", "en")
    assert (done.returncode, done.stdout, [one.name for one in tmp_path.iterdir()]) == (2, "", ["truth.json"])


def test_a_pipe_gets_no_colour_and_no_line_beyond_80_columns(snitp):
    shown = snitp("plan", "--objective", "1.2", "--lang", "ro").stdout
    assert "\x1b" not in shown
    assert max(len(line) for line in shown.splitlines()) <= 80


def test_text_is_utf_8_whatever_the_locale_says(snitp):
    assert "Acțiune" in snitp("plan", "--objective", "1.6", LC_ALL="C", PYTHONIOENCODING="ascii").stdout


def test_version_names_the_program_and_its_version(snitp):
    assert snitp("--version", SNITP_LANG="en").stdout == "snitp, version 0.1.0\n"


def test_help_starts_without_the_libraries_that_only_commands_need():
    code = (
        "import sys; from evaluation.cli.app import app; app.main(['--help'], standalone_mode=False);"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-S", "-c", f"import sys; sys.path[:0] = {sys.path!r}; {code}"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stderr == "[]\n"


def test_lab_becomes_jupyterlab_on_the_notebooks_and_says_how_to_stop(snitp, project):
    fake = project / "jupyterlab.py"
    fake.write_text("import sys; print(sys.argv[1:])", encoding="utf-8")
    done = snitp("lab", "--lang", "en", cwd=project, PYTHONPATH=str(project))
    assert done.stdout == f"['--ServerApp.root_dir={project / 'notebooks'}']\n"
    assert "press Ctrl+C twice" in done.stderr
