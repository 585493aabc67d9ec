"""``snitp plan``: the records of the contract, the selections, and the check against a text."""

import json

import pytest

from evaluation.cli.output import read_csv


@pytest.fixture(scope="module")
def records(invoke):
    return {one["code"]: one for one in json.loads(invoke("plan", "--format", "json").stdout)}


def test_the_plan_has_104_measures_and_297_indicators(records):
    assert (len(records), sum(len(one["indicators"]) for one in records.values())) == (104, 297)


def test_a_measure_has_the_keys_of_the_contract(records):
    keys = (
        "code general_objective specific_objective action responsible support results period due "
        "evaluation_stage indicators"
    )
    assert set(keys.split()) <= set(records["1.1.1"])


def test_the_first_semester_of_2025_is_due_by_the_end_of_june(records):
    measure = records["1.6.1"]
    assert (measure["general_objective"], measure["specific_objective"]) == ("1", "1.6")
    assert (measure["period"], measure["due"]) == (
        ["Semestrul I 2025"],
        [{"start": "2025-01-01", "end": "2025-06-30"}],
    )


def test_institutions_are_printed_as_they_stand_and_read_beside(records):
    measure = records["1.6.1"]
    assert (measure["support"], measure["support_ids"]) == (["MAI prin ANITP", "ONG"], ["ANITP", "ONG"])


def test_a_baseline_that_the_plan_does_not_state_is_undefined_with_the_reason(records):
    baseline = records["1.6.1"]["indicators"][0]["baseline"]
    assert baseline["status"] == "undefined"
    assert baseline["reason"]["ro"] and baseline["reason"]["en"]


def test_an_ambiguous_indicator_carries_the_question_to_ask(records):
    card = records["1.6.1"]["indicators"][1]
    assert (card["id"], card["position"], card["definition_status"]) == ("IND-1.6.1-2", 2, "ambiguous")
    assert card["question"]["ro"].startswith("O participare este")


def test_a_general_objective_selects_all_its_specific_ones(invoke, records):
    shown = json.loads(invoke("plan", "--objective", "1", "--format", "json").stdout)
    assert [one["code"] for one in shown] == [code for code in records if code.startswith("1.")]


def test_objective_1_2_does_not_select_1_20(invoke):
    shown = json.loads(invoke("plan", "--objective", "1.2", "--format", "json").stdout)
    assert {one["specific_objective"] for one in shown} == {"1.2"}


def test_an_institution_is_found_under_its_ministry(invoke, records):
    shown = json.loads(invoke("plan", "--institution", "anitp", "--format", "json").stdout)
    codes = {one["code"] for one in shown}
    assert "1.6.2" in codes and records["1.6.2"]["responsible"] == ["MAI prin ANITP"]
    assert codes == {
        code for code, one in records.items() if "ANITP" in str(one["responsible"] + one["support"])
    }


def test_a_ministry_is_found_where_it_acts_through_another(invoke):
    shown = json.loads(invoke("plan", "--institution", "MAI", "--format", "json").stdout)
    assert "1.6.2" in {one["code"] for one in shown}


def test_an_institution_is_found_by_its_misprint(invoke):
    by_misprint, by_name = (
        invoke("plan", "--institution", name, "--format", "json") for name in ("IPGR", "IGPR")
    )
    assert by_misprint.stdout == by_name.stdout


def test_a_name_with_old_letters_is_the_same_name(invoke):
    cedilla = "Agen\u0163ia Na\u0163ional\u0103 \u00cempotriva Traficului de Persoane"
    assert invoke("plan", "--institution", cedilla, "--format", "json").exit_code == 0


def test_an_unknown_institution_is_answered_with_the_nearest_names(invoke):
    assert "ANITP" in invoke("plan", "--institution", "ANITTP").stderr


def test_csv_has_one_line_per_measure_and_the_columns_of_the_whole_plan(invoke, records):
    whole, part = (
        read_csv(invoke("plan", *select, "--format", "csv").stdout_bytes)
        for select in ((), ("--objective", "1.6"))
    )
    assert [one["code"] for one in whole] == list(records)
    assert list(whole[0]) == list(part[0])


def test_csv_gives_back_the_texts_of_the_plan(invoke, records):
    for row in read_csv(invoke("plan", "--format", "csv").stdout_bytes):
        record = records[row["code"]]
        assert row["action.ro"] == record["action"]["ro"]
        assert row["responsible"].split("\n") == record["responsible"]
        assert json.loads(row["indicators"]) == record["indicators"]


def test_the_plan_agrees_with_a_text_that_holds_all_of_it(invoke, plan_as_text, tmp_path):
    text = tmp_path / "act.txt"
    text.write_text(plan_as_text, encoding="utf-8")
    done = invoke("plan", "check", "--text", str(text))
    assert done.exit_code == 0
    # 104 ends in 04: no "de"; 297 ends in 97: with "de"
    assert done.stdout.startswith("104 măsuri, 297 de indicatori: ")


def test_what_either_side_lacks_is_named_and_ends_with_1(invoke, plan_as_text, tmp_path):
    text = tmp_path / "act.txt"
    first = plan_as_text.index("Grup consultativ al victimelor traficului de persoane constituit")
    damaged = plan_as_text[:first] + "Alt indicator" + plan_as_text[first + 64 :]
    text.write_text(damaged, encoding="utf-8")
    done = invoke("plan", "check", "--text", str(text), "--format", "json")
    found = json.loads(done.stdout)
    assert done.exit_code == 1
    assert [one["place"] for one in found["not_found"]] == ["1.6.1 indicator 1"]
    assert [one["text"] for one in found["not_in_plan"]] == ["Alt indicator"]
    assert found["explained"] is False


def test_an_institution_that_the_registry_lacks_is_named_with_its_place(
    invoke, plan_as_text, tmp_path, monkeypatch
):
    from evaluation.strategy import institutions

    registry = institutions.load_registry()
    smaller = registry.model_copy(
        update={"registry": tuple(one for one in registry.registry if one.id != "UNBR")}
    )
    monkeypatch.setattr(institutions, "load_registry", lambda: smaller)
    text = tmp_path / "act.txt"
    text.write_text(plan_as_text, encoding="utf-8")
    done = invoke("plan", "check", "--text", str(text), "--format", "json")
    assert done.exit_code == 1
    assert {one["institution"] for one in json.loads(done.stdout)["unknown_institutions"]} == {"UNBR"}


def test_a_text_in_an_old_encoding_is_refused_with_its_place(invoke, tmp_path):
    text = tmp_path / "act.txt"
    text.write_bytes("Planul na\u0163ional".encode("cp1250"))
    done = invoke("plan", "check", "--text", str(text), "--lang", "en")
    assert (done.exit_code, done.stdout) == (1, "")
    # P l a n u l _ n a: the tenth letter is byte 9
    assert "act.txt: not UTF-8 (at byte 9)" in done.stderr
