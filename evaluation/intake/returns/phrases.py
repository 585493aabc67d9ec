"""Short Romanian phrases of the request workbook: periods, definitions, breakdowns, figures as text."""

from collections.abc import Mapping

from evaluation.core.language import Language
from evaluation.intake.returns.layout import Forms, Layout
from evaluation.strategy.asked import Asked
from evaluation.strategy.plan import DefinitionStatus, Indicator, Kind
from evaluation.strategy.request import RequestRules

_ROMAN = ("I", "II", "III", "IV")


def describe_period(period: str, layout: Layout) -> str:
    """A labelled period in words.

    >>> from evaluation.intake.returns.layout import load_layout
    >>> describe_period("2025-S1", load_layout()), describe_period("2024-2026", load_layout())
    ('semestrul I 2025', '2024–2026')
    """
    year, _, part = period.partition("-")
    if part[:1] in ("S", "Q"):
        words = layout.periods["half" if part[0] == "S" else "quarter"]
        return words.format(roman=_ROMAN[int(part[1:]) - 1], year=year)
    if len(part) == 2:
        return layout.periods["month"].format(month=layout.months[int(part) - 1], year=year)
    return f"{year}–{part}" if part else year


def define(card: Indicator, layout: Layout) -> str:
    """What is to be reported: the type, the two parts, and the open question where the plan leaves one."""
    detail = next(one.heading for one in layout.sheet("indicators").columns if one.field == "detail")
    parts = [layout.definitions[card.type]]
    if card.numerator:
        parts.append(layout.numerator.format(text=card.numerator.ro.rstrip(".")))
    if card.denominator:
        words = layout.denominator if card.numerator else layout.denominator_only
        parts.append(words.format(text=card.denominator.ro.rstrip(".")))
    if card.question and card.status is not DefinitionStatus.DEFINED:
        words = layout.ambiguous if card.status is DefinitionStatus.AMBIGUOUS else layout.undefined
        words = words if card.type not in (Kind.DELIVERABLE, Kind.TEXT) else layout.ambiguous_text
        parts.append(words.format(question=card.question.ro, detail=detail.split(" (")[0]))
    return " ".join(parts)


def define_in_english(card: Indicator) -> str:
    """Numerator, denominator and open question in English; empty when there is none."""
    lines = [("Numerator", card.numerator), ("Denominator", card.denominator), ("Question", card.question)]
    return "\n".join(f"{name}: {text.en}" for name, text in lines if text is not None)


def describe_breakdown(asked: Asked, rules: RequestRules, layout: Layout) -> str:
    """The part of the total; an open one asks for the category."""
    if not asked.group:
        return layout.total
    breakdown = rules.breakdown(asked.group)
    if breakdown.open:
        return layout.open_category.format(name=breakdown.name.ro)
    level = next(one for one in breakdown.levels if one.id == asked.level)
    return f"{breakdown.name.ro}: {level.name.ro}"


def describe_figure(row: Mapping[str, object], card: Indicator, layout: Layout) -> str:
    """What was reported earlier, as it is shown: a figure, a bound, a stage, or that there was none."""
    if row["status"] == "not_applicable":
        return layout.not_applicable
    if row["status"] == "not_available":
        return layout.not_available
    if row["stage"]:
        stage = layout.stages.get(str(row["stage"]), "")
        return f"{stage}, {romanian_date(str(row['date']))}" if row["date"] else stage
    qualifier = str(row["qualifier"])
    bound = {"less_than": row["upper"], "more_than": row["lower"]}.get(qualifier, row["value"])
    if not isinstance(bound, (int, float)) or bound != bound:
        return ""
    step = {"less_than": 1, "more_than": -1}.get(qualifier, 0) if card.type is Kind.COUNT else 0
    figure = show_number(float(bound) + step, card.type)
    return layout.qualified[qualifier].format(value=figure) if qualifier in layout.qualified else figure


def show_number(value: float, kind: Kind) -> str:
    """A number in Romanian form: thousands with a point, decimals with a comma, shares in per cent.

    >>> show_number(12500, Kind.COUNT), show_number(0.455, Kind.PROPORTION), show_number(3.25, Kind.RATIO)
    ('12.500', '45,5%', '3,25')
    """
    share = kind is Kind.PROPORTION
    text = f"{value * 100:,.1f}%" if share else f"{value:,.2f}".rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,"))


def romanian_date(text: str) -> str:
    """An ISO date as it is written in Romania; anything else stays.

    >>> romanian_date("2025-03-09")
    '09.03.2025'
    """
    return ".".join(reversed(text.split("-"))) if len(text) == 10 else text


def count_words(number: int, forms: Forms, language: Language) -> str:
    """A counted noun; Romanian takes "de" from 20 on, except after hundreds with 1 to 19."""
    words = forms.root[language.value]
    if number == 1:
        chosen = "one"
    elif language is Language.RO and (number == 0 or 1 <= number % 100 <= 19):
        chosen = "few"
    else:
        chosen = "other"
    return words[chosen].format(n=number)
