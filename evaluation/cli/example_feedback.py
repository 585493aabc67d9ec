"""The invented feedback of victims as files: a raw export with card codes, and what intake makes of it."""

import hashlib
from datetime import date
from pathlib import Path

from evaluation.instruments.feedback.load import load_feedback
from evaluation.instruments.feedback.model import FeedbackInstrument
from evaluation.intake.feedback.codes import make_codes, pseudonym
from evaluation.intake.feedback.gathering import gather_feedback
from evaluation.intake.feedback.read import read_feedback
from evaluation.intake.feedback.tables import (
    CODERS,
    CODING_COLUMNS,
    RAW,
    REFERRAL_COLUMNS,
    REFERRALS,
    WITHDRAWAL_COLUMNS,
    WITHDRAWALS,
    coding_path,
    read_feedback_table,
    table_path,
    write_feedback_table,
)
from evaluation.synthetic.draw import make_rng
from evaluation.synthetic.feedback import (
    FeedbackTruth,
    InventedFeedback,
    invent_feedback,
    load_feedback_truth,
)

COLLECTED = date(2026, 1, 15)
"""The day on which the invented answers are put together; retention counts from it."""
SERVICES = ("psychologist", "doctor", "lawyer")
REVIEWER, TAKEN_OUT = "second reader", "[removed]"


def write_feedback(folder: Path, *, seed: int) -> dict[str, object]:
    """Write the raw export and its tables, without those who withdrew; gives what is planted, as truths are kept.

    The key of the pseudonyms is made of the seed, so that equal seeds give equal bytes: fit for invented people only.
    """
    truth = load_feedback_truth()
    instrument = load_feedback(truth.instrument)
    made = invent_feedback(instrument, truth, seed=seed)
    codes = make_codes(truth.people, seed=seed)
    key = hashlib.sha256(f"invented feedback {seed}".encode()).digest()
    raw = folder / RAW / f"export_{instrument.name}.csv"
    staying = made.answers[~made.answers["person"].isin(made.withdrawn)]
    answers = staying.assign(person=[codes[one] for one in staying["person"]])
    write_feedback_table(raw, answers.rename(columns={"person": "person_code"}).fillna(""))
    gather_feedback(read_feedback(raw, instrument, key=key).responses, instrument, folder, today=COLLECTED)
    people = {number: pseudonym(code, key=key) for number, code in enumerate(codes)}
    _write_codings(folder, instrument, made, people)
    _review(
        table_path(folder, "reviews", instrument.name), table_path(folder, "texts", instrument.name), seed
    )
    _write_lists(folder, len(made.withdrawn), seed)
    return _record(truth, made)


def _record(truth: FeedbackTruth, made: InventedFeedback) -> dict[str, object]:
    """What is planted, and the mean scores of everybody with those who left, as the list of truths keeps them."""
    means = {
        name: {wave: round(one, 3) for wave, one in waves.items()} for name, waves in made.complete.items()
    }
    return {**truth.model_dump(), "complete": means}


def _write_codings(
    folder: Path, instrument: FeedbackInstrument, made: InventedFeedback, people: dict[int, str]
) -> None:
    """The coders' codes of the answers that are kept for analysis, in one table in place of the coders' sheets."""
    may = read_feedback_table(coding_path(folder, instrument.name, CODERS[0]), CODING_COLUMNS)
    coded = made.codings.assign(person=[people[one] for one in made.codings["person"]])
    kept = coded.merge(may[["person", "wave", "item"]], on=["person", "wave", "item"])
    ordered = kept.sort_values(list(CODING_COLUMNS[:4]), kind="stable")[list(CODING_COLUMNS)]
    write_feedback_table(table_path(folder, "codings", instrument.name), ordered)
    for coder in CODERS:
        coding_path(folder, instrument.name, coder).unlink()


def _review(path: Path, texts: Path, seed: int) -> None:
    """A second person's decision on each answer that may be quoted: no where something was taken out, else mostly yes."""
    reviews = read_feedback_table(path, ("person", "wave", "item"))
    written = read_feedback_table(texts, ("person", "wave", "item", "text"))
    read = reviews.merge(written, on=["person", "wave", "item"], how="left")
    fine = ~read["text"].str.contains(TAKEN_OUT, regex=False) & (
        make_rng(seed, "reviews").random(len(read)) < 0.8
    )
    write_feedback_table(
        path, reviews.assign(reviewer=REVIEWER, decision=fine.map({True: "yes", False: "no"}))
    )


def _write_lists(folder: Path, withdrawn: int, seed: int) -> None:
    """Receipts of withdrawal and the referral log, neither with a word on who or why."""
    import pandas as pd

    rng = make_rng(seed, "lists")
    receipts = [
        (f"{rng.integers(10**9):09d}", f"2025-{1 + place * 4:02d}", "all") for place in range(withdrawn)
    ]
    write_feedback_table(folder / WITHDRAWALS, pd.DataFrame(receipts, columns=list(WITHDRAWAL_COLUMNS)))
    referred = [(f"2025-{int(rng.integers(1, 13)):02d}", str(rng.choice(SERVICES))) for _ in range(14)]
    write_feedback_table(folder / REFERRALS, pd.DataFrame(sorted(referred), columns=list(REFERRAL_COLUMNS)))
