"""Random draws that depend on a seed and a name only, never on the order in which they are made."""

import hashlib
from collections.abc import Sequence

import numpy as np


def make_rng(seed: int, *name: str) -> np.random.Generator:
    """A generator for one name under one seed.

    >>> int(make_rng(1, "a").integers(1000)) == int(make_rng(1, "a").integers(1000))
    True
    """
    digest = hashlib.sha256("|".join((str(seed), *name)).encode()).digest()
    return np.random.Generator(np.random.PCG64(int.from_bytes(digest[:16], "big")))


def draw_level(rng: np.random.Generator, low: float, high: float) -> float:
    """A magnitude between two bounds, uniform on the logarithmic scale."""
    return float(np.exp(rng.uniform(np.log(low), np.log(high))))


def split_count(rng: np.random.Generator, total: int, weights: Sequence[float]) -> list[int]:
    """Whole parts of a total, multinomial; they add up to it exactly.

    >>> sum(split_count(make_rng(1, "a"), 100, [1, 2, 3]))
    100
    """
    shares = np.asarray(weights, dtype=float)
    return [int(one) for one in rng.multinomial(total, shares / shares.sum())]


def split_within(rng: np.random.Generator, total: int, limits: Sequence[int]) -> list[int]:
    """Whole parts of a total, none above its limit, drawn without replacement (multivariate hypergeometric).

    >>> split_within(make_rng(1, "a"), 6, [1, 2, 3])
    [1, 2, 3]
    """
    return [int(one) for one in rng.multivariate_hypergeometric(list(limits), total, method="marginals")]
