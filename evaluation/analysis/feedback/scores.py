"""Domain scores of 0 to 100 from answers of people who consented to analysis, and why each other answer is missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from evaluation.core.errors import AnalysisError
from evaluation.core.microdata import WAVE_COLUMNS, ForAnalysis
from evaluation.core.provenance import Provenance
from evaluation.instruments.feedback.model import (
    NOT_APPLICABLE,
    PREFERS_NOT,
    WAVES,
    FeedbackInstrument,
    FeedbackKind,
)

if TYPE_CHECKING:
    import pandas as pd

INCLUSION, EXIT = "inclusion", "exit"
FACTS = ("age_group", "sex", "exploitation")
ON_SCALE, EMPTY, NOT_ASKED = "scale", "empty", "not_asked"
MISSING = (NOT_APPLICABLE, PREFERS_NOT, EMPTY)
Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class DomainScores:
    """Scores of one instrument, a row a person and wave, sorted by person and wave.

    ``table`` has ``WAVE_COLUMNS`` and a column a scored domain or slot: 0 (least favourable) to 100, NaN without a
    score. ``items`` has the same rows and a column a rating item, from 1 upwards, reversed ones turned, NaN where the
    answer is not on the scale. ``kinds`` says of each: ``scale``, ``na``, ``pn``, ``empty`` or ``not_asked``.
    ``domains`` lists the items of each scored domain and slot, ``steps`` the length of each item's scale,
    ``slots`` names the published questionnaires among them, ``important`` their published important changes, ``left_out`` the rows without a score by domain.
    """

    table: "pd.DataFrame"
    items: "pd.DataFrame"
    kinds: "pd.DataFrame"
    domains: Mapping[str, tuple[str, ...]]
    steps: Mapping[str, int]
    waves: tuple[str, ...]
    slots: tuple[str, ...]
    important: Mapping[str, float]
    left_out: Mapping[str, int]
    provenance: Provenance

    def __repr__(self) -> str:
        return f"DomainScores({len(self.table)} rows, not shown)"

    @property
    def answered(self) -> "pd.Series[bool]":
        """Rows with an answer at all: on the scale, not applicable, or preferred not to answer."""
        return self.kinds.isin([ON_SCALE, NOT_APPLICABLE, PREFERS_NOT]).any(axis=1)

    def facts(self) -> "pd.DataFrame":
        """Facts of the group and who collected, a row a person, as recorded at the first wave that has the person."""
        first = self.table.drop_duplicates("person").set_index("person")
        return first[[*FACTS, "collector"]]

    def last_scheduled(self) -> str:
        """The last wave with a set month that anybody answered; inclusion when there is no other."""
        there = set(self.table.loc[self.answered, "wave"])
        return next((one for one in reversed(self.waves) if one in there and one != EXIT), INCLUSION)


def score_domains(data: ForAnalysis, instrument: FeedbackInstrument) -> DomainScores:
    """Mean of a domain's answered rating items as (mean - 1) / (steps - 1) x 100, reversed items turned.

    Not applicable, preferred not to answer and left out are all missing, and counted apart. A domain has no score
    where fewer than ``about.least_answered`` of its items asked at that wave have an answer on the scale (the
    half-scale rule: Fairclough and Cella 1996, Quality of Life Research 5, 419-421). A slot is scored only whole, by
    its official factor, when the data hold its columns (``<slot>_1`` on, counted from 0).

    >>> # answers 4, 5 and, on a reversed item, 1 (turned: 5) give (14 / 3 - 1) / 4 x 100 = 91.67
    """
    _check_fits(data, instrument)
    table = _in_order(data.table)
    ratings = instrument.of_kind(FeedbackKind.RATING)
    slots = _slots(instrument, table)
    steps = {one.name: len(instrument.scale(one.scale).steps) for one in ratings}
    steps |= {name: one.steps for one in instrument.slots for name in slots.get(one.name, ())}
    _check_columns(table, steps, instrument)
    items, kinds = _numbers(
        table, steps, instrument, frozenset(name for one in slots.values() for name in one)
    )
    domains = {
        one.name: tuple(item.name for item in instrument.ratings(one.name)) for one in instrument.scored
    }
    scored = table[list(WAVE_COLUMNS)].copy()
    for name, members in domains.items():
        scored[name] = _score(
            items[list(members)], kinds[list(members)], steps, instrument.about.least_answered
        )
    for slot in instrument.slots:
        if slot.name in slots:
            scored[slot.name] = (items[list(slots[slot.name])] - 1).sum(axis=1, skipna=False) * slot.factor
    every = domains | slots
    return DomainScores(
        table=scored,
        items=items,
        kinds=kinds,
        domains=every,
        steps=steps,
        waves=instrument.about.waves,
        slots=tuple(slots),
        important={
            one.name: one.important_change
            for one in instrument.slots
            if one.name in slots and one.important_change is not None
        },
        left_out=_left_out(scored, kinds, every),
        provenance=data.provenance,
    )


def _left_out(
    scored: "pd.DataFrame", kinds: "pd.DataFrame", members: Mapping[str, tuple[str, ...]]
) -> dict[str, int]:
    """Rows without a score of a domain although some of its items were asked."""
    asked = {name: (kinds[list(one)] != NOT_ASKED).any(axis=1) for name, one in members.items()}
    return {name: int((scored[name].isna() & asked[name]).sum()) for name in members}


def _slots(instrument: FeedbackInstrument, table: "pd.DataFrame") -> dict[str, tuple[str, ...]]:
    """The columns of each slot that the answers hold."""
    return {one.name: one.columns for one in instrument.slots if one.columns[0] in table.columns}


def _check_fits(data: ForAnalysis, instrument: FeedbackInstrument) -> None:
    if not isinstance(data, ForAnalysis):
        raise AnalysisError(
            "feedback: only answers with consent to analysis are scored; take them from intake."
        )
    if (data.instrument, data.version) != (instrument.name, instrument.about.version):
        raise AnalysisError(
            f"{data.instrument} {data.version}: answers of another questionnaire or version than the one given; "
            "score them with their own."
        )


def _in_order(table: "pd.DataFrame") -> "pd.DataFrame":
    """Rows by person and wave; each person answers a wave once, after a known time."""
    lacking = [name for name in WAVE_COLUMNS if name not in table.columns]
    if lacking:
        raise AnalysisError(
            f"feedback: column(s) {', '.join(lacking)} are missing; take the answers from intake."
        )
    if table.duplicated(["person", "wave"]).any():
        raise AnalysisError("feedback: a person has a wave twice; keep one row of the two.")
    if not table["wave"].isin(WAVES).all() or table["months"].isna().any():
        raise AnalysisError(
            "feedback: a row has an unknown wave or no time since inclusion; correct it in intake."
        )
    place = table["wave"].map({name: number for number, name in enumerate(WAVES)})
    ordered = table.assign(_place=place).sort_values(["person", "_place"], kind="stable", ignore_index=True)
    return ordered.drop(columns="_place")


def _check_columns(table: "pd.DataFrame", steps: Mapping[str, int], instrument: FeedbackInstrument) -> None:
    lacking = [name for name in steps if name not in table.columns]
    if lacking:
        raise AnalysisError(
            f"{instrument.name}: item(s) {', '.join(lacking)} are missing from the answers; name the instrument "
            "with the modules that were used."
        )


def _numbers(
    table: "pd.DataFrame", steps: Mapping[str, int], instrument: FeedbackInstrument, in_slots: frozenset[str]
) -> tuple["pd.DataFrame", "pd.DataFrame"]:
    """Answers as numbers from 1 upwards with reversed items turned, and the kind of every answer."""
    import pandas as pd

    waves = table["wave"].to_numpy(dtype=str)
    numbers: dict[str, Numbers] = {}
    kinds: dict[str, npt.NDArray[np.str_]] = {}
    for name, length in steps.items():
        given = table[name].fillna("").to_numpy(dtype=str)
        start = 0 if name in in_slots else 1
        on_scale = np.isin(given, [str(start + one) for one in range(length)])
        special = np.isin(given, [NOT_APPLICABLE, PREFERS_NOT])
        astray = int((~on_scale & ~special & (given != "")).sum())
        if astray:
            raise AnalysisError(
                f"{name}: {astray} answer(s) that its scale does not have; correct them in intake."
            )
        value = np.where(on_scale, given, "nan").astype(np.float64) + (1 - start)
        item = None if name in in_slots else instrument.item(name)
        numbers[name] = length + 1 - value if item is not None and item.reversed else value
        asked = np.isin(waves, item.waves) if item is not None else np.full(len(waves), True)
        empty = np.where(asked, EMPTY, NOT_ASKED)
        kinds[name] = np.where(on_scale, ON_SCALE, np.where(special, given, empty))
    return pd.DataFrame(numbers, index=table.index), pd.DataFrame(kinds, index=table.index)


def _score(items: "pd.DataFrame", kinds: "pd.DataFrame", steps: Mapping[str, int], least: float) -> Numbers:
    """Mean of the items on 0 to 100; NaN under the least share of those asked."""
    values = items.to_numpy(dtype=float)
    lengths = np.array([steps[str(name)] for name in items.columns])
    there = ~np.isnan(values)
    shares = np.where(there, (values - 1) / (lengths - 1) * 100, 0.0)
    number, asked = there.sum(axis=1), (kinds != NOT_ASKED).to_numpy().sum(axis=1)
    enough = (number > 0) & (number >= least * asked)
    return np.asarray(np.where(enough, shares.sum(axis=1) / np.maximum(number, 1), np.nan))
