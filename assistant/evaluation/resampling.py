"""The bootstrap (Efron 1979): how far a figure would move, had other questions of the same sort been asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

TIMES = 10_000
SEED = 20_240_229
CONFIDENCE = 0.95
# Resamples drawn at once: memory stays small however many questions there are.
BLOCK = 1_000

Values = NDArray[np.float64]


class Interval(NamedTuple):
    """Between which values a figure lies with 95 % confidence."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Resamples:
    """Draws of `size` questions out of as many, with replacement; the same draws whenever they are asked for."""

    size: int

    def shares(self, gained: Values, possible: Values) -> Values:
        """Give the sum of what was gained over the sum of what was possible, in each resample.

        Args:
            gained: Shape `(size, figures)`.
            possible: Of the same shape.

        Returns:
            Shape `(TIMES, figures)`; not a number where nothing was possible.
        """
        both = np.hstack([gained, possible])
        sums = np.vstack([_counts(drawn) @ both for drawn in self._drawn()])
        above, below = np.split(sums, 2, axis=1)
        return np.divide(above, below, out=np.full_like(above, np.nan), where=below > 0)

    def quantiles(self, values: Values, quantile: float) -> Values:
        """Give a quantile in each resample.

        Args:
            values: Shape `(size,)`.
            quantile: Between 0 and 1.

        Returns:
            Shape `(TIMES,)`.
        """
        blocks = [np.quantile(values[drawn], quantile, axis=1) for drawn in self._drawn()]
        return np.concatenate(blocks)

    def _drawn(self) -> Iterator[NDArray[np.int64]]:
        """Draw blocks of indices of questions, each of shape `(BLOCK, size)`."""
        generator = np.random.default_rng(SEED)
        for _ in range(0, TIMES, BLOCK):
            yield generator.integers(self.size, size=(BLOCK, self.size))


def interval(resampled: Values) -> Interval | None:
    """Give the percentile interval of a figure's resamples; None if it is defined in none of them."""
    defined = resampled[~np.isnan(resampled)]
    if not defined.size:
        return None
    tail = (1 - CONFIDENCE) / 2
    low, high = np.quantile(defined, [tail, 1 - tail])
    return Interval(float(low), float(high))


def _counts(drawn: NDArray[np.int64]) -> Values:
    """Count how often each question was drawn, by resample."""
    times, size = drawn.shape
    places = drawn + size * np.arange(times)[:, None]
    return np.bincount(places.ravel(), minlength=times * size).reshape(times, size).astype(np.float64)
