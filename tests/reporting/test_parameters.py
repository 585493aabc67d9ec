"""Parameters are checked before they are written as code."""

import pytest

from evaluation.core.errors import ReportError
from evaluation.reporting.parameters import check_parameters
from tests.kit.project import PARAMETERS, notebook


def check(given: dict[str, object], *parameters: str) -> dict[str, object]:
    return check_parameters(notebook(parameters=parameters or (PARAMETERS,)), given, chapter="plan")


def test_what_is_given_is_returned_and_nothing_else():
    assert check({"language": "en"}) == {"language": "en"}
    assert check({}) == {}


@pytest.mark.parametrize(
    "name", ["languages", "x = 1; import os", "language\nimport os", "__class__", "language ", "Language", ""]
)
def test_a_name_that_is_not_of_the_schema_is_refused(name):
    with pytest.raises(ReportError, match="chapter plan: unknown parameter"):
        check({name: "ro"})


@pytest.mark.parametrize(
    "given",
    [
        {"language": "fr"},
        {"language": 1},
        {"language": None},
        {"assessment": 2026},
        {"assessment": ["interim-2026"]},
    ],
)
def test_a_wrong_type_or_value_is_refused_without_quoting_it(given):
    with pytest.raises(
        ReportError, match=rf"chapter plan: parameter {next(iter(given))} has a wrong"
    ) as refused:
        check(given)
    assert "2026" not in str(refused.value)


def test_a_text_that_is_code_stays_a_text():
    assert check({"assessment": "x'); import os"}) == {"assessment": "x'); import os"}


@pytest.mark.parametrize("tagged", [0, 2])
def test_exactly_one_cell_is_tagged(tagged):
    cells = (PARAMETERS,) * tagged
    with pytest.raises(ReportError, match=rf"chapter plan: {tagged} cells are tagged parameters"):
        check_parameters(notebook(parameters=cells), {}, chapter="plan")


def test_a_parameter_that_the_chapter_does_not_have_is_refused():
    with pytest.raises(ReportError, match="has no parameter language"):
        check({"language": "ro"}, 'assessment = "interim-2026"')


def test_a_cell_with_a_parameter_outside_the_schema_is_refused():
    with pytest.raises(ReportError, match="parameter salt has a wrong name"):
        check({}, PARAMETERS + '\nsalt = "x"')


@pytest.mark.parametrize("default", ["open('x')", "language_of()", "'a' + 'b' + c", "f'{x}'"])
def test_a_default_that_has_to_be_computed_is_refused(default):
    with pytest.raises(ReportError, match="parameter language needs a plain value"):
        check({}, f'assessment = "a"\nlanguage = {default}')


@pytest.mark.parametrize(
    "line", ["import os", "a = b = 1", "language, x = 1, 2", "print(1)", "language: str = 'ro'"]
)
def test_a_line_that_is_no_plain_assignment_is_refused(line):
    with pytest.raises(ReportError, match="only hold plain assignments"):
        check({}, line)
