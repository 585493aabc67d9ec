"""What the request workbook asks, line by line: keys, printed words, and what is already filled in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from numbers import Real

from evaluation.core.errors import IntakeError
from evaluation.core.provenance import digest_text
from evaluation.intake.returns.layout import Layout, load_layout, parts_of
from evaluation.intake.returns.phrases import (
    define,
    describe_breakdown,
    describe_figure,
    describe_period,
    romanian_date,
    show_number,
)
from evaluation.strategy.asked import ONCE, Asked, figures_asked, measures_asked
from evaluation.strategy.institutions import Registry
from evaluation.strategy.plan import DefinitionStatus, Indicator, Kind, Measure, Plan
from evaluation.strategy.request import RequestRules

Answer = Mapping[str, object]
Content = str | float | date | None


@dataclass(frozen=True, slots=True)
class Input:
    """A cell that the institution fills in: what it takes (a hint's id) and what stands in it already."""

    takes: str
    content: Content = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a sheet; ``style`` is total, part or question."""

    key: str
    printed: Mapping[str, str]
    inputs: Mapping[str, Input]
    style: str = "total"


@dataclass(frozen=True)
class Request:
    """Everything asked of one institution for a year, with earlier values and answers by key."""

    plan: Plan
    registry: Registry
    rules: RequestRules
    institution: str
    year: int
    previous: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    answers: Mapping[str, Answer] = field(default_factory=dict)
    measure_answers: Mapping[str, Answer] = field(default_factory=dict)
    synthetic: bool = False
    layout: Layout = field(default_factory=load_layout)

    @cached_property
    def cards(self) -> dict[str, Indicator]:
        """The indicator cards of the plan by id."""
        return {card.id: card for measure in self.plan.measures for card in measure.indicators}

    @cached_property
    def measures(self) -> tuple[Measure, ...]:
        """The measures on which the institution reports."""
        return measures_asked(self.plan, self.institution, year=self.year)

    @cached_property
    def asked(self) -> tuple[Asked, ...]:
        """Everything asked, open breakdowns as one record without a level."""
        return tuple(self._with_open())

    @property
    def figures(self) -> tuple[Asked, ...]:
        """Totals and breakdowns of figures."""
        return tuple(one for one in self.asked if not one.county and not self._once(one))

    @property
    def deliverables(self) -> tuple[Asked, ...]:
        """Deliverables and texts."""
        return tuple(one for one in self.asked if self._once(one))

    @property
    def county_totals(self) -> tuple[Asked, ...]:
        """The figures asked by county, each once and without the county."""
        totals = (replace(one, county="") for one in self.asked if one.county)
        return tuple(dict.fromkeys(totals))

    def earlier(self, key: str, card: Indicator) -> str:
        """What was reported for the year before, as it is shown."""
        row = self.previous.get(undated(key))
        return "" if row is None else describe_figure(row, card, self.layout)

    def _once(self, asked: Asked) -> bool:
        return self.cards[asked.indicator].type in ONCE

    def _with_open(self) -> Iterator[Asked]:
        for one in figures_asked(
            self.plan, self.registry, self.rules, institution=self.institution, year=self.year
        ):
            yield one
            card = self.cards[one.indicator]
            if one.group or one.county or card.type in ONCE:
                continue
            for group, by_plan in self.rules.breakdowns(card):
                if self.rules.breakdown(group).open:
                    yield replace(one, group=group, by_plan=by_plan)


def undated(key: str) -> str:
    """The key of the same question in any year: the year is taken out of periods within one year.

    >>> undated("IND-1.1.1-1|2025-S1|ANITP||"), undated("IND-1.4.1-1|2024-2026|ANITP||")
    ('IND-1.1.1-1|S1|ANITP||', 'IND-1.4.1-1|2024-2026|ANITP||')
    """
    indicator, period, rest = key.split("|", 2)
    year, _, part = period.partition("-")
    whole = len(part) == 4
    return "|".join((indicator, period if whole else part or "Y", rest)) if year else key


def plan_digest(plan: Plan) -> str:
    """Which text of the plan the workbook was made from."""
    return digest_text(plan.model_dump_json())[:16]


def check_answers(request: Request) -> None:
    """Every answer belongs to something asked."""
    asked = {one.key for one in request.asked}
    for text in request.answers:
        head, mark, _ = text.rpartition("=")
        if text not in asked and not (mark and f"{head}=" in asked):
            raise IntakeError(f"answers: {text} is not asked of the institution; see figures_asked.")
    unknown = sorted(set(request.measure_answers) - {one.code for one in request.measures})
    if unknown:
        raise IntakeError(f"answers: {', '.join(unknown)} is no measure on which the institution reports.")


def indicator_entries(request: Request) -> Iterator[Entry]:
    """The lines of the sheet of figures."""
    for asked in request.figures:
        if asked.group and not asked.level:
            yield from _open_entries(asked, request)
        else:
            yield _figure(asked, asked.key, request)


def deliverable_entries(request: Request) -> Iterator[Entry]:
    """The lines of the sheet of deliverables and texts."""
    for asked in request.deliverables:
        card = request.cards[asked.indicator]
        answer = request.answers.get(asked.key, {})
        unclear = card.status is not DefinitionStatus.DEFINED
        stage = request.layout.stages.get(_words(answer, "stage"))
        if answer.get("status") == "not_applicable":
            stage = request.layout.not_applicable
        yield Entry(
            asked.key,
            {
                "measure": asked.measure,
                "name": card.name.ro,
                "definition": define(card, request.layout),
                "due": romanian_date(asked.due.isoformat()),
                "previous": request.earlier(asked.key, card),
            },
            {
                "stage": Input("stage", stage),
                "date": Input("date", _date(answer.get("date"))),
                "text": Input("text", _words(answer, "text") or None),
                "remark": Input("text", _words(answer, "remark") or None),
            },
            style="question" if unclear else "total",
        )


def measure_entries(request: Request) -> Iterator[Entry]:
    """The lines of the sheet of measures."""
    layout = request.layout
    for measure in request.measures:
        answer = request.measure_answers.get(measure.code, {})
        yield Entry(
            measure.code,
            {"measure": measure.code, "name": measure.action.ro, "period": "; ".join(measure.period)},
            {
                "stage": Input("measure_stage", layout.measure_stages.get(_words(answer, "stage"))),
                "reason": Input("measure_reason", layout.reasons.get(_words(answer, "reason"))),
                "remark": Input("text", _words(answer, "remark") or None),
            },
        )


def county_content(request: Request, asked: Asked, county: str, part: str) -> Content:
    """What stands in a cell of the county sheet; a figure that is not there is said in words."""
    answer = request.answers.get(replace(asked, county=county).key, {})
    status = answer.get("status")
    if part == "value" and status in ("not_available", "not_applicable"):
        layout = request.layout
        return layout.not_applicable if status == "not_applicable" else layout.not_available
    return _number(answer, part, request.cards[asked.indicator], request.layout)


def takes(card: Indicator, part: str) -> str:
    """What a cell for a number takes, as the id of its hint."""
    if part != "value":
        return "part"
    return {Kind.COUNT: "count", Kind.PROPORTION: "share"}.get(card.type, "number")


def _open_entries(asked: Asked, request: Request) -> Iterator[Entry]:
    """Lines of an open breakdown: its answers, last year's categories, then empty lines."""
    known = [text.removeprefix(asked.key) for text in request.answers if text.startswith(asked.key)]
    before = undated(asked.key)
    known += [text.removeprefix(before) for text in request.previous if text.startswith(before)]
    levels = list(dict.fromkeys(one for one in known if one))
    levels += [""] * max(2, request.layout.open_rows - len(levels))
    for level in levels:
        yield _figure(asked, f"{asked.key}{level}", request, level=level)


def _figure(asked: Asked, key: str, request: Request, *, level: str | None = None) -> Entry:
    """A line for one figure; ``level`` is the institution's own category of an open breakdown."""
    card, layout = request.cards[asked.indicator], request.layout
    answer = request.answers.get(key, {})
    unclear = card.status is not DefinitionStatus.DEFINED and not asked.group
    inputs = {part: Input(takes(card, part), _number(answer, part, card, layout)) for part in parts_of(card)}
    note = "" if asked.by_plan else layout.by_evaluators.capitalize() + "."
    inputs["reason"] = Input("reason", _reason(answer, layout))
    if answer.get("status") == "not_available" and inputs["reason"].content is None:
        inputs["value"] = replace(inputs["value"], content=layout.not_available)
    inputs["source"] = Input("text", _words(answer, "source") or None)
    inputs["remark"] = Input("text", _words(answer, "remark") or None)
    if level is not None:
        inputs["detail"] = Input("category", level or None)
    elif unclear:
        inputs["detail"] = Input("detail", _words(answer, "text") or None)
    return Entry(
        asked.key,
        {
            "measure": asked.measure,
            "name": card.name.ro,
            "definition": note if asked.group else define(card, layout),
            "unit": card.unit.ro,
            "period": describe_period(asked.period, layout),
            "breakdown": describe_breakdown(asked, request.rules, layout),
            "previous": "" if level == "" else request.earlier(key, card),
        },
        inputs,
        style="part" if asked.group else "question" if unclear else "total",
    )


def _number(answer: Answer, part: str, card: Indicator, layout: Layout) -> Content:
    """A number as it is entered; a bound or an approximation becomes words, a text stays as it is."""
    value = answer.get(part)
    if isinstance(value, str):
        return value or None
    if not isinstance(value, Real) or value != value:
        return None
    qualifier = _words(answer, "qualifier")
    if part != "value" or qualifier not in layout.qualified:
        return float(value)
    return layout.qualified[qualifier].format(value=show_number(float(value), card.type))


def _reason(answer: Answer, layout: Layout) -> str | None:
    if answer.get("status") == "not_applicable":
        return layout.not_applicable
    return layout.reasons.get(_words(answer, "reason"))


def _words(answer: Answer, name: str) -> str:
    value = answer.get(name)
    return value if isinstance(value, str) else ""


def _date(value: object) -> Content:
    """A date from ISO text; any other text stays as it is."""
    if isinstance(value, str) and len(value) == 10:
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    return value if isinstance(value, (str, date)) and value else None
