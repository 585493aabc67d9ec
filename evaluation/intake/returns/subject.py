"""What a row speaks of: indicator, period, institution, county and category, or why that cannot be told."""

from dataclasses import dataclass, field

from evaluation.intake.returns.columns import Column
from evaluation.intake.returns.headings import plain, says_total
from evaluation.intake.returns.names import find_county, find_institution, find_level
from evaluation.intake.returns.recognise import Recogniser
from evaluation.intake.returns.values import parse_period
from evaluation.strategy.asked import ONCE, institutions_of, window_label, year_of
from evaluation.strategy.institutions import Registry
from evaluation.strategy.plan import Indicator, Measure, Plan, indicator_due
from evaluation.strategy.request import RequestRules

_WHOLE = {"total", "total general", "total tara", "total national", "total judete", "total romania", "nivel national", "la nivel national", "national", "toate judetele", "total pe tara", "grand total", "romania"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Subject:
    """The fields of the ledger that say what a figure is; ``refused`` is the code for which they are not known."""

    fields: dict[str, object] = field(default_factory=dict)
    refused: str = ""
    noted: tuple[str, ...] = ()
    is_total: bool = False


@dataclass(slots=True)
class Lookup:
    """Finds what names mean, for one sheet; ``period`` and ``said_year`` are what its titles tell."""

    plan: Plan
    registry: Registry
    rules: RequestRules
    recogniser: Recogniser
    year: int | None
    institution: str
    period: str = ""
    said_year: int | None = None
    counties: dict[str, str] = field(default_factory=dict)
    periods: dict[str, str] = field(default_factory=dict)
    senders: dict[str, str] = field(default_factory=dict)
    windows: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def card(self, subject: Subject) -> Indicator:
        """The card of a subject that is known."""
        return self.recogniser.cards[str(subject.fields["indicator"])][0]

    def names_indicator(self, text: str) -> bool:
        """True when a text by itself names one indicator."""
        return bool(self.recogniser.find(text, institution=self.institution).indicator)

    def is_whole(self, text: str) -> bool:
        """True for words that mean the whole country, and not a part of the rows.

        >>> Lookup.is_whole(None, "TOTAL GENERAL"), Lookup.is_whole(None, "Total regiunea Nord-Est")
        (True, False)
        """
        return plain(text) in _WHOLE

    def measure_subject(self, words: dict[str, str]) -> Subject:
        """The measure of a row that reports on a measure."""
        institution = self._institution(words)
        measure = self.recogniser.find_measure(words["measure"])
        if not institution:
            return Subject(refused="institution_unknown")
        if "measure_as_date" in words:
            return Subject(refused="measure_as_date")
        if not measure:
            return Subject(refused="measure_unknown")
        period = self._read_period(" ".join(filter(None, (words.get("period"), words.get("year")))))
        year = self.year or (year_of(period) if period else self.said_year)
        if year is None:
            return Subject(refused="period_unreadable")
        return Subject({"measure": measure, "year": year, "institution": institution})

    def subject(self, words: dict[str, str], column: Column) -> Subject:
        """What one figure of a row is."""
        institution = self._institution(words)
        if not institution:
            return Subject(refused="institution_unknown")
        if "measure_as_date" in words and not column.indicator and "IND" not in words["indicator"].upper():
            return Subject(refused="measure_as_date")
        found = column.indicator
        if not found:
            measure = "" if "measure_as_date" in words else words["measure"]
            match = self.recogniser.find(words["indicator"], measure=measure, institution=institution)
            if match.problem:
                return Subject(refused=match.problem)
            found = match.indicator
        card, measure_ = self.recogniser.cards[found]
        period, refused, noted = self._period(words, column, card, measure_)
        part = self._part(words, column)
        if refused or isinstance(part, str):
            return Subject(refused=refused or str(part))
        if institution not in institutions_of(measure_):
            noted = (*noted, "not_asked")
        year = self.year if self.year is not None else year_of(period)
        names = {"indicator": found, "year": year, "period": period, "institution": institution}
        parts = [text for role, text in words.items() if role in ("county", "level") or role[:6] == "group:"]
        whole = any(map(says_total, parts)) or says_total(column.heading.rsplit(" / ", 1)[-1])
        return Subject({**names, **part}, noted=noted, is_total=whole and not any(part.values()))

    def _institution(self, words: dict[str, str]) -> str:
        text = words.get("institution", "")
        if not text:
            return self.institution
        if text not in self.senders:
            self.senders[text] = find_institution(text, self.registry)[0] or ""
        return self.senders[text]

    def _part(self, words: dict[str, str], column: Column) -> dict[str, object] | str:
        """County, or breakdown and category; empty for the whole; a code where it cannot be told."""
        county, found = column.county, {(column.group, column.level)} if column.group else set()
        text = words.get("county", "")
        if text and not says_total(text):
            if text not in self.counties:
                self.counties[text] = find_county(text) or ""
            if not self.counties[text] or county:
                return "county_unknown" if not county else "two_breakdowns"
            county = self.counties[text]
        for role, level in words.items():
            if not level or says_total(level) or plain(level) in ("toate", "ambele", "general"):
                continue
            if role == "level":
                fitting = self._levels(level)
                if len(fitting) != 1:
                    return "level_unknown"
                found.add(fitting[0])
            elif role.startswith("group:"):
                group = role.removeprefix("group:")
                breakdown = self.rules.breakdown(group)
                named = level if breakdown.open else find_level(level, breakdown)
                if not named:
                    return "level_unknown"
                found.add((group, named))
        if len(found) + bool(county) > 1:
            return "two_breakdowns"
        group, level = found.pop() if found else ("", "")
        return {"county": county, "group": group, "level": level}

    def _levels(self, text: str) -> list[tuple[str, str]]:
        pairs = ((one.id, find_level(text, one)) for one in self.rules.breakdown_list if not one.open)
        return [(group, level) for group, level in pairs if level]

    def _period(
        self, words: dict[str, str], column: Column, card: Indicator, measure: Measure
    ) -> tuple[str, str, tuple[str, ...]]:
        """Label, or the code for which there is none, and what is to be noted."""
        text = " ".join(filter(None, (words.get("period"), words.get("year"))))
        told = column.period or (self._read_period(text) if text else "")
        if text and not told:
            return "", "period_unreadable", ()
        if not told and self.said_year is not None and self.year is not None and self.said_year != self.year:
            return "", "year_differs", ()
        label = told or self.period
        if card.type in ONCE or card.frequency == "once":
            return self._once(label, card, measure)
        year = str(self.year or self.said_year or "")
        noted = () if label or card.frequency == "annual" else ("period_assumed",)
        label = label or year
        if not label:
            return "", "period_unreadable", ()
        if year and (not label.startswith(year) or len(label) == 9):
            return "", "period_outside_year", ()
        return label, "", noted

    def _once(self, label: str, card: Indicator, measure: Measure) -> tuple[str, str, tuple[str, ...]]:
        """The period in which a deliverable falls due; of several the one named, or the only one of the year."""
        if card.id not in self.windows:
            due = dict.fromkeys(indicator_due(card, measure, window=self.plan.window))
            begun = [one for one in due if self.year is None or one.start.year <= self.year]
            self.windows[card.id] = tuple(dict.fromkeys(map(window_label, begun)))
        known = self.windows[card.id]
        if label in known:
            return label, "", ()
        year = self.year or (year_of(label) if label else None)
        of_year = tuple(one for one in known if year and one.startswith(str(year)) and len(one) != 9)
        for choice in (of_year, known):
            if len(choice) == 1:
                return choice[0], "", ()
        return "", "period_not_due" if not known else "period_ambiguous", ()

    def _read_period(self, text: str) -> str:
        if text not in self.periods:
            self.periods[text] = parse_period(text, year=self.year or self.said_year).label
        return self.periods[text]
