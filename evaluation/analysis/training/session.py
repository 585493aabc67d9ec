"""One session summed up: who came and answered, the score before and after, topic by topic, what is believed."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from evaluation.analysis.limits import wilson_limits
from evaluation.core.microdata import OCCASIONS
from evaluation.core.provenance import Provenance
from evaluation.core.results import Result, make_table
from evaluation.core.status import Status
from evaluation.instruments.model import Instrument, ItemKind

if TYPE_CHECKING:
    import pandas as pd

    from evaluation.analysis.training.scores import Scored

FEWEST = 10
"""Pairs below which nothing but counts is given; also the least base of a share with its interval."""
AGREES = ("4", "5")
Row = dict[str, object]


def topics_of(instrument: Instrument) -> dict[str, dict[str, str]]:
    """What is asked, by the name of its item on form A: the item on each form, an anchor the same on both.

    Twins were written to be as hard, so that with A before and B after everybody meets every topic twice.
    """
    twins = {one.item: one.twin for one in instrument.keys}
    on_b = {one.name for one in instrument.of_kind(ItemKind.CLOSED, "B")}
    found = {}
    for item in instrument.of_kind(ItemKind.CLOSED, "A"):
        other = item.name if item.name in on_b else twins[item.name]
        found[item.name] = {"A": item.name, "B": other} if other else {"A": item.name}
    return found


def session_counts(
    scored: "Scored",
    table: "pd.DataFrame",
    *,
    provenance: Provenance,
    told: Mapping[str, int | None],
    written: Mapping[str, int],
) -> Result:
    """How many were there, handed in a sheet, can be scored, are paired, wrote an answer in their own words.

    ``told`` holds what the trainer said (invited, present_pre, present_post) and how many pairs were too unsure to be
    linked (ambiguous); what was not said is not_collected.
    """
    pairs = len(paired(scored))
    rows: list[Row] = [_count(name, number) for name, number in told.items()]
    for occasion in OCCASIONS:
        rows.append(_count("sheets", int((table["occasion"] == occasion).sum()), period=occasion))
        rows.append(_count("scored", int((scored.people["occasion"] == occasion).sum()), period=occasion))
        rows.append(_count("written", written.get(occasion, 0), period=occasion))
    rows.append(_count("pairs", pairs))
    return Result("session_counts", make_table(rows), provenance)


def session_topics(scored: "Scored", instrument: Instrument, *, provenance: Provenance) -> Result:
    """Of those who answered, how many were right on each topic, before and after, on whichever form they had.

    An omitted answer leaves the denominator. The interval is Wilson's, from ten answers on; of fewer only the two
    counts are given.

    References
    ----------
    Wilson (1927), JASA 22, 209-212.
    """
    rows: list[Row] = []
    for topic, answers in topic_answers(scored, instrument).items():
        for occasion in OCCASIONS:
            given = answers[(scored.people["occasion"] == occasion).to_numpy()].dropna()
            rows.append(_share(topic, int(given.sum()), len(given), period=occasion))
    return Result("session_topics", make_table(rows), provenance)


def session_believed(table: "pd.DataFrame", instrument: Instrument, *, provenance: Provenance) -> Result:
    """The wrong choice that most people ticked on each item after the session, of those who answered it.

    The measure is the item with its letter (``core_who.a``); of two as frequent the first. Items that nobody answered
    wrongly have no row.
    """
    after = table[table["occasion"] == "post"]
    rows: list[Row] = []
    for item in instrument.of_kind(ItemKind.CLOSED):
        given = after[item.name][after[item.name] != ""]
        wrong = given[given != instrument.key(item.name).correct].value_counts()
        if len(wrong):
            letter = min(wrong.index[wrong == wrong.max()])
            rows.append(_share(f"{item.name}.{letter}", int(wrong[letter]), len(given), period="post"))
    return Result("session_believed", make_table(rows), provenance)


def session_opinions(table: "pd.DataFrame", instrument: Instrument, *, provenance: Provenance) -> Result:
    """How many agreed (4 or 5 of 5) with each statement about the session, of those who answered."""
    after = table[table["occasion"] == "post"]
    rows = []
    for item in instrument.of_kind(ItemKind.REACTION):
        given = after[item.name][after[item.name] != ""]
        rows.append(_share(item.name, int(given.isin(AGREES).sum()), len(given), period="post"))
    return Result("session_opinions", make_table(rows), provenance)


def topic_answers(scored: "Scored", instrument: Instrument) -> "dict[str, pd.Series[float]]":
    """Right (1), wrong (0) or not answered (NaN) by topic, in the rows of the scored sheets."""
    found = {}
    for topic, items in topics_of(instrument).items():
        answers = scored.items[items["A"]]
        found[topic] = answers if items.get("B", topic) == topic else answers.fillna(scored.items[items["B"]])
    return found


def paired(scored: "Scored") -> "pd.DataFrame":
    """The scored sheets of one person side by side: row labels and scores before and after, a row a pair."""
    people = scored.people[scored.people["link"] != ""]
    sides = []
    for occasion in OCCASIONS:
        side = people[people["occasion"] == occasion]
        kept = side[["link", "score"]].assign(row=side.index)
        sides.append(kept.rename(columns={"score": occasion, "row": f"row_{occasion}"}).set_index("link"))
    return sides[0].join(sides[1], how="inner").sort_index()


def _count(name: str, number: int | None, *, period: str = "") -> Row:
    row: Row = {
        "measure": name,
        "quantity": "count",
        "period": period,
        "level": "all",
        "method": "as_counted",
    }
    if number is None:
        return {**row, "status": Status.NOT_COLLECTED.value}
    return {**row, "estimate": number}


def _share(name: str, part: int, whole: int, *, period: str) -> Row:
    row: Row = {
        "measure": name, "quantity": "proportion", "period": period, "level": "all",
        "n": whole, "numerator": part, "denominator": whole, "method": "wilson",
    }  # fmt: skip
    if whole == 0:
        return {**row, "status": Status.UNDEFINED.value}
    row["estimate"] = part / whole
    if whole >= FEWEST:
        limits = wilson_limits(part, whole)
        row["ci_low"], row["ci_high"] = limits.low, limits.high
        row["ci_level"] = 0.95
    return row
