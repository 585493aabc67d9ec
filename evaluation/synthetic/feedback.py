"""Invented feedback of victims: people with a known level, a known change, known reasons to leave and known names."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from evaluation.core.yamlfile import read_yaml
from evaluation.instruments.feedback.codebook import load_codebook
from evaluation.instruments.feedback.model import (
    NOT_APPLICABLE,
    PREFERS_NOT,
    WAVES,
    FeedbackInstrument,
    FeedbackItem,
    FeedbackKind,
)
from evaluation.strategy.words import Definition, Text, load_as
from evaluation.synthetic.draw import make_rng

if TYPE_CHECKING:
    import pandas as pd

TRUTH = Path(__file__).resolve().parent / "feedback_truth.yaml"
COMMON, OWN, NOISE = 10.0, 12.5, 0.75
"""Deviations of a level: part common to all domains, part of the domain; noise of a rating, in steps."""
MONTHS = {"inclusion": 0, "month_3": 3, "month_6": 6, "month_12": 12}
NAMES = ("Mirela Drăgulescu", "Costel Vântu", "Ionela", "doamna Petrescu", "Fănel din Bacău")
PHONES = ("0700 000 111", "+40 700 000 222")
"""Numbers that no network has given out, and names put together at random."""
Numbers = npt.NDArray[np.float64]


class PlantedFact(Definition):
    """One thing planted, and what should be said of it."""

    id: str
    what: Text
    expect: Text


class FeedbackTruth(Definition):
    """All that is planted; points are of the 0-100 score."""

    instrument: str
    people: int
    withdrawn: int
    start: dict[str, float]
    slope: dict[str, float]
    own_slope: float
    interviewer: float
    service_share: float
    leaving: dict[str, float]
    exit_share: float
    consent: dict[str, float]
    not_applicable: float
    prefers_not: float
    written: float
    named: float
    coders: dict[str, float]
    truths: tuple[PlantedFact, ...]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class InventedFeedback:
    """Rows as an export would have them, with ``person`` a number from 0, and what would be known without drop-out.

    ``answers`` has a row a person and wave: the facts, consents, and a column an item, written answers with planted
    names among them. ``codings`` has person, wave, item, coder, codes. ``withdrawn`` are the numbers of those who took
    their consent back. ``complete`` is the mean score that everybody would have given, by domain and
    wave, those who left included.
    """

    answers: "pd.DataFrame"
    codings: "pd.DataFrame"
    withdrawn: tuple[int, ...]
    complete: dict[str, dict[str, float]]


def load_feedback_truth() -> FeedbackTruth:
    """The planted truth."""
    return load_as(FeedbackTruth, read_yaml(TRUTH), file=TRUTH.name)


def invent_feedback(instrument: FeedbackInstrument, truth: FeedbackTruth, *, seed: int) -> InventedFeedback:
    """Everybody at every wave at which they are still there; equal seeds give equal answers."""
    import pandas as pd

    rows: list[dict[str, Any]] = []
    codings: list[dict[str, Any]] = []
    complete: list[Numbers] = []
    for person in range(truth.people):
        rng = make_rng(seed, instrument.name, str(person))
        facts = _facts(truth, rng) | _consents(truth, rng)
        raised = truth.interviewer * (facts["collector"] == "service")
        path = _Path(instrument, truth, rng, drift=_drift(seed, person), raised=raised)
        given = [_ratings(instrument, truth, path.level(months), rng) for months in MONTHS.values()]
        seen = np.array([_scores(instrument, one) for one in given])
        complete.append(seen)
        there = list(zip(MONTHS.items(), given, strict=True))[: _stays(seen[:, path.safety], truth, rng)]
        if len(there) == len(MONTHS) and rng.random() < truth.exit_share:
            months = int(rng.integers(14, 19))
            there.append(((WAVES[-1], months), _ratings(instrument, truth, path.level(months), rng)))
        for (wave, months), ratings in there:
            written, coded = _written(instrument, truth, rng)
            rows.append({"person": person, "wave": wave, "months": months, **facts, **ratings, **written})
            codings += [{"person": person, "wave": wave, **one} for one in coded]
    chosen = make_rng(seed, "withdrawn").choice(truth.people, truth.withdrawn, replace=False)
    means = np.nanmean(np.array(complete), axis=0)
    known = {
        one.name: {wave: float(means[at, place]) for at, wave in enumerate(MONTHS)}
        for place, one in enumerate(instrument.scored)
    }
    return InventedFeedback(pd.DataFrame(rows), pd.DataFrame(codings), tuple(map(int, chosen)), known)


class _Path:
    """One person's levels over time; whole life of the object is one person's drawing."""

    def __init__(
        self, instrument: FeedbackInstrument, truth: FeedbackTruth, rng: np.random.Generator,
        *, drift: float, raised: float,
    ) -> None:  # fmt: skip
        names = [one.name for one in instrument.scored]
        start = np.array([truth.start[name] for name in names])
        self._raised = raised
        self._start = start + rng.normal(0, COMMON) + rng.normal(0, OWN, len(names))
        self.safety = names.index("safety")
        self._slope = np.array([truth.slope[name] for name in names])
        self._slope[self.safety] += drift * truth.own_slope

    def level(self, months: float) -> Numbers:
        """The levels of all scored domains, 0 to 100, so many months after inclusion."""
        return np.asarray(np.clip(self._start + self._raised + self._slope * months / 6, 0, 100))


def _drift(seed: int, person: int) -> float:
    """A person's own part of the slope of safety: two neighbours have the same with opposite signs, so that the mean is nothing."""
    return float(make_rng(seed, "drift", str(person // 2)).normal()) * (1 if person % 2 else -1)


def _stays(safety: Numbers, truth: FeedbackTruth, rng: np.random.Generator) -> int:
    """At how many of the scheduled waves the person answers, by the safety scores they gave before."""
    first = last = float(np.nan_to_num(safety[0], nan=50))
    for wave in range(1, len(safety)):
        pull = truth.leaving["base"] - truth.leaving["steep"] * (last - 50) / 10
        pull -= truth.leaving["falling"] * (last - first) / 10
        if rng.random() < 1 / (1 + np.exp(-pull)):
            return wave
        last = float(np.nan_to_num(safety[wave], nan=last))
    return len(safety)


def _scores(instrument: FeedbackInstrument, ratings: dict[str, str]) -> list[float]:
    """The scores of all scored domains that these answers give; NaN without an answer on the scale."""
    found = []
    for domain in instrument.scored:
        values = [
            _favourable(item, int(ratings[item.name]), len(instrument.scale(item.scale).steps))
            for item in instrument.ratings(domain.name)
            if ratings[item.name].isdigit()
        ]
        found.append(100 * float(np.mean(values)) if values else float("nan"))
    return found


def _favourable(item: FeedbackItem, step: int, steps: int) -> float:
    """How far up its scale an answer lies, 0 to 1, a reversed one turned."""
    return ((steps - step) if item.reversed else (step - 1)) / (steps - 1)


def _facts(truth: FeedbackTruth, rng: np.random.Generator) -> dict[str, str]:
    return {
        "language": "ro",
        "collector": "service" if rng.random() < truth.service_share else "independent",
        "sex": "female" if rng.random() < 0.7 else "male",
        "age_group": "adult",
        "exploitation": str(rng.choice(["sexual", "labour", "other"], p=[0.55, 0.35, 0.10])),
    }


def _consents(truth: FeedbackTruth, rng: np.random.Generator) -> dict[str, str]:
    asked = {
        f"consent_{name}": "yes" if rng.random() < share else "no" for name, share in truth.consent.items()
    }
    return {**asked, "consent_version": "1.0"}


def _ratings(
    instrument: FeedbackInstrument, truth: FeedbackTruth, level: Numbers, rng: np.random.Generator
) -> dict[str, str]:
    """Steps as text; not applicable and prefers not to answer by chance; other items by a draw of their choices."""
    place = {one.name: number for number, one in enumerate(instrument.scored)}
    found: dict[str, str] = {}
    for item in instrument.items:
        if item.kind is FeedbackKind.RATING:
            found[item.name] = _rating(instrument, item, float(level[place[item.domain]]), truth, rng)
        elif item.kind is FeedbackKind.CHOICE:
            found[item.name] = str(rng.choice(list(item.choices)))
    return found


def _rating(
    instrument: FeedbackInstrument,
    item: FeedbackItem,
    level: float,
    truth: FeedbackTruth,
    rng: np.random.Generator,
) -> str:
    steps = len(instrument.scale(item.scale).steps)
    step = int(np.clip(np.rint(1 + level / 100 * (steps - 1) + rng.normal(0, NOISE)), 1, steps))
    chance = rng.random()
    if chance < truth.not_applicable:
        return NOT_APPLICABLE
    if chance < truth.not_applicable + truth.prefers_not:
        return PREFERS_NOT
    return str(steps + 1 - step if item.reversed else step)


def _written(
    instrument: FeedbackInstrument, truth: FeedbackTruth, rng: np.random.Generator
) -> tuple[dict[str, str], list[dict[str, str]]]:
    """Written answers made of the examples of their codes, some with a name or a telephone number, and two coders' codes."""
    texts: dict[str, str] = {}
    codings = []
    for name, codes in load_codebook(instrument.name).items():
        if rng.random() >= truth.written:
            continue
        chosen = rng.choice(len(codes), size=min(1 + int(rng.random() < 0.4), len(codes)), replace=False)
        said = "; ".join(codes[one].example.ro for one in chosen)
        if rng.random() < truth.named:
            said += f", a spus {rng.choice(NAMES)}" + (
                f", tel. {rng.choice(PHONES)}" if rng.random() < 0.5 else ""
            )
        texts[name] = said
        true = {codes[one].code for one in chosen}
        for coder in ("1", "2"):
            read = true ^ {one.code for one in codes if rng.random() < truth.coders["error"]}
            codings.append({"item": name, "coder": coder, "codes": " ".join(sorted(read))})
    return texts, codings
