"""The gate on small tables whose suppression is worked by hand."""

import pandas as pd
import pytest

from evaluation.core.errors import DisclosureError
from evaluation.core.provenance import Provenance
from evaluation.core.results import NUMBER_COLUMNS, Listing, Result, make_table
from evaluation.disclosure.release import release
from evaluation.disclosure.structure import Structure, Term

from .cases import PUBLISHED, STANDARD, counts, provenance, shares, small_policy, statistics, suppressed


def test_a_small_figure_is_not_left_to_be_found_by_subtraction():
    # 32 - 28 = 4: hiding the 4 alone would give it back, so the 28 goes too.
    released = release(counts(("sex", "all", 32), ("sex", "female", 28), ("sex", "male", 4)), STANDARD)
    assert suppressed(released) == ["female", "male"]
    assert released.table["estimate"].dropna().tolist() == [32.0]


def test_two_withheld_figures_whose_sum_is_small_take_a_third():
    # 40 - 30 = 10 = 4 + 6 would leave each of them at most 10; 10 >= threshold and the range 0..10 is the width.
    enough = release(counts(("c", "all", 40), ("c", "A", 30), ("c", "B", 4), ("c", "C", 6)), STANDARD)
    assert suppressed(enough) == ["B", "C"]
    # 40 - 31 = 9 = 4 + 5 keeps both under the threshold: the 31 must go as well.
    third = release(counts(("c", "all", 40), ("c", "A", 31), ("c", "B", 4), ("c", "C", 5)), STANDARD)
    assert suppressed(third) == ["A", "B", "C"]


def test_a_table_with_large_figures_only_is_kept_whole():
    released = release(counts(("sex", "all", 50), ("sex", "female", 30), ("sex", "male", 20)), STANDARD)
    assert suppressed(released) == []


def test_zero_is_a_small_figure():
    rows = (("c", "all", 60), ("c", "A", 0), ("c", "B", 25), ("c", "C", 35))
    assert "A" in suppressed(release(counts(*rows), STANDARD))


def test_in_a_county_by_sex_table_each_line_with_a_withheld_cell_has_another():
    # Alba 4 + 20 = 24, Iasi 30 + 25 = 55, Dolj 40 + 22 = 62; women 74, men 67, all 141.
    inner = {("Alba", "f"): 4, ("Alba", "m"): 20, ("Iasi", "f"): 30, ("Iasi", "m"): 25}
    inner |= {("Dolj", "f"): 40, ("Dolj", "m"): 22}
    rows = [("county*sex", f"{c}*{s}", n) for (c, s), n in inner.items()]
    rows += [("county", "Alba", 24), ("county", "Iasi", 55), ("county", "Dolj", 62)]
    rows += [("sex", "f", 74), ("sex", "m", 67), ("all", "all", 141)]
    withheld = suppressed(release(counts(*rows), STANDARD))
    # Totals are not touched; the four withheld cells form a rectangle: Alba and one other county, both sexes.
    assert len(withheld) == 4
    assert {"Alba*f", "Alba*m"} < set(withheld)
    assert len({level.split("*")[0] for level in withheld}) == 2


def test_a_suppressed_row_loses_every_number():
    rows = (
        ("county", "all", 60, 120),
        ("county", "A", 3, 40),
        ("county", "B", 27, 40),
        ("county", "C", 30, 40),
    )
    table = release(shares(*rows), STANDARD).table
    withheld = table[table["status"] == "suppressed"]
    assert len(withheld) >= 2
    assert withheld[list(NUMBER_COLUMNS)].isna().all(axis=None)


def test_primary_and_secondary_rows_look_the_same():
    released = release(counts(("sex", "all", 32), ("sex", "female", 28), ("sex", "male", 4)), STANDARD)
    reasons = {decision.reason for decision in released.decisions if decision.action == "suppress"}
    assert len(reasons) == 1


def test_a_share_that_leaves_few_on_the_other_side_is_suppressed():
    # 57 of 60 said yes: 3 said no.
    rows = (("c", "all", 97, 180), ("c", "A", 57, 60), ("c", "B", 20, 60), ("c", "C", 20, 60))
    assert "A" in suppressed(release(shares(*rows), STANDARD))


def test_a_percentage_without_its_numerator_still_shows_the_count():
    # 12.5% of 32 is 4.
    result = shares(("c", "all", 44, 96), ("c", "A", 4, 32), ("c", "B", 20, 32), ("c", "C", 20, 32))
    result.table["numerator"] = float("nan")
    assert "A" in suppressed(release(result, STANDARD))


def test_the_levels_of_one_answer_add_to_their_shared_base():
    # 50 + 40 + 7 = 97: the 7 follows from the base 97 unless a second level goes.
    released = release(shares(("a", "yes", 50, 97), ("a", "no", 40, 97), ("a", "unsure", 7, 97)), STANDARD)
    assert len(suppressed(released)) == 2


def test_a_hundred_per_cent_needs_the_base_of_the_policy():
    # The policy asks for 100 people: 99 of 99 is suppressed, 100 of 100 is shown.
    few = release(shares(("", "all", 99, 99)), STANDARD)
    many = release(shares(("", "all", 100, 100)), STANDARD)
    assert (suppressed(few), suppressed(many)) == (["all"], [])


def test_a_share_below_the_minimum_base_is_suppressed():
    # 20 is the least base: 10 of 20 is shown, 10 of 19 is not.
    assert suppressed(release(shares(("", "all", 10, 20)), STANDARD)) == []
    assert suppressed(release(shares(("", "all", 10, 19)), STANDARD)) == ["all"]


def test_means_and_deviations_of_few_are_suppressed_and_not_subtractable():
    rows = [
        (q, "c", v, n, 3.2) for q in ("mean", "sd") for v, n in (("all", 60), ("A", 4), ("B", 26), ("C", 30))
    ]
    table = release(statistics(*rows), STANDARD).table
    withheld = table[table["status"] == "suppressed"]
    assert withheld.groupby("quantity").size().tolist() == [2, 2]
    assert set(withheld["level"]) == {"A", "B"}


def test_minimum_and_maximum_need_a_larger_group():
    # The policy asks for 50.
    released = release(statistics(("minimum", "", "all", 49, 1.0), ("mean", "", "all", 49, 3.0)), STANDARD)
    assert "minimum" in set(released.table.loc[released.table["status"] == "suppressed", "quantity"])


def test_an_explicit_equation_protects_what_group_and_level_do_not_say():
    # Region 60 = 52 + 8, said by the structure only.
    rows = (("region", "W", 60), ("county", "A", 52), ("county", "B", 8))
    equation = (Term(0), Term(1, -1), Term(2, -1))
    structure = Structure(equations=(equation,))
    assert suppressed(release(counts(*rows), STANDARD, structure=structure)) == ["A", "B"]


def test_overlapping_levels_do_not_have_to_add():
    rows = (("source", "all", 60, 60), ("source", "school", 40, 60), ("source", "police", 35, 60))
    with pytest.raises(DisclosureError, match="overlapping"):
        release(shares(*rows[1:]), STANDARD)
    structure = Structure(overlapping=frozenset({"source"}))
    assert suppressed(release(shares(*rows[1:]), STANDARD, structure=structure)) == []


def test_levels_without_a_number_keep_their_reason_and_lose_their_numbers():
    rows = [
        {"measure": "m", "quantity": "count", "group": "c", "level": "all", "estimate": 30},
        {"measure": "m", "quantity": "count", "group": "c", "level": "A", "estimate": 30},
        {"measure": "m", "quantity": "count", "group": "c", "level": "B", "n": 3, "status": "not_collected"},
    ]
    table = release(Result("t", make_table(rows), provenance()), STANDARD).table
    assert table["status"].tolist() == ["ok", "ok", "not_collected"]
    assert table.loc[2, list(NUMBER_COLUMNS)].isna().all()


def test_too_few_below_the_threshold_reads_suppressed():
    rows = [{"measure": "m", "quantity": "mean", "level": "all", "n": 5, "status": "too_few"}]
    table = release(Result("t", make_table(rows), provenance()), STANDARD).table
    assert table["status"].tolist() == ["suppressed"]


def test_complementary_suppression_that_would_hide_everything_is_a_refusal():
    # A width of 40 does not fit under a printed total of 32, so even the total would have to go.
    rows = (("sex", "all", 32), ("sex", "female", 28), ("sex", "male", 4))
    with pytest.raises(DisclosureError, match="every row"):
        release(counts(*rows), small_policy(threshold=10, width=40))


def test_a_table_of_small_figures_only_is_released_without_a_number():
    # 5 + 4 = 9: every row is small by itself, and nothing is printed.
    rows = (("sex", "all", 9), ("sex", "female", 5), ("sex", "male", 4))
    assert suppressed(release(counts(*rows), STANDARD)) == ["all", "female", "male"]


def test_words_are_released_from_published_sources_only():
    texts = pd.DataFrame({"definition.ro": ["Număr"], "definition.en": ["Number"]})
    listing = Listing("words", texts, provenance("evaluation/strategy/plan.yaml"))
    assert len(release(listing, PUBLISHED).texts) == 1
    with pytest.raises(DisclosureError, match="published"):
        release(listing, STANDARD)


@pytest.mark.parametrize(
    "files",
    [
        (),
        ("data_raw/survey.csv",),
        ("data_raw/secondary/anitp.csv", "data_raw/survey.csv"),
        ("data_raw/secondary/../survey.csv",),
        ("/data_raw/secondary/anitp.csv",),
    ],
)
def test_people_are_never_waved_through_as_published(files):
    result = Result("t", counts(("", "all", 3)).table, provenance(*files))
    with pytest.raises(DisclosureError):
        release(result, PUBLISHED)


def test_published_figures_stay_as_they_are():
    result = Result("t", counts(("", "all", 3)).table, provenance("data_raw/secondary/anitp.csv"))
    released = release(result, PUBLISHED)
    assert released.table["estimate"].tolist() == [3.0]
    assert released.decisions[0].reason == PUBLISHED.reason["en"]


def test_a_source_without_a_digest_is_not_a_published_one():
    bare = Provenance((), "m", 0, 0)
    with pytest.raises(DisclosureError, match="no source"):
        release(Result("t", counts(("", "all", 30)).table, bare), PUBLISHED)
    with pytest.raises(DisclosureError, match="source 0"):
        undigested = provenance("data_raw/secondary/anitp.csv", digest="")
        release(Result("t", counts(("", "all", 30)).table, undigested), PUBLISHED)
