"""Answers of an institution for a year, drawn from the plan's own cards with a known truth planted."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from evaluation.strategy.asked import ONCE, Asked, figures_asked, measures_asked
from evaluation.strategy.institutions import Registry
from evaluation.strategy.plan import DefinitionStatus, Indicator, Kind, Measure, Plan, measure_due
from evaluation.strategy.request import RequestRules
from evaluation.synthetic.draw import make_rng, split_within
from evaluation.synthetic.truth import PlantedGap, Truth
from evaluation.synthetic.world import SHARED, Amount, World, split_levels

MARK = "DATE SINTETICE"
Part = tuple[str, str, str]
"""County, group and level; all empty for the total."""
Answer = dict[str, Any]
TOTAL: Part = ("", "", "")


def make_answers(
    plan: Plan,
    registry: Registry,
    rules: RequestRules,
    *,
    institution: str,
    year: int,
    truth: Truth,
    seed: int,
) -> tuple[dict[str, Answer], dict[str, Answer]]:
    """Answers by key of what is asked, and answers on measures by code.

    Parts add up to totals, numerators stay below denominators and shares are those of the planted truth,
    unless the truth plants a difference. A value depends on the seed and on its key only. Open breakdowns get
    categories, so there are keys beyond those asked; a breakdown that is not kept is not available, with a reason.
    """
    world = World(plan, registry, rules, truth, seed)
    return answer_figures(world, institution, year=year), answer_measures(world, institution, year=year)


def answer_figures(world: World, institution: str, *, year: int) -> dict[str, Answer]:
    """Answers by key."""
    answers: dict[str, Answer] = {}
    families: dict[tuple[str, str], dict[Part, Amount]] = {}
    asked_of = figures_asked(world.plan, world.registry, world.rules, institution=institution, year=year)
    for asked in asked_of:
        card = world.cards[asked.indicator]
        if card.type in ONCE:
            answers[asked.key] = _deliver(world, card, asked)
            continue
        name = (card.id, asked.period)
        if name not in families:
            families[name] = draw_parts(world, card, institution, asked.period, year=year)
            answers |= dict(_categories(world, card, asked, families[name]))
        part = (asked.county, asked.group, asked.level)
        answers[asked.key] = _report(world, card, asked, families[name].get(part))
    return {_later_key(world, key): answer for key, answer in answers.items()}


def answer_measures(world: World, institution: str, *, year: int) -> dict[str, Answer]:
    """The stage of each measure at the end of the year; a measure whose time has passed needs a reason."""
    found = {}
    for measure in measures_asked(world.plan, institution, year=year):
        stage, reason = _stage(world, measure, institution, year=year)
        found[measure.code] = {"stage": stage, "reason": reason, "remark": MARK}
    return found


def draw_parts(
    world: World, card: Indicator, institution: str, period: str, *, year: int
) -> dict[Part, Amount]:
    """The total of a card and all its parts, with the planted differences."""
    copied = next(
        (
            one.source
            for one in world.truth.copies
            if (one.target, one.year, one.measure) == (institution, year, world.measure_of[card.id].code)
        ),
        institution,
    )
    parts = _draw_parts(world, card, copied, period, year=year)
    for one in world.truth.margins:
        if (one.indicator, one.institution, one.period) == (card.id, institution, period):
            _shift(parts, one.part, one.change)
    return parts


def _later_key(world: World, key: str) -> str:
    """The key with the id under which the indicator is asked."""
    indicator, _, rest = key.partition("|")
    return f"{world.later_ids.get(indicator, indicator)}|{rest}"


def _draw_parts(
    world: World, card: Indicator, institution: str, period: str, *, year: int
) -> dict[Part, Amount]:
    counties = world.rules.counties if world.has_counties(card, institution) else ()
    inside = next((one for one in world.magnitudes.within if one.part == card.id), None)
    if inside and inside.whole in world.cards and (card.id, institution) not in world.figures:
        whole = draw_parts(world, world.cards[inside.whole], institution, period, year=year)
        parts = _thin(world, whole, inside.share, counties, card.id, institution, period)
        if not counties:
            count = world.round_count(int(parts[TOTAL].value or 0), institution, year=year)
            parts = {TOTAL: Amount(value=float(count))}
    else:
        parts = {TOTAL: world.draw_total(card, institution, period, year=year)}
        weights = dict(zip(counties, world.county_weights(card), strict=True)) if counties else {}
        places = _divide(world, card, parts[TOTAL], weights, institution, period, "county")
        parts |= {(county, "", ""): amount for county, amount in places.items()}
    for group, _by_plan in world.rules.breakdowns(card):
        levels = world.level_weights(group, card, institution)
        divided = _divide(world, card, parts[TOTAL], levels, institution, period, group)
        parts |= {("", group, level): amount for level, amount in divided.items()}
    return parts


def _thin(
    world: World,
    whole: Mapping[Part, Amount],
    share: float,
    counties: tuple[str, ...],
    *name: str,
) -> dict[Part, Amount]:
    """A part of what another indicator counts, county by county, so that it never exceeds it."""
    rng = make_rng(world.seed, "within", *name)
    if not counties:
        return {TOTAL: Amount(value=float(rng.binomial(int(whole[TOTAL].value or 0), share)))}
    parts = {
        (county, "", ""): Amount(value=float(rng.binomial(int(whole[county, "", ""].value or 0), share)))
        for county in counties
    }
    return {TOTAL: Amount(value=sum(one.value or 0 for one in parts.values())), **parts}


def _divide(
    world: World, card: Indicator, total: Amount, weights: Mapping[str, float], *name: str
) -> dict[str, Amount]:
    """A figure over counties or levels; durations vary around the total, everything else adds up to it."""
    if not weights:
        return {}
    name = (card.id, *name)
    if card.type in SHARED and total.denominator is not None:
        below = _at_least_one(world, total.denominator, weights, "below", *name)
        rng = make_rng(world.seed, "above", *name)
        above = total.numerator or 0
        if above <= total.denominator:
            drawn = dict(zip(below, split_within(rng, above, list(below.values())), strict=True))
        else:
            drawn = split_levels(world, above, below, "above", *name)
        return {one: Amount(numerator=drawn[one], denominator=below[one]) for one in below}
    if card.type is Kind.DURATION:
        noise = make_rng(world.seed, *name).normal(0, 0.15, len(weights))
        return {
            one: Amount(value=round((total.value or 0) * (1 + max(float(step), -0.6)), 1))
            for one, step in zip(weights, noise, strict=True)
        }
    drawn = split_levels(world, int(total.value or 0), weights, *name)
    return {one: Amount(value=float(count)) for one, count in drawn.items()}


def _at_least_one(world: World, total: int, weights: Mapping[str, float], *name: str) -> dict[str, int]:
    """Denominators, none of them zero where there are enough to go round."""
    least = 1 if total >= len(weights) else 0
    drawn = split_levels(world, total - least * len(weights), weights, *name)
    return {one: count + least for one, count in drawn.items()}


def _shift(parts: dict[Part, Amount], part: str, change: int) -> None:
    """Add a planted difference to the largest of the parts."""
    own = [one for one in parts if (part == "county" and one[0]) or one[1] == part]
    largest = max(own, key=lambda one: (parts[one].value or 0, one))
    parts[largest] = Amount(value=(parts[largest].value or 0) + change)


def _report(world: World, card: Indicator, asked: Asked, amount: Amount | None) -> Answer:
    gap = _gap(world, asked)
    if gap is not None:
        return {"status": gap.status, "reason": gap.reason, "remark": MARK}
    figure = world.figures.get((card.id, asked.institution))
    undefined = card.status is DefinitionStatus.UNDEFINED and figure is None
    if amount is None or undefined:
        return {"status": "not_available", "reason": "no_data_system", "remark": MARK}
    answer: Answer = {"status": "reported", "source": f"{MARK}: evidență inventată"}
    if amount.denominator is None:
        answer["value"] = (
            amount.value if card.type in (Kind.DURATION, Kind.RATING) else int(amount.value or 0)
        )
    else:
        answer |= {"numerator": amount.numerator, "denominator": amount.denominator}
        if amount.denominator:
            answer["value"] = (amount.numerator or 0) / amount.denominator
    if figure and figure.qualifier != "exact":
        answer["qualifier"] = figure.qualifier
    return answer


def _gap(world: World, asked: Asked) -> PlantedGap | None:
    for one in world.truth.missing:
        if (one.indicator, one.institution) == (
            asked.indicator,
            asked.institution,
        ) and asked.year in one.years:
            return one if not one.parts_only or asked.group or asked.county else None
    return None


def _categories(
    world: World, card: Indicator, asked: Asked, parts: Mapping[Part, Amount]
) -> Iterator[tuple[str, Answer]]:
    """Answers with the institution's own categories, where the breakdown is open."""
    for (_county, group, level), amount in parts.items():
        if group and not world.rules.levels(group):
            own = Asked(
                card.id,
                asked.measure,
                asked.institution,
                asked.year,
                asked.period,
                asked.due,
                "",
                group,
                level,
            )
            yield own.key, _report(world, card, own, amount)


def _deliver(world: World, card: Indicator, asked: Asked) -> Answer:
    """The state of a deliverable at the end of the reporting year."""
    start = date(int(asked.period[:4]), 1, 1)
    fate = world.draw_fate(card, asked.institution, period=asked.period, start=start, due=asked.due)
    end = date(asked.year, 12, 31)
    back = next(
        (
            one.then
            for one in world.truth.deliverables
            if (one.indicator, one.institution, one.period) == (card.id, asked.institution, asked.period)
            and asked.year >= one.since
        ),
        "",
    )
    if back:
        return {"status": "reported", "stage": back, "remark": MARK}
    if fate.delivered is not None and fate.delivered <= end:
        number = int(make_rng(world.seed, "number", asked.key).integers(10, 990))
        text = f"{MARK}: document inventat nr. {number}/{fate.delivered.year}"
        if card.type is Kind.TEXT:
            text = f"{MARK}: text inventat nr. {number}"
        return {"status": "reported", "stage": "delivered", "date": fate.delivered.isoformat(), "text": text}
    late = asked.due <= end
    stage = fate.stage if late or fate.stage == "dropped" else "under_way"
    return {
        "status": "reported",
        "stage": stage,
        "reason": fate.reason if stage == "dropped" or late else "",
        "remark": MARK,
    }


def _stage(world: World, measure: Measure, institution: str, *, year: int) -> tuple[str, str]:
    for one in world.truth.measures:
        if (one.measure, one.institution) == (measure.code, institution) and year in one.years:
            return one.stage, one.reason
    end = date(year, 12, 31)
    open_still = any(window.end > end for window in measure_due(measure, window=world.plan.window))
    return ("under_way", "") if open_still else ("delivered", "")
