"""What people say in their own words, as codes with their words: how many say each thing, and how far coders agree."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from evaluation.analysis.feedback.words import compare_coders, count_codes
from evaluation.core.microdata import ForAnalysis
from evaluation.core.results import Result, make_table
from evaluation.instruments.feedback.codebook import load_codebook
from evaluation.instruments.feedback.model import FeedbackInstrument, FeedbackKind

if TYPE_CHECKING:
    import pandas as pd

    Read = Callable[[pd.DataFrame, Sequence[str]], Result]


def describe_codes(codings: "pd.DataFrame", data: ForAnalysis, instrument: FeedbackInstrument) -> Result:
    """For each open question and code the share of people who say it at each wave (``count_codes``).

    The measure is the wave; question and code, written question.code, are the category. ``texts`` has the question and the code in words.
    """
    found = _each(codings, instrument, lambda mine, codes: count_codes(mine, codes, data))
    table = found.table.assign(
        measure=found.table["period"],
        period="",
        group="code",
        level=found.table["measure"] + "." + found.table["level"],
    )
    return Result("feedback_codes", table, data.provenance, found.texts)


def describe_coders(
    codings: "pd.DataFrame", data: ForAnalysis, instrument: FeedbackInstrument, *, seed: int
) -> Result:
    """For each open question and code the agreement of the two coders before reconciliation (``compare_coders``)."""
    found = _each(codings, instrument, lambda mine, codes: compare_coders(mine, codes, data, seed=seed))
    table = found.table.assign(
        measure=found.table["quantity"],
        group="code",
        level=found.table["measure"] + "." + found.table["level"],
    )
    return Result("feedback_coders", table, data.provenance, found.texts)


def open_questions(instrument: FeedbackInstrument) -> dict[str, tuple[str, str]]:
    """The open questions in their order, Romanian and English."""
    return {one.name: (one.label.ro, one.label.en) for one in instrument.of_kind(FeedbackKind.OPEN)}


def _each(codings: "pd.DataFrame", instrument: FeedbackInstrument, read: "Read") -> Result:
    """The results of all questions that have codes in the codebook and codings, one under the other, with words."""
    import pandas as pd

    rows, words, origin = [], [], None
    for item, codes in load_codebook(instrument.name).items():
        mine = codings[codings["item"] == item]
        if mine.empty:
            continue
        label = instrument.item(item).label
        found = read(mine, [one.code for one in codes])
        origin = found.provenance
        told = {one.code: one.label for one in codes}
        for row in found.table.to_dict("records"):
            code = told[str(row["level"])]
            rows.append({str(name): value for name, value in row.items()})
            words.append(
                {"item_key": item, "code_key": f"{item} {row['level']}", "question.ro": label.ro,
                 "question.en": label.en, "code.ro": code.ro, "code.en": code.en}
            )  # fmt: skip
    assert origin is not None
    return Result("feedback_words", make_table(rows), origin, pd.DataFrame(words).astype("str"))
