"""``snitp register-plan``: written once, before the data, with the digest on standard output."""

from pathlib import Path

import pytest

from evaluation.judgement.analysis_plan import load_analysis_plan

PLANNED = "analyses:\n  - {ro: Livrarea la termen., en: Delivery on time.}\n"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    home = tmp_path / "judgement" / "interim-2026"
    home.mkdir(parents=True)
    (home / "planned_analyses.yaml").write_text(PLANNED, encoding="utf-8")
    return tmp_path


def call(invoke, data: Path, on: str):
    given = ("--assessment", "interim-2026", "--by", "E. Probă", "--on", on, "--data", str(data))
    return invoke("--lang", "en", "register-plan", *given)


def arrived(data: Path, month: str) -> None:
    (data / "training").mkdir()
    (data / "training" / "sessions.csv").write_text(f"session,month\nS1,{month}\n", encoding="utf-8")


def test_the_digest_is_all_that_stands_on_standard_output(invoke, data):
    arrived(data, "2024-09")
    done = call(invoke, data, "2024-07-15")
    made = load_analysis_plan(data / "judgement" / "interim-2026", assessment="interim-2026")
    assert made is not None and not made.synthetic
    assert (done.exit_code, done.stdout) == (0, f"{made.digest}\n")


def test_a_plan_after_the_first_data_ends_with_1_and_writes_nothing(invoke, data):
    arrived(data, "2024-07")
    done = call(invoke, data, "2024-07-15")
    assert (done.exit_code, done.stdout) == (1, "")
    assert not (data / "judgement" / "interim-2026" / "analysis_plan.yaml").exists()


def test_data_without_a_day_end_with_1_because_the_order_is_not_known(invoke, data):
    (data / "returns" / "2024").mkdir(parents=True)
    (data / "returns" / "2024" / "a.csv").write_text("x\n", encoding="utf-8")
    done = call(invoke, data, "2024-07-15")
    assert done.exit_code == 1 and "day of arrival is not known (returns)" in done.stderr


def test_a_second_registration_ends_with_1(invoke, data):
    assert call(invoke, data, "2024-07-15").exit_code == 0
    assert call(invoke, data, "2024-07-16").exit_code == 1
