"""Invented need and preventive effort of the counties, with a known rank correlation."""

from dataclasses import dataclass

import numpy as np
from scipy import stats

from evaluation.synthetic.draw import make_rng
from evaluation.synthetic.truth import PlantedCounties

LOADING, NOISE = 0.8, 0.6


@dataclass(frozen=True, slots=True)
class CountyTruth:
    """By county: need (a latent standard normal score), residents, effort weight; and the series that show need."""

    need: dict[str, float]
    residents: dict[str, int]
    effort: dict[str, float]
    components: dict[str, dict[str, float]]

    @property
    def ranking(self) -> tuple[str, ...]:
        """Counties from the greatest need to the least."""
        return tuple(sorted(self.need, key=lambda county: (-self.need[county], county)))

    def cases(self) -> dict[str, float]:
        """Weights of cases and victims: residents, more where need is greater."""
        return {one: self.residents[one] * float(np.exp(0.4 * self.need[one])) for one in self.need}


def draw_counties(counties: tuple[str, ...], planted: PlantedCounties, *, seed: int) -> CountyTruth:
    """The counties' truth; effort is chosen so that its rank correlation with need is nearest to the planted one.

    Need, residents and the part of effort that is unrelated to need are normal scores made orthogonal, so no
    accident of the seed adds a correlation of its own.
    """
    names = tuple(sorted(counties))
    need, size, own = _orthogonal_scores(len(names), seed=seed)
    residents = np.round(400_000 * np.exp(0.35 * size), -2).astype(int)
    effort = _effort(need, size, own, target=planted.correlation, neglected=planted.neglected)
    components = {
        one.id: one.centre
        * np.exp(one.spread * (LOADING * need + NOISE * make_rng(seed, one.id).standard_normal(len(names))))
        for one in planted.components
    }
    return CountyTruth(
        need={name: round(float(score), 6) for name, score in zip(names, need, strict=True)},
        residents={name: int(count) for name, count in zip(names, residents, strict=True)},
        effort={name: float(weight) for name, weight in zip(names, effort, strict=True)},
        components={
            one: {name: round(float(value), 2) for name, value in zip(names, values, strict=True)}
            for one, values in components.items()
        },
    )


def rank_correlation(first: dict[str, float], second: dict[str, float]) -> float:
    """Spearman's rank correlation over the counties that both have."""
    names = sorted(set(first) & set(second))
    return float(stats.spearmanr([first[one] for one in names], [second[one] for one in names]).statistic)


def _orthogonal_scores(count: int, *, seed: int) -> list[np.ndarray]:
    scores = stats.norm.ppf((np.arange(1, count + 1) - 0.5) / count)
    kept: list[np.ndarray] = []
    for name in ("need", "size", "own"):
        drawn = make_rng(seed, "counties", name).permutation(scores)
        for other in kept:
            drawn = drawn - other * (drawn @ other) / (other @ other)
        kept.append(drawn / drawn.std())
    return kept


def _effort(
    need: np.ndarray, size: np.ndarray, own: np.ndarray, *, target: float, neglected: int
) -> np.ndarray:
    cut = np.where(_ranks(-need) < neglected, 0.25, 1.0)

    def weights(slope: float) -> np.ndarray:
        return np.asarray(cut * np.exp(0.35 * size + 0.55 * (slope * need + np.sqrt(1 - slope**2) * own)))

    def miss(slope: float) -> float:
        return abs(float(np.corrcoef(_ranks(weights(slope)), _ranks(need))[0, 1]) - target)

    slopes = [place / 100 for place in range(-95, 96)]
    return weights(min(slopes, key=miss))


def _ranks(values: np.ndarray) -> np.ndarray:
    """Places from 0, the smallest first; no two values are equal here."""
    return np.argsort(np.argsort(values))
