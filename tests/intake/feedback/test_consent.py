"""Only what was consented to gets its type, under a known text and, for quotation, after a second person's review."""

import pandas as pd
import pytest

from evaluation.core.errors import IntakeError, KitError
from evaluation.core.microdata import ForAnalysis, ForQuotation
from evaluation.core.provenance import Provenance
from evaluation.intake.feedback.consent import (
    REVIEW_COLUMNS,
    TEXT_COLUMNS,
    Responses,
    for_analysis,
    for_quotation,
    response_columns,
)
from tests.kit.feedback import minors, protocol_content, small_instrument

SMALL = small_instrument()
PEOPLE = ("a" * 16, "b" * 16, "c" * 16, "d" * 16)


def responses(rows, instrument=SMALL):
    """Rows: person, analysis, quotation, version; everyone wrote one answer."""
    columns = list(response_columns(instrument))
    table = pd.DataFrame(
        [
            {
                "person": person,
                "wave": "month_3",
                "consent_analysis": analysis,
                "consent_quotation": quotation,
                "consent_version": version,
            }
            for person, analysis, quotation, version in rows
        ],
        columns=columns,
        dtype=object,
    ).fillna("")
    texts = [(person, "month_3", "told_change", "ro", f"text {n}") for n, (person, *_) in enumerate(rows)]
    return Responses(
        instrument.name,
        "0.1",
        table,
        pd.DataFrame(texts, columns=list(TEXT_COLUMNS), dtype=object),
        Provenance((), "x", len(rows), len(rows)),
    )


def reviews(*rows):
    """Rows: person, reviewer, decision."""
    told = [(person, "month_3", "told_change", reviewer, decision) for person, reviewer, decision in rows]
    return pd.DataFrame(told, columns=list(REVIEW_COLUMNS), dtype=object)


MIXED = [
    (PEOPLE[0], "yes", "yes", "1.0"),
    (PEOPLE[1], "no", "yes", "1.0"),
    (PEOPLE[2], "yes", "", "1.0"),
    (PEOPLE[3], "yes", "yes", "9.9"),
]


def test_analysis_gets_those_who_said_yes_under_a_known_text_and_counts_the_others(tmp_path):
    got = for_analysis(responses(MIXED), SMALL, home=tmp_path)
    assert isinstance(got, ForAnalysis)
    assert list(got.table["person"]) == [PEOPLE[0], PEOPLE[2]]
    assert (got.provenance.rows_in, got.provenance.rows_used) == (4, 2)
    assert dict(got.provenance.excluded) == {"consent_version_unknown": 1, "no_consent_analysis": 1}
    assert not [name for name in got.table.columns if name.startswith("consent")]
    assert "told_change" not in got.table.columns


def test_a_text_of_consent_in_use_before_counts_when_the_folder_names_it(tmp_path):
    got = for_analysis(responses(MIXED), SMALL, home=tmp_path, versions=["9.9"])
    assert list(got.table["person"]) == [PEOPLE[0], PEOPLE[2], PEOPLE[3]]


@pytest.mark.parametrize("told", ["", "no", "Yes", "YES", "da", "1"])
def test_nothing_but_yes_is_yes(tmp_path, told):
    got = for_analysis(responses([(PEOPLE[0], told, told, "1.0")]), SMALL, home=tmp_path)
    assert len(got.table) == 0


def test_quotation_needs_consent_to_quotation_whatever_was_said_of_analysis(tmp_path):
    every = reviews(*((one, "R. M.", "yes") for one in PEOPLE))
    got = for_quotation(responses(MIXED), every, SMALL, home=tmp_path)
    assert isinstance(got, ForQuotation)
    assert list(got.table["person"]) == [PEOPLE[0], PEOPLE[1]]
    assert dict(got.provenance.excluded) == {"consent_version_unknown": 1, "no_consent_quotation": 1}


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ([], "not_reviewed"),
        ([("R. M.", "")], "not_reviewed"),
        ([("R. M.", "no")], "review_refused"),
        ([("R. M.", "maybe")], "review_refused"),
        ([("R. M.", "yes"), ("S. T.", "no")], "review_refused"),
        ([("", "yes")], "review_not_by_second_person"),
        ([("  ", "yes")], "review_not_by_second_person"),
        ([("Interviewer", "yes")], "review_not_by_second_person"),
        ([("service", "yes")], "review_not_by_second_person"),
    ],
)
def test_without_a_second_persons_yes_nothing_is_quoted(tmp_path, said, reason):
    told = reviews(*((PEOPLE[0], *one) for one in said))
    got = for_quotation(responses(MIXED[:1]), told, SMALL, home=tmp_path)
    assert (len(got.table), dict(got.provenance.excluded)) == (0, {reason: 1})


def test_a_review_of_another_wave_is_no_review(tmp_path):
    told = reviews((PEOPLE[0], "R. M.", "yes")).assign(wave="inclusion")
    got = for_quotation(responses(MIXED[:1]), told, SMALL, home=tmp_path)
    assert dict(got.provenance.excluded) == {"not_reviewed": 1}


def test_words_without_a_row_of_answers_are_not_quoted(tmp_path):
    whole = responses(MIXED[:2])
    orphan = Responses(whole.instrument, "0.1", whole.table[:1], whole.texts, whole.provenance)
    every = reviews(*((one, "R. M.", "yes") for one in PEOPLE))
    got = for_quotation(orphan, every, SMALL, home=tmp_path)
    assert (list(got.table["person"]), dict(got.provenance.excluded)) == ([PEOPLE[0]], {"no_response": 1})


def test_an_instrument_for_minors_is_not_used_without_its_protocol(tmp_path):
    import json

    young = minors()
    asked = responses(MIXED, young)
    with pytest.raises(IntakeError, match="adolescent_assent"):
        for_analysis(asked, young, home=tmp_path)
    with pytest.raises(IntakeError, match="adolescent_assent"):
        for_quotation(asked, reviews(), young, home=tmp_path)
    place = tmp_path / "protocols" / "adolescent_assent.yaml"
    place.parent.mkdir()
    place.write_text("name: adolescent_assent", encoding="utf-8")
    with pytest.raises(KitError):
        for_analysis(asked, young, home=tmp_path)
    place.write_text(json.dumps(protocol_content()), encoding="utf-8")
    assert len(for_analysis(asked, young, home=tmp_path).table) == 2


def test_none_of_the_types_prints_a_row(tmp_path):
    whole = responses(MIXED)
    got = for_analysis(whole, SMALL, home=tmp_path)
    quoted = for_quotation(whole, reviews((PEOPLE[0], "R. M.", "yes")), SMALL, home=tmp_path)
    said = "".join(f"{one!r} {one}" for one in (whole, got, quoted))
    assert not [one for one in (*PEOPLE, "text 0") if one in said]
