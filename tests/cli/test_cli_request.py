"""``snitp request``: which workbooks are written, where, and that none is replaced by accident."""

from evaluation.strategy.asked import responsible_institutions


def test_every_responsible_institution_gets_a_workbook(invoke, plan, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = invoke("request", "--year", "2025", "--out", "cereri")
    names = sorted(file.name for file in (tmp_path / "cereri").iterdir())
    assert names == sorted(f"{one}_2025.xlsx" for one in responsible_institutions(plan))
    assert (done.exit_code, done.stdout.splitlines()[0]) == (0, f"cereri/{names[0]}")
    assert "47" in done.stderr and "cereri" in done.stderr


def test_one_institution_alone(invoke, tmp_path):
    done = invoke("request", "--year", "2025", "--out", str(tmp_path), "--institution", "IGPR")
    assert (done.exit_code, [file.name for file in tmp_path.iterdir()]) == (0, ["IGPR_2025.xlsx"])


def test_nothing_is_replaced_without_force(invoke, tmp_path):
    call = ("request", "--year", "2025", "--out", str(tmp_path), "--institution", "IGPR")
    file = tmp_path / "IGPR_2025.xlsx"
    file.write_text("completat")
    assert (invoke(*call).exit_code, file.read_text()) == (2, "completat")
    assert (invoke(*call, "--force").exit_code, file.read_bytes()[:2]) == (0, b"PK")


def test_an_unknown_institution_and_a_year_outside_the_plan_are_wrong_calls(invoke, tmp_path):
    call = ("request", "--out", str(tmp_path), "--year")
    assert invoke(*call, "2025", "--institution", "NICIUNA").exit_code == 2
    assert invoke(*call, "2031").exit_code == 2
    assert not list(tmp_path.iterdir())


def test_nobody_is_asked_on_a_plan_that_is_not_published(invoke, tmp_path):
    called = invoke("--lang", "en", "request", "--year", "2027", "--out", str(tmp_path))
    assert called.exit_code == 2
    assert "the plan for 2027 is not published" in called.stderr
    assert not list(tmp_path.iterdir())


def test_an_institution_whose_measures_have_not_begun_is_asked_nothing(invoke, tmp_path, plan):
    from evaluation.strategy.asked import measures_asked

    late = next(one for one in responsible_institutions(plan) if not measures_asked(plan, one, year=2024))
    done = invoke("request", "--out", str(tmp_path), "--year", "2024", "--institution", late)
    assert (done.exit_code, list(tmp_path.iterdir())) == (2, [])


def test_an_institution_may_be_typed_in_small_letters(invoke, tmp_path):
    assert invoke("request", "--year", "2025", "--out", str(tmp_path), "--institution", "igpr").exit_code == 0
    assert [file.name for file in tmp_path.iterdir()] == ["IGPR_2025.xlsx"]
