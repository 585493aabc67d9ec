"""YAML stays text; what would be lost or misread is refused without quoting it."""

from pathlib import Path

import pytest

from evaluation.core.errors import ProjectError
from evaluation.core.yamlfile import read_yaml


@pytest.fixture
def written(tmp_path):
    def write(text: str) -> Path:
        path = tmp_path / "cards.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.mark.parametrize(
    "typed", ["NO", "yes", "010", "12:30", "1e3", "2024-01-01", "~", "null", "1_000", "0x1F"]
)
def test_a_scalar_stays_the_characters_that_were_typed(written, typed):
    assert read_yaml(written(f"value: {typed}\n")) == {"value": typed}


def test_a_key_given_twice_is_refused_with_file_and_line_and_without_the_value(written):
    with pytest.raises(ProjectError) as refused:
        read_yaml(written("a: CANARY1\nb: x\na: CANARY2\n"))
    message = str(refused.value)
    assert "cards.yaml" in message
    assert "line 3" in message
    assert "CANARY" not in message


def test_a_key_given_twice_deep_down_is_refused(written):
    with pytest.raises(ProjectError):
        read_yaml(written("top:\n  - {id: one, id: two}\n"))


def test_broken_yaml_names_the_line(written):
    with pytest.raises(ProjectError, match=r"cards\.yaml, line 2"):
        read_yaml(written("a: 1\nb: @x\n"))


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(ProjectError, match=r"gone\.yaml: the file is missing"):
        read_yaml(tmp_path / "gone.yaml")


def test_another_encoding_is_refused(tmp_path):
    path = tmp_path / "old.yaml"
    path.write_bytes("a: jude\u0163".encode("cp1250"))
    with pytest.raises(ProjectError, match=r"old\.yaml: not UTF-8"):
        read_yaml(path)
