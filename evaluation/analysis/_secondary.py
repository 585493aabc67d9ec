"""What the analysis asks of the secondary series that intake hands over, and how to look into it."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from evaluation.core.errors import AnalysisError
from evaluation.core.provenance import Provenance
from evaluation.strategy.words import Text

if TYPE_CHECKING:
    import pandas as pd

Figure = Mapping[str, Any]


class Break(Protocol):
    """A change or practice of counting in force from a year on."""

    @property
    def year(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def source_id(self) -> str: ...
    @property
    def what(self) -> Text: ...


class Lookalike(Protocol):
    """Another measure that is easily taken for this one."""

    @property
    def other(self) -> str: ...
    @property
    def what(self) -> Text: ...


class Card(Protocol):
    """The definition of a measure."""

    @property
    def id(self) -> str: ...
    @property
    def label(self) -> Text: ...
    @property
    def family(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def interval(self) -> str: ...
    @property
    def headline(self) -> bool: ...
    @property
    def breaks(self) -> Sequence[Break]: ...
    @property
    def warnings(self) -> Sequence[Lookalike]: ...


class Step(Protocol):
    """One step of the headline rule."""

    @property
    def by(self) -> str: ...
    @property
    def reason(self) -> Text: ...
    @property
    def exclude(self) -> Sequence[str]: ...
    @property
    def last(self) -> Sequence[str]: ...
    @property
    def order(self) -> Sequence[str]: ...


class HeadlineRule(Protocol):
    """The steps that pick a headline value, and the words for the other cases."""

    @property
    def steps(self) -> Sequence[Step]: ...
    @property
    def only(self) -> Text: ...
    @property
    def agree(self) -> Text: ...
    @property
    def none(self) -> Text: ...
    @property
    def not_collected(self) -> Text: ...


class Reference(Protocol):
    """A published value, or the headline where no source is named."""

    @property
    def measure(self) -> str: ...
    @property
    def year(self) -> int: ...
    @property
    def source_id(self) -> str: ...


class Side(Protocol):
    """One side of a check."""

    @property
    def what(self) -> Text: ...
    @property
    def plus(self) -> Sequence[Reference]: ...
    @property
    def minus(self) -> Sequence[Reference]: ...
    @property
    def over(self) -> Sequence[Reference]: ...
    @property
    def times(self) -> float: ...
    @property
    def stated(self) -> float | None: ...
    @property
    def source_id(self) -> str: ...


class Check(Protocol):
    """Figures held against each other."""

    @property
    def id(self) -> str: ...
    @property
    def about(self) -> Reference: ...
    @property
    def relation(self) -> str: ...
    @property
    def tolerance(self) -> float: ...
    @property
    def sides(self) -> Sequence[Side]: ...
    @property
    def note(self) -> Text: ...


class Rules(Protocol):
    """The headline rule, the checks and the sentences."""

    @property
    def headline(self) -> HeadlineRule: ...
    @property
    def checks(self) -> Sequence[Check]: ...
    @property
    def words(self) -> Mapping[str, Text]: ...


class Secondary(Protocol):
    """The published figures with sources and definitions."""

    @property
    def table(self) -> "pd.DataFrame": ...
    @property
    def figures(self) -> Mapping[tuple[str, int], Sequence[Figure]]: ...
    @property
    def sources(self) -> "pd.DataFrame": ...
    @property
    def provenance(self) -> Provenance: ...
    @property
    def measures(self) -> Mapping[str, Card]: ...
    @property
    def rules(self) -> Rules: ...


def card_of(series: Secondary, measure: str) -> Card:
    """The definition of a measure, or an error that names it."""
    if measure not in series.measures:
        raise AnalysisError(f"{measure}: not a measure of the secondary series; see secondary_measures.yaml.")
    return series.measures[measure]


def figures_of(series: Secondary, measure: str, year: int) -> Sequence[Figure]:
    """The published figures of one measure and year, in the order of the list."""
    return series.figures.get((measure, year), ())


def edition(series: Secondary, source_id: str) -> str:
    """Source and publication year, the name of an edition of a revised figure."""
    return f"{source_id}/{source_field(series, source_id, 'publication_year') or 'undated'}"


def source_field(series: Secondary, source_id: str, field: str) -> str:
    """One field of a source as text."""
    return str(series.sources.loc[source_id, field])


def breaks_between(cards: Sequence[Card], first: int, last: int) -> list[Break]:
    """The changes between two years in any of the measures: in force after the first, not later than the last."""
    changes = (b for card in cards for b in card.breaks if b.kind == "change" and first < b.year <= last)
    return sorted(changes, key=lambda b: b.year)


def provenance_of(series: Secondary, rows_used: int, *, method: str) -> Provenance:
    """Provenance of a result that used some of the figures."""
    base = series.provenance
    others = base.rows_used - rows_used
    return Provenance(
        sources=base.sources,
        method=method,
        rows_in=base.rows_in,
        rows_used=rows_used,
        excluded={**base.excluded, **({"other measure or year": others} if others else {})},
    )
