"""What is gathered is what is loaded; past retention nothing is; what would no longer add up stops the reading."""

import stat
from datetime import date

import pytest

from evaluation.core.errors import IntakeError, KitError
from evaluation.core.project import Project
from evaluation.instruments.feedback.load import load_feedback
from evaluation.intake.feedback.checking import check_feedback
from evaluation.intake.feedback.codes import make_codes, pseudonym
from evaluation.intake.feedback.gathering import check_place, gather_feedback
from evaluation.intake.feedback.read import read_feedback
from evaluation.intake.feedback.store import load_feedback_data
from evaluation.intake.feedback.tables import read_feedback_table, write_feedback_table
from tests.kit.feedback import NAME, small_content, small_instrument, write_small
from tests.kit.feedback_data import CODE, FULL, KEY, OTHER, TODAY, gather_rows, row, write_export

ROWS = [
    FULL,
    row(wave="month_3", safe_1="3"),
    row(person_code=OTHER, consent_analysis="no"),
    row(person_code=OTHER, wave="month_3", consent_quotation="no", told_change="mai mult timp"),
]


def load(project, today=TODAY):
    return load_feedback_data(project, today=today)[NAME]


def edit(project, name, **cells):
    path = project.feedback / name
    table = read_feedback_table(path, [])
    for column, value in cells.items():
        table.loc[0, column] = value
    write_feedback_table(path, table)


def test_what_was_gathered_is_what_may_be_used(project):
    gather_rows(project, ROWS)
    data = load(project)
    mine, other = (pseudonym(one, key=KEY) for one in (CODE, OTHER))
    assert set(data.for_analysis.table[["person", "wave", "safe_1"]].itertuples(index=False, name=None)) == {
        (mine, "inclusion", "5"), (mine, "month_3", "3"), (other, "month_3", "5"),
    }  # fmt: skip
    assert sorted(data.for_analysis.table["months"]) == [0.0, 3.0, 3.0]
    assert dict(data.for_analysis.provenance.excluded) == {"no_consent_analysis": 1}
    assert dict(data.for_quotation.provenance.excluded) == {"no_consent_quotation": 1, "not_reviewed": 3}
    assert [one.file for one in data.for_analysis.provenance.sources] == [
        f"data_raw/feedback/responses_{NAME}.csv", f"data_raw/feedback/texts_{NAME}.csv",
    ]  # fmt: skip


def test_sheets_for_coders_hold_what_may_be_analysed_and_the_reviewers_what_may_be_quoted(project):
    gather_rows(project, ROWS)
    mine, other = (pseudonym(one, key=KEY) for one in (CODE, OTHER))

    def who(name):
        table = read_feedback_table(project.feedback / name, ["person", "wave"])
        return set(table[["person", "wave"]].itertuples(index=False, name=None))

    coded = {(mine, "inclusion"), (mine, "month_3"), (other, "month_3")}
    assert who(f"coding_{NAME}_coder1.csv") == who(f"coding_{NAME}_coder2.csv") == coded
    assert who(f"reviews_{NAME}.csv") == {(mine, "inclusion"), (mine, "month_3"), (other, "inclusion")}


def test_quotation_after_review_and_codings_of_those_who_may_be_analysed(project):
    gather_rows(project, ROWS)
    reviews = read_feedback_table(project.feedback / f"reviews_{NAME}.csv", [])
    write_feedback_table(
        project.feedback / f"reviews_{NAME}.csv", reviews.assign(reviewer="R. M.", decision="yes")
    )
    sheet = read_feedback_table(project.feedback / f"coding_{NAME}_coder1.csv", [])
    write_feedback_table(project.feedback / f"codings_{NAME}.csv", sheet.assign(codes="time"))
    edit(project, f"codings_{NAME}.csv", codes="-")
    data = load(project)
    assert len(data.for_quotation.table) == 3
    assert sorted(data.codings["codes"]) == ["", "time", "time"]
    edit(project, f"responses_{NAME}.csv", consent_analysis="no")
    assert len(load(project).codings) == 2


def test_gathering_again_adds_only_what_is_new_and_keeps_what_was_typed_in(project):
    gather_rows(project, ROWS[:1])
    edit(project, f"reviews_{NAME}.csv", reviewer="R. M.", decision="yes")
    raw = write_export(project.feedback / "raw" / "later.csv", [row(safe_1="1"), *ROWS[1:]])
    read = read_feedback(raw, small_instrument(), key=KEY)
    done = gather_feedback(read.responses, small_instrument(), project.feedback, today=TODAY)
    assert (done.added, done.already) == (3, 1)
    data = load(project)
    first = data.for_analysis.table.query("wave == 'inclusion'")
    assert list(first["safe_1"]) == ["5"]
    assert list(data.for_quotation.table["wave"]) == ["inclusion"]


def test_files_are_for_their_owner_only(project):
    gather_rows(project, ROWS)
    made = list(project.feedback.glob("*.csv"))
    assert len(made) == 5
    assert {stat.S_IMODE(one.stat().st_mode) for one in made} == {0o600}


def test_retention_is_counted_from_the_month_of_gathering(project):
    gather_rows(project, ROWS)
    # 60 months from June 2026
    assert 'until: "2031-06"' in (project.feedback / "about.yaml").read_text(encoding="utf-8")
    assert len(load(project, date(2031, 6, 30)).for_analysis.table) == 3
    with pytest.raises(IntakeError, match="until 2031-06"):
        load(project, date(2031, 7, 1))


def test_retention_that_is_no_month_is_refused(project):
    gather_rows(project, ROWS)
    (project.feedback / "about.yaml").write_text("retention: {until: mereu}", encoding="utf-8")
    with pytest.raises(IntakeError, match=r"retention\.until"):
        load(project)


def test_without_the_folder_there_is_nothing(tmp_path):
    assert load_feedback_data(Project(tmp_path, tmp_path / "data"), today=TODAY) == {}


def test_without_answers_there_is_nothing_but_retention_is_asked_for(project):
    with pytest.raises(KitError, match=r"about\.yaml"):
        load_feedback_data(project, today=TODAY)


def test_invented_data_are_said_to_be_so(project):
    gather_rows(project, ROWS)
    assert not load(project).for_analysis.provenance.synthetic
    (project.feedback / "DATE_SINTETICE.yaml").write_text("seed: 1", encoding="utf-8")
    assert (
        load(project).for_analysis.provenance.synthetic and load(project).for_quotation.provenance.synthetic
    )


def test_a_hundred_people_over_three_waves_are_all_linked(project):
    codes = make_codes(100, seed=4)
    gather_rows(project, [row(person_code=one, wave=wave) for wave in ("0", "3", "6") for one in codes])
    table = load(project).for_analysis.table
    assert set(table.groupby("person")["wave"].agg(set).map(frozenset)) == {
        frozenset({"inclusion", "month_3", "month_6"})
    }
    assert table["person"].nunique() == 100


@pytest.mark.parametrize("place", ["data_raw/example/feedback", "notebooks/x", "."])
def test_real_answers_are_not_put_where_files_are_shared(project, place):
    with pytest.raises(IntakeError, match="shared"):
        check_place(project.root / place, project)


def test_a_folder_of_the_data_is_a_place_for_answers(project, tmp_path):
    check_place(project.root / "data_raw" / "feedback", project)
    check_place(tmp_path / "elsewhere" / "feedback", project)
    assert project.feedback == project.data / "feedback"


def test_a_folder_in_order_has_no_problem(project):
    gather_rows(project, ROWS)
    assert check_feedback(project, today=TODAY) == ()


@pytest.mark.parametrize(
    ("break_it", "said"),
    [
        (lambda home: (home / "about.yaml").unlink(), "about.yaml"),
        (lambda home: (home / "Popescu.docx").write_bytes(b"x"), "do not belong"),
        (
            lambda home: (home / "referrals.csv").write_text("month,service,told\n2026-01,doctor,x\n"),
            "referrals.csv",
        ),
    ],
)
def test_what_does_not_belong_is_told_without_quoting_it(project, break_it, said):
    gather_rows(project, ROWS)
    break_it(project.feedback)
    told = check_feedback(project, today=TODAY)
    assert [one for one in told if said in one]
    assert "Popescu" not in "".join(told)


def test_a_name_that_was_typed_into_a_kept_text_is_told_by_its_row(project):
    gather_rows(project, ROWS)
    edit(project, f"texts_{NAME}.csv", text="m-a ajutat Popescu")
    told = check_feedback(project, today=TODAY)
    assert [one.split(":")[0] for one in told] == [f"feedback/texts_{NAME}.csv, row 2"]
    assert "Popescu" not in told[0]


def test_an_earlier_month_of_retention_stays_and_a_consent_text_once_in_use_stays_known(project):
    gather_rows(project, ROWS)
    about = project.feedback / "about.yaml"
    about.write_text(about.read_text("utf-8").replace("2031-06", "2030-01"), encoding="utf-8")
    later = small_instrument(consent=small_instrument().about.consent.model_dump() | {"version": "1.1"})
    gather_rows(project, [row(person_code=OTHER, wave="exit", consent_version="1.1")], instrument=later)
    told = about.read_text("utf-8")
    assert 'until: "2030-01"' in told and '["1.0", "1.1"]' in told
    assert len(load(project, date(2030, 1, 31)).for_analysis.table) == 4


def test_a_module_that_nobody_answered_was_not_asked(project):
    content = small_content()
    content["about"]["name"] = "victim_feedback_more"
    for part in ("domains", "items"):
        content[part] = [one | {"name": f"m_{one['name']}"} for one in content[part]]
    content["items"] = [one | {"domain": f"m_{one['domain']}"} for one in content["items"]]
    questionnaires = project.root / "questionnaires"
    write_small(questionnaires, content)
    write_small(
        questionnaires,
        small_content() | {"about": small_content()["about"] | {"modules": [content["about"]["name"]]}},
    )
    both = load_feedback(NAME, questionnaires, modules=["victim_feedback_more"])
    gather_rows(project, [FULL], instrument=both)
    assert "m_safe_1" not in load(project).for_analysis.table.columns
    gather_rows(project, [row(wave="month_3") | {"m_safe_1": "4"}], instrument=both)
    assert list(load(project).for_analysis.table["m_safe_1"]) == ["", "4"]
