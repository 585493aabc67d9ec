"""Evaluators are those who declared and have no role in the strategy."""

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from evaluation.core.errors import JudgementError
from evaluation.core.project import Project, find_project
from evaluation.judgement.independence import evaluator_names, list_declarations, load_declarations
from tests.judgement.cases import BOTH

FACTS = {
    "evaluator": "E. Probă",
    "institution": {"ro": "Universitatea de Probă", "en": "University of Trial"},
    "position": BOTH,
    "drafting": "no",
    "implementing": "no",
    "contract": BOTH,
    "other_interests": BOTH,
    "on": "2026-10-01",
}


def declare(folder: Path, **given: object) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "declarations.yaml").open("w", encoding="utf-8") as file:
        YAML().dump({"declarations": [FACTS | given]}, file)
    return folder


def test_without_a_file_nobody_has_declared(tmp_path):
    assert load_declarations(tmp_path, synthetic=False) == ()


def test_evaluators_are_named_with_their_institution_in_the_language_of_the_page(tmp_path):
    named = load_declarations(declare(tmp_path), synthetic=False)
    assert evaluator_names(named, language="ro") == "E. Probă, Universitatea de Probă"
    assert evaluator_names(named, language="en") == "E. Probă, University of Trial"


@pytest.mark.parametrize("role", ["drafting", "implementing"])
def test_a_role_in_the_strategy_is_refused_without_naming_the_person(tmp_path, role):
    with pytest.raises(JudgementError, match="excludes") as caught:
        load_declarations(declare(tmp_path, **{role: "yes"}), synthetic=False)
    assert "Probă" not in str(caught.value)


def test_an_invented_evaluator_signs_no_real_report(tmp_path):
    folder = declare(tmp_path, synthetic="true")
    assert load_declarations(folder, synthetic=False) == ()
    assert len(load_declarations(folder, synthetic=True)) == 1


def test_the_table_says_what_was_declared_and_where_it_stands(tmp_path):
    folder = declare(tmp_path / "judgement" / "interim-2026")
    project = Project(find_project().root, tmp_path)
    listed = list_declarations(load_declarations(folder, synthetic=False), project, assessment="interim-2026")
    row = listed.texts.iloc[0]
    assert (row["evaluator"], row["drafting.ro"], row["implementing.en"], row["on.ro"]) == (
        "E. Probă",
        "nu",
        "no",
        "1 octombrie 2026",
    )
    assert listed.provenance.sources[0].file == "data_raw/judgement/interim-2026/declarations.yaml"
