"""Who sends which file when: the deliveries of the invented returns, late, twice, corrected or never."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from evaluation.strategy.asked import measures_asked, responsible_institutions
from evaluation.synthetic.draw import make_rng
from evaluation.synthetic.generate import Answer, answer_figures
from evaluation.synthetic.messy import MessyFile, Written
from evaluation.synthetic.truth import PlantedDelivery
from evaluation.synthetic.world import World

RESENT = "DATE SINTETICE: fișierul dintâi nu s-a putut deschide"
FORMS = ("kit", "free", "refused")


@dataclass(frozen=True, slots=True)
class Delivery:
    """One file of a year: whose, when received, in which form, and what differs from the drawn answers.

    ``listed`` says whether the delivery list names the institution; ``messy`` describes a file in free form.
    """

    institution: str
    year: int
    file: str
    received: str
    form: str = "kit"
    reason: str = ""
    listed: bool = True
    messy: MessyFile | None = None
    changes: Mapping[str, str] = field(default_factory=dict)


def plan_deliveries(world: World, messy: Sequence[MessyFile], *, year: int) -> tuple[Delivery, ...]:
    """Every file of a year, by name; an institution of which nothing is asked sends nothing."""
    files = [
        one
        for institution in responsible_institutions(world.plan)
        if measures_asked(world.plan, institution, year=year)
        for one in _of_institution(world, messy, institution, year=year)
    ]
    return tuple(sorted(files, key=lambda one: one.file))


def change_answers(answers: Mapping[str, Answer], changes: Mapping[str, str]) -> dict[str, Answer]:
    """The answers with other values for some keys."""
    return {
        key: {**answer, "value": int(changes[key])} if key in changes else answer
        for key, answer in answers.items()
    }


def list_truth(
    world: World, deliveries: Sequence[Delivery], written: Mapping[tuple[int, str], Written]
) -> dict[str, Any]:
    """What is planted, for tests and readers: words, files, defects with their cells, fates of deliverables."""
    return {
        "planted": [
            {"id": one.id, "what": one.what.model_dump(), "expect": one.expect.model_dump()}
            for one in world.truth.planted
        ],
        "measures": [one.model_dump(mode="json") for one in world.truth.measures],
        "deliveries": [
            {
                "year": one.year,
                "file": one.file,
                "institution": one.institution,
                "received": one.received,
                "form": one.form,
            }
            for one in deliveries
        ],
        "defects": [
            row
            for one in deliveries
            if one.messy is not None and (one.year, one.file) in written
            for row in _defects(one.year, one.file, one.messy, written[one.year, one.file])
        ],
        "deliverables": list(list_fates(world)),
    }


def _of_institution(
    world: World, messy: Sequence[MessyFile], institution: str, *, year: int
) -> Iterator[Delivery]:
    planted = [one for one in world.truth.deliveries if (one.institution, one.year) == (institution, year)]
    if any(one.kind == "never" for one in planted):
        return
    days = int(make_rng(world.seed, "received", institution, str(year)).integers(8, 44))
    received = (date(year + 1, 1, 1) + timedelta(days=days)).isoformat()
    received = next((one.received for one in planted if one.kind == "late"), received)
    first = Delivery(institution, year, f"{institution}.xlsx", received)
    spec = next((one for one in messy if (one.institution, one.year) == (institution, year)), None)
    if spec is not None:
        refused = spec.style in ("old", "truncated", "macros")
        first = replace(
            first, file=spec.file, form="refused" if refused else "free", listed=refused, messy=spec
        )
    yield first
    if spec is not None and spec.again:
        later = (date.fromisoformat(received) + timedelta(days=6)).isoformat()
        yield replace(first, file=spec.again, received=later, form="kit", reason=RESENT, messy=None)
    for one in planted:
        if one.file:
            yield _again(first, one)


def _again(first: Delivery, planted: PlantedDelivery) -> Delivery:
    """A second file; a contradiction arrives on the same day and gives no reason."""
    return replace(
        first,
        file=planted.file,
        received=planted.received or first.received,
        reason=planted.reason,
        changes=planted.changes,
    )


def _defects(year: int, file: str, spec: MessyFile, written: Written) -> Iterator[dict[str, Any]]:
    for one in spec.defects:
        sheet, cell = written.place(one)
        said = one.model_dump(exclude={"how"}, exclude_defaults=True)
        yield {
            **said,
            "file": f"{year}/{file}",
            "institution": spec.institution,
            "sheet": sheet,
            "cell": cell,
        }


def list_fates(world: World) -> Iterator[dict[str, Any]]:
    """The last reported state of every deliverable and text of the plan, by institution, in the last year."""
    last = world.plan.window.end.year
    for institution in responsible_institutions(world.plan):
        for key, answer in answer_figures(world, institution, year=last).items():
            if "stage" in answer:
                said = {name: answer.get(name, "") for name in ("stage", "date", "reason")}
                yield {"key": key, **said}
