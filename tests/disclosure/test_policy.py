"""The policy file: complete, in both languages, and closed to unknown names."""

import pytest

from evaluation.core.errors import DisclosureError
from evaluation.disclosure.policy import POLICY_FILE, load_allowed, load_policies, policy_named


def test_an_unknown_policy_name_is_refused():
    with pytest.raises(DisclosureError, match="standard"):
        policy_named("standrad")


def test_microdata_are_outside_the_roots_of_published_figures():
    assert all(root.count("/") >= 2 for root in load_policies()["published_source"].roots)
    assert "data_raw/*" not in load_policies()["published_source"].roots


def test_the_upper_witness_can_reach_the_threshold_within_the_width():
    standard = load_policies()["standard"]
    assert standard.width >= standard.threshold // 2
    assert standard.minimum_base >= 2 * standard.threshold


def test_public_helplines_are_allowed():
    assert {"0800800678", "116111", "119"} <= load_allowed().phones


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('kind: "protect"', 'kind: "open"'),
        ("threshold: 10", "threshold: ten"),
        ("threshold: 10", "treshold: 10"),
        ("    width: 10\n", ""),
        (
            'roots: ["data_raw/secondary/*", "evaluation/strategy/*", "evaluation/judgement/frame/*",\n'
            '      "questionnaires/training_*/*", "questionnaires/victim_feedback_*/*"]',
            'roots: ["*"]',
        ),
        ('count: "count"', 'count: "anything"'),
    ],
)
def test_a_policy_file_with_a_mistake_is_refused(tmp_path, old, new):
    text = POLICY_FILE.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "policies.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DisclosureError, match=r"policies\.yaml"):
        load_policies(path)
