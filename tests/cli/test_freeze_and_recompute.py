"""What a published report leaves behind, and that a number which changed since is caught."""

import hashlib
import json
import os

import pytest

from evaluation.judgement.published import NUMBERS, load_numbers, numbers_csv
from evaluation.judgement.published_definitions import DEFINITIONS, definition_sources, load_frozen

PLAN = "pna_2024_2026"


def entry(measure: str, value: float) -> dict[str, object]:
    return {
        "id": f"monitoring_values.{measure}.estimate", "result": "monitoring_values", "row": 1, "column": "estimate",
        "measure": measure, "quantity": "count", "period": "2025", "group": "", "level": "all", "value": value,
        "ci_low": None, "ci_high": None, "n": value, "status": "ok", "policy": "monitoring_activity",
        "synthetic": True, "shown": [{"chapter": "progress-3", "cell": 9, "exhibit": "e", "notebook": "n"}],
    }  # fmt: skip


def seal(folder, *, inputs):
    """A run's folder as the build seals it, with two numbers."""
    folder.mkdir()
    manifest = {
        "assessment": "interim-2026", "kit_version": "0.1.0", "inputs_digest": "d" * 64, "synthetic": True,
        "inputs": inputs,
    }  # fmt: skip
    records = [entry("IND-3.2.4-2", 89.0), entry("IND-3.2.4-1", 4.0)]
    for name, content in (("manifest.json", manifest), ("register.json", records)):
        (folder / name).write_text(json.dumps(content), encoding="utf-8")
    names = ("manifest.json", "register.json")
    sums = [f"{hashlib.sha256((folder / one).read_bytes()).hexdigest()}  {one}\n" for one in names]
    (folder / "SHA256SUMS").write_text("".join(sums), encoding="utf-8")
    return folder


@pytest.fixture
def run(tmp_path):
    return seal(tmp_path / "20270215-abc", inputs={one.file: one.digest for one in definition_sources(PLAN)})


@pytest.fixture
def published(tmp_path, run, invoke):
    home = tmp_path / "interim-2026" / "published"
    assert invoke("freeze", str(run), "--out", str(home)).exit_code == 0
    return home


@pytest.fixture
def today(monkeypatch):
    """What the chapters give today, without running them."""
    monkeypatch.setattr(os, "environ", os.environ.copy())
    found: list[dict[str, object]] = []
    monkeypatch.setattr("evaluation.cli.recompute._records", lambda project, assessment: found)
    return found


def recompute(invoke, published, *more):
    return invoke("recompute", "--assessment", "interim-2026", "--published", str(published), *more)


def test_freezing_keeps_definitions_and_numbers(published):
    assert load_frozen(published).run == "20270215-abc"
    assert [(one.measure, one.value) for one in load_numbers(published)] == [
        ("IND-3.2.4-1", 4.0),
        ("IND-3.2.4-2", 89.0),
    ]


def test_freezing_again_is_the_same_and_never_writes_over_another_report(published, run, invoke):
    assert invoke("freeze", str(run), "--out", str(published)).exit_code == 0
    (published / NUMBERS).write_bytes(numbers_csv(load_numbers(published)[:1]))
    before = (published / NUMBERS).read_bytes()
    again = invoke("--lang", "en", "freeze", str(run), "--out", str(published))
    assert (again.exit_code, (published / NUMBERS).read_bytes()) == (1, before)
    assert "another report is frozen there already" in again.stderr


def test_a_run_that_was_touched_is_not_frozen(tmp_path, run, invoke):
    (run / "register.json").write_text("[]", encoding="utf-8")
    done = invoke("--lang", "en", "freeze", str(run), "--out", str(tmp_path / "out"))
    assert (done.exit_code, (tmp_path / "out").exists()) == (1, False)


def test_a_run_built_with_other_definitions_is_not_frozen(tmp_path, invoke):
    inputs = {one.file: one.digest for one in definition_sources(PLAN)}
    inputs["evaluation/strategy/baselines/ledger.yaml"] = "other"
    other = seal(tmp_path / "run", inputs=inputs)
    done = invoke("--lang", "en", "freeze", str(other), "--out", str(tmp_path / "out"))
    assert (done.exit_code, "ledger.yaml" in done.stderr) == (1, True)
    assert not (tmp_path / "out" / DEFINITIONS).exists()


def test_equal_numbers_end_with_status_0(invoke, published, today):
    today += [entry("IND-3.2.4-2", 89.0), entry("IND-3.2.4-1", 4.0)]
    done = recompute(invoke, published, "--lang", "en")
    assert (done.exit_code, done.stdout.strip()) == (0, "Equal: 2. Not equal: 0. Unexplained: 0.")


def test_an_unexplained_difference_ends_with_status_1(invoke, published, today):
    today += [entry("IND-3.2.4-2", 77.0), entry("IND-3.2.4-1", 4.0)]
    done = recompute(invoke, published, "--format", "json", "--lang", "en")
    (found,) = json.loads(done.stdout)
    assert (done.exit_code, found["outcome"], found["reason"]) == (1, "different", "unexplained")
    assert (found["published"], found["recomputed"]) == (89.0, 77.0)


def test_an_erratum_beside_the_published_folder_explains_it(invoke, published, today):
    (published.parent / "errata.yaml").write_text(
        "errata:\n  - {id: ER-01, where: {result: monitoring_values, measure: IND-3.2.4-2}, "
        "reason: {ro: corectat, en: corrected}, who: w, on: '2028-11-20'}\n",
        encoding="utf-8",
    )
    today += [entry("IND-3.2.4-2", 77.0), entry("IND-3.2.4-1", 4.0)]
    done = recompute(invoke, published, "--format", "json", "--lang", "en")
    assert (done.exit_code, json.loads(done.stdout)[0]["reason"]) == (0, "corrected")


def test_a_protected_number_is_told_to_differ_without_its_values(invoke, published, today):
    hidden = {**entry("IND-3.2.4-2", 77.0), "policy": "standard"}
    today += [hidden, entry("IND-3.2.4-1", 4.0)]
    done = recompute(invoke, published, "--format", "csv", "--lang", "en")
    assert done.exit_code == 1
    assert "89" not in done.stdout
    assert "77" not in done.stdout
