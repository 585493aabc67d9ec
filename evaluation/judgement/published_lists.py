"""The recomputation as tables: how many numbers are the same, and each that is not, with its erratum."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from evaluation.core.provenance import Provenance, Source
from evaluation.core.results import Listing, Result, make_table
from evaluation.core.status import Status
from evaluation.disclosure.policy import load_policies
from evaluation.judgement.listing import day_text
from evaluation.judgement.published import Number, Outcome
from evaluation.judgement.published_errata import Erratum, Explained
from evaluation.judgement.published_words import published_text
from evaluation.strategy.crosswalk import EvaluatedPlans
from evaluation.strategy.words import Text

if TYPE_CHECKING:
    import pandas as pd

METHOD = "recomputation"
KEPT = ("published", "activity")
"""Only numbers that the gate keeps as they are may stand beside their earlier value: of two figures about people that
are nearly the same, the difference is the person."""
UNEXPLAINED = "unexplained"


def count_outcomes(explained: Sequence[Explained], *, sources: Sequence[Source], synthetic: bool) -> Result:
    """How many published numbers have each outcome, how many differences no erratum explains, zeros among them.

    All published numbers of the kept chapters are counted, so there is no sampling interval.
    """
    found = [one.compared.outcome for one in explained]
    counts = {"published": len(found) - found.count(Outcome.NEW)}
    counts |= {outcome.value: found.count(outcome) for outcome in Outcome}
    counts |= {
        "explained": sum(one.erratum is not None for one in explained),
        UNEXPLAINED: sum(one.unexplained for one in explained),
    }
    rows: list[dict[str, object]] = [
        {"measure": name, "quantity": "count", "level": "all", "estimate": number, "method": METHOD}
        for name, number in counts.items()
    ]
    texts = [_words("what", published_text("recomputation", name)) for name in counts]
    origin = Provenance(tuple(sources), METHOD, len(found), len(found), synthetic=synthetic)
    return Result("recomputation_counts", make_table(rows), origin, _frame(texts))


def list_differences(
    explained: Sequence[Explained], *, names: Mapping[str, Text], sources: Sequence[Source], synthetic: bool
) -> Result:
    """Two rows a difference, the number then and the number now, with the reason of its erratum.

    ``names`` are the names of indicators by id. A number that the gate protects has no value here, then or now.
    Without a difference there is one pair of rows that says so.
    """
    differing = [one for one in explained if one.compared.outcome in (Outcome.DIFFERENT, Outcome.MISSING)]
    rows: list[dict[str, object]] = []
    texts: list[dict[str, str]] = []
    for place, one in enumerate(differing, start=1):
        for measure, number in (
            ("published", one.compared.published),
            ("recomputed", one.compared.recomputed),
        ):
            rows.append({**_number_row(number, one), "measure": measure, "level": f"D{place:03}"})
            texts.append(_difference_words(one, names))
    if not differing:
        for measure in ("published", "recomputed"):
            rows.append(
                {"measure": measure, "quantity": "count", "level": "D000", "status": "not_applicable"}
            )
            texts.append(_no_difference())
    origin = Provenance(tuple(sources), METHOD, len(differing), len(differing), synthetic=synthetic)
    return Result("published_differences", make_table(rows), origin, _frame(texts))


def names_of(plans: EvaluatedPlans) -> dict[str, Text]:
    """The names of the indicators of both plans, by id."""
    both = [one for one in (plans.first, plans.later) if one is not None]
    return {card.id: card.name for plan in both for measure in plan.measures for card in measure.indicators}


def list_errata(errata: Sequence[Erratum], *, sources: Sequence[Source], synthetic: bool) -> Listing:
    """One row an erratum: which numbers, why, who says so and since when; one row that says so where there is none."""
    none = published_text("recomputation", "no_errata")
    rows = [
        {"id": one.id, "where": ", ".join(one.where.values()), "who": one.who}
        | _words("on", day_text(one.on))
        | _words("reason", one.reason)
        for one in errata
    ] or [{"id": "–", "where": "–", "who": "–", "on.ro": "–", "on.en": "–"} | _words("reason", none)]
    origin = Provenance(tuple(sources), METHOD, len(rows), len(rows), synthetic=synthetic)
    return Listing("errata", _frame(rows), origin)


def _number_row(number: Number | None, one: Explained) -> dict[str, object]:
    place = one.compared.place
    row: dict[str, object] = {"quantity": place["quantity"], "period": place["period"], "group": "difference"}
    row["method"] = METHOD
    if number is None:
        return {**row, "status": Status.NOT_APPLICABLE.value}
    if not is_shown(one):
        return {**row, "status": Status.SUPPRESSED.value}
    if number.value is None:
        return {**row, "status": number.status}
    return {**row, "estimate": number.value, "n": number.n, "status": Status.OK.value}


def is_shown(one: Explained) -> bool:
    """Neither number of the pair is one that the gate protects; under a policy that is not known, it is."""
    both = [number for number in (one.compared.published, one.compared.recomputed) if number is not None]
    kinds = {name: policy.kind for name, policy in load_policies().items()}
    return all(kinds.get(number.policy) in KEPT for number in both)


def _difference_words(one: Explained, names: Mapping[str, Text]) -> dict[str, str]:
    place = one.compared.place
    what = names.get(place["measure"], Text(ro=place["measure"], en=place["measure"]))
    reason = one.erratum.reason if one.erratum else published_text("recomputation", "no_reason")
    said = {"erratum": one.erratum.id if one.erratum else "–", "period_text": place["period"] or "–"}
    key = ".".join(place[name] for name in ("result", "measure", "group", "level") if place[name])
    return said | {"key": key} | _words("what", what) | _words("reason", reason)


def _no_difference() -> dict[str, str]:
    none = published_text("recomputation", "no_difference")
    said = {"erratum": "–", "period_text": "–", "key": "–"}
    return said | _words("what", none) | _words("reason", none)


def _words(field: str, text: Text) -> dict[str, str]:
    return {f"{field}.ro": text.ro, f"{field}.en": text.en}


def _frame(rows: list[dict[str, str]]) -> "pd.DataFrame":
    import pandas as pd

    return pd.DataFrame(rows)
