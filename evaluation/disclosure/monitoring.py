"""Releasing what institutions returned: activities are kept, figures about people are audited together."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from evaluation.core.errors import DisclosureError
from evaluation.core.results import NUMBER_COLUMNS, Released, Result
from evaluation.core.status import Status
from evaluation.disclosure.after import NAMING_TEXTS, SUPPRESSED_LEVEL
from evaluation.disclosure.classes import Classes, activity_rows, check_labels, load_classes
from evaluation.disclosure.policy import Policy, policy_named
from evaluation.disclosure.release import join_released, release, release_together
from evaluation.disclosure.structure import REPORTED, Structure

if TYPE_CHECKING:
    import pandas as pd

ACTIVITY, PROTECTING = "monitoring_activity", "standard"


def release_monitoring(
    results: Sequence[Result],
    policies: Mapping[str, Policy],
    *,
    structure: Structure = REPORTED,
    classes: Classes | None = None,
) -> tuple[Released, ...]:
    """The results of a chapter through the gate, in the order given, rows in their order.

    Rows about activities and people in office are kept; rows about protected people, of all results together,
    are audited as one. A row that sums up others of its result (a verdict, a product) is suppressed when one
    of these is.
    """
    activity, protecting = policy_named(ACTIVITY, policies), policy_named(PROTECTING, policies)
    known = load_classes() if classes is None else classes
    marks = [activity_rows(result, activity, known) for result in results]
    parts = [_split(result, mark) for result, mark in zip(results, marks, strict=True)]
    for result in results:
        check_labels(result, activity, known)
    people = [protected for _, protected in parts if len(protected.table)]
    audited = iter(release_together(people, protecting, structure=structure) if people else ())
    released = []
    for (kept, protected), mark in zip(parts, marks, strict=True):
        if not len(protected.table):
            released.append(release(kept, activity, classes=known))
            continue
        safe = next(audited)
        if not len(kept.table):
            released.append(safe)
            continue
        hides = bool((safe.table["status"] == Status.SUPPRESSED).any())
        quiet = _without_summaries(kept, activity, known) if hides else kept
        order = np.argsort(np.concatenate([np.flatnonzero(mark), np.flatnonzero(~mark)]))
        released.append(join_released(release(quiet, activity, classes=known), safe, order=order.tolist()))
    return tuple(released)


def split_by_class(
    result: Result, policy: Policy, *, classes: Classes | None = None
) -> tuple[Result, Result]:
    """The rows about activities and people in office, and the rows about protected people; either may be empty."""
    if policy.kind != "activity":
        raise DisclosureError(
            f"{result.id}: the policy {policy.name} has no classes; use one for activities."
        )
    return _split(result, activity_rows(result, policy, load_classes() if classes is None else classes))


def public_result(released: Released) -> Result:
    """What was released, to be counted: what is made of public figures alone tells nothing that is not public."""
    texts = None if released.texts is None else released.texts.copy()
    return Result(released.id, released.table.copy(), released.provenance, texts)


def _split(result: Result, mark: np.ndarray) -> tuple[Result, Result]:
    return _rows(result, mark), _rows(result, ~mark)


def _rows(result: Result, chosen: np.ndarray) -> Result:
    texts = None if result.texts is None else result.texts[chosen].reset_index(drop=True)
    return Result(result.id, result.table[chosen].reset_index(drop=True), result.provenance, texts)


def _without_summaries(result: Result, policy: Policy, classes: Classes) -> Result:
    """Rows that are no indicator sum up others of the result; beside a suppressed one they tell of it."""
    alone = {*classes, *policy.published_measures}
    quiet = np.array([not alone & {name, name.split("_", 1)[0]} for name in result.table["measure"]])
    table = result.table.copy()
    table.loc[quiet, list(NUMBER_COLUMNS)] = np.nan
    table.loc[quiet, "status"] = Status.SUPPRESSED.value
    table.loc[quiet, "level"] = SUPPRESSED_LEVEL
    return Result(result.id, table, result.provenance, _silenced(result.texts, quiet))


def _silenced(texts: "pd.DataFrame | None", quiet: np.ndarray) -> "pd.DataFrame | None":
    if texts is None:
        return None
    after = texts.copy()
    for column in after.columns:
        if str(column).rsplit(".", 1)[0] not in NAMING_TEXTS:
            after.loc[quiet, column] = ""
    return after
