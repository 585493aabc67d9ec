"""The gate: the only place where a released table is made."""

from collections.abc import Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from evaluation.core.errors import DisclosureError
from evaluation.core.results import Decision, Listing, Released, Result, check_table, make_table
from evaluation.core.status import Status
from evaluation.disclosure.after import (
    REASON,
    decisions_of,
    provenance_after,
    table_after,
    texts_after,
    witnesses_of,
)
from evaluation.disclosure.audit import Audited, audit
from evaluation.disclosure.classes import Classes, activity_rows, check_labels, load_classes
from evaluation.disclosure.joining import Parts, join_parts
from evaluation.disclosure.policy import Policy
from evaluation.disclosure.structure import Structure
from evaluation.disclosure.verify import check_witnesses

if TYPE_CHECKING:
    from evaluation.core.provenance import Source

WITHHELD = "the row counts of the origin repeat a suppressed total; they are given as 0"


def release(
    result: Result | Listing,
    policy: Policy,
    *,
    structure: Structure | None = None,
    classes: Classes | None = None,
) -> Released:
    """What may be read of a result under a policy, with every decision and the witnesses of protection.

    Statuses without a number stay; a suppressed row loses all its numbers. ``classes`` are the classes of
    indicators that a policy for activities asks (those of the plans by default). Whatever goes wrong keeps the
    gate closed: the error names the table and never a value.
    """
    if isinstance(result, Result) and policy.kind not in ("published", "activity"):
        return release_together((result,), policy, structure=structure)[0]
    try:
        if policy.kind == "published":
            return _release_published(result, policy)
        if policy.kind == "activity":
            return _release_activity(result, policy, load_classes() if classes is None else classes)
        raise DisclosureError(
            f"{result.id}: words are released under a policy for published figures or activities only."
        )
    except DisclosureError:
        raise
    except Exception as error:
        problem = type(error).__name__
    raise DisclosureError(f"{result.id}: the gate stopped ({problem}); nothing is released.")


def release_together(
    results: Sequence[Result], policy: Policy, *, structure: Structure | None = None
) -> tuple[Released, ...]:
    """Several tables audited as one under a protecting policy, in the order given.

    A figure that two of them print is shown in both or in neither, and what one prints is used in the attack
    on the other. Tables that show figures of the same measure and period belong together.
    """
    name = ", ".join(result.id for result in results)
    try:
        if policy.kind != "protect":
            raise DisclosureError(f"{name}: the policy has an unknown kind; use one of the policy file.")
        audited = audit(results, policy, structure or Structure())
        return tuple(_protected(one, part, policy) for one, part in zip(results, audited, strict=True))
    except DisclosureError:
        raise
    except Exception as error:
        problem = type(error).__name__
    raise DisclosureError(f"{name}: the gate stopped ({problem}); nothing is released.")


def join_released(first: Released, second: Released, *, order: Sequence[int] | None = None) -> Released:
    """Two parts of one result, released under two policies, as one table again.

    Decisions and witnesses of both are united and keep their rows; at most one part may have witnesses.
    ``order`` gives for each row of the joined table its place in first followed by second.
    """
    joined: Parts = join_parts(first, second, order=order)
    released = Released(
        first.id,
        joined.table,
        joined.texts,
        joined.provenance,
        f"{first.policy}+{second.policy}",
        joined.decisions,
        joined.witnesses,
    )
    check_witnesses(released)
    return released


def _release_published(result: Result | Listing, policy: Policy) -> Released:
    if isinstance(result, Result):
        check_table(result.table, result.id)
    return _keep(result, policy)


def _keep(result: Result | Listing, policy: Policy) -> Released:
    """Everything as it is, where every source lies in a folder that the policy names."""
    sources = result.provenance.sources
    if not sources:
        raise DisclosureError(
            f"{result.id}: no source is named; figures that are kept need the file they come from."
        )
    for number, source in enumerate(sources):
        if not _is_allowed(source, policy.roots):
            raise DisclosureError(
                f"{result.id}: source {number} is not a {policy.kind} one, in a folder that {policy.name} names; "
                "release it under a protecting policy."
            )
    table = result.table.copy() if isinstance(result, Result) else make_table([])
    decision = Decision(result.id, policy.name, "keep", policy.reason["en"])
    texts = None if result.texts is None else result.texts.copy()
    return Released(result.id, table, texts, result.provenance, policy.name, (decision,))


def _is_allowed(source: "Source", roots: tuple[str, ...]) -> bool:
    """The file is written as a plain path below one of the roots, and its content is identified."""
    parts = source.file.split("/")
    plain = "\\" not in source.file and not {"", ".", ".."}.intersection(parts)
    return plain and bool(source.digest) and any(fnmatchcase(source.file, root) for root in roots)


def _release_activity(result: Result | Listing, policy: Policy, classes: Classes) -> Released:
    """Nothing in the result is about protected people, as far as classes and policy can tell."""
    if isinstance(result, Listing):
        if not any(fnmatchcase(result.id, pattern) for pattern in policy.listings):
            raise DisclosureError(
                f"{result.id}: the policy {policy.name} does not list these words; check that they come from "
                "definitions, then add the id to its listings."
            )
        return _keep(result, policy)
    check_table(result.table, result.id)
    if not activity_rows(result, policy, classes).all():
        raise DisclosureError(
            f"{result.id}: some rows are about protected people, or about something that the policy "
            f"{policy.name} does not list; split the result by class and release those rows protected."
        )
    if not set(result.table["quantity"]) <= set(policy.quantities or {}):
        raise DisclosureError(
            f"{result.id}: the policy {policy.name} does not know one of the quantities; add it to the file."
        )
    check_labels(result, policy, classes)
    released = _keep(result, policy)
    silent = [row for row, status in enumerate(result.table["status"]) if status == Status.SUPPRESSED]
    own = tuple(Decision(result.id, policy.name, "suppress", REASON, row) for row in silent)
    return replace(released, decisions=(*released.decisions, *own))


def _protected(result: Result, part: Audited, policy: Policy) -> Released:
    provenance, withheld = provenance_after(result, part.rows, part.hidden)
    decisions = decisions_of(result.id, policy, part)
    if withheld:
        decisions = (*decisions, Decision(result.id, policy.name, "withhold", WITHHELD))
    released = Released(
        result.id,
        table_after(result.table, part),
        texts_after(result.texts, part),
        provenance,
        policy.name,
        decisions,
        witnesses_of(part, policy),
    )
    check_witnesses(released)
    return released
