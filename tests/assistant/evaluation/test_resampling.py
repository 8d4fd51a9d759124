"""The bootstrap: intervals that hold what they should, the same each time."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.evaluation.resampling import TIMES, Resamples, interval


def column(*values: float) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    return np.array(values, dtype=np.float64)[:, None]


def test_resamples_are_the_same_whenever_they_are_drawn() -> None:
    gained, possible = column(1, 0, 0, 1), column(1, 1, 1, 1)
    first, second = (Resamples(4).shares(gained, possible) for _ in range(2))
    assert first.shape == (TIMES, 1)
    assert np.array_equal(first, second)


def test_the_interval_of_a_share_is_that_of_the_binomial() -> None:
    # Half of 100: mean 0.5, standard error 0.05, so 95 % lie within about 0.1.
    gained = column(*([1.0, 0.0] * 50))
    low, high = interval(Resamples(100).shares(gained, np.ones_like(gained))[:, 0]) or (0, 0)
    assert abs(low - 0.40) <= 0.015
    assert abs(high - 0.60) <= 0.015


def test_a_share_weighs_questions_by_what_they_had_to_win() -> None:
    # One question won 9 of 9, the other 0 of 1; draws are both of the first, both of the second, or one each.
    drawn = Resamples(2).shares(column(9, 0), column(9, 1))[:, 0]
    assert set(drawn.round(6)) == {0, 0.9, 1}


def test_where_nothing_was_possible_there_is_no_value() -> None:
    drawn = Resamples(2).shares(column(0, 1), column(0, 1))[:, 0]
    assert np.isnan(drawn).any()
    assert interval(drawn) == (1, 1)
    assert interval(Resamples(2).shares(column(0, 0), column(0, 0))[:, 0]) is None


def test_quantiles_are_those_of_the_drawn_values() -> None:
    drawn = Resamples(3).quantiles(np.array([1.0, 2.0, 30.0]), 0.5)
    assert set(drawn) == {1, 2, 30}


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=1, max_size=12))
def test_an_interval_lies_within_what_single_questions_came_to(pairs: list[tuple[int, int]]) -> None:
    possible = column(*(extra + gained for gained, extra in pairs))
    gained = column(*(gained for gained, _ in pairs))
    within = interval(Resamples(len(pairs)).shares(gained, possible)[:, 0])
    shares = [g / p for g, p in zip(gained[:, 0], possible[:, 0], strict=True) if p]
    if not shares:
        assert within is None
        return
    assert within is not None
    assert min(shares) - 1e-9 <= within.low <= within.high <= max(shares) + 1e-9
