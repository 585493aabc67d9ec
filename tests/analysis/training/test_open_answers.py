"""Open answers: codes, coders, decisions, and the share over both denominators, all small enough to count."""

import pandas as pd
import pytest

from evaluation.analysis.training.open_answers import (
    coded_matrix,
    compare_coders,
    decide,
    estimate_enough,
)
from evaluation.core.errors import AnalysisError
from evaluation.core.provenance import Provenance
from evaluation.instruments.model import OpenKey

ORIGIN = Provenance((), "made for the test", 0, 0)
PAIR = {"ro": "x", "en": "y"}
SOURCE = {"document": "test", "place": "test", "checked": "to_check"}
KEY = OpenKey.model_validate(
    {
        "item": "open_risks", "at_least": 2, "source": SOURCE,
        "codes": [
            {"code": code, "label": PAIR, "includes": PAIR, "example": PAIR, "counts": code != "vague"}
            for code in ("stranger", "photos", "money", "vague")
        ],
    }
)  # fmt: skip


def codings(*rows):
    return pd.DataFrame(rows, columns=["session", "sheet", "coder", "codes"])


def test_enough_counts_different_codes_and_not_those_that_do_not_count():
    coded = coded_matrix(
        codings(("S1", 1, "1", "stranger photos"), ("S1", 2, "1", "stranger vague"), ("S1", 3, "1", "")),
        KEY,
    )
    assert coded["enough"].tolist() == [1, 0, 0]


def test_an_unknown_code_is_refused_without_being_quoted():
    with pytest.raises(AnalysisError, match="1 code"):
        coded_matrix(codings(("S1", 1, "1", "stranger secretword")), KEY)
    try:
        coded_matrix(codings(("S1", 1, "1", "stranger secretword")), KEY)
    except AnalysisError as error:
        assert "secretword" not in str(error)


def test_agreement_decides_then_the_third_reading_then_nobody():
    decided = decide(
        codings(
            ("S1", 1, "1", "stranger photos"),
            ("S1", 1, "2", "money photos"),
            ("S1", 2, "1", "stranger photos"),
            ("S1", 2, "2", "stranger"),
            ("S1", 2, "final", "stranger photos"),
            ("S1", 3, "1", "stranger"),
            ("S1", 3, "2", "stranger money"),
        ),
        KEY,
    )
    assert decided.table["names_enough"].tolist()[:2] == [1, 1]
    assert pd.isna(decided.table["names_enough"].tolist()[2])
    assert (decided.agreed, decided.adjudicated, decided.undecided) == (1, 1, 1)


def test_agreement_on_the_yes_or_no_differs_from_agreement_on_codes():
    rows = []
    for sheet in range(12):  # the coders name different codes, but always agree on enough or not
        one, other = ("stranger photos", "stranger money") if sheet % 2 else ("stranger", "photos")
        rows += [("S1", sheet, "1", one), ("S1", sheet, "2", other)]
    table = compare_coders(codings(*rows), KEY, provenance=ORIGIN, seed=1).table
    alpha = table[table["quantity"] == "krippendorff_alpha"].set_index("level")["estimate"]
    assert alpha["enough"] == 1
    assert alpha["money"] < 0


def test_nine_answers_are_too_few_for_agreement():
    rows = [("S1", sheet, coder, "stranger") for sheet in range(9) for coder in ("1", "2")]
    table = compare_coders(codings(*rows), KEY, provenance=ORIGIN, seed=1).table
    assert set(table["status"]) == {"too_few"}


def test_the_share_has_both_denominators():
    # 5 sessions, 4 present and 8 invited in each; the first two of each session name enough, one is empty.
    rows, present = [], []
    for session in "abcde":
        for sheet in range(4):
            present.append((session, sheet))
            if sheet < 3:
                codes = "stranger photos" if sheet < 2 else "vague"
                rows += [(session, sheet, "1", codes), (session, sheet, "2", codes)]
    shares = estimate_enough(
        decide(codings(*rows), KEY),
        KEY,
        present=pd.DataFrame(present, columns=["session", "sheet"]),
        targeted=pd.DataFrame({"session": list("abcde"), "people": 8}),
    )
    assert [(one["level"], one["numerator"], one["denominator"]) for one in shares] == [
        ("present", 10, 20),
        ("targeted", 10, 40),
    ]
    assert [one["estimate"] for one in shares] == [0.5, 0.25]


def test_more_answers_than_invited_people_are_refused():
    rows = [("a", sheet, coder, "stranger photos") for sheet in range(3) for coder in ("1", "2")]
    with pytest.raises(AnalysisError, match="more people who answered than people invited"):
        estimate_enough(
            decide(codings(*rows), KEY),
            KEY,
            present=pd.DataFrame({"session": "a", "sheet": range(3)}),
            targeted=pd.DataFrame({"session": ["a"], "people": [2]}),
        )
