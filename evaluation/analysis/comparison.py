"""Two periods compared: person-years, yearly rates, rate ratio, and the changes of counting in between."""

from dataclasses import dataclass

from evaluation.analysis._secondary import Secondary, breaks_between, card_of, edition
from evaluation.analysis._wording import Texts, break_text, fill, join, same, texts_frame
from evaluation.analysis.headline import pick_headline
from evaluation.analysis.rates import Labels, rate_ratio_row, rate_row
from evaluation.core.errors import AnalysisError
from evaluation.core.provenance import Provenance
from evaluation.core.results import Result, make_table
from evaluation.strategy.words import Text

IDENTIFIED = "victims_identified"
RESIDENTS = "population_1jan"


@dataclass(frozen=True, slots=True)
class PersonYears:
    """Sum of yearly populations and the editions that they come from."""

    total: float
    editions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PeriodCount:
    """Events of a period with the person-years behind them and where both come from."""

    first: int
    last: int
    events: int
    person_years: float
    source: Text

    @property
    def name(self) -> str:
        """The period as printed, such as 2018-2022."""
        return f"{self.first}-{self.last}"


def person_years(series: Secondary, first: int, last: int, *, population: str = RESIDENTS) -> PersonYears:
    """Sum of the headline populations on 1 January over a period; every year must have one."""
    picks = [pick_headline(series, population, year) for year in range(first, last + 1)]
    missing = [str(pick.year) for pick in picks if pick.value is None]
    if missing:
        raise AnalysisError(
            f"{population}: no value for {', '.join(missing)}; choose years or a population that has them all."
        )
    editions = dict.fromkeys(edition(series, pick.source_id) for pick in picks)
    return PersonYears(sum(pick.value or 0.0 for pick in picks), tuple(editions))


def compare_periods(
    series: Secondary,
    earlier: PeriodCount,
    later: PeriodCount,
    *,
    provenance: Provenance,
    measure: str = IDENTIFIED,
    population: str = RESIDENTS,
    ci_level: float = 0.95,
) -> Result:
    """The two yearly rates per 100,000 and their ratio with an exact conditional interval.

    The numbers are the caller's (the ledger's events and person-years) and so is their provenance. The ratio
    names in its method every change of counting, of the measure or of the population behind the
    person-years, between the first and the last year compared.
    """
    if later.first <= earlier.last:
        raise AnalysisError(
            f"{earlier.name} and {later.name}: the periods overlap or are reversed; order them."
        )
    card, words = card_of(series, measure), series.rules.words
    cards = (card, card_of(series, population))
    crossed = dict.fromkeys(str(b.year) for b in breaks_between(cards, earlier.first, later.last))
    across = f"across break {', '.join(crossed)}" if crossed else ""
    span = f"{later.name} / {earlier.name}"
    rows = [
        rate_row(one.events, one.person_years, Labels(measure, one.name, "period", "rate"), ci_level=ci_level)
        for one in (earlier, later)
    ]
    rows.append(
        rate_ratio_row(
            (later.events, later.person_years),
            (earlier.events, earlier.person_years),
            Labels(measure, span, "period", "ratio", across),
            ci_level=ci_level,
        )
    )
    base: Texts = {"label": card.label, "source": earlier.source, "note": words["register"]}
    texts: list[Texts] = [
        {
            **base,
            "method": words["period_rate"],
            "break": break_text(cards, one.first, one.last),
            "source": one.source,
        }
        for one in (earlier, later)
    ]
    method = fill(words["period_ratio"], {"earlier": same(earlier.name), "later": same(later.name)})
    warning = break_text(cards, earlier.first, later.last, lead=words["across_break"])
    texts.append({**base, "source": join(earlier.source, later.source), "method": method, "break": warning})
    return Result(f"{measure}_periods", make_table(rows), provenance, texts_frame(texts))
