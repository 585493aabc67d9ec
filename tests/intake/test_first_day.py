"""The first day of the data: days of returns, first days of months."""

from datetime import date
from pathlib import Path

import pytest

from evaluation.core.errors import IntakeError
from evaluation.core.project import Project, find_project
from evaluation.intake.first_day import first_data_on, undated_data
from evaluation.strategy.frame import get_assessment

INTERIM = get_assessment("interim-2026")


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(find_project().root, tmp_path)


def returned(project: Project, year: int, received: str) -> None:
    home = project.returns / str(year)
    write(home / "a.csv", "x\n")
    write(home / "deliveries.csv", f"file,received,institution,reason\na.csv,{received},,\n")


def test_no_data_have_no_first_day(project):
    assert first_data_on(project, INTERIM) is None
    assert undated_data(project, INTERIM) == ()


def test_the_earliest_return_counts(project):
    returned(project, 2024, "2025-02-05")
    returned(project, 2025, "2026-01-09")
    assert first_data_on(project, INTERIM) == date(2025, 2, 5)


def test_one_return_without_a_day_leaves_the_first_day_unknown(project):
    returned(project, 2024, "2025-02-05")
    returned(project, 2025, "")
    assert undated_data(project, INTERIM) == ("returns",)
    assert first_data_on(project, INTERIM) is None


def test_a_month_counts_from_its_first_day(project):
    returned(project, 2024, "2025-02-05")
    write(project.training / "sessions.csv", "session,month\nS1,2025-02\n")
    assert first_data_on(project, INTERIM) == date(2025, 2, 1)


def test_months_of_referrals_and_withdrawals_stand_for_the_answers_of_victims(project):
    write(project.feedback / "referrals.csv", "month,service\n2025-03,doctor\n")
    write(project.feedback / "withdrawals.csv", "receipt,month,purpose\n1,2025-01,all\n")
    assert first_data_on(project, INTERIM) == date(2025, 1, 1)


def test_a_year_outside_the_assessment_does_not_count(project):
    returned(project, 2027, "2028-01-05")
    assert first_data_on(project, INTERIM) is None


def test_data_without_any_day_are_named(project):
    write(project.returns / "2024" / "a.csv", "x\n")
    write(project.training / "answers_training_police.csv", "sheet\n1\n")
    write(project.feedback / "responses_victim_feedback_adult.csv", "person\n1\n")
    assert undated_data(project, INTERIM) == ("returns", "training", "feedback")


def test_a_month_that_is_none_is_refused_by_its_place(project):
    write(project.training / "sessions.csv", "session,month\nS1,ieri\n")
    with pytest.raises(IntakeError, match=r"sessions.csv, line 2, month") as caught:
        first_data_on(project, INTERIM)
    assert "ieri" not in str(caught.value)


def test_one_return_without_a_day_is_enough_to_doubt(project):
    returned(project, 2024, "2025-02-05")
    write(project.returns / "2024" / "b.csv", "y\n")
    assert undated_data(project, INTERIM) == ("returns",)
