"""A table published again: held back where its difference from an earlier release would show who left the data."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from evaluation.core.errors import RepublicationError
from evaluation.core.results import NUMBER_COLUMNS, Decision, Released, Result
from evaluation.core.status import Status
from evaluation.disclosure.ledger import RELEASES, ReleaseLedger, read_ledger
from evaluation.disclosure.policy import Policy
from evaluation.disclosure.release import release
from evaluation.disclosure.structure import Structure

HELD_BACK = "beside an earlier release the difference would show people who left or joined; held back until enough did"
KEPT_TEXTS = ("what", "when", "whom", "level", "question", "code", "domain", "quantity", "language")
"""Words that name a row; readings and verdicts go with the numbers."""


def read_releases(outputs: Path) -> ReleaseLedger:
    """Everything released so far, from the outputs of a project."""
    return read_ledger(outputs / RELEASES)


def release_again(
    result: Result, policy: Policy, ledger: ReleaseLedger, *, structure: Structure | None = None
) -> Released:
    """``release``, and then the whole table without numbers where the ledger shows that it may not be published now.

    After a withdrawal nearly every figure changes by one: printed beside the earlier report, the difference is the
    person. So a table is held back until no figure, and no sum of figures, differs from an earlier release on other
    data by less than the threshold; the rest of the report is built. A table on unchanged data that contradicts an
    earlier release still stops the build: that is a fault, not a withdrawal.
    """
    released = release(result, policy, structure=structure)
    try:
        ledger.check(released)
    except RepublicationError:
        return _held_back(released)
    return released


def _held_back(released: Released) -> Released:
    """The same rows and the words that name them, no number, no origin counts, and one decision that says why."""
    table = released.table.assign(status=Status.SUPPRESSED.value, **dict.fromkeys(NUMBER_COLUMNS, np.nan))
    texts = released.texts
    if texts is not None:
        texts = texts.copy()
        for name in texts.columns:
            if not name.startswith(KEPT_TEXTS) and not name.endswith("_key"):
                texts[name] = ""
    origin = replace(
        released.provenance,
        sources=tuple(replace(source, rows="") for source in released.provenance.sources),
        rows_in=0, rows_used=0, excluded={},
    )  # fmt: skip
    decision = Decision(released.id, released.policy, "hold_back", HELD_BACK)
    return Released(released.id, table, texts, origin, released.policy, (decision,))
