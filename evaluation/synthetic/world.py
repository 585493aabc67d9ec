"""The invented world behind the returns: totals of indicators, their parts, and the fate of deliverables."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property

from evaluation.core.observations import REASONS
from evaluation.strategy.crosswalk import Crosswalk, rename_cards
from evaluation.strategy.institutions import Registry
from evaluation.strategy.plan import Indicator, Kind, Measure, Plan
from evaluation.strategy.request import RequestRules, UnitClass
from evaluation.synthetic.counties import CountyTruth, draw_counties
from evaluation.synthetic.draw import draw_level, make_rng, split_count
from evaluation.synthetic.truth import Magnitudes, PlantedFigure, Truth, load_magnitudes

FIRST_YEAR = 2024
SHARED = (Kind.PROPORTION, Kind.RATIO)


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure: a number, or a numerator and a denominator."""

    value: float | None = None
    numerator: int | None = None
    denominator: int | None = None


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of a deliverable: the day of delivery, or the stage at which it stays and why."""

    delivered: date | None = None
    stage: str = "under_way"
    reason: str = ""


@dataclass(frozen=True)
class World:
    """Plan, rules and truth under one seed; nothing here depends on the order of questions."""

    plan: Plan
    registry: Registry
    rules: RequestRules
    truth: Truth
    seed: int
    later_ids: Mapping[str, str] = field(default_factory=dict)
    """Ids under which the indicators are asked, where the world of a later plan draws them under earlier ones."""

    @cached_property
    def magnitudes(self) -> Magnitudes:
        return load_magnitudes()

    @cached_property
    def counties(self) -> CountyTruth:
        return draw_counties(self.rules.counties, self.truth.counties, seed=self.seed)

    @cached_property
    def measure_of(self) -> Mapping[str, Measure]:
        """The measure of each indicator."""
        return {card.id: measure for measure in self.plan.measures for card in measure.indicators}

    @cached_property
    def cards(self) -> Mapping[str, Indicator]:
        """The indicator cards by id."""
        return {card.id: card for measure in self.plan.measures for card in measure.indicators}

    @cached_property
    def figures(self) -> Mapping[tuple[str, str], PlantedFigure]:
        """Planted figures by indicator and institution."""
        return {(one.indicator, one.institution): one for one in self.truth.figures}

    def has_counties(self, card: Indicator, institution: str) -> bool:
        """Whether the institution is asked for county rows of the card."""
        return self.rules.has_counties(card, self.registry.get(institution))

    def county_weights(self, card: Indicator) -> list[float]:
        """How the figures of a card fall on the counties, in the order of the rules."""
        if card.id in self.truth.counties.effort:
            weights: Mapping[str, float] = self.counties.effort
        elif self.rules.unit_class(card) is UnitClass.PROTECTED and card.direction == "neutral":
            weights = self.counties.cases()
        else:
            weights = self.counties.residents
        return [float(weights[county]) for county in self.rules.counties]

    def draw_total(self, card: Indicator, institution: str, period: str, *, year: int) -> Amount:
        """The national figure of a period; a period of several years is cumulated up to the year."""
        planted = self._planted(card, institution, period)
        if planted is not None:
            return planted
        name = (card.id, institution, period)
        low, high = self._range(card, institution)
        level = draw_level(make_rng(self.seed, "level", card.id, institution), low, high)
        if card.type is Kind.RATIO:
            below = int(make_rng(self.seed, "below", *name).integers(150, 600))
            return Amount(numerator=max(1, round(level * below / 10)), denominator=below)
        if card.type is Kind.DURATION:
            return Amount(value=round(level * float(make_rng(self.seed, *name).normal(1, 0.05)), 1))
        size = self._count(level, name, year=year)
        if card.type is Kind.PROPORTION:
            chance = float(make_rng(self.seed, "chance", card.id, institution).uniform(0.35, 0.8))
            below = max(size, 20)
            return Amount(
                numerator=int(make_rng(self.seed, "above", *name).binomial(below, chance)), denominator=below
            )
        if card.type is Kind.MONEY:
            return Amount(value=float(round(size, -2)))
        return Amount(value=float(self.round_count(size, institution, year=year)))

    def draw_fate(self, card: Indicator, institution: str, *, period: str, start: date, due: date) -> Fate:
        """The fate of a deliverable, whatever year is asked."""
        for one in self.truth.deliverables:
            if (one.indicator, one.institution, one.period) == (card.id, institution, period):
                if one.delivered:
                    return Fate(delivered=date.fromisoformat(one.delivered))
                return Fate(stage=one.stage, reason=one.reason)
        rng = make_rng(self.seed, "fate", card.id, period)
        fates = self.magnitudes.fates
        chosen = rng.choice(4, p=[fates.on_time, fates.late, fates.overdue, fates.dropped])
        reason = str(rng.choice(REASONS))
        if chosen == 0:
            return Fate(delivered=max(start, due - timedelta(days=int(rng.integers(0, 120)))), reason=reason)
        if chosen == 1:
            return Fate(delivered=due + timedelta(days=int(rng.integers(10, 400))), reason=reason)
        return Fate(
            stage="dropped" if chosen == 3 else str(rng.choice(["under_way", "not_started"])), reason=reason
        )

    def level_weights(self, group: str, card: Indicator, institution: str) -> dict[str, float]:
        """The levels of a breakdown, or an institution's own categories, with their typical shares."""
        levels = self.rules.levels(group)
        if levels:
            found = next(
                (one.weights for one in self.magnitudes.levels if one.group == group), (1.0,) * len(levels)
            )
        else:
            levels = next((one.names for one in self.magnitudes.categories if one.group == group), ())
            found = tuple(float(len(levels) - place) for place in range(len(levels)))
        noise = make_rng(self.seed, "levels", group, card.id, institution).normal(1, 0.1, len(levels))
        return {
            level: share * max(float(one), 0.5)
            for level, share, one in zip(levels, found, noise, strict=True)
        }

    def round_count(self, size: int, institution: str, *, year: int) -> int:
        """The count, or the nearest multiple where a return is planted to be rounded."""
        for one in self.truth.rounded:
            if (one.institution, one.year) == (institution, year):
                return max(one.to, round(size / one.to) * one.to)
        return size

    def _planted(self, card: Indicator, institution: str, period: str) -> Amount | None:
        figure = self.figures.get((card.id, institution))
        text = {**figure.values, **figure.later}.get(period) if figure else None
        if text is None:
            return None
        above, slash, below = text.partition("/")
        return Amount(numerator=int(above), denominator=int(below)) if slash else Amount(value=float(text))

    def _range(self, card: Indicator, institution: str) -> tuple[float, float]:
        found = next((one for one in self.magnitudes.indicators if one.id == card.id), None)
        found = found or next((one for one in self.magnitudes.units if one.id == card.unit.en), None)
        counted = self.rules.unit_class(card)
        found = found or next(one for one in self.magnitudes.classes if one.id == counted)
        factor = next((one.factor for one in self.magnitudes.institutions if one.id == institution), 1.0)
        return max(found.low * factor, 1.0), max(found.high * factor, 2.0)

    def _count(self, level: float, name: tuple[str, str, str], *, year: int) -> int:
        card, institution, period = name
        drift = float(make_rng(self.seed, "drift", card, institution).normal(0.03, 0.04))
        own_year = int(period[:4])
        parts = {"S": 2, "Q": 4}.get(period[5:6], 1)
        mean = level / parts * (1 + drift) ** (own_year - FIRST_YEAR)
        drawn = int(make_rng(self.seed, "count", *name).poisson(mean))
        span = period.split("-")
        if len(span) == 2 and len(span[1]) == 4:
            years = int(span[1]) - own_year + 1
            return drawn * min(max(year - own_year + 1, 1), years) // years
        return drawn


def later_world(world: World, plan: Plan, crosswalk: Crosswalk) -> World:
    """The same world under a later plan: what goes on is drawn under its earlier id, so its series goes on too."""
    earlier = crosswalk.earlier_ids
    asked = tuple(
        one.model_copy(update={"indicators": tuple(earlier.get(name, name) for name in one.indicators)})
        for one in world.rules.evaluators
        if any(name in earlier for name in one.indicators)
    )
    return replace(
        world,
        plan=rename_cards(plan, earlier),
        rules=world.rules.model_copy(update={"evaluators": asked}),
        later_ids={old: new for new, old in earlier.items()},
    )


def split_levels(world: World, total: int, weights: Mapping[str, float], *name: str) -> dict[str, int]:
    """A total over named levels."""
    parts = split_count(make_rng(world.seed, "split", *name), total, list(weights.values()))
    return dict(zip(weights, parts, strict=True))
