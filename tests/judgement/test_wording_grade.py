"""Wording follows the grade: sixty sentences, inflected, denied, passive, above and below their grade."""

from pathlib import Path

import pytest

from evaluation.core.errors import JudgementError
from evaluation.core.yamlfile import read_yaml
from evaluation.judgement.grades import Grade
from evaluation.judgement.wording_grade import check_sentence, claim_kinds, is_cautious

SENTENCES = read_yaml(Path(__file__).with_name("wording_sentences.yaml"))
CASES = [(language, case) for language, cases in SENTENCES.items() for case in cases]


@pytest.mark.parametrize(
    ("language", "case"), CASES, ids=lambda one: one if isinstance(one, str) else one["text"]
)
def test_a_sentence_above_its_grade_is_caught_and_no_other(language, case):
    places = check_sentence(case["text"], language, Grade(case["grade"]))
    if case["expected"] == "passes":
        assert places == ()
    else:
        assert [place.phrase for place in places if case["phrase"] in place.phrase]


@pytest.mark.parametrize("language", ["ro", "en"])
def test_thirty_sentences_a_language_of_both_verdicts(language):
    verdicts = [case["expected"] for case in SENTENCES[language]]
    assert len(verdicts) == 30
    assert min(verdicts.count("caught"), verdicts.count("passes")) >= 10


def test_a_place_is_where_the_phrase_stands():
    text = "În 2025, programul a redus traficul."
    (place,) = check_sentence(text, "ro", Grade.WEAK)
    assert (place.start, place.end, place.kind) == (19, 26, "change")
    assert text[place.start : place.end] == place.phrase == "a redus"


def test_cedilla_letters_hide_nothing():
    assert [
        one.phrase for one in check_sentence("Măsurile îmbunătă\u0163esc via\u0163a.", "ro", Grade.WEAK)
    ] == ["îmbunătă\u0163esc"]


def test_a_claim_has_its_kind():
    assert claim_kinds("Cases fell because of the plan, which reduced the risk.", "en") == {
        "causal",
        "change",
    }
    assert claim_kinds("Numărul a scăzut.", "ro") == frozenset()


def test_cautious_words_are_known():
    assert is_cautious("Datele sugerează o legătură.", "ro")
    assert not is_cautious("The plan has 104 measures.", "en")


def test_another_language_is_refused():
    with pytest.raises(JudgementError, match="no lists for the language fr"):
        check_sentence("Le nombre a baissé.", "fr", Grade.WEAK)
